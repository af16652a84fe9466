"""A whole day is read from the database as it lies there."""

from luoshi.base.kept import edition_of
from luoshi.ledger.daybook.shown import shown
from tests.base.test_plans import by_sqlite, plans_of
from tests.ledger.clerk import TODAY


def test_all_matters_and_some_are_told_alike(town):
    matters = [town.assigned(code) for code in ("S1", "S2")]
    town.draft("S3")
    edition = edition_of(town.district)
    columns, parts = shown(town.office, TODAY, edition)
    among, some = shown(town.office, TODAY, edition, among=matters)
    wanted = [columns["thread"].index(matter.hex) for matter in matters]
    order = [among["thread"].index(matter.hex) for matter in matters]
    for name, values in columns.items():
        assert [values[n] for n in wanted] == [among[name][n] for n in order], name
    assert parts == some == {}


@by_sqlite
def test_the_rows_of_a_day_are_found_by_the_index_alone_and_read_as_they_lie(town):
    town.draft("S1")
    plans = list(plans_of(lambda: shown(town.office, TODAY, edition_of(town.district))))
    assert "SEARCH ledger_matterspell USING INTEGER PRIMARY KEY (rowid=?)" in plans
    assert any("COVERING INDEX matter_on_day" in plan for plan in plans)
