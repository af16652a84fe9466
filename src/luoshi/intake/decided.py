"""What a person decided about a sheet, as it is kept with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from luoshi.rules.sheets.meanings import Meaning, Period


class UnknownUnits(StrEnum):
    """What becomes of a row whose unit the tree does not know."""

    REFUSE = "refuse"
    NOTE = "note"  # it comes in with the name as written
    CREATE = "create"


NEW, NOTE, SKIP = "new", "note", "skip"


@dataclass(frozen=True, slots=True)
class Decided:
    """The answers to a sheet's questions.

    ``units``: name as written to a unit's id, ``new`` or ``note``; ``rows``: row (from 0) to a
    matter's id, ``new`` or ``skip``; ``periods``: column to over what time its figures sum;
    ``meanings``: column to what it means; ``money_unit``: of amounts whose unit the sheet leaves
    out.
    """

    unknown_units: UnknownUnits = UnknownUnits.NOTE
    units: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[int, str] = field(default_factory=dict)
    periods: Mapping[int, Period] = field(default_factory=dict)
    meanings: Mapping[int, Meaning] = field(default_factory=dict)
    money_unit: str = ""

    @classmethod
    def of(cls, choices: Mapping[str, Any]) -> Self:
        """Return what was kept."""
        return cls(
            UnknownUnits(choices.get("unknown_units", UnknownUnits.NOTE)),
            choices.get("units", {}),
            {int(row): choice for row, choice in choices.get("rows", {}).items()},
            {int(at): Period(period) for at, period in choices.get("periods", {}).items()},
            {int(at): Meaning(meaning) for at, meaning in choices.get("meanings", {}).items()},
            choices.get("money_unit", ""),
        )

    @property
    def kept(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return {
            "unknown_units": self.unknown_units.value,
            "units": dict(self.units),
            "rows": {str(row): choice for row, choice in self.rows.items()},
            "periods": {str(at): period.value for at, period in self.periods.items()},
            "meanings": {str(at): meaning.value for at, meaning in self.meanings.items()},
            "money_unit": self.money_unit,
        }
