"""What a row of a list wants of the ledger: figures, days, units, and what it leaves open."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from luoshi.rules.colour import Comparator
from luoshi.rules.intake.wanted import MAIN, MONEY_UNIT, TOTAL, Around, wanted_of
from luoshi.rules.ledger import facts as f
from luoshi.rules.sheets.figures import Figure, Money
from luoshi.rules.sheets.meanings import Meaning, Period
from luoshi.rules.sheets.moments import Moment, Taken
from luoshi.rules.sheets.rows import AchievedCell, MoneyCell, SheetRow
from luoshi.rules.sheets.steps import Step

AS_OF = date(2021, 6, 30)
CITY, HOUSING = UUID(int=1), UUID(int=2)
WAN = 1_000_000  # fen


def around(**given):
    return Around(
        units=given.get("units", {"区城管局": CITY, "区住房局": HOUSING}),
        as_of=AS_OF,
        year=given.get("year", 2021),
        periods=given.get("periods", {}),
        source="重点项目台账",
    )


def wanted(year=2021, periods=None, **row):
    return wanted_of(SheetRow(row=4, **row), around(year=year, periods=periods or {}))


def day(year, month, on, taken=Taken.WRITTEN):
    return Moment(date(year, month, on), taken)


def money(meaning, wan, period=Period.UNSAID, column=5):
    return MoneyCell(column, meaning, period, Money(int(wan * WAN), "万元"))


def test_a_sponsor_is_a_post_and_never_a_persons_name():
    posts = {"常务副区长": UUID(int=9)}
    named = replace(around(), posts=posts)
    assert wanted_of(SheetRow(row=4, sponsor="常务副区长"), named).sponsoring_post == UUID(int=9)
    assert wanted_of(SheetRow(row=4, sponsor="张某某"), named).sponsoring_post is None


def test_a_row_says_where_it_stands_and_who_leads():
    row = wanted(
        code="P-1", title="道路工程", area="侯寨", lead_unit="区城管局",
        supporting_units=("区住房局", "区城管局", "某某局"), kind=f.MatterKind.TASK,
    )  # fmt: skip
    assert (row.code, row.title, row.area, row.kind) == (
        "P-1",
        "道路工程",
        "侯寨",
        f.MatterKind.TASK,
    )
    assert (row.lead_unit, row.supporting_units) == (CITY, (HOUSING,))
    assert row.unknown_units == ("某某局",)
    assert (row.source.place, row.source.day) == ("第5行", AS_OF)
    assert not row.reports


def test_an_unknown_lead_unit_stays_as_written_in_the_source():
    row = wanted(title="道路工程", lead_unit="不在册局", office_no="7")
    assert (row.lead_unit, row.code) == (None, "7")
    assert row.source.place == "第5行，牵头单位：不在册局"
    assert row.kind is f.MatterKind.PROJECT


def test_a_quantity_leads_and_the_total_investment_stands_beside_it():
    row = wanted(
        title="车位",
        quantity=Figure(Decimal(300), "个", Comparator.AT_LEAST),
        achieved=(
            AchievedCell(6, Period.MONTH, Figure(Decimal(20))),
            AchievedCell(7, Period.YEAR, Figure(Decimal(90), "户")),
            AchievedCell(8, Period.ALL, Figure(Decimal(120), "个")),
        ),
        money=(money(Meaning.MONEY_TOTAL, 900),),
        target="不少于300个",
    )
    main, total = row.targets
    assert (main.key, main.quantity, main.unit, main.leads) == (MAIN, 300, "个", True)
    assert (total.key, total.quantity, total.unit, total.leads) == (TOTAL, 900, MONEY_UNIT, False)
    assert (row.achieved, row.acceptance) == (120, "")


def test_a_quantity_without_a_unit_is_counted():
    row = wanted(title="任务", quantity=Figure(Decimal(3)))
    assert (row.targets[0].unit, row.achieved) == ("项", None)


def test_without_a_quantity_the_investment_of_the_year_leads():
    cells = (
        money(Meaning.MONEY_TOTAL, 9000),
        money(Meaning.MONEY_YEAR_PLAN, 1200),
        money(Meaning.MONEY_DONE, 50, Period.MONTH, 8),
        money(Meaning.MONEY_DONE, 700, Period.YEAR, 9),
    )
    row = wanted(title="厂房", money=cells, due=day(2023, 6, 30))
    assert [(t.key, t.leads) for t in row.targets] == [(MAIN, True), (TOTAL, False)]
    assert row.achieved == 700
    assert (row.days.start, row.days.start_inferred) == (date(2021, 1, 1), True)
    assert (row.days.due, row.days.due_inferred) == (date(2021, 12, 31), True)


def test_the_total_leads_where_nothing_else_does_and_counts_since_the_start():
    cells = (
        money(Meaning.MONEY_TOTAL, 9000),
        money(Meaning.MONEY_DONE, 700, Period.YEAR, 8),
        money(Meaning.MONEY_DONE, 2700, Period.ALL, 9),
    )
    row = wanted(title="厂房", money=cells)
    assert [(t.key, t.leads) for t in row.targets] == [(TOTAL, True)]
    assert (row.achieved, row.days) == (2700, None)


def test_what_a_column_sums_is_as_a_person_said():
    cells = (money(Meaning.MONEY_YEAR_PLAN, 1200), money(Meaning.MONEY_DONE, 700, column=9))
    assert wanted(title="厂房", money=cells).achieved is None
    said = wanted(title="厂房", money=cells, periods={9: Period.YEAR})
    assert said.achieved == 700


def test_a_target_in_words_is_a_criterion_of_acceptance():
    row = wanted(title="任务", target="通过验收")
    assert (row.targets, row.acceptance) == ((), "通过验收")


def test_steps_within_the_days_are_milestones_in_their_order():
    steps = (Step("竣工", day(2021, 11, 30)), Step("开工", day(2021, 3, 31)),
             Step("立项", day(2020, 5, 1)))  # fmt: skip
    row = wanted(title="任务", steps=steps, due=day(2021, 12, 31, Taken.YEAR))
    assert [(s.key, s.title) for s in row.days.milestones] == [
        ("step-1", "开工"),
        ("step-2", "竣工"),
    ]
    assert row.days.due_inferred
    without_due = wanted(title="任务", steps=steps)
    assert (without_due.days.due, without_due.days.due_inferred) == (date(2021, 11, 30), True)
    assert len(wanted(title="任务", steps=steps, year=None).days.milestones) == 3


def test_a_stated_start_is_kept_and_one_after_the_end_is_not():
    stated = wanted(title="任务", start=day(2020, 3, 1), due=day(2022, 6, 30)).days
    assert (stated.start, stated.start_inferred, stated.planned_start) == (
        date(2020, 3, 1), False, date(2020, 3, 1),
    )  # fmt: skip
    upside_down = wanted(title="任务", start=day(2022, 3, 1), due=day(2021, 6, 30)).days
    assert (upside_down.start, upside_down.start_inferred, upside_down.planned_start) == (
        None, False, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "expected"),
    [(day(2020, 3, 1), date(2021, 1, 1)), (day(2021, 4, 1), date(2021, 4, 1))],
)
def test_the_plan_of_a_year_begins_in_that_year(start, expected):
    row = wanted(title="厂房", money=(money(Meaning.MONEY_YEAR_PLAN, 1200),), start=start)
    assert row.days.start == expected


def test_what_had_begun_by_the_data_day_is_a_start():
    begun = wanted(title="任务", actual_start=day(2021, 4, 1), progress="主体施工", problems="")
    assert (begun.started_on, begun.reports) == (date(2021, 4, 1), True)
    assert wanted(title="任务", actual_start=day(2021, 8, 1)).started_on is None
