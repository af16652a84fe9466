"""The process that opens a stranger's file: what it may use, and how it may end."""

import os
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.base.grids import limits, reading
from luoshi.base.grids.reading import read_grids
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.grid import Grid
from tests.base.grids.making import raw_xls, raw_xlsx, record

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "upload"


def refusal_of(path, name="台账.xlsx"):
    with pytest.raises(Refusal) as caught:
        read_grids(path, name=name)
    assert caught.value.facts["name"] == name
    return caught.value


def code_of(path):
    return refusal_of(path).code


def test_sheets_come_back_whole(path):
    path.write_bytes("项目,数\n".encode("gb18030"))
    assert read_grids(path, name="台账.csv") == (Grid("台账", (("项目", "数"),)),)
    raw_xlsx(path, '<row><c><v>0.1</v></c><c t="b"><v>1</v></c></row>')
    assert read_grids(path, name="台账.xlsx") == (Grid("台账", ((Decimal("0.1"), True),)),)
    raw_xls(path, record(0x027E, "HHHI", 0, 0, 0, 12 << 2 | 2))
    assert read_grids(path, name="台账.xls") == (Grid("台账", ((12,),)),)


def test_refusals_come_back_with_their_facts(path):
    raw_xlsx(path, '<row><c r="XFD1048576"><v>1</v></c></row>')
    found = refusal_of(path)
    assert (found.code, found.facts["cell"]) == ("sheet_too_many_rows", "XFD1048576")
    path.write_bytes(b'a,b\n"' + b"a,b\n" * 20_000)
    assert code_of(path) == "sheet_line_endless"


def test_memory_is_bounded(path, monkeypatch):
    monkeypatch.setattr(limits, "CHILD_MEMORY", 96 * 1024 * 1024)
    attributes = " ".join(f'a{place}="1"' for place in range(500_000))
    assert code_of(raw_xlsx(path, f"<row {attributes}/>")) == "sheet_too_costly"


def test_processor_time_is_bounded(path, monkeypatch):
    monkeypatch.setattr(limits, "CHILD_CPU", 1)
    cells = "".join(f'<row r="{row}"/>' for row in range(1, 2_000_000))
    assert code_of(raw_xlsx(path, cells)) == "sheet_too_costly"


def test_waiting_is_bounded(path, monkeypatch):
    raw_xlsx(path, ONE)
    monkeypatch.setattr(limits, "CHILD_WAIT", 0.001)
    assert code_of(path) == "sheet_too_costly"


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "sheet_too_costly"),
        ("raise RuntimeError('a mistake of ours')", "sheet_damaged"),
        ("import sys; sys.stdout.write('x' * 5000)", "sheet_too_costly"),
    ],
)
def test_a_reading_process_that_dies_is_a_refusal(
    path, monkeypatch, tmp_path, caplog, program, code
):
    script = tmp_path / "python"
    script.write_text(f"#!{sys.executable}\n{program}\n")
    script.chmod(0o700)
    monkeypatch.setattr(reading.sys, "executable", str(script))
    monkeypatch.setattr(limits, "MOST_ANSWER", 4_000)
    path.write_bytes(b"a,b\n")
    assert code_of(path) == code
    assert ("a mistake of ours" in caplog.text) is (code == "sheet_damaged")


def test_names_that_no_process_could_be_given(path):
    path.write_bytes(b"%PDF-")
    assert refusal_of(path, name="--help \0\ud800" + "长" * 4_000).code == "not_a_sheet"


def test_the_environment_finds_this_very_luoshi():
    found = reading._surroundings()["PYTHONPATH"].split(os.pathsep)[0]
    assert (Path(found) / "luoshi" / "base").is_dir()
