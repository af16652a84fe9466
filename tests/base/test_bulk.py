"""The bulk road: the same rows as single commands leave, and a batch taken back as a whole."""

from datetime import date
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from luoshi.base import rebuild, verify
from luoshi.base.bulk import append_many
from luoshi.base.journal import Actor, Change
from luoshi.base.models import JournalEntry
from luoshi.clocks import standards
from luoshi.ledger.models import MatterSpell
from luoshi.ledger.projection import MATTERS
from luoshi.organisation import commands, queries
from luoshi.rules.colour import Comparator
from luoshi.rules.ledger import decide
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.refusals import MeasuredInFuture
from luoshi.rules.refusals import NotAllowed

DAY = date(2025, 1, 6)


@pytest.fixture
def office(db):
    """The office of a district with its standards."""
    command, at = uuid4(), timezone.now()
    commands.found_district(
        code="000001", name="测区", on=DAY, command_id=command, person=uuid4(), at=at
    )
    district = queries.the_district("000001").pk
    by = Actor(district=district, person=uuid4(), roles=frozenset({"office"}))
    for step in standards.steps(by=by, at=at, seed=uuid4()):
        step()
    return by


def matter(code, *amounts, permit=None):
    """The changes of a matter with a report for each amount, the last one dated first."""
    thread = uuid4()
    source = f.Source(kind=f.SourceKind.MEETING, title="会议", day=DAY)
    target = f.Target(
        key="main", quantity=Decimal(100), unit="个", comparator=Comparator.AT_LEAST, leads=True
    )

    def change(verb, on, **given):
        return Change(
            kind=MATTERS,
            thread=thread,
            decide=partial(verb, on=on, **given),
            permit=permit,
            on=on,
            expected=0,
        ), uuid4()

    yield change(
        decide.register,
        DAY,
        code=code,
        title=code,
        kind=f.MatterKind.TASK,
        origin=f.Origin.PUBLISHED,
        sources=(source,),
    )
    yield change(decide.fix_target, DAY, targets=(target,))
    yield change(decide.fix_milestones, DAY, due=date(2025, 12, 31), start=date(2025, 1, 1))
    for month, amount in reversed(list(enumerate(amounts, start=2))):
        on = date(2025, month, 3)
        report = partial(decide.report_progress, report=uuid4(), achieved=Decimal(amount))
        yield change(report, on, measured_on=on)


def test_the_bulk_road_leaves_what_single_commands_leave(office):
    changes = [*matter("A", 5, 20, 60), *matter("B", 10)]
    totals = list(append_many(changes, by=office, at=timezone.now(), batch=4))
    assert totals == [4, 8, 10]
    district = office.district
    assert list(verify.verified_entries(district=district))
    assert [d for found in rebuild.rebuilt(district=district) for d in found] == []
    assert MatterSpell.objects.filter(district=district, code="A").exists()


def test_a_refusal_takes_its_batch_back_and_no_other(office):
    bad = list(matter("C", 5))
    wrong = partial(decide.report_progress, report=uuid4(), achieved=Decimal(1))
    change, command = bad[-1]
    late = Change(
        kind=MATTERS,
        thread=change.thread,
        decide=partial(wrong, on=DAY, measured_on=date(2025, 2, 1)),
        on=DAY,
        expected=0,
    )
    before = JournalEntry.objects.count()
    done = append_many([*matter("D"), *bad, (late, command)], by=office, at=timezone.now(), batch=3)
    assert next(done) == 3
    with pytest.raises(MeasuredInFuture):
        list(done)
    assert JournalEntry.objects.count() in {before + 3, before + 6}


def test_the_permit_is_asked_as_in_a_single_command(office):
    def nobody(_state):
        raise NotAllowed(verb="register")

    with pytest.raises(NotAllowed):
        list(append_many(matter("E", permit=nobody), by=office, at=timezone.now()))
