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


class DocumentState(models.TextChoices):
    """Where a report stands."""

    REVIEW = "review"
    WRITTEN = "written"  # something of it is in the ledger
    WITHDRAWN = "withdrawn"  # handed in wrongly: nothing of it counts any more


class StatementState(models.TextChoices):
    """What became of a statement in review."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DROPPED = "dropped"
    JOINED = "joined"  # into the one before it
    WRITTEN = "written"
    WITHDRAWN = "withdrawn"  # was in the ledger and was taken back there


class ReportText(models.Model):
    """The text of a document, by its SHA-256: outside the journal, removed without harm to it."""

    pk = models.CompositePrimaryKey("district", "digest")
    district = models.UUIDField()
    digest = models.CharField(max_length=64)
    text = models.TextField()

    def __str__(self) -> str:
        return self.digest


class ReportDocument(models.Model):
    """A report that was handed in and is reviewed; a draft, not part of the ledger.

    ``sections`` are [offset, words] of its headings, ``done`` the last acts of the review, each
    with what stood before, so that it can be undone. ``version`` counts all its acts. A withdrawn
    report keeps its statements, the ``reason`` and the moment.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    name = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    place = models.CharField(max_length=100)
    day = models.DateField()
    day_guessed = models.BooleanField()
    year = models.IntegerField(null=True)
    kind = models.CharField(max_length=8)
    pages = models.IntegerField()
    scanned = models.JSONField(default=list)
    length = models.IntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_person = models.UUIDField()
    state = models.CharField(max_length=12, choices=DocumentState.choices)
    counts = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    done = models.JSONField(default=list)
    version = models.IntegerField(default=0)
    reason = models.CharField(max_length=400, default="")
    withdrawn_at = models.DateTimeField(null=True)
    lost = 0
    """Of how many statements what was decided before found no place: told once, kept nowhere."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "-at"], name="report_by_day")]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"


class StagedStatement(models.Model):
    """A statement of a report in review; ``number`` is its name, ``start`` gives the order.

    ``row`` is the statement as the reader's schema has it, with what a person mended; ``choice``
    what was decided besides: ``lead``, ``supporting``, ``sponsor``, ``matter`` (an id or ``new``).
    ``version`` is that of the report at the last act on it; who did that, when, and in which window
    of theirs (``desk``) stand beside, nothing before the first.
    """

    pk = models.CompositePrimaryKey("document", "number")
    document = models.ForeignKey(
        ReportDocument, on_delete=models.CASCADE, related_name="statements"
    )
    number = models.IntegerField()
    start = models.IntegerField()
    end = models.IntegerField()
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=StatementState.choices)
    confidence = models.FloatField()
    has_gaps = models.BooleanField()
    row = models.JSONField()
    gaps = models.JSONField(default=list)
    choice = models.JSONField(default=dict)
    matter = models.UUIDField(null=True)
    problem = models.CharField(max_length=64, default="")
    version = models.IntegerField(default=0)
    by_person = models.UUIDField(null=True)
    by_post = models.UUIDField(null=True)
    at = models.DateTimeField(null=True)
    desk = models.CharField(max_length=32, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["document", "start", "number"], name="statement_in_order")
        ]

    def __str__(self) -> str:
        return f"statement {self.number}"
