"""The standards of a new district: the announced years of the calendar, the default colour rule."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from luoshi.base.journal import Actor
from luoshi.clocks import commands
from luoshi.clocks.years import ANNOUNCEMENTS, Announcement
from luoshi.rules.colour import ERQI_2017_D1


def steps(*, by: Actor, at: datetime, seed: UUID) -> "Iterator[partial[Any]]":
    """Yield the commands that set the standards; their ids are drawn from the seed."""
    for announcement in ANNOUNCEMENTS:
        yield partial(_announce, announcement, by=by, at=at, seed=seed)
    yield partial(
        commands.issue_colour_rule,
        rule=ERQI_2017_D1,
        on=ERQI_2017_D1.in_force_from,
        expected=0,
        command_id=uuid5(seed, "rule"),
        by=by,
        at=at,
    )


def _announce(announcement: Announcement, *, by: Actor, at: datetime, seed: UUID) -> None:
    off, make_up = announcement.arrangement
    commands.announce_year(
        year=announcement.year,
        off=off,
        make_up=make_up,
        document=announcement.document,
        on=announcement.announced,
        expected=commands.last_of_calendar(by.district),
        command_id=uuid5(seed, f"year/{announcement.announced}"),
        by=by,
        at=at,
    )
