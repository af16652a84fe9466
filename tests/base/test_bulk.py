"""The bulk road: the same rows as single commands leave, and a batch taken back as a whole."""

from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from luoshi.base import bulk, rebuild, verify
from luoshi.base.bulk import append_many
from luoshi.base.journal import Actor, Change
from luoshi.base.models import JournalEntry, Line
from luoshi.clocks import standards
from luoshi.ledger.models import MatterSpell
from luoshi.ledger.projection import MATTERS
from luoshi.organisation import commands, queries
from luoshi.rules.colour import Comparator
from luoshi.rules.ledger import decide
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.refusals import MatterExists, MeasuredInFuture
from luoshi.rules.refusals import NotAllowed
from tests.base import builders
from tests.base.test_spells import HISTORIES, assert_spells_are_replay

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


# ---- the next batch is judged while one is stored ----------------------------------------------


class Later:
    """A writer that stores as late as it may: the batch that follows is always judged before."""

    def submit(self, store):
        return SimpleNamespace(result=cache(store))


def overlap(patch):
    """Take the way of a load outside of any transaction, in the transaction of a test."""

    @contextmanager
    def later():
        yield Later()

    patch.setattr(bulk, "connection", SimpleNamespace(in_atomic_block=False))
    patch.setattr(bulk, "_writer", later)


@pytest.fixture
def overlapping(monkeypatch):
    """The same for a whole test."""
    overlap(monkeypatch)


@pytest.mark.usefixtures("overlapping")
@pytest.mark.parametrize("batch", [1, 3, 4, 10, 50])
def test_what_is_judged_ahead_is_what_single_commands_leave(office, batch):
    changes = [*matter("A", 5, 20, 60), *matter("B", 10)]
    totals = list(append_many(changes, by=office, at=timezone.now(), batch=batch))
    assert totals[-1] == 10
    assert len(list(verify.verified_entries(district=office.district))) >= 10
    assert [d for found in rebuild.rebuilt(district=office.district) for d in found] == []


def test_many_rows_go_into_few_statements(office, django_assert_max_num_queries):
    changes = [each for number in range(50) for each in matter(f"M{number}", 5, 20, 60)]
    with django_assert_max_num_queries(60):
        assert list(append_many(changes, by=office, at=timezone.now())) == [300]
    assert [d for found in rebuild.rebuilt(district=office.district) for d in found] == []


@pytest.mark.usefixtures("overlapping")
@pytest.mark.parametrize("meanwhile", [5, 8, 14])
def test_what_somebody_else_records_meanwhile_is_judged_again(district, meanwhile):
    def changes():
        for place, each in enumerate([*matter("A", 5, 20), *matter("B", 10), *matter("C", 30, 40)]):
            if place == meanwhile:
                district.matter("LJ-7")
            yield each

    totals = list(append_many(changes(), by=district.office, at=builders.AT, batch=3))
    assert totals == [3, 6, 9, 12, 14] if meanwhile < 14 else totals
    assert (
        len(list(verify.verified_entries(district=district.id))) == Line.objects.get().last_number
    )
    assert [d for found in rebuild.rebuilt(district=district.id) for d in found] == []


@pytest.mark.usefixtures("overlapping")
def test_a_refusal_ahead_of_its_turn_waits_for_it(office):
    good, bad = list(matter("A", 5, 20, 60)), list(matter("B", 10))
    before = JournalEntry.objects.count()
    done = append_many([*good, *bad, bad[0]], by=office, at=timezone.now(), batch=3)
    assert [next(done), next(done), next(done)] == [3, 6, 9]
    with pytest.raises(MatterExists):
        next(done)
    assert JournalEntry.objects.count() == before + 9


@pytest.mark.usefixtures("overlapping")
def test_a_fault_in_the_changes_leaves_what_came_before(office):
    def changes():
        yield from matter("A", 5, 20, 60)
        raise OSError

    before = JournalEntry.objects.count()
    with pytest.raises(OSError):  # noqa: PT011 - its kind is all it says
        list(append_many(changes(), by=office, at=timezone.now(), batch=3))
    assert JournalEntry.objects.count() in {before + 3, before + 6}


@pytest.mark.usefixtures("overlapping")
def test_who_stops_has_what_was_yielded_and_no_more(office):
    before = JournalEntry.objects.count()
    done = append_many([*matter("A", 5, 20, 60)], by=office, at=timezone.now(), batch=2)
    assert next(done) == 2
    done.close()
    assert JournalEntry.objects.count() == before + 2


