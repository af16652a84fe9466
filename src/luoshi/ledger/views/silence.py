"""What is vacant or silent: posts nobody holds, holders never seen, matters nobody moves."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from luoshi.base.doors import door
from luoshi.ledger import silence as queries
from luoshi.ledger import verbs
from luoshi.ledger.silence import QuietMatter, QuietPost, Silence, Silent
from luoshi.ledger.views.board.address import asked_in
from luoshi.ledger.views.narrowing import pager
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.organisation.queries import names_of, people_named

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE_SIZE = 50
WHY: Mapping[Silent, "StrOrPromise"] = {
    Silent.VACANT: gettext_lazy("Nobody holds the post that answers"),
    Silent.NEVER: gettext_lazy("The post that answers never recorded anything"),
    Silent.ENDED: gettext_lazy("The lead unit has ended"),
}


@door(verbs.read_silence)
@for_readers
def silence(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show what is vacant or silent on a day, the longest first."""
    asked = asked_in(request.GET)
    why = next((one for one in Silent if one.value == request.GET.get("why")), None)
    found = queries.silence(
        shown.visitor,
        day=shown.day,
        known_at=shown.known_at,
        is_now=shown.day == shown.today and shown.known_at is None,
        why=why,
        start=(asked.number - 1) * PAGE_SIZE,
        size=PAGE_SIZE,
    )
    units = names_of(found.units)
    posts = {post.id: post for post in found.posts}
    kept = asked.kept_query
    context = {
        "vacant": [_quiet(one, units, shown, {}) for one in found.vacant],
        "unseen": _unseen(found, units, shown),
        "causes": [_cause(one, found, why, kept) for one in Silent],
        "rows": [_matter(one, units, posts, shown) for one in found.rows],
        "total": found.total,
        "pager": pager(asked, found.total, PAGE_SIZE),
        "kept_query": kept,
        "shown": shown,
    }
    return render(request, "ledger/silence.html", context)


def _unseen(found: Silence, units: Mapping[UUID, str], shown: Shown) -> list[dict[str, Any]] | None:
    if found.unseen is None:
        return None
    people = people_named(shown.visitor, (one.post.holder for one in found.unseen))
    names = {person: known.name for person, known in people.items()}
    return [_quiet(one, units, shown, names) for one in found.unseen]


def _quiet(
    one: QuietPost, units: Mapping[UUID, str], shown: Shown, people: Mapping[UUID, str]
) -> dict[str, Any]:
    post = one.post
    return {
        "id": post.id,
        "name": post.name,
        "unit": units.get(post.unit, "") if post.unit else "",
        "who": people.get(post.holder, "") if post.holder else "",
        "since": one.since,
        "days": (shown.day - one.since).days,
        "matters": one.matters,
    }


def _cause(one: Silent, found: Silence, why: Silent | None, kept: str) -> dict[str, Any]:
    is_current = one is why
    joined = f"{kept}&" if kept else "?"
    url = kept or "?" if is_current else f"{joined}why={one.value}"
    return {"name": WHY[one], "count": found.counts[one], "url": url, "is_current": is_current}


def _matter(
    one: QuietMatter, units: Mapping[UUID, str], posts: Mapping[UUID, Any], shown: Shown
) -> dict[str, Any]:
    spell = one.spell
    post = posts.get(spell.responsible_post) if spell.responsible_post else None
    return {
        "id": spell.thread,
        "code": spell.code,
        "title": spell.title,
        "unit": units.get(spell.lead_unit, "") if spell.lead_unit else "",
        "post": post.name if post else "",
        "post_id": post.id if post else None,
        "why": _told(one.why),
        "since": one.since,
        "days": (shown.day - one.since).days,
    }


def _told(why: Iterable[Silent]) -> "list[StrOrPromise]":
    return [WHY[one] for one in why]
