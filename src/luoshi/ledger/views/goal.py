"""The page of a goal: what stands on it, what became of it; and the tree of goals."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.ledger import board as boards
from luoshi.ledger import overview, verbs, words
from luoshi.ledger.board import GoalOn
from luoshi.ledger.overview import GoalSheet
from luoshi.ledger.views.board.address import Asked, asked_in
from luoshi.ledger.views.narrowing import pager
from luoshi.ledger.views.rows import counts_of, eras_of, rows_of, shares_of, sums_of
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.organisation.queries import names_of, units_visible_to
from luoshi.rules.refusals import NotFound

PAGE_SIZE = 50


@door(verbs.read_ledger)
@for_readers
def goals(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show the tree of goals of a day with the colours of what stands on each."""
    kept = asked_in(request.GET).kept_query
    tree = boards.goals_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at)
    tallies = boards.tally_by_goal(
        shown.visitor, day=shown.day, known_at=shown.known_at, goals=tree
    )
    rows = [_branch(goal, tallies.get(goal.id, {}), kept) for goal in tree]
    return render(request, "ledger/goals.html", {"rows": rows, "shown": shown})


def _branch(goal: GoalOn, colours: dict[str, int], kept: str) -> dict[str, Any]:
    return {
        "name": goal.name,
        "kind": words.GOAL_KINDS.get(goal.kind, goal.kind),
        "depth": min(goal.depth, 4),
        "url": reverse("goal", args=[goal.id]) + kept,
        "total": sum(colours.values()),
        "red": colours.get("red", 0),
        "yellow": colours.get("yellow", 0),
        "unreported": colours.get("unreported", 0),
        "parts": shares_of(colours),
    }


@door(verbs.read_ledger)
@for_readers
def goal(request: HttpRequest, shown: Shown, goal_id: UUID) -> HttpResponse:
    """Show a goal on a day: counts, sums, goals below, matters, and how it was called."""
    asked = asked_in(request.GET)
    day, known_at = shown.day, shown.known_at
    cut = ((asked.number - 1) * PAGE_SIZE, PAGE_SIZE)
    try:
        found = overview.goal_sheet(shown.visitor, goal_id, day=day, known_at=known_at, cut=cut)
    except NotFound:
        return render(request, "404.html", status=404)
    tallies = boards.tally_by_goal(shown.visitor, day=day, known_at=known_at, goals=found.goals)
    units = names_of(units_visible_to(shown.visitor, day=day, known_at=known_at))
    names = {one.id: one.name for one in found.goals}
    context = {
        **_head(found, asked),
        "below": [_branch(one, tallies.get(one.id, {}), asked.kept_query) for one in found.below],
        "counts": counts_of(found.counts, _listed(goal_id, asked)),
        "ended": found.counts,
        "sums": sums_of(found.sums),
        "rows": rows_of(found.page.rows, units, day=day),
        "pager": pager(asked, found.page.total, PAGE_SIZE),
        "eras": eras_of(found.eras, names),
        "listed_url": _listed(goal_id, asked),
        "compare_url": reverse("compare") + _with(asked.kept_query, f"goal={goal_id}"),
        "figures_url": reverse("figures") + _with(asked.kept_query, f"goal={goal_id}"),
        "kept_query": asked.kept_query,
        "shown": shown,
    }
    return render(request, "ledger/goal.html", context)


def _head(found: GoalSheet, asked: Asked) -> dict[str, Any]:
    """Return name, kind and place of a goal; its last name where it is not in force."""
    kind = found.goal.kind if found.goal else ""
    above = [(one.name, reverse("goal", args=[one.id]) + asked.kept_query) for one in found.above]
    return {
        "name": found.goal.name if found.goal else found.eras[-1].name,
        "kind": words.GOAL_KINDS.get(kind, kind),
        "is_there": found.goal is not None,
        "crumbs": [(_("Goals"), reverse("goals") + asked.kept_query), *above],
    }


def _listed(goal_id: UUID, asked: Asked) -> str:
    return reverse("board") + _with(asked.kept_query, f"goal={goal_id}")


def _with(kept: str, pair: str) -> str:
    return f"{kept}&{pair}" if kept else f"?{pair}"
