"""The board as xlsx, csv and on paper: exactly what is shown, with its day and moment."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from luoshi.base.grids import reading
from luoshi.ledger import exporting
from luoshi.ledger.views.board import files

DAY = "on=2020-07-30"


def export(ending, query=""):
    return Client().get(f"/board/export/{ending}/?{DAY}&{query}")


def cells(answer, tmp_path):
    """Read a file that was sent as the import would."""
    path = Path(tmp_path) / "sent.xlsx"
    path.write_bytes(answer.content)
    return reading.read_grids(path, name="sent.xlsx")[0].rows


def lines(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def shown(query=""):
    """Return the codes of every page of the board."""
    found, path = [], f"/board/?{DAY}&{query}"
    while path:
        page = Client().get(path)
        found += [row.code for row in page.context["rows"]]
        following = page.context["pager"]["next_url"]
        path = f"/board/{following}" if following else ""
    return found


@pytest.mark.parametrize("query", ["", "sort=-due", "colour=red&sort=title", "q=PRG0&col=due"])
def test_a_file_holds_the_rows_of_all_pages_in_their_order(demo, query):
    listed = lines(export("csv", query))
    start = next(n for n, line in enumerate(listed) if line[:1] == ["编号"]) + 1
    codes = shown(query)
    assert [line[0] for line in listed[start : start + len(codes)]] == codes


def test_a_file_says_which_day_it_shows_when_it_was_made_and_what_it_is_narrowed_to(demo):
    listed = lines(export("csv", "colour=red&q=PRG0&known_at=500"))
    notes = "".join("".join(line) for line in listed[:5])
    assert "2020年7月30日" in notes
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", notes)
    assert "500" in notes
    assert "«PRG0»" in notes


def test_figures_days_and_shares_are_numbers_in_the_xlsx(demo, tmp_path):
    answer = export("xlsx", "q=PRG063")
    rows = cells(answer, tmp_path)
    row = next(row for row in rows if row[0] == "PRG063")
    assert {297, 103, date(2020, 12, 31)} <= set(row)
    assert "个" in row
    assert any(str(cell).startswith("0.34") for cell in row)
    assert "filename" in answer["Content-Disposition"]


def test_a_file_of_one_unit_has_its_sums_in_the_foot(demo, tmp_path):
    foot = [row for row in cells(export("xlsx", "q=PRG060"), tmp_path) if any(row)][-1]
    assert 33 in foot
    noted = lines(export("csv", "q=PRG06"))
    assert any("618 个" in "".join(line) for line in noted[:6])


def test_every_column_has_its_cells(demo, tmp_path):
    from luoshi.ledger.columns import COLUMNS

    every = "&".join(f"col={key}" for key in COLUMNS)
    rows = lines(export("csv", every))
    head = next(line for line in rows if line[:1] == ["编号"])
    assert len(head) == len(set(head)) == len(COLUMNS) + 5
    assert export("xlsx", every).status_code == 200


def test_a_file_that_would_be_too_long_is_refused_with_its_number(demo, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 10)
    answer = export("xlsx", "kind=programme")
    assert answer["Location"].startswith("/board/?")
    assert "kind=programme" in answer["Location"]
    assert export("csv", "q=PRG063").status_code == 200
    assert export("pdf").status_code == 404


def test_the_printed_list_holds_all_pages_and_says_where_it_ends(demo, monkeypatch):
    page = Client().get(f"/board/print/?{DAY}")
    html = page.content.decode()
    codes = shown()
    assert len(codes) > 50
    assert all(f">{code}<" in html for code in codes)
    assert not page.context["is_cut"]
    monkeypatch.setattr(files, "MOST_PRINTED", 10)
    cut = Client().get(f"/board/print/?{DAY}")
    assert cut.context["is_cut"]
    assert cut.content.decode().count("<tr>") < 20
