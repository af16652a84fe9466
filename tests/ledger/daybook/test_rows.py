"""Sets of rows and orders do what sets and sorting of Python do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.daybook.orders import SORTS, Order, steps_of
from luoshi.ledger.daybook.rows import Marks, flags_of, rows_at, rows_flagged

SIZE = 40
places = st.sets(st.integers(0, SIZE - 1))
values = st.lists(st.frozensets(st.sampled_from("abc")), max_size=SIZE)


@given(places)
def test_a_set_of_rows_is_the_same_as_number_and_as_flags(found):
    rows = rows_at(found, SIZE)
    flags = flags_of(rows, SIZE)
    assert {place for place, flag in enumerate(flags) if flag} == found
    assert rows_flagged(map(bool, flags)) == rows
    assert rows.bit_count() == len(found)


def test_no_rows_at_all_are_no_flags():
    assert flags_of(0, 0) == bytearray()
    assert rows_flagged([]) == rows_at([], 0) == 0


@given(values, values)
def test_marks_name_the_rows_whose_value_gives_them(read, added):
    marks = Marks(read, sorted)
    for place, value in enumerate(added, start=len(read)):
        marks.add(place, value)
    together = [*read, *added]
    for mark in "abcd":
        expected = {place for place, value in enumerate(together) if mark in value}
        assert marks[mark] == rows_at(expected, len(together))
    either = {place for place, value in enumerate(together) if value & {"a", "b"}}
    assert marks.any_of("ab") == rows_at(either, len(together))
    assert set(marks) == {mark for value in together for mark in value}


UNITS = {"first": 0, "second": 1}
lines = st.lists(
    st.fixed_dictionaries(
        {
            "urgency": st.integers(0, 7),
            "due": st.none() | st.integers(1, date.max.toordinal()),
            "start": st.none() | st.integers(1, 9),
            "quantity": st.none() | st.integers(0, 10**24),
            "achieved": st.none() | st.integers(0, 9),
            "title": st.text("路桥a", max_size=2),
            "area": st.sampled_from(["", "老城", "新区"]),
            "lead_unit": st.sampled_from([None, "first", "second", "ended"]),
        }
    ),
    max_size=12,
)


def ordered(rows, sort):
    """Sort plainly: by the last column first, what is empty behind, then the leading one."""
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    first, *rest = SORTS[name]

    def value(row, column):
        return UNITS.get(row[column]) if column == "lead_unit" else row[column]

    for column in reversed(rest):
        rows = sorted(rows, key=lambda row: (value(row, column) is None, value(row, column) or 0)
                      if column != "code" else row["code"])  # fmt: skip
    filled = [row for row in rows if value(row, first) is not None]
    filled.sort(key=lambda row: value(row, first), reverse=is_down)
    return filled + [row for row in rows if value(row, first) is None]


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{sort}" for sort in SORTS)])
@given(lines, lines)
def test_an_order_is_the_same_read_at_once_and_added_to(sort, read, added):
    rows = [line | {"code": f"M{n:03}"} for n, line in enumerate([*read, *added])]
    columns = {name: [row[name] for row in rows[: len(read)]] for name in (rows or [{}])[0]}
    columns = columns or {name: [] for name in ("urgency", "due", "code", *SORTS, "lead_unit")}
    order = Order(len(read), steps_of(sort, columns, UNITS))
    for row in rows[len(read) :]:
        for name, value in row.items():
            columns[name].append(value)
    everything = order.cut(bytearray([1] * len(rows)), 0, None)
    assert [rows[place] for place in everything] == ordered(rows, sort)
    for start in range(len(rows) + 2):
        assert order.cut(bytearray([1] * len(rows)), start, 3) == everything[start : start + 3]
    assert order.cut(bytearray(len(rows)), 0, None) == []
