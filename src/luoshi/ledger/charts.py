"""ECharts options as plain data: tested without a browser, told again as a table beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.base.wording import amount_in_text


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What was planned and confirmed by the end of a day, in the target's unit; None: unknown."""

    day: date
    planned: Decimal | None
    achieved: Decimal | None


def progress_against_plan(curve: list[CurvePoint], *, unit: str) -> dict[str, Any]:
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
        "legend": {"top": 0},
        "grid": {"left": 56, "right": 16, "top": 36, "bottom": 32},
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


def figures_of(curve: list[CurvePoint]) -> dict[str, Any]:
    """Return the same figures as a table: day, planned, confirmed."""
    rows = [
        (point.day.isoformat(), amount_in_text(point.planned), amount_in_text(point.achieved))
        for point in curve
    ]
    return {"heads": (_("Day"), _("Plan"), _("Confirmed")), "rows": rows}
