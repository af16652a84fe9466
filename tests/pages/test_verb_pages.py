"""The verbs' pages: doors open for whom they should, refusals stay, files are judged."""

import io
import re
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from luoshi.base.models import JournalEntry, StoredFile
from luoshi.ledger import verbs
from luoshi.ledger.forms import FORMS

OFFICE, SUPERVISION, EDUCATION = "区政府办公室演示岗", "区委督查室演示岗", "区教体局演示岗"


def fields_of(client, path):
    """Return the hidden fields and initial values of a verb's form."""
    form = client.get(path).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def send(client, path, **values):
    """Fill in a verb's form and send it."""
    return client.post(path, {**fields_of(client, path), "on": "2021-01-15", **values})


def test_a_visitor_is_asked_to_sign_in_before_any_verb(demo, address):
    for verb in FORMS:
        if verb != "register":
            assert Client().get(f"{address('PRG063')}{verb}/")["Location"].startswith("/sign-in/")
    assert Client().get("/matters/register/")["Location"].startswith("/sign-in/")


def test_every_verb_has_a_form_that_opens_for_the_office(demo, signed_in, address):
    client = signed_in()
    checks = {"verify", "close_out"}  # the office itself reported: another must
    inside = {"review_submission", "send_back_submission", "release_submission"}
    for verb in set(FORMS) - {"accept"} - inside:  # only who does the matter takes it over
        path = "/matters/register/" if verb == "register" else f"{address('PRG063')}{verb}/"
        opens = signed_in(SUPERVISION) if verb in checks else client
        assert opens.get(path).status_code == 200, verb
        assert verb not in checks or client.get(path).status_code == 403
    assert set(FORMS) - {"correct"} == set(verbs.ON_MATTERS)
    assert client.get(f"{address('PRG063')}nonsense/").status_code == 404
    assert client.get(f"/matters/{uuid4()}/report_progress/").status_code == 404
    assert client.get(f"/matters/{uuid4()}/").status_code == 404


def test_a_report_is_recorded_once_however_often_the_button_is_pressed(demo, signed_in, address):
    client, path = signed_in(), f"{address('PRG063')}report_progress/"
    said = {
        **fields_of(client, path),
        "achieved": "120",
        "measured_on": "2021-01-10",
        "on": "2021-01-15",
    }
    before = JournalEntry.objects.count()
    assert client.post(path, said).status_code == 302
    assert client.post(path, said).status_code == 302
    assert JournalEntry.objects.count() == before + 1


def test_the_same_form_with_other_content_is_refused(demo, signed_in, address):
    client, path = signed_in(), f"{address('PRG063')}report_progress/"
    said = {
        **fields_of(client, path),
        "achieved": "120",
        "measured_on": "2021-01-10",
        "on": "2021-01-15",
    }
    client.post(path, said)
    again = client.post(path, {**said, "achieved": "121"})
    assert again.status_code == 422
    assert again.context["form"].non_field_errors()


def test_a_stranger_unit_is_refused_and_nothing_changes(demo, signed_in, address):
    client, before = signed_in(EDUCATION), JournalEntry.objects.count()
    path = f"{address('PRG063')}report_progress/"
    typed = fields_of(signed_in(), path) | {"achieved": "1", "measured_on": "2021-01-01"}
    assert client.get(path).status_code == 403
    assert client.post(path, typed).status_code == 403
    assert JournalEntry.objects.count() == before


def test_two_writers_on_one_part_see_both_values(demo, signed_in, address):
    one, other = signed_in(), signed_in()
    path = f"{address('PRG063')}report_progress/"
    mine, theirs = fields_of(one, path), fields_of(other, path)
    day = {"measured_on": "2021-01-10", "on": "2021-01-15"}
    assert other.post(path, {**theirs, **day, "achieved": "118"}).status_code == 302
    refused = one.post(path, {**mine, **day, "achieved": "121"})
    assert refused.status_code == 422
    assert ("累计完成", "118", "121") in refused.context["form"].conflict
    again = refused.context["form"].data
    assert one.post(path, again).status_code == 302


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"achieved": "-1"}, "achieved"),
        ({"achieved": "很多"}, "achieved"),
        ({"achieved": "1e99"}, "achieved"),
        ({"measured_on": "0017-01-01"}, "measured_on"),
        ({"measured_on": "2021-02-30"}, "measured_on"),
        ({"measured_on": "2021-01-16"}, "measured_on"),
        ({"on": "2099-01-01"}, "on"),
        ({"on": "1900-01-01"}, "on"),
        ({"on": ""}, "on"),
    ],
)
def test_wrong_input_is_said_at_its_field(demo, signed_in, address, values, field):
    client = signed_in()
    said = {"achieved": "5", "measured_on": "2021-01-10", **values}
    answer = send(client, f"{address('PRG063')}report_progress/", **said)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]


