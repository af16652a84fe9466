"""How figures are told and kept: with the day and the kind of machine, never its name."""

import json
import os
import platform
import statistics
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parents[1] / "results"


def kind_of_machine() -> dict[str, Any]:
    """Return what bears on every figure."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "date": str(date.today()),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "memory_gb": round(pages * size / 2**30),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),  # beside ours: 0 is quiet
    }


def median_and_spread(found: Sequence[float]) -> dict[str, float]:
    """Return the median of some runs, and how far they lie apart, as a share of it."""
    middle = statistics.median(found)
    spread = (max(found) - min(found)) / middle if middle else 0.0
    return {"median": round(middle, 1), "spread": round(spread, 2)}


def keep(name: str, figures: dict[str, Any]) -> None:
    """Write figures to ``bench/results/`` and say where."""
    path = RESULTS / f"{name}-{figures['date']}-{figures['database']}.json"
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    say(f"bench/results/{path.name}")


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
