"""The address of a board: all that is chosen stands in it, so it can be sent as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from luoshi.ledger import board as boards
from luoshi.ledger import columns, money, words
from luoshi.ledger.columns import Column
from luoshi.ledger.filters import LATE, MOST_DAYS, Filters
from luoshi.ledger.views.shown import uuid_or_none

LONGEST_WORDS = 100
MOST_PAGES = 100_000
SHOWN = ("on", "known_at")
"""What every link keeps: the day shown and the state of knowledge."""
SETTINGS = ("sort", "money", "col")
FILTERS = (
    "colour",
    "goal",
    "unit",
    "sponsor",
    "kind",
    "area",
    "source",
    "stage",
    "standing",
    "missing",
    "due",
    "q",
    "closed",
)
_CHOICES: Mapping[str, Mapping[str, object]] = {
    "kind": dict(words.KINDS),
    "stage": words.STAGES,
    "standing": words.STANDINGS,
    "source": dict(words.SOURCE_KINDS),
    "missing": words.FIXES,
    "closed": {"1": True},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; ``strange`` are the parts that name nothing."""

    pairs: tuple[tuple[str, str], ...]
    filters: Filters
    sort: str
    columns: tuple[Column, ...]
    money: str
    number: int
    strange: tuple[tuple[str, str], ...] = ()
    view: str = ""

    def url(self, **changes: object) -> str:
        """Return the address with some values replaced (None or empty: taken out), on page 1."""
        changes = {"page": None, "view": None, **changes}
        pairs = [(name, value) for name, value in self.pairs if name not in changes]
        for name, value in changes.items():
            values = value if isinstance(value, list | tuple) else (value,)
            pairs += [(name, str(one)) for one in values if one not in (None, "")]
        return f"?{urlencode(pairs)}"

    def turned(self, number: int) -> str:
        """Return the address of another page of the same board."""
        return self.url(page=number, view=self.view)

    @property
    def cleared(self) -> str:
        """Return the address without any filter; day, sort and columns stay."""
        return self.url(**dict.fromkeys(FILTERS))

    def kept(self, *names: str) -> list[tuple[str, str]]:
        """Return the pairs of these names, as hidden fields of a form keep them."""
        return [(name, value) for name, value in self.pairs if name in names]

    @property
    def kept_query(self) -> str:
        """Return the query that links to other pages carry: the day and what was known."""
        kept = urlencode(self.kept(*SHOWN))
        return f"?{kept}" if kept else ""

    @property
    def view_query(self) -> str:
        """Return what a saved view keeps: filters, sort, columns and the unit of money, no day."""
        return urlencode(self.kept(*FILTERS, *SETTINGS))


def asked_in(query: QueryDict) -> Asked:
    """Read an address; what it names wrongly is left out and told."""
    pairs = tuple((name, value) for name in query for value in query.getlist(name) if value)
    sort = query.get("sort", "")
    page = query.get("page", "")
    return Asked(
        pairs=pairs,
        filters=filters_in(query),
        sort=sort if sort.removeprefix("-") in boards.SORTS else "urgency",
        columns=columns.chosen(query.getlist("col")),
        money=query.get("money", "") if query.get("money", "") in money.UNITS else money.DEFAULT,
        number=_page_number(page),
        strange=tuple(_strange(query)),
        view=query.get("view", ""),
    )


def filters_in(query: QueryDict, *, missing: str = "") -> Filters:
    """Read the filters of an address; what it names wrongly is no filter."""

    def choice(name: str) -> str:
        value = query.get(name, "")
        return value if value in _CHOICES[name] else ""

    return Filters(
        colours=tuple(colour for colour in query.getlist("colour") if colour in words.COLOURS),
        goal=uuid_or_none(query.get("goal")),
        unit=uuid_or_none(query.get("unit")),
        sponsor=uuid_or_none(query.get("sponsor")),
        kind=choice("kind"),
        area=_plain(query.get("area", "")),
        stage=choice("stage"),
        standing=choice("standing"),
        source=choice("source"),
        missing=missing or choice("missing"),
        due=_due(query.get("due", "")),
        text=_plain(query.get("q", "")),
        with_closed=bool(choice("closed")),
    )


def _plain(text: str) -> str:
    """Return words as a database can search them: no zero bytes, no blanks around, bounded."""
    return text.replace("\0", "").strip()[:LONGEST_WORDS]


def _due(typed: str) -> str:
    """Return «late» or a number of days that can be meant, else nothing."""
    if typed == LATE:
        return typed
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_DAYS))
    return str(int(typed)) if is_number and int(typed) <= MOST_DAYS else ""


def _page_number(typed: str) -> int:
    """Return the page, the first one where none is named; beyond the last one is for the page."""
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_PAGES))
    return max(1, min(int(typed), MOST_PAGES)) if is_number else 1


def _strange(query: QueryDict) -> Iterator[tuple[str, str]]:
    """Yield the parts of an address that name nothing there is."""
    for name in query:
        for value in query.getlist(name):
            if value.strip() and not _is_known(name, value):
                yield name, value[:LONGEST_WORDS]


def _is_known(name: str, value: str) -> bool:
    """Tell whether a part of an address can be understood; strange names are nobody's matter."""
    if name in _CHOICES:
        return value in _CHOICES[name]
    known: Mapping[str, bool] = {
        "colour": value in words.COLOURS,
        "sort": value.removeprefix("-") in boards.SORTS,
        "col": value in columns.COLUMNS,
        "money": value in money.UNITS,
        "due": bool(_due(value)),
        "page": value.isascii() and value.isdecimal(),
        **dict.fromkeys(("goal", "unit", "sponsor"), uuid_or_none(value) is not None),
    }
    return known.get(name, True)


def joined(parts: Sequence[tuple[str, str]]) -> str:
    """Return parts of an address as a person reads them."""
    return " ".join(f"{name}={value}" for name, value in parts)
