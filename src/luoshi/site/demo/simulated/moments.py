"""The simulated year: its edges, its months, and moments in the hours of an office."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
YEAR = 2020
LAST_DAY = date(YEAR, 12, 31)
BEGINS = datetime(YEAR - 1, 12, 20, 9, tzinfo=ZONE)
END = datetime(YEAR + 1, 1, 15, 18, tzinfo=ZONE)  # the day on which the demo opens


def moment(day: date, hour: int, draw: Random) -> datetime:
    """Return a moment in an hour of a day."""
    return datetime.combine(day, time(hour, draw.randint(0, 59)), tzinfo=ZONE)


def workday(day: date, after: int) -> date:
    """Return the day so many days after another, moved off a weekend."""
    found = day + timedelta(days=after)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)


def next_month(month: int) -> date:
    """Return the first day after a month of the simulated year, 1..12."""
    return date(YEAR + month // 12, month % 12 + 1, 1)


def month_end(month: int) -> date:
    """Return the last day of a month of the simulated year."""
    return next_month(month) - timedelta(days=1)
