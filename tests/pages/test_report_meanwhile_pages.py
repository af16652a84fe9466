"""The review in two windows, and a report withdrawn from the ledger, as pages tell it."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.intake.models import ReportDocument, StagedStatement
from luoshi.ledger.models import Matter
from tests.intake.reports import REPORT

HTMX = {"HX-Request": "true"}
PARKING, SCHOOLS, PARK = 4, 6, 8
MENDED = {
    "kind": "target", "subject": "公共停车泊位", "comparator": ">=", "value": "2100", "unit": "个",
    "period": "2020", "deadline": "", "lead": "", "supporting": "", "sponsor": "",
}  # fmt: skip


@pytest.fixture
def office(signed_in):
    return signed_in()


@pytest.fixture
def review(office):
    """The address of a report in review."""
    sent = {"document_id": str(uuid4()), "title": "", "place": "", "day": "", "year": ""}
    return office.post(
        "/reports/", {**sent, "file": SimpleUploadedFile("报告.txt", REPORT.encode())}
    )["Location"]


@pytest.fixture
def window(office, review):
    """Open a window: it acts as what it saw when it was opened, or of that version."""

    class Window:
        def __init__(self):
            page = office.get(review)
            self.desk, self.version = page.context["desk"], page.context["document"].version

        def act(self, do, number=0, htmx=True, **given):
            said = {
                "do": do, "number": str(number), "seen": str(self.version),
                "since": str(self.version), "desk": self.desk, **given,
            }  # fmt: skip
            return office.post(review, said, headers=HTMX if htmx else {})

        def look(self):
            address = f"{review}?look=1&since={self.version}"
            return office.get(address, headers={**HTMX, "X-Desk": self.desk})

    return Window


def statement(number):
    return StagedStatement.objects.get(number=number, document=ReportDocument.objects.first())


def test_the_second_window_is_told_at_its_card_and_at_the_top(window):
    first, second = window(), window()
    first.act("drop", PARKING)
    first.act("accept", PARK)
    answer = second.act("accept", PARKING)
    words = answer.content.decode()
    assert statement(PARKING).state == "dropped"
    assert f'id="s{PARKING}"' in words
    assert f'id="s{PARK}"' in words  # what else was decided comes too
    assert str(answer.context["told"]) in words
    assert [line["numbers"] for line in answer.context["lines"]] == [[PARK]]
    assert answer.context["lines"][0]["is_own"]
    assert answer.headers["X-Overtaken"]  # keys pressed after it in this card are not sent
    assert "X-Overtaken" not in second.act("accept", PARKING + 1).headers


def test_a_window_that_looks_again_hears_only_of_others(window):
    first, second = window(), window()
    first.act("accept", PARKING)
    assert first.look().context["lines"] == []
    words = second.look().content.decode()
    assert f'id="s{PARKING}"' in words
    assert 'id="review-meanwhile"' in words
    assert "<html" not in words


def test_what_was_typed_stays_beside_what_another_decided(window):
    first, second = window(), window()
    first.act("accept", PARKING)
    answer = second.act("mend", PARKING, **MENDED)
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "公共停车泊位" in words
    assert answer.context["card"]["form"].non_field_errors()
    assert statement(PARKING).row["subject"] == "停车位"
    second.version = answer.context["document"].version
    second.act("mend", PARKING, **MENDED)
    assert statement(PARKING).row["subject"] == "公共停车泊位"


@pytest.mark.parametrize("htmx", [True, False])
def test_what_was_typed_is_told_where_it_is_in_the_ledger_by_now(window, office, review, htmx):
    second = window()
    first = window()
    first.act("accept", PARKING)
    first.version = ReportDocument.objects.first().version
    first.act("write", htmx=False)
    answer = second.act("mend", PARKING, htmx=htmx, **MENDED)
    if htmx:
        assert "公共停车泊位" in answer.context["typed"]
    else:
        assert answer.status_code == 302
        assert [str(one) for one in office.get(review).context["messages"]]


def test_a_joined_statement_is_told_without_its_card(window):
    first, second = window(), window()
    first.act("join", PARKING)
    answer = second.act("accept", PARKING + 1)
    assert answer.context["card"] is None
    assert answer.context["told"]


def test_nothing_is_written_behind_the_back(window, office, review):
    first, second = window(), window()
    first.act("accept", PARKING)
    answer = second.act("write", htmx=False)
    assert answer.status_code == 302
    assert not Matter.objects.filter(title="停车位").exists()
    assert [str(one) for one in office.get(review).context["messages"]]
    window().act("write", htmx=False)
    assert Matter.objects.filter(title="停车位").exists()


def test_accepting_all_tells_of_what_stays(window, office, review):
    first, second = window(), window()
    first.act("matter:new", PARKING)
    second.act("accept_all", htmx=False, least="0")
    told = [str(one) for one in office.get(review).context["messages"]]
    assert len(told) == 2
    assert statement(PARKING).state == "open"


def test_a_sort_of_statements_is_left_out_by_one_press_never_the_whole_report(office, review):
    said = {"do": "drop_all", "seen": "0", "desk": "one"}
    assert 'value="drop_all"' not in office.get(review).content.decode()
    assert office.post(review, said).status_code == 404
    assert 'value="drop_all"' in office.get(f"{review}?show=mechanism").content.decode()
    office.post(f"{review}?show=mechanism", said)
    document = ReportDocument.objects.first()
    assert document.counts["dropped"] == document.counts["mechanism"] == 1


def test_the_keys_go_on_with_the_statement_that_follows_though_the_filter_shrinks(
    window, office, review, monkeypatch
):
    monkeypatch.setattr("luoshi.intake.reports.views.page.STATEMENTS_A_PAGE", 4)
    page = office.get(f"{review}?show=open")
    following = page.context["next_url"]
    assert following == "?show=open&at=5#s5"
    for card in page.context["cards"]:
        window().act("drop", card["row"].number)
    numbers = [
        card["row"].number
        for card in office.get(review + following.partition("#")[0]).context["cards"]
    ]
    assert numbers == [5, 6, 7, 8]
    assert office.get(f"{review}?show=mechanism").context["next_url"] == ""


def test_an_old_undo_asks_first(window):
    first, second = window(), window()
    first.act("accept", PARKING)
    second.act("undo")
    assert statement(PARKING).state == "accepted"


def test_a_card_says_who_decided(window, office, review):
    window().act("accept", PARKING)
    cards = {card["row"].number: card["decided"] for card in office.get(review).context["cards"]}
    assert cards[PARKING].startswith("区政府办公室演示岗")
    assert cards[PARK] == ""


# ---- withdrawn from the ledger ------------------------------------------------------------------


@pytest.fixture
def written(window):
    """A review of which three promises are in the ledger."""
    for number in (PARKING, SCHOOLS, PARK):
        window().act("accept", number)
    window().act("write", htmx=False)
    return statement(PARKING).matter


def test_the_page_says_what_goes_and_what_stands_before_it_is_done(written, office, review):
    place = {"goals": [], "area": "城南", "on": "2021-01-15"}
    form = office.get(f"/matters/{written}/place/?on=2021-01-15").context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | place
    assert office.post(f"/matters/{written}/place/", said).status_code == 302
    page = office.get(f"{review}withdraw/")
    assert [one["number"] for one in page.context["kept"]] == [PARKING]
    assert [one["number"] for one in page.context["taken"]] == [SCHOOLS, PARK]
    assert f"#entry-{page.context['kept'][0]['blocker']}" in page.content.decode()
    assert Matter.objects.filter(pk=written).exists()

    assert office.post(f"{review}withdraw/", {"reason": " "}).status_code == 422
    version = page.context["document"].version
    done = office.post(f"{review}withdraw/", {"reason": "地区有误", "since": str(version)})
    assert done.status_code == 302
    words = office.get(review).content.decode()
    assert "地区有误" in words
    assert 'value="write"' not in words
    assert 'value="accept"' not in words
    matter = office.get(f"/matters/{written}/?on=2021-01-15").content.decode()
    assert "is-lost" in matter
    assert matter.count("地区有误") >= 2  # beside the sentence, and in the journal
    assert office.get(f"{review}withdraw/").status_code == 302
    assert "地区有误" in office.get(_sentence(written)).content.decode()


def _sentence(matter):
    row = StagedStatement.objects.get(matter=matter)
    return f"/reports/text/{row.document.digest}/{row.start}-{row.end}/"


def test_a_withdrawal_of_what_moved_meanwhile_is_refused_at_its_form(
    written, window, office, review
):
    version = ReportDocument.objects.first().version
    window().act("drop", 1)
    answer = office.post(f"{review}withdraw/", {"reason": "误传", "since": str(version)})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert Matter.objects.filter(pk=written).exists()


def test_a_matter_is_led_to_its_first_day(written, office):
    page = office.get(f"/matters/{written}/?on=2019-01-15")
    assert page.context["first_day"] == "?on=2020-03-02"
    assert "?on=2020-03-02" in page.content.decode()


# ---- title, place, day, year --------------------------------------------------------------------


def test_what_is_known_of_a_report_is_put_right_on_its_page(window, office, review):
    said = {"title": "另名", "place": "邻区", "day": "2020年3月9日", "year": "2020"}
    assert window().act("describe", htmx=False, **said).status_code == 302
    document = ReportDocument.objects.first()
    assert (document.title, document.place) == ("另名", "邻区")
    assert document.day.isoformat() == "2020-03-09"
    window().act("describe", htmx=False, **{**said, "title": "三名"})
    assert "三名" in office.get(review).content.decode()


def test_two_windows_that_put_different_fields_right_do_not_undo_each_other(window, office, review):
    shown = office.get(review).context["about"].initial
    before = {f"initial-{name}": str(said) for name, said in shown.items()}
    said = {name: str(one) for name, one in shown.items()}
    assert 'name="initial-title"' in office.get(review).content.decode()
    first, second = window(), window()
    first.act("describe", htmx=False, **before, **{**said, "title": "另名"})
    second.act("describe", htmx=False, **before, **{**said, "place": "邻区"})
    document = ReportDocument.objects.first()
    assert (document.title, document.place) == ("另名", "邻区")
    window().act("describe", htmx=False, **before, **{**said, "title": "另名", "place": ""})
    assert ReportDocument.objects.first().place == "邻区"  # it was not touched there


@pytest.mark.parametrize(
    ("given", "field"),
    [({"day": "2199-01-01"}, "day"), ({"title": ""}, "title"), ({"year": "12"}, "year")],
)
def test_what_is_put_right_wrongly_is_said_at_its_field(window, given, field):
    said = {"title": "另名", "place": "", "day": "2020-03-02", "year": "2020"}
    answer = window().act("describe", htmx=False, **{**said, **given})
    assert answer.status_code == 422
    assert field in answer.context["about"].errors


def test_what_the_ledger_holds_is_not_put_right_but_withdrawn(written, window):
    said = {"title": "另名", "place": "", "day": "2020-03-02", "year": "2020"}
    answer = window().act("describe", htmx=False, **said)
    assert answer.status_code == 422
    assert answer.context["about"].non_field_errors()
