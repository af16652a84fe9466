"""A small town whose office hands sheets in."""

import pytest

from luoshi.intake.reports import commands
from tests.intake.reports import REPORT
from tests.ledger.conftest import founded_town, town
from tests.ledger.town import AT

__all__ = ["founded_town", "report", "sheet", "take", "town"]


@pytest.fixture
def sheet(tmp_path):
    """Make a csv file of a head and rows; gives its path."""

    def made(*rows, head=HEAD, above=ABOVE, name="台账.csv"):
        path = tmp_path / name
        lines = [above, head, *(",".join(map(str, row)) for row in rows)]
        path.write_text("\n".join(filter(None, lines)) + "\n", encoding="utf-8")
        return path

    return made


@pytest.fixture
def take(town):
    """Hand a report in."""

    def taken(text=REPORT, name="报告.txt", **given):
        return commands.take_in(text.encode(), name=name, by=town.office, at=AT, **given)

    return taken


@pytest.fixture
def report(take):
    return take()


ABOVE = "2020年重点项目台账（截至2020年6月30日）"
HEAD = (
    "项目代码,项目名称,牵头单位,年度计划投资（万元）,本年累计完成投资（万元）,"
    "计划竣工,形象进度,联系电话"
)
