"""A command id stands for one command: sent again it is the same, with other content refused."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4, uuid5

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from luoshi.base import files, redaction, texts
from luoshi.base.journal import record
from luoshi.base.models import JournalEntry, Line, StoredFile, StoredText
from luoshi.ledger import commands as ledger
from luoshi.ledger.projection import GOALS, MATTERS
from luoshi.organisation import commands as organisation
from luoshi.organisation.projection import UNITS
from luoshi.rules.journal import ChangedMeanwhile, CommandIdReused, Redacted
from luoshi.rules.nodes import Founded, Moved, Ordered, Renamed
from luoshi.rules.refusals import Refusal
from tests.base.builders import AT, DAY, NEWEST, SEED, TARGET, change_of, command_of

REPORTED = date(2020, 6, 1)


@pytest.fixture(autouse=True)
def evidence_folder(settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path


def count(district):
    """How many entries, texts and files there are; and the counter says the same."""
    entries = JournalEntry.objects.filter(district=district.id).count()
    assert entries == Line.objects.get(pk=district.id).last_number
    return entries, StoredText.objects.count(), StoredFile.objects.count()


def photograph(colour="red"):
    content = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(content, "PNG")
    return files.take(SimpleUploadedFile("现场.png", content.getvalue()))


def reported(district, matter, sent, **given):
    said = {"amount": 50, "visible_progress": "已进场", "problems": "缺料"} | given
    return district.report(
        matter, said.pop("amount"), on=sent.on, measured_on=REPORTED, sent=sent, **said
    )


def test_the_same_command_again_is_the_same_entry_whatever_its_salts(district):
    matter = district.matter()
    sent = district.sent(on=REPORTED, by=district.lead)
    first = reported(district, matter, sent, evidence=(photograph(),))
    before = count(district)
    again = reported(district, matter, sent, evidence=(photograph(),))
    assert again == first
    assert count(district) == before


def test_it_is_the_same_after_others_wrote_and_for_a_writer_who_saw_less(district):
    matter = district.matter()
    sent = district.sent(on=REPORTED, by=district.lead)
    first = reported(district, matter, sent)
    later = district.sent(on=date(2020, 7, 1), by=district.lead)
    reported(district, matter, later, amount=60)
    ledger.confirm_report(matter_id=matter, report=sent.command_id, sent=district.sent(on=DUE))
    before = count(district)
    assert reported(district, matter, replace(sent, expected=0)) == first
    assert count(district) == before


DUE = date(2020, 12, 31)


@pytest.mark.parametrize(
    "other",
    [
        {"amount": 51},
        {"visible_progress": "已完工"},
        {"problems": "已进场", "visible_progress": "缺料"},
        {"visible_progress": ""},
        {"started_on": DAY},
        {"evidence": ()},
        {"evidence": ("blue",)},
        {"evidence": ("red", "red")},
    ],
    ids=str,
)
def test_the_same_id_with_other_content_is_refused(district, other):
    matter = district.matter()
    sent = district.sent(on=REPORTED, by=district.lead)
    first = reported(district, matter, sent, evidence=(photograph(),))
    before = count(district)
    given = {"evidence": ("red",)} | other
    given["evidence"] = tuple(photograph(colour) for colour in given["evidence"])
    with pytest.raises(CommandIdReused) as refused:
        reported(district, matter, sent, **given)
    assert refused.value.facts == {"command_id": sent.command_id, "entry": first.number}
    assert count(district) == before


def test_another_day_hand_thread_or_verb_is_refused(district):
    matter, neighbour = district.matter(), district.matter("LJ-2")
    sent = district.sent(on=REPORTED, by=district.lead)
    reported(district, matter, sent)
    for changed, thread in (
        (replace(sent, on=date(2020, 6, 2)), matter),
        (replace(sent, by=replace(sent.by, person=uuid4())), matter),
        (sent, neighbour),
    ):
        with pytest.raises(CommandIdReused):
            reported(district, thread, changed)


def test_two_verbs_of_equal_content_are_two_commands(district):
    matter = district.matter()
    sent = district.sent()
    ledger.suspend(matter_id=matter, reason="汛期", sent=sent)
    with pytest.raises(CommandIdReused):
        ledger.abolish(matter_id=matter, reason="汛期", sent=sent)


def test_a_command_over_several_threads_is_done_whole_or_not_at_all(district):
    units = (district.lead.unit, district.checker.unit)
    command = command_of(district)

    def changes(*names):
        return [
            change_of(UNITS, unit, Renamed(name=name))
            for unit, name in zip(units, names, strict=False)
        ]

    first = record(*changes("一局", "二局"), command=command)
    assert len({entry.number for entry in first}) == 2
    before = count(district)
    assert record(*changes("一局", "二局"), command=command) == first
    for other in (
        changes("一局"),
        changes("一局", "三局"),
        [*changes("一局", "二局"), *changes("一局")],
    ):
        with pytest.raises(CommandIdReused):
            record(*other, command=command)
    assert count(district) == before
    with pytest.raises(Refusal):
        record(
            change_of(UNITS, units[0], Renamed(name="四局")),
            change_of(UNITS, units[1], Renamed(name="")),
            command=command_of(district),
        )
    assert count(district) == before


def test_a_correction_sent_again_is_the_same_and_with_another_reason_is_not(district):
    matter = district.matter()
    sent = district.sent(on=REPORTED, by=district.lead)
    first = reported(district, matter, sent)
    fixing = district.sent(on=REPORTED)

    def corrected(amount, reason):
        return ledger.correct(
            matter_id=matter,
            entry=first.number,
            change=lambda fact: replace(fact, achieved=Decimal(amount)),
            reason=reason,
            sent=fixing,
        )

    done = corrected(40, "笔误")
    assert corrected(40, "笔误") == done
    for amount, reason in ((41, "笔误"), (40, "核减")):
        with pytest.raises(CommandIdReused):
            corrected(amount, reason)


def test_a_removed_text_is_taken_as_the_same(district):
    matter = district.matter()
    sent = district.sent(on=REPORTED, by=district.lead)
    first = reported(district, matter, sent)
    redacting = command_of(district)

    def redacted():
        return redaction.redact(
            kind=MATTERS,
            thread=matter,
            digests=[first.fact.problems],
            reason=texts.seal("涉及个人"),
            approved_by=district.office.person,
            on=REPORTED,
            expected=NEWEST,
            command=redacting,
        )

    entry = redacted()
    assert isinstance(entry.fact, Redacted)
    assert redacted() == entry
    assert reported(district, matter, sent) == first


def test_a_district_is_founded_once_by_one_command(district):
    seed = uuid5(SEED, district.code)
    before = count(district)
    given = {"code": district.code, "on": date(2015, 1, 1), "person": seed, "at": AT}
    again = organisation.found_district(name="二七区", command_id=seed, **given)
    assert again.number == 1
    with pytest.raises(CommandIdReused):
        organisation.found_district(name="另一区", command_id=seed, **given)
    assert count(district) == before


# ---- what somebody else wrote meanwhile --------------------------------------------------------


def test_whoever_changes_the_same_part_is_told_both_values(district):
    matter = district.matter()
    seen = Line.objects.get(pk=district.id).last_number
    first = replace(TARGET, quantity=Decimal(300))
    second = replace(TARGET, quantity=Decimal(310))
    theirs = ledger.fix_target(
        matter_id=matter, targets=(first,), sent=district.sent(expected=seen)
    )
    before = count(district)
    with pytest.raises(ChangedMeanwhile) as refused:
        ledger.fix_target(matter_id=matter, targets=(second,), sent=district.sent(expected=seen))
    facts = refused.value.facts
    assert (facts["entry"], facts["parts"]) == (theirs.number, ["target"])
    assert facts["theirs"].targets == (first,)
    assert facts["yours"].targets == (second,)
    assert count(district) == before


def test_changes_of_different_parts_both_stand(district):
    goal = district.goals[1]
    seen = Line.objects.get(pk=district.id).last_number
    for fact in (Renamed(name="攻坚"), Ordered(order=7), Moved(parent=None)):
        record(change_of(GOALS, goal, fact, expected=seen), command=command_of(district))
    with pytest.raises(ChangedMeanwhile):
        record(
            change_of(GOALS, goal, Renamed(name="行动"), expected=seen),
            command=command_of(district),
        )


def test_whoever_begins_a_thread_that_began_meanwhile_is_refused(district):
    new = Founded(name="新目标", kind="goal")
    thread = district.named("new goal")
    record(change_of(GOALS, thread, new, expected=0), command=command_of(district))
    with pytest.raises(Refusal) as refused:
        record(change_of(GOALS, thread, new, expected=0), command=command_of(district))
    assert refused.value.code == "already_founded"
