"""A small town: units, posts, a goal tree and a calendar, in which matters can be told."""

import pytest
from django.apps import apps
from django.db import transaction

from tests.kept_rows import standing
from tests.ledger.town import Town


@pytest.fixture(scope="module")
def founded_town(django_db_setup, django_db_blocker, run_folder):
    """The town, founded once in a run; it stands for the tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield standing(run_folder, "town", Town)
        transaction.set_rollback(True)


@pytest.fixture
def town(founded_town, db):
    """The town; what a test records is taken back after it."""
    return founded_town


@pytest.fixture
def snapshot(db):
    """Every row of every table, to show that nothing was changed."""

    def taken():
        return {
            model.__name__: sorted(map(repr, model._default_manager.values_list()))
            for model in apps.get_models()
        }

    return taken
