"""The feed: every entry that somebody may see, in the order of numbers, and none of the others."""

from dataclasses import replace

import pytest
from django.conf import settings as django_settings

from luoshi.base.models import JournalEntry, StoredText
from luoshi.base.threads import kinds
from luoshi.exchange.feed import (
    MOST_AT_ONCE,
    Narrowed,
    entry_visible_to,
    feed_visible_to,
    last_number,
)
from luoshi.exchange.permissions import READ_BY, kinds_read_by
from luoshi.ledger import commands
from luoshi.rules.journal import Header, entry_digest
from luoshi.rules.rights import Role
from tests.ledger.team import Team
from tests.ledger.town import DAY, LEAD, STRANGER, SUPERVISION, SUPPORT


def whole(actor, **given):
    """Read the feed to its end, some at a time."""
    found, after = [], 0
    while True:
        batch = feed_visible_to(actor, after=after, limit=7, **given)
        found += batch.entries
        after = batch.last
        if not batch.is_more:
            return found


def numbers(entries):
    return [entry.row.number for entry in entries]


def test_every_kind_of_thread_says_by_which_verb_it_is_read():
    assert set(READ_BY) == set(kinds())
    assert "luoshi.exchange.verbs.ALL" in django_settings.VERBS


def test_the_office_follows_all_of_its_district_but_the_audit_list(town):
    town.assigned()
    found = whole(town.office)
    rows = JournalEntry.objects.filter(district=town.district).order_by("number")
    assert numbers(found) == [row.number for row in rows]
    assert last_number(town.district) == found[-1].row.number
    assert kinds_read_by(town.office) == set(READ_BY) - {"audit"}


def test_whoever_gets_an_entry_can_put_its_digest_together_again(town):
    town.assigned()
    for entry in whole(town.office):
        told = entry.shown
        row = entry.row
        header = Header(**{name: getattr(row, name) for name in Header._fields})
        assert told["digest"] == entry_digest(header, told["body"])
        assert told["at"].endswith("Z")
        assert told["on"] == row.on.isoformat()
        assert told["number"] == row.number


def test_administrators_follow_only_what_they_read(town):
    system = replace(town.office, roles=frozenset({Role.SYSTEM.value}))
    assert kinds_read_by(system) == {"district", "unit", "post"}
    assert {entry.thread_kind for entry in whole(system)} == {"district", "unit", "post"}
    auditor = replace(town.office, roles=frozenset({Role.AUDITOR.value}))
    assert "audit" in kinds_read_by(auditor)


def test_nothing_of_another_district_is_followed(town):
    from tests.ledger.town import Town

    other = Town("410199")
    other.assigned()
    assert {entry.row.district for entry in whole(town.office)} == {town.district}
    theirs = last_number(other.district)
    assert entry_visible_to(other.office, theirs) is not None
    mine = entry_visible_to(town.office, theirs)
    assert mine is None or mine.row.district == town.district


def take_back(town, matter, entry):
    sent = town.sent(thread=matter)
    commands.correct(matter_id=matter, entry=entry, change=None, reason="误记", sent=sent)


@pytest.fixture
def noted(town):
    """A matter with a note, its correction, and everything that tells of either."""
    matter = town.assigned()
    before = last_number(town.district)
    note = town.tell("write_note", matter, note="月底前拿出方案")
    sent = town.sent(thread=matter)
    commands.redact(matter_id=matter, digests=(note.fact.note,), reason="写错", sent=sent)
    other = town.tell("write_note", matter, note="另一条")
    take_back(town, matter, other.number)
    assert StoredText.objects.filter(thread=matter, text="另一条").exists()
    return matter, before


def test_a_leaders_note_and_what_tells_of_it_reach_its_line_only(town, noted):
    _matter, before = noted
    for name in (LEAD, SUPPORT, SUPERVISION):
        actor = replace(town.actors[name], post=town.post(name))
        shown = feed_visible_to(actor, after=before)
        assert len(shown.entries) == 4, name
    batch = feed_visible_to(town.actors[STRANGER], after=before)
    assert batch.entries == ()
    assert batch.last == before + 4  # it was read up to there all the same
    assert entry_visible_to(town.actors[STRANGER], before + 1) is None


def test_what_waits_inside_a_unit_reaches_its_own_posts_only_until_it_is_out(town):
    team = Team(town)
    team.set(team.reviewer, head=team.head)
    matter = town.assigned()
    before = last_number(town.district)
    gone = team.report(matter, 77)
    said = {"entry": gone.number, "change": None, "reason": "误报"}
    town.tell("correct", matter, team.officer, **said)
    entry = team.report(matter, 78)
    team.step("review", matter, entry, team.reviewer)
    others = (town.office, town.actors[STRANGER], town.actors[SUPPORT])
    assert len(feed_visible_to(team.head, after=before).entries) == 4
    for actor in others:
        assert feed_visible_to(actor, after=before).entries == ()
        assert entry_visible_to(actor, entry.number) is None
    team.step("release", matter, entry, team.head)
    for actor in others:
        shown = feed_visible_to(actor, after=before).entries
        assert [one.row.kind for one in shown] == [
            "matter.submitted", "matter.submission_reviewed", "matter.progress_reported",
        ]  # fmt: skip


def test_what_else_is_taken_back_or_removed_is_for_all(town):
    matter = town.assigned()
    town.tell("write_note", matter, note="只给承办链")
    report = town.report(matter)
    returned = town.tell("return_report", matter, report=report, reason="数字不对")
    before = last_number(town.district)
    take_back(town, matter, returned.number)
    shown = feed_visible_to(town.actors[STRANGER], after=before)
    assert numbers(shown.entries) == [before + 1]


def test_it_is_narrowed_by_kind_of_thread_kind_of_entry_and_unit(town):
    mine, theirs = town.assigned("S1"), town.assigned("S2", lead=STRANGER)
    of_goals = whole(town.office, narrowed=Narrowed(kinds=frozenset({"goal"})))
    assert {entry.thread_kind for entry in of_goals} == {"goal"}
    assigned = whole(town.office, narrowed=Narrowed(facts=frozenset({"matter.assigned"})))
    assert [entry.row.thread for entry in assigned] == [mine, theirs]
    of_unit = Narrowed(kinds=frozenset({"matter"}), unit=town.unit(LEAD))
    assert {entry.row.thread for entry in whole(town.office, narrowed=of_unit)} == {mine}
    own = Narrowed(kinds=frozenset({"unit"}), unit=town.unit(LEAD))
    assert {entry.row.thread for entry in whole(town.office, narrowed=own)} == {town.unit(LEAD)}
    nothing = Narrowed(kinds=frozenset({"audit"}))
    assert whole(town.office, narrowed=nothing) == []


def test_an_answer_is_bounded_and_says_that_there_is_more(town):
    town.assigned()
    batch = feed_visible_to(town.office, after=0, limit=3)
    assert (numbers(batch.entries), batch.last, batch.is_more) == ([1, 2, 3], 3, True)
    rest = feed_visible_to(town.office, after=3, limit=MOST_AT_ONCE * 9)
    assert rest.entries[0].row.number == 4
    assert not rest.is_more
    end = feed_visible_to(town.office, after=rest.last)
    assert (end.entries, end.last, end.is_more) == ((), rest.last, False)


def test_the_number_of_queries_does_not_grow(town, django_assert_max_num_queries):
    for number in range(4):
        matter = town.assigned(f"S{number}")
        town.tell("write_note", matter, note="批示", on=DAY)
    with django_assert_max_num_queries(5):
        feed_visible_to(town.actors[STRANGER], after=0)
