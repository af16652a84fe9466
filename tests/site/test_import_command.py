"""``luoshi import ledger``: what it prints, its exit codes, and that a dry run writes nothing."""

import json
from pathlib import Path

import pytest

from tests.site import scratch
from tests.site.demo_home import copied
from tests.site.test_cli import environment

SHEET = """二七区2021年重点项目台账（截至2021年1月10日）单位：万元
序号,项目代码,项目名称,牵头单位,年度计划投资,本年累计完成投资,计划竣工
1,LX-1,试表道路甲项目,不在册的局,1200,90,2021年底前
2,LX-2,试表厂房乙项目,,800,-3,2021年11月
"""
PROJECTS = Path(__file__).parents[3] / "shared/data/projects/zhengzhou_key_projects_2026.pdf"


@pytest.fixture(scope="module")
def luoshi(tmp_path_factory, run_folder):
    """Call luoshi in a demo home of this file's own."""
    home = copied(run_folder, tmp_path_factory.mktemp("import") / "home")

    def called(*arguments):
        done = scratch.luoshi(environment(home), *arguments)
        return done.returncode, done.stdout, done.stderr

    return called


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(SHEET, encoding="gb18030")
    return path


def report(said):
    code, out, errors = said
    assert code in {0, 1}, errors
    found = json.loads(out.strip().splitlines()[-1])
    counts = [found[name] for name in ("rows", "created", "changed", "unchanged", "refused")]
    return code, counts, [(each["row"], each["column"], each["code"]) for each in found["problems"]]


def test_a_dry_run_judges_and_a_run_writes_what_can_come_in(luoshi, file):
    problems = [(3, "", "unit_unknown"), (4, "F", "negative_quantity")]
    dry = report(luoshi("import", "ledger", str(file), "--dry-run", "--json"))
    assert dry == (1, [2, 1, 0, 0, 1], problems)
    assert report(luoshi("import", "ledger", str(file), "--json")) == dry
    assert report(luoshi("import", "ledger", str(file), "--json")) == (
        1, [2, 0, 0, 1, 1], problems,
    )  # fmt: skip
    board = json.loads(luoshi("board", "--on", "2021-01-12", "--format", "json")[1])
    line = next(line for line in board if line["code"] == "LX-1")
    assert (line["achieved"], line["lead_unit"]) == ("90", None)
    code, out, _ = luoshi("import", "ledger", str(file))
    assert (code, out.splitlines()[0].split()) == (
        1, ["rows", "2", "created", "0", "changed", "0", "unchanged", "1", "refused", "1"],
    )  # fmt: skip


def test_a_missing_file_and_a_bad_day_are_wrong_calls(luoshi, file):
    assert luoshi("import", "ledger", "/nowhere.xlsx")[0] == 2
    assert luoshi("import", "ledger", str(file), "--as-of", "昨天前")[0] == 1
    assert luoshi("import", "ledger", str(file), "--unknown-units", "drop")[0] == 2


@pytest.mark.skipif(not PROJECTS.exists(), reason="the real list is not here")
def test_a_real_list_in_a_pdf_comes_in_as_335_projects(luoshi):
    said = luoshi("import", "ledger", str(PROJECTS), "--as-of", "2026-03-01", "--json")
    code, counts, problems = report(said)
    assert (code, counts) == (0, [335, 335, 0, 0, 0])
    assert [each for each in problems if each[2] == "count_differs"] == []
    board = json.loads(luoshi("board", "--on", "2026-03-01", "--format", "json")[1])
    assert len([line for line in board if line["code"].startswith("20260301-")]) == 335
