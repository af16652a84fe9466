"""What waits inside a unit: beside its matter with the steps open to a post, and as the sheet."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.doors import door
from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.ledger import dossier, inside, verbs
from luoshi.ledger.dossier import Dossier, InsideLine, ReportLine
from luoshi.ledger.views.sheet import Fact, Link, files_of, revision_facts
from luoshi.ledger.views.shown import Shown, for_posts
from luoshi.ledger.words import STEPS_INSIDE, target_in_text
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import Answer
from luoshi.rules.ledger.submissions import Outcome, Submission
from luoshi.rules.refusals import NotFound

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LABELS = {
    "review_submission": gettext_lazy("Review"),
    "release_submission": gettext_lazy("Let out"),
    "send_back_submission": gettext_lazy("Send back"),
}


def lines_of(found: Dossier, shown: Shown) -> list[dict[str, Any]]:
    """Return what waits inside the reader's unit as the matter's page shows it."""
    return [_line(one, found, shown) for one in found.inside]


def _line(line: InsideLine, found: Dossier, shown: Shown) -> dict[str, Any]:
    one = line.submission
    waits = one.outcome == Outcome.WAITING
    return {
        "title": _("Report inside the unit") if one.is_report else _("Request inside the unit"),
        "on": one.on,
        "number": one.entry,
        "check_code": line.check_code,
        "facts": facts_inside(line, found),
        "files": list(files_of(found.id, line.evidence, one.on)),
        "mark": _waits_for(one, found) if waits else _("Sent back"),
        "sent_back": line.sent_back or "",
        "steps": _steps(one, found),
        "verbs": (links := _verbs(one, found, shown)),
        "has_step": not waits or any("submission=" in link.url for link in links),
        "paper_url": reverse("submission_sheet", args=[found.id, one.fact.id]),
    }


def facts_inside(line: InsideLine, found: Dossier) -> list[Fact]:
    """Return what a submission says, line by line."""
    report = line.submission.fact.report
    return [*(_amount(report, found) if report else []), *_besides(line, found)]


def _besides(line: InsideLine, found: Dossier) -> list[Fact]:
    """Return what a submission says besides its amount."""
    what = line.submission.fact.what
    if isinstance(what, f.ChangeRequested):
        return facts_asked(what.revision, line.reason, found)
    return _facts(what, line, found)


def facts_asked(revision: f.Revision, reason: str | None, found: Dossier) -> list[Fact]:
    """Return what a request asks for, and why; a reason that was removed says so."""
    told = {"label": _("Reason"), "value": reason or _("(removed)")}
    return [*revision_facts(revision, found.target_unit), told]


def facts_reported(line: ReportLine, found: Dossier) -> list[Fact]:
    """Return what a report says, line by line, with the names of its files."""
    what = line.report.fact
    names = _(", ").join(name for name, _digest, _size in line.evidence)
    files = [{"label": _("Evidence"), "value": names}] if names else []
    return [*_amount(what, found), *_facts(what, line, found), *files]


def _amount(report: f.ProgressReported, found: Dossier) -> list[Fact]:
    if report.achieved is None:
        return []
    amount = f"{amount_in_text(report.achieved)} {found.target_unit}"
    return [{"label": _("Done so far"), "value": amount}]


def _facts(what: f.ProgressReported, words: InsideLine | ReportLine, found: Dossier) -> list[Fact]:
    """Return what a report says besides its amount."""
    said = (
        (_("As measured on"), day_in_text(what.measured_on)),
        (_("Works started on"), day_in_text(what.started_on) if what.started_on else ""),
        (_("Milestones reached by that day"), _milestones(what, found)),
        (_("Visible progress"), words.visible_progress or ""),
        (_("Problems"), words.problems or ""),
    )
    return [{"label": label, "value": value} for label, value in said if value]


def _milestones(what: f.ProgressReported, found: Dossier) -> str:
    steps = found.now.plan.milestones if found.now.plan else ()
    titles = {step.key: step.title for step in steps}
    return _(", ").join(titles.get(done.key, done.key) for done in what.milestones_done)


def _waits_for(one: Submission, found: Dossier) -> str:
    if one.step == "release" and one.fact.way.on_paper:
        return _("Waits for the signed sheet")
    posts = _(", ").join(found.posts.get(post, "—") for post in one.next_posts)
    return _("Waits for %(posts)s") % {"posts": posts}


def _steps(one: Submission, found: Dossier) -> list[str]:
    """Return who took which step on which day, in their order."""
    first = (one.on, one.writers[0].post, _("submitted"))
    taken = [(step.on, step.by.post, str(STEPS_INSIDE[type(step.fact)])) for step in one.taken]
    return [
        f"{day_in_text(on)} {found.posts.get(post, '') if post else ''} {what}".strip()
        for on, post, what in (first, *taken)
    ]


def _verbs(one: Submission, found: Dossier, shown: Shown) -> list[Link]:
    """Return the steps open to the acting post, and mending for whoever may report."""
    if shown.actor is None:
        return []
    key = one.fact.id
    links = [
        Link(_label(name, one), f"{reverse('act', args=[found.id, name])}?submission={key}")
        for name in inside.steps_open_to(shown.actor, one, today=shown.today)
    ]
    again = verbs.report_progress if one.is_report else verbs.request_change
    if again.is_offered(shown.actor, found.now):
        url = reverse("act", args=[found.id, again.name])
        links.append(Link(_("Mend and submit again"), f"{url}?draft={key}"))
    if one.outcome == Outcome.WAITING and not one.taken:
        url = reverse("act", args=[found.id, "correct"])
        links.append(Link(_("Take back"), f"{url}?entry={one.entry}"))
    return links


def _label(name: str, one: Submission) -> "StrOrPromise":
    """Return what the button of a step says; on paper the step is the signed sheet."""
    is_signed = name == "release_submission" and one.fact.way.on_paper
    return _("Attach the signed sheet") if is_signed else LABELS[name]


@door(verbs.read_submission)
@for_posts
def paper(request: HttpRequest, shown: Shown, matter_id: UUID, submission_id: UUID) -> HttpResponse:
    """Show the sheet that the unit's head signs and the unit seals, to be printed on A4."""
    try:
        found = dossier.dossier(
            shown.visitor, matter_id, day=shown.today, known_at=None, around=shown.around
        )
    except NotFound as cause:
        raise Http404 from cause
    if shown.actor is None or not verbs.read_submission.who(shown.actor, found.now):
        raise PermissionDenied(verbs.read_submission.name)
    line = dossier.submission_of(shown.visitor, found, submission_id)
    if line is None:
        raise Http404
    return render(request, "ledger/submission_sheet.html", _paper(line, found, shown))


