"""One entry proven to an outsider: by a program that knows nothing of this software."""

import json
import runpy
import subprocess
import sys
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path

import pytest
from django.core.management import call_command

from luoshi.base.models import JournalEntry, Line, Seal
from luoshi.base.seals import NotSealedYet, proof_of, seal_line
from luoshi.rules.journal import HEADER_FIELDS
from luoshi.rules.refusals import NotFound
from tests.base.builders import AT

PROGRAM = Path(__file__).parents[2] / "docs" / "check_proof.py"


def checked(proof, root, *, file="-"):
    """The exit code and the line that the stand-alone program prints."""
    told = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), file, *([root] if root else [])],
        input=proof if isinstance(proof, str) else json.dumps(proof),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return told.returncode, told.stdout + told.stderr


@pytest.fixture
def sealed(district):
    """A district whose first entries stand under one seal and the next under another."""
    first = seal_line(district=district.id, at=AT)
    district.matter()
    second = seal_line(district=district.id, at=AT)
    district.matter("LJ-2")
    district.roots = {
        number: seal.root
        for seal in (first, second)
        for number in range(seal.first_number, seal.last_number + 1)
    }
    return district


def test_the_program_knows_the_header():
    assert runpy.run_path(str(PROGRAM))["NAMES"] == HEADER_FIELDS


def test_every_sealed_entry_is_proven(sealed):
    check = runpy.run_path(str(PROGRAM))["check"]
    for number, root in sealed.roots.items():
        proof = json.loads(json.dumps(asdict(proof_of(district=sealed.id, number=number))))
        assert check(proof, root) == number


def test_a_proof_is_printed_and_checked_from_outside(sealed, capsys, tmp_path):
    number, root = max(sealed.roots.items())
    call_command("journal", "proof", str(number), "--district", str(sealed.id))
    printed = capsys.readouterr().out
    file = tmp_path / "proof.json"
    file.write_text(printed, encoding="utf-8")
    code, line = checked("", root, file=str(file))
    assert (code, f"entry {number}" in line, "证明成立" in line) == (0, True, True)
    assert checked(printed, root.upper())[0] == 0


def _other(text):
    return ("0" if text[-1] != "0" else "1").join((text[:-1], ""))


CHANGES = {
    "body": lambda proof: proof.update(body=proof["body"].replace("老旧", "新建")),
    "day": lambda proof: proof.update(header=proof["header"].replace("2020-04-10", "2020-04-11")),
    "number": lambda proof: proof.update(number=proof["number"] + 1),
    "digest": lambda proof: proof.update(digest=_other(proof["digest"])),
    "line": lambda proof: proof.update(header=proof["header"] + "\n"),
    "algorithm": lambda proof: proof.update(header=proof["header"].replace("sha256", "md5")),
    "seal": lambda proof: proof["seal"].update(last_number=proof["number"] - 1),
    "place": lambda proof: proof["seal"].update(first_number=1),
    "path": lambda proof: proof["path"].pop(),
    "step": lambda proof: proof["path"][0].__setitem__(1, _other(proof["path"][0][1])),
    "missing": lambda proof: proof.pop("seal"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_proof_fails(sealed, change):
    number = JournalEntry.objects.filter(body__contains="老旧").order_by("number").first().number
    proof = json.loads(json.dumps(asdict(proof_of(district=sealed.id, number=number))))
    assert checked(proof, sealed.roots[number])[0] == 0
    changed = deepcopy(proof)
    CHANGES[change](changed)
    assert changed != proof
    code, line = checked(changed, sealed.roots[number])
    assert (code, "证明不成立" in line, "does not hold" in line) == (1, True, True)


def test_another_root_is_none_and_a_wrong_call_says_how(sealed):
    proof = asdict(proof_of(district=sealed.id, number=1))
    assert checked(proof, sealed.roots[max(sealed.roots)])[0] == 1
    assert checked("not JSON", sealed.roots[1])[0] == 1
    assert checked(proof, "")[0] == 2
    assert checked(proof, "00", file="/nowhere/proof.json")[0] == 2


def test_what_is_not_sealed_or_not_there_has_no_proof(sealed):
    last = Line.objects.get(pk=sealed.id).last_number
    with pytest.raises(NotSealedYet) as refused:
        proof_of(district=sealed.id, number=last)
    assert refused.value.facts == {"number": last, "sealed_to": max(sealed.roots)}
    with pytest.raises(NotFound):
        proof_of(district=sealed.id, number=last + 1)
    Seal.objects.all().delete()
    with pytest.raises(NotSealedYet):
        proof_of(district=sealed.id, number=1)
