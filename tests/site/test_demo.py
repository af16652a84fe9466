"""The demo: the figures of the district, and nothing that its documents do not give."""

import csv
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction

from luoshi.base.models import JournalEntry, StoredText
from luoshi.base.verify import verified_entries
from luoshi.clocks.surroundings import surroundings
from luoshi.ledger import listing
from luoshi.ledger.board import goals_visible_to, matters_visible_to
from luoshi.ledger.dossier import dossier
from luoshi.ledger.queries import matter_ids_of
from luoshi.organisation import queries as organisation
from luoshi.rules.colour import ERQI_2017_D1
from luoshi.site.demo.tables import period_end, period_start
from tests.site.demo_home import ARTICLES, AT, DATA, built

JULY_2020, NEW_YEAR_2018, OPENING = date(2020, 7, 30), date(2018, 1, 13), date(2021, 1, 15)
JUNE_2017 = date(2017, 6, 30)


@pytest.fixture(scope="module")
def demo_builder(django_db_setup, django_db_blocker, run_folder):
    with django_db_blocker.unblock(), transaction.atomic():
        yield built(run_folder)
        transaction.set_rollback(True)


@pytest.fixture
def demo(demo_builder, db):
    return demo_builder


@pytest.fixture
def lines(demo):
    """The board of a day by code."""

    def on(day, **given):
        told = listing.lines(demo.office, day=day, with_closed=True, **given)
        return {line["code"]: line for line in told}

    return on


@pytest.fixture
def spells(demo):
    """What the board holds of a day, by code."""
    return lambda day: {s.code: s for s in matters_visible_to(demo.office, day=day)}


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- the figures


def test_a_third_of_the_old_estates_at_half_time_is_red_and_says_why(lines):
    line = lines(JULY_2020)["PRG063"]
    assert line["target"] == {"quantity": "297", "unit": "个", "comparator": "="}
    assert (line["achieved"], line["measured_on"]) == ("103", "2020-06-30")
    assert (line["level"], line["colour"]) == ("red", "red")
    (schedule,) = [reason for reason in line["reasons"] if reason["test"] == "schedule"]
    assert (schedule["facts"]["share"], schedule["facts"]["planned"]) == ("0.697", "147.7")
    assert "103" in schedule["sentence"]
    assert "0.697" in schedule["sentence"]


def test_the_share_of_the_estates_is_exact_and_not_rounded_before_judging(demo):
    matter = matter_ids_of(demo.office, ["PRG063"])["PRG063"]
    around = surroundings(demo.office.district, None)
    found = dossier(demo.office, matter, day=JULY_2020, known_at=None, around=around)
    assert found.verdict.share == Fraction(103 * 366, 297 * 182)


def test_the_investment_of_2017_was_planned_at_400_and_reached_470(lines):
    by_plan = [
        line
        for line in lines(NEW_YEAR_2018).values()
        if line["target"] and line["target"]["quantity"] == "400" and line["achieved"] == "470"
    ]
    assert [line["target"]["unit"] for line in by_plan] == ["亿元"]
    before = lines(NEW_YEAR_2018 - timedelta(days=1))[by_plan[0]["code"]]
    assert before["achieved"] is None


def test_150_projects_are_43_and_53_and_24_and_30_of_which_the_last_is_derived(demo):
    matter = matter_ids_of(demo.office, ["PRG005"])["PRG005"]
    around = surroundings(demo.office.district, None)
    found = dossier(demo.office, matter, day=OPENING, known_at=None, around=around)
    parts = found.parts
    assert [(line.share, line.is_derived) for line in parts.lines] == [
        (43, False),
        (53, False),
        (24, False),
        (30, True),
    ]
    assert (parts.whole, parts.sum, parts.difference) == (150, 150, 0)
    assert all(line.is_mandatory for line in parts.lines)


def test_the_days_on_which_the_documents_were_printed_are_those_of_the_entries(demo):
    printed = {date.fromisoformat(row["day"]) for row in rows("documents")}
    entries = JournalEntry.objects.filter(kind__startswith="matter.")
    assert set(entries.values_list("on", flat=True)) == printed
    assert set(entries.values_list("at", flat=True)) == {AT}


def test_the_document_without_a_day_says_that_its_day_is_assumed(demo):
    for entry in JournalEntry.objects.filter(kind="matter.registered"):
        (source,) = json.loads(entry.body)["fact"]["sources"]
        assert ("推定" in source.get("place", "")) == (entry.on == JUNE_2017)
        assert source["day"] == entry.on.isoformat()


def test_the_demo_verifies_like_any_ledger(demo):
    last = JournalEntry.objects.latest("number").number
    assert sum(1 for _ in verified_entries(district=demo.office.district)) == last


