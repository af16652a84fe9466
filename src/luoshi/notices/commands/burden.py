"""The office sets how much may be asked of a post in a week, and consents to more with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.base import texts
from luoshi.base.journal import Change, Command, record
from luoshi.base.texts import SealedText
from luoshi.base.threads import Actor
from luoshi.notices import asking, verbs
from luoshi.notices.projection import BURDENS, burden_of
from luoshi.rules import burden as law
from luoshi.rules.burden import AsksAllowed, BurdenFact, BurdenState, CapSet, week_of
from luoshi.rules.journal import Entry
from luoshi.rules.refusals import Refusal


class ConsentNeedsReason(Refusal):
    """A consent to asks above the cap needs a reason; facts: none."""

    code = "consent_needs_reason"


def set_cap(
    *,
    asks_per_week: int | None,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Set how many asks a post may get in a week, None for no cap.

    Raises NotAllowed outside the office, CapTooSmall, ChangedMeanwhile.
    """
    verbs.set_cap.check(by)
    fact = CapSet(asks_per_week=asks_per_week)
    return _record(fact, on=on, expected=expected, command=Command(id=command_id, by=by, at=at))


def allow_asks(
    *, posts: Sequence[UUID], on: date, reason: str, command_id: UUID, by: Actor, at: datetime
) -> Entry[Any]:
    """Consent to asks above the cap for some posts in the week of a day.

    Raises NotAllowed outside the office, ConsentNeedsReason, NoPostNamed.
    """
    verbs.allow_asks.check(by)
    if not reason.strip():
        raise ConsentNeedsReason
    words = texts.seal(reason.strip())
    fact = AsksAllowed(posts=tuple(sorted(posts)), week=week_of(on), reason=words.digest)
    command = Command(id=command_id, by=by, at=at)
    seen = asking.last_of_burden(by)
    return _record(fact, on=on, expected=seen, command=command, sealed=(words,))


def _record(
    fact: BurdenFact,
    *,
    on: date,
    expected: int,
    command: Command,
    sealed: tuple[SealedText, ...] = (),
) -> Entry[Any]:
    def decide(state: BurdenState) -> BurdenFact:
        law.check(state, fact, on)
        return fact

    change = Change(
        kind=BURDENS,
        thread=burden_of(command.by.district),
        decide=decide,
        on=on,
        expected=expected,
        texts=sealed,
    )
    return record(change, command=command)[0]
