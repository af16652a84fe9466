"""What comparison, charts and gap list share: the filters of the board, and a small form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from luoshi.ledger import words
from luoshi.ledger.board import GoalOn, nodes_visible_to
from luoshi.ledger.filters import Filters
from luoshi.ledger.views.board.address import Asked, asked_in
from luoshi.ledger.views.board.chips import chips
from luoshi.ledger.views.shown import Shown
from luoshi.organisation.queries import UnitOn, names_of, posts_visible_to

FORM = ("q", "unit", "goal", "kind")
"""What the small form asks for; it keeps every other part of the address."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What an address asks for, with the goals and units of the day that name it."""

    asked: Asked
    goals: Sequence[GoalOn]
    units: Sequence[UnitOn]

    @property
    def filters(self) -> Filters:
        """Return the filters of the address."""
        return self.asked.filters


def narrowing(request: HttpRequest, shown: Shown) -> Narrowing:
    """Read the filters of an address and what they choose among."""
    goals, units, _posts = nodes_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at)
    return Narrowing(asked_in(request.GET), goals, units)


def narrowing_context(shown: Shown, chosen: Narrowing) -> dict[str, Any]:
    """Return what the parts ``filters`` and ``narrow`` show."""
    asked = chosen.asked
    names = {goal.id: goal.name for goal in chosen.goals} | dict(names_of(chosen.units))
    if asked.filters.sponsor:
        names |= names_of(posts_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at))
    others = {name for name, _value in asked.pairs} - {*FORM, "page", "print"}
    return {
        "filters": chips(asked, names),
        "clear_url": asked.cleared,
        "kept": asked.kept(*others),
        "kept_query": asked.kept_query,
        "chosen": asked.filters,
        "goals": chosen.goals,
        "units": chosen.units,
        "kinds": words.KINDS,
        "shown": shown,
    }


def pager(asked: Asked, total: int, size: int) -> dict[str, Any]:
    """Return what the pager shows of a list of ``total`` rows on pages of ``size``.

    An address may ask for a page behind the last one: ``total`` is then more than nothing, and
    there are no rows.
    """
    number, last = asked.number, max(1, -(-total // size))
    return {
        "first": min(total, (number - 1) * size + 1),
        "last": min(total, number * size),
        "total": total,
        "previous_url": asked.turned(min(number, last + 1) - 1) if number > 1 else "",
        "next_url": asked.turned(number + 1) if number < last else "",
        "first_url": asked.url(),
        "last_page": last,
    }
