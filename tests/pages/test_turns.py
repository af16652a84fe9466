"""What changed of a matter, in words: each side with the names of its own day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import translation

from luoshi.ledger.comparison import Turn
from luoshi.ledger.views.turns import Names, changes, counted, turn_line
from luoshi.rules.ledger.comparison import Became, Seen, became, differences

UNIT, POST, GOAL = UUID(int=1), UUID(int=2), UUID(int=3)
THEN = Names({UNIT: "城管局", POST: "城管局负责人", GOAL: "品质"})
NOW = Names({UNIT: "城市管理局", POST: "城市管理局负责人", GOAL: "品质"})
OLD = Seen(
    title="停车位新建",
    kind="programme",
    standing="assigned",
    colour="green",
    last_colour="",
    is_unreported=False,
    is_awaiting=False,
    is_answer_late=False,
    missing="",
    lead_unit=None,
    responsible_post=None,
    sponsoring_post=None,
    comparator=">=",
    quantity=Decimal(100),
    unit="个",
    achieved=None,
    submitted=Decimal("1.50"),
    start=None,
    due=date(2020, 12, 31),
    area="",
    stage="",
    goals=(),
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def turned(**given):
    return turn(OLD, replace(OLD, **given))


def turn(old, new):
    changed = differences(old, new) if old and new else ()
    return Turn(UUID(int=9), "S1", became(old, new, differs=True), old, new, changed)


def told(**given):
    return [str(change) for change in changes(turned(**given), THEN, NOW)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": "停车位"}, "Title 停车位新建 → 停车位"),
        ({"kind": "project"}, "Kind Programme → Project"),
        ({"standing": "accepted"}, "Standing Assigned → Accepted"),
        ({"achieved": Decimal("40.0")}, "Confirmed – → 40 个"),
        ({"submitted": None}, "Waiting for an answer 1.5 个 → –"),
        ({"start": date(2020, 3, 2)}, "Start – → 2020-03-02"),
        ({"due": None}, "Due 2020-12-31 → –"),
        ({"lead_unit": UNIT}, "Lead unit – → 城市管理局"),
        ({"responsible_post": POST}, "Responsible post – → 城市管理局负责人"),
        ({"sponsoring_post": UUID(int=8)}, "Sponsoring leader's post – → unknown"),
        ({"missing": "target milestones"}, "Fixes open none → Target, Milestones"),
        ({"stage": "new_start"}, "Stage – → New start"),
        ({"area": "老城"}, "Area – → 老城"),
        ({"goals": (GOAL,)}, "Goals – → 品质"),
        ({"quantity": Decimal(120)}, "Target ≥100 个 → ≥120 个"),
        ({"comparator": "=", "quantity": None}, "Target ≥100 个 → –"),
        ({"is_awaiting": True}, "To verify no → yes"),
        ({"is_unreported": True}, "Not reported no → yes"),
    ],
)
def test_every_column_has_its_words(given, words):
    assert told(**given) == [words]


def test_the_colour_has_a_column_of_its_own_and_says_what_its_mark_would():
    assert told(colour="unreported", is_unreported=True) == []
    line = turn_line(turned(colour="red"), THEN, NOW)
    assert (line.old_colour, line.new_colour, str(line.became)) == ("green", "red", "Worse")
    assert line.due == "2020-12-31"


def test_what_came_or_went_has_one_colour_and_nothing_that_changed():
    new = turn_line(turn(None, OLD), THEN, NOW)
    assert (new.old_colour, new.new_colour, new.changes) == ("", "green", ())
    gone = turn_line(turn(replace(OLD, lead_unit=UNIT, due=None), None), THEN, NOW)
    assert (gone.unit, gone.due, str(gone.became)) == ("城管局", "", "No longer listed")


def test_rare_kinds_of_change_are_counted_only_where_found():
    plain = counted({Became.NEW: 2}, lambda one: f"?became={one.value}")
    assert [one["became"] for one in plain] == ["worse", "new", "closed", "better", "changed"]
    assert plain[1] == {"became": "new", "name": "New", "count": 2, "url": "?became=new"}
    rare = counted({Became.GONE: 1}, lambda one: "")
    assert rare[-1]["became"] == "gone"


def test_a_turn_without_either_look_is_no_turn():
    with pytest.raises(ValueError, match="0009"):
        turn(None, None).seen  # noqa: B018
