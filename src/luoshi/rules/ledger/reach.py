"""How far back a unit may reach: the reporting period that is still open."""

from datetime import date, timedelta

from luoshi.rules.refusals import Refusal


class TooFarBack(Refusal):
    """The day lies before the open reporting period; facts: ``on``, ``earliest``."""

    code = "too_far_back"


def open_period_start(today: date, *, report_due_day: int) -> date:
    """Return the first day of the reporting period that is still open on a day.

    It is last month's first day while last month's report may still come, else this month's.
    """
    first = today.replace(day=1)
    if today.day > report_due_day:
        return first
    return (first - timedelta(days=1)).replace(day=1)


def check_reach(on: date, today: date, *, report_due_day: int) -> None:
    """Raise TooFarBack for a day before the open period."""
    earliest = open_period_start(today, report_due_day=report_due_day)
    if on < earliest:
        raise TooFarBack(on=on, earliest=earliest)
