"""A sheet as a download."""

from io import BytesIO

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from luoshi.base.grids.writing import Sheet, write_csv, write_xlsx

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def sent(sheet: Sheet, ending: str) -> HttpResponse:
    """Return the download, named by its title. Raises Http404 for an unknown ending."""
    if ending not in WRITERS:
        raise Http404
    out = BytesIO()
    WRITERS[ending](out, sheet)
    return attached(out.getvalue(), f"{sheet.title}.{ending}")


def attached(content: bytes, name: str) -> HttpResponse:
    """Return content as a download of this name, whose ending tells its type."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    return response


def _workbook(out: BytesIO, sheet: Sheet) -> None:
    write_xlsx(out, [sheet])


WRITERS = {"xlsx": _workbook, "csv": write_csv}
