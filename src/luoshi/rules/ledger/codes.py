"""The codes of matters (编号) as series: which one a code continues, and what comes next in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 60  # characters of a code
_NUMBERED = re.compile(r"(?P<before>.*?)(?P<number>[0-9]{1,9})(?P<after>号?)")


@dataclass(frozen=True, slots=True)
class Series:
    """Codes that differ by their number alone: ``PRG001``, ``督〔2026〕12号``."""

    before: str
    after: str = ""

    @property
    def pattern(self) -> str:
        """Return the regular expression, for Python and the databases, that its codes fit."""
        return f"^{re.escape(self.before)}[0-9]{{1,9}}{self.after}$"


def series_of(code: str) -> Series | None:
    """Return the series that a code continues, None for one that does not end in a number."""
    found = _NUMBERED.fullmatch(code)
    return Series(found["before"], found["after"]) if found else None


def series_in_use(codes: Iterable[str], *, most: int) -> tuple[Series, ...]:
    """Return the series of codes, each once, in their order; at most ``most``."""
    found = dict.fromkeys(series_of(code) for code in codes)
    return tuple(series for series in found if series is not None)[:most]


def following(code: str) -> str | None:
    """Return the code after one, as wide as it was; None where there is none.

    None too where it would be longer than a code may be.
    """
    found = _NUMBERED.fullmatch(code)
    if found is None:
        return None
    number = str(int(found["number"]) + 1).zfill(len(found["number"]))
    after = f"{found['before']}{number}{found['after']}"
    return after if len(after) <= LONGEST else None
