"""What each row under a head is: a matter, a group's name, a total, a note, the head again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from luoshi.rules.ledger.facts import Stage as Stage
from luoshi.rules.sheets.grid import Grid
from luoshi.rules.sheets.heads import Layout
from luoshi.rules.sheets.meanings import MONEY, Meaning
from luoshi.rules.sheets.merged import Merged
from luoshi.rules.sheets.wording import one_line, shown, tight


class RowKind(StrEnum):
    """What a row under the head is."""

    DATA = "data"
    MORE = "more"  # goes on with the matter above: its title is one merged cell with it
    GROUP = "group"
    TOTAL = "total"
    HEAD = "head"
    NOTE = "note"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a group without its numbering and count; ``printed`` is the count it states.

    ``rank`` tells headings of one sort: those written ``一、`` from those written ``（一）``.
    """

    row: int
    text: str
    rank: str
    stage: Stage | None = None
    printed: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row, what it is, and the groups it stands in, the widest first."""

    row: int
    kind: RowKind
    groups: tuple[Heading, ...] = ()
    printed: int | None = None  # the count a total states: 合计(335)


_STAGES = (
    (Stage.RESERVE, "储备|谋划"),
    (Stage.PREPARATORY, "前期"),
    (Stage.NEW_START, "新开工|拟开工|计划开工|开工|新建|新开"),
    (Stage.CONTINUING, "续建|在建|结转"),
    (Stage.COMPLETED, "竣工|建成|完工|投产|投用"),
)
_STAGE = tuple(
    (
        stage,
        re.compile(
            rf"(?:\d{{4}}年)?(?:本年|当年|年度|年内)?(?:计划|拟|已|预计)?(?:{words})(?:投产|投用|建设)?"
            r"(?:阶段|项目|类|类项目|工程|工作|推进|谋划)*"
        ),
    )
    for stage, words in _STAGES
)


def stage_of(text: str) -> Stage | None:
    """Return the stage that a cell or heading names, or None."""
    words = tight(text)
    return next((stage for stage, pattern in _STAGE if pattern.fullmatch(words)), None)


_COUNT = re.compile(r"[(:,]?(?:共|计|共计)?(\d{1,5})(?:个|项|件)?(?:项目)?\)?$")
_IN_BRACKETS = re.compile(
    r"\((?:共|计|共计)?\d{1,5}(?:个|项|件)?(?:项目)?\)$|[:,]?(?:共|共计)\d{1,5}(?:个|项|件)?$"
)
_RANKS = (
    ("chinese", re.compile(r"(?:第)?[一二三四五六七八九十]{1,3}(?:[、.,:]|部分|类)")),
    ("chinese_bracket", re.compile(r"\([一二三四五六七八九十]{1,3}\)[、.]?")),
    ("number_bracket", re.compile(r"\(\d{1,2}\)[、.]?|\d{1,2}\)")),
    ("number", re.compile(r"\d{1,2}[.、](?!\d)")),
)
_ORDER = {"chinese": 0, "chinese_bracket": 1, "number": 2, "number_bracket": 3}
_BARE_CHINESE = re.compile(r"\(?[一二三四五六七八九十]{1,3}\)?[、.]?")
_TOTAL = re.compile(
    r"(?:.{0,20}?)(?:合计|总计|小计|共计|总合计|累计)(?:数)?[:：]?(?:\(?共?(\d{1,6})(?:个|项)?(?:项目)?\)?)?"
)
_NOTE = re.compile(
    r"(?:备?注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|联系人|负责人|填报(?:单位|时间|日期)|单位负责人|编制"
    r"|统计负责人|联系电话)\d?[:：].*|[—\-–]+\d+[—\-–]+|第\d+页.*|\d+/\d+|备?注\d*[、.].*"
)
_FIGURE = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?")
_FIGURES = MONEY | {Meaning.QUANTITY, Meaning.ACHIEVED, Meaning.SHARE, Meaning.UNKNOWN}


def heading_of(text: str, row: int) -> Heading:
    """Return the heading that a group row's text says."""
    words = tight(text)
    rank = "other"
    for name, pattern in _RANKS:
        if numbered := pattern.match(words):
            rank, words = name, words[numbered.end() :]
            break
    count = _COUNT.search(words) if _IN_BRACKETS.search(words) else None
    name = words[: count.start()].strip("(:,") if count else words
    stage = stage_of(name)
    if stage is not None and rank == "other":
        rank = "stage"
    return Heading(row, one_line(name), rank, stage, int(count[1]) if count else None)


def nested(groups: tuple[Heading, ...], heading: Heading) -> tuple[Heading, ...]:
    """Return the groups that hold after a heading: it ends those of its own sort and below.

    Numbered headings have the order 一、 （一） 1. (1); others stand in the order they came in. Of
    two stages only one holds, however they are numbered.
    """
    order = _ORDER.get(heading.rank)
    for place, group in enumerate(groups):
        beneath = order is not None and _ORDER.get(group.rank, -1) >= order
        other_stage = heading.stage is not None and group.stage is not None
        if group.rank == heading.rank or beneath or other_stage:
            return (*groups[:place], heading)
    return (*groups, heading)


