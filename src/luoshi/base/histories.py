"""The entries of a thread and what they fold to; of long threads the last reading is kept."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

from luoshi.base.models import JournalEntry, Thread
from luoshi.base.threads import ThreadKind, entries_of
from luoshi.rules.journal import Days, Entry, days_of, with_one_more

LONG = 50  # entries; a shorter thread is read as fast as it is remembered
KEPT = 200  # threads


@dataclass(slots=True)
class History:
    """The entries of a thread in number order, and the state from each day on which it changed."""

    kind: ThreadKind
    entries: list[Entry[Any]]
    days: Days[Any]

    def take(self, entry: Entry[Any]) -> None:
        """Add the thread's next entry."""
        self.entries.append(entry)
        if not with_one_more(self.days, entry, law=self.kind.law):
            self.days = days_of(self.entries, law=self.kind.law)

    @property
    def last_state(self) -> Any:
        """The state that all standing entries give, as known now."""
        return self.days[-1][1] if self.days else self.kind.law.initial()

    def copy(self) -> "History":
        """Return a history that grows by itself."""
        return History(self.kind, self.entries.copy(), self.days.copy())


_kept: OrderedDict[UUID, tuple[int, str, History]] = OrderedDict()  # count, last digest, history
_keeping = Lock()


def history_of(head: Thread, kind: ThreadKind) -> History:
    """Return what a thread's entries are and give, up to its head.

    A thread of hundreds of entries is not read anew for every one that is added. What is kept is
    the beginning of the thread if the digests say so: each covers all before it.
    """
    with _keeping:
        count, digest, history = _kept.get(head.pk) or (0, "", History(kind, [], []))
        history = history.copy()
    before = head.last_digest if count == head.count else _previous(head, count + 1)
    if count and before != digest:
        history, count = History(kind, [], []), 0
    for entry in entries_of(head.pk, kind, after=count):
        if entry.no > head.count:  # of a head that is not locked: added since
            break
        history.take(entry)
    if len(history.entries) >= LONG:
        _keep(head.pk, head.count, head.last_digest, history.copy())
    return history


def _previous(head: Thread, no: int) -> str | None:
    """Return the digest before an entry of a thread, if there is such an entry."""
    rows = JournalEntry.objects.filter(thread=head.pk, no=no)
    return rows.values_list("previous", flat=True).first()


def _keep(thread: UUID, count: int, digest: str, history: History) -> None:
    with _keeping:
        _kept[thread] = (count, digest, history)
        _kept.move_to_end(thread)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
