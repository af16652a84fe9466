"""Who is let in: sheets are the office's business."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from luoshi.base.journal import Actor
from luoshi.intake import queries
from luoshi.organisation.permissions import is_office
from luoshi.rules.refusals import NotFound

if TYPE_CHECKING:
    from luoshi.intake.models import SheetImport

View = Callable[..., HttpResponseBase]


def for_the_office(view: View) -> View:
    """Let in posts of the district office and give the view the actor."""

    @wraps(view)
    def let_in(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        actor = cast("Actor | None", getattr(request, "actor", None))
        if actor is None:
            return redirect_to_login(request.get_full_path())
        if not is_office(actor):
            raise PermissionDenied
        return view(request, actor, *arguments, **named)

    return let_in


def sheet_or_404(actor: Actor, import_id: UUID) -> "SheetImport":
    """Return a sheet that was handed in, or answer that there is none."""
    try:
        return queries.import_visible_to(actor, import_id)
    except NotFound as cause:
        raise Http404 from cause
