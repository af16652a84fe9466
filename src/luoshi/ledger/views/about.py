"""What a verb speaks of: nobody answers a report, a request or a submission unseen."""

from django.utils.translation import gettext as _

from luoshi.base.wording import day_in_text
from luoshi.ledger.dossier import Dossier
from luoshi.ledger.forms import VerbForm
from luoshi.ledger.views.inside import facts_asked, facts_inside, facts_reported
from luoshi.ledger.views.sheet import Fact, fact_of


def about(form: VerbForm, found: Dossier) -> list[Fact]:
    """Return what the one report, request, submission or entry says that a form names.

    Nothing where it names none.
    """
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


def _entry(number: str, found: Dossier) -> list[Fact]:
    """Return an entry as the matter's page tells it."""
    told = next((one for one in found.thread if str(one.number) == number), None)
    if told is None:
        return []
    return [
        fact_of(_("Entry"), f"{told.number} · {day_in_text(told.on)}"),
        fact_of(_("What it records"), told.what, note=_("; ").join(told.details)),
        fact_of(_("Recorded by"), f"{told.unit} {told.post}".strip()),
    ]


_TOLD = {"report": _reported, "request": _asked, "submission": _submitted, "entry": _entry}
