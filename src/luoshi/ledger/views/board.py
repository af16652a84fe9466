"""The board's page: counts, chips, the table of matters, the gap list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from luoshi.base.wording import amount_in_text
from luoshi.ledger import board as boards
from luoshi.ledger import verbs, words
from luoshi.ledger.board import BoardRow, Filters, GoalOn, percent_of
from luoshi.ledger.listing import improvements, reasons
from luoshi.ledger.views.shown import Shown, for_readers, uuid_or_none
from luoshi.organisation.queries import UnitOn, names_of, units_visible_to
from luoshi.rules.ledger.state import MatterState

if TYPE_CHECKING:  # a door only names the type: it reads by queries
    from luoshi.ledger.models import MatterSpell

PAGE_SIZE = 50
PAGE = "ledger/board.html"
GRADED = ("red", "yellow", "blue", "green", "unreported")
WHOLE, NOTHING, TENTH = Decimal(100), Decimal(0), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: its words, and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One matter as the table shows it, in words; ``done`` and ``plan`` are percents of the bar."""

    id: UUID
    code: str
    title: str
    unit: str
    target: str
    achieved: str
    submitted: str
    percent: str
    done: Decimal
    plan: Decimal | None
    due: str
    is_late: bool
    colour: str
    marks: tuple[str, ...]
    reasons: tuple[str, ...]
    improvements: tuple[str, ...]


def filters_in(query: QueryDict, *, missing: str = "") -> Filters:
    """Read the filters of an address; what it names wrongly is no filter."""
    colours = tuple(colour for colour in query.getlist("colour") if colour in words.COLOURS)
    kind = query.get("kind", "")
    return Filters(
        colours=colours,
        goal=uuid_or_none(query.get("goal")),
        unit=uuid_or_none(query.get("unit")),
        kind=kind if kind in dict(words.KINDS) else "",
        missing=missing
        or (query.get("missing", "") if query.get("missing", "") in words.FIXES else ""),
        text=query.get("q", "").strip()[:100],
        with_closed=query.get("closed") == "1",
    )


