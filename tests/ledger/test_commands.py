"""Every command of the ledger: once by who may, once by a stranger; a refusal changes nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.base.files import take
from luoshi.base.models import JournalEntry, StoredText
from luoshi.base.spells import on_day
from luoshi.ledger import commands, queries
from luoshi.ledger.models import Matter, MatterSpell
from luoshi.rules.amounts import NegativeQuantity
from luoshi.rules.journal import EntryNotStanding, LaterEntryStandsInTheWay, Withdrawn
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import refusals as no
from luoshi.rules.nodes import Renamed
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.ledger.town import (
    AT,
    BELOW,
    DAY,
    DUE,
    LEAD,
    OFFICE,
    STEPS,
    STRANGER,
    SUPERVISION,
    SUPPORT,
    TARGET,
    Town,
)

NEXT = DAY + timedelta(days=1)
LATER = date(2021, 1, 15)
WHY = "依据会议纪要"


def waiting(town):
    matter = town.assigned()
    return matter, town.report(matter)


def requested(town):
    matter = town.assigned()
    entry = town.tell("request_change", matter, revision=f.Revision(due=LATER), reason=WHY)
    return matter, entry.fact.request


def noted(town):
    """A matter with a text, and the text's digest."""
    matter = town.draft()
    entry = town.tell("fix_target", matter, acceptance="验收合格")
    return matter, entry.fact.acceptance


def suspended(town):
    matter = town.assigned()
    town.tell("suspend", matter, reason=WHY)
    return matter


def divided(town):
    return town.draft(), f.Part(matter=town.draft("S2"), share=Decimal(30))


def given(make, *names):
    """Make a matter and, beside it, what the verb is given."""

    def prepared(town):
        made = make(town)
        matter, *rest = made if isinstance(made, tuple) else (made,)
        return matter, dict(zip(names, rest, strict=True))

    return prepared


def with_words(prepared, **more):
    def prepared_with_words(town):
        matter, what = prepared(town)
        return matter, what | more

    return prepared_with_words


def responsibility(town):
    return town.draft(), town.responsibility()


def parts(town):
    matter, part = divided(town)
    return matter, {"parts": (part,)}


def redaction(town):
    matter, digest = noted(town)
    return matter, {"digests": [digest], "reason": WHY}


def correction(town):
    matter = town.draft()
    last = queries.last_entry_of(matter)
    return matter, {"entry": last, "change": _renamed, "reason": WHY}


def _renamed(fact):
    return replace(fact, title="停车位改建")


DRAFT, ASSIGNED = given(Town.draft), given(Town.assigned)
REVISION = {"revision": f.Revision(due=LATER), "reason": WHY}
QUOTED = {
    "document": "ab" * 32, "title": "工作安排", "day": DAY, "start": 0, "end": 9, "quote": WHY
}  # fmt: skip
VERBS = {  # who does it, on what, with what
    "place": (OFFICE, with_words(DRAFT, goals=(), area="新区")),
    "set_stage": (OFFICE, with_words(DRAFT, stage=f.Stage.NEW_START, listed=True)),
    "fix_responsibility": (OFFICE, responsibility),
    "fix_target": (OFFICE, with_words(DRAFT, targets=(TARGET,))),
    "fix_milestones": (OFFICE, with_words(DRAFT, due=DUE, milestones=STEPS)),
    "assign": (OFFICE, given(lambda town: _fixed(town))),
    "accept": (LEAD, ASSIGNED),
    "report_progress": (LEAD, with_words(ASSIGNED, measured_on=DAY, achieved=Decimal(40))),
    "confirm_report": (OFFICE, given(waiting, "report")),
    "return_report": (OFFICE, with_words(given(waiting, "report"), reason=WHY)),
    "request_change": (LEAD, with_words(ASSIGNED, **REVISION)),
    "decide_change": (OFFICE, with_words(given(requested, "request"), granted=True, reason=WHY)),
    "verify": (SUPERVISION, ASSIGNED),
    "close_out": (SUPERVISION, given(Town.verified)),
    "suspend": (OFFICE, with_words(ASSIGNED, reason=WHY)),
    "resume": (OFFICE, with_words(given(suspended), reason=WHY)),
    "divide": (OFFICE, parts),
    "write_note": (OFFICE, with_words(DRAFT, note=WHY)),
    "link_quote": (OFFICE, with_words(DRAFT, **QUOTED)),
    "abolish": (OFFICE, with_words(DRAFT, reason=WHY)),
    "correct": (OFFICE, correction),
    "redact": (OFFICE, redaction),
}
ELSEWHERE = {
    "publish_rollup",  # tests/doors/test_rollups.py: it is about no matter
    "review_submission", "send_back_submission", "release_submission",  # test_release.py
}  # fmt: skip
GOAL_COMMANDS = {
    "found_goal": {"name": "温暖", "kind": "pillar", "parent": None, "order": 9},
    "change_goal": {"fact": Renamed(name="品质城区")},
    "end_goal": {},
}
BEYOND_THE_OFFICE = {"accept"}  # the office does not take over what others shall do


