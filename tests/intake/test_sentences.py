"""Every problem of a sheet is worded: what stands there, and what to do."""

import ast
from pathlib import Path

import pytest

import luoshi
from luoshi.base.grids.sentences import SHEETS
from luoshi.intake.models import RowState
from luoshi.intake.reading.sentences import SENTENCES as READING
from luoshi.intake.sentences import PROBLEMS, SENTENCES, problem_sentence
from luoshi.intake.words import BECOMES, MEANINGS, PERIODS, STATES
from luoshi.ledger.sentences import SENTENCES as LEDGER
from luoshi.rules.sheets.grid import Flaw
from luoshi.rules.sheets.meanings import Meaning, Period

SOURCE = Path(luoshi.__file__).parent
SPOKEN = [path for room in ("rules/sheets", "intake") for path in (SOURCE / room).rglob("*.py")]
CALLS = {"CellProblem", "Doubt", "problem"}
TEXT = {"text": "二月三十"}
FACTS = {
    "head_not_found": {},
    "title_missing": {},
    "ends_before_start": {"start": "2021-06-30", "due": "2021-01-01"},
    "figure_not_understood": TEXT,
    "money_unit_missing": TEXT,
    "not_money": {"text": "3个", "unit": "个"},
    "day_ambiguous": {"text": "2021.1", "earlier": "2021-01", "later": "2021-10"},
    "year_missing": TEXT,
    "error_value": {"text": "#REF!"},
    "formula_not_computed": {"text": ""},
    "second_value": {"first": "3", "second": "4"},
    "amount_shared": {"first_row": 7},
    "row_hidden": {},
    "row_twice": {"first_row": 7, "by": "code"},
    "unit_unknown": {"name": "区城管局", "nearest": ""},
    "unit_not_in_force": {"name": "区城管局", "nearest": ""},
    "sponsor_unknown": {"count": 2, "first": 7},
    "matter_alike": {"count": 2},
    "matter_ended": {"title": "停车位"},
    "title_differs": {"old": "停车位", "new": "停车泊位"},
    "stage_not_understood": TEXT,
    "more_units_meant": {"text": "区教体局等"},
    "count_differs": {"printed": 8, "counted": 7, "group": ""},
    "total_differs": {"head": "总投资", "printed": 1_200_000_000, "summed": "800000000"},
    "column_twice": {"head": "投资", "meaning": "money_total"},
    "column_open": {"head": "投资", "could_be": ["money_total", "money_done"]},
    "period_open": {"head": "完成投资", "meaning": "money_done"},
}


def codes():
    """Return every code of a problem or refusal that the law of sheets or this room can give."""
    found = {flaw.value for flaw in Flaw}
    for path in SPOKEN:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in CALLS:
                found |= {text for each in node.args for text in _texts(each)}
            if isinstance(node, ast.Assign) and _name(node.targets[0]) == "code":
                found |= set(_texts(node.value))
    return found


def _name(node):
    return getattr(node, "attr", getattr(node, "id", ""))


def _texts(node):
    """Yield the texts of a value, both where it is one of two."""
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_code_has_its_sentence():
    assert codes() - {*PROBLEMS, *SENTENCES, *READING, *SHEETS, *LEDGER} == set()
    assert set(PROBLEMS) == set(FACTS)


@pytest.mark.parametrize(("code", "facts"), FACTS.items())
def test_a_sentence_says_something_with_the_facts_as_json_keeps_them(code, facts):
    sentence = problem_sentence(code, facts)
    assert len(sentence) > 10
    assert "%(" not in sentence
    assert code not in sentence


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        ("count_differs", {"printed": 8, "counted": 7, "group": "续建"}, ("续建", "8", "7")),
        ("row_twice", {"first_row": 7, "by": "office_no"}, ("7",)),
        ("row_twice", {"first_row": 7, "by": "title"}, ("7",)),
        ("unit_unknown", {"name": "城管局", "nearest": "区城管局"}, ("城管局", "区城管局")),
        ("unit_not_in_force", {"name": "城管局", "nearest": "区城管局"}, ("城管局", "区城管局")),
        ("unit_not_in_force", {"on": "2021-01-10"}, ("2021",)),  # as the ledger refuses it
        ("total_differs", FACTS["total_differs"], ("1,200", "800")),
        ("ends_before_start", FACTS["ends_before_start"], ("2021",)),
        ("day_not_understood", TEXT, ("二月三十",)),
        ("code_taken", {"code_given": "IMP-01"}, ("IMP-01",)),
    ],
)
def test_a_sentence_names_what_it_is_about(code, facts, words):
    sentence = problem_sentence(code, facts)
    assert all(word in sentence for word in words)


def test_every_meaning_period_and_state_has_a_word():
    assert set(MEANINGS) == {meaning.value for meaning in Meaning}
    assert set(PERIODS) < {period.value for period in Period}
    assert set(STATES) == set(RowState.values)
    assert all(map(str, (*MEANINGS.values(), *BECOMES.values())))
