"""Where the head of a list is, and what each of its columns means."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from luoshi.rules.sheets.above import Above, read_above
from luoshi.rules.sheets.columns import Column, told
from luoshi.rules.sheets.figures import money_unit
from luoshi.rules.sheets.grid import Grid
from luoshi.rules.sheets.meanings import MANY, MONEY, Meaning, Period
from luoshi.rules.sheets.merged import Merged
from luoshi.rules.sheets.wording import one_line, says_nothing, shown, tight

LOOKED_AT = 60  # rows from the top in which a head is sought
MOST_HEAD_ROWS = 4
LONGEST_PART = 40  # letters of one head cell
FEWEST = 2  # columns understood, one of them the title, that make a row a head
WIDE = 0.8  # a cell over more of the columns is a title line, no head


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the head leaves open about a column; ``code`` is stable, ``facts`` say the rest."""

    column: int
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a list is laid out: its head's rows (first and last, from 0) and its columns."""

    first_head: int
    last_head: int
    columns: tuple[Column, ...]
    above: Above
    doubts: tuple[Doubt, ...] = ()

    def column(self, meaning: Meaning) -> Column | None:
        """Return the first column of a meaning, or None."""
        return next((column for column in self.columns if column.meaning is meaning), None)

    def of(self, meaning: Meaning) -> tuple[Column, ...]:
        """Return every column of a meaning, from left to right."""
        return tuple(column for column in self.columns if column.meaning is meaning)


def find_layout(
    grid: Grid, merged: Merged, *, chosen: Mapping[int, Meaning] | None = None
) -> Layout | None:
    """Return the layout of a grid, or None where no head is found in its first rows.

    ``chosen`` holds what a person decided a column means; it goes before the head.
    """
    texts = [[shown(value) for value in row] for row in grid.rows[: LOOKED_AT + MOST_HEAD_ROWS]]
    best = _best_row(texts[:LOOKED_AT], merged)
    if best is None:
        return None
    first, last = _first_head(texts, merged, best), _last_head(texts, merged, best)
    parts = [_parts(texts, merged, first, last, column) for column in range(grid.width)]
    above = read_above([*(text for row in texts[:first] for text in row), grid.name])
    columns = [
        replace(_column(index, part), hidden=index in grid.hidden_columns)
        for index, part in enumerate(parts)
    ]
    columns = [_by_cells(grid, last, column) for column in columns]
    columns, doubts = _settled(columns, parts, chosen or {})
    return Layout(first, last, tuple(columns), above, tuple(doubts))


def _best_row(texts: list[list[str]], merged: Merged) -> int | None:
    """Return the first of the rows that name most columns; a title column must be among them."""
    best, most = None, FEWEST - 1
    for row, line in enumerate(texts):
        meanings = {
            told((text,)).meaning
            for column, text in enumerate(line)
            if 0 < len(text) <= LONGEST_PART and merged.first(row, column) == (row, column)
        } - {Meaning.UNKNOWN}
        if len(meanings) > most and meanings & {Meaning.TITLE, Meaning.CONTENT, Meaning.TARGET}:
            best, most = row, len(meanings)
    return best


def _first_head(texts: list[list[str]], merged: Merged, best: int) -> int:
    """Return the first row of the head: rows above belong where their cells reach over parts."""
    first = best
    while first > 0 and best - first < MOST_HEAD_ROWS - 1 and _is_over(texts, merged, first - 1):
        first -= 1
    return first


def _is_over(texts: list[list[str]], merged: Merged, row: int) -> bool:
    """Tell whether the row above a head holds heads over several columns, or begins tall ones."""
    line = texts[row]
    filled = [column for column, text in enumerate(line) if text]
    if any(len(line[column]) > LONGEST_PART for column in filled):
        return False
    reaching = any(
        1 < merged.spans_columns(row, column) < WIDE * len(line) and len(filled) > 1
        for column in filled
    )
    tall = any(merged.first(row + 1, column) == (row, column) for column in filled)
    return (reaching or tall) and not any(":" in tight(line[column]) for column in filled)


def _last_head(texts: list[list[str]], merged: Merged, best: int) -> int:
    """Return the last row of the head: rows below belong where they part the heads above."""
    last = best
    while last - best < MOST_HEAD_ROWS - 1 and last + 1 < len(texts):
        if not _is_under(texts, merged, best, last + 1):
            break
        last += 1
    return last


def _is_under(texts: list[list[str]], merged: Merged, best: int, row: int) -> bool:
    """Tell whether a row holds lower heads: words only, and none under the first heads."""
    line = texts[row]
    hanging = {column for column in range(len(line)) if merged.hangs_over(row, column)}
    own = [column for column, text in enumerate(line) if text and column not in hanging]
    if not own or any(not _is_head_word(line[column]) for column in own):
        return False
    titles = [c for c, text in enumerate(texts[best]) if told((text,)).meaning in _NAMES]
    if any(column in own for column in titles):
        return False
    return any(merged.first(row, c)[0] >= best for c in hanging) or len(own) > 1


_NAMES = frozenset({Meaning.TITLE, Meaning.SERIAL})
_NUMBER_ONLY = re.compile(r"[\d.,%-]+")


def _is_head_word(text: str) -> bool:
    return len(text) <= LONGEST_PART and not _NUMBER_ONLY.fullmatch(tight(text))


