"""Who is let in: sheets are the office's business."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.intake import queries, verbs
from luoshi.rules.refusals import NotFound

if TYPE_CHECKING:
    from luoshi.intake.models import SheetImport

View = Callable[..., HttpResponseBase]


def for_the_office(view: View) -> View:
    """Let in posts that may take sheets in, and give the view the actor."""

    @door(verbs.import_sheet)
    @wraps(view)
    def let_in(request: Any, *arguments: object, **named: object) -> HttpResponseBase:
        return view(request, request.actor, *arguments, **named)

    return let_in


def sheet_or_404(actor: Actor, import_id: UUID) -> "SheetImport":
    """Return a sheet that was handed in, or answer that there is none."""
    try:
        return queries.import_visible_to(actor, import_id)
    except NotFound as cause:
        raise Http404 from cause
