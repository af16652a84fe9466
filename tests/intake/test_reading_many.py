"""Thousands of reports: a file of statements for each, none half-written, resumed after a kill."""

import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from luoshi.intake.reading import many, worker
from luoshi.intake.reading.documents import When, sources_of
from luoshi.intake.reading.many import LIST, read_many
from luoshi.intake.reading.refusals import FolderTaken, NoReportHere, NoSuchReport
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read
from tests.intake.reading import FIRST, SECOND, two_reports

WHEN = When()
ROOT = Path(__file__).parents[2]
START = (
    "import sys; from pathlib import Path;"
    "from luoshi.intake.reading.documents import When, sources_of;"
    "from luoshi.intake.reading.many import read_many;"
    "list(read_many(sources_of([Path(sys.argv[1])]), Path(sys.argv[2]), When(), jobs=2))"
)


def ran(sources, folder, **options):
    """Read all; gives what became of each report."""
    return {one.doc: one for one in read_many(sources_of(sources), folder, WHEN, **options)}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_report_has_its_file_and_a_second_run_keeps_them(tmp_path):
    sources, folder = two_reports(tmp_path), tmp_path / "out"
    first = ran(sources, folder, jobs=2)
    assert {one.state for one in first.values()} == {"written"}
    found = rows(folder / "甲县2023.txt.jsonl")
    expected = read(mend(FIRST), doc="甲县2023.txt")
    assert [row["quote"] for row in found] == [one.quote for one in expected]
    assert first["甲县2023.txt"].statements == len(expected)
    assert {one.state for one in ran(sources, folder, jobs=1).values()} == {"kept"}


def test_what_changed_is_read_again(tmp_path, monkeypatch):
    sources, folder = two_reports(tmp_path), tmp_path / "out"
    ran(sources, folder)
    sources[0].write_text(SECOND, encoding="utf-8")
    states = {doc: one.state for doc, one in ran(sources, folder, jobs=1).items()}
    assert states == {"甲县2023.txt": "written", "甲县2024.txt": "kept"}
    (folder / "甲县2024.txt.jsonl").write_text("")  # another size than the list says
    assert ran(sources, folder, jobs=1)["甲县2024.txt"].state == "written"
    monkeypatch.setattr(many, "reader", lambda: "other rules")
    assert {one.state for one in ran(sources, folder, jobs=1).values()} == {"written"}


