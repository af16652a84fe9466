"""The examples of docs/api.md, run as they stand there against a server that is up."""

import os
import re
import subprocess
import sys
from pathlib import Path
from threading import Thread
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.db import connections
from django.utils import timezone

from luoshi.accounts import commands as accounts
from luoshi.clocks import commands as clocks
from luoshi.clocks.years import ANNOUNCEMENTS
from luoshi.organisation import commands as organisation
from luoshi.rules.tokens import TokenReach
from luoshi.site.wsgi import application
from tests.holders import found_post_of, name_to
from tests.ledger.town import FOUNDED, LEAD

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
EXAMPLES = re.findall(r"^```(bash|python)\n(.*?)^```$", DOCS.read_text(), re.MULTILINE | re.DOTALL)


class Quiet(WSGIRequestHandler):
    """Answers without telling of each request."""

    def log_message(self, *_told):
        pass


@pytest.fixture
def served(db, one_connection):
    """The address of a server in this process, which sees what the test wrote."""
    own = connections["default"]
    own.inc_thread_sharing()

    def serve():
        connections["default"] = own  # the test's own, in this thread too
        server.serve_forever(poll_interval=0.05)

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    own.dec_thread_sharing()


@pytest.fixture
def token(town):
    """A token of the office in a ledger of some matters, whose calendar knows today."""
    for notice in ANNOUNCEMENTS:
        if 2021 < notice.year <= timezone.localdate().year and not notice.is_changed_later:
            off, make_up = notice.arrangement
            clocks.announce_year(
                year=notice.year, off=off, make_up=make_up, document=notice.document,
                on=notice.announced, expected=clocks.last_of_calendar(town.district),
                command_id=uuid4(), by=town.office, at=timezone.now(),
            )  # fmt: skip
    for code in ("S1", "S2", "S3"):
        town.assigned(code)
    person, post = uuid4(), uuid4()
    found_post_of(town, post, name="接口岗", unit=town.unit(LEAD), role="office", on=FOUNDED)
    name_to(town, post, person, on=FOUNDED)
    account = organisation.make_account(
        login="office.api", password=None, person=person, district=town.district
    )
    made = accounts.make_token(
        account, post=post, label="示例", reach=TokenReach.WRITE, days=1,
        day=timezone.localdate(), at=timezone.now(),
    )  # fmt: skip
    return made.secret


def test_the_examples_run_as_they_stand(served, token, tmp_path):
    assert {language for language, _text in EXAMPLES} == {"bash", "python"}
    assert len(EXAMPLES) >= 7
    named = os.environ | {"LUOSHI": served, "TOKEN": token, "LC_ALL": "C.UTF-8"}
    named |= {"no_proxy": "*", "NO_PROXY": "*"}
    for language, text in EXAMPLES:
        call = (
            ["bash", "-euo", "pipefail", "-c", text]
            if language == "bash"
            else [sys.executable, "-c", text]
        )
        done = subprocess.run(
            call, env=named, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
