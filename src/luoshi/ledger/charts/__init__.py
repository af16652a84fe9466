"""ECharts options as plain data: tested without a browser, told again as a table beside it."""

from luoshi.ledger.charts.district import (
    colours_in_figures,
    colours_over_time,
    due_calendar,
    due_in_figures,
    plan_against_actual,
    plan_in_figures,
    stages,
    stages_in_figures,
)
from luoshi.ledger.charts.frame import height_of
from luoshi.ledger.charts.matter import (
    CurvePoint,
    NodeLine,
    figures_of,
    nodes_in_figures,
    nodes_over_time,
    progress_against_plan,
)

__all__ = [
    "CurvePoint",
    "NodeLine",
    "colours_in_figures",
    "colours_over_time",
    "due_calendar",
    "due_in_figures",
    "figures_of",
    "height_of",
    "nodes_in_figures",
    "nodes_over_time",
    "plan_against_actual",
    "plan_in_figures",
    "progress_against_plan",
    "stages",
    "stages_in_figures",
]
