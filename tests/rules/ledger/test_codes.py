"""Codes as series: what continues what."""

import re

import pytest

from luoshi.rules.ledger.codes import LONGEST, Series, following, series_in_use, series_of


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("PRG001", "PRG002"),
        ("PRG009", "PRG010"),
        ("SX-99", "SX-100"),
        ("2026-017", "2026-018"),
        ("督〔2026〕12号", "督〔2026〕13号"),
        ("7", "8"),
        ("PRG005-D", None),
        ("重点事项", None),
        ("", None),
    ],
)
def test_the_next_code_is_as_wide_as_the_last(code, after):
    assert following(code) == after


def test_a_code_never_grows_beyond_what_a_code_may_be():
    longest = "A" * (LONGEST - 1)
    assert following(f"{longest}8") == f"{longest}9"
    assert following(f"{longest}9") is None


def test_series_are_told_once_in_their_order():
    codes = ("PRJ002", "none", "PRG001", "PRJ001", "IND001")
    assert series_in_use(codes, most=2) == (Series("PRJ"), Series("PRG"))


def test_a_series_knows_its_codes_by_a_pattern():
    pattern = series_of("督.〔2026〕12号").pattern
    assert re.search(pattern, "督.〔2026〕9号")
    assert not re.search(pattern, "督x〔2026〕9号")
    assert not re.search(pattern, "督.〔2026〕9号之一")
