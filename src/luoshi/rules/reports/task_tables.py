"""Tables of tasks (任务分解表) as rows of cells parted by tabulators: what each column says.

A row says its task, who answers for it and by when; a cell that is merged with the one above it,
or says 同上, says what that one says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from luoshi.rules.reports.offices import parted
from luoshi.rules.reports.periods import Moment, Now, moments_in, month_of

Stretch = tuple[int, int]

LONGEST_HEAD = 24  # characters of the head of a column
LONGEST_BETWEEN = 40  # characters of a line between rows that heads some of them
MOST_COLUMNS = 20
MERGED = "〃"
"""Stands in a cell that is merged with the one above it."""
_SAME = frozenset({MERGED, "同上", "″", "“", "”", '"'})
_PARTED = re.compile(r"\t| ?\| ?")
_EMPTY = re.compile(r"[-—:：/\\\s]*|无")  # also a line drawn below the head
_DAY = re.compile(r"(20\d\d)[./-](\d{1,2})(?:[./-](\d{1,2}))?(?!\d)", re.ASCII)
_UNITS = re.compile(r"单位|部门|主体|科室")
_LEADERS = re.compile(
    r"领导|责任人|负责人|联系人|[省市区县]长|电话|备注|序号|编号|分值|资金|投资额|类别|板块|领域"
)


class Column(StrEnum):
    """What a column says."""

    TASK = "task"
    DONE = "done"  # how far it is
    LEAD = "lead"
    UNIT = "unit"
    DUE = "due"
    QUARTER = "quarter"  # what is to be reached by the end of a quarter, a month, a year
    OTHER = "other"


_COLUMNS = (
    (
        Column.DUE,
        re.compile(r"时限|完成时间|时间节点|完成日期|截止|办结时间|完成期限|时间要求|时间安排"),
    ),
    (Column.OTHER, re.compile(r"配合|协办|协助|参与|督导|督办|监督")),
    (Column.LEAD, re.compile(r"牵头|主办|主责")),
    (Column.UNIT, re.compile(r"责任|承办|实施单位|落实单位|责任主体|单位|部门")),
    (
        Column.QUARTER,
        re.compile(r"^(?:20\d\d年)?(?:第?[一二三四]季度|\d{1,2}月|[上下]半年)"),
    ),
    (Column.DONE, re.compile(r"进展|完成情况|落实情况|推进情况|工作成效")),
    (
        Column.TASK,
        re.compile(r"任务|工作|目标|内容|举措|措施|事项|项目|指标|要求|要点|标准|成果|名称"),
    ),
)


class Cell(NamedTuple):
    """Words to be read at text[start:end], and what the other cells of their row say of them."""

    start: int
    end: int
    is_name: bool  # what the others of its row speak of
    is_done: bool
    is_asked: bool  # another column says how far it is
    is_step: bool  # what is to be reached by the end of a quarter
    unit: str | None
    due: Stretch | None  # where the words of the day stand


@dataclass(slots=True)
class Tables:
    """Walks the paragraphs of a document and tells the rows of tables of tasks."""

    _columns: list[Column] = field(default_factory=list)
    _heads: list[Stretch] = field(default_factory=list)
    _unit: str | None = None  # of the row before
    _due: Stretch | None = None

    def cells_of(self, text: str, start: int, end: int) -> list[Cell] | None:
        """Return the cells to be read of a row, its name first; None outside a table of tasks.

        The head of a table has none to be read.
        """
        if text.find("\t", start, end) < 0 and text.find("|", start, end) < 0:
            if end - start > LONGEST_BETWEEN or text.find("。", start, end) >= 0:
                self._columns = []
            return None
        cells = list(_cells(text, start, end))
        if columns := _columns_of(text, cells):
            self._columns, self._heads, self._unit, self._due = columns, cells, None, None
            return []
        if not self._columns or len(cells) > len(self._columns):
            self._columns = []
            return None
        return self._read(text, cells)

    def _read(self, text: str, cells: Sequence[Stretch]) -> list[Cell]:
        told = list(zip(self._columns, cells, self._heads, strict=False))
        self._unit, self._due = self._unit_of(text, told), self._due_of(text, told)
        found: list[Cell] = []
        for column, (start, end), head in told:
            if column not in {Column.TASK, Column.DONE, Column.QUARTER}:
                continue
            words = text[start:end].strip()
            if words in _SAME or _EMPTY.fullmatch(words):
                continue
            is_step = column is Column.QUARTER
            is_name, is_done = not found and column is Column.TASK, column is Column.DONE
            due = head if is_step else self._due
            is_asked = not is_done and Column.DONE in self._columns
            found.append(Cell(start, end, is_name, is_done, is_asked, is_step, self._unit, due))
        return found

    def _unit_of(self, text: str, told: Sequence[tuple[Column, Stretch, Stretch]]) -> str | None:
        """Return who answers for a row: who leads, else who is responsible."""
        for wanted in (Column.LEAD, Column.UNIT):
            for column, (start, end), _head in told:
                words = text[start:end].strip()
                if column is wanted and not _EMPTY.fullmatch(words):
                    return self._unit if words in _SAME else parted(words)
        return None

    def _due_of(self, text: str, told: Sequence[tuple[Column, Stretch, Stretch]]) -> Stretch | None:
        for column, (start, end), _head in told:
            if column is Column.DUE:
                return self._due if text[start:end].strip() in _SAME else (start, end)
        return None


def _cells(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Yield where the cells of a row stand."""
    for parting in _PARTED.finditer(text, start, end):
        yield start, parting.start()
        start = parting.end()
    yield start, end


def _columns_of(text: str, cells: Sequence[Stretch]) -> list[Column]:
    """Return what the columns say where a row heads a table of tasks; else nothing."""
    if not 2 <= len(cells) <= MOST_COLUMNS:
        return []
    heads = ["".join(text[start:end].split()) for start, end in cells]
    if any(len(head) > LONGEST_HEAD or "。" in head for head in heads):
        return []
    columns = [_column(head) for head in heads]
    answers = {Column.LEAD, Column.UNIT, Column.DUE}
    return columns if Column.TASK in columns and answers & set(columns) else []


def _column(head: str) -> Column:
    if _LEADERS.search(head) and not _UNITS.search(head):
        return Column.OTHER
    return next((column for column, words in _COLUMNS if words.search(head)), Column.OTHER)


def day_in(text: str, words: Stretch, now: Now) -> Moment | None:
    """Return the day or month that a cell names, also as 2024.12.31; None without one."""
    for moment in moments_in(text, *words, now):
        return moment
    match = _DAY.search(text, *words)
    if match is None:
        return None
    return month_of(match, int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