# ---- nothing invented


def test_a_due_day_is_one_that_the_tables_give(spells):
    stated = {row["programme_id"]: row["deadline"] for row in rows("programmes")}
    of_projects = {}
    for row in rows("projects"):
        if row["statement"] == "plan" and row["planned_deadline"]:
            of_projects[row["project_id"]] = row["planned_deadline"]
    of_indicators = {
        row["indicator_id"]: str(period_end(row["period"])) for row in rows("indicators")
    }
    stated["PRG005-D"] = stated["PRG005"]
    given = {**of_indicators, **of_projects, **stated}
    shown = spells(OPENING)
    assert len(shown) > 100
    for code, spell in shown.items():
        assert str(spell.due or "") == given.get(code, "")


def test_an_inferred_day_is_marked(demo):
    stated = {
        row["programme_id"] for row in rows("programmes") if row["deadline_basis"] == "stated"
    }
    seen = set()
    for entry in JournalEntry.objects.filter(kind="matter.milestones_fixed"):
        body = json.loads(entry.body)["fact"]
        code = listed_code(entry.thread)
        if code.startswith("PRG"):
            assert body.get("due_inferred", False) == (code.removesuffix("-D") not in stated)
            seen.add(body.get("due_inferred", False))
    assert seen == {True, False}


def listed_code(thread):
    body = JournalEntry.objects.get(thread=thread, no=1).body
    return json.loads(body)["fact"]["code"]


def test_a_lead_unit_is_one_that_the_tables_give(demo, spells):
    leads = {row["programme_id"]: row["org_id"] for row in rows("responsibilities")}
    shown = spells(OPENING)
    assert leads.keys() <= shown.keys()
    for code, spell in shown.items():
        expected = demo.id("unit", leads[code]) if code in leads else None
        assert spell.lead_unit == expected
        assert spell.responsible_post is None
        assert spell.standing == "incomplete"
        assert "responsibility" in spell.missing.split()


def test_every_target_and_every_result_is_one_of_the_tables(spells):
    programmes = {row["programme_id"]: row for row in rows("programmes")}
    indicators = {row["indicator_id"]: row for row in rows("indicators")}
    shares = {row["part"]: row["share"] for row in rows("parts") if row["derived"]}
    for code, spell in spells(OPENING).items():
        row = programmes.get(code) or indicators.get(code) or {}
        quantity = row.get("quantity") or row.get("value") or row.get("growth_pct")
        expected = quantity or shares.get(code)
        assert spell.quantity == (Decimal(expected) if expected else None)
        if spell.achieved is not None:
            assert spell.achieved == Decimal(row["result_quantity"])
            assert row["link"] == "same"


def test_every_promise_of_the_tables_is_a_matter_once(spells):
    codes = set(spells(OPENING))
    promised = {row["programme_id"] for row in rows("programmes") if row["quantity"]}
    planned = {row["project_id"] for row in rows("projects") if row["statement"] == "plan"}
    assert promised | planned <= codes
    indicators = {row["indicator_id"] for row in rows("indicators") if row["kind"] == "target"}
    assert codes - promised - planned - indicators == {"PRG005-D"}


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings_in(each)


def words_of_the_ledger():
    """Every string of every body and every stored text that holds a Chinese character."""
    found = {text for text in StoredText.objects.values_list("text", flat=True) if text}
    for body in JournalEntry.objects.values_list("body", flat=True):
        found |= set(strings_in(json.loads(body)))
    return {text for text in found if re.search("[\u4e00-\u9fff]", text)}


CODE_SAYS = re.compile(
    "文中未印日期，此日为推定|推算：.*|文中只有数目，未列名；序号为系统所加"
    "|国办发明电〔\\d{4}〕\\d+号|二七区|区政府办公室演示岗|区委督查室演示岗|区教体局演示岗"
)


def test_every_word_comes_from_the_tables_or_from_the_code(demo):
    cells = {ERQI_2017_D1.document}
    for table in DATA.glob("*.csv"):
        for row in rows(table.stem):
            for cell in row.values():
                cells |= {cell.strip(), cell.strip("“”"), *cell.split(";")}
                cells |= {part.strip("“”") for part in cell.split(";")}
    for text in words_of_the_ledger():
        rest = [piece for piece in text.split("；") if not CODE_SAYS.fullmatch(piece)]
        numbered = re.sub(r"（\d+）$", "", text)
        known = {text, numbered, "；".join(rest)} & (cells | {""})
        assert known or CODE_SAYS.fullmatch(text), text


