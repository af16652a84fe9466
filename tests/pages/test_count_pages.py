"""Comparison, charts, gap list, goals, units and the card behind a colour: the demo's pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.base.grids.reading import read_grids
from luoshi.ledger import commands, queries
from luoshi.ledger.commands import Sent
from luoshi.ledger.models import Matter
from luoshi.ledger.views import compare, sheets
from luoshi.organisation.models import Account
from luoshi.organisation.queries import (
    DistrictVisitor,
    actor_for,
    the_district,
    units_visible_to,
)
from luoshi.rules.ledger import facts as f

PATHS = ("/compare/", "/figures/", "/gaps/", "/goals/")
BEFORE, AFTER = "2020-06-01", "2020-07-30"
TWO_DAYS = f"/compare/?on={AFTER}&against={BEFORE}"


def get(path, **values):
    return Client().get(path, values)


def queries_of(path):
    """How many queries a page takes once what may be kept is kept."""
    Client().get(path)
    with CaptureQueriesContext(connection) as caught:
        assert Client().get(path).status_code == 200
    return len(caught)


def page_of(name, on=AFTER):
    """The address of a goal or unit of a name."""
    page = get("/goals/", on=on)
    return next(row["url"] for row in page.context["rows"] if row["name"] == name)


def sheet_of(answer, tmp_path):
    """The rows of a download, as the import reads them."""
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(b"".join(answer) if answer.streaming else answer.content)
    return read_grids(path, name=path.name)[0].rows


# ---- comparison


def test_a_comparison_takes_the_week_before_where_no_day_is_named(demo):
    page = get("/compare/", on=AFTER)
    assert page.context["then"].day == date(2020, 7, 23)
    assert page.context["now"].day == date(2020, 7, 30)


def test_two_days_are_compared_whichever_way_they_are_named(demo):
    there = get("/compare/", on=AFTER, against=BEFORE)
    back = get("/compare/", on=BEFORE, against=AFTER)
    assert there.context["total"] == back.context["total"] == there.context["listed"] > 0
    found = there.context["balance"]
    assert found.then + found.new - found.closed == found.now


def test_a_kind_of_change_narrows_the_list_and_leaves_the_counts(demo):
    page = Client().get(f"{TWO_DAYS}&became=new")
    counts = {one["became"]: one["count"] for one in page.context["counts"]}
    assert page.context["listed"] == counts["new"]
    assert Client().get(f"{TWO_DAYS}&became=same").context["became"] == ""
    nothing = Client().get(f"{TWO_DAYS}&became=closed")
    assert nothing.context["rows"] == []


def test_days_that_cannot_be_compared_are_said(demo):
    for against in ("nonsense", "2099-01-01"):
        page = get("/compare/", on=AFTER, against=against)
        assert page.context["then"].day == date(2020, 7, 23)
        assert list(page.context["messages"])
    assert list(get("/compare/", on=AFTER, against_known_at="999999").context["messages"])


def test_a_moment_becomes_the_number_of_its_last_entry(demo):
    answer = get("/compare/", on=AFTER, against_known_at="2099-01-01 08:30", known_at="2001-01-01")
    assert answer.status_code == 302
    assert "known_at=0" in answer["Location"]
    followed = Client().get(answer["Location"])
    assert followed.context["now"].known_at == 0
    odd = get("/compare/", on=AFTER, known_at="soon", against_known_at="2020-01-01 25:99")
    assert odd.status_code == 302
    assert "known_at" not in odd["Location"]


def test_a_comparison_prints_all_its_rows(demo, monkeypatch):
    monkeypatch.setattr(compare, "PAGE_SIZE", 5)
    assert len(Client().get(TWO_DAYS).context["rows"]) == 5
    second = Client().get(f"{TWO_DAYS}&page=2")
    assert second.context["pager"]["first"] == 6
    whole = Client().get(f"{TWO_DAYS}&print=1")
    assert len(whole.context["rows"]) == whole.context["listed"]
    monkeypatch.setattr(compare, "MOST_PRINTED", 3)
    cut = Client().get(f"{TWO_DAYS}&print=1")
    assert len(cut.context["rows"]) == 3
    assert cut.context["listed"] > 3


def test_the_sheet_of_a_comparison_holds_the_same_matters(demo, tmp_path):
    page = Client().get(TWO_DAYS)
    answer = Client().get(TWO_DAYS.replace("/compare/", "/compare/export/xlsx/"))
    assert "attachment" in answer["Content-Disposition"]
    rows = sheet_of(answer, tmp_path)
    codes = {row[0] for row in rows}
    assert {row.code for row in page.context["rows"]} <= codes
    assert any("2020" in str(row[0]) for row in rows[:3])  # the day of the data stands above
    known = Client().get("/compare/export/xlsx/?on=2020-07-30&known_at=5&against_known_at=3")
    assert known.status_code == 200
    assert Client().get("/compare/export/pdf/").status_code == 404


def test_a_file_too_long_is_refused_and_not_cut(demo, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    for path in (TWO_DAYS.replace("/compare/", "/compare/export/csv/"), "/gaps/export/csv/"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert "export" not in answer["Location"]


def test_a_comparison_takes_as_many_queries_for_any_two_days(demo):
    asked = queries_of(TWO_DAYS)
    assert queries_of("/compare/?on=2021-01-15&against=2016-07-07") == asked
    assert asked <= 30


def test_what_changed_is_told_in_words_of_each_day(demo):
    page = get("/compare/", on="2020-07-30", against="2016-07-01", closed="1")
    assert page.context["total"] > 50
    office = get("/compare/", on="2017-12-31", against="2016-12-31")
    changed = [row for row in office.context["rows"] if row.changes]
    for row in changed:
        assert all(change.old != change.new for change in row.changes)


# ---- charts


@pytest.fixture
def tell(demo):
    """Record one more fact of a matter of the demo, by its office."""

    def tell_(verb, code, **given_):
        matter = Matter.objects.get(code=code).pk
        account = Account.objects.get(login="区政府办公室演示岗")
        sent = Sent(
            on=date(2020, 7, 30),
            expected=queries.last_entry_of(matter),
            command_id=uuid4(),
            by=actor_for(account, None, day=timezone.localdate()),
            at=timezone.now(),
        )
        getattr(commands, verb)(matter_id=matter, sent=sent, **given_)

    return tell_


def test_the_nodes_of_a_matter_stand_on_a_time_line(tell, address):
    assert get(address("PRG063"), on=AFTER).context["time_line"] is None
    steps = (f.Milestone(key="a", title="招标", due=date(2020, 7, 15)),)
    tell("fix_milestones", "PRG063", due=date(2020, 12, 31), milestones=steps)
    page = get(address("PRG063"), on=AFTER)
    assert page.context["time_line_figures"]["rows"] == [("招标", "2020-07-15", "–", "–")]
    assert "time-line" in page.content.decode()


def test_projects_are_counted_by_stage_as_soon_as_one_has_a_stage(tell):
    assert get("/figures/", on="2017-01-01").context["projects"] is None
    tell("set_stage", "PRJ085", stage=f.Stage.CONTINUING)
    page = get("/figures/", on=AFTER)
    assert [row[1] for row in page.context["projects_figures"]["rows"]][3] >= 1
    assert "projects-chart" in page.content.decode()


def test_the_last_column_of_colours_over_time_is_the_board(demo):
    board = get("/board/", on=AFTER)
    figures = get("/figures/", on=AFTER).context["colours_figures"]
    assert figures["rows"][-1][0] == AFTER
    assert figures["rows"][-1][-1] == board.context["total"]


def test_a_range_is_read_turned_round_and_bounded(demo):
    page = get("/figures/", **{"on": AFTER, "from": "七月里", "to": "2020-01-31"})
    assert list(page.context["messages"])
    turned = get("/figures/", **{"on": AFTER, "from": "2020-06-30", "to": "2020-01-31"})
    days = [row[0] for row in turned.context["colours_figures"]["rows"]]
    assert days == [
        "2020-01-31",
        "2020-02-29",
        "2020-03-31",
        "2020-04-30",
        "2020-05-31",
        "2020-06-30",
    ]
    long = get("/figures/", **{"on": AFTER, "from": "1950-01-01"})
    assert len(long.context["colours_figures"]["rows"]) == 60
    coming = get("/figures/", on=AFTER, to="2099-12-31")
    assert coming.context["last"] == date(2026, 12, 31)


def test_days_before_the_ledger_say_that_nothing_is_there(demo):
    page = get("/figures/", on="2010-01-01")
    assert page.context["colours"] is None
    assert page.context["due"] is None
    assert page.context["measures"] == []


def test_a_measure_is_chosen_and_money_is_one(demo):
    page = get("/figures/", on=AFTER)
    keys = [one["name"] for one in page.context["measures"]]
    assert keys[0] == page.context["measure"] == "个"
    money = get("/figures/", on=AFTER, measure="money")
    assert money.context["measure"] == "亿元"
    assert get("/figures/", on=AFTER, measure="nonsense").context["measure"] == "个"


def test_the_calendar_turns_to_another_year(demo):
    assert get("/figures/", on=AFTER).context["year"] == 2020
    page = get("/figures/", on=AFTER, year="2017")
    assert page.context["due_total"] > 0
    assert get("/figures/", on=AFTER, year="99").context["year"] == 2020
    assert get("/figures/", on=AFTER, year="9999").context["year"] == 2099


def test_charts_take_as_many_queries_on_any_day_and_for_any_filter(demo):
    asked = queries_of(f"/figures/?on={AFTER}")
    assert queries_of("/figures/?on=2026-11-01&from=2016-01-01") == asked
    assert asked <= 16


def test_every_chart_has_its_table_and_no_script_stands_in_the_page(demo):
    html = get("/figures/", on=AFTER).content.decode()
    assert html.count('type="application/json"') == html.count("data-chart-figures") >= 5
    assert "<script>" not in html
    assert "style=" not in html


# ---- gap list


def test_the_gap_list_counts_by_unit_goal_and_gap(demo):
    page = get("/gaps/", on="2021-01-15")
    assert page.context["all_total"] == sum(row["matters"] for row in page.context["by_unit"])
    lack = page.context["lacks"][2]
    narrowed = Client().get(f"/gaps/{lack['url']}")
    assert narrowed.context["total"] == lack["count"]
    assert narrowed.context["all_total"] == page.context["all_total"]
    again = Client().get(f"/gaps/{narrowed.context['lacks'][2]['url']}")
    assert again.context["total"] == page.context["total"]
    unit = Client().get(f"/gaps/{page.context['by_unit'][-1]['url']}")
    assert unit.context["total"] == page.context["by_unit"][-1]["matters"]


def test_an_empty_gap_list_says_why(demo):
    assert get("/gaps/", on="2010-01-01").context["rows"] == []
    assert get("/gaps/", q="没有这样的事项").context["rows"] == []
    assert get("/gaps/", on=AFTER, colour="blue", lack="nonsense").status_code == 200
    assert get("/gaps/", on=AFTER, sponsor="00000000-0000-0000-0000-000000000000").context[
        "filters"
    ]


def test_the_sheet_of_the_gap_list_holds_every_row(demo, tmp_path):
    total = get("/gaps/", on="2021-01-15", q="PRG").context["total"]
    rows = sheet_of(get("/gaps/export/xlsx/", on="2021-01-15", q="PRG"), tmp_path)
    assert sum(str(row[0]).startswith("PRG") for row in rows) == total
    text = get("/gaps/export/csv/", on="2021-01-15").content.decode("utf-8-sig")
    assert text.count("\n") > total


# ---- goals and units


def test_the_tree_of_goals_counts_what_the_board_counts(demo):
    page = get("/goals/", on=AFTER)
    top = next(row for row in page.context["rows"] if row["name"] == "三个二七")
    goal = Client().get(top["url"])
    assert goal.context["ended"].open == top["total"]
    assert [one["name"] for one in goal.context["below"]] == ["品质二七", "田园二七", "温暖二七"]
    board = Client().get(goal.context["listed_url"])
    assert board.context["shown_total"] == top["total"]
    assert get("/goals/", on="2010-01-01").context["rows"] == []


def test_a_goal_before_its_day_says_so(demo):
    address = page_of("品质二七").partition("?")[0]
    page = get(address, on="2010-01-01")
    assert page.context["is_there"] is False
    assert "<h1>品质二七" in page.content.decode()
    assert page.context["rows"] == []
    assert get("/goals/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_a_unit_shows_posts_and_matters_on_any_day(demo):
    visitor = DistrictVisitor(the_district().pk)
    units = units_visible_to(visitor, day=date(2020, 7, 30))
    unit = next(one for one in units if one.name == "区教体局")
    page = get(f"/units/{unit.id}/", on=AFTER)
    assert [row["code"] for row in page.context["rows"]] == ["PRG001"]
    assert page.context["posts"]
    early = get(f"/units/{unit.id}/", on="2010-01-01", known_at="400")
    assert early.context["is_there"] is False
    parent = next(one for one in units if one.depth == 0)
    assert get(f"/units/{parent.id}/", on=AFTER).context["below"]
    assert get("/units/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_pages_of_goals_and_units_take_as_many_queries_on_any_day(demo):
    goal = page_of("三个二七").partition("?")[0]
    asked = queries_of(f"{goal}?on={AFTER}")
    assert queries_of(f"{goal}?on=2021-01-15") == asked <= 16


# ---- the card


def test_the_card_behind_a_colour_has_an_address_of_its_own(demo, address):
    why = f"{address('PRG063')}why/"
    page = get(why, on=AFTER)
    assert "0.697" in page.content.decode()
    card = get(why, on=AFTER, card="1").content.decode()
    assert "0.697" in card
    assert "<html" not in card
    assert get(why, on="2010-01-01").status_code == 200
    assert get(why, on="2010-01-01", card="1").status_code == 200
    assert get("/matters/00000000-0000-0000-0000-000000000000/why/").status_code == 404


# ---- all of them

ODD = st.text(max_size=12)
NAMES = (
    "on known_at against against_known_at became colour goal unit from to year measure lack q page"
)


@pytest.mark.parametrize("path", [*PATHS, "/compare/export/csv/", "/gaps/export/csv/"])
def test_a_stranger_to_a_real_home_is_asked_to_sign_in(demo, settings, path):
    settings.IS_DEMO = False
    assert Client().get(path)["Location"].startswith("/sign-in/")


@pytest.mark.long
@settings(
    max_examples=settings.default.max_examples // 4,  # each case opens every page
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(values=st.dictionaries(st.sampled_from(NAMES.split()), ODD, max_size=5))
def test_no_address_breaks_a_page(demo, values):
    for path in PATHS:
        assert Client().get(path, values).status_code in {200, 302}
