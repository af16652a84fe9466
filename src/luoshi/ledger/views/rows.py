"""Rows of matters on the pages of goals and units: the fields that matter, without the reasons."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from luoshi.base.wording import amount_in_text
from luoshi.ledger import words
from luoshi.ledger.board import percent_of
from luoshi.ledger.overview import Counts, Era
from luoshi.ledger.sums import UnitSum
from luoshi.ledger.views.drawn import chip

if TYPE_CHECKING:  # a door only names the type: it reads by queries
    from luoshi.ledger.models import MatterSpell

WHOLE = 100
GRADED = ("red", "yellow", "unreported", "blue", "green")


def rows_of(
    spells: "Iterable[MatterSpell]", units: Mapping[UUID, str], *, day: date
) -> list[dict[str, Any]]:
    """Return matters in words, each as the part ``matters`` shows it."""
    return [_row(spell, units, day) for spell in spells]


def _row(spell: "MatterSpell", units: Mapping[UUID, str], day: date) -> dict[str, Any]:
    percent = percent_of(spell.achieved, spell.quantity)
    is_over = spell.colour == "closed" or spell.is_awaiting
    return {
        "id": spell.thread,
        "code": spell.code,
        "title": spell.title,
        "unit": units.get(spell.lead_unit, "") if spell.lead_unit else "",
        "colour": spell.colour,
        "chip": chip(spell.colour),
        "target": words.target_in_text(spell.comparator, spell.quantity, spell.unit),
        "achieved": amount_in_text(spell.achieved) if spell.achieved is not None else "",
        "submitted": _waiting(spell),
        "percent": "" if percent is None else f"{percent}%",
        "done": 0 if percent is None else min(WHOLE, percent),
        "due": spell.due.isoformat() if spell.due else "",
        "is_late": bool(spell.due and spell.due < day and not is_over),
        "is_answer_late": spell.is_answer_late,
    }


def _waiting(spell: "MatterSpell") -> str:
    if spell.submitted is None:
        return ""
    return f"{amount_in_text(spell.submitted)} {spell.unit}".strip()


def counts_of(counts: Counts, url: str) -> list[dict[str, Any]]:
    """Return the open matters by colour with the addresses that list them."""
    shown = [colour for colour in words.COLOURS if colour in GRADED or counts.colours.get(colour)]
    return [
        {"colour": colour, "count": counts.colours.get(colour, 0), "url": f"{url}&colour={colour}"}
        for colour in shown
        if colour != "closed"
    ]


def shares_of(colours: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the colours of a thin line: where each begins and how wide it is, in matters."""
    found, start = [], 0
    for colour in words.COLOURS:
        if count := colours.get(colour):
            found.append({"colour": colour, "start": start, "count": count})
            start += count
    return found


def sums_of(sums: Iterable[UnitSum]) -> list[dict[str, Any]]:
    """Return the sums by unit of measure in words."""
    return [
        {
            "unit": one.unit,
            "count": one.count,
            "target": amount_in_text(one.target),
            "done": amount_in_text(one.done),
            "percent": _percent_of(one),
        }
        for one in sums
    ]


def _percent_of(one: UnitSum) -> str:
    percent = percent_of(one.done, one.target)
    return "–" if percent is None else f"{percent}%"


def eras_of(eras: Iterable[Era], names: Mapping[UUID, str]) -> list[dict[str, str]]:
    """Return how a goal or unit was called and placed, from when to when, oldest first."""
    return [
        {
            "since": era.since.isoformat(),
            "until": era.until.isoformat() if era.until else "",
            "name": era.name,
            "above": names.get(era.parent, "") if era.parent else "",
        }
        for era in eras
    ]
