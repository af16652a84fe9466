"""What stands around every page: the district, the day, the rail, who acts."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.base.doors import verb_of
from luoshi.ledger.verbs import read_ledger
from luoshi.notices.queries import unread_count
from luoshi.organisation import queries
from luoshi.organisation.middleware import district_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from luoshi.organisation.models import District


@dataclass(frozen=True, slots=True)
class Acting:
    """The post that acts, in words."""

    post_name: str
    unit_name: str
    key: str = ""
    others: tuple[tuple[str, str], ...] = ()
    unread: int = 0


RAIL = (
    ("board", _("Board"), "layout-dashboard"),
    ("compare", _("Compare two days"), "history"),
    ("figures", _("Charts"), "chart-bar"),
    ("goals", _("Goals"), "award"),
    ("gaps", _("Gap list"), "list-check"),
    ("imports", _("Import"), "file-text"),
    ("reports", _("Reports"), "file-text"),
    ("rollups", _("Published counts"), "file-text"),
    ("burden", _("Burden"), "gauge"),
    ("receipts", _("Receipts"), "inbox"),
    ("subscriptions", _("Subscriptions"), "file-text"),
    ("organisation", _("Organisation"), "building"),
    ("audit", _("Audit list"), "history"),
    ("rights", _("Rights"), "list-check"),
    ("invitations", _("Invitations"), "user"),
    ("accounts", _("Accounts"), "users"),
    ("administrators", _("Administrators"), "award"),
    ("signing_rules", _("Sign-in rules"), "lock"),
)
THEMES = ("light", "dark", "wall", "elder")


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
    district = district_of(request)
    acting = _acting(request)
    return {
        "district": district.name if district else "",
        "seed": district.seed if district else None,
        "other_districts": _others(district),
        "day": day,
        "today": today,
        "is_travelling": day != today or known_at is not None,
        "known_at": known_at,
        "today_url": f"{request.path}?{again.urlencode()}",
        "day_params": keep,
        "may_read_ledger": read_ledger.opens_to(getattr(request, "actor", None)),
        "actor": acting,
        "inbox_url": reverse("inbox") if acting else "",
        "inbox_count": acting.unread if acting else 0,
        "rail": [(label, reverse(to), icon, to == name) for to, label, icon in _rail(request)],
        "is_demo": settings.IS_DEMO,
        "theme": _theme(request),
        "sent_form": _sent_form(request),
    }


def _theme(request: HttpRequest) -> str:
    """Return the set of tokens that the address asks for: a wall screen is opened by its own."""
    asked = request.GET.get("theme", "")
    return asked if asked in THEMES else THEMES[0]


def _rail(request: HttpRequest) -> list[tuple[str, "StrOrPromise", str]]:
    """Return the parts whose doors open to the reader."""
    actor = getattr(request, "actor", None)
    doors = [(part, verb_of(resolve(reverse(part[0])).func)) for part in RAIL]
    return [part for part, verb in doors if verb is not None and verb.opens_to(actor)]


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
    held = queries.posts_of(request.user, day=timezone.localdate())  # type: ignore[arg-type]
    mine = next((post for post in held if post.id == actor.post), None)
    unit = queries.unit_name(actor.unit, day=timezone.localdate())
    others = tuple((str(post.id), post.name) for post in held if post.id != actor.post)
    unread = unread_count(actor, [post.id for post in held])
    return Acting(mine.name if mine else "", unit, str(actor.post), others, unread)
