"""Every read of the intake."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from luoshi.base.journal import Actor
from luoshi.intake.models import SheetImport, StagedRow
from luoshi.rules.refusals import NotFound

ROWS_A_PAGE = 50


def imports_visible_to(actor: Actor) -> QuerySet[SheetImport]:
    """Return the sheets handed in for the actor's district, the newest first."""
    return SheetImport.objects.filter(district=actor.district).defer("grid").order_by("-at", "id")


def import_visible_to(actor: Actor, import_id: UUID) -> SheetImport:
    """Return one sheet. Raises NotFound."""
    sheet = imports_visible_to(actor).filter(pk=import_id).first()
    if sheet is None:
        raise NotFound(what="import")
    return sheet


def rows_of(sheet: SheetImport, *, state: str = "", page: int = 1) -> "Page[StagedRow]":
    """Return a page of the rows of a sheet, of one state or of all."""
    return Paginator(all_rows_of(sheet, state=state), ROWS_A_PAGE).get_page(page)


def all_rows_of(sheet: SheetImport, *, state: str = "") -> QuerySet[StagedRow]:
    """Return the rows of a sheet in their order, of one state or of all."""
    rows = StagedRow.objects.filter(sheet=sheet).order_by("row")
    return rows.filter(state=state) if state else rows


def counts_of(sheet: SheetImport) -> dict[str, int]:
    """Return how many rows of a sheet are in each state."""
    found = sheet.rows.order_by().values_list("state").annotate(Count("row"))
    return dict(found)
