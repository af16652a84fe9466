"""Known weaknesses of locked packages are found where a source of advisories is at hand."""

import json
import zipfile
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tooling import advisories, checks
from tooling.advisories import NPM, PYPI, Finding, NoSource, Pinned

TODAY = date(2026, 11, 21)
OURS = Pinned(PYPI, "paper-clip", "1.4.2")


def advisory(*events, name="Paper_Clip", ecosystem=PYPI, versions=(), **more):
    """An advisory of an invented package."""
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    affected = {"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges}
    return {"id": "TEST-1", "affected": [affected | {"versions": list(versions)}], **more}


@pytest.fixture
def told(tmp_path):
    """A folder that holds one advisory."""

    def tell(one):
        (tmp_path / "TEST-1.json").write_text(json.dumps(one))
        return tmp_path

    return tell


@pytest.mark.parametrize(
    ("events", "fixed"),
    [
        ([{"introduced": "0"}, {"fixed": "1.5"}], "1.5"),
        ([{"introduced": "1.4.2"}], ""),
        ([{"introduced": "1.0"}, {"last_affected": "1.4.2"}], ""),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.4"}, {"fixed": "1.10"}], "1.10"),
    ],
)
def test_a_version_inside_a_range_is_found(told, events, fixed):
    assert advisories.known_in(told(advisory(*events)), [OURS]) == [Finding(OURS, "TEST-1", fixed)]


@pytest.mark.parametrize(
    "events",
    [
        [{"introduced": "1.4.3"}],
        [{"introduced": "0"}, {"fixed": "1.4.2"}],
        [{"introduced": "0"}, {"last_affected": "1.4.1"}],
        [{"introduced": "no version"}],
    ],
)
def test_a_version_outside_every_range_is_not(told, events):
    assert advisories.known_in(told(advisory(*events)), [OURS]) == []


def test_a_listed_version_is_found_and_a_withdrawn_advisory_is_not(told):
    assert advisories.known_in(told(advisory(versions=["1.4.2"])), [OURS])
    assert not advisories.known_in(told(advisory(versions=["1.4.2"], withdrawn="2026")), [OURS])
    assert not advisories.known_in(told(advisory(versions=["1.4.2"], ecosystem=NPM)), [OURS])


def test_an_archive_is_read_as_it_was_brought(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("TEST-1.json", json.dumps(advisory({"introduced": "0"})))
        archive.writestr("README", "no advisory")
    assert advisories.known_in(tmp_path, [OURS]) == [Finding(OURS, "TEST-1")]


def test_an_empty_folder_is_no_source(tmp_path):
    with pytest.raises(NoSource):
        advisories.known_in(tmp_path, [OURS])


def test_the_locks_are_what_is_looked_at(told, monkeypatch, capsys):
    django = next(one for one in advisories.pinned() if one.name == "django")
    echarts = next(one for one in advisories.pinned() if one.name == "echarts")
    assert echarts.ecosystem == NPM
    folder = told(advisory({"introduced": "0"}, {"fixed": "999"}, name="Django"))
    monkeypatch.setenv(advisories.SOURCE, str(folder))
    assert advisories.main() == advisories.KNOWN
    assert f"django {django.version}: TEST-1, mended in 999" in capsys.readouterr().out
    assert "mended in 999" in checks.advisories()


def test_nothing_known_is_said_with_silence(told, monkeypatch, capsys):
    monkeypatch.setenv(advisories.SOURCE, str(told(advisory({"introduced": "0"}))))
    assert advisories.main() == advisories.NONE_KNOWN
    assert capsys.readouterr().out == ""
    assert checks.advisories() == ""


def test_an_excuse_holds_until_its_day(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(
        '[tool.luoshi.advisories]\nTEST-1 = {until = 2026-11-21, reason = "never called"}\n'
    )
    assert advisories.lived_with(TODAY, tmp_path) == {"TEST-1"}
    assert advisories.lived_with(date(2026, 11, 22), tmp_path) == set()


class Service(BaseHTTPRequestHandler):
    """A service of the format that knows one weakness, of Django."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = advisory({"introduced": "0"}, {"fixed": "999"}, name="django")
        known["affected"][0]["versions"] = [asked["version"]]
        is_django = asked["package"]["name"].lower() == "django"
        answer = json.dumps({"vulns": [known]} if is_django else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments):
        """Say nothing."""


def test_a_service_is_asked_for_every_locked_package(monkeypatch):
    with HTTPServer(("127.0.0.1", 0), Service) as service:
        Thread(target=service.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{service.server_port}/"
        monkeypatch.setenv(advisories.SOURCE, address)
        (found,) = advisories.judged(TODAY)
        service.shutdown()
    assert (found.package.name, found.advisory, found.fixed) == ("django", "TEST-1", "999")


def test_without_a_source_it_is_said_and_is_no_failure(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(advisories.SOURCE, str(tmp_path))
    with pytest.raises(checks.Unseen, match="not looked at"):
        checks.advisories()
    assert checks._passes("advisories", checks.advisories)
    assert "unseen" in capsys.readouterr().out


def test_a_client_that_is_not_there_is_no_source(monkeypatch):
    monkeypatch.setattr(advisories, "BIN", advisories.ROOT / "nowhere")
    with pytest.raises(NoSource, match="Python packages"):
        advisories.known_to_services("http://127.0.0.1:9/")
