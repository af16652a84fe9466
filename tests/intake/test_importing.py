"""A sheet comes in: staged, judged, mended, written row by row, withdrawn."""

import zlib
from datetime import date
from uuid import uuid4

import pytest

from luoshi.base.models import JournalEntry, Line
from luoshi.base.rebuild import rebuilt
from luoshi.base.spells import on_day
from luoshi.intake import commands, judging, queries, reporting
from luoshi.intake.commands import staging
from luoshi.intake.commands.staging import ImportEnded
from luoshi.intake.decided import Decided, UnknownUnits
from luoshi.intake.models import RowState, SheetImport
from luoshi.ledger.models import Matter, MatterSpell
from luoshi.ledger.queries import ReasonMissing
from luoshi.organisation import queries as organisation
from luoshi.rules.journal import DayInFuture
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.ledger.town import AT, LEAD, STRANGER

AS_OF = date(2020, 6, 30)
ROAD = ("P-1", "侯寨道路工程", "城管局", 1200, 500, "2020年底前", "主体施工", "")
PARK = ("P-2", "马寨停车场建设", "交通局", 800, 300, "2020年11月", "基础施工", "13812345678")


def staged(town, path, **given):
    return commands.stage(path, name=path.name, by=town.office, at=AT, **given)


def written(town, sheet, **given):
    for _ in commands.write(sheet.pk, by=town.office, at=AT, **given):
        pass
    return SheetImport.objects.get(pk=sheet.pk)


def counts(sheet):
    report = reporting.report_of(sheet)
    return {name: report[name] for name in ("created", "changed", "unchanged", "refused")}


def states(sheet):
    return dict(sheet.rows.values_list("row", "state"))


def entries(town):
    return Line.objects.get(pk=town.district).last_number


def shown(town, code, day=AS_OF):
    return MatterSpell.objects.filter(on_day(day), district=town.district, code=code).get()


def test_a_sheet_becomes_matters_with_figures_confirmed_on_the_data_day(town, sheet):
    staging = staged(town, sheet(ROAD, PARK))
    assert (staging.as_of, staging.as_of_guessed) == (AS_OF, True)
    assert staging.counts == {"ready": 2}
    done = written(town, staging)
    assert done.counts == {"written": 2}
    road = shown(town, "P-1")
    assert (road.title, road.quantity, road.achieved) == ("侯寨道路工程", 1200, 500)
    assert (road.lead_unit, road.due) == (town.unit(LEAD), date(2020, 12, 31))
    assert road.standing == "incomplete"
    assert [found for some in rebuilt(district=town.district) for found in some] == []


def test_the_same_file_again_changes_nothing(town, sheet):
    path = sheet(ROAD, PARK)
    written(town, staged(town, path))
    before = entries(town)
    again = staged(town, path)
    assert counts(again) == {"created": 0, "changed": 0, "unchanged": 2, "refused": 0}
    written(town, again)
    assert entries(town) == before


def test_a_changed_file_shows_what_differs_before_it_writes(town, sheet):
    written(town, staged(town, sheet(ROAD, PARK)))
    more = (*ROAD[:4], 650, "2020年10月", "封顶", "")
    changed = staged(town, sheet(more, PARK))
    row = changed.rows.get(state=RowState.READY)
    assert not row.is_new
    became = {each["what"]: (each["old"], each["new"]) for each in row.becomes}
    assert became == {
        "due": ("2020-12-31", "2020-10-31"),
        "achieved": ("500", "650"),
        "visible_progress": ("", "封顶"),
    }
    assert counts(changed) == {"created": 0, "changed": 1, "unchanged": 1, "refused": 0}
    written(town, changed)
    assert shown(town, "P-1").achieved == 650


def test_units_that_support_are_told_by_their_names(town, sheet):
    head = "项目代码,项目名称,牵头单位,配合单位,备注,备注"
    row = ("P-5", "管网改造", "城管局", "交通局、教体局", "甲", "乙")
    found = staged(town, sheet(row, head=head))
    became = {each["what"]: each["new"] for each in found.rows.get().becomes}
    assert (became["lead_unit"], became["supporting_units"]) == ("城管局", "交通局、教体局")


