"""What tests of sheets share."""

import csv

import pytest

from luoshi.base.grids import child, limits, reading, wire


@pytest.fixture
def in_this_process(monkeypatch):
    """Read without a process of its own, which takes most of the time of a small file."""
    before = csv.field_size_limit(limits.MOST_CELL_TEXT)
    monkeypatch.setattr(
        reading, "_answer", lambda path, name: wire.unpacked(child.answer(path, name))
    )
    yield
    csv.field_size_limit(before)
