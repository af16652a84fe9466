"""What a sheet of units and posts would change in the ledger as it is; writes nothing."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luoshi.organisation import queries
from luoshi.organisation.queries import PostOn, UnitOn, Visitor
from luoshi.organisation.sheets import (
    HEADS,
    Part,
    duties_by_word,
    in_every_language,
    kinds_by_word,
    roles_by_word,
)
from luoshi.organisation.words import duty_in_text, kind_in_text, roles_in_text
from luoshi.rules.nodes import LONGEST_NAME
from luoshi.rules.sheets.grid import Value

MOST_ROWS = 5_000
"""A district has fewer units and posts; a longer sheet is something else."""
LARGEST_PLACE = 100_000
_BETWEEN = re.compile(r"\s*[、,，;；\n]\s*")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of a sheet; ``number`` as a person counts them, values as texts by column."""

    part: Part
    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken, and what to do."""

    part: Part
    number: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What would be written about a unit or post: one fact, with the words of both sides.

    ``node`` None: a new one, called ``key`` meanwhile. ``value`` is what the command takes.
    """

    part: Part
    number: int
    verb: str
    node: UUID | None
    key: str
    name: str
    old: str
    new: str
    value: Any = None

    def told(self) -> dict[str, Any]:
        """Return it as text alone, so that what was shown can be held against what is found."""
        return {name: str(value) for name, value in asdict(self).items()}


@dataclass(slots=True)
class Judged:
    """Everything that differs, in the order in which it can be written, and what is wrong."""

    differences: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


Row = tuple[SheetRow, dict[str, Any]]


def rows_in(part: Part, cells: Sequence[Sequence[Value]]) -> list[SheetRow] | None:
    """Return the lines below the head of a table; None where it has no head of this part."""
    heads = in_every_language(HEADS[part])
    for above, line in enumerate(cells):
        columns = {
            at: heads[text] for at, cell in enumerate(line) if (text := _text(cell)) in heads
        }
        if {"name", "parent"} <= set(columns.values()):
            return list(_below(part, cells, above, columns))
    return None


def _below(
    part: Part, cells: Sequence[Sequence[Value]], above: int, columns: Mapping[int, str]
) -> Iterator[SheetRow]:
    for number, line in enumerate(cells[above + 1 : above + 1 + MOST_ROWS], start=above + 2):
        values = {name: _text(line[at]) for at, name in columns.items() if at < len(line)}
        if any(values.values()):
            yield SheetRow(part, number, values)


def _text(cell: Value) -> str:
    return "" if cell is None else str(cell).strip()


def judged(visitor: Visitor, rows: Sequence[SheetRow], *, day: date) -> Judged:
    """Hold a sheet against the units and posts of a day."""
    return _Judging(visitor, rows, day).found


