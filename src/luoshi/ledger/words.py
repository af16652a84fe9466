"""The ledger's words: colours, standings, kinds, fixes, and why a colour is as it is."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.rules.ledger import facts as f

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS = [
    ("project", gettext_lazy("Project")),
    ("programme", gettext_lazy("Programme")),
    ("indicator", gettext_lazy("Indicator")),
    ("task", gettext_lazy("Task")),
]
STAGES: Mapping[str, "StrOrPromise"] = {
    "reserve": pgettext_lazy("project", "In reserve"),
    "preparatory": pgettext_lazy("project", "Preparation"),
    "new_start": pgettext_lazy("project", "New start"),
    "continuing": pgettext_lazy("project", "Continuing"),
    "completed": pgettext_lazy("project", "Completed"),
}
SOURCE_KINDS = [
    ("document", gettext_lazy("Document")),
    ("leader_note", gettext_lazy("Leader's note")),
    ("meeting", gettext_lazy("Meeting")),
    ("upper_list", gettext_lazy("Upper-level list")),
    ("other", gettext_lazy("Other source")),
]
COMPARATORS = [
    (">=", gettext_lazy("at least")),
    ("=", gettext_lazy("exactly")),
    (">", gettext_lazy("more than")),
    ("<=", gettext_lazy("at most")),
    ("<", gettext_lazy("less than")),
    ("~", gettext_lazy("about")),
]
COLOURS: Mapping[str, "StrOrPromise"] = {
    "red": gettext_lazy("Red"),
    "yellow": gettext_lazy("Yellow"),
    "blue": gettext_lazy("Blue"),
    "green": gettext_lazy("Green"),
    "unreported": gettext_lazy("Unreported"),
    "suspended": gettext_lazy("Suspended"),
    "ungraded": gettext_lazy("Not graded"),
    "closed": gettext_lazy("Closed"),
}
STANDINGS: Mapping[str, "StrOrPromise"] = {
    "draft": gettext_lazy("Draft"),
    "incomplete": gettext_lazy("Fixes incomplete"),
    "assigned": gettext_lazy("Assigned"),
    "accepted": gettext_lazy("Accepted"),
    "verified": gettext_lazy("Verified"),
    "closed": gettext_lazy("Closed out"),
    "abolished": gettext_lazy("Abolished"),
}
FIXES: Mapping[str, "StrOrPromise"] = {
    "responsibility": gettext_lazy("Responsibility"),
    "target": gettext_lazy("Target"),
    "milestones": gettext_lazy("Milestones"),
}
GOAL_KINDS: Mapping[str, "StrOrPromise"] = {
    "goal": gettext_lazy("Goal"),
    "pillar": gettext_lazy("Pillar"),
    "campaign": gettext_lazy("Campaign"),
    "line_of_effort": gettext_lazy("Line of effort"),
    "board": gettext_lazy("Core board"),
}
TESTS: Mapping[str, "StrOrPromise"] = {
    "schedule": gettext_lazy("Progress against plan"),
    "milestone": gettext_lazy("Milestones"),
    "start": gettext_lazy("Start"),
}


def reason_sentence(code: str, level: str, facts: Mapping[str, Any]) -> str:
    """Return the sentence of one test that fed a colour."""
    colour = COLOURS[level]
    if code == "schedule":
        return _schedule_sentence(colour, facts)
    if code == "milestone":
        return _milestone_sentence(colour, facts)
    if facts["started"]:
        return _("%(colour)s: the works have started.") % {"colour": colour}
    return _("%(colour)s: planned to start on %(day)s, not started at %(n)s month ends.") % {
        "colour": colour,
        "day": day_in_text(facts["planned_start"]),
        "n": facts["month_ends_missed"],
    }


def _schedule_sentence(colour: "StrOrPromise", facts: Mapping[str, Any]) -> str:
    words = {
        "colour": colour,
        "day": day_in_text(facts["month_end"]),
        "achieved": amount_in_text(facts["achieved"]),
        "planned": amount_in_text(rounded(facts["planned"], "0.1")),
        "share": rounded(facts["share"], "0.001"),
        "measured": day_in_text(facts["measured_on"]),
    }
    sentence = _(
        "%(colour)s: %(achieved)s done against %(planned)s planned by %(day)s, "
        "ratio %(share)s (measured %(measured)s)."
    )
    told = sentence % words
    if facts["start_inferred"] and facts["start"]:
        told += _(" The start on %(day)s is inferred.") % {"day": day_in_text(facts["start"])}
    return told


def _milestone_sentence(colour: "StrOrPromise", facts: Mapping[str, Any]) -> str:
    words = {"colour": colour, "day": day_in_text(facts["due"]), "n": abs(facts["days_late"])}
    if facts["done_on"] is not None:
        return _("%(colour)s: every milestone due is reached.") % words
    if facts["days_late"] > 0:
        return _("%(colour)s: the milestone of %(day)s is %(n)s days late.") % words
    return _("%(colour)s: the next milestone is due on %(day)s, in %(n)s days.") % words


def improvement_sentence(code: str, facts: Mapping[str, Any], *, unit: str) -> str:
    """Return the sentence of the nearest change that would improve a colour."""
    if code == "report":
        return _("Report for the month that ended on %(day)s.") % {
            "day": day_in_text(facts["period"])
        }
    if code == "schedule":
        return _("%(amount)s %(unit)s by %(day)s would be %(colour)s: %(more)s more.") % {
            "amount": amount_in_text(facts["amount"]),
            "unit": unit,
            "day": day_in_text(facts["month_end"]),
            "colour": COLOURS[str(facts["level"])],
            "more": amount_in_text(facts["difference"]),
        }
    if code == "milestone":
        return _("Reach the milestone of %(day)s.") % {"day": day_in_text(facts["due"])}
    return _("Start the works planned for %(day)s.") % {"day": day_in_text(facts["planned_start"])}


STEPS_INSIDE: Mapping[type, "StrOrPromise"] = {
    f.SubmissionReviewed: gettext_lazy("reviewed"),
    f.SubmissionSentBack: gettext_lazy("sent back"),
    f.ProgressReported: gettext_lazy("let out"),
    f.ChangeRequested: gettext_lazy("let out"),
}
"""What was done inside a unit, told after the post that did it."""


def rounded(ratio: Fraction | None, quantum: str) -> Decimal | None:
    """Return a ratio rounded half up for reading; judging never rounds."""
    if ratio is None:
        return None
    exact = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return exact.quantize(Decimal(quantum), rounding=ROUND_HALF_UP)


def unreported_sentence(period: date | None) -> str:
    """Return the sentence of a missing report."""
    return _("No report for the month that ended on %(day)s.") % {"day": day_in_text(period)}


def stage_in_text(stage: str, *, listed: bool) -> str:
    """Return the stage of a project in words, marked where it is as a list has it (据清单)."""
    return _("%(stage)s (as listed)") % {"stage": STAGES[stage]} if listed else str(STAGES[stage])


SIGNS = {">=": "≥", "<=": "≤", "~": "约", ">": ">", "<": "<"}


def target_in_text(comparator: str, quantity: Decimal | None, unit: str) -> str:
    """Return a target as tables show it: ≥400亿元."""
    if quantity is None:
        return ""
    sign = SIGNS.get(comparator, "")
    return f"{sign}{amount_in_text(quantity)} {unit}".strip()
