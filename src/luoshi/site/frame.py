"""What stands around every page: the district, the day, the rail, who acts."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from luoshi.ledger.verbs import read_ledger, read_silence
from luoshi.notices.queries import unread_count
from luoshi.organisation import queries
from luoshi.organisation.middleware import district_of, posts_held
from luoshi.site.navigation import Ways, ways

if TYPE_CHECKING:
    from luoshi.organisation.models import District


@dataclass(frozen=True, slots=True)
class Acting:
    """The post that acts, in words."""

    post_name: str
    unit_name: str
    key: str = ""
    others: tuple[tuple[str, str], ...] = ()
    unread: int = 0
    unit: str = ""


UNREAD = "unread_items"
"""The attribute of a request that keeps how many items are unread."""
THEMES = ("light", "dark", "wall", "elder")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context.

    Views that show another day set ``request.shown_day`` and ``request.known_at``.
    """
    today = timezone.localdate()
    day: date = getattr(request, "shown_day", today)
    known_at = getattr(request, "known_at", None)
    keep = [(k, v) for k in request.GET for v in request.GET.getlist(k) if k not in {"on", "page"}]
    again = request.GET.copy()
    again["on"] = today.isoformat()
    district = district_of(request)
    acting = _acting(request)
    is_travelling = day != today or known_at is not None
    leading = ways(request, keep=_travelled(request, is_travelling=is_travelling))
    return {
        "district": district.name if district else "",
        "seed": district.seed if district else None,
        "other_districts": _others(district),
        "day": day,
        "today": today,
        "is_travelling": is_travelling,
        "known_at": known_at,
        "today_url": f"{request.path}?{again.urlencode()}",
        "day_params": keep,
        "may_read_ledger": read_ledger.opens_to(getattr(request, "actor", None)),
        "may_read_silence": read_silence.opens_to(getattr(request, "actor", None)),
        "actor": acting,
        "inbox_url": reverse("inbox") if acting else "",
        "inbox_count": acting.unread if acting else 0,
        "ways": leading,
        "rail": _rail(leading, get_language()),
        "styles": _styles(),
        "is_demo": settings.IS_DEMO,
        "theme": _theme(request),
        "sent_form": _sent_form(request),
    }


def _travelled(request: HttpRequest, *, is_travelling: bool) -> str:
    """Return the query by which another page shows the same day."""
    kept = {name: request.GET[name] for name in ("on", "known_at") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if is_travelling and kept else ""


@lru_cache(maxsize=512)
def _rail(leading: Ways, _language: str | None) -> SafeString:
    """Return the rail, drawn once for each place from which it is seen."""
    return render_to_string("site/parts/rail.html", {"ways": leading})


@cache
def _styles() -> SafeString:
    """Return the links of the style sheets, which are those of every page."""
    return render_to_string("site/parts/styles.html")


def _theme(request: HttpRequest) -> str:
    """Return the set of tokens that the address asks for: a wall screen is opened by its own."""
    asked = request.GET.get("theme", "")
    return asked if asked in THEMES else THEMES[0]


def _sent_form(request: HttpRequest) -> str:
    """Return, once, which form arrived: its draft in the browser has done its service."""
    session = getattr(request, "session", None)
    return session.pop("sent_form", "") if session is not None and "sent_form" in session else ""


def _others(district: "District | None") -> list[tuple[str, str]]:
    """Return the districts of a demo that can be looked at instead, by id and name."""
    if not settings.IS_DEMO or district is None:
        return []
    return [(str(one.pk), one.name) for one in queries.districts() if one.pk != district.pk]


def _acting(request: HttpRequest) -> Acting | None:
    actor = getattr(request, "actor", None)
    if actor is None:
        return None
    held = posts_held(request)
    mine = next((post for post in held if post.id == actor.post), None)
    units = queries.names_of(queries.units_visible_to(actor, day=timezone.localdate()))
    others = tuple((str(post.id), post.name) for post in held if post.id != actor.post)
    unit, name = units.get(actor.unit, ""), mine.name if mine else ""
    own = str(actor.unit or "")
    return Acting(name, unit, str(actor.post), others, _unread(request), own)


def _unread(request: HttpRequest) -> int:
    """Return how many items of the acting person's inbox are unread. They are counted once."""
    if not hasattr(request, UNREAD):
        held = [post.id for post in posts_held(request)]
        setattr(request, UNREAD, unread_count(request.actor, held))  # type: ignore[attr-defined]
    return cast("int", getattr(request, UNREAD))


def stamp(request: HttpRequest) -> Hashable:
    """Return what the frame shows a post beside the journal and the address.

    A page drawn before is the same page while this is the same (``base.answers``): whatever is
    added to the frame from elsewhere belongs here too.
    """
    held = tuple(posts_held(request))
    return timezone.localdate(), _unread(request), held, settings.IS_DEMO, settings.OPENING_DAY
