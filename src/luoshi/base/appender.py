"""Numbers, chains, folds and stores entries on a locked line."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import models

from luoshi.base import texts
from luoshi.base.files import SealedFile, keep_files
from luoshi.base.folding import Folding
from luoshi.base.histories import History, history_of
from luoshi.base.models import JournalEntry, Line, Spell, Thread
from luoshi.base.rows import Row, insert
from luoshi.base.spells import stored_columns
from luoshi.base.texts import SealedText
from luoshi.base.threads import Change, Command, ThreadKind, kinds
from luoshi.rules import journal as rules
from luoshi.rules.journal import ALGORITHM, Days, Entry, Header, entry_digest

ENTRY_COLUMNS = (*rules.HEADER_FIELDS, "digest", "body")
HEAD_COLUMNS = ("id", "district", "kind", "count", "last_number", "last_digest")
_columns_of_head = attrgetter(*HEAD_COLUMNS)


class Appender:
    """Takes entries one by one and stores them all at once, with what they change.

    ``threads`` are those that will be written to, ``heads`` the heads of those that stand already,
    locked; the line is locked too, so what other threads are is read here as it stays.
    """

    def __init__(
        self,
        line: Line,
        command: Command,
        heads: dict[UUID, Thread],
        threads: Mapping[UUID, ThreadKind],
    ) -> None:
        self.line, self.command, self.heads, self._threads = line, command, heads, threads
        self._new_heads: dict[UUID, Thread] = {}
        self._touched: dict[UUID, Thread] = {}
        self._entries: list[Row] = []
        self._texts: list[tuple[SealedText, UUID]] = []
        self._files: list[tuple[SealedFile, UUID]] = []
        self._foldings: dict[UUID, Folding] = {}
        self._around: dict[str, Any] = {}
        self._leaners: dict[UUID, set[UUID]] = {}
        for kind in {kind.name: kind for kind in threads.values()}.values():
            for thread, leaner in kind.leaners(threads):
                self._leaners.setdefault(thread, set()).add(leaner)

    def history(self, change: Change) -> History:
        """Return the history of a thread as the entries so far leave it."""
        return self._folding(change.thread, change.kind).history

    def take_history(self, change: Change, history: History) -> None:
        """Go on from a history that was read already."""
        self._foldings[change.thread] = Folding(
            change.kind, self.line.district, change.thread, history
        )

    def _folding(self, thread: UUID, kind: ThreadKind) -> Folding:
        found = self._foldings.get(thread)
        if found is None:
            head = self.heads.get(thread)
            if head is None and thread not in self._threads:  # one that is only looked at
                head = Thread.objects.filter(pk=thread).first()
            history = history_of(head, kind) if head else History(kind, [], [])
            found = Folding(kind, self.line.district, thread, history)
            self._foldings[thread] = found
        return found

    def append(self, change: Change, fact: Any) -> Entry[Any]:
        """Make the next entry of a thread and fold it."""
        fact = change.kind.codec.settled(fact)
        head = self._head(change)
        at = max(self.command.at, self.line.last_at or self.command.at)
        header, digest = self._chained(change, fact, head, at)
        by = self.command.by.signature
        entry = Entry(
            header.number, header.no, header.on, at, by, header.kind, fact, change.corrects
        )
        self.line.last_number, self.line.last_at = header.number, at
        head.count, head.last_number, head.last_digest = header.no, header.number, digest
        self._touched[head.pk] = head
        self._keep_outside(change)
        folding = self._folding(change.thread, change.kind)
        folding.take(entry)
        for other in folding.leans_on:
            self._leaners.setdefault(other, set()).add(change.thread)
        self._tell(folding, header.number)
        for leaner in self._leaners.get(change.thread, ()):
            self._tell(self._folding(leaner, change.kind), header.number)
        return entry

    def _keep_outside(self, change: Change) -> None:
        self._texts += [(text, change.thread) for text in change.texts]
        self._files += [(file, change.thread) for file in change.files]
        if change.reason:
            self._texts.append((change.reason, change.thread))

    def _head(self, change: Change) -> Thread:
        head = self.heads.get(change.thread)
        if head is None:
            head = Thread(
                id=change.thread,
                district=self.line.district,
                kind=change.kind.name,
                count=0,
                last_number=0,
                last_digest="",
            )
            self.heads[change.thread] = self._new_heads[change.thread] = head
        return head

    def _chained(self, change: Change, fact: Any, head: Thread, at: datetime) -> tuple[Header, str]:
        stored = change.kind.codec.kind_of(fact)
        reason = change.reason.digest if change.reason else None
        by = self.command.by
        header = Header(
            district=self.line.district,
            thread=change.thread,
            no=head.count + 1,
            number=self.line.last_number + 1,
            on=change.on,
            at=at,
            by_person=by.person,
            by_post=by.post,
            for_unit=by.unit,
            command_id=self.command.id,
            kind=stored.name,
            version=stored.version,
            algorithm=ALGORITHM,
            previous=head.last_digest,
        )
        body = change.kind.codec.encode(fact, corrects=change.corrects, reason=reason)
        digest = entry_digest(header, body)
        self._entries.append((*header, digest, body))
        return header, digest

    def _tell(self, folding: Folding, number: int) -> None:
        """Take down what lists show of a thread as known from a number on."""
        kind = folding.kind
        if kind.name not in self._around:
            self._around[kind.name] = kind.surroundings(self.line.district, None)
        if not folding.books:
            folding.open_books(are_stored=folding.thread not in self._new_heads)
        folding.tell(self._around[kind.name], self._others(folding), number)

    def _others(self, folding: Folding) -> dict[UUID, Days[Any]]:
        """Return what the threads that this one leans on were from day to day."""
        return {
            thread: self._folding(thread, folding.kind).history.days for thread in folding.leans_on
        }

    def store(self) -> None:
        """Write entries, heads, line, texts, rows and spells."""
        insert(Thread, HEAD_COLUMNS, map(_columns_of_head, self._new_heads.values()))
        old = [head for head in self._touched.values() if head.pk not in self._new_heads]
        if len(old) == 1:  # most commands; to build the statement for many takes longer
            old[0].save(update_fields=["count", "last_number", "last_digest"])
        else:
            Thread.objects.bulk_update(old, ["count", "last_number", "last_digest"])
        insert(JournalEntry, ENTRY_COLUMNS, self._entries)
        self.line.save(update_fields=["last_number", "last_at"])
        texts.keep(self._texts, district=self.line.district)
        keep_files(self._files, district=self.line.district)
        self._store_rows()
        self._store_spells(self._foldings.values())
        self._foldings.clear()  # what stands is read anew, should it be told once more

    def _store_rows(self) -> None:
        by_model: dict[type[models.Model], list[models.Model]] = {}
        for thread in self._touched:
            folding = self._foldings[thread]
            row = folding.row()
            if row is not None:
                by_model.setdefault(folding.kind.row, []).append(row)
            elif thread not in self._new_heads:  # all that it stood on was taken back
                folding.kind.row._default_manager.filter(pk=thread).delete()
        for model, rows in by_model.items():
            store_rows(model, rows)

    def _store_spells(self, foldings: Iterable[Folding]) -> None:
        fresh: dict[type[Spell], list[Row]] = {}
        for folding in foldings:
            for model, book in folding.books.items():
                book.close_ended()
                fresh.setdefault(model, []).extend(book.unwritten())
        for model, spells in fresh.items():
            insert(model, stored_columns(model), spells)

    def respell(self, changed: Iterable[str]) -> None:
        """Rewrite the spells of all threads judged by the changed kinds, as known from here on."""
        names = set(changed)
        for kind in kinds().values():
            if names & set(kind.surrounding_kinds):
                self._respell_kind(kind)

    def _respell_kind(self, kind: ThreadKind) -> None:
        district, number = self.line.district, self.line.last_number
        heads = Thread.objects.filter(district=district, kind=kind.name)
        self._around.pop(kind.name, None)
        for head in heads:
            folding = self._folding(head.pk, kind)
            self._tell(folding, number)
            self._store_spells([folding])
            del self._foldings[head.pk]  # a district has more threads than are kept at hand


def store_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write rows whose key is their thread's id: new ones are added, known ones replaced."""
    columns = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=columns
    )
