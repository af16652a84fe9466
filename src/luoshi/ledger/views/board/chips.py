"""The filters in force as chips: each says what it is, and goes by one click."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from luoshi.ledger import words
from luoshi.ledger.filters import LATE, Filters
from luoshi.ledger.views.board.address import Asked


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: its words, and the address without it."""

    label: str
    remove_url: str


def chips(asked: Asked, names: Mapping[UUID, str]) -> list[Chip]:
    """Return a chip for each filter; ``names`` are those of goals, units and posts of the day."""
    filters = asked.filters
    found = [
        Chip(
            str(words.COLOURS[colour]),
            asked.url(colour=[one for one in filters.colours if one != colour]),
        )
        for colour in filters.colours
    ]
    named = ((name, getattr(filters, name)) for name in ("goal", "unit", "sponsor"))
    found += [
        Chip(names.get(value, _("unknown")), asked.url(**{name: None}))
        for name, value in named
        if value is not None
    ]
    return [*found, *(Chip(label, asked.url(**{name: None})) for name, label in _words(filters))]


CHOICES: Mapping[str, Mapping[str, object]] = {
    "kind": dict(words.KINDS),
    "standing": words.STANDINGS,
    "stage": words.STAGES,
    "source": dict(words.SOURCE_KINDS),
}
"""The filters that choose one word of a list; the word is what the chip says."""


def _words(filters: Filters) -> Iterator[tuple[str, str]]:
    """Yield the filters that are words already: name in the address, what the chip says."""
    for name, choices in CHOICES.items():
        if value := getattr(filters, name):
            yield name, str(choices[value])
    if filters.area:
        yield "area", filters.area
    if filters.missing:
        yield "missing", _("%(fix)s undecided") % {"fix": words.FIXES[filters.missing]}
    if filters.due:
        yield "due", due_in_words(filters.due)
    if filters.text:
        yield "q", f"«{filters.text}»"
    if filters.with_closed:
        yield "closed", _("with closed")


def due_in_words(due: str) -> str:
    """Return what «due within» asks for."""
    if due == LATE:
        return _("past its due day")
    return _("due within %(days)s days") % {"days": due}
