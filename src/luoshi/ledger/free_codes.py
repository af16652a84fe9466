"""The code that a new matter can take: the next one of each series in use."""

from collections.abc import Iterator

from django.db.models.functions import Length

from luoshi.base.models import JournalEntry, Thread
from luoshi.ledger.models import Matter
from luoshi.ledger.projection import MATTERS
from luoshi.organisation.queries import Visitor
from luoshi.rules.ledger.codes import Series, following, series_in_use

LOOKED_AT = 200  # matters, those that moved last
MOST_SERIES = 4


def free_codes(visitor: Visitor) -> tuple[str, ...]:
    """Return the next free code of each series in use, the series last begun in first.

    Only the matters that moved last are looked at, and the last code of each of their series; a
    district without numbered codes gets none.
    """
    series = series_in_use(_last_registered(visitor), most=MOST_SERIES)
    return tuple(code for one in series if (code := _after_the_last(visitor, one)))


def _last_registered(visitor: Visitor) -> Iterator[str]:
    """Yield codes of matters that moved lately, the one registered last first."""
    moved = Thread.objects.filter(district=visitor.district, kind=MATTERS.name)
    ids = list(moved.order_by("-last_number").values_list("pk", flat=True)[:LOOKED_AT])
    codes = dict(Matter.objects.filter(pk__in=ids).values_list("pk", "code"))
    first = JournalEntry.objects.filter(thread__in=ids, no=1).order_by("-number")
    for thread in first.values_list("thread", flat=True):
        if thread in codes:  # what was taken back whole has no row
            yield codes[thread]


def _after_the_last(visitor: Visitor, series: Series) -> str | None:
    """Return the code after the highest of a series, None where there is no room for one.

    Of two codes of a series the longer has the higher number: they are filled with zeros.
    """
    codes = Matter.objects.filter(
        district=visitor.district, code__startswith=series.before, code__regex=series.pattern
    )
    last = codes.order_by(Length("code").desc(), "-code").values_list("code", flat=True).first()
    return following(last) if last is not None else None