def test_a_due_before_its_start_is_said_at_the_due_day(demo, signed_in, address):
    answer = send(
        signed_in(), f"{address('PRG063')}fix_milestones/", start="2020-12-01", due="2020-06-30"
    )
    assert answer.context["form"].errors["due"]


def test_lines_of_milestones_and_plan_are_understood_or_named(demo, signed_in, address):
    client, path = signed_in(), f"{address('PRG063')}fix_milestones/"
    wrong = send(client, path, milestones="2020-06-30", plan="六月 3")
    assert wrong.context["form"].errors["milestones"]
    assert wrong.context["form"].errors["plan"]
    right = send(
        client,
        path,
        milestones="2020-6-30 半数 50\n2020年12月31日 完工",
        plan="2020-6-30 140\n2020-12-31 297",
    )
    assert right.status_code == 302
    kept = fields_of(client, path)
    assert kept["milestones"].splitlines() == ["2020-06-30 半数 50", "2020-12-31 完工"]
    assert kept["plan"].splitlines() == ["2020-06-30 140", "2020-12-31 297"]


def about(client, path):
    """Return what the page of a matter says of its stage on a day: the stage, and the note."""
    page = client.get(path).context["page"]
    found = {str(fact["label"]): (str(fact["value"]), fact["note"]) for fact in page["about"]}
    return found.get("项目阶段"), page["thread"][0]["words"]


def test_a_stage_is_set_and_says_where_it_comes_from(demo, signed_in, address):
    client, matter = signed_in(), address("PRG063")
    path = f"{matter}set_stage/"
    for wrong in ("", "half_done"):
        assert send(client, path, stage=wrong).context["form"].errors["stage"]
    assert send(client, path, stage="continuing", listed="yes").status_code == 302
    stage, words = about(client, f"{matter}?on=2021-01-15")
    assert stage == ("续建", "据清单")
    assert "续建（据清单）" in words
    assert fields_of(client, path)["stage"] == "continuing"
    assert fields_of(client, path)["listed"] == "no"
    assert send(client, path, stage="completed").status_code == 302
    stage, words = about(client, f"{matter}?on=2021-01-15")
    assert stage == ("竣工", "")
    assert "竣工" in words
    assert about(client, f"{matter}?on=2021-01-14")[0] is None


def test_two_who_set_a_stage_read_both_in_words(demo, signed_in, address):
    one, other = signed_in(), signed_in()
    path = f"{address('PRG063')}set_stage/"
    mine, theirs = fields_of(one, path), fields_of(other, path)
    day = {"on": "2021-01-15"}
    assert other.post(path, {**theirs, **day, "stage": "new_start"}).status_code == 302
    refused = one.post(path, {**mine, **day, "stage": "continuing", "listed": "yes"})
    assert refused.status_code == 422
    assert refused.context["form"].conflict == [
        ("取自公开清单", "否", "是"),
        ("项目阶段", "新开工", "续建"),
    ]
    assert one.post(path, refused.context["form"].data).status_code == 302


def test_a_unit_sets_no_stage(demo, signed_in, address):
    before = JournalEntry.objects.count()
    path = f"{address('PRG063')}set_stage/"
    unit = signed_in(EDUCATION)
    assert unit.get(path).status_code == 403
    assert unit.post(path, {"stage": "completed"}).status_code == 403
    assert JournalEntry.objects.count() == before


def test_targets_are_fixed_in_figures_or_in_words(demo, signed_in, address):
    client, path = signed_in(), f"{address('PRG063')}fix_target/"
    assert send(client, path, quantity="", acceptance="").context["form"].errors["quantity"]
    assert send(client, path, unit="").context["form"].errors["unit"]
    assert send(client, path, others="看不懂").context["form"].errors["others"]
    assert send(client, path, others="开工 >= 43 个").status_code == 302
    assert fields_of(client, path)["others"] == "开工 >= 43 个"


def picture():
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-MAKER"
    Image.new("RGB", (4, 4), "blue").save(content, format="JPEG", exif=exif)
    return content.getvalue()


