"""A matter as a list gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.base.api.plain import amount
from luoshi.ledger import listing
from luoshi.ledger.board import BoardRow, percent_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One test that fed a colour: its facts, and its sentence."""

    test: str
    level: str | None
    facts: dict[str, Any]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterLine:
    """A matter on a day; amounts are in the target's unit, ``percent`` of the target."""

    id: UUID
    code: str
    title: str
    kind: str
    standing: str
    stage: str
    area: str
    sources: list[str]
    goals: list[UUID]
    lead_unit: UUID | None
    lead_unit_name: str | None
    responsible_post: UUID | None
    sponsoring_post: UUID | None
    comparator: str | None
    quantity: str | None
    quantity_unit: str | None
    achieved: str | None
    measured_on: date | None
    submitted: str | None
    percent: str | None
    start: date | None
    due: date | None
    colour: str
    level: str | None
    last_colour: str | None
    is_unreported: bool
    is_awaiting: bool
    missing: list[str]
    reasons: list[Reason]
    improvement: list[str]


def line_of(row: BoardRow, units: Mapping[UUID, str]) -> MatterLine:
    """Return a row of the board as a list gives it."""
    spell = row.spell
    has_target = spell.quantity is not None
    return MatterLine(
        id=spell.thread,
        code=spell.code,
        title=spell.title,
        kind=spell.kind,
        standing=spell.standing,
        stage=spell.stage,
        area=spell.area,
        sources=spell.sources.split(),
        goals=list(row.goals),
        lead_unit=spell.lead_unit,
        lead_unit_name=units.get(spell.lead_unit) if spell.lead_unit else None,
        responsible_post=spell.responsible_post,
        sponsoring_post=spell.sponsoring_post,
        comparator=spell.comparator if has_target else None,
        quantity=amount(spell.quantity),
        quantity_unit=spell.unit if has_target else None,
        achieved=amount(spell.achieved),
        measured_on=spell.measured_on,
        submitted=amount(spell.submitted),
        percent=amount(percent_of(spell.achieved, spell.quantity)),
        start=spell.start,
        due=spell.due,
        colour=spell.colour,
        level=spell.level or None,
        last_colour=spell.last_colour or None,
        is_unreported=spell.is_unreported,
        is_awaiting=spell.is_awaiting,
        missing=spell.missing.split(),
        reasons=[Reason(**each) for each in listing.reasons(row)],
        improvement=listing.improvements(row),
    )
