"""Is it alive, is it ready, how does it fare: what probes are told, and who is told it."""

import json
import shutil
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from luoshi.base.models import Line
from luoshi.site.production import readings
from tests.ledger.town import LEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings, tmp_path):
    """A server that is ready, asked by an address that it does not serve pages at."""
    settings.ALLOWED_HOSTS = ["luoshi.example"]
    settings.IS_DEMO = False
    settings.WORKER_ALIVE = tmp_path / "alive"
    settings.WORKER_ALIVE.touch()
    return Client(headers={"host": "10.0.0.8:8000"})


def holds(server, name):
    answer = server.get("/readyz")
    told = json.loads(answer.content)
    assert answer.status_code == (200 if told["ready"] else 503)
    assert told["ready"] == all(told["checks"].values())
    return told["checks"][name]


def test_alive_says_nothing_but_that(server, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = server.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"


def test_ready_is_all_of_its_conditions(server):
    answer = server.get("/readyz")
    assert answer.status_code == 200
    assert set(json.loads(answer.content)["checks"]) == {
        "database", "migrations", "worker", "disk", "clock",
    }  # fmt: skip


def test_a_ledger_that_is_older_is_not_ready(server):
    MigrationRecorder(connection).record_unapplied("base", "0001_initial")
    assert not holds(server, "migrations")


def test_a_full_disk_is_not_ready(server, settings):
    settings.LEAST_FREE_BYTES = shutil.disk_usage(settings.HOME).total + 1
    assert not holds(server, "disk")


def test_a_clock_behind_the_journal_is_not_ready(server):
    line = Line.objects.create(district=uuid4(), last_at=timezone.now() + timedelta(seconds=30))
    assert holds(server, "clock")
    Line.objects.filter(pk=line.pk).update(last_at=timezone.now() + timedelta(hours=1))
    assert not holds(server, "clock")


def test_a_silent_worker_is_not_ready(server, settings):
    settings.WORKER_ALIVE.unlink()
    assert not holds(server, "worker")
    settings.WORKER_MOST_SILENT = -1
    settings.WORKER_ALIVE.touch()
    assert not holds(server, "worker")


def test_a_worker_elsewhere_is_judged_by_what_waits(server, settings, town):
    settings.WORKER_ALIVE.unlink()
    settings.DELIVERS_HERE = False
    assert holds(server, "worker")
    town.assigned()
    settings.NOTICE_MOST_WAITING = -1
    assert not holds(server, "worker")


def test_without_a_database_it_is_alive_and_not_ready(server, monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr(readings.connection, "cursor", gone)
    monkeypatch.setattr(readings.connection, "close", lambda: None)
    answer = server.get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["checks"] == {"database": False, "disk": True}
    told = server.get("/metrics").content.decode()
    assert "luoshi_database_up 0.0" in told


def figures(server, **given):
    answer = server.get("/metrics", **given)
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_the_figures_tell_of_journal_outbox_and_worker(server, town):
    before = figures(server)
    assert before["luoshi_database_up"] == 1
    town.assigned()
    after = figures(server)
    assert after["luoshi_journal_entries"] > before["luoshi_journal_entries"]
    assert after["luoshi_outbox_notices"] > before["luoshi_outbox_notices"]
    assert after["luoshi_outbox_oldest_seconds"] >= 0
    assert 0 <= after["luoshi_worker_age_seconds"] < 60
    assert LEAD not in server.get("/metrics").content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"REMOTE_ADDR": "10.0.0.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "10.0.0.9"},
        {"REMOTE_ADDR": "nonsense"},
    ],
)
def test_the_figures_are_for_the_machine_itself(server, given):
    assert server.get("/metrics", **given).status_code == 404


def test_elsewhere_the_token_opens_them(server, settings):
    settings.METRICS_TOKEN = "a-token"
    far = {"REMOTE_ADDR": "10.0.0.9"}
    assert figures(server, HTTP_AUTHORIZATION="Bearer a-token", **far)
    for shown in ({}, {"HTTP_AUTHORIZATION": "Bearer another"}):
        assert server.get("/metrics", **far, **shown).status_code == 404
        assert server.get("/metrics", **shown).status_code == 404