def office_file(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


def test_evidence_is_stripped_stored_and_sent_as_a_download(
    demo, signed_in, address, settings, tmp_path
):
    settings.EVIDENCE_ROOT = tmp_path
    client = signed_in()
    files = [
        SimpleUploadedFile("现场.jpg", picture()),
        SimpleUploadedFile("清单.xlsx", office_file("[Content_Types].xml", "xl/workbook.xml")),
    ]
    answer = send(
        client,
        f"{address('PRG063')}report_progress/",
        achieved="5",
        measured_on="2021-01-10",
        evidence=files,
    )
    assert answer.status_code == 302
    links = client.get(address("PRG063") + "?on=2021-01-15").context["page"]["evidence"]
    assert {link["name"] for link in links} == {"现场.jpg", "清单.xlsx"}
    sent = client.get(next(link["url"] for link in links if link["name"] == "现场.jpg"))
    assert "attachment" in sent["Content-Disposition"]
    content = b"".join(sent.streaming_content)
    assert b"CAMERA-MAKER" not in content
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.glob("*/*"))
    assert client.get(f"{address('PRG063')}evidence/{'0' * 64}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("程序.pdf", b"MZ\x90"),
        ("坏图.png", b"\x89PNG\r\n\x1a\nnothing"),
        ("宏.docx", office_file("word/document.xml", "word/vbaProject.bin")),
        ("压缩.xlsx", office_file("a.txt")),
        ("断.docx", b"PK\x03\x04broken"),
    ],
)
def test_a_file_is_judged_by_its_content(
    demo, signed_in, address, settings, tmp_path, name, content
):
    settings.EVIDENCE_ROOT = tmp_path
    before = StoredFile.objects.count()
    answer = send(
        signed_in(),
        f"{address('PRG063')}report_progress/",
        achieved="5",
        measured_on="2021-01-10",
        evidence=SimpleUploadedFile(name, content),
    )
    assert name in str(answer.context["form"].errors["evidence"])
    assert StoredFile.objects.count() == before


def test_too_large_and_too_many_files_are_refused(demo, signed_in, address, settings, tmp_path):
    settings.EVIDENCE_ROOT = tmp_path
    settings.EVIDENCE_MAX_BYTES = 10
    path = f"{address('PRG063')}report_progress/"
    said = {"achieved": "5", "measured_on": "2021-01-10"}
    large = send(
        signed_in(), path, **said, evidence=SimpleUploadedFile("大.pdf", b"%PDF-" + b"x" * 20)
    )
    assert large.context["form"].errors["evidence"]
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 100
    many = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-") for n in range(11)]
    assert send(signed_in(), path, **said, evidence=many).context["form"].errors["evidence"]


def test_a_report_is_returned_corrected_and_taken_back(demo, signed_in, address):
    client = signed_in()
    path = address("PRG063")
    send(client, f"{path}report_progress/", achieved="130", measured_on="2021-01-10")
    page = client.get(path + "?on=2021-01-15").context["page"]
    links = {str(link.label): link.url for link in page["reports"][0]["verbs"]}
    returning = next(url for url in links.values() if "return_report" in url)
    assert send(client, returning, reason="").status_code == 422
    entry = next(line for line in page["thread"] if "130" in line["words"])
    fixed = send(client, entry["correct_url"], achieved="131", reason="笔误")
    assert fixed.status_code == 302
    page = client.get(path + "?on=2021-01-15").context["page"]
    newest = next(line for line in page["thread"] if line["replaces"] == entry["number"])
    assert "131" in newest["words"]
    back = send(client, newest["correct_url"], withdraw="on", reason="报错事项")
    assert back.status_code == 302
    page = client.get(path + "?on=2021-01-15").context["page"]
    assert not any("131" in report["amount"] for report in page["reports"])


def test_a_change_is_requested_and_decided_and_the_first_plan_stays(demo, signed_in, address):
    client, path = signed_in(), address("PRG063")
    assert send(client, f"{path}request_change/", reason="理由").context["form"].non_field_errors()
    assert (
        send(
            client, f"{path}request_change/", due="2021-06-30", quantity="280", reason="管线迁改"
        ).status_code
        == 302
    )
    page = client.get(path + "?on=2021-01-15").context["page"]
    decide = page["requests"][0]["verbs"][0].url
    assert send(client, decide, granted="yes", reason="同意").status_code == 302
    fixes = client.get(path + "?on=2021-01-15").context["page"]["fixes"]
    notes = [fact["note"] for fix in fixes for fact in fix["facts"]]
    assert any("297" in note for note in notes)
    assert any("2020" in note for note in notes)


