"""The charts of one matter: its progress against its plan, its nodes on a time line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.base.wording import amount_in_text
from luoshi.ledger.charts.frame import GRID, LEGEND, WIDEST_NAME, Figures, Option


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What was planned and confirmed by the end of a day, in the target's unit; None: unknown."""

    day: date
    planned: Decimal | None
    achieved: Decimal | None


def progress_against_plan(curve: list[CurvePoint], *, unit: str) -> Option:
    """Build the curve of confirmed amounts against the plan, over days."""

    def series(name: str, values: list[Decimal | None], **style: Any) -> dict[str, Any]:
        data = [
            [point.day.isoformat(), float(value)]
            for point, value in zip(curve, values, strict=True)
            if value is not None
        ]
        return {"type": "line", "name": name, "data": data, "showSymbol": len(data) < 40, **style}

    return {
        "tooltip": {"trigger": "axis"},
        "legend": LEGEND,
        "grid": GRID,
        "xAxis": {"type": "time"},
        "yAxis": {"type": "value", "name": unit, "min": 0},
        "series": [
            series(
                _("Plan"),
                [point.planned for point in curve],
                lineStyle={"type": "dashed"},
                symbol="none",
            ),
            series(_("Confirmed"), [point.achieved for point in curve], step="end"),
        ],
    }


def figures_of(curve: list[CurvePoint]) -> Figures:
    """Return the same figures as a table: day, planned, confirmed."""
    rows = [
        (point.day.isoformat(), amount_in_text(point.planned), amount_in_text(point.achieved))
        for point in curve
    ]
    return {"heads": (_("Day"), _("Plan"), _("Confirmed")), "rows": rows}


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A node: planned first, planned now, reached on; None where there is no such day."""

    name: str
    first: date | None
    due: date
    done: date | None


def nodes_over_time(nodes: Sequence[NodeLine], *, day: date) -> Option:
    """Build a time line of nodes: planned ○, revised ◇, reached ●, joined by how far they moved."""
    first = [(node.first or node.due, node.name) for node in nodes]
    revised = [(node.due, node.name) for node in nodes if node.first not in {None, node.due}]
    reached = [(node.done, node.name) for node in nodes if node.done]
    moved = _lines([_span(node, day) for node in nodes], day)
    names = {"width": WIDEST_NAME, "overflow": "truncate"}
    return {
        "tooltip": {"trigger": "item"},
        "legend": {"top": 0, "right": 0},
        "grid": {**GRID, "top": 56},
        "xAxis": {"type": "time", "boundaryGap": ["3%", "3%"]},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [node.name for node in nodes],
            "axisLabel": names,
        },
        "series": [
            _points(_("Planned"), "emptyCircle", "ink-2", first, markLine=moved),
            _points(_("Revised"), "diamond", "yellow", revised),
            _points(_("Reached"), "circle", "green", reached),
        ],
    }


def _lines(spans: Sequence[list[Option]], day: date) -> Option:
    """Return the lines between points, and the upright one of a day."""
    today = {
        "xAxis": day.isoformat(),
        "lineStyle": {"color": "var(--ink-2)", "type": "dashed"},
        "label": {"formatter": day.isoformat(), "color": "var(--ink-2)"},
    }
    return {
        "symbol": "none",
        "silent": True,
        "label": {"show": False},
        "data": [*spans, today],
    }


def _points(
    name: str, symbol: str, colour: str, places: Sequence[tuple[date, str]], **style: object
) -> Option:
    return {
        "type": "scatter",
        "name": name,
        "symbol": symbol,
        "symbolSize": 11,
        "itemStyle": {"color": f"var(--{colour})"},
        "data": [[day.isoformat(), node] for day, node in places],
        **style,
    }


def _span(node: NodeLine, day: date) -> list[Option]:
    """Return the line from the first plan to where the node came to stand; late ones in red."""
    start = node.first or node.due
    end = node.done or max(node.due, day)
    colour = "red" if end > node.due else "edge"
    style = {"color": f"var(--{colour})", "width": 2, "type": "solid"}
    return [
        {"coord": [start.isoformat(), node.name], "lineStyle": style},
        {"coord": [end.isoformat(), node.name]},
    ]


def nodes_in_figures(nodes: Sequence[NodeLine]) -> Figures:
    """Return the same days as a table."""
    rows = [
        (
            node.name,
            (node.first or node.due).isoformat(),
            node.due.isoformat() if node.first not in {None, node.due} else "–",
            node.done.isoformat() if node.done else "–",
        )
        for node in nodes
    ]
    return {"heads": (_("Node"), _("Planned"), _("Revised"), _("Reached")), "rows": rows}
