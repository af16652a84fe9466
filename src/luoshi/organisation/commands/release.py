"""How a unit lets out what it submits: set by the unit itself, or by the office."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.base.journal import Actor
from luoshi.organisation import verbs
from luoshi.organisation.commands.recording import Written, record_all
from luoshi.organisation.commands.units import what_stands_against
from luoshi.organisation.projection import UNITS
from luoshi.rules.journal import Entry
from luoshi.rules.release import ReleaseSet


def set_release(
    *,
    unit_id: UUID,
    reviewers: Sequence[UUID],
    head: UUID | None,
    on_paper: bool,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Set through which posts a unit's submissions go, from a day on; none: out at once.

    What waits goes on as it was when it was submitted. Raises NotAllowed outside the unit's head
    and administrator and the office, PostNotOfUnit, SamePostTwice, PaperNeedsHead.
    """
    way = ReleaseSet(reviewers=tuple(reviewers), head=head, on_paper=on_paper)
    permit = what_stands_against(by, unit_id, way, on=on)
    written = Written(kind=UNITS, thread=unit_id, fact=way, expected=expected, permit=permit)
    return record_all(
        written,
        verb=verbs.set_release,
        of=frozenset({unit_id}),
        on=on,
        command_id=command_id,
        by=by,
        at=at,
    )[0]