def test_a_text_is_removed_for_good_and_the_entry_stays(demo, signed_in, address):
    client, path = signed_in(), address("PRG063")
    said = {"achieved": "131", "measured_on": "2021-01-10", "visible_progress": "不该写的话"}
    send(client, f"{path}report_progress/", **said)
    form = client.get(f"{path}redact/").context["form"]
    digest = next(d for d, words in form.fields["digests"].choices if words == "不该写的话")
    assert send(client, f"{path}redact/", reason="涉及个人").status_code == 422
    assert send(client, f"{path}redact/", digests=digest, reason="涉及个人").status_code == 302
    page = client.get(path + "?on=2021-01-15").content.decode()
    assert "不该写的话" not in page
    assert "131" in page


def test_parts_are_named_by_their_codes(demo, signed_in, address):
    client = signed_in()
    assert send(client, f"{address('PRG059')}divide/", parts="没有 3").status_code == 422
    assert (
        send(client, f"{address('PRG059')}divide/", parts="PRG057 10\nPRG058 十").status_code == 302
    )
    page = client.get(address("PRG005")).context["page"]
    assert [part["is_derived"] for part in page["parts"]] == [False, False, False, True]
    assert "150" in page["parts_sum"]


def test_the_sign_in_by_post_is_closed_to_other_machines_and_real_homes(demo, settings):
    from luoshi.organisation.models import Account

    account = Account.objects.get(login=OFFICE)
    assert (
        Client(REMOTE_ADDR="10.0.0.8").post("/sign-in/", {"post": str(account.pk)}).status_code
        == 200
    )
    assert Client(REMOTE_ADDR="nonsense").get("/sign-in/").context["posts"] == []
    settings.IS_DEMO = False
    assert Client().post("/sign-in/", {"post": str(account.pk)}).status_code == 200


def test_an_account_signs_in_with_its_password_and_leads_back(demo, settings):
    from luoshi.organisation.models import Account

    settings.IS_DEMO = False
    account = Account.objects.get(login=OFFICE)
    account.set_password("zhangwu-2026-tai")
    account.save()
    said = {"login": OFFICE, "password": "wrong", "next": "/gaps/"}
    assert Client().post("/sign-in/", said).context["form"].non_field_errors()
    good = {**said, "password": "zhangwu-2026-tai"}
    assert Client().post("/sign-in/", good)["Location"] == "/gaps/"
    client = Client()
    assert (
        client.post("/sign-in/", {**good, "next": "https://elsewhere.example/"})["Location"]
        == "/board/"
    )
    assert client.post("/post/", {"post": str(uuid4())}).status_code == 302
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/board/")["Location"].startswith("/sign-in/")


def test_an_expired_form_shows_what_was_typed(demo):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/sign-in/", {"login": "某岗位"})
    assert page.status_code == 403
    assert "某岗位" in page.content.decode()


def test_nobody_answers_a_report_unseen(demo, signed_in, address):
    office, path = signed_in(), address("PRG063")
    said = {"achieved": "137", "measured_on": "2021-01-10", "visible_progress": "主体封顶"}
    assert send(office, f"{path}report_progress/", **said).status_code == 302
    page = office.get(path + "?on=2021-01-15").content.decode()
    (confirm,) = set(re.findall(r'href="([^"]*/confirm_report/\?report=[^"]*)"', page))
    for answer in (confirm, confirm.replace("confirm_report", "return_report")):
        shown = office.get(answer).content.decode()
        assert "主体封顶" in shown
        assert "<dd>137 " in shown
    assert office.get(f"{path}confirm_report/?report={uuid4()}").context["about"] == []


def test_nobody_decides_on_a_request_unseen(demo, signed_in, address):
    client, path = signed_in(), address("PRG063")
    said = {"reason": "管线迁改滞后", "due": "2021-6-30"}
    assert send(client, f"{path}request_change/", **said).status_code == 302
    page = client.get(path + "?on=2021-01-15").content.decode()
    (decide,) = set(re.findall(r'href="([^"]*/decide_change/\?request=[^"]*)"', page))
    told = client.get(decide).context["about"]
    assert [fact["value"] for fact in told][-1] == "管线迁改滞后"
    assert any("6" in fact["value"] and "30" in fact["value"] for fact in told[:-1])
