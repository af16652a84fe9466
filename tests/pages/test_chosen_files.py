"""Forms with files that come back: which of them may keep the files that were chosen."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.pages.test_verb_pages import send

MARK = "data-files-again"


def named(name, content):
    return SimpleUploadedFile(name, content)


def test_a_file_that_was_right_may_be_kept_while_a_day_is_mended(demo, signed_in):
    client = signed_in()
    text = "二〇二六年政府工作报告\n今年要新建公办幼儿园12所。\n".encode()
    said = {"document_id": uuid4(), "file": named("报告.txt", text)}
    page = client.post("/reports/", said)
    assert page.status_code == 422
    assert page.context["form"]["day"].errors
    assert MARK in page.content.decode()


def test_a_file_that_is_wrong_itself_and_one_never_sent_are_not(demo, signed_in, address):
    client = signed_in()
    missing = client.post("/reports/", {"document_id": uuid4()})
    assert MARK not in missing.content.decode()
    strange = {"document_id": uuid4(), "file": named("照片.gif", b"GIF89a")}
    assert MARK not in client.post("/reports/", strange).content.decode()
    path = f"{address('PRG063')}report_progress/"
    said = {"achieved": "1", "measured_on": "2021-1-10"}
    wrong = send(client, path, **said, evidence=[named("照片.png", b"no picture")])
    assert wrong.context["form"]["evidence"].errors
    assert MARK not in wrong.content.decode()
    said["achieved"] = "一半"
    kept = send(client, path, **said, evidence=[named("照片.png", b"no picture")])
    assert MARK in kept.content.decode()
