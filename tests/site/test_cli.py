"""The one command line as a process: answers on one stream, troubles on the other, exit codes."""

import csv
import io
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from luoshi.site.cli import COMMANDS, main
from tests.site import scratch
from tests.site.demo_home import copied

ROOT = Path(__file__).resolve().parent.parent.parent
DONE, REFUSED, USAGE = 0, 1, 2
pytestmark = pytest.mark.early
HEAD = [
    "code",
    "title",
    "goals",
    "lead_unit",
    "target",
    "achieved",
    "due",
    "level",
    "colour",
    "reasons",
]


def environment(home):
    """The environment of a home in files, on either database."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LUOSHI_HOME": str(home)}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "LUOSHI_SECRET_KEY"):
        env.pop(name, None)
    return env


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory, run_folder):
    """A home with the demo, built by the command itself."""
    return copied(run_folder, tmp_path_factory.mktemp("demo") / "home")


@pytest.fixture(scope="session")
def luoshi(demo_home):
    """Call luoshi in the demo home; what only reads is called once."""
    return cache(lambda *arguments: scratch.luoshi(environment(demo_home), *arguments))


@pytest.fixture
def said(capsys):
    """Call luoshi in this process, where it needs no ledger: exit code, output, errors."""

    def called_here(*arguments):
        try:
            main(arguments)
            code = DONE
        except SystemExit as end:
            code = end.code or DONE
        return (code, *capsys.readouterr())

    return called_here


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",), ("help",)])
def test_without_a_command_every_command_is_told(said, arguments):
    code, output, errors = said(*arguments)
    assert (code, errors) == (DONE, "")
    assert all(f"luoshi {name} " in output for name in COMMANDS)


def test_an_unknown_command_is_a_wrong_call(tmp_path):
    done = scratch.luoshi_anew(environment(tmp_path), "shell")
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert "shell" in done.stderr
    assert "luoshi board" in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(said, name):
    code, output, errors = said(name, "--help")
    assert (code, errors) == (DONE, "")
    assert f"luoshi {name}" in output


@pytest.mark.parametrize(
    "arguments",
    [
        ("board", "--format", "xml"),
        ("board", "--known-at", "last"),
        ("board", "--unknown"),
        ("journal",),
        ("journal", "proof"),
        ("backup",),
    ],
    ids=" ".join,
)
def test_a_wrong_call_exits_with_2_and_tells_on_the_error_stream(said, arguments):
    code, output, errors = said(*arguments)
    assert (code, output) == (USAGE, "")
    assert "usage" in errors


@pytest.mark.parametrize("day", ["2020-13-45", "2020-06-31", "明天"])
def test_a_day_that_is_none_is_refused(said, day):
    code, output, errors = said("board", "--on", day)
    assert (code, output) == (REFUSED, "")
    assert day in errors


def test_the_board_of_a_day_as_json(luoshi):
    done = luoshi("board", "--on", "2020-07-30", "--format", "json")
    assert (done.returncode, done.stderr) == (DONE, "")
    lines = json.loads(done.stdout)
    assert all(set(HEAD) <= set(line) for line in lines)
    estates = next(line for line in lines if line["code"] == "PRG063")
    assert estates["target"] == {"quantity": "297", "unit": "个", "comparator": "="}
    assert (estates["achieved"], estates["level"], estates["due"]) == ("103", "red", "2020-12-31")
    assert "0.697" in estates["reasons"][0]["sentence"]


def test_days_are_understood_as_officials_type_them(luoshi):
    iso = luoshi("board", "--on", "2020-07-30", "--format", "json")
    typed = luoshi("board", "--on", "2020年7月30日", "--format", "json")
    assert typed.stdout == iso.stdout


def test_the_board_as_csv_has_the_same_matters_and_no_cell_starts_a_formula(luoshi):
    done = luoshi("board", "--on", "2020-07-30", "--format", "csv")
    assert (done.returncode, done.stderr) == (DONE, "")
    head, *rows = csv.reader(io.StringIO(done.stdout))
    assert head == HEAD
    assert len(rows) == len(
        json.loads(luoshi(*["board", "--on", "2020-07-30", "--format", "json"]).stdout)
    )
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=") for cell in cells)
    assert not any(cell[:1] in set("=+-@\t\r") for cell in cells if cell)


def test_the_board_as_a_table_stands_in_columns(luoshi):
    done = luoshi("board", "--on", "2020-07-30")
    assert (done.returncode, done.stderr) == (DONE, "")
    head, *lines = done.stdout.splitlines()
    assert head.split() == HEAD
    estates = next(line for line in lines if line.startswith("PRG063"))
    assert "老旧小区改造" in estates
    assert "103" in estates


def test_what_was_known_earlier_is_told_as_it_was_known(luoshi):
    early = luoshi(*["board", "--on", "2020-07-30", "--known-at", "60", "--format", "json"])
    assert (early.returncode, early.stderr) == (DONE, "")
    assert json.loads(early.stdout) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("board", "--known-at", "999999"),
        ("board", "--on", "2099-01-01"),
        ("board", "--district", "000000"),
        ("journal", "proof", "999999"),
    ],
    ids=" ".join,
)
def test_a_refusal_is_one_sentence_and_exit_code_1(luoshi, arguments):
    done = luoshi(*arguments)
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert "CommandError" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["board", "journal verify"])
def test_a_home_without_a_ledger_says_so(tmp_path, command):
    done = scratch.luoshi_anew(environment(tmp_path), *command.split())
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert done.stderr.startswith("no ledger here yet")
    assert len(done.stderr.splitlines()) == 1


def test_a_wrong_word_of_a_call_is_told_in_its_sentence_alone(said):
    assert said("read", "--year", "99999", "x") == (USAGE, "", "99999 不是有效的年份。\n")


def test_a_file_that_cannot_be_written_is_told_with_its_name(demo_home, tmp_path, luoshi):
    done = luoshi("backup", str(tmp_path / "no folder" / "all.gz"))
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert "no folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_one_is_told_with_its_name(tmp_path):
    (home := tmp_path / "a file").write_text("no folder")
    done = scratch.luoshi_anew(environment(home), "board")
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert done.stderr.startswith(str(home))
    assert len(done.stderr.splitlines()) == 1


def test_a_database_that_cannot_be_opened_is_told_with_the_reason(tmp_path):
    (tmp_path / "ledger.sqlite3").write_text("no database")
    done = scratch.luoshi_anew(environment(tmp_path), "board")
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert done.stderr.splitlines()[1:] == ["file is not a database"]


def test_trouble_with_no_file_of_the_callers_is_told_whole(monkeypatch):
    def lost(*_arguments):
        raise ConnectionResetError

    monkeypatch.setattr("luoshi.site.cli._run", lost)
    with pytest.raises(ConnectionResetError):
        main(["board"])


def test_the_journal_verifies_and_its_rows_are_what_it_gives(luoshi):
    for part, said in (("verify", "entries hold"), ("rebuild", "0 differences")):
        done = luoshi("journal", part)
        assert (done.returncode, done.stderr) == (DONE, "")
        assert said in done.stdout


def test_a_sealed_entry_is_proved_to_outsiders(luoshi):
    sealed = luoshi("journal", "seal")
    assert (sealed.returncode, sealed.stderr) == (DONE, "")
    number, span, root = sealed.stdout.split()
    assert (number, span.split("-")[0], len(root)) == ("1", "1", 64)
    proof = luoshi("journal", "proof", "5")
    assert (proof.returncode, proof.stderr) == (DONE, "")
    assert root in proof.stdout
    assert json.loads(proof.stdout)


def test_a_demo_is_built_once(demo_home, luoshi):
    before = (demo_home / "ledger.sqlite3").stat().st_mtime_ns
    again = scratch.luoshi(environment(demo_home), "demo", "--no-serve")
    assert (again.returncode, again.stdout, again.stderr) == (DONE, "", "")
    assert json.loads((demo_home / "demo.json").read_text()) == {"opens_on": "2021-01-15"}
    assert (demo_home / "ledger.sqlite3").stat().st_mtime_ns == before


def test_a_reader_of_a_pipe_may_leave_early(demo_home):
    process = subprocess.Popen(
        [sys.executable, "-c", scratch.START, "board", "--on", "2020-07-30"],
        env=environment(demo_home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.read(10)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
