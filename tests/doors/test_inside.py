"""The pages on the way out of a unit: set the way, submit, send back, mend, review, let out."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luoshi.base.models import JournalEntry
from luoshi.ledger import queries
from luoshi.organisation import commands as organisation
from luoshi.rules.ledger import facts as f
from luoshi.rules.rights import Role
from tests.doors.streets import OWN, SIBLING
from tests.holders import found_post_of, name_to
from tests.ledger.town import FOUNDED, LEAD, OFFICE, STEPS, TARGET

PDF = b"%PDF-1.4\n%%EOF\n"
FIGURE = "73"
WORDS = "主体结构封顶，尚未外传"


def fields_of(client, path):
    """The values that a form begins with."""
    form = client.get(path).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def send(client, path, **values):
    """Fill in a form and send it."""
    return client.post(path, {**fields_of(client, path), **values})


@pytest.fixture
def desks(streets):
    """The streets, with a target of 100 and an outsider of the office's own unit."""
    town, matter = streets.here, streets.matters[OWN]
    town.tell("fix_target", matter, targets=(TARGET,))
    town.tell("fix_milestones", matter, due=STEPS[0].due, milestones=STEPS)
    streets.outside = outsider(town)
    streets.unit = f"/organisation/units/{town.unit(LEAD)}/"
    streets.page = f"/matters/{matter}/"
    return streets


def outsider(town):
    """A browser of an office post in another unit."""
    post, person = uuid4(), uuid4()
    found_post_of(town, post, name="外岗", unit=town.unit(OFFICE), role="office", on=FOUNDED)
    name_to(town, post, person, on=FOUNDED)
    account = organisation.make_account(
        login=f"outside-{post}", password=None, person=person, district=town.district
    )
    client = Client()
    client.force_login(account)
    return client


def post_of(desks, role):
    return str(desks.here.id("role", role))


def set_way(desks, *, on_paper=False, role=Role.UNIT_HEAD):
    values = {"reviewers": [post_of(desks, Role.REVIEWER)], "head": post_of(desks, Role.UNIT_HEAD)}
    if on_paper:
        values["on_paper"] = "on"
    return send(desks.client(role), f"{desks.unit}release/", **values)


def submit(desks, **values):
    said = {"achieved": FIGURE, "measured_on": timezone.localdate().isoformat(), **values}
    answer = send(desks.client(Role.OFFICER), f"{desks.page}report_progress/", **said)
    assert answer.status_code == 302
    return last_fact(desks)


def last_fact(desks):
    return queries.history_of(desks.here.office, desks.matters[OWN])[-1].fact


def links(client, page, verb):
    return re.findall(rf'href="({page}{verb}/[^"]*)"', client.get(page).content.decode())


def test_the_unit_sets_its_way_and_its_page_tells_it(desks):
    head, officer = desks.client(Role.UNIT_HEAD), desks.client(Role.OFFICER)
    assert f"{desks.unit}release/" in head.get(desks.unit).content.decode()
    assert f"{desks.unit}release/" not in officer.get(desks.unit).content.decode()
    assert officer.get(f"{desks.unit}release/").status_code == 403
    assert set_way(desks).status_code == 302
    form = head.get(f"{desks.unit}release/").context["form"]
    assert form["reviewers"].value() == [post_of(desks, Role.REVIEWER)]
    told = officer.get(desks.unit).content.decode()
    assert told.count("reviewer岗") > 1
    other = f"/organisation/units/{desks.here.unit('教体局')}/release/"
    assert head.get(other).status_code == 403
    assert desks.client(Role.OFFICE).get(other).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on_paper": "on", "reviewers": [], "head": ""}, "head"),
        ({"on": "2099-01-01"}, "on"),
        ({"reviewers": [str(uuid4())]}, "reviewers"),
    ],
)
def test_a_way_that_cannot_be_is_said_at_its_field(desks, values, field):
    answer = send(desks.client(Role.UNIT_HEAD), f"{desks.unit}release/", **values)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]


def test_the_same_post_twice_is_said_and_paper_names_its_head(desks):
    head = post_of(desks, Role.UNIT_HEAD)
    answer = send(
        desks.client(Role.UNIT_HEAD), f"{desks.unit}release/", reviewers=[head], head=head
    )
    assert answer.context["form"].errors["reviewers"]


