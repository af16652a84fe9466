"""The page of a unit: what it leads and supports, its posts, what waits for an answer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.ledger import inside, overview, verbs
from luoshi.ledger.overview import UnitSheet
from luoshi.ledger.views.board.address import Asked, asked_in
from luoshi.ledger.views.narrowing import pager
from luoshi.ledger.views.rows import counts_of, eras_of, rows_of, sums_of
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.organisation.queries import names_of, posts_visible_to
from luoshi.rules.refusals import NotFound

PAGE_SIZE = 50


@door(verbs.read_ledger)
@for_readers
def unit(request: HttpRequest, shown: Shown, unit_id: UUID) -> HttpResponse:
    """Show a unit on a day: posts, counts, sums, matters, waiting reports, late answers."""
    asked = asked_in(request.GET)
    day, known_at = shown.day, shown.known_at
    cut = ((asked.number - 1) * PAGE_SIZE, PAGE_SIZE)
    try:
        found = overview.unit_sheet(shown.visitor, unit_id, day=day, known_at=known_at, cut=cut)
    except NotFound:
        return render(request, "404.html", status=404)
    names = names_of(found.units)
    context = {
        **_head(found, asked),
        "unit_id": unit_id,
        "posts": found.posts,
        "counts": counts_of(found.counts, _listed(unit_id, asked)),
        "ended": found.counts,
        "sums": sums_of(found.sums),
        "rows": rows_of(found.page.rows, names, day=day),
        "supported": rows_of(found.supported, names, day=day),
        "waiting": rows_of(found.waiting, names, day=day),
        "pager": pager(asked, found.page.total, PAGE_SIZE),
        "inside": _inside(shown, unit_id),
        "eras": eras_of(found.eras, names),
        "listed_url": _listed(unit_id, asked),
        "kept_query": asked.kept_query,
        "shown": shown,
    }
    return render(request, "ledger/unit.html", context)


def _inside(shown: Shown, unit_id: UUID) -> dict[str, Any] | None:
    """Return what waits inside the reader's own unit now; None where nothing does."""
    if shown.actor is None or shown.actor.unit != unit_id:
        return None
    waiting = inside.waiting_in(shown.actor)
    if not waiting.total:
        return None
    names = names_of(posts_visible_to(shown.actor, day=shown.today))
    rows = [
        {
            "url": reverse("matter", args=[row.id]),
            "title": row.title,
            "code": row.code,
            "since": row.since,
            "posts": _(", ").join(names.get(post, "—") for post in row.posts),
        }
        for row in waiting.rows
    ]
    more = waiting.total - len(rows)
    return {"rows": rows, "total": waiting.total, "mine": waiting.mine, "more": more}


def _head(found: UnitSheet, asked: Asked) -> dict[str, Any]:
    """Return name and place of a unit; its last name where it does not exist on the day."""

    def link(one: Any) -> tuple[str, str]:
        return (one.name, reverse("unit", args=[one.id]) + asked.kept_query)

    organisation = reverse("organisation") + asked.kept_query
    return {
        "name": found.unit.name if found.unit else found.eras[-1].name,
        "is_there": found.unit is not None,
        "below": [link(one) for one in found.below],
        "crumbs": [(_("Organisation"), organisation), *map(link, found.above)],
    }


def _listed(unit_id: UUID, asked: Asked) -> str:
    kept = asked.kept_query
    return reverse("board") + (f"{kept}&unit={unit_id}" if kept else f"?unit={unit_id}")
