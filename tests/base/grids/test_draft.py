"""What the files of one budget may use together."""

import pytest

from luoshi.base.grids.draft import Budget, Draft
from luoshi.base.grids.refusals import SheetTooManyCells, SheetTooMuchText
from luoshi.rules.sheets.grid import Flaw, Merge


def test_cells_of_all_sheets_count_marks_and_merges_too():
    budget = Budget("台账.xlsx", cells=4)
    first, second = Draft("一", budget), Draft("二", budget)
    first.put(0, 0, 1)
    first.mark(0, 1, Flaw.ERROR, "#REF!")
    first.merge(Merge(0, 0, 0, 1))
    second.put(0, 0, "学校")
    second.put(5, 5, " \u3000")
    second.put(5, 5, None)
    with pytest.raises(SheetTooManyCells) as caught:
        second.put(0, 1, True)
    assert (caught.value.facts["name"], caught.value.facts["sheet"]) == ("台账.xlsx", "二")


def test_text_of_all_sheets_counts():
    budget = Budget("台账.xlsx", text=5)
    Draft("一", budget).put(0, 0, "学校工程")
    with pytest.raises(SheetTooMuchText):
        Draft("二", budget).put(0, 0, "学校")


def test_a_filled_cell_may_be_filled_again():
    draft = Draft("一", Budget("台账.xlsx"))
    draft.put(0, 1, 1, "0%")
    draft.put(0, 1, 2)
    grid = draft.finished()
    assert (grid.rows, grid.formats) == (((None, 2),), ())


def test_equal_rows_of_formats_and_empty_rows_are_one():
    draft = Draft("一", Budget("台账.xlsx"))
    for row in (0, 1, 4):
        draft.put(row, 0, row, "0.00")
    grid = draft.finished()
    assert grid.formats[0] is grid.formats[1] is grid.formats[4]
    assert grid.rows[2] is grid.rows[3]
