"""Amounts: exact decimals in the unit of a target, written one way only."""

from decimal import Decimal

from luoshi.rules.refusals import Refusal

MOST_DIGITS = 15  # what every database keeps exactly
FINEST = 6


class NegativeQuantity(Refusal):
    """An amount below nothing; facts: ``amount``."""

    code = "negative_quantity"


class AmountOutOfBounds(Refusal):
    """An amount too large or too fine to be meant; facts: ``amount``."""

    code = "amount_out_of_bounds"


def exact(amount: Decimal) -> Decimal:
    """Return the amount without exponent and trailing zeros: equal amounts are stored alike.

    Raises NegativeQuantity; AmountOutOfBounds beyond fifteen digits or six decimals, and for no
    number at all.
    """
    if not amount.is_finite():
        raise AmountOutOfBounds(amount=str(amount))
    if amount < 0:
        raise NegativeQuantity(amount=amount)
    plain = abs(amount).normalize()  # no minus before nothing
    if (
        plain.adjusted() >= MOST_DIGITS
        or len(plain.as_tuple().digits) > MOST_DIGITS
        or _decimals(plain) > FINEST
    ):
        raise AmountOutOfBounds(amount=str(amount))
    return plain if _decimals(plain) > 0 else plain.quantize(Decimal(1))


def _decimals(plain: Decimal) -> int:
    return -int(plain.as_tuple().exponent)
