"""One thread, folded entry by entry into what lists show of it; append and rebuild share it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import models

from luoshi.base.histories import History
from luoshi.base.models import Spell
from luoshi.base.rows import Row
from luoshi.base.spells import SpellBook
from luoshi.base.threads import ThreadKind
from luoshi.rules.journal import Days, Entry


class Folding:
    """The history of a thread and the books of its spells."""

    __slots__ = (
        "_judged_by",
        "_memory",
        "books",
        "district",
        "history",
        "kind",
        "leans_on",
        "thread",
    )

    def __init__(self, kind: ThreadKind, district: UUID, thread: UUID, history: History) -> None:
        """Begin with what the thread was so far; its spells are not read."""
        self.kind, self.district, self.thread, self.history = kind, district, thread, history
        self.leans_on: set[UUID] = set()
        for entry in history.entries:
            self.leans_on.update(kind.leans_on(entry.fact))
        self.books: dict[type[Spell], SpellBook] = {}
        self._memory: object = None
        self._judged_by: object = None

    def open_books(self, *, are_stored: bool) -> None:
        """Open the books of the spells; those of a thread that stood before are read first."""
        for model in self.kind.spells:
            book = SpellBook(model, district=self.district, thread=self.thread)
            self.books[model] = book.load() if are_stored else book

    def take(self, entry: Entry[Any]) -> None:
        """Add the thread's next entry."""
        self.history.take(entry)
        self.leans_on.update(self.kind.leans_on(entry.fact))

    def tell(self, surroundings: object, others: Mapping[UUID, Days[Any]], number: int) -> None:
        """Take down what lists show as known from ``number`` on."""
        memory = self._memory if surroundings is self._judged_by else None
        projected = self.kind.project(
            self.history.days,
            district=self.district,
            thread=self.thread,
            surroundings=surroundings,
            others=others,
            memory=memory,
        )
        self._memory, self._judged_by = projected.memory, surroundings
        for model, book in self.books.items():
            book.advance(projected.spells[model], number)

    def row(self) -> models.Model | None:
        """Return the thread's row as known now; None where all it stood on was taken back."""
        days = self.history.days
        return self.kind.row_of(days[-1][1], self.district, self.thread) if days else None

    def unwritten(self) -> Iterable[tuple[type[Spell], list[Row]]]:
        """Return table by table the spells that are not stored yet."""
        return [(model, book.unwritten()) for model, book in self.books.items()]
