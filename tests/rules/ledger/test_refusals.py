"""Every no of the ledger's law, each from a case that can happen."""

import inspect
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from luoshi.rules.amounts import AmountOutOfBounds, NegativeQuantity
from luoshi.rules.ledger import decide, refusals
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import refusals as no
from luoshi.rules.ledger.state import Fix
from luoshi.rules.refusals import Refusal
from tests.rules.ledger.cases import (
    BELOW,
    CHECK,
    CLERK,
    DAY,
    DUE,
    LEAD,
    OTHER,
    RESPONSIBILITY,
    SOURCE,
    STEPS,
    SUPPORT,
    TARGET,
    WORDS,
    Story,
    named,
)

LATER = DAY + timedelta(days=30)
SLIP = date(17, 6, 30)
QUOTE = {"document": "ab" * 32, "title": "工作安排", "day": date(2020, 1, 3), "start": 3, "end": 9}
AFTER_DUE = DUE + timedelta(days=1)


def nothing():
    return Story()


def draft():
    return Story().registered()


def published():
    return Story().published()


def assigned():
    return Story().assigned()


def suspended():
    return assigned().told("suspend", reason=WORDS)


def reported():
    return assigned().reported(40, DAY)


def confirmed():
    return reported().confirmed(DAY)


def verified():
    return confirmed().verified()


def closed():
    return verified().closed()


def abolished():
    return draft().told("abolish", reason=WORDS)


def asked():
    return assigned().asked(due=date(2021, 6, 30))


def undated():
    """Assigned, and since then nothing is planned but a due day."""
    return assigned().told("fix_milestones", due=DUE)


def checked_by_name():
    return Story().registered(verifier_unit=OTHER).fixed().told("assign")


def target(**changed):
    return {"targets": (replace(TARGET, **changed),)}


def report(**given):
    return {"report": named("r9"), "measured_on": DAY, "achieved": Decimal(1)} | given


def registration(**given):
    return {
        "code": "S2",
        "title": "支路整治",
        "kind": f.MatterKind.TASK,
        "origin": f.Origin.ASSIGNED,
        "sources": (SOURCE,),
    } | given


def request(**revision):
    return {"request": named("q9"), "revision": f.Revision(**revision), "reason": WORDS}


DATED = {"due": DUE, "start": DAY}
ANSWER = {"report": named("r1")}
DECISION = {"request": named("q1"), "granted": True, "reason": WORDS}
EMPTY_REPORT = report(achieved=None)

