"""Which matter of the ledger a row is: by code, by the office's number, by title, unit and year.

序号 never counts. What is only alike is proposed as a question.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from uuid import UUID

from luoshi.rules.sheets.likeness import NearIndex, normal_title
from luoshi.rules.sheets.rows import CellProblem, SheetRow, Weight
from luoshi.rules.sheets.wording import tight

NEAR = Fraction(7, 10)
"""How alike titles must be to be asked about."""

MOST_ASKED = 3
MOST_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Known:
    """A matter that the ledger holds; ``year`` is that of its plan or end, None: not known."""

    id: UUID
    title: str
    code: str = ""
    office_no: str = ""
    lead_unit: str = ""
    year: int | None = None


class Found(StrEnum):
    """How a row was matched."""

    CODE = "code"
    OFFICE_NO = "office_no"
    TITLE = "title"
    ASK = "ask"  # alike, or several the same: a person says which, or that it is new
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Match:
    """A row's matter, or the candidates to ask about, the likeliest first."""

    row: int
    found: Found
    candidates: tuple[UUID, ...] = ()

    @property
    def matter(self) -> UUID | None:
        """Return the matter where there is no question."""
        sure = self.found in {Found.CODE, Found.OFFICE_NO, Found.TITLE}
        return self.candidates[0] if sure else None


class Matcher:
    """Matches rows with the matters that are known, each kind of key indexed once."""

    def __init__(self, known: Sequence[Known], *, year: int | None) -> None:
        """Index the known matters; ``year`` is that of the rows to come."""
        self._year = year
        self._known = {matter.id: matter for matter in known}
        self._titles = {matter.id: normal_title(matter.title) for matter in known}
        self._by_code = _index((tight(matter.code).lower(), matter.id) for matter in known)
        self._by_no = _index((tight(matter.office_no).lower(), matter.id) for matter in known)
        self._by_title = _index((title, matter) for matter, title in self._titles.items())
        self._near = NearIndex(self._titles.items(), least=NEAR)

    def match(self, row: SheetRow) -> Match:
        """Return the row's match: the first key that finds something decides."""
        keys = (
            (Found.CODE, self._by_code.get(tight(row.code).lower(), [])),
            (Found.OFFICE_NO, self._by_no.get(tight(row.office_no).lower(), [])),
            (Found.TITLE, self._same_title(row)),
        )
        for found, matters in keys:
            if matters:
                return Match(row.row, found if len(matters) == 1 else Found.ASK, tuple(matters))
        alike = self._alike(row)
        return Match(row.row, Found.ASK if alike else Found.NEW, tuple(alike))

    def _same_title(self, row: SheetRow) -> list[UUID]:
        """Return the matters of the same title, leading unit and year.

        A unit or year that one side does not state speaks against nothing; another code does.
        """
        titled = self._by_title.get(normal_title(row.title), [])
        return [matter for matter in titled if self._can_be(row, self._known[matter])]

    def _can_be(self, row: SheetRow, known: Known) -> bool:
        units = {tight(row.lead_unit), tight(known.lead_unit)} - {""}
        years = {self._year, known.year} - {None}
        return len(units) < 2 and len(years) < 2 and _codes_agree(row, known)

    def _alike(self, row: SheetRow) -> list[UUID]:
        """Return the matters to ask about: the same title elsewhere, then titles much alike.

        Titles whose numbers differ (一期, 二期) are two matters; so are different codes.
        """
        near = self._near.near(normal_title(row.title), most=MOST_LOOKED_AT)
        agreeing = (matter for matter, _ in near if _codes_agree(row, self._known[matter]))
        return list(islice(agreeing, MOST_ASKED))


def _codes_agree(row: SheetRow, known: Known) -> bool:
    codes = {tight(row.code).lower(), tight(known.code).lower()} - {""}
    return len(codes) < 2  #  one of both, or none, or the same


def _index(pairs: Iterable[tuple[str, UUID]]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {}
    for key, matter in pairs:
        if key:
            found.setdefault(key, []).append(matter)
    return found


def twins(rows: Iterable[SheetRow]) -> Iterator[CellProblem]:
    """Yield a question for each row that would be the same matter as a row before it.

    Facts: ``first_row``, as a person sees it, and ``by``.
    """
    seen: dict[tuple[Found, str], SheetRow] = {}
    for row in rows:
        for key in _keys(row):
            first = seen.setdefault(key, row)
            if first is not row and (key[0] is not Found.TITLE or _may_be_one(first, row)):
                facts = {"first_row": first.number, "by": key[0].value}
                yield CellProblem(row.row, None, "row_twice", Weight.ASK, facts)
                break


def _keys(row: SheetRow) -> Iterator[tuple[Found, str]]:
    if row.code:
        yield Found.CODE, tight(row.code).lower()
    if row.office_no:
        yield Found.OFFICE_NO, tight(row.office_no).lower()
    if row.title:
        title = normal_title(row.title)
        yield Found.TITLE, f"{title}|{tight(row.lead_unit)}|{tight(row.area)}"


def _may_be_one(first: SheetRow, row: SheetRow) -> bool:
    codes = {tight(first.code).lower(), tight(row.code).lower()} - {""}
    numbers = {tight(first.office_no).lower(), tight(row.office_no).lower()} - {""}
    return len(codes) < 2 and len(numbers) < 2
