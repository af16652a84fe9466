"""Writers, worker, server and disk fail at random points: no acknowledged command is ever lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tooling.machine import postgres_folder

pytestmark = [pytest.mark.database, pytest.mark.early, pytest.mark.long]
ROOT = Path(__file__).parents[2]
PATIENCE = 1800  # seconds


def test_what_was_acknowledged_stands_once_and_whole_whatever_failed(db, size):
    if connection.vendor == "postgresql" and postgres_folder() is None:
        pytest.skip("needs the programs of PostgreSQL: the server of the rounds is their own")
    given = {"--database": connection.vendor, "--rounds": str(size["crashes"])}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.crash.rounds",
            *(word for two in given.items() for word in two),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        cwd=ROOT,
        env={
            # Not measured: killed processes end without telling what they ran.
            name: value
            for name, value in os.environ.items()
            if not name.startswith("COVERAGE_")
        }
        | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout[done.stdout.index("{") :])
    assert figures["wrong"] == []
    assert figures["acknowledged"] > 0
    assert figures["killed"] > 0
    assert (
        sum(count for name, count in figures.items() if name.startswith("fault: "))
        == (size["crashes"])
    )
