"""What must never be sealed for ever: patterns of identity cards, mobile phones and bank cards."""

import re

_RUN = re.compile(
    r"\d(?<![0-9A-Za-z.].)"  # a digit is found sooner than what must not stand before it
    r"(?:\d{16}[0-9Xx]|\d{15,18}|(?<=1)[3-9]\d{9}|(?<=1)[3-9]\d[ -]\d{4}[ -]\d{4})"
    r"(?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def found_in(text: str) -> str | None:
    """Return ``id_card``, ``phone`` or ``bank_card`` for the first pattern found, else None.

    Identity numbers must carry the check character of GB 11643-1999, card numbers the Luhn digit of
    ISO/IEC 7812-1, so that a project code of eighteen digits is not taken for a person.
    """
    for match in _RUN.finditer(text):
        what = _what(match.group().replace(" ", "").replace("-", ""))
        if what:
            return what
    return None


def _what(run: str) -> str | None:
    if len(run) == 11:
        return "phone"
    if len(run) == 18 and _is_identity_number(run.upper()):
        return "id_card"
    return "bank_card" if run.isdigit() and _luhn_holds(run) else None


def _is_identity_number(run: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, run[:17], strict=True))
    return _CHECKS[total % 11] == run[17] and run[6:8] in {"18", "19", "20"}


def _luhn_holds(run: str) -> bool:
    # counted from the right, the check digit is the first; every second digit is doubled
    digits = (int(d) * (1 if i % 2 else 2) for i, d in enumerate(reversed(run), start=1))
    return sum(d - 9 if d > 9 else d for d in digits) % 10 == 0


def masked_phone(phone: str) -> str:
    """Return a telephone number with its middle hidden: 138****5678; a short one shows its end."""
    digits = phone.strip()
    if len(digits) < 7:
        return "*" * len(digits)
    head = 3 if len(digits) >= 10 else 0
    return f"{digits[:head]}{'*' * (len(digits) - head - 4)}{digits[-4:]}"


def masked_mail(mail: str) -> str:
    """Return an address with the name hidden but for its first letter: z***@example.com."""
    name, at, host = mail.strip().partition("@")
    return f"{name[:1]}***{at}{host}" if name else ""
