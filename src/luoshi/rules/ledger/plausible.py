"""Can this fact be meant at all? What shows in the fact alone, whatever the matter is like."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from luoshi.rules.amounts import exact
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import refusals as no
from luoshi.rules.ledger.state import Fix

LONGEST_TITLE = 200
SECRET_WORDS = ("涉密", "绝密", "机密★", "秘密★")
EARLIEST_YEAR, LATEST_YEAR = 1949, 2100


def check_registration(fact: f.MatterRegistered) -> None:
    """Raise TitleMissing, SecretMatter, SourceMissing, YearImplausible."""
    if not fact.title.strip() or len(fact.title) > LONGEST_TITLE:
        raise no.TitleMissing(length=len(fact.title))
    for word in SECRET_WORDS:
        if word in fact.title or any(word in source.title for source in fact.sources):
            raise no.SecretMatter(word=word)
    if not fact.sources:
        raise no.SourceMissing
    for source in fact.sources:
        check_year(source.day)


def check_year(*days: date | None) -> None:
    """Raise YearImplausible for a slip of the hand such as 0017 for 2017."""
    for day in days:
        if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise no.YearImplausible(day=day)


def check_responsibility(fact: f.ResponsibilityFixed) -> None:
    """Raise SameUnitTwice."""
    units = (fact.lead_unit, *fact.supporting_units)
    for unit in units:
        if units.count(unit) > 1:
            raise no.SameUnitTwice(unit=unit)


def check_target(fact: f.TargetFixed) -> None:
    """Raise NothingFixed, TargetsUnclear."""
    if not fact.targets and fact.acceptance is None:
        raise no.NothingFixed(fix=Fix.TARGET)
    if not fact.targets:
        return
    if sum(target.leads for target in fact.targets) != 1:
        raise no.TargetsUnclear(why="one_leads")
    if repeats(target.key for target in fact.targets):
        raise no.TargetsUnclear(why="keys_differ")
    for target in fact.targets:
        if not target.unit.strip():
            raise no.TargetsUnclear(why="unit_missing")
        exact(target.quantity)


def repeats(keys: Iterable[Any]) -> bool:
    """Tell whether one key stands there twice."""
    listed = list(keys)
    return len(set(listed)) < len(listed)


def check_milestones(fact: f.MilestonesFixed) -> None:
    """Raise YearImplausible, NothingFixed, PlanUnclear, and what ``check_days`` raises."""
    check_year(fact.start, fact.due, fact.planned_start)
    if fact.due is None and not fact.milestones:
        raise no.NothingFixed(fix=Fix.MILESTONES)
    check_days(fact)
    _plan(fact.plan)


def check_days(plan: f.MilestonesFixed) -> None:
    """Raise DueBeforeStart, MilestonesUnclear, MilestoneOutside."""
    for start in (plan.start, plan.planned_start):
        if start is not None and plan.due is not None and plan.due < start:
            raise no.DueBeforeStart(start=start, due=plan.due)
    _steps(plan.milestones, start=plan.start, due=plan.due)


def _steps(milestones: Sequence[f.Milestone], *, start: date | None, due: date | None) -> None:
    for step in milestones:
        check_year(step.due)
        if not step.title.strip():
            raise no.MilestonesUnclear(title=step.key)
        if (start is not None and step.due < start) or (due is not None and step.due > due):
            raise no.MilestoneOutside(title=step.title, day=step.due, start=start, due=due)
        if step.weight is not None:
            exact(step.weight)
    if repeats(step.key for step in milestones):
        raise no.MilestonesUnclear(title=milestones[0].title)


def _plan(points: Sequence[f.Planned]) -> None:
    for point in points:
        check_year(point.day)
        exact(point.amount)
    for before, after in pairwise(points):
        if after.day <= before.day or after.amount < before.amount:
            raise no.PlanUnclear(day=after.day)
