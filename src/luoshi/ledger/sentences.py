"""The ledger's refusals in words: what is the matter, and what to do."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.wording import Sentence, day_in_text
from luoshi.ledger.words import FIXES
from luoshi.rules.ledger.submissions import Outcome


def _listed(fixes: Iterable[str]) -> str:
    return _(", ").join(str(FIXES[fix]) for fix in fixes)


def _targets(facts: Mapping[str, Any]) -> str:
    words = {
        "one_leads": _("Exactly one target leads. Mark which one the board shall show."),
        "keys_differ": _("Two targets have the same key. Give each its own."),
        "unit_missing": _("Say in which unit each target is counted."),
    }
    return words[facts["why"]]


def _outside(facts: Mapping[str, Any]) -> str:
    return _(
        "The milestone «%(title)s» on %(day)s lies outside %(start)s to %(due)s. "
        "Move it, or ask for another due day."
    ) % {
        "title": facts["title"],
        "day": day_in_text(facts["day"]),
        "start": day_in_text(facts["start"]),
        "due": day_in_text(facts["due"]),
    }


MOVED = {
    Outcome.WAITING: gettext_lazy("A step was taken since; it cannot be changed any more."),
    Outcome.SENT_BACK: gettext_lazy("It was sent back inside the unit and waits no more."),
    Outcome.REPLACED: gettext_lazy("A later submission took its place. Open the page again."),
    Outcome.RELEASED: gettext_lazy("It was let out already."),
}

SENTENCES: dict[str, Sentence] = {
    "rollup_uneven": lambda f: (
        _("The counts do not add up: %(matters)s matters, %(counted)s counted.") % f
    ),
    "negative_quantity": lambda _f: _(
        "An amount is never below 0. Write the whole amount done so far."
    ),
    "amount_out_of_bounds": lambda f: (
        _(
            "%(amount)s has too many digits. "
            "Use a larger unit such as 万 or 亿, with at most six decimals."
        )
        % f
    ),
    "day_not_understood": lambda f: (
        _("«%(text)s» is no day. Write 2026-6-30, 2026年6月30日 or 6月底.") % f
    ),
    "matter_exists": lambda f: _("«%(title)s» is registered already.") % f,
    "matter_unknown": lambda _f: _(
        "On that day the matter was not registered yet. Choose a later day."
    ),
    "matter_closed": lambda f: (
        _("«%(title)s» ended on %(on)s and takes nothing more. Correct an entry instead.")
        % {"title": f["title"], "on": day_in_text(f["ended_on"])}
    ),
    "matter_is_draft": lambda f: (
        _("«%(title)s» is a draft and binds nobody yet. Still to be fixed: %(missing)s.")
        % {"title": f["title"], "missing": _listed(f["missing"])}
    ),
    "fixes_missing": lambda f: (
        _("The three fixes do not stand yet. Fix first: %(missing)s.")
        % {"missing": _listed(f["missing"])}
    ),
    "already_assigned": lambda f: _("«%(title)s» is assigned already.") % f,
    "already_accepted": lambda f: _("Your unit accepted «%(title)s» before.") % f,
    "unit_not_concerned": lambda f: _("Your unit neither leads nor supports «%(title)s».") % f,
    "title_missing": lambda _f: _("Give a title of 1 to 200 characters."),
    "source_missing": lambda _f: _(
        "Name at least one source: a document, a note, a meeting or a list."
    ),
    "secret_matter": lambda f: (
        _(
            "«%(word)s»: secret matters must not be entered here. "
            "Handle it in the classified system."
        )
        % f
    ),
    "same_unit_twice": lambda _f: _("A unit is named twice. It leads or supports, once."),
    "targets_unclear": _targets,
    "nothing_fixed": lambda f: (
        _("Nothing is fixed yet: fill in %(fix)s.") % {"fix": FIXES[str(f["fix"])]}
    ),
    "due_before_start": lambda f: (
        _("Due on %(due)s lies before the start on %(start)s. Change one of them.")
        % {"due": day_in_text(f["due"]), "start": day_in_text(f["start"])}
    ),
    "milestone_outside": _outside,
    "milestones_unclear": lambda f: (
        _("Every milestone needs a title and a key of its own («%(title)s»).") % f
    ),
    "plan_unclear": lambda f: (
        _("The plan at %(day)s goes back. Days must rise and amounts must not fall.")
        % {"day": day_in_text(f["day"])}
    ),
    "year_implausible": lambda f: (
        _("The year of %(day)s cannot be meant. Write four figures, such as 2017.")
        % {"day": day_in_text(f["day"])}
    ),
    "measured_in_future": lambda f: (
        _("%(measured)s lies after the day of the report, %(on)s. Choose an earlier day.")
        % {"measured": day_in_text(f["measured_on"]), "on": day_in_text(f["on"])}
    ),
    "nothing_reported": lambda _f: _(
        "The report is empty. Give an amount, a milestone, words or a file."
    ),
    "unknown_target": lambda _f: _("The matter has no such target. Fix the target first."),
    "unknown_milestone": lambda _f: _(
        "The matter has no such milestone any more. Open the page again."
    ),
    "quote_unclear": lambda _f: _(
        "The sentence cannot be found again: its place in the document is not clear."
    ),
    "unknown_submission": lambda _f: _("Nothing of this kind waits inside your unit."),
    "submission_moved": lambda f: str(MOVED[f["outcome"]]),
    "nothing_to_review": lambda _f: _("It needs no review any more: it waits to be let out."),
    "not_your_step": lambda _f: _(
        "This step belongs to another post of your unit. The unit's page says which."
    ),
    "review_first": lambda _f: _(
        "A reviewer of the unit comes first. The head skips a review only while nobody can give it."
    ),
    "one_step_each": lambda _f: _(
        "You took a step of it already. The next one is another person's of your unit."
    ),
    "step_not_today": lambda f: (
        _("A step inside the unit holds from the day it is taken, %(today)s.")
        % {"today": day_in_text(f["today"])}
    ),
    "sheet_needed": lambda _f: _(
        "Your unit lets out on paper: attach the scan of the signed and sealed sheet."
    ),
    "sheet_not_asked": lambda _f: _("Your unit lets out by click; no sheet is attached."),
    "sheet_no_scan": lambda _f: _("Attach the scan as PDF, JPEG or PNG."),
    "unknown_report": lambda _f: _("There was no such report on that day. Choose a later day."),
    "report_answered": lambda _f: _(
        "The report was answered already. Only the office can correct it now."
    ),
    "report_exists": lambda _f: _("This report stands already."),
    "unknown_request": lambda _f: _("There was no such request on that day. Choose a later day."),
    "request_answered": lambda _f: _("The request was decided already."),
    "nothing_asked": lambda _f: _("The request asks for nothing. Fill in what shall change."),
    "already_suspended": lambda f: (
        _("«%(title)s» rests already since %(since)s.")
        % {"title": f["title"], "since": day_in_text(f["since"])}
    ),
    "not_suspended": lambda f: _("«%(title)s» does not rest.") % f,
    "doer_cannot_verify": lambda _f: _(
        "Whoever did or reported the work cannot verify it. "
        "Ask the supervision office or another unit."
    ),
    "not_the_named_verifier": lambda f: (
        _("Only the unit named as verifier may verify «%(title)s».") % f
    ),
    "not_verified": lambda f: _("«%(title)s» must be verified before it is closed out.") % f,
    "reports_waiting": lambda f: (
        _("%(count)s reports wait for an answer. Confirm or return them first.") % f
    ),
    "parts_open": lambda f: _("%(count)s mandatory parts are not closed out yet.") % f,
    "part_of_itself": lambda _f: _("A matter cannot be part of itself."),
    "same_part_twice": lambda _f: _("A matter is named twice among the parts."),
    "already_verified": lambda f: (
        _("«%(title)s» was verified before; close it out, or withdraw that.") % f
    ),
    "reported_after_verification": lambda f: (
        _("«%(title)s» is verified and takes no more reports.") % f
    ),
    "code_taken": lambda f: (
        _("The code %(code_given)s belongs to another matter. Choose another.") % f
    ),
    "goal_not_in_force": lambda f: (
        _("On %(on)s one of the goals was no node of the tree.") % {"on": day_in_text(f["on"])}
    ),
    "unit_not_in_force": lambda f: (
        _("On %(on)s one of the units did not exist. Choose the unit of that day.")
        % {"on": day_in_text(f["on"])}
    ),
    "post_not_in_force": lambda f: (
        _("On %(on)s one of the posts did not exist.") % {"on": day_in_text(f["on"])}
    ),
    "too_far_back": lambda f: (
        _(
            "%(on)s lies before the open reporting period. "
            "Choose %(earliest)s or later, or ask the office."
        )
        % {"on": day_in_text(f["on"]), "earliest": day_in_text(f["earliest"])}
    ),
    "reason_missing": lambda _f: _("Give the reason in words."),
    "unknown_part": lambda f: _("%(count)s of the parts are no matters of this district.") % f,
    "beyond_horizon": lambda f: (
        _("Colours are told up to %(horizon)s: later working days are not announced.")
        % {"horizon": day_in_text(f["horizon"])}
    ),
    "known_at_unknown": lambda f: (
        _("There is no entry %(known_at)s yet. The last one is %(last)s.") % f
    ),
    "view_name_missing": lambda _f: _("Give the view a name."),
    "too_many_views": lambda f: (
        _("You keep %(most)s views already. Remove one that is no longer used.") % f
    ),
}
