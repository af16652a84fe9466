"""The day of a moment is the district's, whatever day it is in UTC."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import luoshi
from luoshi.base.days import local_day

SOURCE = Path(luoshi.__file__).parent
# Where `.date()` is asked of a moment that is local already.
LOCAL = {"base/days.py", "rules/notices.py", "notices/reach.py"}


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 20, 15, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 12, 31, 16, 30, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_begins_at_midnight_in_the_district(at, day):
    assert local_day(at) == day


def test_no_other_place_takes_the_day_of_a_moment():
    asking = set()
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith("site/demo/") and takes_a_day(path.read_text("utf-8")):
            asking.add(name)
    assert asking == LOCAL


def takes_a_day(source):
    """Whether ``something.date()`` is called."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
        for node in ast.walk(ast.parse(source))
    )
