"""What a statement of a report wants of the ledger, which matters it may speak of, who may lead."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from luoshi.rules.colour import Comparator
from luoshi.rules.intake.duties import Because, units_proposed
from luoshi.rules.intake.promised import (
    Promise,
    Promises,
    amount_in,
    kind_of,
    last_day_of,
    title_of,
    wanted_of,
    year_of,
)
from luoshi.rules.ledger import facts as f
from luoshi.rules.reports.offices import each_of

A, B, C = (UUID(int=n) for n in (0xA, 0xB, 0xC))
DAY = date(2020, 3, 2)
SOURCE = f.Source(kind=f.SourceKind.DOCUMENT, title="报告", day=DAY)
ROW = {
    "kind": "target", "quote": "新增停车位2000个", "subject": "停车位", "value": 2000, "unit": "个",
    "comparator": ">=", "growth": False, "projects": [], "period": "2020",
    "deadline": "2020-12-31", "deadline_stated": False, "domain": "transport", "responsible": None,
}  # fmt: skip


def row(**given):
    return ROW | given


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "amount"),
    [
        (3, "万人", "人", "30000"),
        (30000, "人", "万人", "3"),
        (2, "亿元", "万元", "20000"),
        (5, "个", "个", "5"),
        (5, "个", "家", None),
        (5, "万", "万", "5"),  # a multiplier alone is a unit of its own
        (7, "千瓦", "万千瓦", None),
    ],
)
def test_amounts_are_compared_in_one_unit(value, unit, wanted, amount):
    found = amount_in(Decimal(value), unit, wanted)
    assert found == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({}, "停车位"),
        ({"subject": None, "projects": ["滨河公园"]}, "滨河公园"),
        ({"subject": None, "quote": "加快\n建设"}, "加快建设"),
        ({"subject": "、一批科技型中小企业、"}, "一批科技型中小企业"),
        ({"subject": "、"}, "、"),
    ],
)
def test_a_matter_is_called_by_its_subject_its_work_or_its_words(given, title):
    assert title_of(row(**given)) == title


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"growth": True}, f.MatterKind.INDICATOR),
        ({"unit": "位"}, f.MatterKind.INDICATOR),
        ({"value": None, "projects": ["滨河公园"]}, f.MatterKind.PROJECT),
        ({"value": None}, f.MatterKind.TASK),
        ({}, f.MatterKind.PROGRAMME),
    ],
)
def test_the_sort_of_promise_is_told_by_its_fields(given, kind):
    assert kind_of(row(**given)) == kind


def test_a_target_wants_amount_days_and_the_units_chosen():
    choice = {"lead": str(A), "supporting": [str(B)]}
    wanted = wanted_of(row(), choice, code="1", source=SOURCE)
    (target,) = wanted.targets
    assert (target.quantity, target.comparator) == (Decimal(2000), Comparator.AT_LEAST)
    assert (wanted.days.due, wanted.days.due_inferred) == (date(2020, 12, 31), True)
    assert (wanted.lead_unit, wanted.supporting_units) == (A, (B,))
    assert wanted.acceptance == ""


@pytest.mark.parametrize("given", [{"value": None}, {"unit": None}])
def test_without_a_figure_its_words_are_the_criterion(given):
    wanted = wanted_of(row(comparator=None, deadline=None, **given), {}, code="1", source=SOURCE)
    assert (wanted.targets, wanted.acceptance, wanted.days) == ((), ROW["quote"], None)
    assert wanted.lead_unit is None


def test_a_figure_without_a_comparison_is_to_be_met():
    wanted = wanted_of(row(comparator=None, subject=None), {}, code="1", source=SOURCE)
    assert wanted.targets[0].comparator == Comparator.EQUAL


@pytest.mark.parametrize(
    ("given", "year"),
    [({}, 2020), ({"deadline": None, "period": "2016/2021"}, 2021),
     ({"deadline": None, "period": None}, None)],
)  # fmt: skip
def test_the_year_is_that_of_the_last_day_or_the_period(given, year):
    assert year_of(row(**given)) == year


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2017", date(2017, 12, 31)),
        ("2020H1", date(2020, 6, 30)),
        ("2021Q3", date(2021, 9, 30)),
        ("2021-02", date(2021, 2, 28)),
        ("2021-12", date(2021, 12, 31)),
        ("2016/2020", date(2020, 12, 31)),
        ("later", None),
        (None, None),
    ],
)
def test_the_last_day_of_a_period(period, day):
    assert last_day_of(period) == day


def promise(one, title, **given):
    return Promise(id=one, code=title[:2], title=title, **given)


def test_matters_of_the_same_year_and_unit_come_first():
    known = Promises(
        [
            promise(A, "停车位", unit="个", year=2019),
            promise(B, "停车位建设", unit="个", year=2020),
            promise(C, "幼儿园", unit="所", year=2020),
        ]
    )
    found = known.alike(row(subject="停车位建设"))
    assert [(one.promise.id, one.same_year, one.same_unit) for one in found] == [
        (B, True, True),
        (A, False, True),
    ]
    assert known.alike(row(subject="，", quote="，")) == ()


UNITS = {"区教体局": A, "区城管局": B, "交通局": C, "交通大学": UUID(int=0xD)}


def test_units_are_proposed_with_the_best_reason_first():
    alike = Promises([promise(A, "停车位", lead_unit=C), promise(B, "停车位", lead_unit=None)])
    stated = row(responsible="教体局")
    found = units_proposed(stated, "由城管局配合", UNITS, alike.alike(stated))
    assert [(one.unit, one.because) for one in found] == [
        (A, Because.STATED),
        (B, Because.NAMED),
        (C, Because.LAST_YEAR),
    ]
    by_duty = units_proposed(row(), "", UNITS, ())
    assert [(one.unit, one.words) for one in by_duty] == [(C, "交通"), (B, "城管")]


def test_of_several_units_stated_each_is_proposed():
    found = units_proposed(row(responsible="区城管局、区教体局，各镇（街道、办）"), "", UNITS, ())
    assert [(one.unit, one.words) for one in found][:2] == [(B, "区城管局"), (A, "区教体局")]
    assert each_of("区委宣传部和区教体局 各镇（街道、办）") == [
        "区委宣传部",
        "区教体局",
        "各镇（街道、办）",
    ]


def test_nothing_is_proposed_without_a_reason():
    gone = Promises([promise(A, "停车位", lead_unit=UUID(int=9))]).alike(row())
    assert units_proposed(row(domain=None), "", UNITS, gone) == ()
    for named in ("水务中心", "区教体委"):
        assert units_proposed(row(domain=None, responsible=named), "", UNITS, ()) == ()
