"""Erqi's tables, and a demo ledger built from them."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from luoshi.site.demo import build
from luoshi.site.demo.tables import Tables

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "data" / "erqi"
ARTICLES = ROOT.parent / "shared" / "data" / "reports" / "erqi"
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def built():
    """Build the demo into the database at hand and return its builder."""
    builder = build.found(tables=Tables(DATA), at=AT, seed=UUID(int=2017))
    for step in build.steps(builder):
        step()
    return builder
