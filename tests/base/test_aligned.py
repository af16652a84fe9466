"""Columns of a terminal: Chinese characters are as wide as two others."""

from luoshi.base.aligned import aligned, cut, padded, width


def test_widths_and_cuts():
    assert (width("ab区"), padded("区", 4), cut("一  二\n三", 20)) == (4, "区  ", "一 二 三")
    assert cut("二七区政府", 7) == "二七区…"
    assert width(cut("a二七区政府", 8)) <= 8


def test_columns_stand_under_one_another():
    assert list(aligned([["甲", "b", "c"], ["a", "乙二", ""]])) == ["甲  b     c", "a   乙二"]
