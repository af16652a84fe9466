"""What a command refuses whoever sends it: days, amounts, parts, late writers."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from luoshi.ledger import commands, queries
from luoshi.ledger.models import Matter
from luoshi.rules.amounts import AmountOutOfBounds, NegativeQuantity
from luoshi.rules.journal import (
    ChangedMeanwhile,
    CommandIdReused,
    DayBeforeDistrict,
    DayInFuture,
    LaterEntryStandsInTheWay,
)
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import refusals as no
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.ledger.town import (
    AT,
    DAY,
    DUE,
    LEAD,
    OFFICE,
    SOURCE,
    STEPS,
    STRANGER,
    SUPERVISION,
    TARGET,
)

TODAY = date(2021, 1, 15)
SLIP = date(17, 6, 30)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def refused(snapshot):
    """Refuse what is done within, and find every table as it was."""

    class Refused:
        def __init__(self, kind, **facts):
            self.kind, self.facts = kind, facts

        def __enter__(self):
            self.before = snapshot()
            self.raises = pytest.raises(self.kind)
            self.caught = self.raises.__enter__()

        def __exit__(self, *error):
            swallowed = self.raises.__exit__(*error)
            assert self.caught.value.facts.items() >= self.facts.items()
            assert snapshot() == self.before
            return swallowed

    return Refused


# ---- days and amounts


def test_a_day_that_has_not_come_is_refused(town, refused):
    matter = town.assigned()
    tomorrow = TODAY + timedelta(days=1)
    with refused(DayInFuture, on=tomorrow, today=TODAY):
        town.tell("report_progress", matter, on=tomorrow, measured_on=DAY, achieved=Decimal(1))
    with refused(DayInFuture):
        town.draft("S2", on=tomorrow)


def test_today_is_the_day_of_the_town_not_of_greenwich(town):
    night = AT.replace(hour=17)  # half past midnight on the 16th in the town, and half an hour more
    sent = town.sent(on=TODAY + timedelta(days=1), at=night)
    entry = commands.register(**town.registration(), sent=sent)
    assert entry.on == date(2021, 1, 16)


def test_a_day_of_the_year_0017_is_a_slip(town, refused):
    matter = town.assigned()
    with refused(DayBeforeDistrict, on=SLIP):
        town.tell("report_progress", matter, on=SLIP, measured_on=SLIP, achieved=Decimal(1))
    with refused(no.YearImplausible, day=SLIP):
        town.tell("report_progress", matter, measured_on=SLIP, achieved=Decimal(1))
    with refused(no.YearImplausible, day=SLIP):
        town.tell("fix_milestones", matter, due=SLIP)
    with refused(no.YearImplausible, day=SLIP):
        town.draft("S2", sources=(replace(SOURCE, day=SLIP),))


def test_amounts_are_never_negative_nor_beyond_what_databases_keep(town, refused):
    matter = town.assigned()
    with refused(NegativeQuantity, amount=Decimal(-1)):
        town.report(matter, -1)
    with refused(AmountOutOfBounds):
        town.report(matter, Decimal("0.0000001"))
    with refused(NegativeQuantity):
        town.tell("fix_target", matter, targets=(replace(TARGET, quantity=Decimal(-3)),))


def test_the_largest_amounts_come_back_as_they_were_sent(town):
    matter = town.assigned()
    for amount in ("999999999999999", "123456789.123456"):
        town.confirmed(matter, Decimal(amount))
        spell = queries.MatterSpell.objects.filter(thread=matter).latest("known_from")
        assert spell.achieved == Decimal(amount)


def test_a_due_day_before_the_start_is_refused(town, refused):
    matter = town.draft()
    with refused(no.DueBeforeStart, start=NEXT, due=DAY):
        town.tell("fix_milestones", matter, start=NEXT, due=DAY)


def test_a_fact_that_a_later_one_contradicts_names_the_later_one(town, refused):
    matter = town.draft(on=DAY)
    later = town.tell("place", matter, on=NEXT, goals=())
    with refused(LaterEntryStandsInTheWay, entry=later.number, on=NEXT, cause="matter_closed"):
        town.tell("abolish", matter, on=DAY, reason="误录")


# ---- what is not in force on the day


def test_a_unit_that_has_ended_leads_no_more(town, refused):
    matter = town.draft(on=DAY)
    town.end_unit(STRANGER, on=NEXT)
    with refused(queries.UnitNotInForce, on=NEXT):
        town.tell("fix_responsibility", matter, on=NEXT, lead_unit=town.unit(STRANGER))
    town.tell("fix_responsibility", matter, on=DAY, lead_unit=town.unit(STRANGER))


def test_a_unit_that_is_yet_to_come_neither_supports_nor_verifies(town, refused):
    town.found_unit("新局", on=NEXT)
    matter, new = town.draft(), town.unit("新局")
    with refused(queries.UnitNotInForce, on=DAY):
        town.tell("fix_responsibility", matter, lead_unit=town.unit(LEAD), supporting_units=(new,))
    with refused(queries.UnitNotInForce, on=DAY):
        town.draft("S2", verifier_unit=new)


@pytest.mark.parametrize("post", ["responsible_post", "sponsoring_post"])
def test_a_post_that_does_not_exist_answers_for_nothing(town, refused, post):
    matter = town.draft()
    with refused(queries.PostNotInForce, on=DAY):
        town.tell(
            "fix_responsibility", matter, lead_unit=town.unit(LEAD), **{post: town.unit(LEAD)}
        )


def test_a_goal_that_has_ended_takes_no_matter(town, refused):
    goal = town.goal("田园")
    commands.end_goal(goal_id=goal, sent=town.sent(on=NEXT, thread=goal))
    matter = town.draft(goals=(goal, goal))
    with refused(queries.GoalNotInForce, on=NEXT):
        town.tell("place", matter, on=NEXT, goals=(goal,))
    with refused(queries.GoalNotInForce):
        town.draft("S2", on=NEXT, goals=(town.goal("品质"), goal))


def test_a_code_names_one_matter(town, refused):
    town.draft("S1")
    with refused(queries.CodeTaken, code_given="S1"):
        town.draft("S1")


# ---- parts


def part(matter, **more):
    return f.Part(matter=matter, **more)


def test_a_whole_closes_only_after_its_mandatory_parts(town, refused):
    whole, must, may = town.verified(), town.verified("S2"), town.draft("S3")
    town.tell("divide", whole, parts=(part(must), part(may, mandatory=False)))
    with refused(no.PartsOpen, title="停车位新建 S1", count=1):
        town.tell("close_out", whole, town.actors[SUPERVISION])
    town.tell("close_out", must, town.actors[SUPERVISION], on=NEXT)
    with refused(no.PartsOpen):
        town.tell("close_out", whole, town.actors[SUPERVISION], on=DAY)
    town.tell("close_out", whole, town.actors[SUPERVISION], on=NEXT)
    assert queries.wholes_of(town.office, must, day=NEXT, known_at=None)[0].pk == whole


def test_a_part_is_a_matter_of_the_district(town, refused):
    matter = town.draft()
    with refused(queries.UnknownPart, count=1):
        town.tell("divide", matter, parts=(part(uuid4()),))


def test_a_matter_is_no_part_of_itself_over_any_number_of_steps(town, refused):
    first, second, third = (town.draft(code) for code in ("S1", "S2", "S3"))
    with refused(no.PartOfItself):
        town.tell("divide", first, parts=(part(first),))
    town.tell("divide", first, parts=(part(second),))
    with refused(no.PartOfItself):
        town.tell("divide", second, parts=(part(first),))
    town.tell("divide", second, parts=(part(third),))
    with refused(no.PartOfItself):
        town.tell("divide", third, parts=(part(first),))


def test_two_wholes_may_share_a_part(town):
    first, second, shared = (town.draft(code) for code in ("S1", "S2", "S3"))
    town.tell("divide", second, parts=(part(shared),))
    town.tell("divide", first, parts=(part(second), part(shared)))
    wholes = queries.wholes_of(town.office, shared, day=DAY, known_at=None)
    assert [whole.code for whole in wholes] == ["S1", "S2"]


# ---- late writers and retries


def test_who_saw_less_than_there_is_meets_what_was_changed_meanwhile(town, refused):
    matter = town.assigned()
    seen = town.sent(town.actors[LEAD], thread=matter)
    town.report(matter, 40, by=OFFICE)
    with refused(ChangedMeanwhile, parts=["progress:main"]):
        commands.report_progress(matter_id=matter, measured_on=DAY, achieved=Decimal(50), sent=seen)


def test_writers_on_different_parts_both_win(town):
    matter = town.draft()
    seen = town.sent(thread=matter)
    town.tell("fix_target", matter, targets=(TARGET,))
    entry = commands.fix_milestones(matter_id=matter, due=DUE, milestones=STEPS, sent=seen)
    assert entry.number == queries.last_entry_of(matter)


def test_the_same_command_again_is_the_same_entry_and_with_other_content_none(town, snapshot):
    matter = town.assigned()
    sent = town.sent(thread=matter)
    what = {"matter_id": matter, "measured_on": DAY, "sent": sent}
    once = commands.report_progress(**what, achieved=Decimal(40), visible_progress="清淤过半")
    before = snapshot()
    again = commands.report_progress(**what, achieved=Decimal(40), visible_progress="清淤过半")
    assert again == once
    with pytest.raises(CommandIdReused):
        commands.report_progress(**what, achieved=Decimal(41), visible_progress="清淤过半")
    assert snapshot() == before


def test_a_matter_that_is_none_is_not_found(town, refused):
    for verb, given in [("verify", {}), ("close_out", {}), ("correct", CORRECTION)]:
        with refused(NotFound, what="matter"):
            town.tell(verb, uuid4(), **given)


CORRECTION = {"entry": 1, "change": None, "reason": "误录"}


# ---- what the database itself refuses


def violated(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_the_database_knows_no_second_matter_of_a_code(town):
    row = Matter.objects.get(pk=town.draft())
    row.pk = uuid4()
    violated("matter_code|ledger_matter.code", lambda: row.save(force_insert=True))


@pytest.mark.parametrize("who", ["lead", "supporting", "below"])
def test_the_database_takes_no_verification_by_a_doing_unit(town, who):
    rows = Matter.objects.filter(pk=town.verified())
    lead, below, support = town.unit(LEAD), town.unit("停车科"), town.unit("交通局")
    doer = {"lead": lead, "supporting": support, "below": below}[who]
    violated("no_doing_unit_verifies", lambda: rows.update(verified_by_unit=str(doer)))


def test_the_database_takes_no_verification_by_a_reporter(town):
    rows = Matter.objects.filter(pk=town.verified())
    reporter = str(town.actors[LEAD].person)
    violated("no_reporter_verifies", lambda: rows.update(verified_by_person=reporter))


def test_who_reported_first_stays_a_reporter_when_another_corrects_the_report(town, refused):
    matter = town.assigned()
    sent = town.sent(town.actors[SUPERVISION], DAY, matter)
    hand = replace(sent.by, roles=frozenset({"office"}))  # a supervisor who sent a report himself
    sent = replace(sent, by=hand)
    first = commands.report_progress(
        matter_id=matter, measured_on=DAY, achieved=Decimal(90), sent=sent
    )
    town.tell(
        "correct", matter, entry=first.number, reason="漏报",
        change=lambda fact: replace(fact, achieved=Decimal(100)),
    )  # fmt: skip
    town.tell("confirm_report", matter, report=sent.command_id)
    reporters = Matter.objects.get(pk=matter).reported_by_persons
    assert {str(hand.person), str(town.office.person)} == set(reporters.split())
    with refused(NotAllowed):
        town.tell("verify", matter, town.actors[SUPERVISION])
