"""The audit list: what is kept of every act, and that it cannot be changed unseen."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from luoshi.audit import commands, queries
from luoshi.audit.commands import Act
from luoshi.audit.models import AuditHead, AuditLine, DroppedDay
from luoshi.audit.projection import AUDITS, audit_of
from luoshi.audit.words import Outcome
from luoshi.base.journal import Actor
from luoshi.base.rebuild import rebuilt
from luoshi.base.threads import entries_of
from luoshi.base.verify import verified_entries
from luoshi.rules.audit import AuditLaw, AuditState, SegmentTooYoung, kept_until
from luoshi.rules.refusals import NotAllowed, Refusal
from tests.base.builders import founded

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TOLD = {
    "person": None,
    "post": None,
    "unit": None,
    "address": "10.0.0.7",
    "verb": "register",
    "thing": None,
    "method": "POST",
    "path": "/matters/register/",
    "outcome": Outcome.DONE,
    "status": 302,
}


@pytest.fixture
def district(db):
    """A founded district."""
    return founded()


def noted(district, *, days=0, **told):
    return commands.note(
        Act(**(TOLD | told)), district=district.id, at=MONDAY + timedelta(days=days)
    )


def auditor(district):
    return Actor(district=district.id, person=uuid4(), roles=frozenset({"auditor"}))


def held(district):
    return list(queries.verified_lines(district=district.id))


def test_each_act_is_one_line_and_the_first_of_a_day_closes_the_one_before(district):
    for days in (0, 0, 1, 4):
        noted(district, days=days)
    assert held(district) == [1, 2, 3, 4]
    closed = [entry.fact for entry in entries_of(audit_of(district.id), AUDITS)]
    assert [(one.day, one.first_number, one.count) for one in closed] == [
        (date(2026, 3, 2), 1, 2),
        (date(2026, 3, 3), 3, 1),
    ]
    assert closed[-1].digest == AuditLine.objects.get(number=3).digest
    assert list(verified_entries(district=district.id))
    assert not [found for found in rebuilt(district=district.id, write=False) if found]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET address = '10.0.0.8'",
        "DELETE FROM audit_line",
    ],
)
def test_the_database_itself_refuses_to_change_a_line(district, statement):
    noted(district)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@given(data=st.data())
def test_any_change_of_a_stored_line_is_found(data):
    """Lines are taken as the database would give them: values changed, one left out, one added."""
    values = [(number, "register", "10.0.0.7") for number in range(1, 6)]
    digests, last = [], ""
    for row in values:
        last = queries.line_digest(last, row)
        digests.append(last)
    place = data.draw(st.integers(0, 4))
    column = data.draw(st.integers(0, 2))
    changed = list(values[place])
    changed[column] = data.draw(
        st.text(min_size=1).filter(lambda text: text != str(changed[column]))
    )
    again = queries.line_digest(digests[place - 1] if place else "", changed)
    assert again != digests[place]


@pytest.mark.parametrize(
    "change",
    [
        {"address": "10.0.0.8"},
        {"outcome": "refused"},
        {"path": "/x/"},
        {"number": 9},
    ],
)
def test_a_changed_line_is_named(district, change):
    for days in (0, 0, 1):
        noted(district, days=days)
    without_triggers(lambda: AuditLine.objects.filter(number=2).update(**change))
    with pytest.raises(queries.AuditBroken) as broken:
        held(district)
    assert broken.value.facts["day"] == date(2026, 3, 2)
    assert broken.value.facts["number"] == 2


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_line_taken_away_is_found(district, number):
    for days in (0, 0, 1):
        noted(district, days=days)
    without_triggers(lambda: AuditLine.objects.filter(number=number).delete())
    with pytest.raises(queries.AuditBroken):
        held(district)


def test_a_line_added_behind_the_head_is_found(district):
    line = noted(district)
    line.number = 2
    line.save(force_insert=True)
    with pytest.raises(queries.AuditBroken):
        held(district)


def test_a_changed_head_is_found(district):
    noted(district)
    AuditHead.objects.update(digest="0" * 64)
    with pytest.raises(queries.AuditBroken):
        held(district)


def without_triggers(change):
    """Change lines as one could who owns the database's files."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = [row for row in cursor.fetchall() if row[0].startswith("audit_line")]
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            change()
            for _name, sql in triggers:
                cursor.execute(sql)
        else:
            cursor.execute("ALTER TABLE audit_line DISABLE TRIGGER USER")
            change()
            cursor.execute("ALTER TABLE audit_line ENABLE TRIGGER USER")


def test_a_day_is_dropped_whole_after_its_time_and_the_rest_still_verifies(district):
    for days in (0, 0, 1, 200, 201):
        noted(district, days=days)
    at = MONDAY + timedelta(days=201)
    dropped = commands.drop_old_days(by=auditor(district), at=at)
    assert dropped == [date(2026, 3, 2), date(2026, 3, 3)]
    assert held(district) == [4, 5]
    assert list(verified_entries(district=district.id))
    assert commands.drop_old_days(by=auditor(district), at=at) == []
    assert DroppedDay.objects.count() == 2


def test_only_the_audit_administrator_drops(district):
    noted(district)
    with pytest.raises(NotAllowed):
        commands.drop_old_days(by=district.office, at=MONDAY)


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 3, 2), date(2026, 9, 2)),
        (date(2025, 8, 31), date(2026, 3, 1)),  # there is no 31 February
        (date(2026, 12, 31), date(2027, 7, 1)),
    ],
)
def test_six_months_are_counted_by_the_calendar(day, until):
    assert kept_until(day) == until


def test_the_law_refuses_to_drop_a_young_day_or_an_open_one_and_to_close_twice(district):
    for days in (0, 1):
        noted(district, days=days)
    state = queries.state_of(district.id)
    closed = state.closed[date(2026, 3, 2)]
    with pytest.raises(Refusal, match="segment_closed_already"):
        AuditLaw.check(state, closed, date(2026, 3, 3))
    dropped = commands.SegmentDropped(day=closed.day)
    with pytest.raises(SegmentTooYoung):
        AuditLaw.check(state, dropped, date(2026, 3, 3))
    with pytest.raises(Refusal, match="segment_not_closed"):
        AuditLaw.check(AuditState(), dropped, date(2027, 3, 3))


def test_the_list_is_narrowed_by_all_that_it_tells(district):
    post, thing = uuid4(), uuid4()
    noted(district)
    noted(district, post=post, thing=thing, verb="verify", outcome=Outcome.TURNED_AWAY, days=1)
    for narrowed in (
        {"post": post},
        {"thing": thing},
        {"verb": "verify"},
        {"outcome": "turned_away"},
        {"since": date(2026, 3, 3)},
    ):
        asked = queries.Narrowed(**narrowed)
        assert [line.number for line in queries.lines_visible_to(auditor(district), asked)] == [2]
    asked = queries.Narrowed(until=date(2026, 3, 2), address="10.0.0.7")
    assert [line.number for line in queries.lines_visible_to(auditor(district), asked)] == [1]


def test_two_districts_have_two_lists(district):
    other = founded("410104", "管城区")
    noted(district)
    noted(other)
    noted(other)
    assert held(district) == [1]
    assert held(other) == [1, 2]
    assert queries.lines_visible_to(auditor(district), queries.Narrowed()).count() == 1
