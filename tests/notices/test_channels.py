"""The ways out: what each sends, what it takes for a yes, and what it needs to be told."""

import base64
import hashlib
import json
import resource
import stat
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from smtplib import SMTPException
from uuid import UUID

import pytest
from django.core import mail

from luoshi.notices import channels, words
from luoshi.notices.channels import Message, NotTaken
from luoshi.notices.channels.web import posted
from luoshi.site import outward

MESSAGE = Message(
    id=UUID(int=7),
    address="clerk",
    subject="[落实] 请签收",
    text="请签收。请登录落实查看。",
    at=datetime(2021, 1, 15, 2, 0, tzinfo=UTC),
)
APP = {"token_address": "token?corpid=a&corpsecret=b", "send_address": "send", "agent": "12"}
MAS = {"address": "mas", "group": "某区", "user": "u", "secret": "s", "sign": "g"}


class Gateway:
    """Answers as it is told, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, address, body):
        self.asked.append((address, body))
        return self.answers.pop(0)


TOKEN = {"errcode": 0, "access_token": "t"}
TAKEN = {"errcode": 0, "errmsg": "ok"}


def test_the_file_outbox_appends_a_line_that_only_its_owner_reads(tmp_path):
    (channel,) = channels.made({"file": {"folder": tmp_path / "outbox"}})
    channel.send(MESSAGE)
    channel.send(MESSAGE)
    (path,) = (tmp_path / "outbox").iterdir()
    assert path.name == "2021-01-15.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first, second = map(json.loads, path.read_text().splitlines())
    assert first == second
    assert first == {
        "id": str(MESSAGE.id), "to": "clerk", "subject": MESSAGE.subject, "text": MESSAGE.text,
        "at": "2021-01-15T02:00:00+00:00",
    }  # fmt: skip


def test_a_file_outbox_that_cannot_be_written_takes_nothing(tmp_path):
    (tmp_path / "outbox").write_text("a file where the folder should be")
    (channel,) = channels.made({"file": {"folder": tmp_path / "outbox"}})
    with pytest.raises(NotTaken):
        channel.send(MESSAGE)


def test_a_line_that_the_disk_takes_only_in_part_is_taken_back(tmp_path):
    (channel,) = channels.made({"file": {"folder": tmp_path}})
    channel.send(MESSAGE)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 10, before[1]))
    try:
        with pytest.raises(NotTaken):
            channel.send(MESSAGE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == whole
    channel.send(MESSAGE)
    assert path.read_bytes() == whole * 2


def test_a_mail_goes_to_the_address_with_the_same_id_at_every_try():
    (channel,) = channels.made({"email": {}})
    channel.send(MESSAGE)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["clerk"], MESSAGE.subject, MESSAGE.text)
    assert sent.extra_headers["Message-ID"] == f"<{MESSAGE.id}@luoshi>"


def test_a_mail_server_that_fails_takes_nothing(monkeypatch):
    def fails(self):
        raise SMTPException("no")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    with pytest.raises(NotTaken):
        channels.made({"email": {}})[0].send(MESSAGE)


def test_wecom_asks_for_a_token_once_and_posts_a_text():
    gateway = Gateway(TOKEN, TAKEN, TAKEN)
    (channel,) = channels.made({"wecom": APP}, gateway)
    channel.send(MESSAGE)
    channel.send(MESSAGE)
    assert [address for address, _ in gateway.asked] == [
        APP["token_address"], "send?access_token=t", "send?access_token=t",
    ]  # fmt: skip
    assert gateway.asked[0][1] is None
    body = gateway.asked[1][1]
    assert (body["touser"], body["msgtype"], body["agentid"]) == ("clerk", "text", 12)
    assert body["text"] == {"content": MESSAGE.text}
    assert body["enable_duplicate_check"] == 1


def test_dingtalk_posts_a_work_notice():
    gateway = Gateway(TOKEN, TAKEN)
    channels.made({"dingtalk": APP}, gateway)[0].send(MESSAGE)
    assert gateway.asked[1][1] == {
        "agent_id": 12,
        "userid_list": "clerk",
        "msg": {"msgtype": "text", "text": {"content": MESSAGE.text}},
    }


def test_a_token_that_ended_is_asked_for_once_more():
    gateway = Gateway(TOKEN, {"errcode": 42001}, {"errcode": 0, "access_token": "new"}, TAKEN)
    channels.made({"wecom": APP}, gateway)[0].send(MESSAGE)
    assert gateway.asked[-1][0] == "send?access_token=new"


@pytest.mark.parametrize(
    "answers",
    [
        [{"errcode": 40013}],  # no token
        [TOKEN, {"errcode": 60020}],  # not from this machine
        [TOKEN, {"errcode": 0, "invaliduser": "clerk"}],  # nobody of that id
        [TOKEN, {"errcode": 42001}, TOKEN, {"errcode": 42001}],  # and again
        [{}],
    ],
)
def test_what_an_application_does_not_take_is_said(answers):
    with pytest.raises(NotTaken):
        channels.made({"wecom": APP}, Gateway(*answers))[0].send(MESSAGE)


def test_a_text_message_is_signed_over_its_values():
    gateway = Gateway({"rspcod": "success", "success": True})
    channels.made({"sms": MAS}, gateway)[0].send(MESSAGE)
    ((address, body),) = gateway.asked
    whole = json.loads(base64.b64decode(body))
    assert address == "mas"
    assert (whole["ecName"], whole["apId"], whole["mobiles"]) == ("某区", "u", "clerk")
    signed = "某区" + "u" + "s" + "clerk" + MESSAGE.text + "g"
    assert whole["mac"] == hashlib.md5(signed.encode()).hexdigest()
    with pytest.raises(NotTaken):
        channels.made({"sms": MAS}, Gateway({"rspcod": "InvalidUsrOrPwd", "success": False}))[
            0
        ].send(MESSAGE)


# ---- the wire


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(b'{"errcode": 0}' if self.path == "/ok" else b"[1]")

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.answer(json.dumps({"got": self.rfile.read(length).decode()}).encode())

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing on the screen."""