def _fixed(town):
    matter = town.draft()
    town.fix(matter)
    return matter


def test_every_command_of_the_ledger_is_tried_here():
    tried = {*VERBS, *GOAL_COMMANDS, "register"}
    assert tried == set(commands.__all__) - {"Sent", "matter_of", *ELSEWHERE}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_becomes_one_entry_of_its_day_and_hand(town, verb):
    who, prepared = VERBS[verb]
    matter, what = prepared(town)
    before = queries.last_number(town.office)
    entry = town.tell(verb, matter, town.actors[who], **what)
    assert queries.last_number(town.office) == entry.number == before + 1
    assert (entry.on, entry.at, entry.by) == (DAY, AT, town.actors[who].signature)
    assert queries.last_entry_of(matter) == entry.number


@pytest.mark.parametrize("verb", sorted(set(VERBS) - BEYOND_THE_OFFICE))
def test_the_office_may_do_everything_but_take_over_for_others(town, verb):
    matter, what = VERBS[verb][1](town)
    entry = town.tell(verb, matter, **what)
    assert entry.by == town.office.signature


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_is_refused_and_nothing_changes(town, snapshot, verb):
    matter, what = VERBS[verb][1](town)
    before = snapshot()
    with pytest.raises(NotAllowed):
        town.tell(verb, matter, town.actors[STRANGER], **what)
    assert snapshot() == before


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"redact", "correct"}))
def test_another_district_finds_no_such_matter(town, snapshot, verb):
    matter, what = VERBS[verb][1](town)
    abroad = replace(town.office, district=Town("410200").district)
    before = snapshot()
    with pytest.raises((NotFound, queries.UnitNotInForce, queries.UnknownPart)):
        town.tell(verb, matter, abroad, **what)
    assert snapshot() == before


def test_a_matter_is_registered_by_the_office_alone(town, snapshot):
    before = snapshot()
    for who in (LEAD, SUPERVISION, STRANGER):
        with pytest.raises(NotAllowed):
            town.draft(by=town.actors[who])
    assert snapshot() == before
    matter = town.draft()
    assert Matter.objects.get(pk=matter).code == "S1"


@pytest.mark.parametrize("command", GOAL_COMMANDS)
def test_the_goal_tree_is_the_offices(town, snapshot, command):
    before = snapshot()
    goal = uuid4() if command == "found_goal" else town.goal("品质")
    what = GOAL_COMMANDS[command] | {"goal_id": goal}
    with pytest.raises(NotAllowed):
        getattr(commands, command)(**what, sent=town.sent(town.actors[STRANGER], thread=goal))
    assert snapshot() == before
    entry = getattr(commands, command)(**what, sent=town.sent(thread=goal))
    assert entry.number == queries.last_number(town.office)


@pytest.mark.parametrize("verb", ["report_progress", "request_change", "accept"])
def test_a_lead_unit_writes_its_own_matters_only(town, verb):
    who, prepared = VERBS[verb]
    own, what = prepared(town)
    theirs = town.assigned("S2", lead=STRANGER)
    with pytest.raises(NotAllowed):
        town.tell(verb, theirs, town.actors[who], **what)
    assert town.tell(verb, own, town.actors[who], **what).fact


