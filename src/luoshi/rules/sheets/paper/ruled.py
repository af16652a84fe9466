"""A table with ruled lines: cells are what the lines part, merged where a line is missing."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from luoshi.rules.sheets.grid import Merge
from luoshi.rules.sheets.paper.lines import cell_text, lines_of
from luoshi.rules.sheets.paper.page import Glyph, Page, Ruling

LEVEL = 1.5  # points that a line may slant or be thick
SHORTEST = 4.0  # points of a line that parts cells
NEAR = 3.0  # points within which two lines are the same edge
MOST_EDGES = 400  # of a page, each way

Rows = list[list[str]]


@dataclass(slots=True)
class Table:
    """The rows of one page, the merges among them, and the edges of its columns in points."""

    rows: Rows
    merges: list[Merge] = field(default_factory=list)
    edges: tuple[float, ...] = ()


def ruled_table(page: Page) -> Table | None:
    """Return the page's table with the lines of text above and below it, or None without one."""
    upright = [line for line in page.rulings if _is_upright(line)]
    level = [line for line in page.rulings if _is_level(line)]
    ys = _edges(line.top for line in level)
    xs = _edges(line.x0 for line in upright)
    ys = _with_open_ends(ys, upright)
    if not (1 < len(ys) <= MOST_EDGES and 1 < len(xs) <= MOST_EDGES):
        return None
    inside = [glyph for glyph in page.glyphs if ys[0] <= glyph.y <= ys[-1]]
    xs = _with_open_sides(xs, inside)
    table = _Cells(xs, ys, upright, level).table(inside)
    width = len(xs) - 1
    above = _full_lines((glyph for glyph in page.glyphs if glyph.y < ys[0]), width)
    below = _full_lines((glyph for glyph in page.glyphs if glyph.y > ys[-1]), width)
    merges = [_moved(merge, len(above)) for merge in table.merges]
    return Table([*above, *table.rows, *below], merges, table.edges)


def _is_upright(line: Ruling) -> bool:
    return abs(line.x1 - line.x0) <= LEVEL and abs(line.bottom - line.top) >= SHORTEST


def _is_level(line: Ruling) -> bool:
    return abs(line.bottom - line.top) <= LEVEL and abs(line.x1 - line.x0) >= SHORTEST


def _edges(places: Iterable[float]) -> list[float]:
    """Return places of lines, those near each other once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _with_open_ends(ys: list[float], upright: Sequence[Ruling]) -> list[float]:
    """Add an edge where upright lines reach beyond the outermost level ones: a cut row."""
    top = min((min(line.top, line.bottom) for line in upright), default=0.0)
    bottom = max((max(line.top, line.bottom) for line in upright), default=0.0)
    before = [top] if ys and top < ys[0] - SHORTEST else []
    after = [bottom] if ys and bottom > ys[-1] + SHORTEST else []
    return [*before, *ys, *after]


def _with_open_sides(xs: list[float], glyphs: Sequence[Glyph]) -> list[float]:
    """Add an edge where text stands outside the outermost upright lines: open sides."""
    left = min((glyph.x0 for glyph in glyphs), default=xs[0])
    right = max((glyph.x1 for glyph in glyphs), default=xs[-1])
    before = [left - NEAR] if left < xs[0] - NEAR else []
    after = [right + NEAR] if right > xs[-1] + NEAR else []
    return [*before, *xs, *after]


def _full_lines(glyphs: Iterable[Glyph], width: int) -> Rows:
    return [[line.whole.text, *[""] * (width - 1)] for line in lines_of(glyphs)]


def _moved(merge: Merge, rows: int) -> Merge:
    return Merge(
        merge.first_row + rows, merge.first_column, merge.last_row + rows, merge.last_column
    )


class _Cells:
    """The boxes between edges, joined where no line parts them."""

    def __init__(
        self, xs: list[float], ys: list[float], upright: list[Ruling], level: list[Ruling]
    ) -> None:
        self._xs = xs
        self._ys = ys
        self._upright = _by_edge(xs, [(line.x0, line.top, line.bottom) for line in upright])
        self._level = _by_edge(ys, [(line.top, line.x0, line.x1) for line in level])
        self._width = len(xs) - 1
        self._height = len(ys) - 1
        self._cell = list(range(self._width * self._height))
        self._join()

    def _join(self) -> None:
        for row in range(self._height):
            for column in range(self._width):
                here = row * self._width + column
                if column and not self._parted_upright(row, column):
                    self._unite(here - 1, here)
                if row and not self._parted_level(row, column):
                    self._unite(here - self._width, here)

    def _parted_upright(self, row: int, column: int) -> bool:
        return _covers(self._upright[column], self._ys[row], self._ys[row + 1])

    def _parted_level(self, row: int, column: int) -> bool:
        return _covers(self._level[row], self._xs[column], self._xs[column + 1])

    def _root(self, cell: int) -> int:
        while self._cell[cell] != cell:
            self._cell[cell] = self._cell[self._cell[cell]]
            cell = self._cell[cell]
        return cell

    def _unite(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._cell[second] = first

    def table(self, glyphs: Iterable[Glyph]) -> Table:
        """Return the rows with each cell's words in its first box."""
        held: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            held.setdefault(self._root(self._box(glyph)), []).append(glyph)
        boxes: dict[int, list[int]] = {}
        for cell in range(len(self._cell)):
            boxes.setdefault(self._root(cell), []).append(cell)
        rows = [[""] * self._width for _ in range(self._height)]
        merges: list[Merge] = []
        for root, cells in boxes.items():
            merge = self._hull(cells)
            width = self._xs[merge.last_column + 1] - self._xs[merge.first_column]
            rows[merge.first_row][merge.first_column] = cell_text(held.get(root, []), width=width)
            if len(cells) > 1:
                merges.append(merge)
        return Table(rows, merges, tuple(self._xs))

    def _box(self, glyph: Glyph) -> int:
        row = min(max(bisect_right(self._ys, glyph.y) - 1, 0), self._height - 1)
        column = min(max(bisect_right(self._xs, glyph.x) - 1, 0), self._width - 1)
        return row * self._width + column

    def _hull(self, cells: list[int]) -> Merge:
        rows = [cell // self._width for cell in cells]
        columns = [cell % self._width for cell in cells]
        return Merge(min(rows), min(columns), max(rows), max(columns))


def _by_edge(
    edges: list[float], lines: Iterable[tuple[float, float, float]]
) -> dict[int, list[tuple[float, float]]]:
    """Return the stretches that lines cover at each edge, edges by their place in the list."""
    found: dict[int, list[tuple[float, float]]] = {place: [] for place in range(len(edges))}
    for at, start, end in lines:
        place = max(bisect_right(edges, at + LEVEL) - 1, 0)
        found[place].append((min(start, end), max(start, end)))
    return found


def _covers(stretches: Iterable[tuple[float, float]], start: float, end: float) -> bool:
    """Tell whether lines cover the middle of a stretch."""
    middle = (start + end) / 2
    return any(first <= middle <= last for first, last in stretches)
