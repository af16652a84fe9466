"""What stands around every page: the district, the day, the rail, who acts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.organisation import queries


@dataclass(frozen=True, slots=True)
class Acting:
    """The post that acts, in words."""

    post_name: str
    unit_name: str
    key: str = ""
    others: tuple[tuple[str, str], ...] = ()


RAIL = (
    ("board", _("Board"), "layout-dashboard"),
    ("gaps", _("Gap list"), "list-check"),
    ("organisation", _("Organisation"), "building"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context.

    Views that show another day set ``request.shown_day`` and ``request.known_at``.
    """
    today = timezone.localdate()
    day: date = getattr(request, "shown_day", today)
    known_at = getattr(request, "known_at", None)
    name = getattr(request.resolver_match, "url_name", "") if request.resolver_match else ""
    keep = [(k, v) for k in request.GET for v in request.GET.getlist(k) if k not in {"on", "page"}]
    again = request.GET.copy()
    again["on"] = today.isoformat()
    return {
        "district": _district(request),
        "day": day,
        "today": today,
        "is_travelling": day != today or known_at is not None,
        "known_at": known_at,
        "today_url": f"{request.path}?{again.urlencode()}",
        "day_params": keep,
        "actor": _acting(request),
        "rail": [(label, reverse(to), icon, to == name) for to, label, icon in RAIL],
        "is_demo": settings.IS_DEMO,
        "sent_form": _sent_form(request),
    }


def _sent_form(request: HttpRequest) -> str:
    """Return, once, which form arrived: its draft in the browser has done its service."""
    session = getattr(request, "session", None)
    return session.pop("sent_form", "") if session is not None and "sent_form" in session else ""


def _district(request: HttpRequest) -> str:
    actor = getattr(request, "actor", None)
    district = queries.district_named(actor.district) if actor else queries.the_district()
    return district.name if district else ""


def _acting(request: HttpRequest) -> Acting | None:
    actor = getattr(request, "actor", None)
    if actor is None:
        return None
    held = queries.posts_of(request.user, day=timezone.localdate())  # type: ignore[arg-type]
    mine = next((post for post in held if post.id == actor.post), None)
    unit = queries.unit_name(actor.unit, day=timezone.localdate())
    others = tuple((str(post.id), post.name) for post in held if post.id != actor.post)
    return Acting(mine.name if mine else "", unit, str(actor.post), others)
