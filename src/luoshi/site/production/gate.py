"""The gate before the pages: few requests work at a time, writing goes first, reading is shed.

Each process answers so many requests at a time as make it quickest (one: Python works on one
anyway); the others wait here, where they are seen, and not in queues of the server and the kernel,
where they are not. Two queues: who writes goes before who reads. A reader who would wait too long,
by what the last requests took, is told so at once, which costs next to nothing; so there is always
room for those who write.

A rush is no overload: for a while everybody may wait long (``patience``). Only where somebody has
been waiting without a break for ``STANDING`` is more asked than can be done, and then a reader is
told so early (``standing``). Nothing else is remembered: with the queue the overload is over.

Work that lasts, an export or a day read anew, holds up nobody: after ``LONGEST`` its place counts
as free, for ``most_slow`` at a time.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Lock
from time import monotonic

from luoshi.base import place


class Kind(StrEnum):
    """What a request wants; the order is that of going first."""

    WRITE = "write"
    READ = "read"
    ENTER = "enter"  # a password is judged: slow on purpose, at a gate of its own


@dataclass(frozen=True, slots=True)
class Bound:
    """How many may wait, and for how many seconds each.

    ``patience`` counts in a rush, ``standing`` where the queue does not end; None: the same.
    """

    most: int
    patience: float
    standing: float | None = None


class Overloaded(Exception):
    """There is no room for this request now; nothing of it was done."""


FEW = 4  # may always wait: of so few no guess is made
LONGEST = 1.0  # seconds that one request counts at most: an export makes no overload
WEIGHT = 0.1  # of the last request in the guess
STANDING = 10.0  # seconds after which a queue that never ended is no rush any more


@dataclass(slots=True, eq=False)
class _Waiter:
    called: Event = field(default_factory=Event)
    began: float = 0.0  # to work


class Gate:
    """Lets ``places`` requests work at a time; ``most_lent`` may sleep outside meanwhile."""

    def __init__(
        self,
        bounds: Mapping[Kind, Bound],
        *,
        places: int = 1,
        most_lent: int = 32,
        most_slow: int = 2,
    ) -> None:
        self._bounds = bounds
        self._places, self._most_slow = places, most_slow
        self._lock = Lock()
        self._working: set[_Waiter] = set()
        self._queues: dict[Kind, deque[_Waiter]] = {
            kind: deque() for kind in Kind if kind in bounds
        }
        self._since = dict.fromkeys(self._queues, 0.0)  # when a queue that stands began
        self._lent, self._most_lent = 0, most_lent
        self._each = 0.0  # seconds that a request takes, of late

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Return for whom this gate is."""
        return tuple(self._queues)

    def waiting(self, kind: Kind) -> int:
        """Return how many wait now."""
        return len(self._queues[kind])

    @contextmanager
    def passing(self, kind: Kind, *, waited: float = 0.0) -> Iterator[float]:
        """Work inside, when it is one's turn; gives the seconds waited here.

        ``waited`` are seconds that the request waited before it came here. Raises Overloaded.
        """
        came = monotonic()
        worker = self._enter(kind, came, waited)
        try:
            with place.held(_Held(self, worker)):
                yield worker.began - came
        finally:
            self._each += WEIGHT * (min(monotonic() - worker.began, LONGEST) - self._each)
            self._leave(worker)

    def _enter(self, kind: Kind, came: float, waited: float) -> _Waiter:
        waiter, queue = _Waiter(), self._queues[kind]
        with self._lock:
            self._call(came)  # whoever came earlier goes first
            if not self._has_room(came):
                patience = self._patience(kind, came) - waited
                if len(queue) >= self._bounds[kind].most or self._guess(kind) > patience:
                    raise Overloaded
            if not queue:
                self._since[kind] = came
            queue.append(waiter)
            self._call(came)
        self._wait(waiter, kind, until=came + self._bounds[kind].patience - waited)
        return waiter

    def _wait(self, waiter: _Waiter, kind: Kind, *, until: float) -> None:
        """Wait to be called; look now and then whether somebody's work lasts."""
        while not waiter.called.wait(min(LONGEST, max(until - monotonic(), 0.0))):
            with self._lock:
                self._call(monotonic())
                if waiter.called.is_set():
                    return
                if monotonic() >= until:
                    self._queues[kind].remove(waiter)
                    raise Overloaded

    def _patience(self, kind: Kind, now: float) -> float:
        """Return the seconds that one of a kind may wait: less, where the queue stands."""
        bound = self._bounds[kind]
        is_standing = self._queues[kind] and now - self._since[kind] > STANDING
        return bound.standing if is_standing and bound.standing is not None else bound.patience

    def _guess(self, kind: Kind) -> float:
        """Return the seconds that one more of a kind would wait."""
        before = 0
        for other, queue in self._queues.items():
            before += len(queue)
            if other is kind:
                break
        return before * self._each if before >= FEW else 0.0

    def _has_room(self, now: float) -> bool:
        slow = sum(now - one.began > LONGEST for one in self._working)
        return len(self._working) - min(slow, self._most_slow) < self._places

    def _call(self, now: float) -> None:
        """Give what places there are to the first of those who write, then of those who read."""
        while self._has_room(now) and (queue := next(filter(None, self._queues.values()), None)):
            waiter = queue.popleft()
            waiter.began = now
            self._working.add(waiter)
            waiter.called.set()

    def _leave(self, worker: _Waiter) -> None:
        with self._lock:
            self._working.remove(worker)
            self._call(monotonic())

    def _lend(self, worker: _Waiter) -> bool:
        with self._lock:
            if self._lent >= self._most_lent:
                return False
            self._lent += 1
        self._leave(worker)
        return True

    def _take_back(self, worker: _Waiter) -> None:
        """Come back before all others: who was let in once is never shed."""
        worker.called.clear()
        with self._lock:
            self._lent -= 1
            self._queues[self.kinds[0]].appendleft(worker)
            self._call(monotonic())
        while not worker.called.wait(LONGEST):
            with self._lock:
                self._call(monotonic())


@dataclass(frozen=True, slots=True)
class _Held:
    """The place of a request that works."""

    gate: Gate
    worker: _Waiter

    @contextmanager
    def lent(self) -> Iterator[bool]:
        """Let another work meanwhile."""
        if not self.gate._lend(self.worker):  # noqa: SLF001 - its own other half
            yield False
            return
        try:
            yield True
        finally:
            self.gate._take_back(self.worker)  # noqa: SLF001
