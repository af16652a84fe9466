"""One matter of a list in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from luoshi.base.wording import amount_in_text
from luoshi.ledger import money, words
from luoshi.ledger.board import BoardRow, percent_of
from luoshi.ledger.listing import improvements, reasons
from luoshi.ledger.views.shown import Shown
from luoshi.organisation.queries import UnitOn, names_of

if TYPE_CHECKING:  # a door only names the type: it reads by queries
    from luoshi.ledger.models import MatterSpell

WHOLE, NOTHING, TENTH = Decimal(100), Decimal(0), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Line:
    """One matter as the table shows it, in words; ``done`` and ``plan`` are percents of the bar."""

    id: UUID
    code: str
    title: str
    unit: str
    target: str
    achieved: str
    submitted: str
    percent: str
    done: Decimal
    plan: Decimal | None
    due: str
    is_late: bool
    colour: str
    marks: tuple[str, ...]
    reasons: tuple[str, ...]
    improvements: tuple[str, ...]


def line_of(row: BoardRow, shown: Shown, units: list[UnitOn]) -> Line:
    """Return a row of the board in words, amounts in the unit they were written in."""
    return line_in(row, shown, names_of(units), "")


def line_in(row: BoardRow, shown: Shown, units: Mapping[UUID, str], money_unit: str) -> Line:
    """Return a row in words, money in the unit chosen (none: as it was written)."""
    spell = row.spell
    percent = percent_of(spell.achieved, spell.quantity)
    return Line(
        id=spell.thread,
        code=spell.code,
        title=spell.title,
        unit=units.get(spell.lead_unit, "") if spell.lead_unit else "",
        target=_target(spell, money_unit),
        achieved=_amount(spell.achieved, spell.unit, money_unit),
        submitted=_amount(spell.submitted, spell.unit, money_unit),
        percent=f"{percent}%" if percent is not None else "",
        done=min(WHOLE, percent or NOTHING),
        plan=_planned_percent(row, spell.quantity),
        due=spell.due.isoformat() if spell.due else "",
        is_late=bool(
            spell.due
            and spell.due < shown.day
            and spell.achieved is not None
            and spell.standing != "closed"
            and not spell.is_awaiting
        ),
        colour=spell.colour,
        marks=tuple(_marks(spell)),
        reasons=tuple(str(reason["sentence"]) for reason in reasons(row)),
        improvements=tuple(improvements(row)),
    )


def _target(spell: "MatterSpell", money_unit: str) -> str:
    """Return a target with its sign and unit: ≥ 400.00 万元."""
    if spell.quantity is None or not money_unit:
        return words.target_in_text(spell.comparator, spell.quantity, spell.unit)
    unit = money.shown_unit(spell.unit, money_unit)
    sign = words.SIGNS.get(spell.comparator, "")
    return f"{sign}{_amount(spell.quantity, spell.unit, money_unit)} {unit}".strip()


def _amount(amount: Decimal | None, unit: str, money_unit: str) -> str:
    if amount is None:
        return ""
    if not money_unit:
        return amount_in_text(amount)
    shown = money.shown_amount(amount, unit, money_unit)
    return money.in_text(shown, money.shown_unit(unit, money_unit))


def _planned_percent(row: BoardRow, quantity: Decimal | None) -> Decimal | None:
    """Return where the plan stands on the bar, None without a plan that has begun."""
    planned = row.verdict.planned if row.verdict else None
    if planned is None or not quantity:
        return None
    return min(
        WHOLE, (Decimal(planned.numerator) / planned.denominator * 100 / quantity).quantize(TENTH)
    )


def _marks(spell: "MatterSpell") -> Iterator[str]:
    """Yield what is to be known beside the colour."""
    if spell.is_unreported and spell.colour != "unreported":
        yield "unreported"
    if spell.is_awaiting:
        yield "awaiting"
    if spell.submitted is not None:
        yield "late_answer" if spell.is_answer_late else "submitted"
    if spell.missing:
        yield "incomplete"
