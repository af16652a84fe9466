"""Two districts, a post of every role in one unit, and matters that stand to it in every way."""

import pytest
from django.db import transaction

from tests.doors.streets import Streets
from tests.doors.unrendered import unrendered
from tests.kept_rows import standing


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker, run_folder):
    """The streets, built once in a run; they stand for the tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield standing(run_folder, "streets", Streets).opened()
        transaction.set_rollback(True)


@pytest.fixture
def streets(walked, db, settings, tmp_path):
    """The streets of a real ledger: nobody looks in without signing in."""
    settings.IS_DEMO = False
    settings.OPENING_DAY = None
    # the walk knocks at more doors in a minute than anybody may
    settings.MOST_TRIES_A_MINUTE = settings.MOST_WRITES_A_MINUTE = 100_000
    settings.WORKER_ALIVE = tmp_path / "alive"  # somebody delivers, so the server is ready
    settings.WORKER_ALIVE.touch()
    walked.sign_in_again()
    return walked


@pytest.fixture
def told():
    """What templates were given; nothing is rendered (tests.doors.unrendered)."""
    with unrendered() as told_:
        yield told_