def test_a_new_title_of_a_known_code_is_pointed_out(town, sheet):
    written(town, staged(town, sheet(ROAD)))
    renamed = staged(town, sheet((ROAD[0], "侯寨快速路工程", *ROAD[2:])))
    (problem,) = [p for row in renamed.rows.all() for p in row.problems]
    assert (problem["code"], problem["facts"]["old"]) == ("title_differs", "侯寨道路工程")


# ---- units -------------------------------------------------------------------------------------


UNKNOWN = ("P-3", "新区学校项目", "教育事务所", 900, 100, "2020年底前", "", "")


def codes_of(sheet):
    return [problem["code"] for row in sheet.rows.all() for problem in row.problems]


def test_a_row_with_an_unknown_unit_comes_in_with_the_name_as_written(town, sheet):
    noted = staged(town, sheet(UNKNOWN))
    assert codes_of(noted) == ["unit_unknown"]
    assert noted.questions["units"][0]["name"] == "教育事务所"
    written(town, noted)
    spell = shown(town, "P-3")
    assert (spell.lead_unit, "responsibility" in spell.missing) == (None, True)
    body = JournalEntry.objects.filter(thread=spell.thread).order_by("number")[0].body
    assert "牵头单位：教育事务所" in body


def test_an_unknown_unit_may_refuse_its_row_or_be_founded(town, sheet):
    refused = staged(town, sheet(UNKNOWN), decided=Decided(UnknownUnits.REFUSE))
    assert states(refused) == {2: RowState.REFUSED}
    founded = staged(town, sheet(UNKNOWN, ROAD), decided=Decided(UnknownUnits.CREATE))
    written(town, founded)
    units = organisation.units_visible_to(town.office, day=AS_OF)
    new = next(unit for unit in units if unit.name == "教育事务所")
    assert (new.kind, shown(town, "P-3").lead_unit) == ("待定", new.id)
    assert staged(town, sheet(UNKNOWN)).questions["units"] == []


def test_a_unit_that_a_person_calls_new_is_founded_once(town, sheet):
    found = staged(town, sheet(UNKNOWN, ROAD))
    found = commands.choose(found.pk, by=town.office, at=AT, units={"教育事务所": "new"})
    written(town, found, most=1)
    written(town, found)
    names = [unit.name for unit in organisation.units_visible_to(town.office, day=AS_OF)]
    assert names.count("教育事务所") == 1


def test_a_person_says_which_unit_is_meant(town, sheet):
    asked = staged(town, sheet(UNKNOWN))
    chosen = commands.choose(
        asked.pk, by=town.office, at=AT, units={"教育事务所": str(town.unit("教体局"))}
    )
    assert codes_of(chosen) == []
    written(town, chosen)
    assert shown(town, "P-3").lead_unit == town.unit("教体局")


def test_a_unit_not_in_force_on_the_day_is_asked_about(town, sheet):
    town.end_unit("教体局", date(2020, 5, 1))
    row = ("P-4", "体育公园", "教体局", 10, 5, "2020年底前", "", "")
    asked = staged(town, sheet(row))
    assert (states(asked), codes_of(asked)) == ({2: RowState.ASKED}, ["unit_not_in_force"])
    noted = commands.choose(asked.pk, by=town.office, at=AT, units={"教体局": "note"})
    assert states(noted) == {2: RowState.READY}


# ---- cells, matters, days ----------------------------------------------------------------------


