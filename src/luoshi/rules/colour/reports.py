"""未报 and 待核: what silence and an unverified end do to a colour."""

from datetime import date

from luoshi.rules.colour.facts import Colour, ColourFacts, Level


def period_due(facts: ColourFacts, month_end: date) -> date | None:
    """Return the end of the last month whose report was owed and has come due, if any.

    ``month_end`` is the one evaluated on the day. Reading: a month is a duty if it ends neither
    before the registration nor before the start.
    """
    if month_end < facts.registered_on or (facts.start is not None and month_end < facts.start):
        return None
    return month_end


def is_unreported(facts: ColourFacts, month_end: date) -> bool:
    """Say whether the last period due, by the evaluated month end, has no report."""
    period = period_due(facts, month_end)
    if period is None:
        return False
    until = facts.reported_until
    return until is None or (until.year, until.month) < (period.year, period.month)


def is_awaiting(facts: ColourFacts, *, reached: bool) -> bool:
    """Say whether the matter is 待核: reached, its parts complete, not yet verified."""
    return reached and facts.parts_complete and not facts.verified and facts.is_graded


def colour_of(level: Level | None, shown: Level | None, *, unreported: bool) -> Colour:
    """Return the colour of a graded day: 未报 stands for green, blue and no level at all."""
    if level is None or shown is None:
        return Colour.UNREPORTED if unreported else Colour.UNGRADED
    if unreported and shown.severity < Level.YELLOW.severity:
        return Colour.UNREPORTED
    return Colour.of(shown)
