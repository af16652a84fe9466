"""The reports that were handed in, and the form that takes the next one."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from luoshi.base.doors import door
from luoshi.base.grids import limits
from luoshi.base.journal import Actor
from luoshi.base.pages import pager_of
from luoshi.base.wording import sentence_for
from luoshi.intake import verbs
from luoshi.intake.reports import commands, queries
from luoshi.intake.reports.forms import ReportUpload
from luoshi.intake.reports.views.window import tell_lost
from luoshi.intake.reports.words import DOCUMENT_STATES
from luoshi.intake.uploads import on_disk
from luoshi.intake.views.listing import MEGABYTE, Bounded
from luoshi.rules.refusals import Refusal

if TYPE_CHECKING:
    from luoshi.intake.models import ReportDocument

REPORTS_A_PAGE = 20
AT_FIELD = {"day_in_future": "day", "day_too_early": "day", "report_day_missing": "day"}


@door(verbs.read_review)
@csrf_exempt  # an upload handler must stand before anything is read; the view behind is protected
def reports(request: HttpRequest) -> HttpResponseBase:
    """List the reports; take another one, which is read and waits for review."""
    if request.method == "POST":
        return _handing_in(request)
    return _list(request, ReportUpload(initial={"document_id": uuid4()}))


@door(verbs.review_report)
def _handing_in(request: HttpRequest) -> HttpResponseBase:
    bound = Bounded(request)
    request.upload_handlers.insert(0, bound)
    return _taken(request, bound)


@csrf_protect
def _taken(request: HttpRequest, bound: Bounded) -> HttpResponseBase:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the door let it in
    form = ReportUpload(request.POST, request.FILES)
    if form.is_valid() and (address := _handed_in(request, form, actor)):
        return redirect(address)
    if bound.is_over:  # and so there is no file
        form.errors["file"] = form.error_class([_too_large()])
    return _list(request, form)


def _list(request: HttpRequest, form: ReportUpload) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the door let it in
    page = Paginator(queries.documents_visible_to(actor), REPORTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form if verbs.review_report.opens_to(actor) else None,
        "documents": _listed(page),
        "pager": pager_of(page, request.GET),
        "most": limits.MOST_BYTES // MEGABYTE,
    }
    return render(request, "intake/reports/list.html", context, status=422 if form.errors else 200)


def _too_large() -> str:
    return _(
        "The file has more than %(most)s MB. Take out the pictures, or save the text as txt."
    ) % {"most": limits.MOST_BYTES // MEGABYTE}


def _handed_in(request: HttpRequest, form: ReportUpload, actor: Actor) -> str:
    """Take the report in and return the address of its review; a refusal goes to its field."""
    said = form.cleaned_data
    address = reverse("report", args=[said["document_id"]])
    if queries.documents_visible_to(actor).filter(pk=said["document_id"]).exists():
        return address
    upload: UploadedFile[bytes] = said.pop("file")
    try:
        with on_disk(upload) as path:
            at, name = timezone.now(), upload.name or ""
            taken = commands.take_in(path, name=name, by=actor, at=at, **said)
    except Refusal as refusal:
        form.add_error(AT_FIELD.get(refusal.code, "file"), sentence_for(refusal))
        return ""
    tell_lost(request, taken.lost)
    return address


def _listed(page: "Page[ReportDocument]") -> list[dict[str, Any]]:
    return [
        {
            "document": one,
            "state": DOCUMENT_STATES[one.state],
            "counts": one.counts,
            "left": 0 if one.state == "withdrawn" else one.counts.get("open", 0),
            "is_withdrawn": one.state == "withdrawn",
        }
        for one in page.object_list
    ]