def test_a_way_whose_head_left_the_unit_is_told_before_and_after_and_takes_nothing(desks):
    set_way(desks)
    office, head = (
        desks.client(Role.OFFICE),
        f"/organisation/posts/{post_of(desks, Role.UNIT_HEAD)}",
    )
    office.cookies["django_language"] = "en"
    assert "to be set anew" in send(office, f"{head}/end/").content.decode()  # what it would touch
    assert "To be set anew" not in office.get(desks.unit).content.decode()
    moved = send(office, f"{head}/move/", unit=str(desks.here.unit(OFFICE)))
    assert moved.status_code == 302
    told = office.get(desks.unit).content.decode()
    assert "unit_head岗: no longer reporting for this unit" in told
    before = JournalEntry.objects.count()
    said = {"achieved": FIGURE, "measured_on": timezone.localdate().isoformat()}
    officer = desks.client(Role.OFFICER)
    officer.cookies["django_language"] = "en"
    answer = send(officer, f"{desks.page}report_progress/", **said)
    assert answer.status_code == 422
    assert "sets the way anew" in answer.content.decode()
    assert JournalEntry.objects.count() == before
    assert send(office, f"{desks.unit}release/", head="").status_code == 302
    submit(desks)


def test_from_the_officers_form_to_the_office(desks):
    set_way(desks)
    fact = submit(desks, visible_progress=WORDS)
    assert isinstance(fact, f.Submitted)
    reviewer, head = desks.client(Role.REVIEWER), desks.client(Role.UNIT_HEAD)
    # nobody outside sees it, on no page
    for page in (desks.page, "/board/", f"/units/{desks.here.unit(LEAD)}/"):
        told = desks.outside.get(page).content.decode()
        assert WORDS not in told
        assert f"{FIGURE} 个" not in told
    (review,) = links(reviewer, desks.page, "review_submission")
    assert not links(head, desks.page, "release_submission")
    assert reviewer.get(review).context["about"]  # nobody reviews unseen
    assert send(reviewer, review.replace("&amp;", "&")).status_code == 302
    (release,) = links(head, desks.page, "release_submission")
    assert send(head, release).status_code == 302
    assert isinstance(last_fact(desks), f.ProgressReported)
    told = desks.outside.get(desks.page).content.decode()
    assert WORDS in told
    assert links(desks.outside, desks.page, "confirm_report")
    inside = re.findall(r"correct/\?entry=(\d+)", told)
    steps = JournalEntry.objects.filter(kind__startswith="matter.submi").values_list(
        "number", flat=True
    )
    assert not set(inside) & set(map(str, steps))  # the office corrects nothing inside a unit


def test_what_waits_is_listed_for_the_unit_with_how_much_is_mine(desks):
    set_way(desks)
    page = f"/units/{desks.here.unit(LEAD)}/"
    reviewer = desks.client(Role.REVIEWER)
    assert reviewer.get(page).context["inside"] is None
    submit(desks)
    inside = reviewer.get(page).context["inside"]
    assert (inside["total"], inside["mine"], inside["more"]) == (1, 1, 0)
    assert inside["rows"][0]["posts"] == "reviewer岗"
    assert desks.client(Role.OFFICER).get(page).context["inside"]["mine"] == 0
    assert desks.outside.get(page).context["inside"] is None
    assert Client().get(page).status_code == 302


def test_a_list_that_is_cut_says_how_much_is_left(desks, monkeypatch):
    set_way(desks)
    submit(desks)
    monkeypatch.setattr("luoshi.ledger.inside.MOST", 0)
    inside = desks.client(Role.REVIEWER).get(f"/units/{desks.here.unit(LEAD)}/").context["inside"]
    assert (inside["rows"], inside["more"]) == ([], 1)


def test_the_sheet_of_what_came_back_is_void(desks):
    set_way(desks)
    fact = submit(desks)
    reviewer = desks.client(Role.REVIEWER)
    (back,) = links(reviewer, desks.page, "send_back_submission")
    send(reviewer, back, reason="请核对")
    sheet = reviewer.get(f"{desks.page}submissions/{fact.id}/sheet/").content.decode()
    assert "paper--void" in sheet


@pytest.mark.parametrize(
    ("reviewers", "head", "on_paper"),
    [(True, False, False), (False, True, False), (False, True, True), (False, False, False)],
)
def test_every_way_is_told_on_the_units_page(desks, reviewers, head, on_paper):
    values = {
        "reviewers": [post_of(desks, Role.REVIEWER)] if reviewers else [],
        "head": post_of(desks, Role.UNIT_HEAD) if head else "",
    } | ({"on_paper": "on"} if on_paper else {})
    client = desks.client(Role.UNIT_ADMIN)
    assert send(client, f"{desks.unit}release/", **values).status_code == 302
    page = client.get(desks.unit)
    steps = [line["value"] for line in page.context["release"]]
    named = [name for name, is_in in (("reviewer岗", reviewers), ("unit_head岗", head)) if is_in]
    assert len(steps) == len(named)
    assert all(name in steps[-1] for name in named[-1:])
    assert all(name in page.context["record"][0]["verb"] for name in named)


