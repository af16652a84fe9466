"""The cells of the board's table.

Plain functions instead of template parts: fifty rows of parts take four times as long as all the
rest of the page together (bench/board.py). What comes from the ledger goes through ``told``, which
escapes it; everything else is written here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.ledger import words
from luoshi.ledger.board import BoardRow
from luoshi.ledger.columns import Column
from luoshi.ledger.views.board.lines import Line
from luoshi.ledger.views.drawn import part

NOBODY = str(UUID(int=0))
EMPTY = '<span class="quiet">–</span>'
MARKS = ("unreported", "awaiting", "submitted", "late_answer")


def told(words_of: object) -> str:
    """Return words as HTML shows them, whatever signs are in them; a dash for none."""
    text = str(words_of or "")
    return escape(text) if text else EMPTY


@dataclass
class Cells:
    """How the rows of one page are drawn: its columns, what is called how, where links lead."""

    columns: tuple[Column, ...]
    goals: Mapping[UUID, str]
    posts: Mapping[UUID, str]
    kept_query: str = ""
    can_tick: bool = False

    def rows(self, pairs: Iterable[tuple[BoardRow, Line]]) -> SafeString:
        """Return the rows of the table."""
        drawn = (f"<tr>{self._title(line)}{self._cells(row, line)}</tr>\n" for row, line in pairs)
        return mark_safe("".join(drawn))  # noqa: S308 - see the head of this file

    def _cells(self, row: BoardRow, line: Line) -> str:
        return "".join(DRAWN[column.key](self, row, line) for column in self.columns)

    def _title(self, line: Line) -> str:
        """Return the head of the row: what ticks it, its title as a link, its code."""
        tick, title = "", told(line.title)
        if self.can_tick:
            label = self._words["tick"] % {"title": line.title}
            tick = (
                f'<input class="tick" type="checkbox" name="matter" value="{line.id}" form="bulk"'
                f' aria-label="{escape(label)}"> '
            )
        address = self._address.replace(NOBODY, str(line.id))
        return (
            f'<th scope="row" class="is-title is-first">{tick}<a href="{address}'
            f'{escape(self.kept_query)}" data-row-link>{title}</a>'
            f' <span class="table__code">{told(line.code)}</span></th>'
        )

    @cached_property
    def _address(self) -> str:
        """Return the address of a matter; looked up once for all rows."""
        return reverse("matter", args=[NOBODY])

    @cached_property
    def _language(self) -> str | None:
        return get_language()

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Return the words that every row needs, in the reader's language."""
        return {
            "tick": _("Choose %(title)s"),
            "why": escape(_("Why this colour")),
            "no test": _("No test has data yet and no report is due."),
            "way back": escape(_("The nearest way back")),
            "target": escape(_("Target")),
            "due": escape(_("Due")),
            "to set": f'<span class="mark">{escape(_("To be set"))}</span>',
            ", ": _(", "),
        }

    def colour(self, _row: BoardRow, line: Line) -> str:
        """Return the chip that opens why it is so, and the marks beside it."""
        said = self._words
        why = "".join(
            f'<p class="why__sentence">{told(one)}</p>'
            for one in line.reasons or (said["no test"],)
        )
        back = "".join(
            f'<p class="why__back"><b>{said["way back"]}</b>{told(way)}</p>'
            for way in line.improvements
        )
        marks = "".join(
            part("mark", "mark", mark, self._language) for mark in line.marks if mark in MARKS
        )
        return (
            '<td class="is-colour is-tight"><span class="chips"><details class="why-card"><summary>'
            f"{part('chip', 'colour', line.colour, self._language)}"
            f'<span class="for-reader">{said["why"]}</span></summary><div class="why-card__body">'
            f'<div class="why">{why}{back}</div></div></details>{marks}</span></td>'
        )

    def done(self, _row: BoardRow, line: Line) -> str:
        """Return the bar of what is done, with a tick where the plan stands."""
        if not line.percent:
            return '<td class="is-wide"></td>'
        plan = ""
        if line.plan is not None:
            plan = (
                f'<svg x="{line.plan}%" overflow="visible">'
                '<rect class="meter__plan" x="-1.5" width="3" height="100%" rx="1"></rect></svg>'
            )
        return (
            f'<td class="is-wide"><span class="meter" data-colour="{line.colour}">'
            f'<svg class="meter__bar" role="img" aria-label="{line.percent}">'
            '<rect class="meter__track" y="25%" width="100%" height="50%" rx="2"></rect>'
            f'<rect class="meter__done" y="25%" width="{line.done}%" height="50%" rx="2"></rect>'
            f'{plan}</svg><span class="meter__share figure">{line.percent}</span></span></td>'
        )

    def unit(self, _row: BoardRow, line: Line) -> str:
        """Return the lead unit; one that is missing is to be set."""
        unit = told(line.unit) if line.unit else self._words["to set"]
        return f'<td class="on-desk">{unit}</td>'

    def target(self, _row: BoardRow, line: Line) -> str:
        """Return the target with its sign and unit."""
        label = self._words["target"]
        return f'<td class="is-figure" data-label="{label}">{told(line.target)}</td>'

    def achieved(self, _row: BoardRow, line: Line) -> str:
        """Return what is confirmed, and in brackets what waits for an answer."""
        waits = f'<span class="small quiet"> ({told(line.submitted)})</span>'
        shown = told(line.achieved) + (waits if line.submitted else "")
        return f'<td class="is-figure on-desk">{shown}</td>'

    def due(self, _row: BoardRow, line: Line) -> str:
        """Return the last day; one that is missing is to be set."""
        late = " is-late" if line.is_late else ""
        day = told(line.due) if line.due else self._words["to set"]
        label = self._words["due"]
        return f'<td class="is-figure is-tight{late}" data-label="{label}">{day}</td>'

    def listed(self, names: Iterable[object]) -> str:
        """Return a cell of several names."""
        return _text(self._words[", "].join(map(str, names)))


