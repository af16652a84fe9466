"""The steps from what the ledger holds to what a row wants; none where both say the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from luoshi.rules.colour import Comparator
from luoshi.rules.intake.wanted import MAIN, Wanted
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import Answer, MatterState, Report


@dataclass(frozen=True, slots=True)
class Becoming:
    """One thing that a step changes: its code, and the values as facts, ready to be worded."""

    what: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Step:
    """A verb with what is given to it; ``texts`` are words to be sealed, by parameter."""

    verb: str
    given: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    becomes: tuple[Becoming, ...] = ()


def steps_towards(
    state: MatterState, wanted: Wanted, *, as_of: date, texts: Mapping[str, str | None]
) -> tuple[Step, ...]:
    """Return the steps in the order in which they can be taken.

    ``texts`` are those of the matter by digest. What the row does not say is left as it is.
    """
    if not state.is_open and state.registered is not None:
        return ()
    steps = (_entered, _placed, _staged, _led, _aimed, _timed)
    found = [step for make in steps for step in make(state, wanted)]
    return (*found, *_reported(state, wanted, as_of, texts))


def _entered(state: MatterState, wanted: Wanted) -> Iterator[Step]:
    if state.registered is None:
        given = {
            "code": wanted.code,
            "title": wanted.title,
            "kind": wanted.kind,
            "origin": f.Origin.PUBLISHED,
            "sources": (wanted.source,),
            "area": wanted.area,
        }
        becomes = [Becoming("title", None, wanted.title)]
        if wanted.area:
            becomes.append(Becoming("area", None, wanted.area))
        yield Step("register", given, becomes=tuple(becomes))


def _placed(state: MatterState, wanted: Wanted) -> Iterator[Step]:
    if state.registered is not None and wanted.area and wanted.area != state.area:
        given = {"goals": state.goals, "area": wanted.area}
        yield Step("place", given, becomes=(Becoming("area", state.area, wanted.area),))


def _staged(state: MatterState, wanted: Wanted) -> Iterator[Step]:
    if wanted.stage and wanted.stage != state.stage:
        given = {"stage": f.Stage(wanted.stage), "listed": wanted.stage_listed}
        yield Step("set_stage", given, becomes=(Becoming("stage", state.stage, wanted.stage),))


def _led(state: MatterState, wanted: Wanted) -> Iterator[Step]:
    fixed = state.responsibility
    after = _responsible(fixed, wanted)
    if after is None or after == fixed:
        return
    given = {name: getattr(after, name) for name in _RESPONSIBILITY}
    becomes = []
    if fixed is None or fixed.lead_unit != after.lead_unit:
        becomes.append(Becoming("lead_unit", fixed and fixed.lead_unit, after.lead_unit))
    old = fixed.supporting_units if fixed else ()
    if old != after.supporting_units:
        becomes.append(Becoming("supporting_units", old, after.supporting_units))
    sponsor = fixed.sponsoring_post if fixed else None
    if sponsor != after.sponsoring_post:
        becomes.append(Becoming("sponsoring_post", sponsor, after.sponsoring_post))
    yield Step("fix_responsibility", given, becomes=tuple(becomes))


def _responsible(
    fixed: f.ResponsibilityFixed | None, wanted: Wanted
) -> f.ResponsibilityFixed | None:
    """Return who answers by the row, over what stands; None where nobody leads."""
    after = fixed
    if wanted.lead_unit is not None:
        before = fixed or f.ResponsibilityFixed(lead_unit=wanted.lead_unit)
        after = replace(
            before, lead_unit=wanted.lead_unit, supporting_units=wanted.supporting_units
        )
    if after is not None and wanted.sponsoring_post is not None:
        after = replace(after, sponsoring_post=wanted.sponsoring_post)
    return after


_RESPONSIBILITY = ("lead_unit", "supporting_units", "responsible_post", "sponsoring_post")


def _aimed(state: MatterState, wanted: Wanted) -> Iterator[Step]:
    if wanted.targets:
        before = {target.key: target for target in state.targets}
        after = tuple(_as_known(target, before) for target in wanted.targets)
        if after != state.targets:
            becomes = Becoming("targets", state.targets, after)
            yield Step("fix_target", {"targets": after}, becomes=(becomes,))
    elif wanted.acceptance and state.acceptance is None and not state.targets:
        yield Step(
            "fix_target",
            texts={"acceptance": wanted.acceptance},
            becomes=(Becoming("acceptance", None, wanted.acceptance),),
        )


def _as_known(target: f.Target, before: Mapping[str, f.Target]) -> f.Target:
    """Keep what lists do not say: the baseline that was fixed, the subject, how the amount counts.

    A plain number, ``=``, that stood already stays not less or not more than it.
    """
    known = before.get(target.key)
    if known is None:
        return target
    target = replace(target, baseline=known.baseline, subject=target.subject or known.subject)
    is_plain = target.comparator is Comparator.EQUAL
    if is_plain and (target.quantity, target.unit) == (known.quantity, known.unit):
        return replace(target, comparator=known.comparator)
    return target


def _timed(state: MatterState, wanted: Wanted) -> Iterator[Step]:
    days, plan = wanted.days, state.plan
    if days is None:
        return
    if plan is not None:
        days = _known_days(days, plan)
    if days == plan:
        return
    given = {name: getattr(days, name) for name in _PLAN}
    becomes = [
        Becoming(name, getattr(plan, name, None), getattr(days, name))
        for name in ("start", "due", "milestones")
        if (getattr(plan, name, None) or None) != (getattr(days, name) or None)
    ]
    yield Step("fix_milestones", given, becomes=tuple(becomes))


_PLAN = (
    "due", "start", "start_inferred", "due_inferred", "planned_start", "milestones", "plan",
)  # fmt: skip


def _known_days(days: f.MilestonesFixed, plan: f.MilestonesFixed) -> f.MilestonesFixed:
    """Return the row's days with what it does not say: plan, steps, the start up to one due day.

    A due day that was inferred stays so where the row says nothing else anew.
    """
    is_same_due = days.due == plan.due
    if is_same_due and (days.start is None or days.start_inferred):
        start = {name: getattr(plan, name) for name in ("start", "start_inferred", "planned_start")}
        days = replace(days, **start)
    days = replace(days, milestones=_known_steps(days, plan), plan=plan.plan)
    same = replace(days, due_inferred=plan.due_inferred)
    return plan if is_same_due and same == plan else days


def _known_steps(days: f.MilestonesFixed, plan: f.MilestonesFixed) -> tuple[f.Milestone, ...]:
    """Return the row's steps; those that stand keep key and weight, a list without any keeps all.

    Steps that the row's own days would leave outside are not kept.
    """
    if not days.milestones:
        first, last = days.start or date.min, days.due or date.max
        return tuple(step for step in plan.milestones if first <= step.due <= last)
    known = {(step.title, step.due): step for step in plan.milestones}
    taken = {step.key for step in plan.milestones}
    steps = []
    for number, step in enumerate(days.milestones, start=1):
        same = known.get((step.title, step.due))
        key = step.key if step.key not in taken else f"step-{number}-{step.due.isoformat()}"
        steps.append(same or replace(step, key=key))
    return tuple(steps)


def _reported(
    state: MatterState, wanted: Wanted, as_of: date, texts: Mapping[str, str | None]
) -> Iterator[Step]:
    if not wanted.reports or _is_told(state, wanted, as_of, texts):
        return
    given: dict[str, Any] = {
        "measured_on": as_of,
        "achieved": wanted.achieved,
        "started_on": wanted.started_on,
    }
    if wanted.achieved is not None:
        leading = next((target for target in wanted.targets if target.leads), None)
        given["target"] = leading.key if leading else MAIN
    words = {"visible_progress": wanted.progress, "problems": wanted.problems}
    said = {name: text for name, text in words.items() if text}
    becomes = [Becoming(name, None, text) for name, text in said.items()]
    if wanted.achieved is not None:
        becomes.insert(0, Becoming("achieved", _latest(state), wanted.achieved))
    if wanted.started_on is not None:
        becomes.append(Becoming("started_on", None, wanted.started_on))
    yield Step("report_progress", given, said, tuple(becomes))


def _is_told(
    state: MatterState, wanted: Wanted, as_of: date, texts: Mapping[str, str | None]
) -> bool:
    """Tell whether a report of the data day says the same already."""

    def says_it(report: Report) -> bool:
        fact = report.fact
        words = (texts.get(fact.visible_progress or ""), texts.get(fact.problems or ""))
        return (
            report.answer != Answer.REFUSED
            and fact.measured_on == as_of
            and (fact.achieved, fact.started_on) == (wanted.achieved, wanted.started_on)
            and words == (wanted.progress or None, wanted.problems or None)
        )

    return any(says_it(report) for report in state.reports.values())


def _latest(state: MatterState) -> Any:
    amounts = [
        (report.fact.measured_on, report.fact.achieved)
        for report in state.reports.values()
        if report.fact.achieved is not None and report.answer != Answer.REFUSED
    ]
    return max(amounts, default=(None, None), key=lambda pair: pair[0] or date.min)[1]
