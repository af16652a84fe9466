"""The words of the review: kinds, states, gaps, reasons of proposals, what keeps one back."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.intake.reading import words as reading
from luoshi.intake.words import STATEMENT_STATES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Words = Mapping[str, "StrOrPromise"]

KINDS: Words = {kind.value: said for kind, said in reading.KINDS.items()}
SHAPES: Mapping[str, str] = {"target": "▶", "result": "✓", "baseline": "■", "mechanism": "◇"}
"""A kind is told by shape and word, never by colour alone."""

STATES: Words = STATEMENT_STATES
DOCUMENT_STATES: Words = {
    "review": pgettext_lazy("report handed in", "In review"),
    "written": pgettext_lazy("report handed in", "In the ledger"),
    "withdrawn": pgettext_lazy("report handed in", "Withdrawn"),
}
FILTERS: Words = {
    "": pgettext_lazy("statements", "All"),
    "open": pgettext_lazy("statements", "To review"),
    "gaps": pgettext_lazy("statements", "With gaps"),
    "target": pgettext_lazy("statements", "Targets"),
    "result": pgettext_lazy("statements", "Results"),
    "baseline": pgettext_lazy("statements", "Stock"),
    "mechanism": pgettext_lazy("statements", "Ways of working"),
    "accepted": pgettext_lazy("statements", "Accepted"),
    "dropped": pgettext_lazy("statements", "Left out"),
    "written": pgettext_lazy("statements", "In the ledger"),
    "withdrawn": pgettext_lazy("statements", "Taken back"),
}
GAPS: Words = {gap.value: said for gap, said in reading.GAPS.items()}
BECAUSE: Words = {
    "stated": _("named in the sentence as the one that acts"),
    "named": _("its name stands beside it"),
    "last_year": _("leads the matter alike"),
    "duty": _("its name says this field"),
}
KEPT: Words = {
    "undecided": _("May be a matter of the ledger already: say which, or that it is new."),
    "no_matter": _("Say which matter this result answers: mend it and write the matter's code."),
    "other_unit": _("The matter is measured in another unit: mend value and unit first."),
    "stands": _("Stands in the ledger: others recorded something on it before the withdrawal."),
}
"""Why an accepted statement did not enter, beside the ledger's own refusals."""

COMPARATORS: Words = {
    "": "–",
    "=": _("equal to"),
    ">=": _("not less than"),
    "<=": _("not more than"),
    ">": _("more than"),
    "<": _("less than"),
    "~": _("about"),
}
OUTCOMES: Words = {outcome.value: said for outcome, said in reading.OUTCOMES.items()}
OUTCOME_REASONS: Words = {
    "kept": _("A figure of the same subject and unit reaches what was promised."),
    "behind": _("The whole period was reported, with less than was promised."),
    "under_way": _("A part of the period was reported."),
    "told": _("Reported without a figure, or counted on another scope."),
    "silent": _("A later report speaks of the period and does not name it."),
    "open": _("No later report speaks of the period yet."),
}
LINK_REASONS: Words = reading.REASONS
"""Why a report answers a promise, by the codes of rules.reports.linking."""
