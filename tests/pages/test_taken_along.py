"""A comparison as a file for the office's own spreadsheet: days sort as days, filters are named."""

import io
from datetime import datetime

import openpyxl
import pytest
from django.test import Client

DAYS = "on=2021-01-15&against=2020-12-31"


@pytest.fixture
def sheet(demo):
    """The sheet of a comparison, as a spreadsheet opens it."""

    def opened(**filters):
        asked = "&".join((DAYS, *(f"{name}={value}" for name, value in filters.items())))
        answer = Client().get(f"/compare/export/xlsx/?{asked}")
        return openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]

    return opened


def test_due_days_are_days_and_not_text(sheet):
    cells = [row[-1] for row in sheet(kind="project").iter_rows(min_row=6)]
    dues = [cell.value for cell in cells if cell.value]
    assert dues
    assert all(isinstance(due, datetime) for due in dues)


def test_what_became_of_the_matters_is_named_among_the_filters(sheet):
    notes = [row[0].value for row in sheet(became="new", q="PRG").iter_rows(max_row=5)]
    assert any("新增" in str(note) and "PRG" in str(note) for note in notes)
    page = Client().get(f"/compare/?{DAYS}&became=new&q=PRG")
    assert [chip.label for chip in page.context["filters"]] == ["新增", "«PRG»"]
    assert "became" not in page.context["clear_url"]
    assert "became" not in page.context["filters"][0].remove_url
