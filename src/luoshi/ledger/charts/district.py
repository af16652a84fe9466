"""The charts of many matters: colours over time, plan against actual, stages, due days."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luoshi.base.wording import amount_in_text
from luoshi.ledger.charts.frame import GRID, LEGEND, WIDEST_NAME, Figures, Option
from luoshi.ledger.statistics import ColoursOn, DueOn, Sum
from luoshi.ledger.words import COLOURS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_CENT = Decimal("0.01")
SHAPES = {
    "red": "rect",
    "yellow": "triangle",
    "blue": "diamond",
    "green": "circle",
    "unreported": "circle",
}
"""The sign of each colour in a legend: never told by colour alone."""
PALE = {"unreported": "solid", "suspended": "dotted"}
"""What has no level now, and how its edge is drawn."""
BOTTOM_UP = ("green", "blue", "ungraded", "suspended", "closed", "unreported", "yellow", "red")
"""The colours of a stacked bar, so that what needs attention ends the bar."""


def colours_over_time(points: Sequence[ColoursOn]) -> Option:
    """Build a stacked bar of matters by colour for each day; unit: matters."""
    used = _used(points)
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {"top": 0, "right": 0, "data": [_entry(colour) for colour in reversed(used)]},
        "grid": GRID,
        "xAxis": {"type": "category", "data": [point.day.isoformat() for point in points]},
        "yAxis": {"type": "value", "minInterval": 1, "name": _("matters")},
        "series": [
            {
                "type": "bar",
                "stack": "colours",
                "name": str(COLOURS[colour]),
                "itemStyle": _look(colour),
                "barMaxWidth": 40,
                "data": [point.counts.get(colour, 0) for point in points],
            }
            for colour in used
        ],
    }


def _used(points: Sequence[ColoursOn]) -> list[str]:
    return [colour for colour in BOTTOM_UP if any(point.counts.get(colour) for point in points)]


def _entry(colour: str) -> Option:
    return {"name": str(COLOURS[colour]), "icon": SHAPES.get(colour, "roundRect")}


def _look(colour: str) -> Option:
    """Return how a part of a bar is filled: red and yellow striped too, what has no level pale.

    The stripes are for eyes that do not tell red and yellow from green.
    """
    if colour in PALE:
        edge = {"borderColor": f"var(--{colour})", "borderType": PALE[colour], "borderWidth": 1}
        return {"color": f"var(--{colour}-tint)", **edge}
    if colour == "ungraded":
        return {"color": "var(--rule)"}
    if colour not in {"red", "yellow"}:
        return {"color": f"var(--{colour})"}
    turn = 0.785 if colour == "red" else 0
    stripes = {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 6], "rotation": turn}
    return {
        "color": f"var(--{colour})",
        "decal": {**stripes, "color": "rgba(255,255,255,0.45)"},
    }


def colours_in_figures(points: Sequence[ColoursOn]) -> Figures:
    """Return the same counts as a table: a day a row, a colour a column, and all together."""
    used = list(reversed(_used(points)))
    rows = [
        (
            point.day.isoformat(),
            *(point.counts.get(colour, 0) for colour in used),
            sum(point.counts.values()),
        )
        for point in points
    ]
    return {"heads": (_("Day"), *(COLOURS[colour] for colour in used), _("All")), "rows": rows}


def plan_against_actual(rows: Sequence[tuple[str, Sum]]) -> Option:
    """Build for each name a bar of what is confirmed on a bar of what was planned by the day."""
    names = [name for name, _sum in rows]
    label = {"width": WIDEST_NAME, "overflow": "truncate"}
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": LEGEND,
        "grid": {**GRID, "right": 36},
        "xAxis": {"type": "value", "min": 0, "axisLabel": {"hideOverlap": True}},
        "yAxis": {"type": "category", "inverse": True, "data": names, "axisLabel": label},
        "series": [
            _bar(_("Plan"), [one.planned for _name, one in rows], colour="rule-strong", width=16),
            _bar(
                _("Confirmed"),
                [one.achieved for _name, one in rows],
                colour="action",
                width=8,
                # Both bars stand on one line; the narrow one lies within the wide one.
                barGap="-75%",
                z=3,
            ),
        ],
    }


def _bar(
    name: str, values: Sequence[Decimal], *, colour: str, width: int, **style: object
) -> Option:
    return {
        "type": "bar",
        "name": name,
        "data": [float(value) for value in values],
        "itemStyle": {"color": f"var(--{colour})"},
        "barWidth": width,
        **style,
    }


def plan_in_figures(rows: Sequence[tuple[str, Sum]], *, by: str) -> Figures:
    """Return the same sums as a table: planned, confirmed, their ratio, and the whole target."""
    return {
        "heads": (by, _("Plan"), _("Confirmed"), _("Of the plan"), _("Target"), _("Matters")),
        "rows": [
            (
                name,
                _in_table(one.planned),
                _in_table(one.achieved),
                share_in_text(one.achieved, one.planned),
                _in_table(one.quantity),
                one.matters,
            )
            for name, one in rows
        ],
    }


def _in_table(amount: Decimal) -> str:
    """Return a sum with two decimals at most: what is planned by a day is seldom round."""
    return amount_in_text(amount.quantize(_CENT, rounding=ROUND_HALF_UP))


def share_in_text(part: Decimal, whole: Decimal) -> str:
    """Return a share in percent with one decimal, a dash where the whole is nothing."""
    return f"{(part * 100 / whole).quantize(Decimal('0.1'))}%" if whole else "–"


def stages(counts: Mapping[str, int], names: Mapping[str, "StrOrPromise"]) -> Option:
    """Build a bar of the matters at each stage, in the order of the names."""
    return {
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "grid": {**GRID, "top": 24, "right": 40},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [str(name) for name in names.values()],
        },
        "series": [
            {
                "type": "bar",
                "name": _("matters"),
                "data": [counts.get(stage, 0) for stage in names],
                "itemStyle": {"color": "var(--action)"},
                "barMaxWidth": 18,
                "label": {"show": True, "position": "right", "color": "var(--ink-2)"},
            }
        ],
    }


def stages_in_figures(counts: Mapping[str, int], names: Mapping[str, "StrOrPromise"]) -> Figures:
    """Return the same counts as a table."""
    rows = [(name, counts.get(stage, 0)) for stage, name in names.items()]
    return {"heads": (_("Stage"), _("Matters")), "rows": rows}


HALVES = (("01-01", "06-30"), ("07-01", "12-31"))
GRADES: Sequence[Option] = (
    {"min": 1, "max": 1, "label": "1", "color": "var(--heat-1)"},
    {"min": 2, "max": 5, "label": "2–5", "color": "var(--heat-2)"},
    {"min": 6, "max": 20, "label": "6–20", "color": "var(--heat-3)"},
    {"min": 21, "label": "> 20", "color": "var(--heat-4)"},
)


def due_calendar(days: Sequence[DueOn], *, year: int) -> Option:
    """Build a calendar of a year in two halves; the darker a day, the more matters are due."""
    halves = [(f"{year}-{first}", f"{year}-{last}") for first, last in HALVES]
    return {
        "tooltip": {},
        "visualMap": {
            "type": "piecewise",
            "pieces": list(GRADES),
            "orient": "horizontal",
            "top": 0,
            "right": 0,
            "itemWidth": 14,
            "itemHeight": 14,
            "textStyle": {"color": "var(--ink-2)"},
        },
        "calendar": [_half_year(half, *ends) for half, ends in enumerate(halves)],
        "series": [_heat(days, half, *ends) for half, ends in enumerate(halves)],
    }


def _half_year(half: int, first: str, last: str) -> Option:
    """Return the frame of a half, the second below the first."""
    return {
        "top": 72 + half * 160,
        "left": 28,
        "right": 4,
        "range": [first, last],
        "cellSize": ["auto", 17],
        "yearLabel": {"show": False},
        "dayLabel": {"firstDay": 1, "color": "var(--ink-2)"},
        "monthLabel": {"color": "var(--ink-2)"},
        "itemStyle": {"color": "var(--surface)", "borderColor": "var(--rule)"},
        "splitLine": {"lineStyle": {"color": "var(--edge)"}},
    }


def _heat(days: Sequence[DueOn], half: int, first: str, last: str) -> Option:
    due = [(one.day.isoformat(), one.matters) for one in days]
    return {
        "type": "heatmap",
        "coordinateSystem": "calendar",
        "calendarIndex": half,
        "name": _("matters due"),
        "data": [[day, matters] for day, matters in due if first <= day <= last],
    }


def due_in_figures(days: Sequence[DueOn]) -> Figures:
    """Return the same days as a table, with how many are yellow or red."""
    rows = [(one.day.isoformat(), one.matters, one.pressing or "–") for one in days]
    return {"heads": (_("Due"), _("Matters"), _("Yellow or red")), "rows": rows}
