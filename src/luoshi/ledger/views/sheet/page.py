"""One matter's page in words: what the template shows, nothing left to compute there."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base.verbs import Verb
from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.ledger import verbs, words
from luoshi.ledger.dossier import Dossier
from luoshi.ledger.views.board import Line, line_of
from luoshi.ledger.views.sheet.colour import verdict
from luoshi.ledger.views.sheet.facts import Link, files_of
from luoshi.ledger.views.sheet.fixes import about, fixes
from luoshi.ledger.views.sheet.said import report_told, request_told
from luoshi.ledger.views.shown import Shown

BY_ITSELF = frozenset(
    {"register", "confirm_report", "return_report", "decide_change", "review_submission",
     "send_back_submission", "release_submission"}
)  # fmt: skip
"""Verbs that a report or a request offers beside itself, or a page of their own."""
LIKELY = ("accept", "report_progress", "assign", "verify", "close_out")


def sheet(found: Dossier, shown: Shown) -> dict[str, Any]:
    """Return the page's context for a matter on the day shown."""
    state, row = found.state, found.row
    if state.registered is None or row is None:
        return _not_there(found)
    line = line_of(row, shown, [])
    return {
        "is_there": True,
        "title": state.title,
        "code": state.registered.code,
        "colour": line.colour,
        "marks": line.marks,
        "missing": _(", ").join(str(words.FIXES[fix]) for fix in found.missing),
        "fixes": fixes(found),
        **_figures(found, line),
        "measured_on": day_in_text(row.spell.measured_on) if row.spell.measured_on else "",
        "acceptance": found.acceptance,
        "reports": [report_told(line, found, shown) for line in found.reports],
        "requests": [request_told(line, found, shown) for line in found.requests],
        "parts": _parts(found),
        "parts_sum": _parts_sum(found),
        "thread": list(_thread(found, shown)),
        "verdict": verdict(found, shown),
        "milestones": _milestones(found),
        "about": list(about(found)),
        "evidence": list(_all_files(found)),
    }


def _not_there(found: Dossier) -> dict[str, Any]:
    """Return the context of a day on which the matter was not registered yet."""
    now = found.now.registered
    return {
        "is_there": False,
        "title": now.title if now else "",
        "code": now.code if now else "",
        "colour": "ungraded",
    }


def _figures(found: Dossier, line: Line) -> dict[str, Any]:
    """Return target and amounts with their unit, and the percents of the bar."""
    planned = found.verdict.planned if found.verdict else None
    unit = found.target_unit
    return {
        "target": line.target,
        "achieved": f"{line.achieved} {unit}" if line.achieved else "",
        "submitted": f"{line.submitted} {unit}" if line.submitted else "",
        "planned": f"{amount_in_text(words.rounded(planned, '0.1'))} {unit}" if planned else "",
        "percent": line.percent,
        "done": line.done,
        "plan": line.plan,
    }


def _parts(found: Dossier) -> list[dict[str, Any]]:
    if found.parts is None:
        return []
    return [
        {
            "title": part.title,
            "url": reverse("matter", args=[part.id]),
            "share": amount_in_text(part.share),
            "achieved": amount_in_text(part.achieved),
            "colour": part.colour,
            "is_derived": part.is_derived,
        }
        for part in found.parts.lines
    ]


def _parts_sum(found: Dossier) -> str:
    if found.parts is None:
        return ""
    return _("Whole %(whole)s, sum of the parts %(sum)s, difference %(difference)s") % {
        "whole": amount_in_text(found.parts.whole),
        "sum": amount_in_text(found.parts.sum),
        "difference": amount_in_text(found.parts.difference),
    }


def _thread(found: Dossier, shown: Shown) -> Iterator[dict[str, Any]]:
    for told in found.thread:
        correct = ""
        if shown.actor and told.can_be_corrected and "office" in shown.actor.roles:
            correct = reverse("act", args=[found.id, "correct"]) + f"?entry={told.number}"
        yield {
            "number": told.number,
            "on": told.on,
            "at": told.at,
            "verb": told.what,
            "sentence": "",
            "words": " · ".join(told.details),
            "unit": told.unit,
            "post": told.post,
            "is_backdated": told.is_backdated,
            "replaces": told.corrects,
            "replaced_by": told.replaced_by,
            "correct_url": correct,
        }


def _milestones(found: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "name": step.title,
            "due": step.due,
            "done_on": step.done_on,
            "is_done": step.done_on is not None,
            "is_late": step.days_late > 0,
            "late_text": _("%(n)s days late") % {"n": step.days_late} if step.days_late > 0 else "",
            "weight": amount_in_text(step.weight) if step.weight is not None else "",
        }
        for step in found.steps
    ]


def _all_files(found: Dossier) -> Iterator[dict[str, Any]]:
    for report in found.reports:
        yield from files_of(found.id, report.evidence, report.report.on)
    for request in found.requests:
        yield from files_of(found.id, request.evidence, request.request.on)


def offered(found: Dossier, shown: Shown) -> list[Link]:
    """Return the verbs that the acting post may use now."""
    actor = shown.actor
    if actor is None:
        return []
    return [
        Link(verb.label, reverse("act", args=[found.id, verb.name]))
        for verb in sorted(verbs.ON_MATTERS.values(), key=_likely)
        if verb.name not in BY_ITSELF and verb.is_offered(actor, found.now)
    ]


def _likely(verb: Verb) -> int:
    return LIKELY.index(verb.name) if verb.name in LIKELY else len(LIKELY)
