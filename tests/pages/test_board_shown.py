"""What the board lets its readers choose: columns, money, sums, pages, wrong addresses, weight."""

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client

from luoshi.ledger.models import MatterSpell

DAY = "on=2020-07-30"
HEAVIEST = 200 * 1024  # bytes of a first view, compressed, without charts


@pytest.fixture
def board(demo):
    """Ask for the board of July 2020."""
    return lambda query="", client=None: (client or Client()).get(f"/board/?{DAY}&{query}")


def heads(page):
    return [str(head["label"]) for head in page.context["heads"]]


def test_columns_stand_in_the_address_in_the_order_chosen(board):
    usual = board()
    assert heads(usual) == ["事项", "颜色", "牵头单位", "目标", "已确认", "完成", "完成时限"]
    page = board("col=due&col=kind&col=due&col=nonsense")
    assert heads(page) == ["事项", "完成时限", "类别"]
    assert page.content.decode().count("专项工作") >= 10


def test_every_column_can_be_shown(board):
    from luoshi.ledger.columns import COLUMNS

    every = "&".join(f"col={key}" for key in COLUMNS)
    page = board(f"{every}&sort=due")
    assert len(heads(page)) == len(COLUMNS) + 1
    assert "table-box--wide" in page.content.decode()
    for key in COLUMNS:
        assert board(f"col={key}").status_code == 200


def test_each_filter_is_a_chip_that_goes_by_itself(board):
    query = "colour=red&colour=unreported&kind=programme&due=late&q=PRG&missing=responsibility"
    page = board(f"{query}&closed=1&standing=incomplete&area=樱桃沟&stage=new_start")
    chips = page.context["filters"]
    assert len(chips) == 10
    for chip in chips:
        fewer = Client().get(f"/board/{chip.remove_url}")
        assert len(fewer.context["filters"]) == len(chips) - 1
        assert chip.label not in [one.label for one in fewer.context["filters"]]
    cleared = Client().get(f"/board/{page.context['clear_url']}")
    assert cleared.context["filters"] == []
    assert cleared.context["shown"].day.isoformat() == "2020-07-30"


def test_projects_are_listed_by_their_stage(board, signed_in):
    office = signed_in()
    matter = office.get("/board/?q=PRG063&on=2021-01-15").context["rows"][0].id
    path = f"/matters/{matter}/set_stage/"
    form = office.get(path).context["form"]
    said = {name: form[name].value() for name in ("expected", "command_id")}
    said |= {"on": "2020-07-30", "stage": "continuing", "listed": "yes"}
    assert office.post(path, said).status_code == 302
    page = board("stage=continuing&col=stage", client=office)
    assert [row.code for row in page.context["rows"]] == ["PRG063"]
    assert heads(page) == ["事项", "项目阶段"]
    assert '<td class="on-desk">续建</td>' in page.content.decode()
    assert [chip.label for chip in page.context["filters"]] == ["续建"]
    assert board("stage=completed").context["empty_as"] == "filters"
    file = office.get("/board/export/csv/?on=2020-07-30&stage=continuing&col=stage")
    assert "续建" in file.content.decode("utf-8-sig")
    assert board("on=2020-07-29&stage=continuing").context["shown_total"] == 0


def test_the_sort_in_the_head_turns_and_is_told(board):
    page = board("sort=due")
    due = next(
        head for head in page.context["heads"] if head["sort"] and "due" in head["sort"]["url"]
    )
    assert due["sort"]["direction"] == "ascending"
    turned = Client().get(f"/board/{due['sort']['url']}").content.decode()
    assert 'aria-sort="descending"' in turned


def test_money_is_shown_in_the_unit_chosen(board):
    row = MatterSpell.objects.filter(unit="亿元", from_day__lte="2020-07-30").first()
    wan, yi = (board(f"q={row.code}&closed=1&money={unit}") for unit in ("wan", "yi"))
    in_wan, in_yi = (page.context["rows"][0].target for page in (wan, yi))
    assert in_wan.endswith(" 万元")
    assert in_yi.endswith(" 亿元")
    figures = [float(re.sub(r"[^\d.]", "", text)) for text in (in_wan, in_yi)]
    assert figures[0] == pytest.approx(figures[1] * 10_000)


