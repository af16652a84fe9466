"""The thresholds of the four colours as dated data; no other file holds a number of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.rules.colour.facts import Level
from luoshi.rules.refusals import Refusal

READER = 1
"""The version of this code: it reads the rule sets that name it."""

LATEST_DUE_DAY = 28  # every month has it


class RuleNeedsAnotherReader(Refusal):
    """The rule set names another version of the code; facts: ``code``, ``reader``."""

    code = "rule_needs_another_reader"


class ColourRuleUnsound(Refusal):
    """A rule set that cannot be applied; facts: ``code``, ``field``."""

    code = "colour_rule_unsound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A level of the schedule test from the share ``at_least`` on; 1 is on schedule."""

    level: Level
    at_least: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourRule:
    """A version of a rule set, in force between two days (both included; None: open).

    ``bands`` go from the best level to the worst; a share below all of them has the worst level.
    Milestone limits are calendar days, start limits month ends without a start,
    ``answer_working_days`` the confirmer's working days.
    """

    code: str
    version: int
    reader: int
    in_force_from: date
    in_force_to: date | None
    document: str
    report_due_day: int
    bands: tuple[Band, ...]
    soon_days: int
    late_blue_days: int
    late_yellow_days: int
    start_yellow_month_ends: int
    start_red_month_ends: int
    two_yellow_month_ends: bool
    answer_working_days: int

    def __post_init__(self) -> None:
        """Refuse thresholds that contradict each other. Raises ColourRuleUnsound."""
        shares = [band.at_least for band in self.bands]
        levels = [band.level.severity for band in self.bands]
        sound = {
            "report_due_day": 1 <= self.report_due_day <= LATEST_DUE_DAY,
            "bands": levels[:1] == [Level.GREEN.severity]
            and levels == sorted(set(levels))
            and shares == sorted(set(shares), reverse=True),
            "soon_days": self.soon_days >= 0,
            "late_yellow_days": 0 <= self.late_blue_days <= self.late_yellow_days,
            "start_red_month_ends": 1 <= self.start_yellow_month_ends <= self.start_red_month_ends,
            "answer_working_days": self.answer_working_days >= 0,
        }
        for name, holds in sound.items():
            if not holds:
                raise ColourRuleUnsound(code=self.code, field=name)

    def check_reader(self) -> None:
        """Refuse a rule set that this code cannot read. Raises RuleNeedsAnotherReader."""
        if self.reader != READER:
            raise RuleNeedsAnotherReader(code=self.code, reader=self.reader)


ERQI_2017_D1 = ColourRule(
    code="ERQI-2017-D1",
    version=1,
    reader=1,
    in_force_from=date(2016, 1, 1),
    in_force_to=None,
    document="默认规则，尚无发文",  # ours: the sources name four colours, but no thresholds
    report_due_day=5,
    bands=(
        Band(level=Level.GREEN, at_least=Decimal("1.00")),
        Band(level=Level.BLUE, at_least=Decimal("0.90")),
        Band(level=Level.YELLOW, at_least=Decimal("0.70")),
        Band(level=Level.RED, at_least=Decimal(0)),
    ),
    soon_days=7,
    late_blue_days=7,
    late_yellow_days=15,
    start_yellow_month_ends=1,
    start_red_month_ends=3,
    two_yellow_month_ends=True,
    answer_working_days=5,
)
"""The default rule set (ours, editable), in full as the domain facts state it."""