def test_files_of_one_name_keep_apart_and_refusals_are_told(tmp_path):
    for place in ("甲", "乙"):
        (tmp_path / "in" / place).mkdir(parents=True)
        (tmp_path / "in" / place / "报告.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "in" / "空.txt").write_text("")
    (tmp_path / "in" / "图.docx").write_bytes(b"\x89PNG\r\n")
    done = ran([tmp_path / "in"], tmp_path / "out", jobs=1)
    assert {doc: (one.state, one.code) for doc, one in done.items()} == {
        "甲/报告.txt": ("written", ""),
        "乙/报告.txt": ("written", ""),
        "空.txt": ("refused", "paper_empty"),
        "图.docx": ("refused", "not_a_paper"),
    }
    assert done["图.docx"].facts == {"name": "图.docx", "what": "picture"}
    assert rows(tmp_path / "out" / "甲" / "报告.txt.jsonl")[0]["doc"] == "甲/报告.txt"


def test_a_list_that_a_kill_cut_off_is_taken_as_far_as_it_goes(tmp_path):
    sources, folder = two_reports(tmp_path), tmp_path / "out"
    ran(sources, folder, jobs=1)
    listed = folder / LIST
    listed.write_text(listed.read_text().rstrip()[:-20], encoding="utf-8")
    (folder / f".甲.1{worker.PART}").write_text("half")
    states = sorted(one.state for one in ran(sources, folder, jobs=1).values())
    assert states == ["kept", "written"]
    assert not list(folder.rglob(f"*{worker.PART}"))
    assert {one.state for one in ran(sources, folder, jobs=1).values()} == {"kept"}


def test_killed_in_the_middle_nothing_is_half_written_and_the_next_run_goes_on(tmp_path, size):
    reports, folder = tmp_path / "in", tmp_path / "out"
    reports.mkdir()
    for number in range(size["reports"]):
        (reports / f"{number:05}.txt").write_text(FIRST + SECOND * (number % 7), encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", START, str(reports), str(folder)]
    process = subprocess.Popen(command, env=env)
    while len(list(folder.glob("*.txt.jsonl"))) < size["reports"] // 4:
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    results = list(folder.glob("*.txt.jsonl"))
    assert len(results) < size["reports"]
    texts = {path.name: mend((reports / path.stem).read_text()) for path in results[:20]}
    for path in results[:20]:
        expected = read(texts[path.name], doc=path.stem)
        assert len(rows(path)) == len(expected)
    deadline = time.monotonic() + 20
    while (done := _again(reports, folder)) is None:  # until the killed one's lock is gone
        assert time.monotonic() < deadline
    states = [one.state for one in done.values()]
    assert len(states) == size["reports"]
    assert set(states) <= {"kept", "written"}
    assert states.count("kept") >= len(results) // 2


def _again(reports, folder):
    try:
        return ran([reports], folder, jobs=2)
    except FolderTaken:
        time.sleep(0.1)
        return None


def test_a_folder_takes_one_run_at_a_time(tmp_path):
    sources, folder = two_reports(tmp_path), tmp_path / "out"
    first = read_many(sources_of(sources), folder, WHEN, jobs=1)
    next(first)
    with pytest.raises(FolderTaken):
        ran(sources, folder)
    first.close()
    assert len(ran(sources, folder, jobs=1)) == 2


def test_a_report_that_brings_its_process_down_is_told_and_the_others_are_read(
    tmp_path, monkeypatch
):
    fatal = "import os, sys; line = sys.stdin.readline(); os._exit(9)"
    real, calls = many._started, []

    def started():
        calls.append(1)
        if len(calls) > 1:
            return real()
        return subprocess.Popen(
            [sys.executable, "-c", fatal], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    monkeypatch.setattr(many, "_started", started)
    done = list(read_many(sources_of(two_reports(tmp_path)), tmp_path / "out", WHEN, jobs=1))
    assert [(one.state, one.code) for one in done] == [
        ("refused", "paper_too_costly"),
        ("written", ""),
    ]


def test_a_process_gone_before_its_task_is_replaced_too(tmp_path):
    with many.Worker() as reading:
        reading._process.kill()
        reading._process.wait()
        assert reading.answer({"doc": "甲"})["code"] == "paper_too_costly"
        reading._process.stdin.close()
        reading._process.stdin = None
        with pytest.raises(RuntimeError):
            reading.answer({"doc": "甲"})


def test_what_goes_wrong_in_a_thread_is_raised_where_answers_are_taken(tmp_path, monkeypatch):
    def broken():
        raise OSError("no process")

    monkeypatch.setattr(many, "_started", broken)
    with pytest.raises(OSError, match="no process"):
        list(read_many(sources_of(two_reports(tmp_path)), tmp_path / "out", WHEN, jobs=1))


def test_a_file_that_cannot_be_reached_is_a_refusal(tmp_path):
    task = {"path": str(tmp_path / "gone.txt"), "doc": "gone.txt", "target": str(tmp_path / "x")}
    answers = StringIO()
    lines = json.dumps(task | {"year": None, "day": None, "reader": "", "key": None, "size": None})
    worker.serve(StringIO(f"{lines}\n"), answers)
    answer = json.loads(answers.getvalue())
    assert (answer["state"], answer["code"]) == ("refused", "report_out_of_reach")


def test_days_that_were_given_reach_the_reader(tmp_path):
    (path := tmp_path / "短.txt").write_text("今年新建学校2所。\n", encoding="utf-8")
    when = When(2031)
    done = list(read_many(sources_of([path]), tmp_path / "out", when, jobs=1))
    assert done[0].state == "written"
    assert rows(tmp_path / "out" / "短.txt.jsonl")[0]["period"] == "2031"


def test_files_are_found_in_folders_and_named_once(tmp_path):
    paths = two_reports(tmp_path)
    (tmp_path / "注.md").write_text("no report")
    sources = sources_of([tmp_path, paths[0]])
    assert [one.doc for one in sources] == ["甲县2023.txt", "甲县2024.txt"]
    with pytest.raises(NoSuchReport):
        sources_of([tmp_path / "gone"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoReportHere):
        sources_of([tmp_path / "empty"])
