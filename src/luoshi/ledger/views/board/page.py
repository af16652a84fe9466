"""The board's page: counts, chips, the table with its sums, and what can be chosen."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luoshi.base.answers import unless_changed
from luoshi.base.doors import door
from luoshi.clocks.verbs import set_standards
from luoshi.ledger import board as boards
from luoshi.ledger import columns, money, saved, verbs, words
from luoshi.ledger.board import Board
from luoshi.ledger.filters import LATE
from luoshi.ledger.views.board.address import (
    FILTERS,
    SETTINGS,
    SHOWN,
    Asked,
    asked_in,
    joined,
)
from luoshi.ledger.views.board.aside import SET_IN, goal_counts, goals_drawn, options
from luoshi.ledger.views.board.bulk import offered_to
from luoshi.ledger.views.board.cells import Cells
from luoshi.ledger.views.board.chips import chips, due_in_words
from luoshi.ledger.views.board.foot import foot
from luoshi.ledger.views.board.found import Found, find
from luoshi.ledger.views.board.lines import Line, line_in
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.organisation.queries import names_of
from luoshi.rules.ledger.state import MatterState

PAGE_SIZE = 50
PAGE = "ledger/board.html"
TIME_TO_ANNOUNCE = timedelta(days=60)
GRADED = ("red", "yellow", "blue", "green", "unreported")


def _views(request: HttpRequest) -> Hashable:
    """Return the state of the menu of views, which no entry tells; it is read once."""
    request.views = saved.views_listed(request.actor)  # type: ignore[attr-defined]  # ours
    return saved.stamp_of(request.views)  # type: ignore[attr-defined]


def _views_of(request: HttpRequest, shown: Shown) -> Sequence[Any]:
    """Return the menu of views, unless it was read already."""
    read: Sequence[Any] | None = getattr(request, "views", None)
    return saved.views_listed(shown.visitor) if read is None else read


@door(verbs.read_ledger)
@unless_changed(_views)
@for_readers
def board(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show the matters of a day, most urgent first."""
    asked = asked_in(request.GET)
    if asked.strange:
        told = _("The address names what there is not: %(parts)s. It was left out.")
        messages.warning(request, told % {"parts": joined(asked.strange)})
    start = (asked.number - 1) * PAGE_SIZE
    found = find(shown, asked, start=start, size=PAGE_SIZE)
    tallies = boards.tally_by_goal(
        shown.visitor, day=shown.day, known_at=shown.known_at, goals=found.names.goals
    )
    lines = [line_in(row, shown, found.unit_names, asked.money) for row in found.board.rows]
    bulk_verbs = offered_to(shown.actor)
    by_goal = goal_counts(asked, found.names.goals, tallies)
    context = {
        "asked": asked,
        "rows": lines,
        "table_rows": drawn(found, lines, asked, can_tick=bool(bulk_verbs)),
        "heads": heads(asked),
        "foot": foot(found.board.sums, asked, found.board.total),
        "shown_total": found.board.total,
        "total": sum(found.board.colours.values()),
        "counts": _colour_counts(asked, found.board.colours),
        "goals": by_goal,
        "goals_drawn": goals_drawn(by_goal),
        "filters": chips(asked, names_in(found)),
        "pager": pages(asked, found.board.total),
        "shown": shown,
        "can_register": shown.actor is not None and verbs.register.who(shown.actor, MatterState()),
        "bulk_verbs": bulk_verbs,
        "whose": _whose(asked, shown),
        "year_missing": _year_missing(shown),
        "views": _views_of(request, shown),
        **_choices(asked, found),
    }
    if not lines:
        context |= _emptiness(asked, found.board, shown)
    return render(request, PAGE, context)


def _whose(asked: Asked, shown: Shown) -> list[tuple[str, str, bool]]:
    """Return the way to what the own unit leads, and back: name, address, is it shown."""
    own = shown.actor.unit if shown.actor else None
    if own is None:
        return []
    return [
        (_("The district"), asked.url(unit=None), asked.filters.unit is None),
        (_("Led by my unit"), asked.url(unit=own), asked.filters.unit == own),
    ]


def _year_missing(shown: Shown) -> int | None:
    """Return the year that the office should announce: without it no colour is told from then."""
    if shown.actor is None or not set_standards.who(shown.actor, None):
        return None
    left = shown.around.horizon - shown.today
    return shown.around.horizon.year + 1 if left < TIME_TO_ANNOUNCE else None


def drawn(found: Found, lines: Sequence[Line], asked: Asked, *, can_tick: bool = False) -> str:
    """Return the rows of the table."""
    cells = Cells(
        columns=asked.columns,
        goals={goal.id: goal.name for goal in found.names.goals},
        posts=names_of(found.names.posts),
        kept_query=asked.kept_query,
        can_tick=can_tick,
    )
    return cells.rows(zip(found.board.rows, lines, strict=True))


