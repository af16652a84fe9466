"""What is fixed of a simulated promise: its target, its days, its plan."""

from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from luoshi.rules.colour import Comparator
from luoshi.rules.ledger import facts as f
from luoshi.site.demo.simulated.moments import month_end
from luoshi.site.demo.simulated.promises import WHOLE, Promise

STEPS = (  # key, title, the share of the target at which it is reached
    ("prepare", "前期手续办结", Decimal("0.15")),
    ("half", "完成过半", Decimal("0.5")),
    ("done", "全部完成", WHOLE),
)
START_AFTER = timedelta(days=75)
"""How long after the first day a project is planned to start on its site."""


def target_of(promise: Promise) -> f.Target | None:
    """Return the target in figures, None where a criterion in words stands for it."""
    if not promise.sort.unit:
        return None
    return f.Target(
        key="main",
        quantity=promise.quantity,
        unit=promise.sort.unit,
        comparator=Comparator.AT_LEAST,
        leads=True,
    )


def days_of(promise: Promise) -> dict[str, Any]:
    """Return the days of the matter as ``fix_milestones`` takes them."""
    length = (promise.due - promise.start).days
    steps = tuple(
        f.Milestone(key=key, title=title, due=promise.start + timedelta(days=int(length * share)))
        for key, title, share in STEPS
    )
    is_project = promise.sort.kind is f.MatterKind.PROJECT
    return {
        "start": promise.start,
        "due": promise.due,
        "milestones": steps,
        "plan": _plan(promise) if promise.has_own_plan and promise.sort.unit else (),
        "planned_start": promise.start + START_AFTER if is_project else None,
    }


def _plan(promise: Promise) -> tuple[f.Planned, ...]:
    """Return a plan of its own: slow at first and at last, as building is."""
    ends = [day for day in map(month_end, range(promise.start.month, 13)) if day < promise.due]
    points = [f.Planned(day=day, amount=amount_of(promise, eased(promise, day))) for day in ends]
    return (*points, f.Planned(day=promise.due, amount=promise.quantity))


def time_share(promise: Promise, day: date) -> float:
    """Return the share of the promise's time that has passed by the end of a day, 0..1."""
    length = (promise.due - promise.start).days + 1
    return min(1.0, max(0.0, ((day - promise.start).days + 1) / length))


def eased(promise: Promise, day: date) -> Decimal:
    """Return the share of a work that begins and ends slowly, 0..1."""
    share = time_share(promise, day)
    return Decimal(str(round(share * share * (3 - 2 * share), 4)))


def amount_of(promise: Promise, share: Decimal) -> Decimal:
    """Return a share of the target in whole steps of its sort; unit: the target's."""
    step = promise.sort.step
    return (promise.quantity * min(share, WHOLE) / step).to_integral_value(ROUND_DOWN) * step
