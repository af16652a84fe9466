"""Lists typed one a line: targets, milestones, points of a plan, parts."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luoshi.base.wording import sentence_for
from luoshi.rules.amounts import exact
from luoshi.rules.colour import Comparator
from luoshi.rules.days import parse_day
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.refusals import Refusal


def lines_of(text: str) -> list[str]:
    """Return the lines typed, without blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


_TARGET_LINE = re.compile(r"(.+?)\s*(>=|<=|=|>|<|~)\s*([\d.,]+)\s*(\S+)")


def target_of(line: str, number: int) -> f.Target:
    """Return the target of a line; ``number`` makes its key. Raises ValidationError."""
    found = _TARGET_LINE.fullmatch(line)
    if found is None:
        raise ValidationError(
            _("Line %(number)s is not understood: «%(line)s». Write it as 开工 >= 43 个.")
            % {"number": number - 1, "line": line}
        )
    subject, comparator, quantity, unit = found.groups()
    return f.Target(
        key=f"target-{number}",
        subject=subject,
        quantity=exact(Decimal(quantity.replace(",", ""))),
        unit=unit,
        comparator=Comparator(comparator),
    )


def milestone_lines(steps: Iterable[f.Milestone]) -> str:
    """Return milestones as the form takes them."""
    return "\n".join(
        " ".join(filter(None, (str(s.due), s.title, str(s.weight or "")))) for s in steps
    )


_STEP_LINE = re.compile(r"(\S+)\s+(.+?)(?:\s+([\d.]+))?")


def milestones_of(text: str, state: MatterState) -> tuple[f.Milestone, ...]:
    """Return the milestones typed.

    One that keeps its title keeps its key, so what was reached stays reached.
    """
    keys = {step.title: step.key for step in state.plan.milestones} if state.plan else {}
    found = []
    for number, line in enumerate(lines_of(text), start=1):
        parts = _STEP_LINE.fullmatch(line)
        if parts is None:
            raise ValidationError(
                _("Line %(number)s needs a day and a title: «%(line)s».")
                % {"number": number, "line": line}
            )
        weight = amount_in_line(parts[3], number) if parts[3] else None
        key = keys.get(parts[2]) or f"m-{uuid4().hex[:8]}"
        found.append(
            f.Milestone(key=key, title=parts[2], due=day_in_line(parts[1], number), weight=weight)
        )
    return tuple(found)


def day_in_line(text: str, number: int) -> date:
    """Return the day in a line, its year written out. Raises ValidationError with the line."""
    try:
        return parse_day(text, year=date.max.year)
    except Refusal as refusal:
        words = _("Line %(number)s: %(sentence)s") % {
            "number": number,
            "sentence": sentence_for(refusal),
        }
        raise ValidationError(words) from refusal


def amount_in_line(text: str, number: int) -> Decimal:
    """Return the exact amount in a line. Raises ValidationError with the line's number."""
    try:
        return exact(Decimal(text.replace(",", "").strip()))
    except (ArithmeticError, Refusal) as cause:
        words = _("Line %(number)s: «%(text)s» is no amount.") % {"number": number, "text": text}
        raise ValidationError(words) from cause
