"""Put the acting post beside the signed-in account: rights hang on the post, not the person."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from luoshi.base.journal import Actor
from luoshi.organisation import queries
from luoshi.organisation.queries import DistrictVisitor, PostOn, Visitor

if TYPE_CHECKING:
    from luoshi.organisation.models import District

Answer = Callable[[HttpRequest], HttpResponse]
POST_KEY = "acting_post"
DISTRICT_KEY = "district"
"""Where a session of a demo remembers which of its districts is looked at."""
KEPT = "district_read"
"""The attribute of a request that keeps the district it reads."""
HELD = "posts_held"
"""The attribute of a request that keeps the posts for which its person acts today."""


def acting_post(get_response: Answer) -> Answer:
    """Give every request its ``actor``: the chosen post of the account, or None for a visitor.

    Whoever comes by a token has one already.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if hasattr(request, "actor"):
            return get_response(request)
        actor = None
        if request.user.is_authenticated:
            chosen = request.session.get(POST_KEY)
            actor = queries.actor_among(
                request.user, chosen and UUID(chosen), held=posts_held(request)
            )
        request.actor = actor  # type: ignore[attr-defined]  # ours: Django's stubs do not know it
        return get_response(request)

    return answer


def posts_held(request: HttpRequest) -> list[PostOn]:
    """Return the posts for which the signed-in person acts today. They are looked up once."""
    if not hasattr(request, HELD):
        found = queries.posts_of(request.user, day=timezone.localdate())  # type: ignore[arg-type]
        setattr(request, HELD, found)
    return cast("list[PostOn]", getattr(request, HELD))


def district_of(request: HttpRequest) -> "District | None":
    """Return the district whose ledger is read: that of the acting post.

    Where nobody signed in, it is the one chosen in a demo, else the first. It is looked up once.
    """
    if not hasattr(request, KEPT):
        setattr(request, KEPT, _district_of(request))
    return cast("District | None", getattr(request, KEPT))


def _district_of(request: HttpRequest) -> "District | None":
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None:
        return queries.district_named(actor.district)
    session = getattr(request, "session", None)
    chosen = session.get(DISTRICT_KEY) if settings.IS_DEMO and session is not None else None
    return (queries.district_named(UUID(chosen)) if chosen else None) or queries.the_district()


def visitor_in(request: HttpRequest) -> Visitor | None:
    """Return who reads: the acting post, in a demo anybody; None for those who must sign in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None or not settings.IS_DEMO:
        return actor
    district = district_of(request)
    return DistrictVisitor(district.pk) if district else None
