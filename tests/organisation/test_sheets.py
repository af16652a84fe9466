"""Units and posts as a sheet: what goes out comes in again, and only what differs is written."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.utils import translation

from luoshi.base.grids.reading import read_grids
from luoshi.base.grids.writing import write_xlsx
from luoshi.organisation import commands, exporting, judging, queries
from luoshi.organisation.judging import SheetRow
from luoshi.organisation.sheets import Part
from luoshi.rules.nodes import Renamed
from luoshi.rules.organisation import UnitUnknown
from tests.ledger.town import BELOW, DAY, LEAD, OFFICE, STRANGER, SUPPORT, UNITS

NEXT = DAY + timedelta(days=1)
TOP = UNITS[0][0]


@pytest.fixture
def rows(town, tmp_path):
    """The sheet as it goes out, read again."""

    def read(language="zh-hans"):
        with translation.override(language):
            file = BytesIO()
            write_xlsx(file, exporting.sheets(town.office, day=DAY))
        path = tmp_path / "sheet.xlsx"
        path.write_bytes(file.getvalue())
        return [
            row
            for grid in read_grids(path, name=path.name)
            for part in Part
            for row in judging.rows_in(part, grid.rows) or ()
        ]

    return read


@pytest.fixture
def judge(town):
    return lambda rows, day=NEXT: judging.judged(town.office, rows, day=day)


@pytest.fixture
def write(town, judge):
    """Write what a sheet changes."""

    def written(rows, day=NEXT):
        found = judge(rows, day)
        assert not found.problems
        return commands.write_differences(differences=found.differences, on=day, **town.hand())

    return written


def changed(rows, called, part=Part.UNITS, /, **values):
    """The same rows, one of them changed."""
    return [
        replace(row, values={**row.values, **values})
        if row.part is part and row.values["name"] == called
        else row
        for row in rows
    ]


def added(part, number=90, **values):
    return SheetRow(part, number, {"id": "", "order": "1", **values})


def verbs(found):
    return [(one.verb, one.name) for one in found.differences]


def sentences(found):
    return [(one.number, one.column) for one in found.problems]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_goes_out_comes_in_without_a_difference(rows, judge, language):
    found = judge(rows(language))
    assert len(rows(language)) == 2 * len(UNITS)
    assert (found.differences, found.problems, found.missing) == ([], [], [])


def test_every_change_of_a_unit_is_found_and_written(town, rows, judge, write):
    sheet = changed(
        rows(), LEAD, name="城市管理局", kind="Bureau", parent=OFFICE, order="40", territory="老城"
    )
    assert verbs(judge(sheet)) == [
        (verb, LEAD) for verb in ("rename", "move", "order", "classify", "bound")
    ]
    assert write(sheet) == 5
    units = {one.id: one for one in queries.units_visible_to(town.office, day=NEXT)}
    unit = units[town.unit(LEAD)]
    assert (unit.name, unit.kind, unit.parent) == ("城市管理局", "bureau", town.unit(OFFICE))
    assert (unit.territory, unit.order) == ("老城", 40)
    assert queries.unit_name(unit.id, day=DAY) == LEAD
    assert judge(sheet).differences == []


def test_every_change_of_a_post_is_found_and_written(town, rows, judge, write):
    post = f"{LEAD}负责人"
    sheet = changed(
        rows(), post, Part.POSTS,
        name="局长", parent=SUPPORT,
        duty="Principal head", roles="Head of a unit、Reviewer in a unit", order="2",
    )  # fmt: skip
    assert verbs(judge(sheet)) == [(verb, post) for verb in ("rename", "move", "order", "charge")]
    write(sheet)
    found = queries.post_named(town.office, town.post(LEAD), day=NEXT)
    assert (found.name, found.unit, found.order) == ("局长", town.unit(SUPPORT), 2)
    assert (found.duty, found.roles) == ("head", {"unit_head", "reviewer"})


def test_new_units_and_posts_stand_where_the_sheet_puts_them(town, rows, judge, write):
    sheet = [
        *rows(),
        added(Part.UNITS, 91, name="二科", kind="Department", parent="新专班"),
        added(Part.UNITS, 92, name="新专班", kind="Task force", parent=TOP, territory="北片区"),
        added(Part.POSTS, 93, name="专班联络岗", parent="新专班", duty="Liaison officer"),
    ]
    assert verbs(judge(sheet)) == [
        ("found_unit", "新专班"),
        ("found_unit", "二科"),
        ("found_post", "专班联络岗"),
    ]
    write(sheet)
    units = {one.name: one for one in queries.units_visible_to(town.office, day=NEXT)}
    assert units["二科"].parent == units["新专班"].id
    assert units["新专班"].parent == town.unit(TOP)
    posts = {one.name: one for one in queries.posts_visible_to(town.office, day=NEXT)}
    assert posts["专班联络岗"].unit == units["新专班"].id


def test_what_is_left_out_stays(town, rows, judge):
    sheet = [row for row in rows() if row.values["name"] != STRANGER]
    found = judge(sheet)
    assert [found.differences, found.missing] == [[], [STRANGER]]
    alone = [row for row in rows() if row.part is Part.POSTS]
    assert judge(alone).missing == []
    bad = changed(rows(), STRANGER, order="首位")
    assert judge(bad).missing == []


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("id", {"id": str(uuid4())}),
        ("name", {"name": ""}),
        ("name", {"name": "名" * 101}),
        ("order", {"order": "首位"}),
        ("order", {"order": "100001"}),
        ("parent", {"parent": "无此单位"}),
        ("kind", {"kind": "衙门"}),
        ("kind", {"kind": ""}),
        ("territory", {"territory": "地" * 101}),
    ],
)
def test_a_bad_cell_of_a_unit_is_named(rows, judge, column, values):
    sheet = changed(rows(), STRANGER, **values)
    row = next(row for row in rows() if row.values["name"] == STRANGER)
    assert (row.number, column) in sentences(judge(sheet))


@pytest.mark.parametrize(
    ("column", "values"),
    [("parent", {"parent": ""}), ("duty", {"duty": "巡抚"}), ("roles", {"roles": "知府"}),
     ("order", {"order": ""})],
)  # fmt: skip
def test_a_bad_cell_of_a_post_is_named(rows, judge, column, values):
    sheet = changed(rows(), f"{STRANGER}负责人", Part.POSTS, **values)
    assert [one[1] for one in sentences(judge(sheet))] == [column]


def test_two_units_of_one_name_are_told_apart_by_their_numbers(town, rows, judge):
    commands.found_unit(
        unit_id=uuid4(), name=SUPPORT, kind="bureau", parent=None, order=9, on=DAY, **town.hand()
    )
    twins = [one for one in queries.units_visible_to(town.office, day=DAY) if one.name == SUPPORT]
    assert judge(rows()).differences == []
    extra = [added(Part.UNITS, 95, name="三科", kind="Department", parent=SUPPORT)]
    assert sentences(judge([*rows(), *extra]))[0] == (95, "parent")
    named = [added(Part.UNITS, 95, name="三科", kind="Department", parent=str(twins[0].id))]
    assert verbs(judge([*rows(), *named])) == [("found_unit", "三科")]


def test_new_units_below_each_other_are_refused(rows, judge):
    sheet = [
        *rows(),
        added(Part.UNITS, 91, name="甲科", kind="Department", parent="乙科"),
        added(Part.UNITS, 92, name="乙科", kind="Department", parent="甲科"),
    ]
    assert sentences(judge(sheet)) == [(91, "parent"), (92, "parent")]


def test_a_kind_nobody_foresaw_stays_as_it_is(rows, judge, town):
    town.found_unit("特别处", on=DAY)
    sheet = changed(rows(), "特别处", kind="department")
    assert judge(sheet).problems == []


def test_a_refusal_takes_the_whole_sheet_back(town, rows, judge, snapshot):
    sheet = changed(rows(), LEAD, name="城市管理局", parent=BELOW)
    found = judge(sheet)
    before = snapshot()
    with pytest.raises(Exception, match="below_itself"):
        commands.write_differences(differences=found.differences, on=NEXT, **town.hand())
    lost = [replace(one, value=str(uuid4())) for one in found.differences if one.verb == "move"]
    with pytest.raises(UnitUnknown):
        commands.write_differences(differences=lost, on=NEXT, **town.hand())
    assert snapshot() == before


def test_a_table_without_its_head_is_none():
    assert judging.rows_in(Part.UNITS, [["甲", "乙"], ["单位", "岗位"]]) is None


def test_no_cell_of_the_sheet_is_a_formula(town, tmp_path):
    commands.change_unit(
        unit_id=town.unit(LEAD), fact=Renamed(name="=1+1"), on=DAY, expected=10**9, **town.hand()
    )
    file = BytesIO()
    write_xlsx(file, exporting.sheets(town.office, day=DAY))
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(file.getvalue())
    (units, _posts) = read_grids(path, name=path.name)
    assert "=1+1" in [cell for row in units.rows for cell in row]
    assert units.flaws == ()
