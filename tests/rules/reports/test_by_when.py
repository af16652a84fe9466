"""A clause that only says by when is the deadline of the number before it, nothing more."""

from datetime import date

import pytest

from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read

HEAD = "二、2020年重点工作\n"


def said(sentence):
    found = read(mend(HEAD + sentence), doc="a", year=2020, day=date(2020, 3, 2))
    return [(one.subject, one.deadline, one.deadline_stated) for one in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "建设公园5个，9月底前建成。",
        "2020年，建设公园5个，9月底前全部建成投用。",
        "2020年，建设公园5个，由园林局牵头负责，9月底前完成。",
        "建设公园5个，确保9月底前完成。",
    ],
)
def test_the_day_behind_a_number_is_its_deadline(sentence):
    assert said(sentence) == [("公园", date(2020, 9, 30), True)]


def test_a_clause_that_names_its_work_is_a_promise_of_its_own():
    own = said("建设公园5个，9月底前完成绿化带整治。")
    assert len(own) == 2
    assert own[0][1:] == (date(2020, 12, 31), False)
