"""The charts (图表): colours over time, plan against actual, stages, the calendar of due days."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.wording import sentence_for
from luoshi.ledger import charts, money, statistics, verbs, words
from luoshi.ledger.figures import Question, colours_on, plan_on
from luoshi.ledger.statistics import Counted, DueOn
from luoshi.ledger.views.narrowing import Narrowing, narrowing, narrowing_context
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.rules.colour.months import month_end_of
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import Refusal

MONTHS = 12  # shown where the address names no first day
MOST_MONTHS = 60
MOST_BARS = 30
"""So many names stand in one chart; the table behind it has them all."""
FIRST_YEAR, LAST_YEAR = 1949, 2099
MONEY = "money"
"""The measure that stands for every unit of money; it is shown in 亿元."""
MONEY_UNIT = "yi"


@door(verbs.read_ledger)
@for_readers
def figures(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show the charts of a day, each with its table of figures."""
    chosen = narrowing(request, shown)
    asked = _question(shown, chosen)
    kept = {name for name, _value in chosen.asked.pairs} - {"from", "to", "page"}
    counted = statistics.counted(
        shown.visitor,
        day=shown.day,
        known_at=shown.known_at,
        filters=chosen.filters,
        goals=chosen.goals,
        units=chosen.units,
        year=_year(request, shown),
    )
    context = {
        **narrowing_context(shown, chosen),
        "kept_range": chosen.asked.kept(*kept),
        **_over_time(request, shown, asked),
        **_against_plan(request, chosen, asked, counted.measures),
        **_stages(counted),
        **_due(counted.due, _year(request, shown), chosen),
    }
    return render(request, "ledger/figures.html", context)


def _question(shown: Shown, chosen: Narrowing) -> Question:
    """Return of which matters the charts tell."""
    return Question(
        shown.visitor, shown.day, shown.known_at, chosen.filters, chosen.goals, chosen.units
    )


def _over_time(request: HttpRequest, shown: Shown, asked: Question) -> dict[str, Any]:
    """Return the colours at the month ends of a range and on its last day."""
    first, last = _range(request, shown)
    points = colours_on(asked, _month_ends(first, last))
    is_drawn = any(point.counts for point in points)
    return {
        "first": first,
        "last": last,
        "colours": charts.colours_over_time(points) if is_drawn else None,
        "colours_figures": charts.colours_in_figures(points),
        "is_forecast": last > shown.today,
    }


def _range(request: HttpRequest, shown: Shown) -> tuple[date, date]:
    """Read the first and last day of the range; without them the year up to the day shown."""
    last = _day(request, "to", shown) or shown.day
    first = _day(request, "from", shown) or _months_before(last, MONTHS - 1)
    first, last = min(first, last), max(first, last)
    return max(first, _months_before(last, MOST_MONTHS - 1)), last


def _day(request: HttpRequest, name: str, shown: Shown) -> date | None:
    typed = request.GET.get(name, "").strip()
    if not typed:
        return None
    try:
        return min(parse_day(typed, year=shown.day.year), shown.around.horizon)
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
        return None


def _months_before(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(max(years, 1), month + 1, 1)


def _month_ends(first: date, last: date) -> list[date]:
    """Return the month ends from ``first`` on, and ``last`` itself."""
    found, day = [], month_end_of(first)
    while day < last:
        found.append(day)
        day = month_end_of(day + timedelta(days=1))
    return [*found, last]


def _against_plan(
    request: HttpRequest,
    chosen: Narrowing,
    asked: Question,
    used: Sequence[tuple[str, int]],
) -> dict[str, Any]:
    """Return plan and actual by goal and by unit, in the measure asked for or the most used."""
    measures = _measures(used)
    measure = request.GET.get("measure", "")
    if measure not in measures:
        measure = next(iter(measures), "")
    unit = money.UNITS[MONEY_UNIT] if measure == MONEY else measure
    plan = plan_on(asked, _factors(measure))
    by_goal = [
        (goal.name, plan.by_goal[goal.id]) for goal in chosen.goals if goal.id in plan.by_goal
    ]
    by_unit = _by_unit(chosen, plan.by_unit)
    return {
        "measures": [
            {"name": name, "url": chosen.asked.url(measure=key), "is_current": key == measure}
            for key, name in measures.items()
        ],
        "measure": unit,
        "measure_key": measure,
        "goal_plan": charts.plan_against_actual(by_goal[:MOST_BARS]),
        "goal_figures": charts.plan_in_figures(by_goal, by=_("Goals")),
        "goal_height": charts.height_of(min(len(by_goal), MOST_BARS)),
        "unit_plan": charts.plan_against_actual(by_unit[:MOST_BARS]),
        "unit_figures": charts.plan_in_figures(by_unit, by=_("Lead unit")),
        "unit_height": charts.height_of(min(len(by_unit), MOST_BARS)),
    }


def _measures(used: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Return the measures that can be chosen, the most used first; money is one of them."""
    found: dict[str, int] = {}
    for unit, n in used:
        key = MONEY if unit in money.FACTORS else unit
        found[key] = found.get(key, 0) + n
    ordered = sorted(found, key=lambda key: -found[key])
    return {key: _("Money") if key == MONEY else key for key in ordered}


def _factors(measure: str) -> Mapping[str, Decimal]:
    if measure != MONEY:
        return {measure: Decimal(1)}
    shown = money.FACTORS[money.UNITS[MONEY_UNIT]]
    return {unit: factor / shown for unit, factor in money.FACTORS.items()}


def _by_unit(
    chosen: Narrowing, sums: Mapping[UUID | None, statistics.Sum]
) -> list[tuple[str, statistics.Sum]]:
    """Return the sums of the units in their official order; what has no lead unit stands last."""
    known: dict[UUID | None, str] = {unit.id: unit.name for unit in chosen.units}
    listed = [(name, sums[unit]) for unit, name in known.items() if unit in sums]
    return [*listed, (_("No lead unit yet"), sums[None])] if None in sums else listed


def _stages(counted: Counted) -> dict[str, Any]:
    """Return how many matters stand where in their life, and projects at which stage (四段)."""
    staged, standings = counted.stages, counted.standings
    return {
        "projects": charts.stages(staged, words.STAGES) if staged else None,
        "projects_figures": charts.stages_in_figures(staged, words.STAGES),
        "stages": charts.stages(standings, words.STANDINGS),
        "stages_figures": charts.stages_in_figures(standings, words.STANDINGS),
    }


def _year(request: HttpRequest, shown: Shown) -> int:
    """Return the year of the calendar; without one named, that of the day shown."""
    typed = request.GET.get("year", "")
    is_year = typed.isascii() and typed.isdecimal() and len(typed) == len("2026")
    return min(max(int(typed), FIRST_YEAR), LAST_YEAR) if is_year else shown.day.year


def _due(days: Sequence[DueOn], year: int, chosen: Narrowing) -> dict[str, Any]:
    """Return the calendar of due days of a year."""
    return {
        "year": year,
        "due": charts.due_calendar(days, year=year) if days else None,
        "due_figures": charts.due_in_figures(days),
        "due_total": sum(one.matters for one in days),
        "year_before": year - 1,
        "year_before_url": chosen.asked.url(year=year - 1),
        "year_after": year + 1,
        "year_after_url": chosen.asked.url(year=year + 1),
    }
