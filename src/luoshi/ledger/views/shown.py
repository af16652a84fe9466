"""Who reads, and which day is shown.

Both stand in the address, so a page can be sent to a colleague as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.clocks.surroundings import Surroundings, surroundings
from luoshi.ledger.listing import BeyondHorizon, check_known_at
from luoshi.organisation.middleware import district_of, visitor_in
from luoshi.organisation.queries import Visitor
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import Refusal

SENT_FORM = "sent_form"
"""Where a session remembers the form that arrived last, so that its draft is forgotten."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The day and the state of knowledge that a page shows, and what colours are judged with."""

    visitor: Visitor
    actor: Actor | None
    today: date
    day: date
    known_at: int | None
    around: Surroundings
    seed: int | None = None
    """Of a simulated district: all that is shown is drawn from it."""

    def titled(self, title: str) -> str:
        """Return the title of a file or print, which says so where nothing in it happened."""
        return title if self.seed is None else _("SIMULATED – %(title)s") % {"title": title}

    @property
    def caveats(self) -> list[str]:
        """Return what must stand above any table that leaves the page."""
        if self.seed is None:
            return []
        told = _("Simulated data: nothing here happened, all of it is drawn from seed %(seed)s.")
        return [told % {"seed": self.seed}]


View = Callable[..., HttpResponseBase]


def for_readers(view: View) -> View:
    """Give a view of whoever may read what is shown; its door let in a post, in a demo anybody."""

    @wraps(view)
    def let_in(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        actor = cast("Actor | None", getattr(request, "actor", None))
        visitor = visitor_in(request)
        assert visitor is not None  # noqa: S101 - the door let a reader in
        return view(request, shown_in(request, visitor, actor), *arguments, **named)

    return let_in


def for_posts(view: View) -> View:
    """Give a view of a signed-in post what is shown today."""

    @wraps(view)
    def let_in(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        actor = cast("Actor | None", getattr(request, "actor", None))
        assert actor is not None  # noqa: S101 - the door let only a post in
        shown = shown_in(request, actor, actor)
        request.shown_day = shown.today  # type: ignore[attr-defined]  # a verb acts today
        return view(request, shown, *arguments, **named)

    return let_in


def shown_in(request: HttpRequest, visitor: Visitor, actor: Actor | None) -> Shown:
    """Read ``on`` and ``known_at`` from the address.

    What cannot be shown is said, and the opening day shown instead.
    """
    today = timezone.localdate()
    opening: date = settings.OPENING_DAY or today
    day, known_at = opening, None
    around = surroundings(visitor.district, None)
    try:
        known_at = _known_at(request, visitor)
        day = _day(request, opening, today, around)
        if known_at is not None:
            around = surroundings(visitor.district, known_at)
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    request.shown_day, request.known_at = day, known_at  # type: ignore[attr-defined]
    district = district_of(request)
    seed = district.seed if district else None
    return Shown(visitor, actor, today, day, known_at, around, seed)


def _day(request: HttpRequest, opening: date, today: date, around: Surroundings) -> date:
    typed = request.GET.get("on", "").strip()
    day = parse_day(typed, year=today.year) if typed else opening
    if day > around.horizon:
        raise BeyondHorizon(horizon=around.horizon)
    return day


def _known_at(request: HttpRequest, visitor: Visitor) -> int | None:
    typed = request.GET.get("known_at", "").strip()
    if not typed.isdecimal():
        return None
    known_at = int(typed)
    check_known_at(visitor, known_at)
    return known_at


def uuid_or_none(text: str | None) -> UUID | None:
    """Return the id that an address names, None where it names none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
