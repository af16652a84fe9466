"""Numbers, chains, folds and stores entries on a locked line."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from luoshi.base.files import SealedFile
from luoshi.base.folding import Folding
from luoshi.base.histories import History, history_of
from luoshi.base.models import Line, Thread
from luoshi.base.rows import Row
from luoshi.base.spells import Spelled
from luoshi.base.texts import SealedText
from luoshi.base.threads import Change, Command, ThreadKind, kinds
from luoshi.base.written import HEAD_COLUMNS, Written
from luoshi.rules.journal import ALGORITHM, Days, Entry, Header, Signature, entry_digest

_columns_of_head = attrgetter(*HEAD_COLUMNS)


class Appender:
    """Takes entries one by one and stores them all at once, with what they change.

    ``threads`` are those that will be written to, ``heads`` the heads of those that stand already,
    locked; the line is locked too, so what other threads are is read here as it stays. ``before``
    is the one whose entries come right before these and may not be stored yet: what it knows is
    newer than what can be read.
    """

    def __init__(
        self,
        line: Line,
        command: Command,
        heads: dict[UUID, Thread],
        threads: Mapping[UUID, ThreadKind],
        *,
        before: "Appender | None" = None,
    ) -> None:
        self.line, self.command, self.heads, self.threads = line, command, heads, threads
        self._new_heads: dict[UUID, Thread] = {}
        self._touched: dict[UUID, Thread] = {}
        self._entries: list[Row] = []
        self._texts: list[tuple[SealedText, UUID]] = []
        self._files: list[tuple[SealedFile, UUID]] = []
        self.foldings: dict[UUID, Folding] = {}
        self._before: dict[UUID, Folding] = before.foldings if before else {}
        self._around: dict[str, Any] = {}
        self.leaners: dict[UUID, set[UUID]] = before.leaners if before else {}
        for kind in {kind.name: kind for kind in threads.values()}.values():
            for thread, leaner in kind.leaners(threads):
                self.leaners.setdefault(thread, set()).add(leaner)

    def history(self, change: Change) -> History:
        """Return the history of a thread as the entries so far leave it."""
        return self._folding(change.thread, change.kind).history

    def take_history(self, change: Change, history: History) -> None:
        """Go on from a history that was read already."""
        self.foldings[change.thread] = Folding(
            change.kind, self.line.district, change.thread, history
        )

    def _folding(self, thread: UUID, kind: ThreadKind) -> Folding:
        found = self.foldings.get(thread)
        if found is None:
            found = self._before.get(thread) or self._read(thread, kind)
            self.foldings[thread] = found
        return found

    def _read(self, thread: UUID, kind: ThreadKind) -> Folding:
        head = self.heads.get(thread)
        if head is None and thread not in self.threads:  # one that is only looked at
            head = Thread.objects.filter(pk=thread).first()
        history = history_of(head, kind) if head else History(kind, [], [])
        return Folding(kind, self.line.district, thread, history)

    def append(self, change: Change, fact: Any) -> Entry[Any]:
        """Make the next entry of a thread and fold it."""
        reason = change.reason.digest if change.reason else None
        fact, body = change.kind.codec.sealed(fact, corrects=change.corrects, reason=reason)
        head = self._head(change)
        at = max(self.command.at, self.line.last_at or self.command.at)
        header, digest = self._chained(change, fact, body, head, at)
        by = Signature(header.by_person, header.by_post, header.for_unit)
        entry = Entry(
            header.number, header.no, header.on, at, by, header.kind, fact, change.corrects,
            reason=reason,
        )  # fmt: skip
        self.line.last_number, self.line.last_at = header.number, at
        head.count, head.last_number, head.last_digest = header.no, header.number, digest
        self._touched[change.thread] = head
        self._keep_outside(change)
        folding = self._folding(change.thread, change.kind)
        folding.take(entry)
        for other in folding.leans_on:
            self.leaners.setdefault(other, set()).add(change.thread)
        self._tell(folding, header.number)
        for leaner in self.leaners.get(change.thread, ()):
            self._tell(self._folding(leaner, change.kind), header.number)
        return entry

    def _keep_outside(self, change: Change) -> None:
        if change.texts:
            self._texts += [(text, change.thread) for text in change.texts]
        if change.files:
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

    def _chained(
        self, change: Change, fact: Any, body: str, head: Thread, at: datetime
    ) -> tuple[Header, str]:
        stored = change.kind.codec.kind_of(fact)
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
        self.written().store()
        self.foldings.clear()  # what stands is read anew, should it be told once more

    def written(self) -> Written:
        """Return what is to be stored; from here on it counts as stored."""
        touched = self._touched.items()
        written = Written(
            district=self.line.district,
            last_number=self.line.last_number,
            last_at=self.line.last_at,
            begun=[_columns_of_head(head) for head in self._new_heads.values()],
            continued=[_columns_of_head(h) for key, h in touched if key not in self._new_heads],
            entries=self._entries,
            spelled=_spelled(self.foldings.values()),
            texts=self._texts,
            files=self._files,
        )
        for thread in self._touched:
            folding = self.foldings[thread]
            row = folding.row()
            if row is not None:
                written.rows.setdefault(folding.kind.row, []).append(row)
            elif thread not in self._new_heads:  # all that it stood on was taken back
                written.gone.append((folding.kind.row, thread))
        return written

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
            _spelled([folding]).store()
            del self.foldings[head.pk]  # a district has more threads than are kept at hand


def _spelled(foldings: Iterable[Folding]) -> Spelled:
    return Spelled(book for folding in foldings for book in folding.books.values())
