"""Plan against progress, month end by month end."""

from datetime import date
from decimal import Decimal

from luoshi.clocks.surroundings import Surroundings
from luoshi.ledger.charts import CurvePoint
from luoshi.rules.colour.schedule import planned_amount
from luoshi.rules.ledger.clock import colour_facts, figures
from luoshi.rules.ledger.state import MatterState


def curve_of(state: MatterState, around: Surroundings, day: date) -> list[CurvePoint]:
    """Return the plan at month ends and every confirmed figure.

    Empty without a leading target and a due day.
    """
    plan = state.plan
    if (
        state.leading_target is None
        or plan is None
        or plan.due is None
        or state.registered_on is None
    ):
        return []
    known = tuple(n for n in figures(state, around.answer_due) if n.counts_from <= day)
    facts = colour_facts(state, known, registered_on=state.registered_on, parts_complete=True)
    days = {n.measured_on for n in known} | {point.day for point in plan.plan} | {plan.due}
    if plan.start is not None:
        days |= {plan.start, *_month_ends(plan.start, plan.due)}
    by_day = {n.measured_on: n.amount for n in known}
    return [
        CurvePoint(each, _tenths(planned_amount(facts, each)), by_day.get(each))
        for each in sorted(days)
    ]


def _tenths(ratio: tuple[int, int] | None) -> Decimal | None:
    return (
        None if ratio is None else (Decimal(ratio[0]) / Decimal(ratio[1])).quantize(Decimal("0.1"))
    )


def _month_ends(start: date, end: date) -> list[date]:
    found: list[date] = []
    year, month = start.year, start.month
    while (last := date(year + month // 12, month % 12 + 1, 1)) <= end and len(found) < 240:
        found.append(date.fromordinal(last.toordinal() - 1))
        year, month = last.year, last.month
    return found
