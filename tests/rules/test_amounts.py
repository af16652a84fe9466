"""Amounts are exact and written one way only."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.amounts import FINEST, MOST_DIGITS, AmountOutOfBounds, NegativeQuantity, exact


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("0", "0"),
        ("0.000", "0"),
        ("297", "297"),
        ("38.10", "38.1"),
        ("1E+2", "100"),
        ("-0", "0"),
        ("0.000001", "0.000001"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_equal_amounts_are_written_alike(given_, kept):
    assert str(exact(Decimal(given_))) == kept


@pytest.mark.parametrize("given_", ["-1", "-0.000001"])
def test_below_nothing_is_refused(given_):
    with pytest.raises(NegativeQuantity) as refused:
        exact(Decimal(given_))
    assert refused.value.facts == {"amount": Decimal(given_)}


@pytest.mark.parametrize(
    "given_",
    ["NaN", "Infinity", "-Infinity", "1E+15", "1000000000000000", "0.0000001", "123456789.1234567"],
)
def test_what_cannot_be_meant_is_refused(given_):
    with pytest.raises(AmountOutOfBounds):
        exact(Decimal(given_))


@given(st.decimals(0, 10**9, places=FINEST), st.integers(0, 3))
def test_an_amount_keeps_its_value_and_idle_zeros_go(amount, zeros):
    kept = exact(amount)
    assert kept == amount
    assert "E" not in str(kept)
    assert str(exact(Decimal(f"{amount:f}" + "0" * zeros if amount % 1 else str(amount)))) == str(
        kept
    )


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_every_other_number_is_an_answer(amount):
    try:
        kept = exact(amount)
    except (AmountOutOfBounds, NegativeQuantity):
        return
    assert kept == amount
    assert len(kept.as_tuple().digits) <= MOST_DIGITS
