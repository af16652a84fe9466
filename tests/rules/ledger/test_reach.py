"""How far back a unit may reach: the open reporting period, to the day."""

from datetime import date

import pytest

from luoshi.rules.ledger.reach import TooFarBack, check_reach, open_period_start


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 3, 5), date(2026, 2, 1)),  # the due day itself still belongs to the reporter
        (date(2026, 3, 6), date(2026, 3, 1)),
        (date(2026, 1, 1), date(2025, 12, 1)),
        (date(2026, 1, 31), date(2026, 1, 1)),
    ],
)
def test_the_open_period_begins(today, start):
    assert open_period_start(today, report_due_day=5) == start
    check_reach(start, today, report_due_day=5)
    with pytest.raises(TooFarBack) as refused:
        check_reach(date.fromordinal(start.toordinal() - 1), today, report_due_day=5)
    assert refused.value.facts["earliest"] == start
