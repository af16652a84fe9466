"""What all charts share: where things stand, how tall they are."""

from typing import Any

Option = dict[str, Any]
Figures = dict[str, Any]
LEGEND: Option = {"top": 0, "right": 0, "icon": "rect", "itemWidth": 18, "itemHeight": 3}
GRID: Option = {"left": 8, "right": 16, "top": 40, "bottom": 8, "containLabel": True}
WIDEST_NAME = 168  # pixels that the name of a bar may take before it is cut


def height_of(bars: int) -> int:
    """Return how tall a chart with so many bars must be; unit: pixels."""
    return max(240, 96 + 32 * bars)