def _parts(
    texts: list[list[str]], merged: Merged, first: int, last: int, column: int
) -> tuple[str, ...]:
    """Return the heads of a column from the top down; each merged cell counts once."""
    found: dict[tuple[int, int], str] = {}
    for row in range(first, last + 1):
        place = merged.first(row, column)
        text = texts[place[0]][place[1]]
        if not text and row < last and texts[last][column]:
            place = _reaching_from_left(texts, merged, row, column)
            text = texts[place[0]][place[1]]
        if text:
            found[place] = one_line(text)
    return tuple(found.values())


def _reaching_from_left(
    texts: list[list[str]], merged: Merged, row: int, column: int
) -> tuple[int, int]:
    """Return the cell whose head also stands over this column where a file keeps no merges."""
    left = column
    while left > 0 and not texts[row][left] and texts[row + 1][left]:
        left -= 1
    over = bool(texts[row + 1][left]) and not merged.hangs_over(row + 1, left)
    return (row, left) if over else (row, column)


def _column(index: int, parts: tuple[str, ...]) -> Column:
    found = told(parts)
    return Column(
        index=index,
        head="/".join(parts),
        meaning=found.meaning,
        period=found.period,
        units=found.units,
        year=found.year,
        when=found.when,
    )


_JUST_UNIT = frozenset({"单位", "单 位"})
_MEASURE = re.compile(r"%|‰|[\u4e00-\u9fff]{1,4}|[a-z]{1,3}[23²³]?")
_ORGANISATION = re.compile(r".*[局委办会院厅部所镇乡道司]$")
LOOKED_BELOW = 50  # rows under the head that tell what 单位 means


def _by_cells(grid: Grid, last: int, column: Column) -> Column:
    """Settle a head 单位 by its cells: measures (户, 公里) or organisations; else leave it."""
    if tight(column.head) not in _JUST_UNIT:
        return column
    rows = grid.rows[last + 1 : last + 1 + LOOKED_BELOW]
    words = [tight(shown(row[column.index])).lower() for row in rows]
    words = [word for word in words if not says_nothing(word)]
    if words and all(_ORGANISATION.fullmatch(word) for word in words):
        return replace(column, meaning=Meaning.RESPONSIBLE_UNIT)
    if words and all(_MEASURE.fullmatch(word) or money_unit(word) for word in words):
        return replace(column, meaning=Meaning.UNIT)
    return column


_WEAK_TITLES = (Meaning.CONTENT, Meaning.TARGET)
_YEAR_PLAN = re.compile(r"(?:本|全|当)?年度?(?:计划|任务)")


def _settled(
    columns: list[Column], parts: list[tuple[str, ...]], chosen: Mapping[int, Meaning]
) -> tuple[list[Column], list[Doubt]]:
    """Return the columns with what the others, or a person, say of them, and what stays open."""
    columns = _with_neighbours(columns)
    columns = [
        replace(column, meaning=chosen.get(column.index, column.meaning)) for column in columns
    ]
    doubts: list[Doubt] = []
    if not any(column.meaning is Meaning.TITLE for column in columns):
        columns = _with_weak_title(columns)
    counted: Counter[Meaning] = Counter()
    for place, column in enumerate(columns):
        counted[column.meaning] += 1
        if column.index in chosen:
            continue
        if counted[column.meaning] > 1 and column.meaning not in MANY:
            doubts.append(Doubt(column.index, "column_twice", _facts(column)))
            columns[place] = replace(column, meaning=Meaning.UNKNOWN)
        elif (open_to := told(parts[place]).could_be) and column.meaning is Meaning.UNKNOWN:
            could_be = tuple(meaning.value for meaning in open_to)
            doubts.append(
                Doubt(column.index, "column_open", {"head": column.head, "could_be": could_be})
            )
        elif _asks_period(column):
            doubts.append(Doubt(column.index, "period_open", _facts(column)))
    return columns, doubts


def _facts(column: Column) -> Mapping[str, object]:
    return {"head": column.head, "meaning": column.meaning.value}


def _asks_period(column: Column) -> bool:
    summed = column.meaning in {Meaning.MONEY_DONE, Meaning.ACHIEVED}
    return summed and column.period in {Period.UNSAID, Period.CUMULATIVE}


def _with_neighbours(columns: list[Column]) -> list[Column]:
    """Tell money from quantities by the other columns where a head alone does not say.

    完成 beside 总投资 and without a quantity column is money; 计划 alike.
    """
    has_money = any(column.meaning in MONEY for column in columns)
    has_quantity = any(column.meaning is Meaning.QUANTITY for column in columns)
    if not has_money or has_quantity:
        return columns
    return [_as_money(column) for column in columns]


def _as_money(column: Column) -> Column:
    if column.meaning is Meaning.ACHIEVED:
        return replace(column, meaning=Meaning.MONEY_DONE)
    if column.meaning is Meaning.UNKNOWN and _YEAR_PLAN.fullmatch(tight(column.head)):
        return replace(column, meaning=Meaning.MONEY_YEAR_PLAN)
    return column


def _with_weak_title(columns: list[Column]) -> list[Column]:
    """Take the content, else the target in words, for the title where no column names it."""
    for meaning in _WEAK_TITLES:
        for place, column in enumerate(columns):
            if column.meaning is meaning:
                return [
                    *columns[:place],
                    replace(column, meaning=Meaning.TITLE),
                    *columns[place + 1 :],
                ]
    return columns
