"""Units and posts as a workbook: taken out, handed in again, shown, written."""

import tempfile
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.base.doors import door
from luoshi.base.grids.reading import read_grids
from luoshi.base.grids.writing import write_xlsx
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.organisation import commands, judging, verbs
from luoshi.organisation.exporting import sheets
from luoshi.organisation.forms import SheetUpload, WriteSheet
from luoshi.organisation.judging import Judged, SheetRow
from luoshi.organisation.sheets import HEADS, Part
from luoshi.organisation.views.frame import day_of, reader, writer
from luoshi.organisation.words import POST_ACTS, UNIT_ACTS
from luoshi.rules.refusals import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "luoshi.organisation.sheet"
KEPT_FOR = 4 * 60 * 60
"""How long a preview may be answered; unit: seconds."""


@door(verbs.export_organisation)
def export(request: HttpRequest) -> HttpResponse:
    """Send units and posts of the day shown as a workbook."""
    visitor, day = reader(request), day_of(request)
    file = BytesIO()
    write_xlsx(file, sheets(visitor, day=day))
    name = _("Organisation %(day)s") % {"day": day.isoformat()}
    answer = HttpResponse(file.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.xlsx"
    )
    return answer


@door(verbs.order_organisation)
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take a workbook, show what it would change, and write that once it was seen."""
    actor = writer(request)
    if request.method == "POST" and "shown" in request.POST:
        return _write(request, actor)
    initial = {"on": timezone.localdate()}
    form = SheetUpload(initial=initial)
    if request.method == "POST":
        form = SheetUpload(request.POST, request.FILES, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            rows = _rows(form.cleaned_data["file"])
        except Refusal as refusal:
            form.add_error("file", sentence_for(refusal))
        else:
            if rows:
                return _preview(request, actor, rows, form.cleaned_data["on"])
            form.add_error("file", _("Neither the table of units nor that of posts is in it."))
    status = 422 if form.errors else 200
    return render(request, "organisation/hand_in.html", {"form": form}, status=status)


def _rows(upload: "UploadedFile[bytes]") -> list[SheetRow]:
    """Return the lines of both tables. Raises the refusals of reading a sheet."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        for piece in upload.chunks():
            file.write(piece)
        file.flush()
        grids = read_grids(Path(file.name), name=upload.name or "")
    found: list[SheetRow] = []
    for grid in grids:
        for part in Part:
            if rows := judging.rows_in(part, grid.rows):
                found += rows
                break
    return found


def _preview(
    request: HttpRequest, actor: Actor, rows: list[SheetRow], on: date, *, changed: bool = False
) -> HttpResponse:
    found = judging.judged(actor, rows, day=on)
    shown = {
        "on": on.isoformat(),
        "rows": [asdict(row) for row in rows],
        "told": [one.told() for one in found.differences],
    }
    sealed = signing.dumps(shown, salt=SALT, compress=True)
    form = WriteSheet(initial={"shown": sealed, "command_id": uuid4()})
    context = {
        "form": form,
        "on": on,
        "changed": changed,
        "differences": [_difference(one) for one in found.differences],
        "problems": [_problem(one) for one in found.problems],
        "missing": found.missing,
        "may_write": bool(found.differences) and not found.problems,
    }
    status = 422 if found.problems else 200
    return render(request, "organisation/preview.html", context, status=status)


def _difference(one: judging.Difference) -> dict[str, Any]:
    acts = UNIT_ACTS if one.part is Part.UNITS else POST_ACTS
    labels = {"found_unit": _("Set up a unit"), "found_post": _("Set up a post")}
    label = labels.get(one.verb) or str(acts[one.verb])
    return {"number": one.number, "name": one.name, "verb": label, "old": one.old, "new": one.new}


def _problem(one: judging.Problem) -> dict[str, Any]:
    titles = {Part.UNITS: _("Units"), Part.POSTS: _("Posts")}
    return {
        "part": titles[one.part],
        "number": one.number,
        "column": HEADS[one.part][one.column],
        "sentence": one.sentence,
    }


def _write(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write what was shown; where the ledger differs from it meanwhile, show it anew."""
    form = WriteSheet(request.POST)
    try:
        shown = signing.loads(request.POST["shown"], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        messages.error(request, _("This preview is too old. Hand the sheet in again."))
        return redirect("hand_in_units")
    rows = [SheetRow(Part(row["part"]), row["number"], row["values"]) for row in shown["rows"]]
    on = date.fromisoformat(shown["on"])
    found = judging.judged(actor, rows, day=on)
    if found.problems or [one.told() for one in found.differences] != shown["told"]:
        return _preview(request, actor, rows, on, changed=True)
    return _written(request, form, actor, found, rows, on)


def _written(
    request: HttpRequest,
    form: WriteSheet,
    actor: Actor,
    found: Judged,
    rows: list[SheetRow],
    on: date,
) -> HttpResponse:
    if not form.is_valid():
        return _preview(request, actor, rows, on)
    try:
        count = commands.write_differences(
            differences=found.differences, on=on, by=actor, at=timezone.now(),
            command_id=cast("Any", form.cleaned_data["command_id"]),
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
        return _preview(request, actor, rows, on)
    told = ngettext("%(n)s change was recorded.", "%(n)s changes were recorded.", count)
    messages.success(request, told % {"n": count})
    return redirect("organisation")
