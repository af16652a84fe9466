"""Why a report, or an act of its review, is not taken: what happened, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence, day_in_text
from luoshi.intake.words import STATEMENT_STATES


def _changed(facts: Mapping[str, Any]) -> str:
    """Return the sentence of what became of a statement meanwhile."""
    if facts["is_own"]:
        return _(
            "In another window of yours statement %(number)s became «%(state)s» at %(at)s; this "
            "press was not carried out. The card shows how it stands now."
        )
    return _(
        "%(post)s has decided statement %(number)s at %(at)s: «%(state)s». This press was not "
        "carried out. The card shows how it stands now."
    )


def _moved(facts: Mapping[str, Any]) -> str:
    """Return the sentence of a review that went on meanwhile."""
    if facts["is_own"]:
        return _(
            "Another window of yours has changed this review meanwhile, last at %(at)s "
            "(statements: %(count)s). The page shows them now: look, and press again."
        )
    return _(
        "%(post)s has changed this review meanwhile, last at %(at)s (statements: %(count)s). "
        "Nothing of yours was done. The page shows them now: look, and press again."
    )


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of what another did, in words."""
    at = facts.get("at")
    return {
        **facts,
        "post": facts["post"] or _("Somebody else"),
        "at": f"{timezone.localtime(at):%H:%M}" if at else "–",
        "state": STATEMENT_STATES.get(facts.get("state", ""), ""),
    }


REPORTS: dict[str, Sentence] = {
    "report_day_missing": lambda _f: _(
        "The text does not say when the report was given. Write the day it was given."
    ),
    "nothing_stated": lambda f: (
        _("%(name)s holds no figure and no promise that could be followed. Check the file.") % f
    ),
    "report_in_ledger": lambda f: (
        _(
            "Something of «%(title)s» is in the ledger. Withdraw it there with a reason: the page "
            "says first what is taken back and what stands."
        )
        % f
    ),
    "statement_settled": lambda f: (
        _("Statement %(number)s is in the ledger or was joined to another. Change its matter.") % f
    ),
    "statement_changed": lambda f: _changed(f) % _told(f),
    "review_moved": lambda f: _moved(f) % _told(f),
    "report_withdrawn": lambda f: (
        _("«%(title)s» was withdrawn. Hand it in once more to take it up again.") % f
    ),
    "text_not_supplied": lambda f: (
        _("The text of «%(title)s» was removed. Hand it in again with the right day and year.") % f
    ),
    "report_twice": lambda f: (
        _("The same text was handed in on %(on)s as «%(title)s». Go on with it in the list below.")
        % {"title": f["title"], "on": day_in_text(f["on"])}
    ),
    "report_secret": lambda f: (
        _(
            "The text is marked «%(word)s»: secret papers must not be handed in here. "
            "Handle it in the classified system."
        )
        % f
    ),
    "quote_not_found": lambda _f: _(
        "These words do not stand so in the report. Copy them from its text."
    ),
    "nothing_to_undo": lambda _f: _("No act of this review is left to undo."),
    "cannot_split_here": lambda _f: _(
        "Say where it is to be parted: put the cursor between two characters of the quote."
    ),
    "no_next_statement": lambda _f: _("No open statement follows that could be joined."),
    "value_unclear": lambda f: (
        _("«%(text)s» cannot be taken here. Write it as the field asks.") % f
    ),
}
"""The refusals of reports."""