def test_a_bad_cell_waits_until_it_is_mended_and_good_rows_go_ahead(town, sheet):
    bad = (*PARK[:4], -3, *PARK[5:])
    found = staged(town, sheet(ROAD, bad))
    assert states(found) == {2: RowState.READY, 3: RowState.WAITING}
    (problem,) = [p for row in found.rows.all() for p in row.problems]
    assert (problem["place"], problem["code"]) == ("E4", "negative_quantity")
    found = written(town, found)
    assert states(found) == {2: RowState.WRITTEN, 3: RowState.WAITING}
    mended = commands.mend(found.pk, cells={(3, 4): "300"}, by=town.office)
    assert states(mended) == {2: RowState.WRITTEN, 3: RowState.READY}
    written(town, mended)
    assert shown(town, "P-2").achieved == 300


def test_two_who_mend_at_once_both_count(town, sheet, monkeypatch):
    found = staged(town, sheet((*ROAD[:4], -5, *ROAD[5:]), (*PARK[:4], -3, *PARK[5:])))
    judge, came = staging._rows_of, []

    def judged_while_another_mends(*given):
        rows = judge(*given)
        if not came:
            came.append(True)
            commands.mend(found.pk, cells={(3, 4): "300"}, by=town.office)
        return rows

    monkeypatch.setattr(staging, "_rows_of", judged_while_another_mends)
    commands.mend(found.pk, cells={(2, 4): "500"}, by=town.office)
    assert states(found) == {2: RowState.READY, 3: RowState.READY}


def test_a_sheet_can_be_put_away_until_something_of_it_is_written(town, sheet):
    found = staged(town, sheet(ROAD))
    commands.discard(found.pk, by=town.office)
    assert not SheetImport.objects.filter(pk=found.pk).exists()
    found = written(town, staged(town, sheet(ROAD)))
    with pytest.raises(ImportEnded):
        commands.discard(found.pk, by=town.office)


def test_telephones_are_not_kept(town, sheet):
    found = staged(town, sheet(ROAD, PARK))
    assert b"13812345678" not in zlib.decompress(bytes(found.grid))
    assert "13812345678" not in repr([row.cells for row in found.rows.all()])


def test_titles_much_alike_are_asked_about_and_a_person_says(town, sheet):
    written(town, staged(town, sheet((ROAD[0], "侯寨片区长江路西延道路工程", *ROAD[2:]))))
    alike = ("", "侯寨片区长江路西沿道路工程", "", 1200, 500, "2020年底前", "主体施工", "")
    asked = staged(town, sheet(alike))
    row = asked.rows.get()
    assert (row.state, row.candidates[0]["code"]) == (RowState.ASKED, "P-1")
    same = commands.choose(asked.pk, by=town.office, at=AT, rows={2: row.candidates[0]["id"]})
    assert not same.rows.get().is_new
    other = commands.choose(asked.pk, by=town.office, at=AT, rows={2: "new"})
    assert (other.rows.get().is_new, other.rows.get().code) == (True, "20200630-003")
    left = commands.choose(asked.pk, by=town.office, at=AT, rows={2: "skip"})
    assert states(left) == {2: RowState.SKIPPED}


def test_codes_of_its_own_are_given_to_rows_without_one(town, sheet):
    bare = ("", "无编号任务甲", "城管局", 10, 5, "2020年底前", "", "")
    other = ("20200630-003", "无编号任务乙", "城管局", 10, 5, "2020年底前", "", "")
    found = staged(town, sheet(bare, other))
    assert sorted(found.rows.values_list("code", flat=True)) == ["20200630-003", "20200630-003-2"]
    third = ("", "无编号任务甲之二", "城管局", 10, 5, "2020年底前", "", "")
    written(town, found)
    again = staged(town, sheet(third, name="又.csv"))
    assert (
        again.rows.get().code in {"20200630-003-3", "20200630-003-2"} or again.rows.get().candidates
    )


def test_a_matter_that_ended_takes_nothing_more(town, sheet):
    written(town, staged(town, sheet(ROAD)))
    matter = Matter.objects.get(district=town.district, code="P-1")
    town.tell("abolish", matter.pk, reason="不再实施", on=AS_OF)
    found = staged(town, sheet((*ROAD[:4], 900, *ROAD[5:])))
    assert (states(found), codes_of(found)) == ({2: RowState.REFUSED}, ["matter_ended"])


