"""The four colours: a pure function of facts, day and a dated rule set.

``judge`` says the level of one day with its reasons; ``sweep`` tells the colours of all days to a
horizon.
"""

from luoshi.rules.colour.facts import (
    Colour,
    ColourFacts,
    Comparator,
    Level,
    Measurement,
    MilestoneFact,
    PlanPoint,
)
from luoshi.rules.colour.judge import TestResult, Verdict, judge
from luoshi.rules.colour.reasons import Improvement
from luoshi.rules.colour.rule import (
    ERQI_2017_D1,
    READER,
    Band,
    ColourRule,
    ColourRuleUnsound,
    RuleNeedsAnotherReader,
)
from luoshi.rules.colour.sweep import ColourSpell, Sweep, sweep

__all__ = [
    "ERQI_2017_D1",
    "READER",
    "Band",
    "Colour",
    "ColourFacts",
    "ColourRule",
    "ColourRuleUnsound",
    "ColourSpell",
    "Comparator",
    "Improvement",
    "Level",
    "Measurement",
    "MilestoneFact",
    "PlanPoint",
    "RuleNeedsAnotherReader",
    "Sweep",
    "TestResult",
    "Verdict",
    "judge",
    "sweep",
]