@pytest.mark.parametrize("verb", ["report_progress", "request_change"])
def test_a_supporting_unit_takes_over_but_does_not_report(town, verb):
    matter, what = VERBS[verb][1](town)
    assert town.tell("accept", matter, town.actors[SUPPORT]).fact.unit == town.unit(SUPPORT)
    with pytest.raises(NotAllowed):
        town.tell(verb, matter, town.actors[SUPPORT], **what)


def test_an_actor_without_a_unit_verifies_nothing(town):
    matter = town.assigned()
    with pytest.raises(NotAllowed):
        town.tell("verify", matter, replace(town.office, unit=None))


@pytest.mark.parametrize("who", [LEAD, SUPPORT])
def test_a_doing_unit_with_every_role_still_may_not_verify(town, who):
    matter = town.assigned()
    mighty = replace(town.actors[who], roles=frozenset({"office", "supervision"}))
    with pytest.raises(NotAllowed):
        town.tell("verify", matter, mighty)


def test_a_unit_below_the_lead_unit_may_not_verify(town):
    matter = town.assigned()
    below = replace(town.actors[BELOW], roles=frozenset({"supervision"}))
    with pytest.raises(no.DoerCannotVerify):
        town.tell("verify", matter, below)


def test_a_person_who_reported_may_not_verify_in_another_post(town):
    matter = town.assigned()
    town.confirmed(matter)
    moved = replace(town.actors[SUPERVISION], person=town.actors[LEAD].person)
    with pytest.raises(NotAllowed):
        town.tell("verify", matter, moved)


def test_the_named_verifier_verifies_and_nobody_else(town):
    matter = town.assigned(lead=OFFICE, verifier_unit=town.unit(STRANGER))
    for who in (SUPERVISION, OFFICE):
        with pytest.raises(NotAllowed):
            town.tell("verify", matter, town.actors[who])
    town.tell("verify", matter, town.actors[STRANGER])
    town.tell("close_out", matter, town.actors[STRANGER])
    assert MatterSpell.objects.filter(thread=matter, standing="closed").exists()


def test_supervision_verifies_and_closes_out(town):
    matter = town.verified()
    town.tell("close_out", matter, town.actors[SUPERVISION])
    row = Matter.objects.get(pk=matter)
    assert row.verified_by_unit == str(town.unit(SUPERVISION))
    assert str(town.unit(BELOW)) in row.done_by_units
    assert str(town.actors[LEAD].person) in row.reported_by_persons


# ---- corrections


def _says(amount):
    return lambda fact: replace(fact, achieved=Decimal(amount))


@pytest.mark.parametrize("answered_on", [NEXT, DAY], ids=["next day", "same day"])
def test_the_amount_of_a_report_is_corrected_by_a_new_line(town, answered_on):
    matter, report = waiting(town)
    old = queries.last_entry_of(matter)
    town.tell("confirm_report", matter, on=answered_on, report=report)
    entry = town.tell("correct", matter, entry=old, change=_says(14), reason=WHY)
    assert (entry.corrects, entry.fact.achieved) == (old, 14)
    assert queries.entry_of(town.office, matter, old).fact.achieved == 40
    shown = MatterSpell.objects.filter(on_day(NEXT), thread=matter)
    assert [spell.achieved for spell in shown] == [14]


def test_what_was_recorded_by_mistake_is_taken_back(town):
    matter, _ = waiting(town)
    old = queries.last_entry_of(matter)
    entry = town.tell("correct", matter, entry=old, change=None, reason=WHY)
    assert entry.fact == Withdrawn()
    with pytest.raises(EntryNotStanding):
        town.tell("correct", matter, entry=old, change=None, reason=WHY)


def test_an_entry_that_a_later_one_needs_cannot_be_taken_back(town, snapshot):
    matter, report = waiting(town)
    old = queries.last_entry_of(matter)
    answer = town.tell("confirm_report", matter, report=report)
    before = snapshot()
    with pytest.raises(LaterEntryStandsInTheWay) as refused:
        town.tell("correct", matter, entry=old, change=None, reason=WHY)
    assert refused.value.facts["entry"] == answer.number
    assert snapshot() == before


