"""Merged cells: every cell of a merge shows what its first cell holds."""

from luoshi.rules.sheets.grid import Grid, Merge

MOST_CELLS = 200_000  # kept of all merges of a sheet; merges over each other cannot cost more


class Merged:
    """Which cell holds what a cell shows, for one grid."""

    def __init__(self, grid: Grid) -> None:
        """Keep the merges that lie in the grid, in the sheet's order, up to the bound."""
        self._first: dict[tuple[int, int], tuple[int, int]] = {}
        self._merge: dict[tuple[int, int], Merge] = {}
        left = MOST_CELLS
        last_row, last_column = len(grid.rows) - 1, grid.width - 1
        for merge in grid.merges:
            rows = range(merge.first_row, min(merge.last_row, last_row) + 1)
            columns = range(merge.first_column, min(merge.last_column, last_column) + 1)
            left -= len(rows) * len(columns)
            if left < 0:
                break
            first = (merge.first_row, merge.first_column)
            self._merge[first] = merge
            self._first.update(((row, column), first) for row in rows for column in columns)

    def first(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that holds what this one shows: itself outside merges."""
        return self._first.get((row, column), (row, column))

    def spans_columns(self, row: int, column: int) -> int:
        """Return how many columns the cell covers; 1 outside merges."""
        merge = self._merge.get(self.first(row, column))
        return merge.last_column - merge.first_column + 1 if merge else 1

    def hangs_over(self, row: int, column: int) -> bool:
        """Tell whether the cell begins in a row above."""
        return self.first(row, column)[0] < row