@for_readers
def board(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show the matters of a day, most urgent first."""
    filters = filters_in(request.GET)
    goals = boards.goals_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at)
    units = units_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at)
    sort = request.GET.get("sort", "urgency")
    number = _page_number(request.GET)
    found = boards.board(
        shown.visitor,
        day=shown.day,
        known_at=shown.known_at,
        filters=filters,
        goals=goals,
        around=shown.around,
        sort=sort,
        start=(number - 1) * PAGE_SIZE,
        size=PAGE_SIZE,
    )
    tallies = boards.tally_by_goal(
        shown.visitor, day=shown.day, known_at=shown.known_at, goals=goals
    )
    context = {
        "rows": [line_of(row, shown, units) for row in found.rows],
        "shown_total": found.total,
        "total": sum(found.colours.values()),
        "counts": _colour_counts(request.GET, found.colours),
        "goals": _goal_counts(request.GET, goals, tallies),
        "filters": _chips(request.GET, filters, goals, units),
        "sorts": _heads(request.GET, sort),
        "units": units,
        "pager": _pages(request.GET, number, found.total),
        "shown": shown,
        "can_register": shown.actor is not None and verbs.register.who(shown.actor, MatterState()),
        **_choices(request.GET, filters),
    }
    return render(request, PAGE, context)


def _choices(query: QueryDict, filters: Filters) -> dict[str, Any]:
    """Return what may be chosen, what is chosen, and the addresses that take a choice back."""
    return {
        "kinds": words.KINDS,
        "fixes": words.FIXES.items(),
        "chosen": filters,
        "is_all": not filters.colours,
        "all_url": _with(query, colour=None),
        "all_goals_url": _with(query, goal=None) if filters.goal else "",
        "clear_url": _cleared(query),
        "kept": _kept(query),
        "kept_query": _kept_query(query),
    }


def line_of(row: BoardRow, shown: Shown, units: list[UnitOn]) -> Line:
    """Return a row of the board in words."""
    spell = row.spell
    percent = percent_of(spell.achieved, spell.quantity)
    return Line(
        id=spell.thread,
        code=spell.code,
        title=spell.title,
        unit=names_of(units).get(spell.lead_unit, "") if spell.lead_unit else "",
        target=words.target_in_text(spell.comparator, spell.quantity, spell.unit),
        achieved=amount_in_text(spell.achieved) if spell.achieved is not None else "",
        submitted=amount_in_text(spell.submitted) if spell.submitted is not None else "",
        percent=f"{percent}%" if percent is not None else "",
        done=min(WHOLE, percent or NOTHING),
        plan=_planned_percent(row, spell.quantity),
        due=spell.due.isoformat() if spell.due else "",
        is_late=bool(
            spell.due
            and spell.due < shown.day
            and spell.achieved is not None
            and spell.standing != "closed"
            and not spell.is_awaiting
        ),
        colour=spell.colour,
        marks=tuple(_marks(spell)),
        reasons=tuple(str(reason["sentence"]) for reason in reasons(row)),
        improvements=tuple(improvements(row)),
    )


def _planned_percent(row: BoardRow, quantity: Decimal | None) -> Decimal | None:
    """Return where the plan stands on the bar, None without a plan that has begun."""
    planned = row.verdict.planned if row.verdict else None
    if planned is None or not quantity:
        return None
    return min(
        WHOLE, (Decimal(planned.numerator) / planned.denominator * 100 / quantity).quantize(TENTH)
    )


def _marks(spell: "MatterSpell") -> Iterator[str]:
    """Yield what is to be known beside the colour."""
    if spell.is_unreported and spell.colour != "unreported":
        yield "unreported"
    if spell.is_awaiting:
        yield "awaiting"
    if spell.submitted is not None:
        yield "late_answer" if spell.is_answer_late else "submitted"
    if spell.missing:
        yield "incomplete"


def _with(query: QueryDict, **changes: object) -> str:
    """Return the query string with some values replaced (None: taken out).

    A change of filter returns to page 1.
    """
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        elif isinstance(value, list):
            changed.setlist(name, value)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def _colour_counts(query: QueryDict, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    chosen = query.getlist("colour")
    found = []
    for colour in words.COLOURS:
        others = [one for one in chosen if one != colour]
        is_on = colour in chosen
        url = _with(query, colour=others if is_on else [*chosen, colour])
        if counts.get(colour) or is_on or colour in GRADED:
            found.append(
                {"colour": colour, "count": counts.get(colour, 0), "url": url, "is_current": is_on}
            )
    return found


def _goal_counts(
    query: QueryDict, goals: list[GoalOn], tallies: Mapping[UUID, Mapping[str, int]]
) -> list[dict[str, Any]]:
    chosen = query.get("goal")
    return [
        {
            "name": goal.name,
            "depth": goal.depth,
            "total": sum(tallies.get(goal.id, {}).values()),
            "red": tallies.get(goal.id, {}).get("red", 0),
            "parts": list(_shares(tallies.get(goal.id, {}))),
            "url": _with(query, goal=None if str(goal.id) == chosen else goal.id),
            "is_current": str(goal.id) == chosen,
        }
        for goal in goals
        if tallies.get(goal.id) or goal.depth == 0 or str(goal.id) == chosen
    ]


def _shares(counts: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Yield the colours of a bar: where each begins and how wide it is, in matters."""
    start = 0
    for colour in words.COLOURS:
        if count := counts.get(colour):
            yield {"colour": colour, "start": start, "count": count}
            start += count


def _cleared(query: QueryDict) -> str:
    """Return the address without any filter; the day stays."""
    kept = {name: query[name] for name in ("on", "known_at", "sort") if name in query}
    return f"?{urlencode(kept)}"


def _chips(
    query: QueryDict, filters: Filters, goals: list[GoalOn], units: list[UnitOn]
) -> list[Chip]:
    names = {goal.id: goal.name for goal in goals} | {unit.id: unit.name for unit in units}
    found = [
        Chip(
            str(words.COLOURS[colour]),
            _with(query, colour=[c for c in filters.colours if c != colour]),
        )
        for colour in filters.colours
    ]
    for name, value in (("goal", filters.goal), ("unit", filters.unit)):
        if value is not None:
            found.append(Chip(names.get(value, _("unknown")), _with(query, **{name: None})))
    if filters.kind:
        found.append(Chip(str(dict(words.KINDS)[filters.kind]), _with(query, kind=None)))
    if filters.missing:
        label = _("%(fix)s undecided") % {"fix": words.FIXES[filters.missing]}
        found.append(Chip(label, _with(query, missing=None)))
    if filters.text:
        found.append(Chip(f"«{filters.text}»", _with(query, q=None)))
    if filters.with_closed:
        found.append(Chip(_("with closed"), _with(query, closed=None)))
    return found


def _heads(query: QueryDict, sort: str) -> dict[str, dict[str, str]]:
    """Return for each sortable column its address and which way it is sorted now."""
    found = {}
    for name in boards.SORTS:
        is_up, is_down = sort == name, sort == f"-{name}"
        following = f"-{name}" if is_up else name
        direction = "ascending" if is_up else "descending" if is_down else ""
        found[name] = {"url": _with(query, sort=following), "direction": direction}
    return found


def _kept(query: QueryDict) -> list[tuple[str, str]]:
    """Return what every link keeps: the day shown and the state of knowledge."""
    return [(name, value) for name in ("on", "known_at") if (value := query.get(name))]


def _kept_query(query: QueryDict) -> str:
    kept = urlencode(_kept(query))
    return f"?{kept}" if kept else ""


def _page_number(query: QueryDict) -> int:
    typed = query.get("page", "1")
    return max(1, min(int(typed), 10_000)) if typed.isdecimal() else 1


def _turn(query: QueryDict, number: int) -> str:
    turned = query.copy()
    turned["page"] = str(number)
    return f"?{turned.urlencode()}"


def _pages(query: QueryDict, number: int, total: int) -> dict[str, Any]:
    last = max(1, -(-total // PAGE_SIZE))
    return {
        "first": min(total, (number - 1) * PAGE_SIZE + 1),
        "last": min(total, number * PAGE_SIZE),
        "total": total,
        "previous_url": _turn(query, number - 1) if number > 1 else "",
        "next_url": _turn(query, number + 1) if number < last else "",
    }


def _fix_counts(
    query: QueryDict, counts: Mapping[str, int], chosen: str
) -> Iterator[dict[str, Any]]:
    """Yield the three fixes with how many matters lack each, and the address that narrows to it."""
    for fix, name in words.FIXES.items():
        is_on = fix == chosen
        url = _with(query, missing=None if is_on else fix)
        yield {"name": name, "count": counts[fix], "url": url, "is_current": is_on}


@for_readers
def gaps(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show the gap list (三定不全): matters without all three fixes, by what is missing."""
    missing = request.GET.get("missing", "")
    filters = filters_in(request.GET, missing=missing if missing in words.FIXES else "")
    goals = boards.goals_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at)
    units = units_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at)
    everything = boards.matters_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at)
    spells = boards.narrowed(
        everything, filters, goals=goals, day=shown.day, known_at=shown.known_at
    )
    number = _page_number(request.GET)
    listed = boards.gaps(spells, start=(number - 1) * PAGE_SIZE, size=PAGE_SIZE)
    context = {
        "fixes": list(_fix_counts(request.GET, listed.counts, filters.missing)),
        "rows": [
            {
                "id": spell.thread,
                "code": spell.code,
                "title": spell.title,
                "unit": names_of(units).get(spell.lead_unit, "") if spell.lead_unit else "",
                "fixed": [fix not in spell.missing.split() for fix in words.FIXES],
            }
            for spell in listed.rows
        ],
        "total": listed.total,
        "pager": _pages(request.GET, number, listed.total),
        "kept_query": _kept_query(request.GET),
        "shown": shown,
    }
    return render(request, "ledger/gaps.html", context)
