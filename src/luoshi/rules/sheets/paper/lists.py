"""From the pages of a printed list to grids, rows that a page break cut put together again."""

import re
from collections.abc import Iterable, Sequence

from luoshi.rules.sheets.grid import Grid, Merge
from luoshi.rules.sheets.kinds import heading_of
from luoshi.rules.sheets.paper.health import PdfWithoutTable, check_text
from luoshi.rules.sheets.paper.page import Page
from luoshi.rules.sheets.paper.ruled import Rows, Table, ruled_table
from luoshi.rules.sheets.paper.unruled import unruled_rows
from luoshi.rules.sheets.wording import tight

SAME_COLUMNS = 6.0  # points by which the edges of one table may differ from page to page
_NUMBER = re.compile(r"\d{1,4}[.、]?")
_PAGE_NUMBER = re.compile(r"[—–\-－]*\s*\d{1,4}\s*[—–\-－]*|第\s*\d+\s*页.*|\d+\s*/\s*\d+")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计).*")


def grids_of(pages: Sequence[Page], *, name: str) -> tuple[Grid, ...]:
    """Return the tables of a PDF, those with the same columns on page after page as one.

    Raises PdfWithoutText, PdfTextBroken, PdfWithoutTable.
    """
    check_text(pages)
    found: list[Table] = []
    plain: list[Page] = []  # pages without lines that follow each other
    for page in pages:
        table = ruled_table(page)
        if table is None:
            plain.append(page)
            continue
        _take(found, [*_plain_tables(plain), table])
        plain = []
    _take(found, _plain_tables(plain))
    if not found:
        raise PdfWithoutTable
    return tuple(_grid(table, name, place) for place, table in enumerate(found))


def _plain_tables(pages: Sequence[Page]) -> list[Table]:
    rows = unruled_rows(pages) if pages else None
    return [Table(page, edges=(float(len(page[0])),)) for page in rows or [] if page]


def _take(found: list[Table], tables: Iterable[Table]) -> None:
    """Add tables, each to the one before where it goes on with it."""
    for table in tables:
        if found and _same_columns(found[-1].edges, table.edges):
            _append(found[-1], table)
        else:
            found.append(table)


def _same_columns(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Tell whether columns are as wide: two pages may stand apart by a binding margin."""
    if len(one) != len(other):
        return False
    steps = zip(one, other, strict=True)
    return all(
        abs((here - one[0]) - (there - other[0])) <= SAME_COLUMNS for here, there in steps
    ) and (len(one) > 1 or one == other)


def _append(table: Table, more: Table) -> None:
    """Add the rows of the next page; a row that goes on there is joined with its beginning."""
    rows = _without_page_numbers(more.rows)
    last = _last_filled(table.rows)
    start = 0
    while start < len(rows) and _is_repeated(rows[start], table.rows):
        start += 1
    if last is not None and start < len(rows) and _goes_on(table.rows[last], rows[start]):
        table.rows[last] = [
            before + after for before, after in zip(table.rows[last], rows[start], strict=True)
        ]
        rows[start] = [""] * len(rows[start])
    offset = len(table.rows)
    table.rows += rows
    table.merges += [_moved(merge, offset) for merge in more.merges]


def _moved(merge: Merge, rows: int) -> Merge:
    return Merge(
        merge.first_row + rows, merge.first_column, merge.last_row + rows, merge.last_column
    )


def _without_page_numbers(rows: Rows) -> Rows:
    """Return the rows with lone page numbers blanked, so that places stay as they are."""
    return [
        [""] * len(row) if _PAGE_NUMBER.fullmatch("".join(row)) and row[0] else list(row)
        for row in rows
    ]


def _last_filled(rows: Rows) -> int | None:
    """Return the last row that says more than a page number."""
    said = (place for place in range(len(rows) - 1, -1, -1) if _says_more("".join(rows[place])))
    return next(said, None)


def _says_more(words: str) -> bool:
    return bool(words) and not _PAGE_NUMBER.fullmatch(words)


def _is_repeated(row: Sequence[str], rows: Rows) -> bool:
    """Tell whether a row is empty or repeats the head: a row of several texts seen above."""
    filled = [tight(words) for words in row if words]
    return not filled or (len(filled) > 1 and any([*row] == above for above in rows))


def _goes_on(last: Sequence[str], first: Sequence[str]) -> bool:
    """Tell whether a page's first row goes on with the last before: it has no number of its own."""
    if not _NUMBER.fullmatch(tight(last[0])) or first[0]:
        return False
    filled = [words for words in first if words]
    if len(filled) > 1:
        return True
    heading = heading_of(filled[0], 0)
    named = heading.rank != "other" or heading.printed is not None
    return not named and not _TOTAL.fullmatch(tight(filled[0]))


def _grid(table: Table, name: str, place: int) -> Grid:
    width = max(len(row) for row in table.rows)
    rows = tuple(
        tuple(words or None for words in [*row, *[""] * (width - len(row))]) for row in table.rows
    )
    return Grid(f"{name} {place + 1}" if place else name, rows, tuple(table.merges))
