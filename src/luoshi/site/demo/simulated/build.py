"""Build the simulated district: a year of events, by their moments, on the bulk road."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from functools import partial
from itertools import groupby, islice
from uuid import uuid5

from luoshi.base import bulk
from luoshi.base.texts import SealedText
from luoshi.base.threads import Change, Command
from luoshi.clocks import commands as clocks
from luoshi.clocks.years import ANNOUNCEMENTS, Announcement
from luoshi.ledger import verbs
from luoshi.ledger.projection import MATTERS
from luoshi.rules.colour import ERQI_2017_D1
from luoshi.rules.journal import text_digest
from luoshi.site.demo.builder import Step
from luoshi.site.demo.simulated.lives import Event, Life
from luoshi.site.demo.simulated.moments import BEGINS, ZONE
from luoshi.site.demo.simulated.promises import promises
from luoshi.site.demo.simulated.town import Town, found, organise


def steps(seed: int, *, every: int = 1) -> Iterator[Step]:
    """Yield what is to be done, in order: each step a part of the year.

    ``every``: of the promises only one in so many is made, each as it would be among them all.
    A year's calendar is announced between the events of its day: it rewrites what the board shows.
    """
    town = Town(seed, BEGINS)
    yield partial(found, town)
    before = [one for one in ANNOUNCEMENTS if one.announced < BEGINS.date()]
    later = [one for one in ANNOUNCEMENTS if one.announced >= BEGINS.date()]
    for announcement in before:
        yield partial(_announce, town, announcement, BEGINS)
    yield partial(_issue_rule, town)
    yield partial(organise, town)
    events = _events(town, every)
    for announcement in later:
        at = datetime.combine(announcement.announced, time(12), tzinfo=ZONE)
        yield from _recordings(town, [event for event in events if event.at < at])
        events = [event for event in events if event.at >= at]
        yield partial(_announce, town, announcement, at)


def _events(town: Town, every: int) -> list[Event]:
    """Return the events of the promises, in the order of their moments."""
    lives = [Life(town, promise) for promise in islice(promises(town.seed), 0, None, every)]
    found = [event for life in lives for event in life.events()]
    return sorted(found, key=lambda event: event.at)


def _recordings(town: Town, events: Sequence[Event]) -> Iterator[Step]:
    """Yield a step for each month, so that somebody who waits sees it going on."""
    for _month, some in groupby(events, key=lambda event: (event.at.year, event.at.month)):
        yield partial(_record, town, list(some))


def _record(town: Town, events: Sequence[Event]) -> None:
    commands = ((_change(town, event), _command(town, event)) for event in events)
    for _count in bulk.append_all(commands):
        pass


def _command(town: Town, event: Event) -> Command:
    """Return under what an event is recorded; a report's id is the command's, as ever."""
    named = event.given.get("report") if event.verb == "report_progress" else None
    named = event.given.get("request") if event.verb == "request_change" else named
    drawn = uuid5(event.thread, f"{event.verb}/{event.at.isoformat()}/{event.by}")
    return Command(id=named or drawn, by=town.actors[event.by], at=event.at)


def _change(town: Town, event: Event) -> Change:
    """Return the change of an event: its verb judges it and asks for permission as ever."""
    verb = verbs.ON_MATTERS[event.verb]
    sealed = {name: _sealed(event, name, text) for name, text in event.words.items()}
    given = {**event.given, **{name: text.digest for name, text in sealed.items()}}
    return Change(
        kind=MATTERS,
        thread=event.thread,
        decide=partial(verb.decide, on=event.at.date(), **given),
        on=event.at.date(),
        expected=0,
        permit=partial(verb.check, town.actors[event.by]),
        texts=tuple(sealed.values()),
    )


def _sealed(event: Event, name: str, text: str) -> SealedText:
    """Seal a text with a salt that is drawn too: nobody's words need to be hidden here."""
    salt = uuid5(event.thread, f"{name}/{event.at.isoformat()}").bytes
    return SealedText(text, salt, text_digest(text, salt))


def _announce(town: Town, announcement: Announcement, at: datetime) -> None:
    off, make_up = announcement.arrangement
    clocks.announce_year(
        year=announcement.year, off=off, make_up=make_up, document=announcement.document,
        on=announcement.announced, expected=clocks.last_of_calendar(town.district),
        command_id=town.id("year", announcement.document), by=town.founder, at=at,
    )  # fmt: skip


def _issue_rule(town: Town) -> None:
    clocks.issue_colour_rule(
        rule=ERQI_2017_D1, on=ERQI_2017_D1.in_force_from, expected=0,
        command_id=town.id("rule"), by=town.founder, at=town.at,
    )  # fmt: skip
