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
    _, digits, exponent = plain.as_tuple()
    decimals = -int(exponent)
    if max(len(digits) - decimals, len(digits)) > MOST_DIGITS or decimals > FINEST:
        raise AmountOutOfBounds(amount=str(amount))
    return plain if decimals > 0 else plain.quantize(_WHOLE)


_WHOLE = Decimal(1)