def _paper(line: InsideLine, found: Dossier, shown: Shown) -> dict[str, Any]:
    one = line.submission
    registered = found.now.registered
    return {
        "title": _("Sheet of progress") if one.is_report else _("Sheet of a request for a change"),
        "matter": found,
        "code": registered.code if registered else "",
        "unit": found.units.get(one.unit, "—") if one.unit else "—",
        "number": one.entry,
        "check_code": line.check_code,
        "on": one.on,
        "target": _target(found),
        "figures": _figures(one, found),
        "facts": _besides(line, found),
        "files": line.evidence,
        "signers": _signers(one, found),
        "is_out": one.outcome == Outcome.RELEASED,
        "waits": one.outcome == Outcome.WAITING,
        "printed_at": timezone.localtime(),
        "shown": shown,
        "crumbs": [(found.now.title, reverse("matter", args=[found.id]))],
    }


def _target(found: Dossier) -> str:
    target = found.now.leading_target
    if target is None:
        return found.acceptance or "—"
    return str(target_in_text(target.comparator, target.quantity, target.unit))


def _figures(one: Submission, found: Dossier) -> list[dict[str, str]]:
    """Return the figures of the period and so far, and their share of the target."""
    what, target = one.fact.report, found.now.leading_target
    if what is None or what.achieved is None or target is None:
        return []
    before = _before(what, found)
    share = what.achieved / target.quantity * 100 if target.quantity else None
    said = [
        (_("This period"), f"{amount_in_text(what.achieved - before)} {target.unit}"),
        (_("So far"), f"{amount_in_text(what.achieved)} {target.unit}"),
        (_("Of the target"), f"{share:.1f}%" if share is not None else "—"),
    ]
    return [{"label": label, "value": value} for label, value in said]


def _before(what: f.ProgressReported, found: Dossier) -> Decimal:
    """Return the amount that the report before gave, 0 where there is none."""
    told: list[tuple[date, Decimal]] = [
        (report.fact.measured_on, report.fact.achieved)
        for report in found.now.reports.values()
        if report.fact.achieved is not None
        and report.fact.target == what.target
        and report.fact.measured_on < what.measured_on
        and report.answer != Answer.REFUSED
    ]
    return max(told, default=(date.min, Decimal(0)))[1]


def _signers(one: Submission, found: Dossier) -> list[dict[str, str]]:
    """Return the boxes to be signed: by post, with the step that was taken by click."""
    way, writer = one.fact.way, one.writers[0].post
    reviewed = next((s for s in one.taken if isinstance(s.fact, f.SubmissionReviewed)), None)

    def names(*posts: UUID | None) -> str:
        return _(", ").join(found.posts.get(post, "—") for post in posts if post)

    boxes = [{"label": _("Reporter"), "post": names(writer), "done": day_in_text(one.on)}]
    if way.reviewers:
        post = names(reviewed.by.post) if reviewed else names(*way.reviewers)
        done = day_in_text(reviewed.on) if reviewed else ""
        boxes.append({"label": _("Reviewer"), "post": post, "done": done})
    if way.head:
        boxes.append({"label": _("Principal head"), "post": names(way.head), "done": ""})
    return boxes
