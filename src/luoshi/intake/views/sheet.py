"""One sheet before it is written: what each row becomes, what is asked, what must be mended."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.journal import Actor
from luoshi.base.pages import pager_of
from luoshi.base.wording import sentence_for
from luoshi.intake import commands, queries
from luoshi.intake.forms import AnswerForm
from luoshi.intake.views.asking import Changed, asked_of, changed_by
from luoshi.intake.views.office import for_the_office, sheet_or_404
from luoshi.intake.views.showing import counts_of, problems_of, questions_of, rows_shown
from luoshi.intake.views.writing import begun
from luoshi.intake.words import IMPORT_STATES, STATES
from luoshi.organisation.queries import units_visible_to
from luoshi.rules.refusals import Refusal

if TYPE_CHECKING:
    from luoshi.intake.models import SheetImport, StagedRow

SENT_FORM = "sent_form"
"""Where a session remembers the form that arrived last, so that its draft is forgotten."""

SETTLED = frozenset({"written", "unchanged", "withdrawn"})
"""States of rows about which nothing is left to decide."""

AT_FIELD = {"day_in_future": "as_of", "day_too_early": "as_of", "data_day_missing": "as_of"}


@for_the_office
def preview(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponseBase:
    """Show a sheet's preview; take answers and mended cells; begin to write the good rows."""
    sheet = sheet_or_404(actor, import_id)
    page = queries.rows_of(sheet, state=_state(request), page=_number(request))
    form = _form(request, actor, sheet, page)
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, actor, sheet, form)
        except Refusal as refusal:
            form.add_error(AT_FIELD.get(refusal.code), sentence_for(refusal))
    context = {**_context(request, sheet, page, form), "draft": _draft(request)}
    return render(request, "intake/import.html", context, status=422 if form.errors else 200)


def _form(
    request: HttpRequest, actor: Actor, sheet: "SheetImport", page: "Page[StagedRow]"
) -> AnswerForm:
    day = sheet.as_of or timezone.localdate()
    units = {unit.name: str(unit.id) for unit in units_visible_to(actor, day=day)}
    asked = asked_of(
        sheet, page.object_list, units, all_columns=request.GET.get("columns") == "all"
    )
    return AnswerForm(request.POST if request.method == "POST" else None, asked=asked)


def _taken(
    request: HttpRequest, actor: Actor, sheet: "SheetImport", form: AnswerForm
) -> HttpResponseBase:
    """Take what was sent; write only what was seen: new answers are shown first."""
    said = form.given()
    changed = changed_by(sheet, form.asked, said)
    if sheet.as_of_guessed and not changed:
        commands.choose(sheet.pk, by=actor, at=timezone.now(), **_as_it_is(sheet))
    _apply(sheet, changed, actor)
    request.session[SENT_FORM] = _draft(request)
    if request.POST.get("do") != "write":
        messages.success(request, _("Judged again with what you gave."))
        return redirect(request.get_full_path())
    if changed:
        messages.info(
            request, _("Your answers change what is written. Look at the rows, then write them.")
        )
        return redirect(request.get_full_path())
    return begun(request, actor, sheet)


def _as_it_is(sheet: "SheetImport") -> dict[str, Any]:
    """Return what confirms the guessed data day and decides nothing else."""
    return {"as_of": sheet.as_of, "unknown_units": sheet.choices.get("unknown_units", "note")}


def _apply(sheet: "SheetImport", changed: Changed, actor: Actor) -> None:
    """Mend the cells and take the answers: the sheet is judged once."""
    decided = changed.decided or {}
    commands.choose(sheet.pk, by=actor, at=timezone.now(), cells=changed.cells, **decided)


def _context(
    request: HttpRequest, sheet: "SheetImport", page: "Page[StagedRow]", form: AnswerForm
) -> dict[str, Any]:
    counts = queries.counts_of(sheet)
    states = {state for state, count in counts.items() if count}
    return {
        "sheet": sheet,
        "form": form,
        "state_name": IMPORT_STATES[sheet.state],
        "is_open": sheet.state != "withdrawn",
        "counts": counts_of(counts, request.GET),
        "total": sum(counts.values()),
        "state": _state(request),
        "ready": counts.get("ready", 0),
        "written": counts.get("written", 0),
        "is_interrupted": bool(counts.get("written") and counts.get("ready")),
        "is_settled": "written" in states and states <= SETTLED,
        "is_the_same": states == {"unchanged"},
        "problems": problems_of(sheet),
        "questions": questions_of(sheet, form),
        "rows": rows_shown(page.object_list, sheet, form),
        "all_columns": request.GET.get("columns") == "all",
        "units": form.asked.known_units,
        "pager": pager_of(page, request.GET),
        "crumbs": [(_("Import"), reverse("imports"))],
        "query": request.GET.urlencode(),
    }


def _state(request: HttpRequest) -> str:
    state = request.GET.get("state", "")
    return state if state in STATES else ""


def _number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return int(number) if number.isdecimal() and len(number) < 10 else 1


def _draft(request: HttpRequest) -> str:
    return f"import:{request.get_full_path()}"
