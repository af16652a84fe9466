"""Workers die at any point (kill -9): no notice is lost, none lies twice in an inbox."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.base.test_concurrency import scratch_database

pytestmark = [pytest.mark.database, pytest.mark.early, pytest.mark.long]
ROOT = Path(__file__).parents[2]
PATIENCE = 900  # seconds
SEED = 2017


def test_killed_workers_lose_no_notice_and_put_none_twice_into_an_inbox(tmp_path, size):
    url, remove = (None, lambda: None) if connection.vendor == "sqlite" else scratch_database()
    given = {**os.environ, "LUOSHI_HOME": str(tmp_path), "DATABASE_URL": url}
    given["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    given["DJANGO_SETTINGS_MODULE"] = "luoshi.site.settings"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.notices.workers", str(size["notices"]), str(SEED)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=ROOT,
            env={
                name: value
                for name, value in given.items()
                # Not measured: killed processes end without telling what they ran.
                if value is not None and not name.startswith("COVERAGE_")
            },
            check=False,
        )
    finally:
        remove()
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    persons = Counter(person for _, person in found["items"])
    assert found["notices"] == size["notices"]
    assert persons == dict.fromkeys(found["expected"].values(), size["notices"] // 2)
    assert len({tuple(item) for item in found["items"]}) == len(found["items"])
    assert len(found["sent"]) == size["notices"] // 2
    assert set(found["lines"]) == set(found["sent"])  # at least once
    assert found["killed"] > 2