LONGEST_RUN = 12
NAMES = {  # columns that hold names or lists of names, as the check of the tables has it
    "projects": ("name", "group", "area"),
    "mechanisms": ("name", "parts"),
    "organisations": ("name", "other_name", "parent"),
    "programmes": ("matter",),
    "indicators": ("indicator",),
}


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles are no part of this repository")
def test_no_text_of_the_ledger_shares_a_long_run_with_an_article(demo):
    articles = [
        re.sub(r"\s", "", path.read_text(encoding="utf-8")) for path in ARTICLES.glob("*.txt")
    ]
    assert articles
    names = {
        spelt
        for table, columns in NAMES.items()
        for row in rows(table)
        for column in columns
        for piece in [row[column], *row[column].split(";")]
        for spelt in (piece, piece.strip("“”"))
    }
    for text in words_of_the_ledger() - names:
        flat = re.sub(r"\s", "", text)
        runs = (flat[i : i + LONGEST_RUN + 1] for i in range(len(flat) - LONGEST_RUN))
        assert not any(run in article for run in runs for article in articles), text


# ---- the organisation and the goal trees by date


def units_named(demo, name, day):
    units = organisation.units_visible_to(demo.office, day=day)
    return [unit for unit in units if unit.name.startswith(name)]


def test_there_are_three_park_committees_from_2017_and_four_area_committees_from_2020(demo):
    parks = [unit for unit in units_named(demo, "园区管委会", JUNE_2017) if "（" in unit.name]
    assert [unit.name for unit in parks] == [f"园区管委会（{n}）" for n in (1, 2, 3)]
    assert units_named(demo, "园区管委会", JUNE_2017 - timedelta(days=1)) == []
    assert units_named(demo, "片区管委会", JULY_2020 - timedelta(days=1)) == []
    areas = [unit for unit in units_named(demo, "片区管委会", JULY_2020) if "（" in unit.name]
    assert len(areas) == 4
    assert {unit.parent for unit in areas} == {demo.id("unit", "ORG005")}


def test_one_three_and_eighteen_stand_under_the_leading_group(demo):
    units = organisation.units_visible_to(demo.office, day=JUNE_2017)
    below = organisation.units_below(units, [demo.id("unit", "ORG001")])
    kinds = [unit.kind for unit in units if unit.id in below and unit.depth == 2]
    assert sorted(kinds) == ["park_committee"] * 3 + ["township"] * 18


def goals_on(demo, day):
    tree = {}
    for goal in goals_visible_to(demo.office, day=day):
        if goal.depth == 0:
            top = tree.setdefault(goal.name, [])
        else:
            top.append(goal.name)
    return tree


def test_the_goal_tree_is_that_of_its_day(demo):
    pillars = ["品质二七", "田园二七", "温暖二七"]
    in_2016 = goals_on(demo, date(2016, 7, 7))
    assert in_2016 == {"三个二七": pillars}
    in_2017 = goals_on(demo, JUNE_2017)
    assert in_2017["三个二七"] == pillars
    assert "项目建设奋力推进年" in in_2017
    assert "六项工作" not in in_2017
    in_2018 = goals_on(demo, NEW_YEAR_2018)
    assert "项目建设奋力推进年" not in in_2018
    assert len(in_2018["六项工作"]) == 6
    assert len(in_2018["两大行动"]) == 2
    in_2020 = goals_on(demo, JULY_2020)
    assert "六项工作" not in in_2020
    assert len(in_2020["六字要求"]) == 6
    assert sum(name.endswith("板块") for name in in_2020) == 6
    in_2021 = goals_on(demo, OPENING)
    assert "六字要求" not in in_2021
    assert in_2021["6个争先出彩"][0] == "主导产业升级"
    assert len(in_2021["6个争先出彩"]) == 6


def test_the_demo_posts_are_held_and_their_accounts_open_by_post_only(demo):
    accounts = organisation.demo_accounts()
    assert len(accounts) == 3
    roles = set()
    for account in accounts:
        assert not account.has_usable_password()
        actor = organisation.actor_for(account, None, day=OPENING)
        roles |= actor.roles
        assert actor.unit is not None
    assert roles == {"office", "supervision", "officer"}


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2020H1", date(2020, 1, 1), date(2020, 6, 30)),
        ("2020H2", date(2020, 7, 1), date(2020, 12, 31)),
        ("2021-06", date(2021, 6, 1), date(2021, 6, 30)),
        ("2016-12", date(2016, 12, 1), date(2016, 12, 31)),
        ("2016/2019", date(2016, 1, 1), date(2019, 12, 31)),
        ("../2016", None, date(2016, 12, 31)),
        ("2016/..", date(2016, 1, 1), None),
        ("", None, None),
    ],
)
def test_a_period_has_the_days_that_its_words_say(period, start, end):
    assert (period_start(period), period_end(period)) == (start, end)
