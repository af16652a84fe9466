"""From a matter's state to the facts its colour is judged by."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from luoshi.rules.colour import ColourFacts, Comparator, Measurement, MilestoneFact, PlanPoint
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import Answer, MatterState, Report, Standing

AnswerDue = Callable[[date], date]
"""From the day of a report to the last day on which it should be answered."""


class Figure(NamedTuple):
    """A reported amount of the leading target, and from which day on it counts.

    Confirmed, it counts from the confirmation; unanswered, from the day after the last day for an
    answer: silence of the confirmer costs the reporter nothing, and ``late`` shows it.
    """

    amount: Decimal
    measured_on: date
    counts_from: date
    confirmed: bool

    @property
    def speaks_from(self) -> date:
        """The first day on which it is both made and counted."""
        return max(self.measured_on, self.counts_from)


def figures(state: MatterState, answer_due: AnswerDue) -> tuple[Figure, ...]:
    """Return the figures of the leading target that count or will, by the day of measuring."""
    leading = state.leading_target
    if leading is None:
        return ()
    found = [
        Figure(
            fact.achieved,
            fact.measured_on,
            counts_from(report, answer_due),
            report.answer == Answer.GRANTED,
        )
        for report in state.reports.values()
        if (fact := report.fact).achieved is not None
        and fact.target == leading.key
        and report.answer != Answer.REFUSED
    ]
    return tuple(sorted(found, key=_by_measuring))


def counts_from(report: Report, answer_due: AnswerDue) -> date:
    """Return the day from which a report's figures count."""
    late_from = late_day(report, answer_due)
    if report.answer == Answer.GRANTED and report.answered_on is not None:
        return min(report.answered_on, late_from)
    return late_from


def late_day(report: Report, answer_due: AnswerDue) -> date:
    """Return the first day on which the confirmer is late."""
    due = answer_due(report.on)
    return due if due == date.max else due + _ONE_DAY


def latest_figure(known: tuple[Figure, ...], day: date) -> Figure | None:
    """Return the newest figure that counts on a day."""
    for figure in reversed(known):
        if figure.measured_on <= day and figure.counts_from <= day:
            return figure
    return None


def waiting_reports(state: MatterState) -> tuple[Report, ...]:
    """Return the reports that wait for an answer, oldest first."""
    return tuple([report for report in state.reports.values() if report.answer == Answer.WAITING])


def colour_facts(
    state: MatterState, known: tuple[Figure, ...], *, registered_on: date, parts_complete: bool
) -> ColourFacts:
    """Return the facts by which the colour of an open or closed matter is judged."""
    plan = state.plan or _NO_PLAN
    target = state.leading_target
    accepted = [report.fact for report in state.reports.values() if report.answer != Answer.REFUSED]
    started = [fact.started_on for fact in accepted if fact.started_on]
    return ColourFacts(
        registered_on=registered_on,
        quantity=target.quantity if target else None,
        comparator=target.comparator if target else Comparator.EQUAL,
        start=plan.start,
        start_inferred=plan.start_inferred,
        due=plan.due,
        plan=tuple([PlanPoint(point.day, point.amount) for point in plan.plan]),
        measured=tuple([Measurement(n.measured_on, n.amount, n.counts_from) for n in known]),
        reported_until=max([fact.measured_on for fact in accepted], default=None),
        milestones=_milestones(plan, accepted),
        planned_start=plan.planned_start,
        started_on=min(started, default=None),
        suspended=state.suspended_on is not None,
        exempt_until=state.exempt_until,
        parts_complete=parts_complete,
        verified=state.standing == Standing.VERIFIED,
        closed=not state.is_open,
    )


def _milestones(
    plan: f.MilestonesFixed, reports: Sequence[f.ProgressReported]
) -> tuple[MilestoneFact, ...]:
    """Return the milestones of a plan, each done on the first day that a report names."""
    if not plan.milestones:
        return ()
    done: dict[str, date] = {}
    for fact in reports:
        for step in fact.milestones_done:
            done[step.key] = min(step.done_on, done.get(step.key, step.done_on))
    return tuple(
        [MilestoneFact(each.key, each.due, done.get(each.key)) for each in plan.milestones]
    )


_ONE_DAY = timedelta(days=1)
_NO_PLAN = f.MilestonesFixed()
_by_measuring = attrgetter("measured_on", "counts_from")