def test_the_day_of_the_figures_must_be_known_and_past(town, sheet):
    found = staged(town, sheet(ROAD, above="重点项目台账"))
    assert (found.as_of, found.counts) == (None, {})
    with pytest.raises(commands.DataDayMissing):
        written(town, found)
    with pytest.raises(DayInFuture):
        commands.choose(found.pk, by=town.office, at=AT, as_of=date(2022, 1, 1))
    told = commands.choose(found.pk, by=town.office, at=AT, as_of=AS_OF)
    assert (told.as_of, told.as_of_guessed, told.counts) == (AS_OF, False, {"ready": 1})
    with pytest.raises(DayInFuture):
        staged(town, sheet(ROAD), as_of=date(2022, 1, 1))


def test_what_a_column_sums_and_means_can_be_said(town, sheet):
    head = "项目代码,项目名称,牵头单位,年度计划投资（万元）,完成投资（万元）,备注二"
    found = staged(town, sheet(("P-9", "河道治理", "城管局", 100, 40, "二期"), head=head))
    (asked,) = found.questions["periods"]
    assert (asked["column"], asked["guess"]) == (4, "unsaid")
    told = commands.choose(
        found.pk, by=town.office, at=AT, periods={4: "year"}, meanings={5: "area"}
    )
    written(town, told)
    assert (shown(town, "P-9").achieved, shown(town, "P-9").area) == (40, "二期")


def test_a_column_whose_head_leaves_it_open_is_asked_about(town, sheet):
    head = "项目代码,项目名称,牵头单位,计划投资（万元）"
    found = staged(town, sheet(("P-9", "河道治理", "城管局", 100), head=head))
    (asked,) = found.questions["columns"]
    assert asked["facts"]["could_be"] == ["money_total", "money_year_plan"]
    told = commands.choose(found.pk, by=town.office, at=AT, meanings={3: "money_year_plan"})
    assert told.questions["columns"] == []


def test_money_without_a_unit_holds_every_row_until_its_unit_is_said(town, sheet):
    head = "项目代码,项目名称,牵头单位,年度计划投资"
    rows = [("P-8", "河道治理", "城管局", 100), ("P-9", "管网改造", "城管局", 0.5)]
    found = staged(town, sheet(*rows, head=head))
    assert found.questions["money_unit"]
    assert set(states(found).values()) == {RowState.WAITING}
    told = commands.choose(found.pk, by=town.office, at=AT, money_unit="亿元")
    assert (told.counts, told.questions["money_unit"]) == ({"ready": 2}, False)
    written(town, told)
    assert shown(town, "P-9").quantity == 5000


def test_only_the_office_hands_sheets_in_and_sees_its_own(town, sheet):
    stranger = town.actors[STRANGER]
    with pytest.raises(NotAllowed):
        commands.stage(sheet(ROAD), name="台账.csv", by=stranger, at=AT)
    found = staged(town, sheet(ROAD))
    with pytest.raises(NotAllowed):
        commands.mend(found.pk, cells={}, by=stranger)
    with pytest.raises(NotFound):
        queries.import_visible_to(town.office, uuid4())
    assert list(queries.imports_visible_to(town.office)) == [found]
    assert [row.row for row in queries.rows_of(found, state="ready")] == [2]
    assert len(queries.rows_of(found)) == 1


def test_a_file_without_a_list_is_refused(town, tmp_path):
    path = tmp_path / "说明.csv"
    path.write_text("本年工作说明\n全年平稳\n", encoding="utf-8")
    with pytest.raises(commands.SheetHasNoHead):
        staged(town, path)


# ---- writing in parts --------------------------------------------------------------------------


def many(count):
    return [
        (f"M-{n}", f"第{n}号地块整治", "城管局", 100, n, "2020年底前", "", "") for n in range(count)
    ]


