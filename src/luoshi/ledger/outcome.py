"""What differs between two looks, in its order and counted, moved on as matters change."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.rules.ledger.comparison import Balance, Became, Glimpse, balance

ORDER = {each: place for place, each in enumerate(Became)}


@dataclass(frozen=True, slots=True)
class Turned:
    """That one matter differs, and how grave it is: enough to count and to sort."""

    thread: UUID
    code: str
    became: Became
    urgency: int
    due: date | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every matter that differs, gravest first; counts by what became of them; the balance."""

    turns: list[Turned]
    counts: Mapping[Became, int]
    balance: Balance


@dataclass(frozen=True, slots=True)
class Pair:
    """A matter that differs: both sides, and if it is open and fits the filters at the later."""

    turned: Turned
    glimpses: tuple[Glimpse | None, Glimpse | None]
    is_open_now: bool


class Outcome:
    """Pairs by their matters; the turns gravest first, the counts and the balance go with them.

    What was told before is not changed by it: whoever still reads that is not disturbed.
    """

    def __init__(self, pairs: Mapping[UUID, Pair]) -> None:
        """Begin with all that differs."""
        self._pairs = dict(pairs)
        self._turns = sorted((pair.turned for pair in pairs.values()), key=_gravest)
        self._counts = Counter(turn.became for turn in self._turns)
        self._balance = _balance(pairs.values())
        self._open_now = sum(pair.is_open_now for pair in pairs.values())

    def move(self, threads: Collection[UUID], pairs: Mapping[UUID, Pair]) -> None:
        """Take what differs of some matters now in place of what differed."""
        gone = [self._pairs.pop(thread) for thread in threads if thread in self._pairs]
        self._pairs.update(pairs)
        self._turns = self._turns.copy()
        for pair in gone:
            del self._turns[bisect_left(self._turns, _gravest(pair.turned), key=_gravest)]
        for pair in pairs.values():
            insort(self._turns, pair.turned, key=_gravest)
        for some, sign in ((gone, -1), (pairs.values(), 1)):
            for pair in some:
                self._counts[pair.turned.became] += sign
                self._open_now += sign * pair.is_open_now
            self._balance = self._balance.plus(_balance(some), times=sign)

    def told(self, open_now: int) -> Comparison:
        """Return the outcome where so many matters in all are open at the later look."""
        unchanged = open_now - self._open_now
        same = Balance(unchanged, 0, 0, 0, 0, unchanged)
        counts = {became: n for became, n in self._counts.items() if n}
        return Comparison(self._turns, counts, self._balance.plus(same))


def _balance(pairs: Iterable[Pair]) -> Balance:
    return balance((pair.glimpses for pair in pairs), 0)


def _gravest(turn: Turned) -> tuple[int, int, date, str]:
    # of those of which the same became, all are seen at one look, and there a code stands once
    return (ORDER[turn.became], turn.urgency, turn.due or date.max, turn.code)
