"""The board on paper and as files: what is shown, all pages of it, with its day and moment."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.grids.writing import write_csv, write_xlsx
from luoshi.base.wording import day_in_text
from luoshi.ledger import exporting, verbs
from luoshi.ledger.views.board.address import Asked, asked_in
from luoshi.ledger.views.board.chips import chips
from luoshi.ledger.views.board.foot import foot
from luoshi.ledger.views.board.found import Found, find
from luoshi.ledger.views.board.lines import line_in
from luoshi.ledger.views.board.page import drawn, heads, names_in
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.organisation.queries import names_of

MOST_PRINTED = 2_000
"""What goes on paper; unit: matters. About sixty sheets of A4."""
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@door(verbs.export_ledger)
@for_readers
def export(request: HttpRequest, shown: Shown, ending: str) -> HttpResponse:
    """Send the board as xlsx or csv: the same filters, sort, columns and unit of money."""
    if ending not in TYPES:
        raise Http404
    asked = asked_in(request.GET)
    needs_reasons = any(column.key == "why" for column in asked.columns)
    found = find(shown, asked, start=0, size=exporting.MOST_ROWS, with_verdicts=needs_reasons)
    names = exporting.Names(
        goals={goal.id: goal.name for goal in found.names.goals},
        units=found.unit_names,
        posts=names_of(found.names.posts),
        money=asked.money,
    )
    title = shown.titled(_("Board %(day)s") % {"day": shown.day.isoformat()})
    sheet = exporting.sheet(title, notes(asked, found, shown), found.board, asked.columns, names)
    if found.board.total > exporting.MOST_ROWS:
        return _too_long(request, asked, found.board.total)
    out = BytesIO()
    if ending == "xlsx":
        write_xlsx(out, [sheet])
    else:
        write_csv(out, sheet)
    response = HttpResponse(out.getvalue(), content_type=TYPES[ending])
    response.headers["Content-Disposition"] = _attachment(f"{title}.{ending}")
    return response


def _too_long(request: HttpRequest, asked: Asked, total: int) -> HttpResponse:
    """Say that a file holds no more than so many rows; nothing is cut off in silence."""
    told = _("These are %(n)s matters; a file holds at most %(most)s. Narrow the board first.")
    messages.error(request, told % {"n": f"{total:,}", "most": f"{exporting.MOST_ROWS:,}"})
    return redirect(reverse("board") + asked.url())


def notes(asked: Asked, found: Found, shown: Shown) -> list[str]:
    """Return the lines above a table: day of the data, moment made, filters, number, sums."""
    made = timezone.localtime(timezone.now())
    told = [
        *shown.caveats,
        _("Data of %(day)s; made %(moment)s")
        % {
            "day": day_in_text(shown.day),
            "moment": made.strftime("%Y-%m-%d %H:%M"),
        },
    ]
    if shown.known_at is not None:
        told.append(_("As known after entry %(number)s") % {"number": shown.known_at})
    labels = [chip.label for chip in chips(asked, names_in(found))]
    if labels:
        told.append(_("Filters: %(filters)s") % {"filters": _(", ").join(labels)})
    told.append(_("%(n)s matters") % {"n": f"{found.board.total:,}"})
    return told


def _attachment(name: str) -> str:
    """Return the header for a download whose name may be Chinese (RFC 6266)."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


@door(verbs.read_ledger)
@for_readers
def printed(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show all rows on one page that prints on A4."""
    asked = asked_in(request.GET)
    found = find(shown, asked, start=0, size=MOST_PRINTED)
    lines = [line_in(row, shown, found.unit_names, asked.money) for row in found.board.rows]
    context: dict[str, Any] = {
        "asked": asked,
        "table_rows": drawn(found, lines, asked),
        "heads": heads(asked),
        "foot": foot(found.board.sums, asked, found.board.total),
        "notes": notes(asked, found, shown),
        "is_cut": found.board.total > MOST_PRINTED,
        "most": MOST_PRINTED,
        "shown": shown,
        "crumbs": [(_("Board"), reverse("board") + asked.url())],
    }
    return render(request, "ledger/board_print.html", context)
