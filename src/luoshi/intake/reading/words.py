"""The words of what was read: kinds, forces, gaps, what became of a promise and why."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.base.wording import amount_in_text
from luoshi.rules.reports.gaps import Gap
from luoshi.rules.reports.linking import Outcome, Reason, Scope
from luoshi.rules.reports.statements import Force, Kind, Statement

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: Mapping[Kind, "StrOrPromise"] = {
    Kind.TARGET: pgettext_lazy("statement", "Target"),
    Kind.RESULT: pgettext_lazy("statement", "Result"),
    Kind.BASELINE: pgettext_lazy("statement", "Stock"),
    Kind.MECHANISM: pgettext_lazy("statement", "Way of working"),
}
FORCES: Mapping[Force, "StrOrPromise"] = {
    Force.HARD: pgettext_lazy("statement", "firm"),
    Force.STRETCH: pgettext_lazy("statement", "striven for"),
}
GAPS: Mapping[Gap, "StrOrPromise"] = {
    Gap.OWNER: pgettext_lazy("gap", "No responsible unit"),
    Gap.DAY: pgettext_lazy("gap", "No day"),
    Gap.DAY_INFERRED: pgettext_lazy("gap", "Day inferred"),
    Gap.UNIT: pgettext_lazy("gap", "No unit of measure"),
    Gap.MEASURE: pgettext_lazy("gap", "Not measurable"),
}
OUTCOMES: Mapping[Outcome, "StrOrPromise"] = {
    Outcome.KEPT: pgettext_lazy("promise", "Kept"),
    Outcome.BEHIND: pgettext_lazy("promise", "Behind"),
    Outcome.UNDER_WAY: pgettext_lazy("promise", "Under way"),
    Outcome.TOLD: pgettext_lazy("promise", "Told without a figure"),
    Outcome.SILENT: pgettext_lazy("promise", "Silent"),
    Outcome.OPEN: pgettext_lazy("promise", "Not due yet"),
}
SCOPES: Mapping[Scope, "StrOrPromise"] = {
    Scope.SAME: pgettext_lazy("promise", "same scope"),
    Scope.OTHER: pgettext_lazy("promise", "other scope"),
}
REASONS: Mapping[str, "StrOrPromise"] = {
    "same_subject": _("same subject: %(shared)s"),
    "same_work": _("same work: %(name)s"),
    "same_unit": _("same unit: %(unit)s"),
    "period": _("promised for %(promised)s, reported for %(reported)s"),
    "other_scope": _("another scope: %(words)s"),
}
"""Why a report is held to answer a promise, by the codes of ``rules.reports.linking``."""

COMPARED: Mapping[str, str] = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}


def reason_in_text(reason: Reason) -> str:
    """Return one reason of an answer as words."""
    return str(REASONS[reason.code]) % dict(reason.facts)


def value_in_text(one: Statement) -> str:
    """Return number and unit with the sign of how they are meant: ≥ 120 家, 3–5 个."""
    if one.value is None:
        return ""
    sign = COMPARED.get(one.comparator or "", "")
    until = "" if one.value_max is None else f"–{amount_in_text(one.value_max)}"
    growth = "↗ " if one.growth else ""
    return f"{growth}{sign}{amount_in_text(one.value)}{until} {one.unit or ''}".strip()


def gaps_in_text(gaps: tuple[Gap, ...]) -> str:
    """Return what a statement leaves open, as words."""
    return "、".join(str(GAPS[gap]) for gap in gaps)
