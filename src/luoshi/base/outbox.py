"""Notices, written in the transaction of their cause: none is lost, none tells what never was."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.module_loading import import_string

from luoshi.base.models import Outbox
from luoshi.base.threads import Actor, ThreadKind
from luoshi.rules.journal import Entry, Withdrawn
from luoshi.rules.notices import Audience, Dropped, Notice, Said, Settled

Guard = Callable[[Actor, datetime, Sequence[Notice]], None]

_is_quiet: ContextVar[bool] = ContextVar("outbox_is_quiet", default=False)


@contextmanager
def nothing_said() -> Iterator[None]:
    """Record without telling anybody: a past that is entered now is no news."""
    token = _is_quiet.set(True)
    try:
        yield
    finally:
        _is_quiet.reset(token)


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry of a thread says to others."""

    thread: UUID
    entry: Entry[Any]
    said: tuple[Said, ...]

    @property
    def notices(self) -> list[Notice]:
        """Return the notices, one for each audience: what is asked goes before what is told."""
        first: dict[Audience, Notice] = {}
        notices = [one for one in self.said if isinstance(one, Notice)]
        for notice in sorted(notices, key=lambda one: not one.ask):
            first.setdefault(notice.audience, notice)
        return list(first.values())


def told_by(
    kind: ThreadKind, thread: UUID, before: Any, entry: Entry[Any], after: Any
) -> Told | None:
    """Return what an entry says, None where it says nothing."""
    said = () if _is_quiet.get() else tuple(kind.notices(before, entry, after))
    is_withdrawn = isinstance(entry.fact, Withdrawn)
    return Told(thread, entry, said) if said or is_withdrawn else None


def keep(told: Sequence[Told], *, by: Actor) -> None:
    """Write the notices of some entries, and what became of earlier asks by them.

    Raises what the guard of asks raises (AskAboveCap).
    """
    for one in told:
        _keep_answers(one, by.district)
    notices = [(one, notice) for one in told for notice in one.notices]
    if not notices:
        return
    asks = [notice for _one, notice in notices if notice.ask]
    if asks:
        guard()(by, told[0].entry.at, asks)
    Outbox.objects.bulk_create(
        [_row(one.thread, one.entry, notice, by) for one, notice in notices], ignore_conflicts=True
    )


@cache
def guard() -> Guard:
    """Return what judges whether so much may be asked, as the settings name it."""
    return cast("Guard", import_string(settings.GUARD_OF_ASKS))


def notice_id(district: UUID, cause: int, audience: Audience) -> UUID:
    """Return the id of what an entry tells an audience: the same cause twice is one notice."""
    return uuid5(district, f"notice/{cause}/{audience.kind}/{audience.who}")


def _row(thread: UUID, entry: Entry[Any], notice: Notice, by: Actor) -> Outbox:
    return Outbox(
        id=notice_id(by.district, entry.number, notice.audience),
        district=by.district,
        cause=entry.number,
        thread=thread,
        code=notice.code,
        audience_kind=notice.audience.kind.value,
        audience=notice.audience.who,
        facts=json.dumps(dict(notice.facts), sort_keys=True),
        ask=notice.ask,
        at=entry.at,
        by_person=by.person,
        by_post=by.post,
        from_unit=by.unit,
    )


def _keep_answers(one: Told, district: UUID) -> None:
    entry = one.entry
    unanswered = Outbox.objects.filter(
        district=district, thread=one.thread, answered=None, dropped=None
    ).exclude(ask="")
    if isinstance(entry.fact, Withdrawn):
        _take_back(entry, one.thread, district)
    for key in _keys(one.said, Settled):
        unanswered.filter(ask=key).update(answered=entry.number, answered_at=entry.at)
    for key in _keys(one.said, Dropped):
        (unanswered.filter(ask=key) if key else unanswered).update(dropped=entry.number)


def _keys(said: Iterable[Said], what: type[Settled] | type[Dropped]) -> list[str]:
    return [one.ask for one in said if isinstance(one, what)]


def _take_back(entry: Entry[Any], thread: UUID, district: UUID) -> None:
    """Undo what a withdrawn entry did: its own asks fall away, those that it answered are open."""
    rows = Outbox.objects.filter(district=district, thread=thread)
    assert entry.corrects is not None  # noqa: S101 - a withdrawal names what it takes back
    rows.filter(cause=entry.corrects, answered=None).exclude(ask="").update(dropped=entry.number)
    rows.filter(answered=entry.corrects).update(answered=None, answered_at=None)
    rows.filter(dropped=entry.corrects).update(dropped=None)
