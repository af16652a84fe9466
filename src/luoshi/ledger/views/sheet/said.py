"""What was reported and asked for, how it was answered, and who may answer it now."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.ledger import verbs
from luoshi.ledger.dossier import Dossier, ReportLine, RequestLine
from luoshi.ledger.views.sheet.facts import Fact, Link, fact_of
from luoshi.ledger.views.shown import Shown
from luoshi.rules.ledger.facts import Revision
from luoshi.rules.ledger.state import Answer

ANSWERS = {
    Answer.WAITING: gettext_lazy("Waiting"),
    Answer.GRANTED: gettext_lazy("Confirmed"),
    Answer.REFUSED: gettext_lazy("Returned"),
}


def report_told(line: ReportLine, found: Dossier, shown: Shown) -> dict[str, Any]:
    """Return a report with its answer, and the links by which the reader may answer it."""
    fact = line.report.fact
    amount = (
        f"{amount_in_text(fact.achieved)} {found.target_unit}" if fact.achieved is not None else ""
    )
    return {
        "on": line.report.on.isoformat(),
        "amount": amount,
        "answer": ANSWERS[line.report.answer],
        "visible": line.visible_progress,
        "problems": line.problems,
        "reason": line.reason,
        "verbs": list(_answers_to(line, found, shown)),
    }


def _answers_to(report: ReportLine, found: Dossier, shown: Shown) -> Iterator[Link]:
    """Yield the links by which the reader may answer a waiting report."""
    if shown.actor is None or report.report.answer != Answer.WAITING:
        return
    for verb in (verbs.confirm_report, verbs.return_report):
        if verb.is_offered(shown.actor, found.now):
            url = reverse("act", args=[found.id, verb.name])
            yield Link(verb.label, f"{url}?report={report.report.fact.report}")


def request_told(line: RequestLine, found: Dossier, shown: Shown) -> dict[str, Any]:
    """Return a request with what it asks for, its answer, and the link to decide on it."""
    facts = [fact_of(_("Reason"), line.reason or _("(removed)"))]
    facts += revision_facts(line.request.fact.revision, found.target_unit)
    if line.decision:
        facts.append(fact_of(_("Decision"), line.decision))
    is_open = shown.actor and line.request.answer == Answer.WAITING
    may = is_open and shown.actor and verbs.decide_change.is_offered(shown.actor, found.now)
    url = reverse("act", args=[found.id, "decide_change"]) + f"?request={line.request.fact.request}"
    answers = {
        Answer.WAITING: _("Waiting"),
        Answer.GRANTED: _("Granted"),
        Answer.REFUSED: _("Refused"),
    }
    return {
        "facts": facts,
        "answer": answers[line.request.answer],
        "verbs": [Link(verbs.decide_change.label, url)] if may else [],
    }


def revision_facts(asked: Revision, unit: str) -> list[Fact]:
    """Return what a request asks for, line by line."""
    facts = []
    if asked.due:
        facts.append(fact_of(_("New due day"), day_in_text(asked.due)))
    if asked.quantity is not None:
        facts.append(fact_of(_("New quantity"), f"{amount_in_text(asked.quantity)} {unit}"))
    if asked.exempt_until:
        facts.append(fact_of(_("Exempt until"), day_in_text(asked.exempt_until)))
    return facts + [fact_of(step.title, day_in_text(step.due)) for step in asked.milestones or ()]
