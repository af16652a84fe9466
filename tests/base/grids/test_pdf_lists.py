"""PDF files: the real list of a city, lists of other make, and those that cannot be read."""

from collections import Counter
from pathlib import Path

import pytest

from luoshi.base.grids import pdf as reader
from luoshi.base.grids.reading import read_grids
from luoshi.base.wording import sentence_for
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.kinds import Stage
from luoshi.rules.sheets.paper.health import PdfWithoutText
from luoshi.rules.sheets.reading import read_rows
from tests.rules.sheets.printed import page, pdf

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"  # beside the project, if at all
REAL = SHARED / "projects" / "zhengzhou_key_projects_2026.pdf"
EDGES = (60, 90, 240, 440, 530)
ROWS = [
    ("序号", "项目名称", "建设内容", "所在乡镇"),
    ("合计(3)",),
    ("竣工项目(1)",),
    ("1", "甲高端装备制造产业园建设项目（一期）", "建设标准化厂房三万平方米及其配套设施", "甲镇"),
    ("续建项目(2)",),
    ("1", "乙路改造", "改造道路两公里", "乙镇"),
    ("2", "丙路改造", "改造道路三公里", "乙镇"),
]


@pytest.fixture
def written(tmp_path):
    """Write a PDF file and return its path."""

    def write(content, name="清单.pdf"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def refusal_of(path, name="清单.pdf"):
    with pytest.raises(Refusal) as refused:
        read_grids(path, name=name)
    assert name in sentence_for(refused.value)
    return refused.value


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("ruled", ["all", "level", "none"])
def test_a_list_of_other_make_comes_in(written, ruled, turned):
    pages = [page(ROWS, EDGES, ruled=ruled, gap=8.0)]
    content = pdf(pages, title="2025年重点项目清单", turned=turned)
    (grid,) = read_grids(written(content), name="清单.pdf")
    found = read_rows(grid)
    assert [row.title for row in found.rows] == [
        "甲高端装备制造产业园建设项目（一期）",
        "乙路改造",
        "丙路改造",
    ]
    assert [row.stage for row in found.rows] == [
        Stage.COMPLETED,
        Stage.CONTINUING,
        Stage.CONTINUING,
    ]
    assert all(row.stage_listed for row in found.rows)
    assert (found.year, found.layout.above.title) == (2025, "2025年重点项目清单")
    assert found.problems == ()


def test_money_columns_and_heads_of_two_rows_in_a_pdf(written):
    rows = [
        ("附表：2025年项目投资情况（单位：万元）",),
        ("项目名称", "总投资", "年度计划投资", "责任单位"),
        ("甲医院", "1,200", "300", "甲局"),
        ("乙学校", "1.2亿元", "约500", "乙局、丙局"),
    ]
    (grid,) = read_grids(written(pdf([page(rows, EDGES)])), name="清单.pdf")
    found = read_rows(grid)
    assert [cell.money.fen for row in found.rows for cell in row.money] == [
        120_000 * 10_000,
        30_000 * 10_000,
        12_000_000_000,
        50_000 * 10_000,
    ]
    assert found.rows[1].supporting_units == ("丙局",)
    assert grid.name == "清单"


@pytest.mark.skipif(not REAL.exists(), reason="the real list is not here")
def test_the_real_list_of_zhengzhou():
    (grid,) = read_grids(REAL, name="zhengzhou.pdf")
    found = read_rows(grid)
    assert len(found.rows) == 335
    sections = Counter(row.group_path[0] for row in found.rows)
    assert [*sections.values()] == [34, 38, 8, 219, 13, 23]
    assert found.problems == ()  # every printed count fits
    assert all(row.stage and row.stage_listed and row.title and row.area for row in found.rows)
    city_wide = sum(row.area == "郑州市全域" for row in found.rows)
    assert sum("二七区" in row.area for row in found.rows) + city_wide == 20


def test_a_broken_text_layer_is_refused(written):
    found = refusal_of(written(pdf([page(ROWS, EDGES)], font="private")))
    assert found.code == "pdf_text_broken"


def test_a_scan_is_refused(written):
    assert refusal_of(written(pdf([page([], EDGES)]))).code == "pdf_without_text"


def test_the_pages_that_are_scans_are_named():
    scan = PdfWithoutText(name="清单.pdf", pages="2, 3", count=5)
    assert "2, 3" in sentence_for(scan)


def test_a_text_without_a_list_is_refused(written):
    content = pdf([page([], EDGES, above=["关于印发清单的通知"])])
    assert refusal_of(written(content)).code == "pdf_without_table"


def test_a_damaged_file_is_refused(written):
    assert refusal_of(written(b"%PDF-1.5\nnothing else")).code == "sheet_damaged"
    content = pdf([page(ROWS, EDGES)])
    assert refusal_of(written(content[:300])).code == "sheet_damaged"


def test_a_pdf_under_another_name_is_named(written):
    found = refusal_of(written(pdf([page(ROWS, EDGES)]), "清单.xlsx"), "清单.xlsx")
    assert (found.code, found.facts["what"]) == ("not_a_sheet", "pdf")


def test_too_many_pages_or_letters_are_refused(written, monkeypatch):
    path = written(pdf([page(ROWS, EDGES)] * 2))
    for limit, value in (("MOST_PAGES", 1), ("MOST_GLYPHS", 30)):
        with monkeypatch.context() as patch:
            patch.setattr(reader, limit, value)
            with pytest.raises(Refusal) as refused:
                list(reader.grids(path, "清单.pdf"))
        assert refused.value.code == "sheet_too_costly"
