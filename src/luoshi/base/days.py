"""The day on which a moment falls where the district is."""

from datetime import date, datetime, tzinfo
from functools import lru_cache

from django.utils import timezone


def local_day(at: datetime) -> date:
    """Return the district's day of a moment: at half past midnight it is not that of UTC."""
    return _day_in(at, timezone.get_default_timezone())


@lru_cache(maxsize=16)  # the entries of a batch have one moment
def _day_in(at: datetime, zone: tzinfo) -> date:
    return timezone.localtime(at, zone).date()