class RowKinds:
    """Tells the kind of each row of one grid under its layout."""

    def __init__(self, grid: Grid, layout: Layout, merged: Merged) -> None:
        """Remember what the head says, to know it again where a new page repeats it."""
        self._grid = grid
        self._merged = merged
        self._layout = layout
        self._meanings = {column.index: column.meaning for column in layout.columns}
        title, serial = layout.column(Meaning.TITLE), layout.column(Meaning.SERIAL)
        self._title = title.index if title else -1
        self._serial = serial.index if serial else -1
        self._head = {
            (column, tight(shown(value)))
            for row in range(layout.first_head, layout.last_head + 1)
            for column, value in enumerate(grid.rows[row])
            if value is not None
        }
        self._flawed = {spot.row for spot in grid.flaws}

    def lines(self) -> Iterator[Line]:
        """Yield every row under the head with its kind and groups."""
        groups: tuple[Heading, ...] = ()
        for row in range(self._layout.last_head + 1, len(self._grid.rows)):
            texts = self._texts(row)
            kind = self._kind(row, texts)
            if kind is RowKind.GROUP:
                groups = nested(groups, heading_of(self._heading_text(texts), row))
            printed = _printed_total(texts) if kind is RowKind.TOTAL else None
            yield Line(row, kind, groups, printed)

    def _texts(self, row: int) -> dict[int, str]:
        """Return the row's own texts by column, packed; what hangs over from above is not its."""
        return {
            column: words
            for column, value in enumerate(self._grid.rows[row])
            if value is not None and (words := tight(shown(value)))
        }

    def _kind(self, row: int, texts: Mapping[int, str]) -> RowKind:
        if not texts:
            return RowKind.DATA if row in self._flawed else RowKind.EMPTY
        if self._is_head(texts):
            return RowKind.HEAD
        if _is_total(texts):
            return RowKind.TOTAL
        if _is_note(texts):
            return RowKind.NOTE
        if self._merged.hangs_over(row, self._title) and self._title >= 0:
            above = self._merged.first(row, self._title)[0]
            return RowKind.MORE if above > self._layout.last_head else RowKind.HEAD
        return RowKind.GROUP if self._is_group(row, texts) else RowKind.DATA

    def _is_head(self, texts: Mapping[int, str]) -> bool:
        same = sum((column, words) in self._head for column, words in texts.items())
        return same > 1 and same * 2 > len(texts)

    def _is_group(self, row: int, texts: Mapping[int, str]) -> bool:
        """Tell whether a row only names a group: one text, and figures in columns of figures."""
        words = [
            (column, text)
            for column, text in texts.items()
            if not (_FIGURE.fullmatch(text) and self._meanings.get(column) in _FIGURES)
        ]
        if len(words) == 2 and _BARE_CHINESE.fullmatch(words[0][1]):  #  一 | 工业项目
            return words[0][0] == self._serial
        if len(words) != 1:
            return False
        column, text = words[0]
        if _FIGURE.fullmatch(text) or 0 <= self._title < column:
            return False
        named = any(pattern.match(text) for name, pattern in _RANKS if "chinese" in name)
        return named or self._stands_apart(row, column, text, alone=len(texts) == 1)

    def _stands_apart(self, row: int, column: int, text: str, *, alone: bool) -> bool:
        """Tell whether a lone text is no matter's title."""
        if stage_of(text) or _IN_BRACKETS.search(text) or column == self._serial:
            return True
        if self._merged.spans_columns(row, column) * 2 > self._grid.width:
            return True
        return alone and self._serial >= 0  # a matter would have its number

    def _heading_text(self, texts: Mapping[int, str]) -> str:
        """Return a group row's words: the lone text, after its numeral where that stands apart."""
        words = [text for text in texts.values() if not _FIGURE.fullmatch(text)]
        if len(words) > 1 and _BARE_CHINESE.fullmatch(words[0]):
            numeral = words[0] if words[0][-1] in "、.)" else words[0] + "、"
            return numeral + words[1]
        return words[0]


def _is_total(texts: Mapping[int, str]) -> bool:
    return any(_TOTAL.fullmatch(words) for words in list(texts.values())[:2])


def _printed_total(texts: Mapping[int, str]) -> int | None:
    found = (_TOTAL.fullmatch(words) for words in texts.values())
    counts = [int(total[1]) for total in found if total and total[1]]
    return counts[0] if counts else None


def _is_note(texts: Mapping[int, str]) -> bool:
    return bool(_NOTE.fullmatch(next(iter(texts.values()))))
