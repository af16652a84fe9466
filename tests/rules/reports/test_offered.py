"""What another reader offers is held to the text: offsets, quotes, numbers and codes."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.offered import Dropped, Given, checked
from luoshi.rules.reports.statements import FIELDS, Kind, as_row

TEXT = "甲县政府工作报告\n今年，县水务局新建泵站 3 座，改造管网12.5公里，增长 8%，建成 4A景区。\n"
OFFER = {"quote": "改造管网12.5公里", "kind": "target", "value": 12.5, "unit": "公里"}


@pytest.fixture
def here():
    mended = mend(TEXT)
    return Given(mended, 0, len(mended.text), "甲.txt", "m1")


def test_an_offer_that_stands_in_the_text_becomes_a_statement(here):
    offer = OFFER | {
        "subject": "管网", "projects": ["管网", "别处的项目", 7], "responsible": "县水务局",
        "force": "hard", "period": "2024H1", "deadline": "2024-06-30", "deadline_stated": True,
        "domain": "urban", "growth": False, "comparator": "~", "start": 0, "note": "…",
    }  # fmt: skip
    one = checked(offer, here)
    assert (one.value, one.unit, one.comparator) == (
        Decimal("12.5"),
        "公里",
        "=",
    )  # ours, not theirs
    assert TEXT[one.start : one.end] == one.quote == "改造管网12.5公里"
    assert TEXT[one.value_start : one.value_end] == "12.5公里"
    assert (one.subject, one.projects, one.responsible) == ("管网", ("管网",), "县水务局")
    assert (one.force, one.period, one.deadline) == ("hard", "2024H1", date(2024, 6, 30))
    assert (one.deadline_stated, one.domain, one.rule) == (True, "urban", "reader m1")


def test_offsets_point_into_the_original_where_mending_took_blanks_out(here):
    one = checked({"quote": "新建泵站3座", "kind": "result", "value": 3, "unit": "座"}, here)
    assert TEXT[one.start : one.end] == one.quote == "新建泵站 3 座"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"quote": "改造管网13公里"}, Dropped.QUOTE),
        ({"quote": ""}, Dropped.QUOTE),
        ({"quote": None}, Dropped.QUOTE),
        ({"kind": "promise"}, Dropped.KIND),
        ({"kind": ["target"]}, Dropped.KIND),
        ({"value": 125}, Dropped.NUMBER),
        ({"value": "12.5"}, Dropped.NUMBER),
        ({"value": True}, Dropped.NUMBER),
        ({"value": float("nan")}, Dropped.NUMBER),
        ({"unit": "米"}, Dropped.NUMBER),
        ({"unit": 5}, Dropped.NUMBER),
        ({"quote": "建成4A景区", "value": 4, "unit": "A"}, Dropped.NUMBER),  # a label, no value
    ],
)
def test_what_does_not_stand_in_the_text_is_dropped(here, changed, why):
    assert checked(OFFER | changed, here) is why


def test_fields_without_characters_or_known_codes_are_left_empty(here):
    offer = OFFER | {
        "subject": "桥梁", "responsible": 3, "force": "maybe", "period": "next year",
        "deadline": "soon", "domain": ["urban"], "projects": "管网",
    }  # fmt: skip
    one = checked(offer, here)
    row = as_row(one)
    empty = ("subject", "responsible", "force", "period", "deadline", "deadline_stated", "domain")
    assert {name: row[name] for name in empty} == dict.fromkeys(empty)
    assert (one.projects, one.growth) == ((), False)


def test_days_and_force_are_of_targets_and_growth_of_numbers(here):
    told = {"kind": "result", "force": "hard", "deadline": "2024-06-30", "growth": True}
    one = checked(OFFER | told | {"deadline": 5}, here)
    assert (one.force, one.deadline, one.growth) == (None, None, True)
    action = checked({"quote": "建成4A景区", "kind": "result", "growth": True}, here)
    assert (action.value, action.value_start, action.growth) == (None, None, False)
    target = checked({"quote": "建成4A景区", "kind": "target", "deadline": 5}, here)
    assert target.deadline is None


def test_a_quote_outside_what_was_given_is_dropped(here):
    part = Given(here.mended, 0, 9, here.doc, here.reader)
    assert checked(OFFER, part) is Dropped.QUOTE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*FIELDS, "other"]), JSON), st.sampled_from(["", OFFER]))
def test_no_offer_breaks_the_checks(row, base):
    mended = mend(TEXT)
    one = checked({**(base or {}), **row}, Given(mended, 0, len(mended.text), "甲", "m"))
    if not isinstance(one, Dropped):
        assert TEXT[one.start : one.end] == one.quote
        assert one.kind in set(Kind)
        assert json.dumps(as_row(one))