@pytest.fixture
def server():
    made = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def test_bodies_go_out_as_json_or_as_they_are(server):
    assert posted(f"{server}/ok", None) == {"errcode": 0}
    assert json.loads(posted(server, {"a": "甲"})["got"]) == {"a": "甲"}
    assert posted(server, "YQ==")["got"] == "YQ=="


def test_what_does_not_answer_with_json_takes_nothing(server):
    for address in (f"{server}/list", "file:///etc/hostname", "http://127.0.0.1:9/"):
        with pytest.raises(NotTaken):
            posted(address, None)


# ---- what the environment says


def test_without_a_word_there_is_the_file_outbox_of_the_home():
    found = outward.channels({}, Path("/home"))
    assert found == {"file": {"folder": Path("/home/outbox")}}


def test_each_channel_must_be_told_what_it_needs():
    told = {
        "LUOSHI_CHANNELS": "email wecom",
        "LUOSHI_WECOM_TOKEN_ADDRESS": "t",
        "LUOSHI_WECOM_SEND_ADDRESS": "s",
        "LUOSHI_WECOM_AGENT": "1",
    }
    found = outward.channels(told, Path())
    assert found == {
        "email": {},
        "wecom": {"token_address": "t", "send_address": "s", "agent": "1"},
    }
    assert [one.name for one in channels.made(found)] == ["email", "wecom"]
    with pytest.raises(KeyError):
        outward.channels({"LUOSHI_CHANNELS": "sms"}, Path())
    with pytest.raises(KeyError):
        outward.channels({"LUOSHI_CHANNELS": "pigeon"}, Path())


def test_the_mail_server_is_named_by_one_address():
    assert outward.mail(None) == outward.Mail()
    plain = outward.mail("smtp://mail")
    assert (plain.host, plain.port, plain.is_tls, plain.is_ssl) == ("mail", 25, False, False)
    signed = outward.mail("smtp://a%40b:c@mail:587/?from=x@y")
    assert (signed.user, signed.password, signed.port) == ("a@b", "c", 587)
    assert (signed.is_tls, signed.is_ssl, signed.sender) == (True, False, "x@y")
    sealed = outward.mail("smtps://a:b@mail")
    assert (sealed.port, sealed.is_tls, sealed.is_ssl) == (465, False, True)


def test_a_code_that_no_room_knows_stands_for_itself():
    assert words.label_of("gone.code") == "gone.code"
    assert str(words.label_of("matter.assigned"))