CASES = [
    ("register", draft, registration(), no.MatterExists, {"title": "停车位新建"}),
    ("register", nothing, registration(title="  "), no.TitleMissing, {"length": 0}),
    ("register", nothing, registration(title="长" * 201), no.TitleMissing, {"length": 201}),
    ("register", nothing, registration(sources=()), no.SourceMissing, {}),
    ("register", nothing, registration(title="某涉密工程"), no.SecretMatter, {"word": "涉密"}),
    (
        "register",
        nothing,
        registration(sources=(replace(SOURCE, title="（绝密）会议纪要"),)),
        no.SecretMatter,
        {"word": "绝密"},
    ),
    (
        "register",
        nothing,
        registration(sources=(SOURCE, replace(SOURCE, day=SLIP))),
        no.YearImplausible,
        {"day": SLIP},
    ),
    ("place", nothing, {"goals": ()}, no.MatterUnknown, {}),
    ("place", closed, {"goals": ()}, no.MatterClosed, {"title": "停车位新建", "ended_on": DAY}),
    ("set_stage", nothing, {"stage": f.Stage.COMPLETED}, no.MatterUnknown, {}),
    ("set_stage", closed, {"stage": f.Stage.COMPLETED}, no.MatterClosed, {"ended_on": DAY}),
    ("link_quote", draft, QUOTE | {"end": 3}, no.QuoteUnclear, {"start": 3, "end": 3}),
    ("link_quote", draft, QUOTE | {"document": "x"}, no.QuoteUnclear, {"start": 3}),
    ("link_quote", draft, QUOTE | {"report": LEAD}, no.UnknownReport, {"report": LEAD}),
    ("link_quote", draft, QUOTE | {"day": SLIP}, no.YearImplausible, {"day": SLIP}),
    ("write_note", closed, {"note": WORDS}, no.MatterClosed, {"ended_on": DAY}),
    ("abolish", abolished, {"reason": WORDS}, no.MatterClosed, {"ended_on": DAY}),
    (
        "fix_responsibility",
        draft,
        RESPONSIBILITY | {"supporting_units": (LEAD,)},
        no.SameUnitTwice,
        {"unit": LEAD},
    ),
    (
        "fix_responsibility",
        draft,
        RESPONSIBILITY | {"supporting_units": (SUPPORT, SUPPORT)},
        no.SameUnitTwice,
        {"unit": SUPPORT},
    ),
    ("fix_target", draft, {}, no.NothingFixed, {"fix": Fix.TARGET}),
    ("fix_target", draft, target(leads=False), no.TargetsUnclear, {"why": "one_leads"}),
    (
        "fix_target",
        draft,
        {"targets": (TARGET, replace(TARGET, key="b"))},
        no.TargetsUnclear,
        {"why": "one_leads"},
    ),
    (
        "fix_target",
        draft,
        {"targets": (TARGET, replace(TARGET, leads=False))},
        no.TargetsUnclear,
        {"why": "keys_differ"},
    ),
    ("fix_target", draft, target(unit=" "), no.TargetsUnclear, {"why": "unit_missing"}),
    ("fix_target", draft, target(quantity=Decimal(-1)), NegativeQuantity, {"amount": Decimal(-1)}),
    ("fix_target", draft, target(quantity=Decimal("1E15")), AmountOutOfBounds, {}),
    ("fix_target", draft, target(baseline=Decimal("NaN")), AmountOutOfBounds, {}),
    ("fix_milestones", draft, {}, no.NothingFixed, {"fix": Fix.MILESTONES}),
    ("fix_milestones", draft, {"due": SLIP}, no.YearImplausible, {"day": SLIP}),
    (
        "fix_milestones",
        draft,
        {"due": DAY, "start": LATER},
        no.DueBeforeStart,
        {"start": LATER, "due": DAY},
    ),
    (
        "fix_milestones",
        draft,
        {"due": DAY, "planned_start": LATER},
        no.DueBeforeStart,
        {"start": LATER, "due": DAY},
    ),
    (
        "fix_milestones",
        draft,
        DATED | {"milestones": (f.Milestone(key="a", title=" ", due=LATER),)},
        no.MilestonesUnclear,
        {"title": "a"},
    ),
    (
        "fix_milestones",
        draft,
        DATED | {"milestones": (STEPS[0], replace(STEPS[1], key="a"))},
        no.MilestonesUnclear,
        {"title": "开工"},
    ),
    (
        "fix_milestones",
        draft,
        DATED | {"milestones": (replace(STEPS[0], due=date(2020, 1, 1)),)},
        no.MilestoneOutside,
        {"title": "开工", "day": date(2020, 1, 1), "start": DAY, "due": DUE},
    ),
    (
        "fix_milestones",
        draft,
        DATED | {"milestones": (replace(STEPS[0], due=AFTER_DUE),)},
        no.MilestoneOutside,
        {"day": AFTER_DUE},
    ),
    (
        "fix_milestones",
        draft,
        {"milestones": (replace(STEPS[0], due=SLIP),)},
        no.YearImplausible,
        {"day": SLIP},
    ),
    (
        "fix_milestones",
        draft,
        {"milestones": (replace(STEPS[0], weight=Decimal(-1)),)},
        NegativeQuantity,
        {},
    ),
    (
        "fix_milestones",
        draft,
        DATED | {"plan": (f.Planned(day=SLIP, amount=Decimal(1)),)},
        no.YearImplausible,
        {},
    ),
    (
        "fix_milestones",
        draft,
        DATED | {"plan": (f.Planned(day=DAY, amount=Decimal(-1)),)},
        NegativeQuantity,
        {},
    ),
    (
        "fix_milestones",
        draft,
        DATED
        | {
            "plan": (f.Planned(day=LATER, amount=Decimal(1)), f.Planned(day=DAY, amount=Decimal(2)))
        },
        no.PlanUnclear,
        {"day": DAY},
    ),
    (
        "fix_milestones",
        draft,
        DATED
        | {
            "plan": (f.Planned(day=DAY, amount=Decimal(2)), f.Planned(day=LATER, amount=Decimal(1)))
        },
        no.PlanUnclear,
        {"day": LATER},
    ),
    (
        "assign",
        draft,
        {},
        no.FixesMissing,
        {"missing": (Fix.RESPONSIBILITY, Fix.TARGET, Fix.MILESTONES)},
    ),
    ("assign", published, {}, no.FixesMissing, {"missing": tuple(Fix)}),
    ("assign", assigned, {}, no.AlreadyAssigned, {"title": "停车位新建"}),
    ("assign", verified, {}, no.AlreadyAssigned, {}),
    ("accept", draft, {"unit": LEAD}, no.MatterIsDraft, {"missing": tuple(Fix)}),
    ("accept", assigned, {"unit": BELOW}, no.UnitNotConcerned, {}),
    (
        "accept",
        lambda: assigned().told("accept", unit=LEAD),
        {"unit": LEAD},
        no.AlreadyAccepted,
        {},
    ),
    ("report_progress", draft, report(), no.MatterIsDraft, {}),
    ("report_progress", verified, report(), no.ReportedAfterwards, {"title": "停车位新建"}),
    ("report_progress", assigned, report(measured_on=SLIP), no.YearImplausible, {}),
    ("report_progress", assigned, report(started_on=SLIP), no.YearImplausible, {}),
    (
        "report_progress",
        assigned,
        report(milestones_done=(f.MilestoneDone(key="a", done_on=SLIP),)),
        no.YearImplausible,
        {"day": SLIP},
    ),
    (
        "report_progress",
        assigned,
        report(measured_on=LATER),
        no.MeasuredInFuture,
        {"measured_on": LATER, "on": DAY},
    ),
    ("report_progress", assigned, report(started_on=LATER), no.MeasuredInFuture, {}),
    (
        "report_progress",
        assigned,
        report(milestones_done=(f.MilestoneDone(key="a", done_on=LATER),)),
        no.MeasuredInFuture,
        {"measured_on": LATER},
    ),
    ("report_progress", reported, report(report=named("r1")), no.ReportExists, {}),
    ("report_progress", assigned, EMPTY_REPORT, no.NothingReported, {}),
    ("report_progress", assigned, report(achieved=Decimal(-1)), NegativeQuantity, {}),
    ("report_progress", assigned, report(target="b"), no.UnknownTarget, {"target": "b"}),
    ("report_progress", published, report(), no.UnknownTarget, {"target": ""}),
    (
        "report_progress",
        assigned,
        report(milestones_done=(f.MilestoneDone(key="c", done_on=DAY),)),
        no.UnknownMilestone,
        {"milestone": "c"},
    ),
    (
        "report_progress",
        published,
        report(achieved=None, milestones_done=(f.MilestoneDone(key="a", done_on=DAY),)),
        no.UnknownMilestone,
        {"milestone": "a"},
    ),
    ("confirm_report", assigned, ANSWER, no.UnknownReport, {"report": named("r1")}),
    ("confirm_report", confirmed, ANSWER, no.ReportAnswered, {"answer": "granted"}),
    (
        "return_report",
        lambda: reported().returned(DAY),
        ANSWER | {"reason": WORDS},
        no.ReportAnswered,
        {"answer": "refused"},
    ),
    ("request_change", draft, request(due=DUE), no.MatterIsDraft, {}),
    ("request_change", assigned, request(), no.NothingAsked, {}),
    ("request_change", assigned, request(due=SLIP), no.YearImplausible, {}),
    ("request_change", assigned, request(exempt_until=SLIP), no.YearImplausible, {}),
    ("request_change", assigned, request(quantity=Decimal(-1)), NegativeQuantity, {}),
    ("request_change", published, request(quantity=Decimal(9)), no.UnknownTarget, {"target": ""}),
    (
        "request_change",
        assigned,
        request(due=date(2020, 3, 1)),
        no.DueBeforeStart,
        {"start": DAY, "due": date(2020, 3, 1)},
    ),
    (
        "request_change",
        lambda: published().told("fix_milestones", due=DUE, planned_start=LATER),
        request(due=DAY),
        no.DueBeforeStart,
        {"start": LATER, "due": DAY},
    ),
    (
        "request_change",
        assigned,
        request(due=date(2020, 9, 30)),
        no.MilestoneOutside,
        {"title": "完工", "due": date(2020, 9, 30)},
    ),
    (
        "request_change",
        undated,
        request(milestones=(replace(STEPS[0], due=AFTER_DUE),)),
        no.MilestoneOutside,
        {"day": AFTER_DUE},
    ),
    ("decide_change", assigned, DECISION, no.UnknownRequest, {"request": named("q1")}),
    ("decide_change", lambda: asked().decided(granted=False), DECISION, no.RequestAnswered, {}),
    (
        "decide_change",
        lambda: asked().told("fix_milestones", start=date(2021, 7, 1), due=date(2021, 12, 31)),
        DECISION,
        no.DueBeforeStart,
        {"start": date(2021, 7, 1), "due": date(2021, 6, 30)},
    ),
    ("verify", draft, CHECK, no.MatterIsDraft, {}),
    ("verify", published, CHECK, no.FixesMissing, {"missing": tuple(Fix)}),
    ("verify", verified, CHECK, no.AlreadyVerified, {"title": "停车位新建"}),
    ("verify", reported, CHECK, no.ReportsWaiting, {"count": 1}),
    ("verify", assigned, CHECK | {"verified_by_unit": LEAD}, no.DoerCannotVerify, {}),
    ("verify", assigned, CHECK | {"verified_by_unit": SUPPORT}, no.DoerCannotVerify, {}),
    ("verify", assigned, CHECK | {"verified_by_unit": BELOW}, no.DoerCannotVerify, {}),
    (
        "verify",
        assigned,
        CHECK | {"done_by_units": (), "verified_by_unit": LEAD},
        no.DoerCannotVerify,
        {},
    ),
    ("verify", confirmed, CHECK | {"verified_by_person": CLERK}, no.DoerCannotVerify, {}),
    (
        "verify",
        checked_by_name,
        CHECK | {"verified_by_unit": named("third")},
        no.NotTheNamedVerifier,
        {"title": "停车位新建"},
    ),
    ("close_out", draft, CHECK, no.MatterIsDraft, {}),
    ("close_out", published, CHECK, no.FixesMissing, {}),
    ("close_out", confirmed, CHECK, no.NotVerified, {"title": "停车位新建"}),
    ("close_out", verified, CHECK | {"verified_by_unit": BELOW}, no.DoerCannotVerify, {}),
    ("close_out", verified, CHECK | {"verified_by_person": CLERK}, no.DoerCannotVerify, {}),
    ("suspend", draft, {"reason": WORDS}, no.MatterIsDraft, {}),
    ("suspend", suspended, {"reason": WORDS}, no.Suspended, {"since": DAY}),
    ("resume", assigned, {"reason": WORDS}, no.NotSuspended, {"title": "停车位新建"}),
    (
        "divide",
        draft,
        {"parts": (f.Part(matter=named("p")), f.Part(matter=named("p")))},
        no.SamePartTwice,
        {},
    ),
    (
        "divide",
        draft,
        {"parts": (f.Part(matter=named("p"), share=Decimal(-1)),)},
        NegativeQuantity,
        {},
    ),
]
RAISED_BY_QUERIES = {"PartsOpen", "PartOfItself"}  # they look at other matters: tests/ledger


