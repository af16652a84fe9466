"""Fields take what officials type."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from luoshi.base.fields import DayField

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize("typed", ["今天", " 今日 ", "Today"])
def test_today_is_a_day(typed):
    assert DayField().clean(typed) == timezone.localdate()


def test_a_day_without_its_year_is_of_this_one_and_nonsense_is_told():
    assert DayField().clean("6月底") == date(timezone.localdate().year, 6, 30)
    assert DayField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        DayField().clean("尽快")
