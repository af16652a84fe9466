"""The list of slow statements: with page and request, without what was filled in, bounded."""

import json

import pytest
from django.db import connection

from luoshi.site.production import slow, trace
from luoshi.site.production.middleware import TimedStatements
from tests.site.scratch import home, luoshi

TYPED = "老旧小区改造"
pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(settings, tmp_path):
    """Answer a request that runs a statement; everything counts as slow."""
    settings.SLOW_FILE, settings.SLOW_SECONDS = tmp_path / "slow.jsonl", 0.0

    def answer(statement="SELECT %s", given=(TYPED,)):
        request = trace.begun({"REQUEST_METHOD": "GET"}, is_proxied=False, now=0.0)
        request.view = "board"

        def run(_request):
            with connection.cursor() as cursor:
                cursor.execute(statement, given)

        try:
            TimedStatements(run)(None)
        finally:
            trace.ended()
        return request

    answer.file = settings.SLOW_FILE
    return answer


def test_a_slow_statement_is_kept_without_what_was_filled_in(answered):
    request = answered()
    (line,) = answered.file.read_text().splitlines()
    told = json.loads(line)
    assert (told["statement"], told["view"], told["request"]) == ("SELECT %s", "board", request.id)
    assert TYPED not in line
    assert request.statements == 1
    assert request.in_database > 0
    assert answered.file.stat().st_mode & 0o077 == 0


def test_a_quick_one_is_not(answered, settings):
    settings.SLOW_SECONDS = 60.0
    assert answered().statements == 1
    assert not answered.file.exists()


def test_outside_of_a_traced_request_nothing_is_timed(answered):
    def run(_request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "answer"

    assert TimedStatements(run)(None) == "answer"
    assert not answered.file.exists()


def test_the_list_never_outgrows_two_files(answered, monkeypatch):
    monkeypatch.setattr(slow, "MOST_BYTES", 2000)
    for number in range(100):
        answered(f"SELECT {number}", ())
    files = list(answered.file.parent.glob("slow.jsonl*"))
    assert sum(file.stat().st_size for file in files) < 5000
    assert len(files) <= 2


def test_statements_are_counted_together_the_heaviest_first(answered):
    for statement, seconds in (("A", 1.0), ("B", 0.7), ("B", 0.9)):
        line = {"at": "", "seconds": seconds, "view": "v", "request": "r", "statement": statement}
        slow.write(answered.file, json.dumps(line))
    slow.write(answered.file, '{"cut off')
    first, second = slow.groups(answered.file)
    assert (first.statement, first.times, first.longest) == ("B", 2, 0.9)
    assert (second.statement, second.total) == ("A", 1.0)


def test_the_command_prints_them(tmp_path):
    with home(tmp_path / "home") as env:
        assert luoshi(env, "slow").stdout == ""
        line = {"at": "", "seconds": 2.5, "view": "board", "request": "ab", "statement": "SELECT 1"}
        slow.write(tmp_path / "home" / "slow.jsonl", json.dumps(line))
        printed = luoshi(env, "slow")
        assert printed.returncode == 0
        assert "SELECT 1" in printed.stdout
        (told,) = luoshi(env, "slow", "--json", "--most", "1").stdout.splitlines()
        assert json.loads(told)["longest"] == 2.5
