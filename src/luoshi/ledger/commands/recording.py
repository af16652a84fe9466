"""How every write of the ledger is recorded: one command, one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base import texts
from luoshi.base.days import local_day
from luoshi.base.files import SealedFile
from luoshi.base.journal import Actor, Change, Command, record
from luoshi.base.texts import SealedText
from luoshi.base.verbs import Verb
from luoshi.clocks.surroundings import surroundings
from luoshi.ledger import queries
from luoshi.ledger.projection import MATTERS
from luoshi.notices.commands import allow_asks
from luoshi.organisation.permissions import is_office
from luoshi.rules.burden import AskAboveCap
from luoshi.rules.journal import Entry, TextDigest
from luoshi.rules.ledger.reach import check_reach
from luoshi.rules.ledger.state import MatterState


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a command came: on which day it holds, what its writer saw, its id, hand and moment.

    ``consent`` is the office's reason for asking a post above the cap, where it does.
    """

    on: date
    expected: int
    command_id: UUID
    by: Actor
    at: datetime
    consent: str = ""

    @property
    def command(self) -> Command:
        """Return under what the entries are recorded."""
        return Command(id=self.command_id, by=self.by, at=self.at)


def record_one(
    matter_id: UUID,
    verb: Verb,
    sent: Sent,
    *,
    sealed: Iterable[SealedText] = (),
    files: Iterable[SealedFile] = (),
    locked: Callable[[], None] = lambda: None,
    becomes: Callable[[MatterState, Any], Any] = lambda _state, fact: fact,
    **given: Any,
) -> Entry[Any]:
    """Decide and record one fact; what is given goes to the verb's decider as it is.

    ``locked`` checks what two writers at once could both find free; it runs under the locks.
    ``becomes`` turns what was decided into what is recorded.
    """

    def permit(state: MatterState) -> None:
        check_permitted(verb, sent, state)
        locked()

    change = Change(
        kind=MATTERS,
        thread=matter_id,
        decide=lambda state: becomes(state, verb.decide(state, on=sent.on, **given)),
        permit=permit,
        on=sent.on,
        expected=sent.expected,
        texts=tuple(sealed),
        files=tuple(files),
    )
    return recorded(change, sent)


def recorded(change: Change, sent: Sent) -> Entry[Any]:
    """Record a change, with the office's consent where more is asked than the cap allows.

    Raises AskAboveCap where no consent is given, NotAllowed where not the office gives it.
    """
    try:
        return record(change, command=sent.command)[0]
    except AskAboveCap as refused:
        if not sent.consent.strip():
            raise
        posts = cast("list[UUID]", refused.facts["posts"])
    with transaction.atomic():
        allow_asks(
            posts=posts,
            on=local_day(sent.at),
            reason=sent.consent,
            command_id=uuid5(sent.command_id, "consent"),
            by=sent.by,
            at=sent.at,
        )
        return record(change, command=sent.command)[0]


def check_permitted(verb: Verb, sent: Sent, state: MatterState) -> None:
    """Raise NotAllowed, or TooFarBack where a unit reaches behind the open reporting period."""
    verb.check(sent.by, state)
    if not is_office(sent.by):
        today = local_day(sent.at)
        rule = surroundings(sent.by.district, None).rule_on(today)
        check_reach(sent.on, today, report_due_day=rule.report_due_day)


def sealed_if_any(text: str) -> tuple[SealedText, ...]:
    """Seal a text that may be empty."""
    return (texts.seal(text.strip()),) if text.strip() else ()


def digest_of(sealed: tuple[SealedText, ...]) -> TextDigest | None:
    """Return what a fact holds of a text that stands outside, None where there is none."""
    return sealed[0].digest if sealed else None


def sealed_reason(text: str) -> tuple[SealedText, ...]:
    """Seal a reason. Raises ReasonMissing for an empty one."""
    if not text.strip():
        raise queries.ReasonMissing
    return sealed_if_any(text)
