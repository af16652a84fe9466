"""What a spreadsheet's numbers mean: exact figures, days, times."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.base.grids.numbers import Kind, kind_of, number, read


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("", Kind.NUMBER),
        ("General", Kind.NUMBER),
        ('G/通用格式"万元"', Kind.NUMBER),
        ("0.00%", Kind.NUMBER),
        ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", Kind.NUMBER),
        ('0"m"', Kind.NUMBER),
        ("@", Kind.NUMBER),
        ("[h]:mm:ss", Kind.NUMBER),
        ("yyyy/m/d", Kind.DAY),
        ("yyyy/m/d h:mm;@", Kind.DAY),
        ('[$-804]yyyy"年"m"月";@', Kind.DAY),
        ("mmm", Kind.DAY),
        ("[DBNum1][$-804]m月d日", Kind.DAY),
        ("h:mm AM/PM", Kind.TIME),
        ("mm:ss.0", Kind.TIME),
        ("上午/下午h时mm分", Kind.TIME),
    ],
)
def test_what_a_format_makes_of_a_number(code, kind):
    assert kind_of(code) is kind


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", Decimal("0.1")),
        ("0.30000000000000004", Decimal("0.3")),
        ("1477.0000000000002", 1477),
        ("-0", 0),
        ("1.50", Decimal("1.5")),
        ("1E3", 1000),
        ("123456789012345678", 123456789012346000),
        ("1e20", Decimal("1e20")),
        ("inf", None),
        ("sNaN", None),
        ("1e400", None),
        ("1,5", None),
        ("", None),
    ],
)
def test_numbers_are_what_is_shown(text, value):
    assert number(text) == value
    assert type(number(text)) is type(value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("60", date(1900, 2, 28)),  # 29 February 1900, which never was
        ("61", date(1900, 3, 1)),
        ("44377", date(2021, 6, 30)),
        ("44377.99", date(2021, 6, 30)),
        ("2958465", date(9999, 12, 31)),
        ("2958466", 2958466),
        ("-1", -1),
        ("0.75", "18:00"),
    ],
)
def test_days_are_counted_from_1900(text, day):
    assert read(text, "yyyy-mm-dd", from_1904=False) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("0", date(1904, 1, 1)),
        ("42915", date(2021, 6, 30)),
        ("2958465", date(9999, 12, 31)),
    ],
)
def test_or_from_1904(text, day):
    assert read(text, "yyyy-mm-dd", from_1904=True) == day


@pytest.mark.parametrize(
    ("text", "time"), [("0.5", "12:00"), ("1.25001157407", "06:00:01"), ("0.999999", "00:00")]
)
def test_times_are_told_to_the_second(text, time):
    assert read(text, "h:mm", from_1904=False) == time
