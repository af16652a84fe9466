"""Builders for readings: a report of our own making around the sentences of a test."""

import pytest

from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read

HEAD = "示例县2024年政府工作报告\n2024年1月10日在示例县第五届人民代表大会第三次会议上\n"
REVIEW = "一、2023年工作回顾\n"
PLAN = "二、2024年工作安排\n"


@pytest.fixture(scope="session")
def reviewed():
    """Return what is read from sentences that stand in a report's review of 2023."""
    return lambda words: read(mend(f"{HEAD}{REVIEW}{words}\n"), doc="示例")


@pytest.fixture(scope="session")
def planned():
    """Return what is read from sentences that stand among the plans of a report for 2024."""
    return lambda words: read(mend(f"{HEAD}{PLAN}{words}\n"), doc="示例")


@pytest.fixture(scope="session")
def article():
    """Return what is read from an article without headings."""
    return lambda words, **known: read(mend(words), doc="示例", **known)