class _Judging:
    """One sheet being judged: what is known of the day, and what was found so far."""

    def __init__(self, visitor: Visitor, rows: Sequence[SheetRow], day: date) -> None:
        self.units = {one.id: one for one in queries.units_visible_to(visitor, day=day)}
        self.posts = {one.id: one for one in queries.posts_visible_to(visitor, day=day)}
        self.found = Judged()
        self.kinds, self.duties, self.roles = kinds_by_word(), duties_by_word(), roles_by_word()
        units = [row for row in rows if row.part is Part.UNITS]
        self.names = self._named(units)
        read = [(row, self._unit_of(row)) for row in units]
        self._new(read, "unit")
        for row, said in read:
            if said is not None and said["node"] is not None:
                self._compare_unit(row, said, self.units[said["node"]])
        posts = [(row, self._post_of(row)) for row in rows if row.part is Part.POSTS]
        self._new(posts, "post")
        for row, said in posts:
            if said is not None and said["node"] is not None:
                self._compare_post(row, said, self.posts[said["node"]])
        told = {row.values.get("id", "") for row in units}
        if units:  # a sheet of posts alone says nothing of units
            self.found.missing = [one.name for pk, one in self.units.items() if str(pk) not in told]

    def _named(self, rows: Sequence[SheetRow]) -> dict[str, list[str]]:
        """Return what a cell may mean that names a unit: numbers, and keys of new ones.

        A unit renamed by the sheet still answers to its name of the day.
        """
        found: dict[str, list[str]] = {}
        for row in rows:
            key = row.values.get("id", "") or f"{row.part}:{row.number}"
            found.setdefault(row.values.get("name", ""), []).append(key)
        for unit in self.units.values():
            meant = found.setdefault(unit.name, [])
            if str(unit.id) not in meant:
                meant.append(str(unit.id))
            found[str(unit.id)] = [str(unit.id)]
        return found

    def _wrong(self, row: SheetRow, column: str, sentence: str) -> None:
        self.found.problems.append(Problem(row.part, row.number, column, sentence))

    def _common(self, row: SheetRow, known: Mapping[UUID, Any]) -> dict[str, Any] | None:
        """Return number, name, place and what stands above; None where one of them is wrong."""
        before = len(self.found.problems)
        said = {
            "node": self._node(row, known),
            "name": self._name(row),
            "order": self._order(row),
            "parent": self._parent(row),
        }
        return said if len(self.found.problems) == before else None

    def _node(self, row: SheetRow, known: Mapping[UUID, Any]) -> UUID | None:
        text = row.values.get("id", "")
        node = next((one for one in known if str(one) == text), None)
        if text and node is None:
            self._wrong(row, "id", _("There is none of this number on the day. Leave it empty."))
        return node

    def _name(self, row: SheetRow) -> str:
        name = row.values.get("name", "")
        if not 0 < len(name) <= LONGEST_NAME:
            self._wrong(row, "name", _("Give a name of 1 to 100 characters."))
        return name

    def _order(self, row: SheetRow) -> int:
        text = row.values.get("order", "").removesuffix(".0")
        if not (text.isdecimal() and int(text) <= LARGEST_PLACE):
            self._wrong(row, "order", _("Give a whole number for the place in the order."))
            return 0
        return int(text)

    def _parent(self, row: SheetRow) -> str:
        """Return the unit above or around: its number, the key of a new one, or nothing."""
        text = row.values.get("parent", "")
        if not text and row.part is Part.UNITS:
            return ""
        meant = self.names.get(text, [])
        if len(meant) != 1:
            several = _("Several units are called so. Write the number of the one that is meant.")
            none = _("No unit is called so. Check the name, or add the unit above.")
            self._wrong(row, "parent", several if meant else none)
            return ""
        return meant[0]

    def _word(self, row: SheetRow, column: str, words: Mapping[str, str], now: str) -> str:
        """Return what a word stands for; one that stands there already is left as it is."""
        text = row.values.get(column, "")
        if text in words or not text:
            return words.get(text, "")
        if text == now:
            return now
        self._wrong(row, column, _("This word is not known here. Take one of the list."))
        return ""

    def _unit_of(self, row: SheetRow) -> dict[str, Any] | None:
        said = self._common(row, self.units)
        if said is None:
            return None
        now = self.units[said["node"]].kind if said["node"] else ""
        problems = len(self.found.problems)
        said["kind"] = self._word(row, "kind", self.kinds, now)
        said["territory"] = row.values.get("territory", "")
        if not said["kind"] and len(self.found.problems) == problems:
            self._wrong(row, "kind", _("Say of which kind the unit is."))
        if len(said["territory"]) > LONGEST_NAME:
            self._wrong(row, "territory", _("Tell the territory in at most 100 characters."))
        return said if len(self.found.problems) == problems else None

    def _post_of(self, row: SheetRow) -> dict[str, Any] | None:
        said = self._common(row, self.posts)
        if said is None:
            return None
        now = self.posts[said["node"]].duty if said["node"] else ""
        problems = len(self.found.problems)
        said["duty"] = self._word(row, "duty", self.duties, now)
        words = [word for word in _BETWEEN.split(row.values.get("roles", "")) if word]
        if any(word not in self.roles for word in words):
            self._wrong(row, "roles", _("This role is not known here. Take one of the list."))
        said["roles"] = tuple(sorted(self.roles[word] for word in words if word in self.roles))
        return said if len(self.found.problems) == problems else None

    def _new(self, read: Sequence[tuple[SheetRow, dict[str, Any] | None]], what: str) -> None:
        """Found what is new, each after what it stands under."""
        waiting = [(row, said) for row, said in read if said is not None and said["node"] is None]
        keys = {f"{row.part}:{row.number}" for row, _said in waiting}
        while waiting:
            ready = [one for one in waiting if what == "post" or one[1]["parent"] not in keys]
            for row, said in ready:
                key = f"{row.part}:{row.number}"
                keys.discard(key)
                self._add(row, f"found_{what}", None, said["name"], "", said["name"], said, key=key)
            if not ready:
                for row, _said in waiting:
                    self._wrong(row, "parent", _("It would stand below itself."))
                return
            waiting = [one for one in waiting if one not in ready]

    def _compare_unit(self, row: SheetRow, said: dict[str, Any], now: UnitOn) -> None:
        kept = self._same(row, said, now, str(now.parent) if now.parent else "")
        kept("classify", now.kind, said["kind"], kind_in_text)
        kept("bound", now.territory, said["territory"], str)

    def _compare_post(self, row: SheetRow, said: dict[str, Any], now: PostOn) -> None:
        kept = self._same(row, said, now, str(now.home) if now.home else "")
        then, new = (now.duty, tuple(sorted(now.roles))), (said["duty"], said["roles"])
        kept("charge", then, new, _charge_in_text)

    def _same(
        self, row: SheetRow, said: dict[str, Any], now: UnitOn | PostOn, above: str
    ) -> Callable[[str, Any, Any, Callable[[Any], str]], None]:
        """Compare what units and posts share; give what compares the rest."""

        def kept(verb: str, old: Any, new: Any, word: Callable[[Any], str]) -> None:
            if old != new:
                self._add(row, verb, now.id, now.name, word(old), word(new), new)

        kept("rename", now.name, said["name"], str)
        kept("move", above, said["parent"], self._unit_in_text)
        kept("order", now.order, said["order"], str)
        return kept

    def _unit_in_text(self, key: str) -> str:
        named = {str(one.id): one.name for one in self.units.values()}
        return named.get(key) or next(
            (name for name, keys in self.names.items() if key in keys), "—"
        )

    def _add(
        self, row: SheetRow, verb: str, node: UUID | None, name: str, old: str, new: str,
        value: Any, *, key: str = "",
    ) -> None:  # fmt: skip
        self.found.differences.append(
            Difference(row.part, row.number, verb, node, key, name, old, new, value)
        )


def _charge_in_text(charge: tuple[str, tuple[str, ...]]) -> str:
    duty, roles = charge
    return f"{duty_in_text(duty) or '—'} / {'、'.join(roles_in_text(frozenset(roles))) or '—'}"