@pytest.mark.parametrize("batch", [1, 10])
@pytest.mark.usefixtures("overlapping")
def test_a_day_may_gain_its_colour_and_lose_it_again(district, batch):
    def said(thread, verb, *, corrects=None, **given):
        decided = partial(verb, on=DAY, **given)
        return Change(
            kind=MATTERS, thread=thread, decide=decided, on=DAY, expected=0, corrects=corrects
        ), uuid4()

    gains, loses = uuid4(), uuid4()
    registered = {
        "code": "G",
        "title": "先拟后交",
        "kind": f.MatterKind.TASK,
        "sources": (builders.SOURCE,),
    }
    post = {"lead_unit": district.lead.unit, "responsible_post": district.lead.post}
    step = f.Milestone(key="done", title="完工", due=date(2025, 6, 30))
    first = Line.objects.get(pk=district.id).last_number + 1
    draft = f.MatterRegistered(**registered | {"code": "L"}, origin=f.Origin.ASSIGNED)
    changes = [
        said(loses, decide.register, origin=f.Origin.PUBLISHED, **registered | {"code": "L"}),
        said(loses, decide.place, goals=district.goals),
        said(loses, decide.correct, fact=draft, corrects=first),
        said(gains, decide.register, origin=f.Origin.ASSIGNED, **registered),
        said(gains, decide.fix_responsibility, **post),
        said(gains, decide.fix_target, targets=(builders.TARGET,)),
        said(gains, decide.fix_milestones, due=step.due, milestones=(step,)),
        said(gains, decide.assign),
        said(gains, decide.place, goals=district.goals),
    ]
    for _ in append_many(changes, by=district.office, at=builders.AT, batch=batch):
        pass
    assert_spells_are_replay(district, gains, loses)


def random_change(district, matters, drawn):
    """A change that never is refused once all matters are fixed."""
    place, verb, days, amount = drawn
    thread, on = matters[place % len(matters)], DAY + timedelta(days=days)
    other = matters[(place + 1) % len(matters)]
    target = f.Target(
        key="main", quantity=Decimal(amount + 1), unit="个", comparator=Comparator.EQUAL, leads=True
    )
    verbs = {
        "report": partial(
            decide.report_progress, report=uuid4(), achieved=Decimal(amount), measured_on=on
        ),
        "place": partial(
            decide.place, goals=(district.goals[amount % 2],), area=f"片区{amount % 3}"
        ),
        "stage": partial(decide.set_stage, stage=list(f.Stage)[amount % 5]),
        "target": partial(decide.fix_target, targets=(target,)),
        "plan": partial(decide.fix_milestones, due=DAY + timedelta(days=200 + amount)),
        "part": partial(decide.divide, parts=(f.Part(matter=other),)),
    }
    return Change(
        kind=MATTERS, thread=thread, decide=partial(verbs[verb], on=on), on=on, expected=0
    ), uuid4()


said = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["report", "report", "report", "place", "stage", "target", "plan", "part"]),
    st.sampled_from([0, 0, 1, 30, 31, 60, 95]),
    st.integers(0, 120),
)


@pytest.mark.no_cover
@pytest.mark.long
@HISTORIES
@given(drawn=st.lists(said, max_size=14), batch=st.integers(1, 6))
def test_random_loads_leave_what_replay_gives(district, drawn, batch):
    with builders.undone(), pytest.MonkeyPatch.context() as patch:
        overlap(patch)
        matters = {}
        changes = []
        for number in range(3):
            some = list(matter(f"R-{number}"))
            matters.setdefault(some[0][0].thread)
            changes += some
        changes += [random_change(district, list(matters), each) for each in drawn]
        for _ in append_many(changes, by=district.office, at=builders.AT, batch=batch):
            pass
        assert_spells_are_replay(district, *matters)
        assert [d for found in rebuild.rebuilt(district=district.id) for d in found] == []


def test_who_stores_has_room_of_its_own(db):
    def room():
        """The pages that the log of this thread's connection may hold; None: it is no SQLite."""
        own = connections[DEFAULT_DB_ALIAS]
        if own.vendor != "sqlite":
            return None
        with own.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint")
            return cursor.fetchone()[0]

    ours = room()
    with bulk._writer() as writer:
        assert writer.submit(room).result() == (ours and 32_000)
    assert room() == ours != 32_000
