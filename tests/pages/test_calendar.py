"""The working calendar's pages: read by whoever works here, a year entered by the office."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.clocks import queries
from luoshi.clocks.surroundings import surroundings
from luoshi.clocks.years import ANNOUNCEMENTS
from luoshi.ledger.views.board import page as board_page
from luoshi.organisation.models import District
from luoshi.organisation.queries import DistrictVisitor

LAST = ANNOUNCEMENTS[-1].year
NEXT = LAST + 1
WORDS = "元旦：1月1日放假。国庆节：10月1日至7日放假调休。"


@pytest.fixture
def visitor(demo):
    return DistrictVisitor(District.objects.order_by("pk").first().pk)


@pytest.fixture
def office(signed_in):
    return signed_in()


def hidden(answer):
    """What a form carries unseen, as a browser sends it back."""
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', answer)
    return dict(found)


def sent(client, *, year=NEXT, words=WORDS, **more):
    blank = hidden(client.get(f"/calendar/announce/?year={year}").content.decode())
    typed = {
        "year": year,
        "document": "测试安排〔1〕号",
        "announced": timezone.localdate().isoformat(),
        "words": words,
    }
    return {**blank, **typed, **more}


def test_the_years_and_their_days_are_shown(demo):
    page = Client().get("/calendar/?year=2020").content.decode()
    assert "国办发明电〔2020〕1号" in page
    assert page.count('class="month"') == 12
    assert "被替代" in page  # the first arrangement of 2020
    assert "ERQI-2017-D1" in page


@pytest.mark.parametrize("asked", ["", "?year=1900", "?year=many", "?year=²"])
def test_a_year_that_is_none_shows_one_that_is(demo, asked):
    assert 'class="month"' in Client().get(f"/calendar/{asked}").content.decode()


def test_an_announcement_that_was_replaced_is_shown_by_its_number(visitor):
    first, *_ = [one for one in queries.announced_visible_to(visitor) if one.is_replaced]
    page = Client().get(f"/calendar/?year={first.number}").content.decode()
    assert f"<h2>{first.year} " in page


def test_a_year_is_looked_at_before_it_is_entered(office, visitor):
    typed = sent(office)
    looked = office.post("/calendar/announce/", typed)
    assert looked.status_code == 200
    assert surroundings(visitor.district, None).horizon.year == LAST
    page = looked.content.decode()
    assert page.count('class="month"') == 12
    assert 'name="confirmed" value="on"' in page
    entered = office.post("/calendar/announce/", typed | hidden(page))
    assert entered.status_code == 302
    assert entered["Location"] == f"/calendar/?year={NEXT}"
    around = surroundings(visitor.district, None)
    assert around.horizon == date(NEXT, 12, 31)
    assert not around.calendars[-1].calendar.is_working_day(date(NEXT, 10, 7))
    assert office.post("/calendar/announce/", typed | hidden(page)).status_code == 302  # again


def test_a_changed_arrangement_shows_what_differs(office, visitor):
    words = "放假：1月1日"
    page = office.post("/calendar/announce/", sent(office, year=LAST, words=words)).content.decode()
    assert "is-changed" in page
    assert "与已公布的安排有" in page


def test_the_form_begins_with_what_is_known(office):
    page = office.get(f"/calendar/announce/?year={LAST}").content.decode()
    assert f"{LAST}" in page
    assert "放假：1月1日" in page
    assert f'value="{NEXT}"' in office.get("/calendar/announce/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": "1月1日"}, "没有说明是放假还是上班"),
        ({"words": "2月30日放假"}, "没有这一天"),
        ({"words": "无"}, "没有写明任何放假日"),
        ({"words": "放假：1月1日（周一）"}, "请核对日期和年份"),
        ({"words": "放假：1月1日至3日；上班：1月2日"}, "既写了放假，又写了上班"),
        ({"words": "放假：1月1日；上班：1月4日"}, "不是周六或周日"),
        ({"announced": "2999-1-1"}, "2999"),
    ],
)
def test_what_cannot_be_meant_is_said_at_the_field(office, changed, said):
    typed = sent(office, **changed)
    answer = office.post("/calendar/announce/", typed | {"confirmed": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert typed["document"] in page  # nothing typed is lost


def test_who_saw_an_older_calendar_is_told_and_may_send_again(office):
    typed = sent(office, year=LAST, confirmed="on", expected="1")
    page = office.post("/calendar/announce/", typed)
    assert page.status_code == 422
    again = office.post("/calendar/announce/", typed | hidden(page.content.decode()))
    assert again.status_code == 302


def test_the_office_is_told_in_time(office, monkeypatch):
    monkeypatch.setattr(board_page, "TIME_TO_ANNOUNCE", timedelta.max)
    assert "/calendar/announce/" in office.get("/board/").content.decode()
    assert "/calendar/announce/" not in Client().get("/board/").content.decode()
    monkeypatch.setattr(board_page, "TIME_TO_ANNOUNCE", timedelta.min)
    other = office.get("/board/?colour=red").content.decode()  # the first is kept as drawn
    assert "/calendar/announce/" not in other
