"""What the shown colour remembers from one day to the next.

Readings of the rule set:

- The shown colour worsens at once; on the last day of a month it improves one step towards the
  level.
- Two yellow month ends running without a better r are red; it stays red until at a month end r is
  better than at the one before, or the level is no longer yellow.
- A level may not worsen where the matter is 待核 or verified (it keeps the best it had) or exempt
  (it may return to what it was when the exemption began). A month end in such a time, or without a
  level, is not a yellow one.
- After a suspension, and after a time without any level, the shown colour goes on from where it
  stood. A suspension ends an exemption's comparison; one that still runs begins anew from the last
  level.
"""

from datetime import date

from luoshi.rules.colour.facts import Colour, ColourFacts, Level, Measurement
from luoshi.rules.colour.reading import Reading
from luoshi.rules.colour.reports import colour_of
from luoshi.rules.colour.rule import ColourRule
from luoshi.rules.colour.schedule import Ratio, is_better

Seen = tuple[Level | None, Colour, Colour | None, bool, bool, Measurement | None]
"""What is seen on a day: the columns of a spell after its days."""

Stand = tuple[Level | None, bool, bool, Ratio | None]
"""The shown level, if two yellow month ends made it red, if the last was yellow, and its r."""


class Memory:
    """The level held, the shown one, and what the last month end left behind."""

    __slots__ = (
        "_cap",
        "_colour",
        "_escalated",
        "_exempt",
        "_frozen",
        "_held",
        "_level",
        "_rule",
        "_share",
        "_shown",
        "_was_yellow",
    )

    def __init__(self, rule: ColourRule) -> None:
        """Begin without any memory."""
        self._rule = rule
        self._level: Level | None = None  # the level of the day
        self._held: Level | None = None  # the last level there was
        self._shown: Level | None = None
        self._colour: Colour | None = None  # the last one of a graded day
        self._exempt = False
        self._cap: Level | None = None  # the level when the exemption began
        self._frozen = False
        self._was_yellow = False  # at the last month end
        self._share: Ratio | None = None  # r at the last month end
        self._escalated = False

    def copy(self) -> "Memory":
        """Return a memory that goes on by itself from here."""
        other: Memory = Memory.__new__(Memory)
        other._rule, other._level = self._rule, self._level
        other._held, other._shown = self._held, self._shown
        other._colour, other._exempt, other._cap = self._colour, self._exempt, self._cap
        other._frozen, other._was_yellow = self._frozen, self._was_yellow
        other._share, other._escalated = self._share, self._escalated
        return other

    @property
    def stand(self) -> Stand:
        """What a month end leaves; what one leaves unchanged, so will all under one reading."""
        return self._shown, self._escalated, self._was_yellow, self._share

    def take(self, reading: Reading, day: date) -> None:
        """Take a day's reading: hold the level if it is frozen; let the shown one worsen."""
        facts = reading.facts
        keeps = reading.awaiting or facts.verified
        exempt = facts.exempt_until is not None and day <= facts.exempt_until
        if exempt and not self._exempt:
            self._cap = self._held
        self._exempt, self._frozen = exempt, keeps or exempt
        level = reading.level
        if level is not None:
            if self._frozen:
                level = self._not_worse(level, keeps=keeps)
            self._held = level
            if self._shown is None or level.severity > self._shown.severity:
                self._shown = level
        self._level = level

    def _not_worse(self, level: Level, *, keeps: bool) -> Level:
        """Return the level held back to what it was, or to the first of a frozen time."""
        if keeps and self._held is not None:
            level = min(level, self._held)
        if self._exempt:
            self._cap = level if self._cap is None else self._cap
            level = min(level, self._cap)
        return level

    def turn_month(self, reading: Reading) -> None:
        """Turn the month after its last day was taken: two yellow ends, one step better."""
        level, share = self._level, reading.share
        yellow = level is Level.YELLOW
        if not yellow:
            self._escalated = False
        elif self._escalated or (
            self._rule.two_yellow_month_ends and self._was_yellow and not self._frozen
        ):
            self._escalated = not is_better(share, self._share)
        self._was_yellow = yellow and not self._frozen
        self._share = share
        if level is not None and self._shown is not None:
            self._shown = _one_step(self._shown, Level.RED if self._escalated else level)

    def rest(self, *, month_end_passes: bool) -> None:
        """Rest while suspended or closed: the shown colour stays, comparisons begin anew."""
        self._exempt, self._cap, self._frozen = False, None, False
        if month_end_passes:
            self._escalated = self._was_yellow = False

    def is_at_worst(self, reading: Reading) -> bool:
        """Say whether nothing of what is seen can get worse.

        It is red or there is nothing to test, and its silence is told or will never be.
        """
        facts = reading.facts
        if not (reading.unreported or reading.awaiting or facts.verified):
            return False
        if self._level is None:
            return not (facts.measured or facts.milestones or facts.planned_start)
        return self._level is Level.RED and self._shown is Level.RED

    def seen(self, reading: Reading) -> Seen:
        """Return what is seen of a graded day."""
        level, unreported = self._level, reading.unreported
        colour = self._colour = colour_of(level, self._shown, unreported=unreported)
        return level, colour, None, unreported, reading.awaiting, reading.counted

    def seen_at_rest(self, facts: ColourFacts) -> Seen:
        """Return what is seen of a suspended or closed matter."""
        if facts.closed:
            return None, Colour.CLOSED, None, False, False, None
        return None, Colour.SUSPENDED, self._colour, False, False, None


def _one_step(shown: Level, target: Level) -> Level:
    """Return the shown level after a month end: worse at once, better by one step."""
    if target.severity >= shown.severity:
        return target
    return shown.one_step_better
