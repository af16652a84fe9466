"""The gate before the pages: few requests work at a time, writing goes first, reading is shed.

Each process answers so many requests at a time as make it quickest (one: Python works on one
anyway); the others wait here, where they are seen, and not in queues of the server and the kernel,
where they are not. Two queues: who writes goes before who reads. A reader who would wait too long,
by what the last requests took, is told so at once, which costs next to nothing; so there is always
room for those who write. Nothing else is remembered: with the queue the overload is over.
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


@dataclass(frozen=True, slots=True)
class Bound:
    """How many may wait, and how long each: ``most`` requests, ``patience`` seconds."""

    most: int
    patience: float


class Overloaded(Exception):
    """There is no room for this request now; nothing of it was done."""


FEW = 4  # may always wait: of so few no guess is made
LONGEST = 1.0  # seconds that one request counts at most: an export makes no overload
WEIGHT = 0.1  # of the last request in the guess


@dataclass(slots=True, eq=False)
class _Waiter:
    called: Event = field(default_factory=Event)


class Gate:
    """Lets ``places`` requests work at a time; ``most_lent`` may sleep outside meanwhile."""

    def __init__(
        self, bounds: Mapping[Kind, Bound], *, places: int = 1, most_lent: int = 32
    ) -> None:
        self._bounds = bounds
        self._free = places
        self._lock = Lock()
        self._queues: dict[Kind, deque[_Waiter]] = {kind: deque() for kind in Kind}
        self._lent, self._most_lent = 0, most_lent
        self._each = 0.0  # seconds that a request takes, of late

    def waiting(self, kind: Kind) -> int:
        """Return how many wait now."""
        return len(self._queues[kind])

    @contextmanager
    def passing(self, kind: Kind, *, waited: float = 0.0) -> Iterator[float]:
        """Work inside, when it is one's turn; gives the seconds waited here.

        ``waited`` are seconds that the request waited before it came here. Raises Overloaded.
        """
        seconds = self._enter(kind, waited)
        began = monotonic()
        try:
            with place.held(_Held(self)):
                yield seconds
        finally:
            self._each += WEIGHT * (min(monotonic() - began, LONGEST) - self._each)
            self._leave()

    def _enter(self, kind: Kind, waited: float) -> float:
        bound, began = self._bounds[kind], monotonic()
        with self._lock:
            if self._free:
                self._free -= 1
                return 0.0
            if self.waiting(kind) >= bound.most or waited + self._guess(kind) > bound.patience:
                raise Overloaded
            waiter = _Waiter()
            self._queues[kind].append(waiter)
        if not waiter.called.wait(bound.patience - waited):
            self._give_up(waiter, kind)
        return monotonic() - began

    def _guess(self, kind: Kind) -> float:
        """Return the seconds that one more of a kind would wait."""
        before = self.waiting(Kind.WRITE) + (self.waiting(kind) if kind is Kind.READ else 0)
        return before * self._each if before >= FEW else 0.0

    def _give_up(self, waiter: _Waiter, kind: Kind) -> None:
        """Go away, unless one was called in the same moment."""
        with self._lock:
            if waiter.called.is_set():
                return
            self._queues[kind].remove(waiter)
        raise Overloaded

    def _leave(self) -> None:
        """Give the place to the first of those who write, then of those who read."""
        with self._lock:
            for kind in Kind:
                if self._queues[kind]:
                    self._queues[kind].popleft().called.set()
                    return
            self._free += 1

    def _return(self) -> None:
        """Come back before all others: who was let in once is never shed."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            waiter = _Waiter()
            self._queues[Kind.WRITE].appendleft(waiter)
        waiter.called.wait()

    def _lend(self) -> bool:
        with self._lock:
            if self._lent >= self._most_lent:
                return False
            self._lent += 1
        self._leave()
        return True

    def _take_back(self) -> None:
        with self._lock:
            self._lent -= 1
        self._return()


@dataclass(frozen=True, slots=True)
class _Held:
    """The place of a request that works."""

    gate: Gate

    @contextmanager
    def lent(self) -> Iterator[bool]:
        """Let another work meanwhile."""
        if not self.gate._lend():  # noqa: SLF001 - its own other half
            yield False
            return
        try:
            yield True
        finally:
            self.gate._take_back()  # noqa: SLF001
