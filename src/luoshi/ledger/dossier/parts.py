"""The parts of a whole: its own figure, the sum of the parts, the difference."""

from datetime import date
from decimal import Decimal

from luoshi.base.spells import on_day
from luoshi.ledger.dossier.lines import PartLine, Parts
from luoshi.ledger.models import MatterSpell
from luoshi.organisation.queries import Visitor
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import MatterState


def parts_of(visitor: Visitor, state: MatterState, day: date, known_at: int | None) -> Parts | None:
    """Return the parts of a whole with their sums; None where it has none."""
    if not state.parts:
        return None
    ids = [part.matter for part in state.parts]
    spells = MatterSpell.objects.filter(
        on_day(day, known_at=known_at), district=visitor.district, thread__in=ids
    )
    by_id = {spell.thread: spell for spell in spells}
    lines = tuple(
        _part_line(part, by_id[part.matter]) for part in state.parts if part.matter in by_id
    )
    whole = state.leading_target.quantity if state.leading_target else None
    total = sum((line.share for line in lines if line.share is not None), start=Decimal(0))
    return Parts(lines, whole, total, None if whole is None else whole - total)


def _part_line(part: f.Part, spell: MatterSpell) -> PartLine:
    return PartLine(
        id=part.matter,
        code=spell.code,
        title=spell.title,
        share=part.share,
        achieved=spell.achieved,
        colour=spell.colour,
        is_derived=part.derived,
        is_mandatory=part.mandatory,
        is_closed=spell.standing == "closed",
    )
