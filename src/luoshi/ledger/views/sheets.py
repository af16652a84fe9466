"""Comparison and gap list as files: the same rows as on the page, with their day and moment."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.downloads import sent
from luoshi.base.grids.writing import Column, Kind, Sheet
from luoshi.base.wording import day_in_text
from luoshi.ledger import verbs, words
from luoshi.ledger.comparison import Look
from luoshi.ledger.exporting import MOST_ROWS
from luoshi.ledger.views import gaps
from luoshi.ledger.views.compare import Asked, asked_in, lines
from luoshi.ledger.views.narrowing import Narrowing, narrowing, narrowing_context
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.ledger.views.turns import BECAME, TurnLine
from luoshi.organisation.queries import names_of

if TYPE_CHECKING:
    from luoshi.ledger.models import MatterSpell

WIDE, MIDDLE, NARROW = 44, 24, 12
Row = tuple[str | date | None, ...]


@door(verbs.export_ledger)
@for_readers
def compare_sheet(request: HttpRequest, shown: Shown, ending: str) -> HttpResponse:
    """Send a comparison as xlsx or csv, with every row that the address asks for."""
    asked = asked_in(request, shown, narrowing(request, shown))
    if len(asked.listed) > MOST_ROWS:
        return _too_long(request, reverse("compare") + asked.chosen.asked.url(), len(asked.listed))
    title = _("Comparison %(then)s – %(now)s") % {
        "then": asked.then.day.isoformat(),
        "now": asked.now.day.isoformat(),
    }
    besides = [] if asked.became is None else [str(BECAME[asked.became])]
    sheet = Sheet(
        title=shown.titled(title),
        notes=[*_looks(asked), *_notes(shown, asked.chosen, len(asked.listed), *besides)],
        columns=(
            Column(_("Code"), width=NARROW),
            Column(_("Matter"), width=WIDE),
            Column(_("Became"), width=NARROW),
            Column(_("Colour then"), width=NARROW),
            Column(_("Colour now"), width=NARROW),
            Column(_("What changed"), width=WIDE),
            Column(_("Lead unit"), width=MIDDLE),
            Column(_("Due"), Kind.DAY, width=NARROW),
        ),
        rows=[_turn(line) for line in lines(shown, asked, asked.listed)],
    )
    return sent(sheet, ending)


def _turn(line: TurnLine) -> Row:
    return (
        line.code,
        line.title,
        str(line.became),
        str(words.COLOURS.get(line.old_colour, "")),
        str(words.COLOURS.get(line.new_colour, "")),
        _("; ").join(map(str, line.changes)),
        line.unit,
        date.fromisoformat(line.due) if line.due else None,
    )


def _looks(asked: Asked) -> Iterable[str]:
    """Yield what was known at each of the two looks, where that is not all."""
    for look in (asked.then, asked.now):
        if look.known_at is not None:
            yield _known(look)


def _known(look: Look) -> str:
    return _("%(day)s as known at entry %(number)s") % {
        "day": day_in_text(look.day),
        "number": look.known_at,
    }


@door(verbs.export_ledger)
@for_readers
def gaps_sheet(request: HttpRequest, shown: Shown, ending: str) -> HttpResponse:
    """Send the gap list as xlsx or csv, with every row that the address asks for."""
    chosen = narrowing(request, shown)
    lacks = gaps.lacks_in(request)
    found = gaps.gap_list(shown, chosen, lacks, size=MOST_ROWS)
    if found.total > MOST_ROWS:
        return _too_long(request, reverse("gaps") + chosen.asked.url(), found.total)
    heads = [Column(str(name), width=MIDDLE) for name in gaps.LACKS.values()]
    sheet = Sheet(
        title=shown.titled(_("Gap list %(day)s") % {"day": shown.day.isoformat()}),
        notes=list(_notes(shown, chosen, found.total)),
        columns=(Column(_("Code"), width=NARROW), Column(_("Matter"), width=WIDE), *heads),
        rows=list(_gap_rows(found.rows, chosen)),
    )
    return sent(sheet, ending)


def _gap_rows(spells: "Sequence[MatterSpell]", chosen: Narrowing) -> Iterable[Row]:
    """Yield code, title, lead unit, and for the others whether they are fixed."""
    for row in gaps.rows_of(spells, names_of(chosen.units)):
        fixed = [_("fixed") if is_fixed else _("To be set") for _name, is_fixed in row["fixed"]]
        yield (row["code"], row["title"], row["unit"] or fixed[0], *fixed[1:])


def _notes(shown: Shown, chosen: Narrowing, total: int, *besides: str) -> Iterable[str]:
    """Yield the lines above a table: day of the data, moment made, filters, number.

    ``besides`` are filters of the page's own.
    """
    yield from shown.caveats
    made = timezone.localtime(timezone.now())
    yield _("Data of %(day)s; made %(moment)s") % {
        "day": day_in_text(shown.day),
        "moment": made.strftime("%Y-%m-%d %H:%M"),
    }
    labels = [*besides, *(chip.label for chip in narrowing_context(shown, chosen)["filters"])]
    if labels:
        yield _("Filters: %(filters)s") % {"filters": _(", ").join(labels)}
    yield _("%(n)s matters") % {"n": f"{total:,}"}


def _too_long(request: HttpRequest, address: str, total: int) -> HttpResponse:
    """Say that a file holds no more than so many rows; nothing is cut off in silence."""
    told = _("These are %(n)s matters; a file holds at most %(most)s. Narrow the list first.")
    messages.error(request, told % {"n": f"{total:,}", "most": f"{MOST_ROWS:,}"})
    return redirect(address)
