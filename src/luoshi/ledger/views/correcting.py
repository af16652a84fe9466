"""Correcting from a page: the old figures offered, the right ones taken."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from luoshi.ledger.dossier import Dossier, InsideLine
from luoshi.ledger.forms.lines import milestone_lines
from luoshi.rules.ledger import facts as f


def known_of(found: Dossier, entry: str) -> dict[str, Any]:
    """Return the figures and the day of an entry that is to be corrected."""
    told = next((line for line in found.thread if str(line.number) == entry), None)
    report = next((line.report for line in found.reports if str(line.report.entry) == entry), None)
    known: dict[str, Any] = {} if told is None else {"on": told.on}
    draft = next(
        (one.submission for one in found.inside if str(one.submission.entry) == entry), None
    )
    if draft is not None and draft.fact.report is not None:
        told_inside = draft.fact.report
        known |= {
            "on": draft.on, "achieved": told_inside.achieved,
            "measured_on": told_inside.measured_on,
        }  # fmt: skip
    if report is not None:
        known |= {"achieved": report.fact.achieved, "measured_on": report.fact.measured_on}
    return known


def _draft(found: Dossier, submission: str) -> InsideLine | None:
    return next((one for one in found.inside if str(one.submission.fact.id) == submission), None)


def files_of_draft(found: Dossier, submission: str) -> list[tuple[str, str]]:
    """Return the files of what is mended: digest and name."""
    line = _draft(found, submission)
    return [(digest, name) for name, digest, _size in line.evidence] if line else []


def known_of_draft(found: Dossier, submission: str) -> dict[str, Any]:
    """Return what was typed in what waits inside the own unit, or came back: only to be mended."""
    line = _draft(found, submission)
    if line is None:
        return {}
    what = line.submission.fact.what
    if isinstance(what, f.ChangeRequested):
        asked = what.revision
        return {
            "due": asked.due,
            "quantity": asked.quantity,
            "exempt_until": asked.exempt_until,
            "milestones": milestone_lines(asked.milestones) if asked.milestones else "",
            "reason": line.reason or "",
        }
    return {
        "achieved": what.achieved,
        "measured_on": what.measured_on,
        "started_on": what.started_on,
        "milestones_done": [step.key for step in what.milestones_done],
        "visible_progress": line.visible_progress or "",
        "problems": line.problems or "",
    }


def corrected(given: dict[str, Any]) -> dict[str, Any]:
    """Return what the correcting command takes.

    The entry, how its fact changes (None: taken back), and the reason.
    """
    change = None if given["withdraw"] else _replacing(given)
    return {"entry": given["entry"], "change": change, "reason": given["reason"]}


def _replacing(given: dict[str, Any]) -> Callable[[f.MatterFact], f.MatterFact]:
    said = {
        name: given[name] for name in ("achieved", "measured_on") if given.get(name) is not None
    }

    def change(fact: f.MatterFact) -> f.MatterFact:
        if isinstance(fact, f.Submitted) and fact.report is not None:
            return replace(fact, report=replace(fact.report, **said))
        return replace(fact, **said) if isinstance(fact, f.ProgressReported) else fact

    return change
