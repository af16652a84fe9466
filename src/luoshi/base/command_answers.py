"""Answers of commands beside the journal, kept for a day: the same key again, the same answer.

What the journal records it knows by the command's id (``base.again``). A setting, an import or an
account leaves no entry there, so its answer is kept here, with a digest of what was asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from luoshi.base.models import CommandAnswer
from luoshi.rules.journal import CommandIdReused, CommandUnderWay

KEPT_FOR = timedelta(hours=24)
MOST_KEPT = 1000  # answers of a person: those given longest ago make room
LONGEST_WORK = timedelta(minutes=10)  # then a command that did not end counts as never begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Whose command it is, its id, and the digest of all that was asked with it."""

    district: UUID
    person: UUID
    command_id: UUID
    content: str

    @property
    def named(self) -> dict[str, UUID]:
        """Return what tells it apart from every other."""
        return {"district": self.district, "person": self.person, "command_id": self.command_id}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is sent now, and as it is kept: without what is shown only once."""

    sent: str
    kept: str


def done_once(key: Key, work: Callable[[], Given], *, at: datetime) -> str:
    """Do a command whose writes are one transaction, unless it was done; return its answer.

    Command and answer are committed together; whoever sends the same at the same time waits for it.
    What is refused leaves nothing behind. Raises CommandIdReused, and what the command raises.
    """
    if (known := _given_before(key, at)) is not None:
        return known
    with transaction.atomic():
        _make_room(key, at)
        if not _claimed(key, at):
            return _given_meanwhile(key, at)
        given = work()
        _keep(key, given, at)
    return given.sent


def begun_once(key: Key, work: Callable[[], Given], *, at: datetime) -> str:
    """Do a long command that commits step by step, unless it was done; return its answer.

    While it is being done the same is refused. A process that ends in between leaves a claim, which
    lapses. Raises CommandIdReused, CommandUnderWay, and what the command raises.
    """
    if (known := _given_before(key, at)) is not None:
        return known
    with transaction.atomic():
        _make_room(key, at)
        if not _claimed(key, at):
            return _given_meanwhile(key, at)
    try:
        given = work()
    except BaseException:
        CommandAnswer.objects.filter(**key.named, answer="").delete()
        raise
    _keep(key, given, at)
    return given.sent


def _given_before(key: Key, at: datetime) -> str | None:
    """Return the kept answer, None without one. Raises CommandIdReused, CommandUnderWay."""
    row = CommandAnswer.objects.filter(**key.named, at__gt=at - KEPT_FOR).first()
    if row is None:
        return None
    if row.content != key.content:
        raise CommandIdReused(command_id=key.command_id)
    if row.answer:
        return row.answer
    rest = row.at + LONGEST_WORK - at
    if rest <= timedelta():
        return None
    raise CommandUnderWay(seconds=min(int(rest.total_seconds()) + 1, 5))


def _given_meanwhile(key: Key, at: datetime) -> str:
    known = _given_before(key, at)
    if known is None:  # it was refused in the same moment
        raise CommandUnderWay(seconds=1)
    return known


def _claimed(key: Key, at: datetime) -> bool:
    """Tell whether this is the first to do it; waits for whoever is doing it (PostgreSQL)."""
    try:
        with transaction.atomic():
            CommandAnswer.objects.create(**key.named, content=key.content, at=at)
    except IntegrityError:
        return False
    return True


def _keep(key: Key, given: Given, at: datetime) -> None:
    CommandAnswer.objects.filter(**key.named).update(answer=given.kept, at=at)


def _make_room(key: Key, at: datetime) -> None:
    """Drop what is too old, lapsed claims to the same key, and a person's answers above the bound.

    Rows that another transaction is dropping are left to it: nobody waits here.
    """
    rows = CommandAnswer.objects.select_for_update(skip_locked=True)
    old = rows.filter(district=key.district, at__lte=at - KEPT_FOR)
    lapsed = rows.filter(**key.named, answer="", at__lte=at - LONGEST_WORK)
    own = rows.filter(district=key.district, person=key.person).order_by("-at", "command_id")
    above = own.values_list("command_id", flat=True)[MOST_KEPT - 1 :]
    gone = [row.pk for row in (*old, *lapsed)]
    gone += [(key.district, key.person, command_id) for command_id in above]
    if gone:
        CommandAnswer.objects.filter(pk__in=gone).delete()
