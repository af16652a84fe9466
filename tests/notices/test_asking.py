"""How much may be asked of a post in a week: the cap, the refusal, the office's consent."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from luoshi.base.models import JournalEntry, Outbox, StoredText
from luoshi.base.rebuild import rebuilt
from luoshi.base.wording import sentence_for
from luoshi.ledger import commands as ledger
from luoshi.ledger.commands import Sent
from luoshi.notices import asking, commands
from luoshi.notices.commands.burden import ConsentNeedsReason
from luoshi.notices.models import Burden
from luoshi.notices.statistics import burden_visible_to
from luoshi.organisation.queries import DistrictVisitor
from luoshi.rules.burden import AskAboveCap, CapTooSmall
from luoshi.rules.refusals import NotAllowed
from tests.ledger.town import AT, LEAD, OFFICE, STRANGER, SUPPORT

DAY = date(2021, 1, 15)
MONDAY = date(2021, 1, 11)


def set_cap(town, asks, by=None):
    actor = by or town.office
    return commands.set_cap(
        asks_per_week=asks,
        on=DAY,
        expected=asking.last_of_burden(actor),
        command_id=uuid4(),
        by=actor,
        at=AT,
    )


def drafted(town, code):
    matter = town.draft(code)
    town.fix(matter)
    return matter


def assign(town, matter, consent="", at=AT, command_id=None):
    sent = town.sent(thread=matter, command_id=command_id)
    ledger.assign(
        matter_id=matter,
        sent=Sent(
            on=sent.on, expected=sent.expected, command_id=sent.command_id, by=sent.by, at=at,
            consent=consent,
        ),
    )  # fmt: skip


def test_without_a_cap_any_number_may_be_asked(town, desks):
    for code in ("A", "B", "C"):
        town.assigned(code)
    assert asking.cap_of(town.office) is None
    assert len(asking.asks_of_week(town.office, DAY)) == 6


def test_above_the_cap_the_command_is_refused_with_a_sentence_and_changes_nothing(
    town, desks, snapshot
):
    set_cap(town, 1)
    town.assigned("A")
    matter = drafted(town, "B")
    before = snapshot()
    with pytest.raises(AskAboveCap) as refused:
        assign(town, matter)
    assert snapshot() == before
    assert set(refused.value.facts["posts"]) == {town.post(LEAD), town.post(SUPPORT)}
    assert {"cap": 1, "week": MONDAY}.items() <= refused.value.facts.items()
    assert f"{LEAD}负责人" in sentence_for(refused.value)
    assert "1" in sentence_for(refused.value)


def test_with_a_reason_the_office_consents_for_that_post_and_week(town, desks):
    set_cap(town, 1)
    town.assigned("A")
    matter, third = drafted(town, "B"), drafted(town, "C")
    command = uuid4()
    assign(town, matter, consent="防汛急件", command_id=command)
    entries = JournalEntry.objects.count()
    assign(town, matter, consent="防汛急件", command_id=command)  # the same again
    assert JournalEntry.objects.count() == entries
    state = asking.burden_state(town.office, DAY)
    assert state.allowed == {(town.post(LEAD), MONDAY), (town.post(SUPPORT), MONDAY)}
    assert StoredText.objects.filter(text="防汛急件").count() == 1
    assign(town, third)  # this week more is allowed
    next_week = AT + timedelta(days=7)
    town.assigned("D")
    for code in ("E", "F"):
        late = drafted(town, code)
        if code == "E":
            assign(town, late, at=next_week)
        else:
            with pytest.raises(AskAboveCap):
                assign(town, late, at=next_week)


def test_only_the_office_consents_and_only_with_a_reason(town, desks):
    given = {"posts": [town.post(LEAD)], "on": DAY, "command_id": uuid4(), "at": AT}
    with pytest.raises(NotAllowed):
        commands.allow_asks(**given, reason="急", by=town.actors[LEAD])
    with pytest.raises(ConsentNeedsReason) as refused:
        commands.allow_asks(**given, reason="  ", by=town.office)
    assert sentence_for(refused.value)
    with pytest.raises(NotAllowed):
        set_cap(town, 3, by=town.actors[LEAD])
    with pytest.raises(CapTooSmall) as small:
        set_cap(town, 0)
    assert sentence_for(small.value)


def test_what_a_unit_sends_up_for_decision_is_never_refused(town, desks):
    matter = town.assigned()
    set_cap(town, 1)
    for amount in (10, 20, 30):
        town.report(matter, amount)
    assert Outbox.objects.filter(code="matter.report_submitted").count() == 3


def test_a_correction_that_asks_somebody_else_minds_the_cap_too(town, desks):
    town.assigned("A", lead=STRANGER)
    matter = town.assigned("B")
    fixed = JournalEntry.objects.get(thread=matter, kind="matter.responsibility_fixed")
    set_cap(town, 1)

    def correct():
        from dataclasses import replace

        ledger.correct(
            matter_id=matter,
            entry=fixed.number,
            change=lambda old: replace(
                old, lead_unit=town.unit(STRANGER), responsible_post=town.post(STRANGER)
            ),
            reason="写错单位",
            sent=town.sent(thread=matter),
        )

    with pytest.raises(AskAboveCap):
        correct()
    set_cap(town, 2)
    correct()


def test_a_cap_can_be_taken_away_and_rows_are_what_the_journal_gives(town, desks):
    set_cap(town, 5)
    assert str(Burden.objects.get()) == "at most 5 asks a week"
    set_cap(town, None)
    assert asking.cap_of(town.office) is None
    assert not [one for some in rebuilt(district=town.district) for one in some]


def test_the_week_by_post_and_unit_says_from_whom_and_how_long_answers_took(town, desks):
    matter = town.assigned("A")
    other = town.assigned("B")
    report = town.report(matter)
    sent = Sent(
        on=DAY, expected=10**6, command_id=uuid4(), by=town.actors[LEAD],
        at=datetime(2021, 1, 15, 4, 0, tzinfo=UTC),
    )  # fmt: skip
    ledger.accept(matter_id=matter, sent=sent)
    town.tell("abolish", other, reason="并入他项")
    week = burden_visible_to(town.office, day=DAY, unit=None)
    assert (week.monday, week.cap) == (MONDAY, None)
    by_name = {row.post.name: row.asked for row in week.posts}
    lead = by_name[f"{LEAD}负责人"]
    assert (lead.asks, lead.decisions, lead.unanswered) == (2, 0, 0)
    assert dict(lead.sources) == {town.unit(OFFICE): 2}
    assert lead.typical_wait == timedelta(hours=3)
    office = by_name["台账岗"]
    assert (office.asks, office.decisions, office.unanswered) == (0, 1, 1)
    assert office.typical_wait is None
    assert set(week.units) == {town.unit(LEAD), town.unit(SUPPORT), town.unit(OFFICE)}
    assert report

    own = burden_visible_to(town.office, day=DAY, unit=town.unit(SUPPORT))
    assert [row.post.id for row in own.posts] == [town.post(SUPPORT)]
    assert not burden_visible_to(DistrictVisitor(uuid4()), day=DAY, unit=None).posts
    assert not burden_visible_to(town.office, day=date(2021, 1, 4), unit=None).posts


def test_above_the_cap_is_marked_unless_allowed(town, desks):
    town.assigned("A")
    town.assigned("B")
    set_cap(town, 1)
    assert all(row.is_above for row in burden_visible_to(town.office, day=DAY, unit=None).posts)
    commands.allow_asks(
        posts=[town.post(LEAD)], on=DAY, reason="急件", command_id=uuid4(), by=town.office, at=AT
    )
    rows = burden_visible_to(town.office, day=DAY, unit=None).posts
    marks = {row.post.id: (row.is_above, row.is_allowed) for row in rows}
    assert marks == {town.post(LEAD): (False, True), town.post(SUPPORT): (True, False)}
