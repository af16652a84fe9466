"""Random matters of about three years, and the one the district printed figures for."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from luoshi.rules.colour import (
    ERQI_2017_D1,
    ColourFacts,
    Comparator,
    Measurement,
    MilestoneFact,
    PlanPoint,
)

FIRST, LAST = date(2019, 11, 20), date(2021, 6, 30)
HORIZON = date(2022, 12, 31)

ESTATES = ColourFacts(
    registered_on=date(2020, 7, 30),
    quantity=Decimal(297),
    comparator=Comparator.EQUAL,
    start=date(2020, 1, 1),
    start_inferred=True,
    due=date(2020, 12, 31),
    measured=(Measurement(date(2020, 6, 30), Decimal(103), date(2020, 7, 30)),),
    reported_until=date(2020, 6, 30),
)
"""老旧小区: 297 by the end of 2020, 103 measured on 30 June."""


def days(first=FIRST, last=LAST):
    """Days of the plan's time, often the edges of months and of report due days."""
    edges = [
        date(year, month, day)
        for year in (2019, 2020, 2021)
        for month in range(1, 13)
        for day in (1, 5, 6, 28)
        if first <= date(year, month, day) <= last
    ]
    ends = [day - timedelta(days=1) for day in edges if day.day == 1 and day > first]
    return st.sampled_from(edges + ends) | st.dates(first, last)


def maybe(strategy):
    return st.none() | strategy


amounts = st.integers(0, 120).map(Decimal) | st.decimals(0, 120, places=1)
quantities = st.sampled_from([Decimal(100), Decimal("38.1"), Decimal(0)]) | amounts
measurements = st.builds(Measurement, days(), amounts, days())
milestones = st.lists(
    st.builds(MilestoneFact, st.sampled_from("abcde"), days(), maybe(days())),
    max_size=3,
    unique_by=lambda milestone: milestone.key,
).map(tuple)

FIELDS = {
    "registered_on": days(),
    "quantity": maybe(quantities),
    "comparator": st.sampled_from(Comparator),
    "start": maybe(days()),
    "due": maybe(days()),
    "plan": st.lists(st.builds(PlanPoint, days(), amounts), max_size=4).map(tuple),
    "measured": st.lists(measurements, max_size=5).map(tuple),
    "reported_until": maybe(days()),
    "milestones": milestones,
    "planned_start": maybe(days()),
    "started_on": maybe(days()),
    "suspended": st.sampled_from([False, False, False, True]),
    "exempt_until": maybe(days()),
    "parts_complete": st.sampled_from([True, True, False]),
    "verified": st.sampled_from([False, False, False, True]),
    "closed": st.sampled_from([False] * 6 + [True]),
}

facts = st.builds(ColourFacts, **FIELDS)

rules = st.just(ERQI_2017_D1) | st.builds(
    lambda due_day, soon, two: replace(
        ERQI_2017_D1, report_due_day=due_day, soon_days=soon, two_yellow_month_ends=two
    ),
    st.sampled_from([1, 15, 28]),
    st.sampled_from([0, 30]),
    st.booleans(),
)


@st.composite
def behind_and_ahead(draw):
    """A sound matter of 2020: a straight line, figures about it at most month ends, a milestone."""
    figures, ends = [], [date(2020, month, 1) - timedelta(days=1) for month in range(2, 13)]
    for number, end in enumerate(ends, start=1):
        part = draw(st.sampled_from([None, 6, 7, 8, 8, 8, 9, 10]))
        if part is not None:
            counts = end + timedelta(days=draw(st.integers(0, 20)))
            figures.append(Measurement(end, Decimal(part * number) * 100 / 120, counts))
    return ColourFacts(
        registered_on=FIRST,
        quantity=Decimal(100),
        comparator=Comparator.AT_LEAST,
        start=date(2020, 1, 1),
        due=date(2020, 12, 31),
        measured=tuple(figures),
        reported_until=draw(maybe(days())),
        milestones=draw(milestones),
    )


CHANGES = {
    "exempt_until": maybe(days(date(2020, 3, 1))),
    "suspended": st.booleans(),
    "verified": st.booleans(),
    "milestones": milestones,
    "quantity": st.sampled_from([Decimal(50), Decimal(100)]),
}


@st.composite
def histories(draw):
    """Segments of a matter: each entry changes a few of its facts."""
    sound = draw(st.booleans())
    now, fields = draw(behind_and_ahead() if sound else facts), CHANGES if sound else FIELDS
    segments = [(draw(days(FIRST, date(2020, 6, 30))), now)]
    for day in sorted(draw(st.lists(days(segments[0][0], LAST), max_size=6))):
        changed = draw(st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True))
        now = replace(now, **{name: draw(fields[name]) for name in changed})
        segments.append((day, now))
    return segments


@st.composite
def quiet_matters(draw):
    """A graded matter and a day after which nothing new becomes known of it, whatever passes."""
    day = draw(days(date(2020, 1, 1), LAST))
    known = draw(facts)
    past = maybe(days(FIRST, day))
    return day, replace(
        known,
        measured=tuple(m for m in known.measured if m.speaks_from <= day),
        milestones=tuple(replace(m, done_on=draw(past)) for m in known.milestones),
        started_on=draw(past),
        suspended=False,
        closed=False,
    )
