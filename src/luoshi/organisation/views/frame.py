"""What the pages of the organisation share: the day, who writes, what a form offers."""

from datetime import date
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.organisation import queries
from luoshi.organisation.forms import Options
from luoshi.organisation.middleware import visitor_in
from luoshi.organisation.queries import Visitor
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import Refusal

FIELD_OF = {
    "name_missing": "name",
    "territory_too_long": "territory",
    "below_itself": "parent",
    "unit_unknown": "parent",
    "successor_needed": "successors",
    "successor_not_in_force": "successors",
    "successor_itself": "successors",
    "too_few_units": "others",
    "days_turned": "last",
    "begins_before_its_entry": "first",
    "given_already": "first",
    "own_delegate": "person",
    "lent_to_itself": "unit",
    "nothing_to_recall": "key",
    "same_post_twice": "reviewers",
    "paper_needs_head": "head",
    "post_not_of_unit": "reviewers",
    "administrators_mixed": "person",
    "administrator_in_the_ledger": "person",
    "person_unnamed": "name",
    "person_erased": "name",
    "phone_unclear": "phone",
    "mail_unclear": "mail",
    "personal_data": "name",
    "day_in_future": "on",
    "day_too_early": "on",
    "not_founded": "on",
    "already_ended": "on",
}
"""Where a refusal stands on a form."""
SECOND_FIELD = {
    "days_turned": "until",
    "administrators_mixed": "roles",
    "administrator_in_the_ledger": "roles",
    "too_few_units": "names",
    "successor_not_in_force": "into",
    "unit_unknown": "unit",
    "person_unnamed": "label",
    "day_in_future": "first",
    "day_too_early": "first",
    "not_founded": "first",
    "already_ended": "first",
}


def refuse(form: Form, refusal: Refusal) -> None:
    """Put a refusal at its field, above the form where it has none."""
    code = refusal.code
    places = (FIELD_OF.get(code, ""), SECOND_FIELD.get(code, ""))
    field = next((name for name in places if name in form.fields), None)
    form.add_error(field, sentence_for(refusal))


def reader(request: HttpRequest) -> Visitor:
    """Return who reads: the door let in a post, in a demo anybody."""
    visitor = visitor_in(request)
    assert visitor is not None  # noqa: S101 - the door let a reader in
    return visitor


def writer(request: HttpRequest) -> Actor:
    """Return the post that writes: the door let only one in. It acts today."""
    actor = cast("Actor | None", getattr(request, "actor", None))
    assert actor is not None  # noqa: S101 - the door let only a post in
    request.shown_day = timezone.localdate()  # type: ignore[attr-defined]
    return actor


def day_of(request: HttpRequest) -> date:
    """Return the day that the address asks for; what is no day is said, and today shown."""
    today = timezone.localdate()
    day: date = settings.OPENING_DAY or today
    try:
        typed = request.GET.get("on", "").strip()
        day = parse_day(typed, year=today.year) if typed else day
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    request.shown_day = day  # type: ignore[attr-defined]
    return day


def kept_day(request: HttpRequest, day: date) -> str:
    """Return what links keep of the address: the day, where one was asked for."""
    return f"?on={day.isoformat()}" if request.GET.get("on") else ""


def options(visitor: Visitor, *, day: date, besides: UUID | None = None) -> Options:
    """Return what forms offer of a day; ``besides`` is the unit or post it is about."""
    units = queries.units_visible_to(visitor, day=day)
    names = queries.names_of(units)
    posts = queries.posts_visible_to(visitor, day=day)
    return Options(
        units=[(str(u.id), "　" * u.depth + u.name) for u in units if u.id != besides],
        posts=[
            (str(post.id), f"{names.get(post.unit, '') if post.unit else ''} {post.name}".strip())
            for post in posts
            if post.id != besides
        ],
        people=[
            (str(one.id), f"{one.name} {one.phone}".strip())
            for one in queries.people_visible_to(visitor)
        ],
    )


def page_of_unit(unit: UUID) -> str:
    """Return the address of a unit's page."""
    return reverse("organisation_unit", args=[unit])


def page_of_post(post: UUID) -> str:
    """Return the address of a post's page."""
    return reverse("organisation_post", args=[post])