def names_in(found: Found) -> Mapping[UUID, str]:
    """Return what goals, units and posts of the day are called."""
    goals = {goal.id: goal.name for goal in found.names.goals}
    return {**goals, **found.unit_names, **names_of(found.names.posts)}


def _choices(asked: Asked, found: Found) -> dict[str, Any]:
    """Return what may be chosen, what is chosen, and the addresses that take a choice back."""
    filters = asked.filters
    return {
        "unit_options": options(
            ((unit.id, SET_IN * unit.depth + unit.name) for unit in found.names.units), filters.unit
        ),
        "sponsor_options": options(
            ((post.id, post.name) for post in found.names.posts if post.id in found.names.sponsors),
            filters.sponsor,
        ),
        "areas": found.names.areas,
        "kinds": words.KINDS,
        "sources": words.SOURCE_KINDS,
        "stages": words.STAGES.items(),
        "standings": words.STANDINGS.items(),
        "fixes": words.FIXES.items(),
        "dues": [(due, due_in_words(due)) for due in _dues(filters.due)],
        "chosen": filters,
        "columns": [(one, one in asked.columns) for one in _columns_offered(asked)],
        "is_all": not filters.colours,
        "all_url": asked.url(colour=None),
        "all_goals_url": asked.url(goal=None) if filters.goal else "",
        "clear_url": asked.cleared,
        "kept_by_filter": asked.kept(*SHOWN, *SETTINGS, "colour", "goal"),
        "kept_by_columns": asked.kept(*SHOWN, *FILTERS, "sort", "money"),
        "moneys": [
            (unit, asked.url(money=None if key == money.DEFAULT else key), key == asked.money)
            for key, unit in money.UNITS.items()
        ],
        "view_query": asked.view_query,
        "here": asked.url(page=asked.number if asked.number > 1 else None),
        "files_query": asked.url(),
    }


def _dues(chosen: str) -> list[str]:
    """Return what «due within» offers, with what was typed into the address."""
    offered = [LATE, "7", "30", "90"]
    return offered if chosen in ("", *offered) else [*offered, chosen]


def _columns_offered(asked: Asked) -> list[columns.Column]:
    """Return the chosen columns in their order, then the others."""
    others = [column for column in columns.COLUMNS.values() if column not in asked.columns]
    return [*asked.columns, *others]


def _colour_counts(asked: Asked, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    chosen = asked.filters.colours
    found = []
    for colour in words.COLOURS:
        is_on = colour in chosen
        url = asked.url(
            colour=[one for one in chosen if one != colour] if is_on else [*chosen, colour]
        )
        if counts.get(colour) or is_on or colour in GRADED:
            found.append(
                {"colour": colour, "count": counts.get(colour, 0), "url": url, "is_current": is_on}
            )
    return found


def heads(asked: Asked) -> list[dict[str, Any]]:
    """Return the head of each column: its words, its sort's address and direction now."""
    titles = [{"label": _("Matter"), "class": "is-first", "sort": _sort(asked, "title")}]
    return titles + [
        {
            "label": column.label,
            "class": "is-figure" if column.kind in {"figure", "day"} else "",
            "sort": _sort(asked, column.sort),
        }
        for column in asked.columns
    ]


def _sort(asked: Asked, name: str) -> dict[str, str] | None:
    if not name:
        return None
    is_up, is_down = asked.sort == name, asked.sort == f"-{name}"
    direction = "ascending" if is_up else "descending" if is_down else ""
    return {"url": asked.url(sort=f"-{name}" if is_up else name), "direction": direction}


def pages(asked: Asked, total: int, size: int = PAGE_SIZE) -> dict[str, Any]:
    """Return which rows a page shows, and the addresses of its neighbours."""
    last = max(1, -(-total // size))
    return {
        "first": min(total, (asked.number - 1) * size + 1),
        "last": min(total, asked.number * size),
        "total": total,
        "previous_url": asked.turned(min(asked.number - 1, last)) if asked.number > 1 else "",
        "next_url": asked.turned(asked.number + 1) if asked.number < last else "",
    }


def _emptiness(asked: Asked, found: Board, shown: Shown) -> dict[str, Any]:
    """Return why nothing is shown, for the sentence that leads on."""
    if found.total:
        return {
            "empty_as": "page",
            "last_page": -(-found.total // PAGE_SIZE),
            "first_url": asked.url(),
        }
    if asked.filters != type(asked.filters)():
        return {"empty_as": "filters"}
    first = boards.first_day(shown.visitor)
    if first and shown.day < first:
        return {"empty_as": "day", "first_day": first, "first_url": asked.url(on=first)}
    return {"empty_as": "ledger"}