Drawn = Callable[[Cells, BoardRow, Line], str]


def _text(words_of: object) -> str:
    return f'<td class="on-desk">{told(words_of)}</td>'


def _day(name: str) -> Drawn:
    def drawn(_cells: Cells, row: BoardRow, _line: Line) -> str:
        return f'<td class="is-figure is-tight on-desk">{told(getattr(row.spell, name))}</td>'

    return drawn


def _post(name: str) -> Drawn:
    return lambda cells, row, _line: _text(cells.posts.get(getattr(row.spell, name), ""))


def _goals(cells: Cells, row: BoardRow, _line: Line) -> str:
    return cells.listed(cells.goals[goal] for goal in row.goals if goal in cells.goals)


def _missing(cells: Cells, row: BoardRow, _line: Line) -> str:
    return cells.listed(words.FIXES[fix] for fix in row.spell.missing.split())


DRAWN: Mapping[str, Drawn] = {
    "colour": Cells.colour,
    "unit": Cells.unit,
    "target": Cells.target,
    "achieved": Cells.achieved,
    "done": Cells.done,
    "due": Cells.due,
    "kind": lambda _cells, row, _line: _text(dict(words.KINDS).get(row.spell.kind)),
    "goals": _goals,
    "area": lambda _cells, row, _line: _text(row.spell.area),
    "stage": lambda _cells, row, _line: _text(words.STAGES.get(row.spell.stage)),
    "sponsor": _post("sponsoring_post"),
    "post": _post("responsible_post"),
    "standing": lambda _cells, row, _line: _text(words.STANDINGS.get(row.spell.standing)),
    "missing": _missing,
    "start": _day("start"),
    "measured": _day("measured_on"),
    "why": lambda _cells, _row, line: _text(" ".join(line.reasons)),
}
"""How each column draws its cell."""
