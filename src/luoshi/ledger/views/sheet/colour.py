"""The colour of a matter on a day: its tests in words, and what would improve it."""

from typing import Any

from django.utils.translation import gettext as _

from luoshi.ledger import words
from luoshi.ledger.dossier import Dossier
from luoshi.ledger.listing import improvements, reasons
from luoshi.ledger.views.shown import Shown


def verdict(found: Dossier, shown: Shown) -> dict[str, Any]:
    """Return why a matter has its colour: the sentence, the tests, the rule they were judged by."""
    row = found.row
    if row is None or row.verdict is None:
        return {
            "sentence": _("A draft has no colour."),
            "tests": [],
            "day": shown.day,
            "rule": "",
            "document": "",
        }
    rule = shown.around.rule_on(row.spell.from_day)
    tests = [
        {
            "colour": one["level"] or "unreported",
            "name": words.TESTS.get(one["test"], _("Report")),
            "sentence": one["sentence"],
        }
        for one in reasons(row)
    ]
    return {
        "sentence": _level_sentence(row.spell.level, row.spell.colour, row.spell.last_colour),
        "tests": tests,
        "facts": [],
        "improvement": " ".join(improvements(row)),
        "rule": rule.code,
        "document": rule.document,
        "day": shown.day,
    }


def _level_sentence(level: str, colour: str, last: str) -> str:
    """Return how the colour shown comes from the level of the day."""
    told = words.COLOURS.get(level)
    if colour == "suspended":
        before = words.COLOURS.get(last, _("none"))
        return _("The matter rests; its colour before was %(colour)s.") % {"colour": before}
    if told is None:
        return _("No test has data yet.")
    if level != colour and colour in {"red", "yellow", "blue", "green"}:
        return _("The level is %(level)s; the colour shown improves one step a month.") % {
            "level": told
        }
    return _("The level is %(level)s: the worst test that has data.") % {"level": told}
