"""``luoshi read``: what it prints, what it writes, its exit codes, and that it needs no ledger."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from luoshi.base.aligned import width
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read
from luoshi.rules.reports.statements import as_line
from luoshi.site.cli import main
from tests.intake.reading import FIRST, SECOND, two_reports
from tests.site.scratch import START, luoshi_anew

pytestmark = pytest.mark.early
ROOT = Path(__file__).parents[2]
REPORTS = ROOT.parent / "shared/data/reports"
GOLD = ROOT / "tests" / "gold"
real = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")


@pytest.fixture
def bare(tmp_path):
    """The environment of a machine that never had a ledger: not even a place for one."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path / "home")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "LUOSHI_HOME", "XDG_DATA_HOME"):
        env.pop(name, None)
    return env


@pytest.fixture
def said(capfdbinary):
    """Call luoshi in this process: exit code, output, errors."""

    def called(*arguments):
        try:
            main(["read", *map(str, arguments)])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        out, errors = capfdbinary.readouterr()
        return code, out.decode(), errors.decode()

    return called


def test_a_report_becomes_json_lines_without_any_ledger(bare, tmp_path):
    path = two_reports(tmp_path)[0]
    done = luoshi_anew(bare, "read", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [as_line(one) for one in read(mend(FIRST), doc=path.name)]
    assert not (tmp_path / "home").exists()
    refused = luoshi_anew(bare, "read", str(tmp_path / "gone.txt"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "gone.txt" in refused.stderr


def test_a_table_stands_in_columns_and_tells_what_belongs_together(said, tmp_path):
    code, out, errors = said(*two_reports(tmp_path), "--format", "table")
    assert (code, errors) == (0, "")
    lines = out.splitlines()
    assert any("老旧小区" in line and "297 个" in line for line in lines)
    assert {width(line) <= 200 for line in lines} == {True}
    assert any("150" in line and "43" in line and "30" in line for line in lines)
    assert any("470" in line and "117.5%" in line for line in lines)


def test_ranges_and_two_figures_for_one_thing_are_shown(said, tmp_path):
    (path := tmp_path / "丙.txt").write_text(
        "示例县2024年政府工作报告\n一、2023年工作回顾\n农村公路通车里程120公里。\n"
        "多项工作走在全市前列，群众满意，各方认可，成效明显。农村公路通车里程130公里。\n"
        "二、2024年工作安排\n今年新建公园3-5个。\n"
    )
    code, out, _ = said(path, "--format", "table")
    assert (code, "3–5 个" in out) == (0, True)
    assert any("120 公里" in line and "130 公里" in line for line in out.splitlines())
    assert said(path, "--format", "docx", "--output", tmp_path / "o.docx")[0] == 0
    assert len(docx.Document(str(tmp_path / "o.docx")).tables) == 3  # nothing to follow


def test_a_workbook_holds_statements_gaps_sums_and_links(said, tmp_path):
    target = tmp_path / "out.xlsx"
    assert said(*two_reports(tmp_path), "--format", "xlsx", "--output", target) == (0, "", "")
    book = openpyxl.load_workbook(target)
    assert len(book.sheetnames) == 4
    statements, gaps, disagreeing, links = book.worksheets
    values = [[cell.value for cell in row] for row in statements.iter_rows(min_row=3)]
    count = len(read(mend(FIRST), doc="x")) + len(read(mend(SECOND), doc="x"))
    assert len(values) == count
    assert ["甲县2023.txt", 297, "个"] in [[row[0], row[5], row[7]] for row in values]
    assert gaps.max_row > 2
    assert disagreeing.cell(3, 6).value == 30
    shares = {row[1].value: row[5].value for row in links.iter_rows(min_row=3)}
    assert shares["固定资产投资"] == pytest.approx(1.175)


def test_a_document_holds_a_table_for_each_report(said, tmp_path):
    code, _, _ = said(*two_reports(tmp_path), "--format", "docx", "--output", tmp_path / "o.docx")
    paper = docx.Document(str(tmp_path / "o.docx"))
    assert code == 0
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert headings[0].startswith("甲县2023.txt")
    assert len(paper.tables) == len(headings) == 5
    words = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert "计划改造老旧小区297个" in "".join(words)


def test_bytes_go_to_a_pipe(bare, tmp_path):
    path = two_reports(tmp_path)[0]
    done = subprocess.run(
        [sys.executable, "-c", START, "read", str(path), "--format", "xlsx"],
        env=bare, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert ZipFile(BytesIO(done.stdout)).testzip() is None


def test_bytes_do_not_go_to_a_terminal(said, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert said(two_reports(tmp_path)[0], "--format", "docx")[0] == 2
    assert said(two_reports(tmp_path)[0], "--format", "table")[0] == 0


def test_links_are_json_lines(said, tmp_path):
    code, out, _ = said(*two_reports(tmp_path), "--links")
    found = [json.loads(line) for line in out.splitlines()]
    estates = next(one for one in found if one["promise"]["value"] == 297)
    assert (code, estates["outcome"]) == (0, "behind")
    answer = estates["answers"][0]
    assert (answer["statement"]["value"], answer["scope"]) == (103, "same")
    assert {reason["code"] for reason in answer["reasons"]} >= {"same_subject", "same_unit"}


def test_a_refused_report_is_told_and_the_others_are_read(said, tmp_path):
    first, second = two_reports(tmp_path)
    (tmp_path / "空.txt").write_text("")
    code, out, errors = said(first, tmp_path / "空.txt", second, "--output", tmp_path / "o.jsonl")
    assert (code, out, len(errors.splitlines())) == (1, "", 1)
    assert "空.txt" in errors
    docs = {json.loads(line)["doc"] for line in (tmp_path / "o.jsonl").read_text().splitlines()}
    assert docs == {first.name, second.name}


def test_what_the_file_system_refuses_is_told(said, tmp_path, monkeypatch):
    path = two_reports(tmp_path)[0]
    assert said(path, "--output", tmp_path / "gone" / "o.jsonl")[0] == 1
    (tmp_path / "file").write_text("")
    assert said(path, "--output", f"{tmp_path / 'file' / 'out'}/")[0] == 1
    monkeypatch.setattr("luoshi.intake.reading.documents.read_paper", _denied)
    code, _, errors = said(path)
    assert (code, path.name in errors) == (1, True)


def _denied(_path, *, name):
    raise PermissionError(13, "denied", name)


def test_a_list_names_files_and_wrong_calls_are_told(said, tmp_path):
    first, second = two_reports(tmp_path)
    listed = tmp_path / "list.txt"
    listed.write_text(f"{first}\n\n{second}\n")
    assert said("--list", listed)[0] == 0
    assert said("--list", tmp_path / "gone")[0] == 1
    assert said(tmp_path / "gone")[0] == 1
    assert said()[0] == 1
    assert said(first, "--year", "20240")[0] == 2
    assert said(first, "--date", "昨天前")[0] == 1
    assert said(first, "--format", "pdf")[0] == 2
    assert said(first, "--output", f"{tmp_path}/", "--format", "xlsx")[0] == 2
    assert said("--evaluate", tmp_path / "gone")[0] == 1


def test_a_year_and_a_day_stand_for_what_a_report_does_not_say(said, tmp_path):
    (path := tmp_path / "短.txt").write_text("今年新建学校2所。\n")
    periods = [
        json.loads(said(path, *given)[1].splitlines()[0])["period"]
        for given in (
            ("--year", 2031),
            ("--date", "2032-1-5"),
            ("--year", 2033, "--date", "1月5日"),
        )
    ]
    assert periods == ["2031", "2032", "2033"]


def test_a_folder_takes_one_file_for_each_report(said, tmp_path):
    (tmp_path / "in").mkdir()
    two_reports(tmp_path / "in")
    (tmp_path / "in" / "空.txt").write_text("")
    out = f"{tmp_path / 'out'}/"
    code, _, errors = said(tmp_path / "in", "--output", out, "--jobs", "1")
    assert (code, len(errors.splitlines())) == (1, 2)
    names = sorted(path.name for path in Path(out).glob("*.txt.jsonl"))
    assert names == ["甲县2023.txt.jsonl", "甲县2024.txt.jsonl"]
    again = said(tmp_path / "in", "--output", out, "--jobs", "1")
    assert again[0] == 1
    assert "2" in again[2].splitlines()[-1]


def test_many_reports_in_one_output_have_a_bar_only_on_a_terminal(said, tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(FIRST)
    assert said(tmp_path)[2] == ""


def test_pages_that_are_pictures_are_told(said, tmp_path, monkeypatch):
    from luoshi.base.papers.paper import Paper, PaperKind
    from luoshi.intake.reading import documents

    paper = Paper(FIRST, PaperKind.PDF, 3, (2, 3))
    monkeypatch.setattr(documents, "read_paper", lambda _path, *, name: paper)
    code, _, errors = said(two_reports(tmp_path)[0])
    assert (code, "2、3" in errors) == (0, True)


def test_an_endpoint_reads_and_says_where_the_text_goes(said, tmp_path):
    from tests.intake.test_reading_endpoint import GOOD, chat, serving

    path = two_reports(tmp_path)[0]
    with serving(200, chat(json.dumps([GOOD]))) as (address, _):
        code, out, errors = said(path, "--endpoint", address, "--model", "m1")
        wrong = said(path, "--endpoint", address, "--output", f"{tmp_path}/")
    assert (code, len(out.splitlines()), len(errors.splitlines())) == (0, 1, 2)
    assert all("127.0.0.1" in line for line in errors.splitlines())
    assert wrong[0] == 2
    assert said(path, "--endpoint", "ftp://127.0.0.1")[0] == 1


def test_labels_are_scored_in_words_and_as_data(said, tmp_path):
    two_reports(tmp_path)
    row = {"doc": "甲县2023.txt", "quote": "改造老旧小区297个", "kind": "target", "value": 297}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row | {"unit": "个"}) + "\n")
    data = json.loads(said("--evaluate", gold, "--json")[1])
    assert data["scores"]["all"]["numbers"]["recall"] == 1.0
    code, out, _ = said("--evaluate", gold, "--texts", tmp_path)
    assert (code, "0." in out or "1.000" in out) == (0, True)


@real
def test_our_labels_are_scored_on_the_real_texts(said):
    data = json.loads(
        said("--evaluate", GOLD / "xushui-dev.jsonl", "--texts", REPORTS, "--json")[1]
    )
    scores = data["scores"]["all"]
    assert data["unplaced"] == 0
    assert scores["numbers"]["f1"] >= 0.97
    assert scores["kind"]["accuracy"] >= 0.9


@real
def test_every_quote_of_the_real_reports_is_at_its_offsets(said):
    for path in REPORTS.rglob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for line in said(path)[1].splitlines():
            row = json.loads(line)
            assert text[row["start"] : row["end"]] == row["quote"]


def test_memory_grows_with_the_text_alone_and_not_with_its_statements(bare, tmp_path, size):
    """Of a long text so many bytes a byte are needed, whatever stands in it."""
    whole = size["text_megabytes"] * 1_000_000
    peaks = {share: _peak(bare, tmp_path, whole // share) for share in (2, 1)}
    assert (peaks[1] - peaks[2]) / (whole / 2) < BYTES_A_BYTE


BYTES_A_BYTE = 8  # 1 decoded twice over, 1 mended, 4 of origin in three bytes of UTF-8, and pieces
MEASURED = (
    "import resource, sys; from luoshi.site.cli import main\n"
    "try: main(sys.argv[1:])\n"
    "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
)


def _peak(env, folder, length):
    """Return the most memory, in bytes, that reading so many bytes of text took."""
    path = folder / f"{length}.txt"
    times = length // len((FIRST + SECOND).encode())
    path.write_text((FIRST + SECOND) * times, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "read", str(path)],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True,
    )  # fmt: skip
    return int(done.stderr.split()[-1]) * 1024
