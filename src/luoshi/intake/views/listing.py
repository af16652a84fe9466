"""The sheets that were handed in, and the form that takes the next one."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
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
from luoshi.intake import commands, queries, verbs
from luoshi.intake.forms import SheetUpload
from luoshi.intake.uploads import on_disk
from luoshi.intake.views.office import for_the_office
from luoshi.intake.words import IMPORT_STATES, NEEDS_A_PERSON
from luoshi.organisation.queries import posts_visible_to
from luoshi.rules.refusals import Refusal

if TYPE_CHECKING:
    from luoshi.intake.models import SheetImport

IMPORTS_A_PAGE = 20
MEGABYTE = 1024 * 1024
AT_FIELD = {"day_in_future": "as_of", "day_too_early": "as_of"}


class Bounded(FileUploadHandler):
    """Stops keeping a file that is larger than any sheet; the rest is read and thrown away."""

    is_over = False
    _seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's
        """Pass a piece on, or stop."""
        self._seen += len(raw_data)
        if self._seen > limits.MOST_BYTES:
            self.is_over = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind."""


@door(verbs.import_sheet)
@csrf_exempt  # an upload handler must stand before anything is read; the view behind is protected
def imports(request: HttpRequest) -> HttpResponseBase:
    """List the sheets; take another one, which is read, judged and staged."""
    bound = Bounded(request)
    request.upload_handlers.insert(0, bound)
    return _imports(request, bound)


@csrf_protect
@for_the_office
def _imports(request: HttpRequest, actor: Actor, bound: Bounded) -> HttpResponseBase:
    form = SheetUpload(initial={"import_id": uuid4()})
    if request.method == "POST":
        form = SheetUpload(request.POST, request.FILES)
        if form.is_valid() and (address := _handed_in(form, actor)):
            return redirect(address)
        if bound.is_over:  # and so there is no file
            form.errors["file"] = form.error_class([too_large()])
    page = Paginator(queries.imports_visible_to(actor), IMPORTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "imports": _listed(page, actor),
        "pager": pager_of(page, request.GET),
        "most": limits.MOST_BYTES // MEGABYTE,
    }
    return render(request, "intake/imports.html", context, status=422 if form.errors else 200)


def too_large() -> str:
    """Return what is said of a file above the largest size."""
    return _("The file has more than %(most)s MB. Take out pictures and sheets not needed.") % {
        "most": limits.MOST_BYTES // MEGABYTE
    }


def _handed_in(form: SheetUpload, actor: Actor) -> str:
    """Stage the sheet and return the address of its preview; a refusal goes to its field."""
    said = form.cleaned_data
    import_id = said["import_id"]
    if queries.imports_visible_to(actor).filter(pk=import_id).exists():
        return reverse("import", args=[import_id])
    upload: UploadedFile[bytes] = said["file"]
    try:
        with on_disk(upload) as path:
            commands.stage(
                path,
                name=upload.name or "",
                by=actor,
                at=timezone.now(),
                as_of=said["as_of"],
                import_id=import_id,
            )
    except Refusal as refusal:
        form.add_error(AT_FIELD.get(refusal.code, "file"), sentence_for(refusal))
        return ""
    return reverse("import", args=[import_id])


def _listed(page: "Page[SheetImport]", actor: Actor) -> list[dict[str, Any]]:
    """Return the lines of the list: each sheet with its state and what waits in it."""
    posts = posts_visible_to(actor, day=timezone.localdate())
    holders = {post.holder: post.name for post in reversed(posts) if post.holder}
    return [
        {
            "sheet": sheet,
            "state": IMPORT_STATES[sheet.state],
            "post": holders.get(sheet.by_person, ""),
            "waiting": sum(sheet.counts.get(state, 0) for state in NEEDS_A_PERSON),
            "ready": sheet.counts.get("ready", 0),
            "written": sheet.counts.get("written", 0),
            "rows": sum(sheet.counts.values()),
        }
        for sheet in page.object_list
    ]
