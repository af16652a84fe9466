"""Several processes at one ledger, with real commits: who wins, who is told, who sees what."""

import json
import os
import secrets
import select
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

pytestmark = [pytest.mark.database, pytest.mark.early]
ROOT = Path(__file__).parents[2]
CODE = "410103"
WRITERS = 8
PATIENCE = 900  # seconds after which tasks are given up


class Ledger:
    """A ledger of its own, in files or on the server, and the processes that work on it."""

    def __init__(self, environment, complaints):
        given = {**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
        given["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        self.matters = []
        self.complaints = complaints
        with complaints.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.base.workers"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={
                    name: value
                    for name, value in given.items()
                    # Not measured: forked processes end without telling what they ran.
                    if value is not None and not name.startswith("COVERAGE_")
                },
                cwd=ROOT,
            )

    def run(self, *tasks):
        """Run each task in a process of its own, all at the same time."""
        self.process.stdin.write(json.dumps(tasks) + "\n")
        self.process.stdin.flush()
        answers, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        assert answers, self.complaints.read_text()
        line = self.process.stdout.readline()
        assert line, self.complaints.read_text()
        found = json.loads(line)
        assert not [each for each in found if isinstance(each, dict) and "failed" in each], (
            self.complaints.read_text()
        )
        return found

    def end(self):
        """Let the process that starts the others end, whatever it does."""
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.stdout.close()

    def fresh(self, number):
        """Give matters that no test has touched."""
        given, self.matters = self.matters[:number], self.matters[number:]
        assert len(given) == number
        return given


def scratch_database():
    """Make a database beside the tests' own; give its address and how to remove it."""
    import psycopg

    server = connection.settings_dict
    place = {
        "host": server["HOST"], "port": server["PORT"], "user": server["USER"],
        "password": server["PASSWORD"],
    }  # fmt: skip
    name = f"luoshi_scratch_{secrets.token_hex(4)}"

    def tell(statement):
        with psycopg.connect(dbname="postgres", autocommit=True, **place) as session:
            session.execute(statement)

    tell(f"CREATE DATABASE {name}")
    user = quote(server["USER"], safe="") + ":" + quote(server["PASSWORD"] or "", safe="")
    url = f"postgresql://{user}@{server['HOST']}:{server['PORT']}/{name}"
    return url, lambda: tell(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def rounds(size):
    """How often two processes meet."""
    return size["meetings"]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory, rounds):
    """A ledger of its own with a founded district and matters for every test of this file."""
    home = tmp_path_factory.mktemp("home")
    if connection.vendor == "sqlite":
        url, remove = None, lambda: None
    else:
        url, remove = scratch_database()
    environment = {"LUOSHI_HOME": str(home), "DATABASE_URL": url}
    ledger = Ledger(environment, home / "complaints.txt")
    try:
        (ledger.matters,) = ledger.run(("prepare", {"code": CODE, "matters": 3 * rounds}))
        (ledger.prepared,) = ledger.run(("judge", {"code": CODE}))
        yield ledger
        assert ledger.run(("judge", {"code": CODE}))[0][1] == 0
    finally:
        ledger.end()
        remove()


def entries_of(ledger):
    return ledger.run(("judge", {"code": CODE}))[0][0]


def test_of_two_writers_on_one_part_one_is_told_what_the_other_wrote(scratch, rounds):
    given = {"code": CODE, "matters": scratch.fresh(rounds), "expected": entries_of(scratch)}
    both = scratch.run(
        ("targets", {**given, "quantity": 300}), ("targets", {**given, "quantity": 310})
    )
    for mine, theirs in zip(*both, strict=True):
        won, told = (mine, theirs) if "number" in mine else (theirs, mine)
        assert told["refused"] == "changed_meanwhile"
        assert told["facts"]["entry"] == str(won["number"])
        here, there = ("310", "300") if won is mine else ("300", "310")
        assert f"Decimal('{here}')" in told["facts"]["yours"]
        assert f"Decimal('{there}')" in told["facts"]["theirs"]


