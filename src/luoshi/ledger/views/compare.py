"""The comparison of two looks at the ledger: any two days, each as known at any moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.wording import sentence_for
from luoshi.ledger import comparison as comparisons
from luoshi.ledger import verbs
from luoshi.ledger.board import goals_visible_to
from luoshi.ledger.comparison import Look
from luoshi.ledger.listing import BeyondHorizon, check_known_at
from luoshi.ledger.outcome import Comparison, Turned
from luoshi.ledger.views import turns
from luoshi.ledger.views.board.address import FILTERS
from luoshi.ledger.views.board.address import Asked as Address
from luoshi.ledger.views.board.chips import Chip
from luoshi.ledger.views.narrowing import Narrowing, narrowing, narrowing_context, pager
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.ledger.views.turns import Names, TurnLine
from luoshi.organisation.queries import names_of, posts_visible_to, units_visible_to
from luoshi.rules.days import parse_day
from luoshi.rules.ledger.comparison import Became
from luoshi.rules.refusals import Refusal

PAGE_SIZE = 50
MOST_PRINTED = 2_000
"""A printed comparison ends here, on about eighty sheets of paper."""
WEEK = timedelta(days=7)
HORIZONS = ("known_at", "against_known_at")


@dataclass(frozen=True, slots=True)
class Asked:
    """A comparison as asked for: both looks, the earlier first, filters, and what came out."""

    then: Look
    now: Look
    chosen: Narrowing
    found: Comparison
    became: Became | None

    @property
    def listed(self) -> list[Turned]:
        """Return what is shown of what was found."""
        return [turn for turn in self.found.turns if self.became in {None, turn.became}]


@door(verbs.read_ledger)
@for_readers
def compare(request: HttpRequest, shown: Shown) -> HttpResponseBase:
    """Show what became of every matter between two days."""
    chosen = narrowing(request, shown)
    if moments := _moments(request, shown):
        return redirect(f"{request.path}{chosen.asked.url(**moments)}")
    asked = asked_in(request, shown, chosen)
    return render(request, "ledger/compare.html", _context(request, shown, asked))


def asked_in(request: HttpRequest, shown: Shown, chosen: Narrowing) -> Asked:
    """Read and answer a comparison; what cannot be read is said, and the default taken."""
    now = Look(shown.day, shown.known_at, chosen.goals, chosen.units)
    then = _against(request, shown)
    if then.day > now.day:
        then, now = now, then
    found = comparisons.compare(shown.visitor, then=then, now=now, filters=chosen.filters)
    typed = request.GET.get("became", "")
    became = Became(typed) if typed in turns.BECAME else None
    return Asked(then, now, chosen, found, became)


def _against(request: HttpRequest, shown: Shown) -> Look:
    """Return the look compared with: what the address names, else the day a week before."""
    day, known_at = shown.day - WEEK, shown.known_at
    try:
        typed = request.GET.get("against", "").strip()
        day = parse_day(typed, year=shown.today.year) if typed else day
        if day > shown.around.horizon:
            day = shown.day - WEEK
            raise BeyondHorizon(horizon=shown.around.horizon)
        number = request.GET.get("against_known_at", "").strip()
        if number.isdecimal():
            check_known_at(shown.visitor, int(number))
            known_at = int(number)
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    goals = goals_visible_to(shown.visitor, day=day, known_at=known_at)
    units = units_visible_to(shown.visitor, day=day, known_at=known_at)
    return Look(day, known_at, goals, units)


def _moments(request: HttpRequest, shown: Shown) -> Mapping[str, object]:
    """Return the journal numbers of moments typed in place of numbers, to be put in their place."""
    found: dict[str, object] = {}
    for name in HORIZONS:
        typed = request.GET.get(name, "").strip()
        if not typed or typed.isdecimal():
            continue
        found[name] = None
        try:
            moment = _moment(typed, shown.today)
        except Refusal as refusal:
            messages.error(request, sentence_for(refusal))
        else:
            found[name] = comparisons.number_at(shown.visitor, moment)
    return found


def _moment(typed: str, today: date) -> datetime:
    """Read a day with or without a time of day; a day alone means its end. Raises Refusal."""
    words, _space, clock = typed.replace("T", " ").partition(" ")
    try:
        at = time.fromisoformat(clock) if clock else time.max
    except ValueError:
        at, words = time.max, typed
    day = parse_day(words, year=today.year)
    return timezone.make_aware(datetime.combine(day, at.replace(tzinfo=None)))


def _context(request: HttpRequest, shown: Shown, asked: Asked) -> dict[str, Any]:
    found, address = asked.found, asked.chosen.asked
    listed = asked.listed
    is_printed = request.GET.get("print") == "1"
    first = (address.number - 1) * PAGE_SIZE
    cut = listed[:MOST_PRINTED] if is_printed else listed[first : first + PAGE_SIZE]
    return {
        **_narrowed(shown, asked),
        "then": asked.then,
        "now": asked.now,
        "balance": found.balance,
        "counts": turns.counted(found.counts, lambda one: _chosen(address, one, asked.became)),
        "became": asked.became.value if asked.became else "",
        "all_url": address.url(became=None),
        "total": len(found.turns),
        "rows": lines(shown, asked, cut),
        "listed": len(listed),
        "is_printed": is_printed,
        "pager": pager(address, len(listed), PAGE_SIZE),
        "presets": _presets(address, shown.day),
        "print_url": address.url(print=1),
        "sheet_url": address.url(),
        "kept_filters": address.kept("became", *FILTERS),
    }


def _narrowed(shown: Shown, asked: Asked) -> dict[str, Any]:
    """Return the filters as chips, what became of the matters among them, and the way without."""
    address = asked.chosen.asked
    found = narrowing_context(shown, asked.chosen)
    if asked.became is not None:
        name = str(turns.BECAME[asked.became])
        found["filters"].insert(0, Chip(name, address.url(became=None)))
        found["clear_url"] = address.url(**dict.fromkeys((*FILTERS, "became")))
    return found


def _chosen(address: Address, one: Became, now: Became | None) -> str:
    return address.url(became=None if one == now else one.value)


def lines(shown: Shown, asked: Asked, listed: list[Turned]) -> list[TurnLine]:
    """Return turns in words, each side with the names of its own day."""
    told = comparisons.in_full(listed, then=asked.then, now=asked.now)
    then, now = _names(shown, asked.then), _names(shown, asked.now)
    return [turns.turn_line(turn, then, now) for turn in told]


def _names(shown: Shown, look: Look) -> Names:
    posts = posts_visible_to(shown.visitor, day=look.day, known_at=look.known_at)
    goals = {goal.id: goal.name for goal in look.goals}
    return Names(goals | dict(names_of(look.units)) | dict(names_of(posts)))


def _presets(address: Address, day: date) -> list[dict[str, str]]:
    """Return the usual days to compare with: a week, a month, the end of last year."""
    month = day.replace(day=1) - timedelta(days=1)
    days = (
        (_("a week before"), day - WEEK),
        (_("the last month end"), month),
        (_("the end of last year"), date(day.year - 1, 12, 31)),
    )
    return [
        {"label": label, "url": address.url(against=one.isoformat(), against_known_at=None)}
        for label, one in days
    ]