@pytest.mark.parametrize(("verb", "story", "given", "refusal", "facts"), CASES)
def test_a_verb_is_refused_with_the_facts_that_fill_its_sentence(
    verb, story, given, refusal, facts
):
    state = story().state()
    with pytest.raises(refusal) as refused:
        getattr(decide, verb)(state, on=DAY, **given)
    assert type(refused.value) is refusal
    assert refused.value.facts.items() >= facts.items()


def test_every_refusal_of_the_ledger_is_raised_here_or_by_its_queries():
    declared = {
        name
        for name, kind in inspect.getmembers(refusals, inspect.isclass)
        if issubclass(kind, Refusal) and kind is not Refusal
    }
    assert (
        declared
        == {case[3].__name__ for case in CASES}
        - {
            "NegativeQuantity",
            "AmountOutOfBounds",
        }
        | RAISED_BY_QUERIES
    )


def test_codes_of_refusals_differ():
    kinds = [kind for _, kind in inspect.getmembers(refusals, inspect.isclass)]
    assert len({kind.code for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("verb", sorted({case[0] for case in CASES} - {"register"}))
def test_nothing_is_recorded_before_registration_nor_after_the_end(verb):
    given = next(case[2] for case in CASES if case[0] == verb)
    with pytest.raises(no.MatterUnknown):
        getattr(decide, verb)(nothing().state(), on=DAY, **given)
    for ended in (closed, abolished):
        with pytest.raises(no.MatterClosed):
            getattr(decide, verb)(ended().state(), on=DAY, **given)