def test_two_writers_on_different_parts_both_win(scratch, rounds):
    before = entries_of(scratch)
    given = {"code": CODE, "matters": scratch.fresh(rounds), "expected": before}
    both = scratch.run(("targets", {**given, "quantity": 300}), ("places", given))
    numbers = sorted(told["number"] for side in both for told in side)
    assert numbers == list(range(before + 1, before + 1 + 2 * rounds))


def test_the_same_command_twice_at_once_is_one_entry(scratch, rounds):
    before = entries_of(scratch)
    given = {"code": CODE, "matters": scratch.fresh(rounds), "amounts": [5] * rounds}
    first, second = scratch.run(("reports", given), ("reports", given))
    assert first == second
    assert [told["number"] for told in first] == list(range(before + 1, before + 1 + rounds))
    other = {**given, "amounts": [6] * rounds}
    (refused,) = scratch.run(("reports", other))
    assert {told["refused"] for told in refused} == {"command_id_reused"}
    assert entries_of(scratch) == before + rounds


@pytest.mark.parametrize("way", ["done_once", "begun_once"])
def test_a_setting_sent_twice_at_once_is_done_once(scratch, rounds, way):
    keys = [f"{way} {n}" for n in range(rounds)]
    given = {"code": CODE, "keys": keys, "way": way}
    both = scratch.run(("settings_of", given), ("settings_of", given))
    (mine, done), (theirs, _) = both
    assert done == rounds
    for told in zip(mine, theirs, strict=True):
        known = set(told) - ({"command_under_way"} if way == "begun_once" else set())
        assert len(known) == 1, told


def test_two_that_begin_one_thread_at_once_make_one(scratch, rounds):
    names = [f"目标{n}" for n in range(rounds)]
    given = {"code": CODE, "names": names}
    both = scratch.run(("goals", {**given, "writer": "a"}), ("goals", {**given, "writer": "b"}))
    for told in zip(*both, strict=True):
        assert sorted(next(iter(each)) for each in told) == ["number", "refused"]
        assert {each.get("refused") for each in told} == {None, "already_founded"}


def test_one_command_that_begins_a_thread_twice_at_once_is_one_entry(scratch, rounds):
    given = {"code": CODE, "names": [f"任务{n}" for n in range(rounds)], "writer": ""}
    first, second = scratch.run(("goals", given), ("goals", given))
    assert first == second
    assert all("number" in told for told in first)


@pytest.mark.long
def test_a_reader_behind_eight_writers_misses_none(scratch, tailed):
    before = entries_of(scratch)
    each = tailed // WRITERS
    writers = [
        ("write", {"code": CODE, "writer": f"{tailed}/{n}", "count": each}) for n in range(WRITERS)
    ]
    seen, *written = scratch.run(
        ("tail", {"code": CODE, "after": before, "count": each * WRITERS}), *writers
    )
    # in the order of commits, without a gap, each once
    assert seen == list(range(before + 1, before + 1 + each * WRITERS))
    assert sorted(number for numbers in written for number in numbers) == seen
    assert all(numbers == sorted(numbers) for numbers in written)


def test_a_load_alone_and_loads_among_writers_leave_every_entry_once(scratch, rounds):
    before, count = entries_of(scratch), 4 * rounds
    given = {"code": CODE, "count": count, "batch": 10}
    batches = [*range(10, count, 10), count]
    (alone,) = scratch.run(("load", {**given, "writer": "alone"}))
    assert alone == batches
    writers = [("write", {"code": CODE, "writer": f"beside {n}", "count": rounds}) for n in (1, 2)]
    loads = [("load", {**given, "writer": f"together {n}"}) for n in (1, 2)]
    *loaded, first, second = scratch.run(*loads, *writers)
    assert loaded == [batches, batches]
    assert not set(first) & set(second)
    assert scratch.run(("judge", {"code": CODE}))[0] == [before + 3 * count + 2 * rounds, 0]


def test_committed_entries_cannot_be_changed_either(scratch):
    assert "never changed" in scratch.run(("ruined", {}))[0]
