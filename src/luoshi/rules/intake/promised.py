"""What a reviewed statement of a report wants of the ledger: a matter, or a report on one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from luoshi.rules.colour import Comparator
from luoshi.rules.intake.wanted import MAIN, Wanted
from luoshi.rules.ledger import facts as f
from luoshi.rules.sheets.likeness import NearIndex, normal_title

LONGEST_TITLE = 80  # letters of a title taken from a sentence
ALIKE = Fraction(1, 2)  # of two names that may mean one thing; a person decides
MOST_ALIKE = 3
TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1_000), "": Decimal(1)}
_MULTIPLIED = re.compile(r"(千|万|亿)(?=.)")  # 万人, 亿元; 万 alone is a unit of its own
_ENDING = re.compile(r"(?:.*/)?((?:19|20|21)\d\d)(?:-(0[1-9]|1[0-2])|Q([1-4])|H([12]))?")
_EDGES = "、，。；：,;:"  # of a list whose other members are statements of their own
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A matter as statements are held against it: its leading target and the year it ends."""

    id: UUID
    code: str
    title: str
    unit: str = ""
    quantity: Decimal | None = None
    year: int | None = None
    lead_unit: UUID | None = None
    sponsoring_post: UUID | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A matter that a statement may speak of, and why.

    ``same_year``: it is due in the statement's year; ``same_unit``: the figures can be compared.
    """

    promise: Promise
    likeness: Fraction
    same_year: bool
    same_unit: bool


def base_unit(unit: str) -> tuple[Decimal, str]:
    """Return a unit's multiplier and what remains of it: 万人 is 10,000 and 人."""
    found = _MULTIPLIED.match(unit)
    return (TIMES[found[1]], unit[found.end() :]) if found else (Decimal(1), unit)


def amount_in(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Return an amount in another unit; None where the two cannot be compared."""
    times, bare = base_unit(unit)
    into, other = base_unit(wanted)
    if bare != other:
        return None
    amount = value * times / into
    return amount.normalize() if amount != value else value


def title_of(row: Mapping[str, Any]) -> str:
    """Return what a matter taken from a statement is called: its work, its subject, its words."""
    works = row["projects"]
    words = row["subject"] or (works[0] if works else row["quote"])
    bare = _BLANKS.sub("", words)
    return (bare.strip(_EDGES) or bare)[:LONGEST_TITLE]


def kind_of(row: Mapping[str, Any]) -> f.MatterKind:
    """Return what sort of promise a statement is, told by its fields."""
    if row["growth"] or row["unit"] in {"%", "％", "位"}:
        return f.MatterKind.INDICATOR
    if row["projects"] and row["value"] is None:
        return f.MatterKind.PROJECT
    return f.MatterKind.TASK if row["value"] is None else f.MatterKind.PROGRAMME


def wanted_of(
    row: Mapping[str, Any], choice: Mapping[str, Any], *, code: str, source: f.Source
) -> Wanted:
    """Return the matter that an accepted target wants; units and posts are those chosen."""
    lead = UUID(choice["lead"]) if choice.get("lead") else None
    supporting = tuple(UUID(one) for one in choice.get("supporting", []))
    targets = _targets(row)
    return Wanted(
        code=code,
        title=title_of(row),
        kind=kind_of(row),
        area="",
        source=source,
        lead_unit=lead,
        supporting_units=supporting,
        targets=targets,
        acceptance="" if targets else row["quote"],
        days=_days(row),
    )


def _targets(row: Mapping[str, Any]) -> tuple[f.Target, ...]:
    if row["value"] is None or not row["unit"]:
        return ()
    return (
        f.Target(
            key=MAIN,
            quantity=Decimal(str(row["value"])),
            unit=row["unit"],
            comparator=Comparator(row["comparator"] or "="),
            subject=_BLANKS.sub("", row["subject"] or ""),
            leads=True,
        ),
    )


def _days(row: Mapping[str, Any]) -> f.MilestonesFixed | None:
    if not row["deadline"]:
        return None
    return f.MilestonesFixed(
        due=date.fromisoformat(row["deadline"]), due_inferred=not row["deadline_stated"]
    )


def year_of(row: Mapping[str, Any]) -> int | None:
    """Return the year that a statement speaks of: that of its last day, else of its period."""
    if row["deadline"]:
        return int(row["deadline"][:4])
    years = re.findall(r"\d{4}", row["period"] or "")
    return int(years[-1]) if years else None


def last_day_of(period: str | None) -> date | None:
    """Return the last day of a period: 2017, 2020H1, 2021Q3, 2021-06, 2016/2020."""
    found = _ENDING.fullmatch(period or "")
    if found is None:
        return None
    month = int(found[2] or int(found[3] or 0) * 3 or int(found[4] or 0) * 6 or 12)
    year = int(found[1])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


class Promises:
    """Finds the matters that a statement may speak of, among those known."""

    def __init__(self, known: Sequence[Promise]) -> None:
        """Index the titles once."""
        self.by_id = {promise.id: promise for promise in known}
        titles = [(promise.id, normal_title(promise.title)) for promise in known]
        self._near = NearIndex(titles, least=ALIKE)

    def alike(self, row: Mapping[str, Any]) -> tuple[Alike, ...]:
        """Return up to three matters, those of the statement's year and unit first."""
        words = normal_title(title_of(row))
        if not words:
            return ()
        year = year_of(row)
        found = [
            self._held_against(self.by_id[matter], share, row, year)
            for matter, share in self._near.near(words, most=MOST_ALIKE * 4)
        ]
        found.sort(key=lambda one: (-one.same_year, -one.same_unit, -one.likeness))
        return tuple(found[:MOST_ALIKE])

    @staticmethod
    def _held_against(
        promise: Promise, share: Fraction, row: Mapping[str, Any], year: int | None
    ) -> Alike:
        same_year = year is not None and promise.year == year
        can_compare = amount_in(Decimal(1), row["unit"] or "", promise.unit) is not None
        return Alike(promise, share, same_year, can_compare)
