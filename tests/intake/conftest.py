"""A small town whose office hands sheets in."""

import pytest
from django.db import transaction

from tests.ledger.town import Town


@pytest.fixture(scope="module")
def founded_town(django_db_setup, django_db_blocker):
    """The town, founded once for the tests of a file and taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Town()
        transaction.set_rollback(True)


@pytest.fixture
def town(founded_town, db):
    """The town; what a test records is taken back after it."""
    return founded_town


@pytest.fixture
def sheet(tmp_path):
    """Make a csv file of a head and rows; gives its path."""

    def made(*rows, head=HEAD, above=ABOVE, name="台账.csv"):
        path = tmp_path / name
        lines = [above, head, *(",".join(map(str, row)) for row in rows)]
        path.write_text("\n".join(filter(None, lines)) + "\n", encoding="utf-8")
        return path

    return made


ABOVE = "2020年重点项目台账（截至2020年6月30日）"
HEAD = (
    "项目代码,项目名称,牵头单位,年度计划投资（万元）,本年累计完成投资（万元）,"
    "计划竣工,形象进度,联系电话"
)
