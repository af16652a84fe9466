"""What a command or a batch writes: all of it plain and apart, so that another thread may store it.

Numbering, judging and folding may go on meanwhile; nothing here changes with them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db import models

from luoshi.base import texts
from luoshi.base.files import SealedFile, keep_files
from luoshi.base.models import JournalEntry, Line, Thread
from luoshi.base.rows import Row, insert
from luoshi.base.spells import Spelled
from luoshi.base.texts import SealedText
from luoshi.rules import journal as rules

ENTRY_COLUMNS = (*rules.HEADER_FIELDS, "digest", "body")
HEAD_COLUMNS = ("id", "district", "kind", "count", "last_number", "last_digest")


@dataclass(slots=True, kw_only=True)
class Written:
    """Entries, the heads and the line they leave, what stands outside of them, rows and spells.

    ``rows`` are those of the threads by their table; of ``gone`` all was taken back.
    """

    district: UUID
    last_number: int
    last_at: datetime | None
    begun: list[Row]
    continued: list[Row]
    entries: list[Row]
    spelled: Spelled
    texts: Sequence[tuple[SealedText, UUID]] = ()
    files: Sequence[tuple[SealedFile, UUID]] = ()
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    gone: list[tuple[type[models.Model], UUID]] = field(default_factory=list)

    def store(self) -> None:
        """Write all of it; the line is locked."""
        insert(Thread, HEAD_COLUMNS, self.begun)
        insert(Thread, HEAD_COLUMNS, self.continued, replacing=HEAD_COLUMNS[3:])
        insert(JournalEntry, ENTRY_COLUMNS, self.entries)
        Line.objects.filter(pk=self.district).update(
            last_number=self.last_number, last_at=self.last_at
        )
        texts.keep(self.texts, district=self.district)
        keep_files(self.files, district=self.district)
        for model, thread in self.gone:
            model._default_manager.filter(pk=thread).delete()
        for model, rows in self.rows.items():
            store_rows(model, rows)
        self.spelled.store()


def store_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write rows whose key is their thread's id: new ones are added, known ones replaced."""
    key = model._meta.pk.attname
    columns = [field.attname for field in model._meta.concrete_fields]
    changing = [column for column in columns if column != key]
    insert(model, columns, map(attrgetter(*columns), rows), replacing=changing)
