"""The pages of units, posts and persons: what is shown, what is asked, what is refused and why."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.base.models import OPEN, JournalEntry
from luoshi.ledger.models import Matter
from luoshi.organisation.forms import POST_FORMS, UNIT_FORMS
from luoshi.organisation.models import Person, Post, PostSpell, Unit, UnitSpell

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
HIDDEN = re.compile(r'name="(expected|command_id|shown)" value="([^"]*)"')


@pytest.fixture
def office(signed_in):
    client = signed_in()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def school(signed_in):
    client = signed_in("区教体局演示岗")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def unit(demo):
    return lambda name: Unit.objects.get(name=name).pk


@pytest.fixture
def post(demo):
    return lambda name: Post.objects.get(name=name).pk


def shown(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client, path, **said):
    """Send a form as the page gives it."""
    hidden = dict(HIDDEN.findall(shown(client, path)))
    return client.post(path, {"on": TODAY.isoformat(), **hidden, **said})


def sends(client, path, **said):
    """Send a form that is to be recorded; the page it leads to."""
    answer = send(client, path, **said)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def refused(answer, sentence):
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    return True


def enter(client, name="登记人一", phone="13812345678"):
    """Enter a person and return the id."""
    sends(client, "/organisation/people/enter/", name=name, phone=phone, mail="")
    return Person.objects.get(name=name).pk


# ---- reading


def test_the_tree_of_a_day_narrowed_by_kind_and_by_what_is_missing(office, unit):
    page = shown(office, "/organisation/")
    assert "区教体局演示岗" in page
    assert "区属平台公司" in page
    page = shown(office, "/organisation/?kind=platform_company")
    assert "区属平台公司" in page
    assert "区教体局演示岗" not in page
    assert "No unit fits" in shown(office, "/organisation/?only=vacant")
    assert "No unit on this day" in shown(office, "/organisation/?on=1990-1-1")
    assert "never" in shown(office, "/organisation/?on=never")  # said, and the opening day shown


def test_a_unit_that_ended_is_marked_on_the_days_before(office, unit):
    fund = unit("二七区产业发展引导基金")
    sends(office, f"/organisation/units/{fund}/end/", confirmed="on")
    assert "ended on" in shown(office, "/organisation/?on=2021-1-15&only=ended")
    gone = shown(office, f"/organisation/?on={TODAY}&only=ended")
    assert "Ended before this day" in gone
    page = shown(office, f"/organisation/units/{fund}/?on={TODAY}")
    assert "does not exist" in page
    assert "It ended." in page


def test_one_unit_with_posts_matters_and_record_links_to_its_matters_and_back(office, unit):
    school = unit("区教体局")
    page = shown(office, f"/organisation/units/{school}/")
    assert f"/units/{school}/" in page
    assert "was set up" in page
    assert f"/organisation/units/{school}/" in shown(office, f"/units/{school}/")
    top = unit("重大项目协调运作工作专班领导小组")
    assert "园区管委会" in shown(office, f"/organisation/units/{top}/")
    below = Unit.objects.get(name="园区管委会（1）").pk
    assert str(top) in shown(office, f"/organisation/units/{below}/")


def test_anybody_reads_a_demo_and_only_the_office_is_offered_verbs(unit, post, school, demo):
    anybody = Client()
    page = shown(anybody, f"/organisation/units/{unit('区教体局')}/")
    assert "/rename/" not in page
    assert "/rename/" not in shown(school, f"/organisation/units/{unit('区教体局')}/")
    own = shown(school, f"/organisation/posts/{post('区教体局演示岗')}/")
    assert "/delegate/" in own
    assert "/hold/" not in own
    assert "/delegate/" not in shown(school, f"/organisation/posts/{post('区政府办公室演示岗')}/")
    assert anybody.get(f"/organisation/units/{unit('区教体局')}/rename/").status_code == 302


def test_what_there_is_not_is_not_found(office):
    nothing = "00000000-0000-0000-0000-000000000001"
    for path in (
        f"units/{nothing}/", f"posts/{nothing}/", f"people/{nothing}/",
        f"units/{nothing}/rename/", f"units/{nothing}/found-post/", f"units/{nothing}/contact/",
        f"posts/{nothing}/hold/", f"posts/{nothing}/delegate/",
    ):  # fmt: skip
        assert office.get(f"/organisation/{path}").status_code == 404, path


def test_the_number_of_queries_does_not_depend_on_the_number_of_units(office):
    def asked(path):
        shown(office, path)  # whatever is read once
        with CaptureQueriesContext(connection) as queries:
            shown(office, path)
        return len(queries)

    few, many = (asked(f"/organisation/?on={day}") for day in ("2016-7-7", "2021-1-15"))
    assert few == many


# ---- units


def test_a_unit_is_set_up_renamed_and_moved(office, unit):
    address = sends(
        office, "/organisation/units/found/", name="雨污分流专班", kind="task_force",
        parent=unit("区政府"), order="3", territory="老城", note="",
    )  # fmt: skip
    page = shown(office, address)
    assert "雨污分流专班" in page
    made = unit("雨污分流专班")
    sends(office, f"/organisation/units/{made}/rename/", name="雨污分流指挥部")
    sends(office, f"/organisation/units/{made}/move/", parent=unit("二七区委"))
    sends(office, f"/organisation/units/{made}/order/", order="5")
    sends(office, f"/organisation/units/{made}/classify/", kind="leading_group")
    sends(office, f"/organisation/units/{made}/bound/", territory="全区")
    page = shown(office, f"/organisation/units/{made}/?on={TODAY}")
    for told in (
        "It is called 雨污分流指挥部", "It goes over to 二七区委", "Place 5", "Leading group",
    ):  # fmt: skip
        assert told in page
    assert "parent" in shown(office, f"/organisation/units/found/?parent={made}")
    sends(office, f"/organisation/units/{made}/move/", parent="")
    assert "It stands at the top" in shown(office, f"/organisation/units/{made}/?on={TODAY}")


def test_refusals_stand_at_their_field_and_nothing_is_recorded(office, unit):
    top, below = unit("重大项目协调运作工作专班领导小组"), unit("园区管委会")
    before = JournalEntry.objects.count()
    move = f"/organisation/units/{top}/move/"
    assert refused(send(office, move, parent=below), "would stand below itself")
    rename = f"/organisation/units/{top}/rename/"
    assert refused(send(office, rename, name=" "), "required")
    assert refused(send(office, rename, name="x", on=TOMORROW.isoformat()), "has not come yet")
    assert refused(send(office, rename, name="x", on="某日"), "day")
    end = f"/organisation/units/{top}/end/"
    assert refused(send(office, end, confirmed="on"), "Name who takes over")
    assert refused(send(office, rename, name="x", on="1990-1-1"), "does not exist yet")
    assert JournalEntry.objects.count() == before


def test_who_did_not_see_the_last_change_is_told_and_may_send_again(office, unit):
    school = unit("区教体局")
    path = f"/organisation/units/{school}/rename/"
    hidden = dict(HIDDEN.findall(shown(office, path)))
    sends(office, path, name="区教育体育局")
    late = {"on": TODAY.isoformat(), "name": "区教体委", **hidden}
    answer = office.post(path, late)
    assert refused(answer, "Somebody else changed the same part")
    again = dict(HIDDEN.findall(answer.content.decode()))
    assert office.post(path, late | again).status_code == 302


def test_an_end_a_merge_and_a_split_tell_first_what_they_touch(office, unit):
    parks = unit("产业园区")
    others = [unit(f"产业园区（{number}）") for number in (1, 2)]
    before = JournalEntry.objects.count()
    told = send(office, f"/organisation/units/{parks}/end/", successors=str(unit("区政府")))
    page = told.content.decode()
    assert (told.status_code, "4 units below" in page) == (200, True)
    assert JournalEntry.objects.count() == before
    sends(
        office, f"/organisation/units/{parks}/end/", successors=str(unit("区政府")), confirmed="on"
    )
    merge = f"/organisation/units/{others[0]}/merge/"
    both = {"others": str(others[1]), "kind": ""}
    wrong = send(office, merge, **both, name="", into="")
    assert refused(wrong, "Choose a unit, or name a new one")
    asked = send(office, merge, **both, name="产业园区联合体", into="").content.decode()
    assert "Nothing is recorded yet" in asked
    sends(office, merge, **both, name="产业园区联合体", into="", confirmed="on")
    joined = unit("产业园区联合体")
    assert UnitSpell.objects.filter(thread=joined).exists()
    third = unit("产业园区（3）")
    goes = {"name": "", "kind": "", "into": str(joined), "confirmed": "on"}
    sends(office, f"/organisation/units/{third}/merge/", **goes)
    split = f"/organisation/units/{joined}/split/"
    assert refused(send(office, split, names="甲园\n甲园"), "a name of its own")
    assert refused(send(office, split, names="甲园", confirmed="on"), "at least 2")
    assert "0 open matters" in send(office, split, names="甲园\n乙园").content.decode()
    sends(office, split, names="甲园\n乙园", confirmed="on")
    record = shown(office, f"/organisation/units/{joined}/?on=2021-1-15")
    assert "甲园, 乙园 took over" in record


# ---- posts and persons


def test_a_post_is_set_up_held_delegated_lent_and_left(office, unit, post):
    school = unit("区教体局")
    sends(
        office, f"/organisation/units/{school}/found-post/", name="局长岗", duty="head",
        roles=["unit_head", "reviewer"], order="1",
    )  # fmt: skip
    chief = post("局长岗")
    path = f"/organisation/posts/{chief}/"
    first, second = enter(office), enter(office, "登记人二", "")
    sends(office, f"{path}hold/", person=str(first), until="")
    sends(
        office, f"{path}delegate/", person=str(second), first=TODAY.isoformat(),
        last=TOMORROW.isoformat(),
    )  # fmt: skip
    sends(
        office, f"{path}lend/", unit=str(unit("区政府")), first=TOMORROW.isoformat(),
        last=TOMORROW.isoformat(),
    )  # fmt: skip
    page = shown(office, f"{path}?on={TODAY}")
    for told in ("登记人一 holds it", "登记人二 acts for it", "It is lent to 区政府", "to come",
                 "138****5678", "Principal head", "Head of a unit"):  # fmt: skip
        assert told in page, told
    assert "13812345678" not in page
    tree = shown(office, f"/organisation/?on={TOMORROW}")
    assert "Lent from 区教体局" in tree
    assert "Delegated" in shown(office, f"/organisation/units/{school}/?on={TODAY}")
    assert "Lent to 区政府" in shown(office, f"/organisation/units/{school}/?on={TOMORROW}")
    assert "Acts in" in shown(office, f"{path}?on={TOMORROW}")
    key = re.search(r'<option value="([0-9a-f-]{36})"', shown(office, f"{path}recall/"))[1]
    sends(office, f"{path}recall/", key=key)
    sends(office, f"{path}hold/", person=str(second), acting="on", until=TOMORROW.isoformat())
    page = shown(office, f"{path}?on={TODAY}")
    for told in ("is acting until", "A delegation or loan is over", "Acting"):
        assert told in page, told
    assert "Nobody answers for them" in send(office, f"{path}vacate/").content.decode()
    sends(office, f"{path}vacate/", confirmed="on")
    assert "Vacant" in shown(office, f"{path}?on={TODAY}")
    assert "Vacant" in shown(office, f"/organisation/units/{school}/?on={TODAY}")
    assert "局长岗" in shown(office, f"/organisation/?on={TODAY}&only=vacant")
    sends(office, f"{path}charge/", duty="", roles=[])
    sends(office, f"{path}rename/", name="局长")
    sends(office, f"{path}order/", order="4")
    sends(office, f"{path}move/", unit=str(unit("区政府")))
    assert "Whoever holds it" in send(office, f"{path}end/").content.decode()
    sends(office, f"{path}end/", confirmed="on")
    gone = shown(office, f"{path}?on={TODAY}")
    assert "this post does not exist" in gone


def test_three_administrators_are_refused_in_words(office, unit):
    found = f"/organisation/units/{unit('区政府')}/found-post/"
    answer = send(office, found, name="系统岗", duty="", roles=["system", "auditor"], order="1")
    assert refused(answer, "kept apart")
    answer = send(office, found, name="系统岗", duty="", roles=["system", "office"], order="1")
    assert refused(answer, "also act in the ledger")


def test_a_holder_hands_his_own_post_on_and_no_other(school, office, post):
    deputy = enter(office)
    own = f"/organisation/posts/{post('区教体局演示岗')}/delegate/"
    span = {"person": str(deputy), "first": TODAY.isoformat(), "last": TOMORROW.isoformat()}
    sends(school, own, **span)
    assert refused(send(school, own, **span), "given already")
    others = f"/organisation/posts/{post('区政府办公室演示岗')}/delegate/"
    before = JournalEntry.objects.count()
    answer = school.post(others, span)
    assert answer.status_code == 302
    assert "Your post may not do this" in shown(school, answer["Location"])
    turned = {"person": str(deputy), "first": TOMORROW.isoformat(), "last": TODAY.isoformat()}
    assert refused(send(school, own, **turned), "lies before the first")
    assert JournalEntry.objects.count() == before


def test_people_are_entered_changed_found_and_erased(office):
    assert "Nobody is entered" in shown(office, "/organisation/people/")
    person = enter(office)
    page = shown(office, "/organisation/people/?q=登记")
    assert "138****5678" in page
    assert "Nobody is entered" in shown(office, "/organisation/people/?q=无此人")
    path = f"/organisation/people/{person}/"
    assert "138****5678" in shown(office, path)
    assert refused(send(office, path, name="登记人一", phone="12"), "5 to 20 figures")
    sends(office, path, name="登记人甲", phone="", mail="a@example.com")
    kept = Person.objects.get(pk=person)
    assert (kept.name, kept.phone, kept.mail) == ("登记人甲", "13812345678", "a@example.com")
    sends(office, path, name="登记人甲", phone="", mail="", without=["phone"])
    assert Person.objects.get(pk=person).phone == ""
    office.post(f"{path}erase/")
    assert Person.objects.get(pk=person).is_erased
    assert "Erased" in shown(office, "/organisation/people/")
    assert office.get(f"{path}erase/").status_code == 405


def test_who_holds_a_post_is_not_erased_and_may_get_a_name(office, post):
    desk = PostSpell.objects.filter(thread=post("区教体局演示岗"), known_to=OPEN)
    holder = desk.latest("from_day").holder
    path = f"/organisation/people/{holder}/"
    sends(office, path, name="登记人三", phone="", mail="")
    assert "登记人三" in shown(office, "/organisation/people/")
    assert "登记人三" in shown(office, f"/organisation/posts/{post('区教体局演示岗')}/")
    office.post(f"{path}erase/")
    assert "Give these posts to others first" in shown(office, "/organisation/people/")
    assert Person.objects.get(pk=holder).name == "登记人三"


def test_a_unit_keeps_its_own_people_alone(office, school, unit, post):
    desk = post("区教体局演示岗")
    sends(office, f"/organisation/posts/{desk}/charge/", duty="", roles=["unit_admin"])
    enter(office)
    holders = PostSpell.objects.filter(known_to=OPEN)
    mine = holders.filter(thread=desk).latest("from_day").holder
    theirs = holders.filter(thread=post("区政府办公室演示岗")).latest("from_day").holder
    sends(school, f"/organisation/people/{mine}/", name="登记人四", phone="", mail="")
    assert "登记人四" in shown(school, "/organisation/people/")
    answer = school.get(f"/organisation/people/{theirs}/")
    assert answer["Location"] == "/organisation/people/"
    assert "Your post may not do this" in shown(school, "/organisation/people/")


def test_a_contact_is_entered_masked_ended_and_erased(office, unit):
    school = unit("区教体局")
    path = f"/organisation/units/{school}/"
    assert refused(send(office, f"{path}contact/", label="值班室", phone="x"), "5 to 20 figures")
    sends(office, f"{path}contact/", label="值班室", phone="0371-68630000", mail="")
    page = shown(office, f"{path}?on={TODAY}")
    assert "037******0000" in page
    end = re.search(r"/organisation/contacts/[0-9a-f-]+/end/", page)[0]
    office.post(end, {"erase": "1"})
    assert "0000" not in shown(office, f"{path}?on={TODAY}").split("Contacts")[1][:400]
    office.post(end)
    assert "No contact on this day" in shown(office, f"{path}?on={TODAY}")
    office.post(end)
    assert "over already" in shown(office, path)
    nothing = end.replace(end.split("/")[3], "00000000-0000-0000-0000-000000000001")
    assert office.post(nothing)["Location"] == "/organisation/"


# ---- the sheet


def uploaded(content, name="sheet.xlsx"):
    file = BytesIO(content)
    file.name = name
    return file


def test_the_sheet_goes_out_comes_in_again_and_shows_what_differs(office, unit):
    answer = office.get("/organisation/export/")
    assert answer["Content-Type"].endswith("sheet")
    sheet = b"".join(answer) if answer.streaming else answer.content
    path = "/organisation/hand-in/"
    same = office.post(path, {"file": uploaded(sheet), "on": TODAY.isoformat()})
    assert (same.status_code, "Nothing differs" in same.content.decode()) == (200, True)
    sends(office, f"/organisation/units/{unit('区教体局')}/rename/", name="区教育体育局")
    shown_ = office.post(path, {"file": uploaded(sheet), "on": TODAY.isoformat()})
    page = shown_.content.decode()
    assert "Record 1 change" in page
    hidden = dict(HIDDEN.findall(page))
    assert office.post(path, hidden).status_code == 302
    assert Unit.objects.filter(name="区教体局").exists()
    stale = office.post(path, hidden).content.decode()
    assert "changed since this was shown" in stale


def with_cells(sheet, **cells):
    """The workbook with some cells of its first table written over, by their names."""
    book = openpyxl.load_workbook(BytesIO(sheet))
    for name, value in cells.items():
        book.worksheets[0][name] = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_bad_cell_is_named_and_what_is_left_out_stays(office):
    sheet = with_cells(office.get("/organisation/export/").content, C5="衙门")
    day = {"on": TODAY.isoformat()}
    answer = office.post("/organisation/hand-in/", {"file": uploaded(sheet), **day})
    assert refused(answer, "This word is not known here")
    assert "Record " not in answer.content.decode().split("<form")[-1]
    without = with_cells(
        office.get("/organisation/export/").content, **{f"{c}61": "" for c in "ABCDEF"}
    )
    page = office.post("/organisation/hand-in/", {"file": uploaded(without), **day})
    assert "In the ledger, not in the sheet" in page.content.decode()


def test_what_the_commands_refuse_of_a_sheet_is_told(office, unit):
    sheet = office.get("/organisation/export/").content
    top = "重大项目协调运作工作专班领导小组"
    moved = with_cells(sheet, D4="园区管委会（1）")
    path, day = "/organisation/hand-in/", {"on": TODAY.isoformat()}
    page = office.post(path, {"file": uploaded(moved), **day}).content.decode()
    assert "Record 1 change" in page
    hidden = dict(HIDDEN.findall(page))
    before = JournalEntry.objects.count()
    answer = office.post(path, hidden)
    assert "would stand below itself" in answer.content.decode()
    assert JournalEntry.objects.count() == before
    broken = office.post(path, hidden | {"command_id": "x"})
    assert "Record 1 change" in broken.content.decode()
    assert unit(top)


def test_what_is_no_such_sheet_is_refused(office):
    path = "/organisation/hand-in/"
    day = {"on": TODAY.isoformat()}
    assert refused(office.post(path, day), "Choose a file first")
    text = {"file": uploaded(b"not a sheet"), **day}
    assert office.post(path, text).status_code == 422
    other = openpyxl.Workbook()
    other.active["A1"] = "别的表"
    file = BytesIO()
    other.save(file)
    answer = office.post(path, {"file": uploaded(file.getvalue()), **day})
    assert refused(answer, "Neither the table of units")
    old = office.post(path, {"shown": "forged", "command_id": "x"}, follow=True)
    assert "too old" in old.content.decode()


# ---- every form opens


def test_every_form_opens_and_an_empty_one_is_no_error_of_ours(office, unit, post):
    here, chief = unit("区教体局"), post("区教体局演示岗")
    paths = [f"/organisation/units/{here}/{act}/" for act in UNIT_FORMS]
    paths += [f"/organisation/posts/{chief}/{act}/" for act in POST_FORMS]
    for path in (*paths, "/organisation/units/found/", f"/organisation/units/{here}/found-post/"):
        shown(office, path)
        assert office.post(path, {}).status_code == 422, path


def test_the_silence_report_names_the_vacant_and_the_unseen(office, unit):
    sends(
        office, f"/organisation/units/{unit('区教体局')}/found-post/", name="空岗", duty="",
        roles=[], order="1",
    )  # fmt: skip
    page = shown(office, f"/silence/?on={TODAY}")
    assert "空岗" in page
    assert "区教体局演示岗" in page
    past = shown(office, "/silence/?on=2020-06-01&why=never")
    assert "known of today alone" in past


def test_the_silence_report_names_matters_nobody_moves(office, unit, post, address):
    matter = Matter.objects.filter(lead_unit=unit("区教体局")).first()
    path = f"/matters/{matter.pk}/fix_responsibility/"
    desk = post("区教体局演示岗")
    sends(office, path, lead_unit=str(unit("区教体局")), responsible_post=str(desk))
    sends(office, f"/organisation/posts/{desk}/vacate/", confirmed="on")
    page = shown(office, f"/silence/?on={TODAY}")
    for told in (matter.title, "Nobody holds the post that answers", "区教体局演示岗"):
        assert told in page
    assert matter.title in shown(office, f"/silence/?on={TODAY}&why=vacant")
    assert matter.title not in shown(office, f"/silence/?on={TODAY}&why=ended")
    gone = send(office, f"/organisation/posts/{desk}/end/", confirmed="on")
    assert refused(gone, "Name who takes over")
    assert "1 open matter" in send(office, f"/organisation/posts/{desk}/end/").content.decode()


def test_a_sheet_with_faults_is_not_said_to_agree(office):
    broken = uploaded("单位,岗位\n没有这个局,新岗\n".encode(), "岗位.csv")
    page = office.post("/organisation/hand-in/", {"file": broken, "on": TODAY.isoformat()})
    assert page.context["problems"]
    assert "Nothing differs" not in page.content.decode()


def test_no_one_is_chosen_for_a_post_beforehand(office, post):
    for login in ("甲", "乙"):
        sends(office, "/organisation/people/enter/", name=f"测试{login}")
    page = office.get(f"/organisation/posts/{post('区教体局演示岗')}/hold/")
    people = page.context["form"].fields["person"].choices
    assert len(people) > 2
    assert people[0] == ("", "—")
