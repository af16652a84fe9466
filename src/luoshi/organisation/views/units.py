"""The tree of units on any day, with its posts and who answers for them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from luoshi.base.doors import door
from luoshi.organisation import queries, verbs
from luoshi.organisation.queries import PostOn, UnitOn, Visitor
from luoshi.organisation.views.frame import day_of, kept_day, reader
from luoshi.organisation.views.posts_shown import post_lines
from luoshi.organisation.words import kind_in_text

ONLY = ("vacant", "ended")


@door(verbs.read_organisation)
def organisation(request: HttpRequest) -> HttpResponse:
    """Show the units and posts of a day in their official order, narrowed as the address asks."""
    visitor, day = reader(request), day_of(request)
    units = queries.units_visible_to(visitor, day=day)
    posts = queries.posts_visible_to(visitor, day=day)
    gone = queries.units_gone_by(visitor, day=timezone.localdate())
    by_unit: dict[UUID | None, list[PostOn]] = {}
    for post in posts:
        by_unit.setdefault(post.unit, []).append(post)
    only, kind = request.GET.get("only", ""), request.GET.get("kind", "")
    shown = [one for one in units if _is_asked(one, by_unit.get(one.id, []), only, kind, gone)]
    context = {
        "rows": _rows(visitor, shown, by_unit, gone, units, is_whole=not (kind or only)),
        "day": day,
        "kinds": _kinds(units, kind),
        "kind": kind,
        "only": only,
        "counts": {
            "units": len(units),
            "posts": len(posts),
            "vacant": sum(post.holder is None for post in posts),
            "ended": sum(unit.id in gone for unit in units),
        },
        "ended_rows": _ended(visitor, units, gone, day) if only == "ended" else [],
        "kept_day": kept_day(request, day),
        "may_order": _may_order(request),
    }
    return render(request, "organisation/units.html", context)


def _may_order(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and verbs.order_organisation.who(actor, None)


def _is_asked(
    unit: UnitOn, posts: Sequence[PostOn], only: str, kind: str, gone: Mapping[UUID, date]
) -> bool:
    if kind and unit.kind != kind:
        return False
    if only == "vacant":
        return any(post.holder is None for post in posts)
    return only != "ended" or unit.id in gone


def _rows(
    visitor: Visitor,
    shown: Sequence[UnitOn],
    by_unit: Mapping[UUID | None, list[PostOn]],
    gone: Mapping[UUID, date],
    units: Sequence[UnitOn],
    *,
    is_whole: bool,
) -> list[dict[str, Any]]:
    """Return the rows of the tree; narrowed, every unit stands at the edge."""
    posts = [post for unit in shown for post in by_unit.get(unit.id, [])]
    people = queries.people_named(
        visitor, [person for post in posts for person in (post.holder, post.delegate)]
    )
    names = queries.names_of(units)
    return [
        {
            "unit": unit,
            "depth": min(unit.depth, 4) if is_whole else 0,
            "kind": kind_in_text(unit.kind),
            "posts": post_lines(by_unit.get(unit.id, []), people, names, seen_from=unit.id),
            "ended_on": gone.get(unit.id),
        }
        for unit in shown
    ]


def _kinds(units: Sequence[UnitOn], kind: str) -> list[dict[str, Any]]:
    """Return the kinds of the day with how many there are of each, the commonest first."""
    counts = Counter(unit.kind for unit in units)
    return [
        {"kind": one, "name": kind_in_text(one), "count": count, "is_current": one == kind}
        for one, count in counts.most_common()
    ]


def _ended(
    visitor: Visitor, units: Sequence[UnitOn], gone: Mapping[UUID, date], day: date
) -> list[dict[str, Any]]:
    """Return the units that ended before the day, the latest first, as they were last."""
    there = {unit.id for unit in units}
    before = {one: on for one, on in gone.items() if one not in there and on <= day}
    last = queries.last_of(visitor, before)
    rows = [
        {"unit": last[one], "kind": kind_in_text(last[one].kind), "ended_on": on}
        for one, on in before.items()
        if one in last
    ]
    return sorted(rows, key=lambda row: (row["ended_on"], row["unit"].name), reverse=True)