def test_a_unit_corrects_its_own_report_until_it_is_answered(town):
    matter, report = waiting(town)
    old = queries.last_entry_of(matter)
    lead = town.actors[LEAD]
    entry = town.tell("correct", matter, lead, entry=old, change=_says(41), reason=WHY)
    town.tell("confirm_report", matter, report=report)
    with pytest.raises(no.ReportAnswered):
        town.tell("correct", matter, lead, entry=entry.number, change=_says(42), reason=WHY)


@pytest.mark.parametrize("who", [SUPPORT, SUPERVISION])
def test_a_unit_corrects_no_report_of_another(town, who):
    matter, _ = waiting(town)
    old = queries.last_entry_of(matter)
    with pytest.raises(NotAllowed):
        town.tell("correct", matter, town.actors[who], entry=old, change=None, reason=WHY)


def test_a_unit_corrects_nothing_but_reports(town):
    matter = town.assigned()
    accepted = town.tell("accept", matter, town.actors[LEAD])
    with pytest.raises(NotAllowed):
        town.tell(
            "correct", matter, town.actors[LEAD], entry=accepted.number, change=None, reason=WHY
        )


def test_a_correction_is_judged_like_any_fact(town, snapshot):
    matter, _ = waiting(town)
    old = queries.last_entry_of(matter)
    before = snapshot()
    with pytest.raises(NegativeQuantity):
        town.tell("correct", matter, entry=old, change=_says(-1), reason=WHY)
    assert snapshot() == before


def test_an_entry_of_another_matter_is_not_found(town):
    matter, other = town.draft(), town.draft("S2")
    with pytest.raises(NotFound):
        town.tell("correct", matter, entry=queries.last_entry_of(other), change=None, reason=WHY)


def test_a_registration_by_mistake_is_taken_back_and_its_code_is_free_again(town):
    matter = town.draft("S1")
    town.tell("correct", matter, entry=queries.last_entry_of(matter), change=None, reason=WHY)
    assert not Matter.objects.filter(pk=matter).exists()
    assert not MatterSpell.objects.filter(on_day(NEXT), thread=matter).exists()
    assert Matter.objects.get(pk=town.draft("S1")).code == "S1"


def test_a_corrected_amount_is_written_one_way_too(town):
    matter, _ = waiting(town)
    old = queries.last_entry_of(matter)
    entry = town.tell("correct", matter, entry=old, change=_says("14.00"), reason=WHY)
    assert str(entry.fact.achieved) == "14"


# ---- evidence and redaction


def test_evidence_stands_in_the_report_by_its_digests(town, settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path
    matter = town.assigned()
    upload = SimpleUploadedFile("清单.pdf", b"%PDF-1.7 ...")
    file = take(upload)
    entry = town.tell("report_progress", matter, measured_on=DAY, evidence=(file,))
    (shown,) = entry.fact.evidence
    assert (shown.content, shown.name) == (file.digest, file.name.digest)
    assert (shown.size, shown.media_type) == (12, "application/pdf")
    assert StoredText.objects.get(digest=shown.name).text == "清单.pdf"
    assert "清单" not in JournalEntry.objects.get(number=entry.number).body


def test_a_redaction_removes_the_text_and_leaves_its_digest(town):
    matter, digest = noted(town)
    entry = town.tell("redact", matter, digests=[digest], reason=WHY)
    stored = StoredText.objects.get(district=town.district, digest=digest)
    assert (stored.text, stored.salt, stored.redacted_by) == (None, None, entry.number)
    with pytest.raises(NotFound):
        town.tell("redact", matter, digests=["00" * 32], reason=WHY)


# ---- reasons

REASONED = [
    "return_report", "request_change", "decide_change", "suspend", "resume", "abolish", "correct",
    "redact",
]  # fmt: skip


@pytest.mark.parametrize("verb", REASONED)
def test_a_verb_that_needs_a_reason_says_so(town, snapshot, verb):
    who, prepared = VERBS[verb]
    matter, what = prepared(town)
    before = snapshot()
    with pytest.raises(queries.ReasonMissing):
        town.tell(verb, matter, town.actors[who], **(what | {"reason": " \n"}))
    assert snapshot() == before
