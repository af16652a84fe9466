"""What became of a matter, in words: for the page, the sheet and the printed list alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.wording import amount_in_text
from luoshi.ledger import words
from luoshi.ledger.comparison import Turn
from luoshi.rules.ledger.comparison import Became, Seen

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOTHING = "–"
BECAME: Mapping[Became, "StrOrPromise"] = {
    Became.WORSE: gettext_lazy("Worse"),
    Became.NEW: gettext_lazy("New"),
    Became.CLOSED: gettext_lazy("Closed"),
    Became.BETTER: gettext_lazy("Better"),
    Became.CHANGED: gettext_lazy("Changed"),
    Became.REOPENED: gettext_lazy("Open again"),
    Became.PASSED: gettext_lazy("New and closed"),
    Became.GONE: gettext_lazy("No longer listed"),
}
MARKS: Mapping[str, "StrOrPromise"] = {
    "is_unreported": gettext_lazy("Not reported"),
    "is_awaiting": gettext_lazy("To verify"),
    "is_answer_late": gettext_lazy("Confirmation late"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of units, posts and goals of one of the two days, by id."""

    nodes: Mapping[UUID, str]

    def of(self, node: UUID | None) -> str:
        """Return a name, a dash for none."""
        return NOTHING if node is None else self.nodes.get(node, _("unknown"))


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what changed: column, old and new, in words."""

    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.label} {self.old} → {self.new}"


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One matter of a comparison as the table shows it."""

    id: UUID
    code: str
    title: str
    became: "StrOrPromise"
    old_colour: str
    new_colour: str
    changes: tuple[Change, ...]
    unit: str
    due: str


def turn_line(turn: Turn, then: Names, now: Names) -> TurnLine:
    """Return what became of one matter in words."""
    seen = turn.seen
    return TurnLine(
        id=turn.thread,
        code=turn.code,
        title=seen.title,
        became=BECAME[turn.became],
        old_colour=turn.old.colour if turn.old else "",
        new_colour=turn.new.colour if turn.new else "",
        changes=tuple(changes(turn, then, now)),
        unit=(now if turn.new else then).of(seen.lead_unit),
        due=seen.due.isoformat() if seen.due else "",
    )


def changes(turn: Turn, then: Names, now: Names) -> Iterator[Change]:
    """Yield what changed of a matter, column by column; its colour has a column of its own."""
    old, new = turn.old, turn.new
    if old is None or new is None:
        return
    columns = {one.column for one in turn.differences}
    for column, label, told in WORDED:
        if column in columns:
            yield Change(str(label), told(old, then), told(new, now))
    if columns & {"comparator", "quantity", "unit"}:
        yield Change(_("Target"), _target(old), _target(new))
    for mark, label in MARKS.items():
        if mark in columns and not _is_told(mark, old, new):
            yield Change(str(label), _whether(old, mark), _whether(new, mark))


def _is_told(mark: str, old: Seen, new: Seen) -> bool:
    """Tell whether the colour says already what a mark would say."""
    return mark == "is_unreported" and "unreported" in {old.colour, new.colour}


def _target(seen: Seen) -> str:
    return words.target_in_text(seen.comparator, seen.quantity, seen.unit) or NOTHING


def _whether(seen: Seen, mark: str) -> str:
    return _("yes") if getattr(seen, mark) else _("no")


def _amount(amount: Decimal | None, seen: Seen) -> str:
    return NOTHING if amount is None else f"{amount_in_text(amount)} {seen.unit}".strip()


def _day(day: date | None) -> str:
    return day.isoformat() if day else NOTHING


def _missing(seen: Seen, _names: Names) -> str:
    return _(", ").join(str(words.FIXES[fix]) for fix in seen.missing.split()) or _("none")


Told = Callable[[Seen, Names], str]
WORDED: tuple[tuple[str, "StrOrPromise", Told], ...] = (
    ("title", gettext_lazy("Title"), lambda seen, _names: seen.title),
    ("kind", gettext_lazy("Kind"), lambda seen, _names: str(dict(words.KINDS)[seen.kind])),
    (
        "standing",
        gettext_lazy("Standing"),
        lambda seen, _names: str(words.STANDINGS[seen.standing]),
    ),
    (
        "stage",
        gettext_lazy("Stage"),
        lambda seen, _names: str(words.STAGES.get(seen.stage, NOTHING)),
    ),
    ("achieved", gettext_lazy("Confirmed"), lambda seen, _names: _amount(seen.achieved, seen)),
    (
        "submitted",
        gettext_lazy("Waiting for an answer"),
        lambda seen, _names: _amount(seen.submitted, seen),
    ),
    ("start", gettext_lazy("Start"), lambda seen, _names: _day(seen.start)),
    ("due", gettext_lazy("Due"), lambda seen, _names: _day(seen.due)),
    ("lead_unit", gettext_lazy("Lead unit"), lambda seen, names: names.of(seen.lead_unit)),
    (
        "responsible_post",
        gettext_lazy("Responsible post"),
        lambda seen, names: names.of(seen.responsible_post),
    ),
    (
        "sponsoring_post",
        gettext_lazy("Sponsoring leader's post"),
        lambda seen, names: names.of(seen.sponsoring_post),
    ),
    ("missing", gettext_lazy("Fixes open"), _missing),
    ("area", gettext_lazy("Area"), lambda seen, _names: seen.area or NOTHING),
    (
        "goals",
        gettext_lazy("Goals"),
        lambda seen, names: _(", ").join(map(names.of, seen.goals)) or NOTHING,
    ),
)


def counted(counts: Mapping[Became, int], url_of: Callable[[Became], str]) -> list[dict[str, Any]]:
    """Return the kinds of change with their counts and addresses; rare ones only where found."""
    rare = {Became.REOPENED, Became.PASSED, Became.GONE}
    return [
        {"became": one.value, "name": name, "count": counts.get(one, 0), "url": url_of(one)}
        for one, name in BECAME.items()
        if counts.get(one) or one not in rare
    ]
