"""The simulated district, or the beginning of it, put into the database at hand."""

from luoshi.base.models import JournalEntry
from luoshi.site.demo import simulated


def simulate(seed, every, *, until=None):
    """Build the simulated district, or the beginning of it."""
    for step in list(simulated.steps(seed, every=every))[:until]:
        step()


def digests(district):
    rows = JournalEntry.objects.filter(district=district).order_by("number")
    return list(rows.values_list("digest", flat=True))
