"""The pages of reports: hand in, review by forms and by htmx, the table, the sentence, promises."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luoshi.accounts.commands import make_token
from luoshi.audit.models import AuditLine
from luoshi.intake.models import ReportDocument, ReportText, StagedStatement
from luoshi.intake.reports.commands import describing
from luoshi.intake.reports.forms import NEW_MATTER
from luoshi.ledger.models import Matter
from luoshi.organisation.models import Account
from luoshi.organisation.queries import posts_of
from luoshi.rules.reports.reading import read
from luoshi.rules.tokens import TokenReach
from tests.api.conftest import Machine
from tests.intake.reports import LATER, REPORT

HTMX = {"HX-Request": "true"}
PARKING, SCHOOLS, PARK = 4, 6, 8
MENDED = {
    "kind": "target", "subject": "公共停车泊位", "comparator": ">=", "value": "2100", "unit": "个",
    "period": "2020", "deadline": "2020年11月底", "lead": "", "supporting": "", "sponsor": "",
}  # fmt: skip


@pytest.fixture
def office(signed_in):
    return signed_in()


@pytest.fixture
def hand_in(office):
    """Hand a text in; gives the answer."""

    def handed(text=REPORT, name="报告.txt", **given):
        file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
        sent = {"document_id": str(uuid4()), "title": "", "place": "", "day": "", "year": ""}
        return office.post("/reports/", {**sent, **given, "file": file})

    return handed


@pytest.fixture
def review(hand_in):
    """The address of a report in review."""
    return hand_in()["Location"]


@pytest.fixture
def act(office, review):
    """Press a button of a statement's card."""

    def acted(do, number=0, htmx=False, **given):
        return office.post(
            review, {"do": do, "number": str(number), **given}, headers=HTMX if htmx else {}
        )

    return acted


def statement(number):
    return StagedStatement.objects.get(number=number, document=ReportDocument.objects.first())


def test_an_empty_list_says_what_to_do(office):
    assert "empty" in office.get("/reports/").content.decode()


def test_a_report_is_handed_in_once_however_often_it_is_sent(hand_in, office):
    document_id = str(uuid4())
    first = hand_in(document_id=document_id)
    second = hand_in(document_id=document_id)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert ReportDocument.objects.count() == 1
    assert "小城区政府工作报告" in office.get("/reports/").content.decode()


def test_supervision_sees_reports_and_reviews_but_decides_nothing(signed_in, hand_in, office):
    desk = signed_in("区委督查室演示岗")
    assert "data-handing" not in (empty := desk.get("/reports/").content.decode())
    assert "empty" in empty
    review = hand_in()["Location"]
    assert "小城区政府工作报告" in desk.get("/reports/").content.decode()
    page = desk.get(review).content.decode()
    assert page.count("data-statement=") == 10
    assert 'name="do"' not in page
    assert 'name="do"' not in desk.get(f"{review}?card=1", headers=HTMX).content.decode()
    assert 'name="do"' in office.get(review).content.decode()
    for path in (f"{review}tasks.xlsx", "/reports/promises/"):
        assert desk.get(path).status_code == 200
    for path, said in ((review, {"do": "accept", "number": "1"}), ("/reports/", {})):
        assert desk.post(path, said).status_code == 403
    assert desk.get(f"{review}withdraw/").status_code == 403
    assert statement(1).state == "open"
    told = AuditLine.objects.order_by("pk").values_list("verb", "method", "outcome")
    turned_away = [line for line in told if line[2] == "turned_away"]
    assert turned_away == [
        ("review_report", "POST", "turned_away"),
        ("review_report", "POST", "turned_away"),
        ("review_report", "GET", "turned_away"),
    ]
    assert ("review_report", "POST", "done") in told  # handing in


def test_units_do_not_see_what_is_in_review(signed_in, hand_in):
    review = hand_in()["Location"]
    unit = signed_in("区教体局演示岗")
    assert {unit.get(path).status_code for path in ("/reports/", review)} == {403}


