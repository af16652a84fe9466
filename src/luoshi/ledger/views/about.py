"""What a verb speaks of: nobody answers a report, a request or a submission unseen."""

from luoshi.ledger.dossier import Dossier
from luoshi.ledger.forms import VerbForm
from luoshi.ledger.views.inside import facts_asked, facts_inside, facts_reported
from luoshi.ledger.views.sheet import Fact


def about(form: VerbForm, found: Dossier) -> list[Fact]:
    """Return what the one report, request or submission says that a form names; else nothing."""
    named = next((name for name in _TOLD if name in form.fields), None)
    return _TOLD[named](str(form[named].value()), found) if named else []


def _reported(key: str, found: Dossier) -> list[Fact]:
    lines = (line for line in found.reports if str(line.report.fact.report) == key)
    return next((facts_reported(line, found) for line in lines), [])


def _asked(key: str, found: Dossier) -> list[Fact]:
    lines = (line for line in found.requests if str(line.request.fact.request) == key)
    return next((facts_asked(line.request.fact.revision, line.reason, found) for line in lines), [])


def _submitted(key: str, found: Dossier) -> list[Fact]:
    lines = (line for line in found.inside if str(line.submission.fact.id) == key)
    return next((facts_inside(line, found) for line in lines), [])


_TOLD = {"report": _reported, "request": _asked, "submission": _submitted}