def test_sent_back_it_is_mended_with_what_was_typed(desks):
    set_way(desks)
    fact = submit(desks, visible_progress=WORDS, problems="无", milestones_done=["a"])
    reviewer, officer = desks.client(Role.REVIEWER), desks.client(Role.OFFICER)
    (back,) = links(reviewer, desks.page, "send_back_submission")
    assert send(reviewer, back, reason=" ").status_code == 422
    assert send(reviewer, back, reason="请核对数字").status_code == 302
    assert "请核对数字" in officer.get(desks.page).content.decode()
    (mend,) = [url for url in links(officer, desks.page, "report_progress") if "draft=" in url]
    typed = fields_of(officer, mend)
    assert (str(typed["achieved"]), typed["visible_progress"]) == (FIGURE, WORDS)
    assert typed["milestones_done"] == ["a"]
    assert send(officer, mend, achieved="72").status_code == 302
    assert last_fact(desks).report.achieved == 72
    assert last_fact(desks).id != fact.id
    strange = fields_of(officer, f"{desks.page}report_progress/?draft={uuid4()}")
    assert "visible_progress" not in strange


def test_the_files_of_what_came_back_are_kept_where_they_are_still_right(desks):
    set_way(desks)
    two = [SimpleUploadedFile(f"{name}.pdf", PDF + name.encode()) for name in ("甲", "乙")]
    fact = submit(desks, evidence=two)
    officer = desks.client(Role.OFFICER)
    mend = f"{desks.page}report_progress/?draft={fact.id}"
    kept = fields_of(officer, mend)["kept"]
    assert kept == [file.content for file in fact.report.evidence]
    assert send(officer, mend, kept=["ab" * 32]).context["form"].errors["kept"]
    assert send(officer, mend, kept=kept[:1], evidence=[]).status_code == 302
    assert last_fact(desks).report.evidence == fact.report.evidence[:1]


def test_a_request_waits_and_is_mended_too(desks):
    set_way(desks)
    officer = desks.client(Role.OFFICER)
    given = {
        "due": "2021-06-30", "quantity": "120", "exempt_until": "2021-03-31", "reason": "政策调整",
        "milestones": "2020-04-30 开工\n2021-06-01 完工",
    }  # fmt: skip
    assert send(officer, f"{desks.page}request_change/", **given).status_code == 302
    fact = last_fact(desks)
    assert fact.request is not None
    (mend,) = [url for url in links(officer, desks.page, "request_change") if "draft=" in url]
    typed = fields_of(officer, mend)
    assert typed["due"] == "2021-06-30"
    assert typed["reason"] == "政策调整"
    assert "完工" in typed["milestones"]
    told = officer.get(desks.page).content.decode()
    assert "政策调整" in told
    sheet = officer.get(f"{desks.page}submissions/{fact.id}/sheet/")
    assert "2021年6月30日" in sheet.content.decode()


def test_the_writer_takes_it_back_or_puts_it_right(desks):
    set_way(desks)
    submit(desks)
    officer = desks.client(Role.OFFICER)
    (take,) = links(officer, desks.page, "correct")
    assert str(fields_of(officer, take)["achieved"]) == FIGURE
    assert send(officer, take, achieved="74", reason="笔误").status_code == 302
    assert last_fact(desks).report.achieved == 74
    (take,) = links(officer, desks.page, "correct")
    assert send(officer, take, withdraw="on", reason="误报").status_code == 302
    assert not links(officer, desks.page, "correct")
    assert "误报" not in desks.outside.get(f"{desks.page}redact/").content.decode()


def test_two_reviewers_at_once_see_both(desks):
    set_way(desks)
    submit(desks)
    reviewer = desks.client(Role.REVIEWER)
    (review,) = links(reviewer, desks.page, "review_submission")
    (back,) = links(reviewer, desks.page, "send_back_submission")
    mine = fields_of(reviewer, back)
    send(reviewer, review)
    refused = reviewer.post(back, {**mine, "reason": "请核对"})
    assert refused.status_code == 422
    ((_step, theirs, yours),) = refused.context["form"].conflict
    assert theirs != yours
    again = reviewer.post(back, refused.context["form"].data)
    assert again.context["form"].non_field_errors()  # it is the head's step by now