@pytest.mark.parametrize(
    ("text", "given", "field"),
    [
        ("", {}, "file"),
        (b"\x89PNG\r\n\x1a\n0000", {}, "file"),
        ("今年新增停车位2000个。", {}, "day"),
        (REPORT, {"day": "2199-01-01"}, "day"),
        (REPORT, {"year": "12"}, "year"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(hand_in, text, given, field):
    answer = hand_in(text, **given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_file_above_the_largest_size_is_not_kept(hand_in, monkeypatch):
    monkeypatch.setattr("luoshi.intake.views.listing.limits.MOST_BYTES", 10)
    answer = hand_in()
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_the_text_stands_beside_its_statements_with_a_mark_for_each(office, review):
    answer = office.get(review)
    words = answer.content.decode()
    assert words.count("data-statement=") == 10
    for number in range(1, 11):
        assert f'id="m{number}"' in words
    assert "".join(one.text for one in answer.context["pieces"]) in REPORT


def test_the_page_takes_as_many_queries_for_any_number_of_statements(
    office, hand_in, django_assert_max_num_queries
):
    many = "\n".join(f"2020年，新建第{n}类公园{n + 2}个。" for n in range(120))
    page = hand_in(f"小城区政府工作报告\n（2020年3月2日）\n2020年重点工作\n{many}")["Location"]
    office.get(page)
    with django_assert_max_num_queries(20):
        answer = office.get(f"{page}?page=2")
    assert len(answer.context["cards"]) == 50


def test_a_page_is_found_by_a_statement(office, hand_in):
    many = "\n".join(f"2020年，新建第{n}类公园{n + 2}个。" for n in range(120))
    page = hand_in(f"小城区政府工作报告\n（2020年3月2日）\n2020年重点工作\n{many}")["Location"]
    assert 'id="s77"' in office.get(f"{page}?at=77").content.decode()
    assert 'id="s1"' in office.get(f"{page}?at=9999").content.decode()


def test_an_act_leads_back_to_its_statement_and_with_htmx_sends_its_card(act, review):
    answer = act("accept", PARKING)
    assert answer["Location"] == f"{review}?#s{PARKING}"
    assert statement(PARKING).state == "accepted"
    words = act("drop", SCHOOLS, htmx=True).content.decode()
    assert f'id="s{SCHOOLS}"' in words
    assert "hx-swap-oob" in words
    assert "<html" not in words


def test_what_is_read_otherwise_now_is_counted_to_who_put_the_year_right(
    act, office, review, monkeypatch
):
    act("accept", SCHOOLS)

    def as_a_later_reader(mended, **given):
        return [one for one in read(mended, **given) if one.unit != "所"]

    monkeypatch.setattr(describing, "read", as_a_later_reader)
    said = {"title": "小城区报告", "place": "", "day": "2020-03-02", "year": "2021"}
    assert act("describe", **said).status_code == 302
    told = [str(message) for message in office.get(review).context["messages"]]
    assert len(told) == 2
    assert "1" in told[1]


def test_any_matter_of_the_ledger_is_named_by_its_code(act, office, review):
    estates = Matter.objects.get(code="PRG063")
    assert "PRG063" not in act("accept", 1, htmx=True).content.decode()
    said = {**MENDED, "kind": "result"}
    words = act("mend", 1, True, **said, matter="PRG063").content.decode()
    assert f"PRG063 {estates.title}" in words
    assert statement(1).choice["matter"] == str(estates.pk)
    form = office.get(f"{review}?edit=1", headers=HTMX).content.decode()
    assert 'name="matter" value="PRG063"' in form
    act("mend", PARK, True, **MENDED, matter=str(NEW_MATTER))
    assert statement(PARK).choice["matter"] == "new"
    assert (
        f'name="matter" value="{NEW_MATTER}"'
        in office.get(f"{review}?edit={PARK}").content.decode()
    )
    act("mend", PARK, True, **MENDED, matter="")
    assert "matter" not in statement(PARK).choice
    wrong = act("mend", PARK, True, **MENDED, matter="PRG9").content.decode()
    assert "PRG9" in wrong
    assert "errorlist" in wrong


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("小城区政府工作报告\n", "小城区政府工作报告"),
        ("一、2020年重点工作\n", "报告"),
        ("小城区人民政府区长\n各位代表：\n一、2020年重点工作\n", "报告"),
    ],
)
def test_a_report_without_a_title_goes_by_its_file_not_by_who_speaks(hand_in, office, head, title):
    hand_in(f"{head}2020年，新增停车位2000个。\n", day="2020-03-02")
    assert ReportDocument.objects.get().title == title


def counts_in(answer):
    """The counts of the filters as a page or an answer shows them."""
    found = re.findall(r'<b id="count-(\w+)"[^>]*>(\d+)</b>', answer.content.decode())
    return {name: int(count) for name, count in found}


def test_every_answer_brings_the_counts_of_the_filters(act, office, review):
    before = counts_in(office.get(review))
    assert (before["all"], before["open"], before["accepted"]) == (10, 10, 0)
    after = counts_in(act("accept", PARKING, htmx=True))
    assert after == before | {"open": 9, "accepted": 1}
    assert counts_in(act("drop", SCHOOLS, htmx=True))["dropped"] == 1
    assert counts_in(office.get(f"{review}?look=1", headers=HTMX)) == counts_in(office.get(review))


@pytest.mark.parametrize("htmx", [False, True])
def test_split_and_join_lead_back_to_the_whole_page(act, htmx):
    for answer in (act("split", PARKING, htmx, at="2"), act("join", PARKING, htmx)):
        assert answer.headers.get("HX-Redirect" if htmx else "Location", "").endswith(
            f"#s{PARKING}"
        )


def test_a_refused_act_says_why(act, office, review):
    act("split", PARKING, at="99")
    told = [str(message) for message in office.get(review).context["messages"]]
    assert len(told) == 1


def test_a_statement_is_mended_in_place(act, office, review):
    form = office.get(f"{review}?edit={PARKING}", headers=HTMX)
    assert "<html" not in form.content.decode()
    assert 'name="subject"' in form.content.decode()
    assert 'name="subject"' in office.get(f"{review}?edit={PARKING}").content.decode()
    lead = next(iter(form.context["units"]))
    answer = act("mend", PARKING, True, **MENDED | {"lead": lead, "supporting": lead})
    assert "公共停车泊位" in answer.content.decode()
    row = statement(PARKING)
    assert (row.row["value"], row.row["deadline"], row.state) == (2100, "2020-11-30", "accepted")
    assert row.choice["lead"] == row.choice["supporting"][0]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("field", "text"), [("lead", "没有的局"), ("supporting", "没有的局"), ("deadline", "不久")]
)
def test_what_is_mended_wrongly_is_said_at_the_field(act, field, text, htmx):
    answer = act("mend", PARKING, htmx, **MENDED | {field: text})
    assert answer.status_code == (200 if htmx else 422)
    assert "errorlist" in answer.content.decode()
    assert statement(PARKING).state == "open"


def test_a_value_that_is_no_number_is_refused_in_words(act, office, review):
    act("mend", PARKING, **MENDED | {"value": "许多"})
    assert statement(PARKING).state == "open"


def test_proposals_are_shown_with_their_reason_and_taken_by_a_press(act, office, review):
    cards = {card["row"].number: card for card in office.get(review).context["cards"]}
    proposed = cards[SCHOOLS]["proposals"]
    assert proposed
    assert all(one["because"] for one in proposed)
    act(proposed[0]["do"], SCHOOLS)
    assert statement(SCHOOLS).choice["lead"] in proposed[0]["do"]
    cards = {card["row"].number: card for card in office.get(review).context["cards"]}
    assert not cards[SCHOOLS]["proposals"]


def test_a_missing_day_is_proposed_from_the_period(act, office, review):
    act("mend", PARKING, **MENDED | {"deadline": ""})
    cards = {card["row"].number: card for card in office.get(review).context["cards"]}
    (day,) = [one for one in cards[PARKING]["proposals"] if one["do"].startswith("deadline")]
    act(day["do"], PARKING)
    assert statement(PARKING).row["deadline"] == "2020-12-31"


def test_all_that_are_sure_are_accepted_and_undone_in_one_press(act, office, review):
    office.post(f"{review}?show=target", {"do": "accept_all", "least": "0.9"})
    assert StagedStatement.objects.filter(state="accepted").count() == 4
    act("undo")
    assert not StagedStatement.objects.filter(state="accepted").exists()
    office.post(review, {"do": "accept_all", "least": "all"})
    assert not StagedStatement.objects.filter(state="accepted").exists()


def test_all_that_may_be_known_are_called_new_in_one_press(hand_in, office):
    for text in (REPORT, REPORT + "\n。"):
        review = hand_in(text)["Location"]
        office.post(f"{review}?show=target", {"do": "accept_all", "least": "0"})
        office.post(review, {"do": "write"})
    shown = office.get(f"{review}?show=accepted").content.decode()
    assert 'value="take_as_new" data-key="N"' in shown
    assert 'value="take_as_new"' not in office.get(f"{review}?show=target").content.decode()
    before = Matter.objects.count()
    office.post(f"{review}?show=accepted", {"do": "take_as_new"})
    assert "take_as_new" not in office.get(f"{review}?show=accepted").content.decode()
    office.post(review, {"do": "write"})
    assert Matter.objects.count() == before + 6


def test_a_report_of_another_place_is_told_and_put_there_in_one_press(hand_in, office):
    review = hand_in(REPORT.replace("小城区", "河东区"))["Location"]
    shown = office.get(review).content.decode()
    assert 'type="hidden" name="place" value="河东区"' in shown
    document = ReportDocument.objects.get()
    about = {"title": document.title, "day": str(document.day), "year": str(document.year)}
    office.post(review, {"do": "describe", "place": "河东区", **about})
    document.refresh_from_db()
    assert document.place == "河东区"
    assert 'type="hidden" name="place"' not in office.get(review).content.decode()


def test_what_is_accepted_enters_the_ledger_and_shows_its_sentence(act, office, review):
    act("matter:new", PARKING)
    act("accept", PARKING)
    act("accept", 1)
    answer = act("write")
    assert answer["Location"] == f"{review}?show=accepted"  # the result waits for its matter
    shown = office.get(answer["Location"]).content.decode()
    assert "said-card__problem" in shown
    matter = statement(PARKING).matter
    words = office.get(f"/matters/{matter}/").content.decode()
    assert "新增停车位2000个" in words
    sentence = next(part for part in words.split('"') if part.startswith("/reports/text/"))
    assert "由城管局牵头负责" in office.get(sentence).content.decode()
    ReportText.objects.all().delete()
    assert "由城管局牵头负责" not in office.get(sentence).content.decode()
    assert Matter.objects.filter(pk=matter).exists()
    act("accept", SCHOOLS)
    assert act("write")["Location"].endswith("accepted")
    act("withdraw")
    assert ReportDocument.objects.exists()


def test_a_result_is_proposed_the_matter_it_answers(act, office, review, hand_in):
    act("matter:new", PARKING)
    act("accept", PARKING)
    act("write")
    later = hand_in(LATER)["Location"]
    cards = {card["row"].number: card for card in office.get(later).context["cards"]}
    first = cards[1]["alike"][0]
    assert first["is_likely"]
    assert "2020" in first["why"]  # promised for, reported for: the rule of linking says why
    matter = StagedStatement.objects.get(number=PARKING, state="written").matter
    assert first["do"] == f"matter:{matter}"


def test_a_withdrawn_report_is_gone(act, office, review):
    assert act("withdraw")["Location"] == "/reports/"
    assert office.get(review).status_code == 404


@pytest.mark.parametrize("do", ["", "promise", "accept:1"])
def test_an_act_that_is_none_is_not_found(act, do):
    assert act(do).status_code in {302, 404}


def test_the_table_of_tasks_is_sent(office, review):
    for ending in ("xlsx", "docx"):
        answer = office.get(f"{review}tasks.{ending}")
        assert answer.status_code == 200
        assert ending in answer["Content-Disposition"]
    assert office.get(f"{review}tasks.pdf").status_code == 404
    assert office.get(f"/reports/{uuid4()}/tasks.xlsx").status_code == 404


def test_promises_are_followed_through_two_reports_in_any_order(office, hand_in):
    assert "empty" in office.get("/reports/promises/").content.decode()
    for text in (LATER, REPORT):
        hand_in(text, place="小城区")
    answer = office.get("/reports/promises/")
    told = {
        (one["promised"]["subject"], one["promised"]["period"]): one
        for one in answer.context["promises"]
    }
    assert told["停车位", "2020"]["outcome"] == "kept"  # 2150 of 2000
    assert told["老旧小区", "2020"]["outcome"] == "behind"  # 38 of 40
    assert told["老旧小区", "2020"]["answers"][0]["reasons"]
    assert told["停车位", "2021"]["outcome"] == "open"
    rate, amount = told["一般公共预算收入", "2020"], told["停车位", "2020"]
    assert (rate["promised"]["is_rate"], amount["promised"]["is_rate"]) == (True, False)
    assert "增速" in answer.content.decode()
    assert told["一般公共预算收入", "2020"]["outcome"] == "silent"
    only = office.get("/reports/promises/?outcome=behind").context["promises"]
    assert {one["outcome"] for one in only} == {"behind"}
    rows = told_to_a_machine("/reports/promises", limit=1)
    assert sorted(row["outcome"] for row in rows) == sorted(one["outcome"] for one in told.values())
    behind = told_to_a_machine("/reports/promises", outcome="behind", place="小城区")
    assert {row["outcome"] for row in behind} == {"behind"}
    assert all(row["answers"][0]["document"] != row["document"] for row in behind)
    assert told_to_a_machine("/reports/promises", place="别处") == []


def told_to_a_machine(path, **query):
    """The rows of a list of the interface, as the office's post reads them."""
    account = Account.objects.get(login="区政府办公室演示岗")
    today = timezone.localdate()
    (post, *_others) = posts_of(account, day=today)
    made = make_token(
        account, post=post.id, label="读承诺", reach=TokenReach.READ, days=1, day=today,
        at=timezone.now(),
    )  # fmt: skip
    return Machine(made.secret).rows(path, **query)


def test_a_stranger_to_the_office_sees_no_review_but_the_sentence(demo, signed_in, review):
    unit = signed_in("区教体局演示岗")
    assert unit.get(review).status_code == 403
    address = f"/reports/text/{'0' * 64}/3-9/"
    assert unit.get(address).status_code == 200
    assert Client().get(address).status_code == 200  # the demo is read by everybody


def test_what_was_overlooked_is_added_and_opens_to_be_written(act, office):
    answer = act("add", quote="健全督查督办机制")
    assert answer["Location"].endswith("?edit=11#s11")
    assert 'name="subject"' in office.get(answer["Location"]).content.decode()
    act("add", quote="并无此句")
    assert StagedStatement.objects.count() == 11


def test_a_card_that_is_not_there_is_not_found(act, office, review):
    assert act("accept", 99, htmx=True).status_code == 404
    assert office.get(f"{review}?edit=99", headers=HTMX).status_code == 404
    assert office.get(f"/reports/{uuid4()}/").status_code == 404


def test_the_page_of_a_filter_without_a_statement_says_so(office, review):
    assert "empty" in office.get(f"{review}?show=written").content.decode()


def test_a_range_of_values_and_a_refusal_of_the_ledger_are_told(act, office, hand_in):
    page = hand_in(
        "小城区政府工作报告\n（2020年3月2日）\n2020年重点工作\n2020年，新建公园5至8个。"
        "新建涉密楼宇3座。\n"
    )["Location"]
    words = office.get(page).content.decode()
    assert "5—8" in words
    row = next(one for one in StagedStatement.objects.all() if "涉密" in one.row["quote"])
    for do in ("matter:new", "accept", "write"):
        office.post(page, {"do": do, "number": str(row.number)})
    assert "secret_matter" in office.get(page).content.decode()


@pytest.mark.parametrize(("field", "typed"), [("value", "3.5万"), ("period", "某时")])
def test_a_slip_is_said_at_its_field_and_nothing_typed_is_lost(act, field, typed):
    page = act("mend", PARKING, htmx=True, **{**MENDED, field: typed}).content.decode()
    assert f'value="{typed}"' in page
    assert 'value="公共停车泊位"' in page
    assert "has-error" in page
    assert statement(PARKING).state == "open"


def test_a_card_that_another_changed_is_shown_anew(act, office, review):
    page = office.get(review).content.decode()
    seen = page.split('name="seen" value="')[PARKING].split('"')[0]
    act("accept", PARKING, seen=seen)
    row = ReportDocument.objects.get()
    row.done[-1]["by"] = str(uuid4())  # it was somebody else
    row.save()
    act("drop", PARKING, seen=seen)
    assert statement(PARKING).state == "accepted"


def test_a_report_is_withdrawn_by_a_second_press_that_says_what_is_lost(act, office, review):
    act("accept", PARKING)
    page = office.get(review).content.decode()
    menu = page.split("review__withdraw")[1].split("</details>")[0]
    assert "1" in menu
    assert 'value="withdraw"' in menu


def test_a_form_is_given_up_by_its_card(office, review):
    card = office.get(f"{review}?show=open&card={PARKING}", headers=HTMX).content.decode()
    assert f'id="s{PARKING}"' in card
    assert "said-form" not in card
    assert "card=" not in card.split("said-acts")[1]
    assert office.get(f"{review}?card=99", headers=HTMX).status_code == 404


@pytest.mark.parametrize(
    ("shown", "header"),
    [("{}?#s4", "HX-Refresh"), ("{}", "HX-Redirect"), ("{}?edit=4", "HX-Redirect")],
)
def test_a_refused_act_brings_the_page_anew_where_it_stands(office, review, shown, header):
    told = HTMX | {"HX-Current-URL": f"http://testserver{shown.format(review)}"}
    sent = {"do": "split", "number": str(PARKING), "at": "0"}
    answer = office.post(review, sent, headers=told)
    assert header in answer
    assert "notices" in office.get(review).content.decode()


def test_who_comes_back_finds_what_is_left(office, hand_in, monkeypatch):
    monkeypatch.setattr("luoshi.intake.reports.views.page.STATEMENTS_A_PAGE", 4)
    review = hand_in()["Location"]
    for number in range(1, 7):
        office.post(review, {"do": "accept", "number": str(number)})

    def shown(query=""):
        page = office.get(f"{review}{query}").content.decode()
        return [f'id="s{number}"' in page for number in (1, 7, 10)]

    assert shown() == [False, True, False]
    assert shown("?page=1") == [True, False, False]
    assert shown("?show=accepted") == [True, False, False]
    for number in range(7, 11):
        office.post(review, {"do": "drop", "number": str(number)})
    assert shown() == [True, False, False]
