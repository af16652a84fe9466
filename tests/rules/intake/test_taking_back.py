"""Entries of a document that came in wrongly: taken back by law, unless others stand on them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from luoshi.rules.colour import Comparator
from luoshi.rules.intake.taking_back import taken_back
from luoshi.rules.journal import (
    Entry,
    LaterEntryStandsInTheWay,
    Signature,
    Withdrawn,
    standing,
    state_on,
)
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law

DAY = date(2020, 3, 2)
AT = datetime(2020, 3, 2, 8, tzinfo=UTC)
BY = Signature(UUID(int=1))
REGISTERED = f.MatterRegistered(
    code="1", title="停车位", kind=f.MatterKind.PROGRAMME, origin=f.Origin.PUBLISHED,
    sources=(f.Source(kind=f.SourceKind.DOCUMENT, title="报告", day=DAY, place=""),),
)  # fmt: skip
TARGET = f.TargetFixed(
    targets=(
        f.Target(
            key="main", quantity=Decimal(9), unit="个", comparator=Comparator.EQUAL,
            subject="停车位", leads=True,
        ),
    )
)  # fmt: skip
QUOTE = f.QuoteLinked(document="a" * 64, title="报告", day=DAY, start=0, end=9)
PLACED = f.MatterPlaced(goals=(UUID(int=7),), area="")


def thread(*facts):
    """Make a thread of facts, all of one day; a pair is a correction of an entry."""
    found = []
    for number, fact in enumerate(facts, start=1):
        fact, corrects = fact if isinstance(fact, tuple) else (fact, None)
        found.append(Entry(number, number, DAY, AT, BY, "", fact, corrects))
    return found


def test_a_thread_that_the_document_began_goes_whole():
    entries = taken_back(thread(REGISTERED, TARGET, QUOTE), {1, 2, 3}, law=law)
    assert standing(entries) == []
    assert [one.corrects for one in entries[3:]] == [3, 2, 1]
    assert state_on(entries, DAY, law=law) == law.initial()


@pytest.mark.parametrize("others", [PLACED, (TARGET, 2)])
def test_what_others_recorded_on_it_keeps_it(others):
    with pytest.raises(LaterEntryStandsInTheWay) as refused:
        taken_back(thread(REGISTERED, TARGET, QUOTE, others), {1, 2, 3}, law=law)
    assert refused.value.facts["entry"] == 4


def test_a_link_alone_is_taken_back_from_under_others():
    entries = taken_back(thread(REGISTERED, QUOTE, PLACED), {2}, law=law)
    assert [one.number for one in standing(entries)] == [1, 3]


def test_what_the_law_needs_is_not_taken_back():
    with pytest.raises(LaterEntryStandsInTheWay) as refused:
        taken_back(thread(PLACED, REGISTERED, TARGET), {2}, law=law)
    assert refused.value.facts["entry"] in {1, 3}


def test_what_was_taken_back_before_is_left_so():
    entries = taken_back(thread(REGISTERED, QUOTE, (Withdrawn(), 2)), {1, 2}, law=law)
    assert standing(entries) == []
    assert len(entries) == 4
    assert taken_back([], {1}, law=law) == []