def test_two_officers_at_once_see_both_figures(desks):
    set_way(desks)
    officer, path = desks.client(Role.OFFICER), f"{desks.page}report_progress/"
    mine, today = fields_of(officer, path), timezone.localdate().isoformat()
    submit(desks)
    refused = officer.post(path, {**mine, "achieved": "74", "measured_on": today})
    rows = refused.context["form"].conflict
    assert [row[1:] for row in rows] == [(FIGURE, "74")]


def test_a_release_meets_one_that_was_sent_back(desks):
    set_way(desks)
    submit(desks)
    reviewer, head = desks.client(Role.REVIEWER), desks.client(Role.UNIT_HEAD)
    (review,) = links(reviewer, desks.page, "review_submission")
    send(reviewer, review)
    (release,) = links(head, desks.page, "release_submission")
    seen = fields_of(head, release)
    (back,) = links(head, desks.page, "send_back_submission")
    send(head, back, reason="请核对")
    refused = head.post(release, seen)
    ((_step, theirs, yours),) = refused.context["form"].conflict
    assert theirs != yours


def test_on_paper_the_sheet_is_printed_and_its_scan_lets_out(desks):
    set_way(desks, on_paper=True)
    evidence = SimpleUploadedFile("照片.pdf", PDF)
    fact = submit(desks, visible_progress=WORDS, evidence=[evidence])
    officer, reviewer = desks.client(Role.OFFICER), desks.client(Role.REVIEWER)
    (review,) = links(reviewer, desks.page, "review_submission")
    send(reviewer, review)
    path = f"{desks.page}submissions/{fact.id}/sheet/"
    sheet = officer.get(path)
    told = sheet.content.decode()
    entry = JournalEntry.objects.filter(kind="matter.submitted").latest("number")
    code = f"{entry.digest[:4]}-{entry.digest[4:8]}".upper()
    for word in (code, str(entry.number), WORDS, "照片.pdf", "73.0%", "reviewer岗", "unit_head岗"):
        assert word in told
    assert code in officer.get(desks.page).content.decode()
    assert desks.outside.get(path).status_code == 403
    assert officer.get(f"{desks.page}submissions/{uuid4()}/sheet/").status_code == 404
    assert officer.get(f"/matters/{uuid4()}/submissions/{fact.id}/sheet/").status_code == 404
    sibling = f"/matters/{desks.matters[SIBLING]}/submissions/{fact.id}/sheet/"
    assert officer.get(sibling).status_code == 403
    (release,) = links(officer, desks.page, "release_submission")
    assert send(officer, release).context["form"].errors["sheet"]
    for wrong in (b"MZ", b"<html>"):
        refused = send(officer, release, sheet=SimpleUploadedFile("a.exe", wrong))
        assert refused.status_code == 422
    scan = SimpleUploadedFile("报送单.pdf", PDF)
    assert send(officer, release, sheet=scan).status_code == 302
    page = desks.outside.get(desks.page).content.decode()
    (digest,) = re.findall(r"evidence/([0-9a-f]{64})/\">报送单.pdf", page)
    taken = desks.outside.get(f"{desks.page}evidence/{digest}/")
    assert b"".join(taken.streaming_content) == PDF
    assert officer.get(path).context["is_out"]


def test_the_sheet_says_how_much_the_period_brought(desks):
    officer = desks.client(Role.OFFICER)
    said = {"achieved": "50", "measured_on": "2020-12-31"}
    send(officer, f"{desks.page}report_progress/", **said)  # before the unit had a way
    set_way(desks)
    fact = submit(desks)
    context = officer.get(f"{desks.page}submissions/{fact.id}/sheet/").context
    assert [one["value"] for one in context["figures"]] == ["23 个", "73 个", "73.0%"]
    told = send(officer, f"{desks.page}report_progress/", measured_on="2020-12-31", problems="无")
    assert told.status_code == 302
    bare = officer.get(f"{desks.page}submissions/{last_fact(desks).id}/sheet/").context
    assert bare["figures"] == []


def test_a_step_of_nothing_is_refused_in_words(desks):
    set_way(desks)
    submit(desks)
    reviewer = desks.client(Role.REVIEWER)
    for named in (f"?submission={uuid4()}", "", "?submission=nonsense"):
        path = f"{desks.page}review_submission/{named}"
        assert reviewer.get(path).status_code == 200
        assert send(reviewer, path).status_code == 422
    assert reviewer.get(f"{desks.page}release_submission/?submission=nonsense").status_code == 200