def test_a_writing_that_was_cut_off_goes_on_where_it_was(town, sheet, monkeypatch):
    monkeypatch.setattr("luoshi.intake.commands.writing.AT_ONCE", 2)
    found = staged(town, sheet(*many(5)))
    going = commands.write(found.pk, by=town.office, at=AT)
    assert next(going) == 2
    going.close()
    assert written(town, found, most=1).counts == {"written": 3, "ready": 2}
    before = entries(town)
    assert written(town, found).counts == {"written": 5}
    assert entries(town) > before
    after = entries(town)
    written(town, found)
    assert entries(town) == after


def test_one_row_that_the_ledger_refuses_does_not_hold_up_the_others(town, sheet):
    written(town, staged(town, sheet(*many(3))))
    matter = Matter.objects.get(district=town.district, code="M-1")
    town.confirmed(matter.pk, 60, on=date(2020, 7, 30))
    head = "项目代码,项目名称,牵头单位,总投资（万元）,计划竣工"
    rows = [(f"M-{n}", f"第{n}号地块整治", "城管局", 900, "2020年底前") for n in range(3)]
    found = written(town, staged(town, sheet(*rows, head=head)))
    assert sorted(states(found).values()) == ["refused", "written", "written"]
    refused = found.rows.get(state=RowState.REFUSED)
    assert (refused.code, refused.problems[-1]["code"]) == ("M-1", "later_entry_in_the_way")


def test_a_transaction_holds_no_more_rows_than_nobody_waits_for(town, sheet, monkeypatch):
    assert judging.AT_ONCE <= 200
    monkeypatch.setattr("luoshi.intake.commands.writing.AT_ONCE", 3)
    found = staged(town, sheet(*many(7)))
    assert list(commands.write(found.pk, by=town.office, at=AT)) == [3, 6, 7]


def test_a_sponsor_that_is_no_post_is_told_once_for_the_sheet(town, sheet):
    post = organisation.posts_visible_to(town.office, day=AS_OF)[0]
    head = "项目名称,牵头单位,分包领导,计划竣工"
    rows = [
        ("停车场", "城管局", post.name, "2020年底前"),
        ("公园", "城管局", "张某某", "2020年底前"),
    ]
    found = staged(town, sheet(*rows, head=head))
    (note,) = [one for one in found.problems if one["code"] == "sponsor_unknown"]
    assert (note["weight"], note["facts"]["count"]) == ("note", 1)
    assert "张某某" not in str(found.problems)


# ---- withdrawing -------------------------------------------------------------------------------


def withdrawn(town, sheet, reason="表格有误"):
    return commands.withdraw(sheet.pk, reason=reason, by=town.office, at=AT)


def test_a_sheet_is_withdrawn_by_corrections(town, sheet):
    written(town, staged(town, sheet(ROAD)))
    second = written(town, staged(town, sheet((*ROAD[:4], 650, *ROAD[5:]), PARK)))
    found = withdrawn(town, second)
    assert (found.rows, found.kept) == (2, ())
    assert shown(town, "P-1").achieved == 500
    assert not Matter.objects.filter(district=town.district, code="P-2").exists()
    second.refresh_from_db()
    assert (second.state, second.counts) == ("withdrawn", {"withdrawn": 2})
    with pytest.raises(ImportEnded):
        commands.mend(second.pk, cells={}, by=town.office)
    assert [found for some in rebuilt(district=town.district) for found in some] == []


def test_what_was_touched_since_stays_and_is_named(town, sheet):
    first = written(town, staged(town, sheet(ROAD, PARK)))
    matter = Matter.objects.get(district=town.district, code="P-1")
    last = town.tell("place", matter.pk, goals=(town.goal("品质"),), on=AS_OF)
    found = withdrawn(town, first)
    assert found.rows == 1
    assert [(kept.code, kept.entry) for kept in found.kept] == [("P-1", last.number)]
    first.refresh_from_db()
    assert first.state == "written"


def test_a_withdrawal_has_a_reason(town, sheet):
    found = written(town, staged(town, sheet(ROAD)))
    with pytest.raises(ReasonMissing):
        withdrawn(town, found, reason=" ")
