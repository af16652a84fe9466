"""The rules of the colours as a director reads them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from luoshi.base.wording import amount_in_text
from luoshi.rules.colour import ColourRule
from luoshi.rules.colour.facts import Level

LEVELS = {
    Level.GREEN: gettext_lazy("green"),
    Level.BLUE: gettext_lazy("blue"),
    Level.YELLOW: gettext_lazy("yellow"),
    Level.RED: gettext_lazy("red"),
}
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """A rule set with each of its thresholds as label and sentence."""

    code: str
    version: int
    document: str
    since: date
    until: date | None
    lines: tuple[tuple[str, str], ...]


def rule_in_words(rule: ColourRule) -> RuleInWords:
    """Return a colour rule line by line."""
    lines = (
        (
            _("Achieved against planned"),
            pgettext("between bands", ", ").join(map(_band, rule.bands)),
        ),
        (_("Report due"), _("by day %(day)s of the month") % {"day": rule.report_due_day}),
        (_("Milestone or due day soon"), _days(_("blue within %(n)s days"), rule.soon_days)),
        (_("Milestone late"), _late(rule)),
        (_("Start late"), _start(rule)),
        (_("Yellow twice"), _twice(rule)),
        (_("Answer to a report"), _answer(rule.answer_working_days)),
    )  # fmt: skip
    return RuleInWords(
        rule.code, rule.version, rule.document, rule.in_force_from, rule.in_force_to, lines
    )


def _band(band: Any) -> str:
    if not band.at_least:
        return _("%(level)s below that") % {"level": LEVELS[band.level]}
    return _("%(level)s from %(share)s %%") % {
        "level": LEVELS[band.level],
        "share": amount_in_text(band.at_least * HUNDRED),
    }


def _days(text: str, days: int) -> str:
    return text % {"n": days}


def _late(rule: ColourRule) -> str:
    return _("blue up to %(blue)s days, yellow up to %(yellow)s, then red") % {
        "blue": rule.late_blue_days,
        "yellow": rule.late_yellow_days,
    }


def _start(rule: ColourRule) -> str:
    return _("yellow after %(yellow)s month ends without a start, red after %(red)s") % {
        "yellow": rule.start_yellow_month_ends,
        "red": rule.start_red_month_ends,
    }


def _twice(rule: ColourRule) -> str:
    if rule.two_yellow_month_ends:
        return _("red after two month ends without a better share")
    return _("stays yellow")


def _answer(days: int) -> str:
    return ngettext("within %(n)s working day", "within %(n)s working days", days) % {"n": days}