def test_the_foot_sums_what_has_one_unit_over_all_pages(board):
    head, cells = board("q=PRG06").context["foot"]
    assert "6" in head
    assert next(cell.lines for cell in cells if cell.lines) == ("618 个", "200 米")
    _, differing = board().context["foot"]
    assert len([cell for cell in differing if cell.lines]) <= 1


@pytest.mark.parametrize(
    "odd",
    [
        "colour=purple",
        "kind=zzz",
        "stage=half",
        "sort=-nothing",
        "unit=7",
        "due=-3",
        "money=usd",
        "page=x",
    ],
)
def test_what_an_address_names_wrongly_is_told_and_left_out(board, odd):
    page = board(odd)
    assert odd in unescape(page.content.decode())
    assert page.context["shown_total"] == board().context["shown_total"]


def test_a_page_behind_the_last_one_leads_back(board):
    page = board("page=99")
    assert page.context["empty_as"] == "page"
    first = Client().get(f"/board/{page.context['first_url']}")
    assert len(first.context["rows"]) == 50
    assert board("page=" + "9" * 40).status_code == 200


def test_a_day_before_the_ledger_leads_to_its_first_day(demo):
    page = Client().get("/board/?on=1990-01-01")
    assert page.context["empty_as"] == "day"
    assert Client().get(f"/board/{page.context['first_url']}").context["rows"]


def test_what_stands_in_the_ledger_never_becomes_html(board):
    hostile = '<script>alert("x")</script>&\'"'
    changed = MatterSpell.objects.filter(code="PRG063").update(title=hostile, area=hostile)
    assert changed
    cache.clear()
    html = board("q=PRG063&col=area&col=due").content.decode()
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") >= 2


def test_a_first_view_is_light(board):
    page = board()
    html = page.content
    linked = re.findall(r'(?:href|src)="/static/([^"#]+)', html.decode())
    files = {name for name in linked if not name.endswith("echarts.min.js")}
    weights = [len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in files]
    assert len(files) > 10
    assert len(gzip.compress(html)) + sum(weights) <= HEAVIEST


def test_a_visitor_of_the_demo_is_offered_no_bulk_verb_and_no_view_to_keep(board, signed_in):
    html = board().content.decode()
    assert 'id="bulk"' not in html
    assert 'class="tick"' not in html
    html = board(client=signed_in()).content.decode()
    assert 'id="bulk"' in html
    assert html.count('class="tick"') == 50


# ---- saved views


def save(client, **given):
    said = {"name": "七月红色", "query": "colour=red&sort=due", "back": "?colour=red"} | given
    return client.post("/board/views/", said)


def opened(client):
    """Return the views of the menu."""
    return {view.name: view for view in client.get("/board/").context["views"]}


def test_a_shared_view_is_opened_by_others_on_any_day(signed_in):
    office, unit = signed_in(), signed_in("区教体局演示岗")
    assert save(office, shared="1")["Location"] == "/board/?colour=red"
    view = opened(unit)["七月红色"]
    answer = unit.get(f"/board/views/{view.pk}/?{DAY}")
    assert answer["Location"] == f"/board/?colour=red&sort=due&on=2020-07-30&view={view.pk}"
    page = unit.get(answer["Location"])
    assert {row.colour for row in page.context["rows"]} == {"red"}
    assert "七月红色" in page.content.decode()
    unit.post(f"/board/views/{view.pk}/forget/", {"back": ""})
    assert "七月红色" in opened(office)
    office.post(f"/board/views/{view.pk}/forget/", {"back": "https://elsewhere.example/"})
    assert opened(office) == {}


def test_a_view_of_ones_own_is_nobody_elses(signed_in):
    office, unit = signed_in(), signed_in("区教体局演示岗")
    save(office)
    view = opened(office)["七月红色"]
    assert opened(unit) == {}
    assert unit.get(f"/board/views/{view.pk}/").status_code == 404
    assert Client().get(f"/board/views/{view.pk}/").status_code == 404


def test_a_view_without_a_name_is_asked_for_one(signed_in):
    office = signed_in()
    answer = office.post("/board/views/", {"name": " ", "query": "", "back": ""}, follow=True)
    assert "notice--error" in answer.content.decode()
    assert opened(office) == {}
    assert Client().post("/board/views/", {"name": "x"})["Location"].startswith("/sign-in/")
