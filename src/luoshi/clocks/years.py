"""Years of the working calendar as a registry package knows them, ready to be announced.

The package gives each year as it stands in the end; where an arrangement was changed after its
announcement, the first form is kept here, because what was due before the change was due by the
first form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

Arrangement = tuple[tuple[date, ...], tuple[date, ...]]
"""Days off that are weekdays, and rest days that are worked (调休)."""


def arrangement_of(year: int) -> Arrangement:
    """Return a year's arrangement as it stands in the end.

    Raises NotImplementedError for a year not known.
    """
    off, make_up = [], []
    day = date(year, 1, 1)
    while day.year == year:
        is_working = chinese_calendar.is_workday(day)
        if is_working and day.weekday() >= 5:
            make_up.append(day)
        elif not is_working and day.weekday() < 5:
            off.append(day)
        day += timedelta(days=1)
    return tuple(off), tuple(make_up)


def first_arrangement_of(year: int) -> Arrangement:
    """Return a year's arrangement as first announced."""
    off, make_up = arrangement_of(year)
    back_to_work, back_to_rest = FIRST_OFF_AND_MAKE_UP.get(year, ((), ()))
    first_off = set(off) - set(back_to_work) | {day for day in back_to_rest if day.weekday() < 5}
    first_make_up = set(make_up) | {day for day in back_to_work if day.weekday() >= 5}
    first_make_up -= {day for day in back_to_rest if day.weekday() >= 5}
    return tuple(sorted(first_off)), tuple(sorted(first_make_up))


# Days that the later notice made days off, and days that it made working days.
# 2019: 国办发明电〔2019〕3号 gave four days for the first of May;
# 2020: 国办发明电〔2020〕1号 lengthened the Spring Festival.
FIRST_OFF_AND_MAKE_UP: Mapping[int, tuple[tuple[date, ...], tuple[date, ...]]] = {
    2019: (
        (date(2019, 5, 2), date(2019, 5, 3)),
        (date(2019, 4, 28), date(2019, 5, 5)),
    ),
    2020: (
        (date(2020, 1, 31), date(2020, 2, 1)),
        (),
    ),
}


@dataclass(frozen=True, slots=True)
class Announcement:
    """A notice of the State Council's General Office that arranges a year, and its day."""

    year: int
    announced: date
    document: str
    is_changed_later: bool = False

    @property
    def arrangement(self) -> Arrangement:
        """Return what the notice arranged."""
        return (
            first_arrangement_of(self.year) if self.is_changed_later else arrangement_of(self.year)
        )


ANNOUNCEMENTS = (
    Announcement(2016, date(2015, 12, 10), "国办发明电〔2015〕18号"),
    Announcement(2017, date(2016, 12, 1), "国办发明电〔2016〕17号"),
    Announcement(2018, date(2017, 11, 30), "国办发明电〔2017〕12号"),
    Announcement(2019, date(2018, 12, 6), "国办发明电〔2018〕15号", is_changed_later=True),
    Announcement(2019, date(2019, 3, 22), "国办发明电〔2019〕3号"),
    Announcement(2020, date(2019, 11, 21), "国办发明电〔2019〕16号", is_changed_later=True),
    Announcement(2020, date(2020, 1, 26), "国办发明电〔2020〕1号"),
    Announcement(2021, date(2020, 11, 25), "国办发明电〔2020〕27号"),
    Announcement(2022, date(2021, 10, 25), "国办发明电〔2021〕11号"),
    Announcement(2023, date(2022, 12, 8), "国办发明电〔2022〕16号"),
    Announcement(2024, date(2023, 10, 25), "国办发明电〔2023〕7号"),
    Announcement(2025, date(2024, 11, 12), "国办发明电〔2024〕12号"),
    Announcement(2026, date(2025, 11, 4), "国办发明电〔2025〕7号"),
)
"""The years that the package knows, to 2026; the office enters later ones when announced."""
