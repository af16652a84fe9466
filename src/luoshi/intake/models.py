"""Sheets that were handed in and what each of their rows becomes; drafts, not part of the ledger.

What is written of them stands in the journal; the sheet is kept so that it can be withdrawn.
"""

from typing import ClassVar

from django.db import models


class ImportState(models.TextChoices):
    """Where a sheet stands."""

    STAGED = "staged"
    WRITTEN = "written"
    WITHDRAWN = "withdrawn"


class RowState(models.TextChoices):
    """What a row of a sheet waits for."""

    READY = "ready"
    UNCHANGED = "unchanged"  # the ledger says the same
    ASKED = "asked"  # a person must say which matter or unit is meant
    WAITING = "waiting"  # a cell must be mended
    REFUSED = "refused"
    SKIPPED = "skipped"
    WRITTEN = "written"
    WITHDRAWN = "withdrawn"


class SheetImport(models.Model):
    """A sheet that was handed in: its cells, what was decided about it, and how far it is."""

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    name = models.CharField(max_length=255)
    sheet_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    by_person = models.UUIDField()
    as_of = models.DateField(null=True)
    as_of_guessed = models.BooleanField(default=False)
    title = models.CharField(max_length=255)
    state = models.CharField(max_length=12, choices=ImportState.choices)
    version = models.IntegerField(default=0)  # counts judgements, so that two do not mix
    grid = models.BinaryField()
    mended = models.JSONField(default=list)  # [row, column, text]
    choices = models.JSONField(default=dict)
    questions = models.JSONField(default=dict)
    head = models.JSONField(default=list)
    problems = models.JSONField(default=list)  # of the sheet as a whole
    counts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="import_by_day")]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class StagedRow(models.Model):
    """A row of a sheet and what it becomes; ``row`` counts from 0 as in the grid."""

    pk = models.CompositePrimaryKey("sheet", "row")
    sheet = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    row = models.IntegerField()
    state = models.CharField(max_length=12, choices=RowState.choices)
    title = models.CharField(max_length=200)
    code = models.CharField(max_length=60)
    is_new = models.BooleanField()
    matter = models.UUIDField(null=True)
    becomes = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    cells = models.JSONField(default=list)
    candidates = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sheet", "state", "row"], name="row_by_state")]

    def __str__(self) -> str:
        return f"row {self.row + 1}: {self.title}"
