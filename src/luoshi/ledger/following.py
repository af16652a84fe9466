"""Which matters may differ since an entry: what was read of all others still holds."""

from dataclasses import dataclass
from uuid import UUID

from luoshi.base.kept import Edition, entries_since
from luoshi.base.models import Thread
from luoshi.ledger.models import PartSpell
from luoshi.ledger.projection import MATTERS

MOST_CHANGED = 2_000
"""After more entries than this it is quicker to read anew; unit: entries."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Up to which edition there are changes, to which matters, and if to anything else."""

    edition: Edition
    matters: frozenset[UUID] = frozenset()
    are_others: bool = False


def changes_since(edition: Edition, *, known_at: int | None = None) -> Changes | None:
    """Return what may differ since an edition; at most three queries.

    None where it cannot be followed: the edition is gone, it was too much, or a calendar or rule
    set changed, by which every matter is told anew.
    """
    since = entries_since(edition, known_at=known_at, most=MOST_CHANGED + 1)
    if since is None or len(since) > MOST_CHANGED:
        return None
    if not since:
        return Changes(edition)
    kinds = dict(Thread.objects.filter(pk__in=since.values()).values_list("pk", "kind"))
    if set(MATTERS.surrounding_kinds) & set(kinds.values()):
        return None
    matters = {thread for thread, kind in kinds.items() if kind == MATTERS.name}
    # A whole leans on its parts: it may differ though nothing was recorded of it.
    wholes = PartSpell.objects.filter(part__in=matters).values_list("thread", flat=True)
    return Changes(
        edition=next(reversed(since)),
        matters=frozenset({*matters, *wholes}) if matters else frozenset(),
        are_others=len(matters) < len(kinds),
    )
