"""The working calendar year by year, and the rules of the colours; announcing a year."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.clocks import commands, queries, verbs
from luoshi.clocks.forms import AnnounceYear
from luoshi.clocks.queries import Announced, working_days
from luoshi.clocks.views.months import months_of
from luoshi.clocks.words import rule_in_words
from luoshi.clocks.years import arrangement_of
from luoshi.organisation.middleware import visitor_in
from luoshi.rules.arrangement import Arranged, in_words
from luoshi.rules.journal import ChangedMeanwhile
from luoshi.rules.refusals import Refusal

FIELD_OF = {"day_in_future": "announced", "day_too_early": "announced"}


@door(verbs.read_standards)
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the announced years, one of them day by day, and the rules."""
    visitor = visitor_in(request)
    assert visitor is not None  # noqa: S101 - the door let a reader in
    announced = queries.announced_visible_to(visitor)
    shown = _chosen(announced, request.GET.get("year", ""))
    actor: Actor | None = getattr(request, "actor", None)
    context = {
        "announced": announced,
        "shown": shown,
        "months": months_of(shown.year, shown.off, shown.make_up) if shown else (),
        "rules": [rule_in_words(rule) for rule in queries.rules_visible_to(visitor)],
        "may_announce": actor is not None and verbs.set_standards.who(actor, None),
        "next_year": announced[0].year + 1 if announced else timezone.localdate().year,
    }
    return render(request, "clocks/calendar.html", context)


def _chosen(announced: list[Announced], typed: str) -> Announced | None:
    """Return the announcement that the address names: by its number, or the one a year has now."""
    wanted = int(typed) if typed.isascii() and typed.isdecimal() else timezone.localdate().year
    in_force = [one for one in announced if not one.is_replaced]
    named = [one for one in announced if one.number == wanted]
    return next(iter([*(one for one in in_force if one.year == wanted), *named, *in_force]), None)


@door(verbs.set_standards)
def announce(request: HttpRequest) -> HttpResponse:
    """Read an announcement, show what it makes of the year, and enter it once confirmed."""
    actor = cast("Actor", request.actor)  # type: ignore[attr-defined]  # the door let a post in
    announced = queries.announced_visible_to(actor)
    known = _known(announced, request.GET.get("year", ""))
    form = AnnounceYear(
        request.POST if request.method == "POST" else None,
        known={**known, "expected": commands.last_of_calendar(actor.district)},
    )
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["confirmed"] and _entered(form, actor):
            messages.success(request, _("Recorded."))
            return redirect(reverse("calendar") + f"?year={form.cleaned_data['year']}")
        if form.is_valid():
            preview = _preview(form, announced)
            form.data = _with(form, confirmed="on")
    context = {"form": form, **preview}
    return render(request, "clocks/announce.html", context, status=422 if form.errors else 200)


def _known(announced: list[Announced], typed: str) -> dict[str, Any]:
    """Return what the form begins with: the year as it stands, or as the installed package has it.

    Without a year in the address it is the one after the last.
    """
    last = announced[0].year if announced else timezone.localdate().year - 1
    year = int(typed) if typed.isascii() and typed.isdecimal() else last + 1
    stands = next((one for one in announced if one.year == year and not one.is_replaced), None)
    if stands is not None:
        return {"year": year, "words": in_words(Arranged(stands.off, stands.make_up))}
    try:
        return {"year": year, "words": in_words(Arranged(*arrangement_of(year)))}
    except (NotImplementedError, ValueError):
        return {"year": year}


def _preview(form: AnnounceYear, announced: list[Announced]) -> dict[str, Any]:
    """Return the year as it would be, with the days that change where it was announced before."""
    year, arranged = form.cleaned_data["year"], form.arranged
    stands = next((one for one in announced if one.year == year and not one.is_replaced), None)
    before = working_days(year, stands.off, stands.make_up) if stands else None
    now = working_days(year, arranged.off, arranged.make_up)
    changed: list[date] = sorted(before ^ now) if before is not None else []
    return {
        "months": months_of(year, arranged.off, arranged.make_up, before=before),
        "arranged": arranged,
        "working": len(now),
        "replaces": stands,
        "changed": changed,
    }


def _entered(form: AnnounceYear, actor: Actor) -> bool:
    """Enter the year; a refusal goes to its field, and who was not up to date may send again."""
    said = form.cleaned_data
    try:
        commands.announce_year(
            year=said["year"],
            off=form.arranged.off,
            make_up=form.arranged.make_up,
            document=said["document"],
            on=said["announced"],
            expected=said["expected"],
            command_id=said["command_id"],
            by=actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        field = FIELD_OF.get(refusal.code)
        form.add_error(field, sentence_for(refusal))
        if isinstance(refusal, ChangedMeanwhile):
            form.data = _with(form, expected=str(refusal.facts["entry"]))
        return False
    return True


def _with(form: AnnounceYear, **values: str) -> QueryDict:
    data = cast("QueryDict", form.data).copy()
    for name, value in values.items():
        data[name] = value
    return data
