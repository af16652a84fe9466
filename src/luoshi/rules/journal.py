"""The law of the journal: what an entry is, in which order entries speak, what a digest covers.

Two orders run through it. ``on`` is the day a fact holds from, ``number`` the place at which it
became known; what was so on day D as known at entry n is the fold of the standing entries, ordered
by (``on``, ``number``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Generic, NamedTuple, NewType, Protocol, TypeVar
from uuid import UUID

from luoshi.rules.refusals import Refusal

TextDigest = NewType("TextDigest", str)
"""The salted digest of a text, a name or a file that stands outside the journal."""

F = TypeVar("F")
S = TypeVar("S")

ALGORITHM = "sha256"


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same part; facts: ``entry``, ``theirs``, ``yours``, ``parts``."""

    code = "changed_meanwhile"


class CommandIdReused(Refusal):
    """The same command id came with other content; facts: ``command_id``, ``entry`` if it has."""

    code = "command_id_reused"


class CommandUnderWay(Refusal):
    """The same command is being done at this moment; facts: ``seconds`` to wait at least."""

    code = "command_under_way"


class LaterEntryStandsInTheWay(Refusal):
    """The fact would make a later entry impossible.

    Facts: ``entry``, ``kind``, ``on``, ``cause``.
    """

    code = "later_entry_in_the_way"


class DayInFuture(Refusal):
    """A fact cannot hold from a day that has not come; facts: ``on``, ``today``."""

    code = "day_in_future"


class DayBeforeDistrict(Refusal):
    """A day before the ledger can hold, mostly a slip such as the year 0017.

    Facts: ``on``, ``earliest``.
    """

    code = "day_too_early"


class EntryNotStanding(Refusal):
    """The entry to be corrected is unknown here or was corrected already; facts: ``entry``."""

    code = "entry_not_standing"


class KnownAtUnknown(Refusal):
    """There is no such entry yet; facts: ``known_at``, ``last``."""

    code = "known_at_unknown"


class PersonalDataInBody(Refusal):
    """A text that would be sealed for ever looks like personal data; facts: ``what``."""

    code = "personal_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The corrected entry is taken back; nothing stands in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """Texts were removed; the digests stay, so the chain still verifies."""

    digests: tuple[TextDigest, ...]
    reason: TextDigest
    approved_by: UUID


_ABOUT_ENTRIES = (Withdrawn, Redacted)  # they speak of another entry, not of the thread's matter


class Signature(NamedTuple):
    """Who recorded an entry: a person (random id) in a post, for a unit."""

    person: UUID
    post: UUID | None = None
    unit: UUID | None = None


class Entry(NamedTuple, Generic[F]):
    """One line of a thread; ``number`` is its place in the district, ``no`` in the thread.

    ``hands`` are those of the lines that a standing correction replaced, the first one first;
    ``reason`` says why one was replaced, where it was told.
    """

    number: int
    no: int
    on: date
    at: datetime
    by: Signature
    kind: str
    fact: F
    corrects: int | None = None
    hands: tuple[Signature, ...] = ()
    reason: TextDigest | None = None


class Law(Protocol[S, F]):
    """What the law of a room says about one kind of thread."""

    def initial(self) -> S:
        """Return the state of a thread without entries."""
        ...

    def applied(self, state: S, entry: Entry[F]) -> S:
        """Return the state after an entry."""
        ...

    def check(self, state: S, fact: F, on: date) -> None:
        """Raise the refusal that stands against the fact on this state, if any."""
        ...

    def touched(self, fact: F) -> frozenset[str]:
        """Return the parts of the business object that the fact speaks of."""
        ...


def standing(entries: Iterable[Entry[F]], *, known_at: int | None = None) -> list[Entry[F]]:
    """Return the entries that stand as known at a number, in the order in which they speak.

    An entry that a correction among them replaces is left out, and so is a withdrawal itself. Of
    one day, entries speak in the order of their numbers, and a correction where the entry stood
    that it replaces.
    """
    known = [entry for entry in entries if known_at is None or entry.number <= known_at]
    replaced = {entry.corrects for entry in known if entry.corrects is not None}
    kept = [e for e in known if e.number not in replaced and not isinstance(e.fact, _ABOUT_ENTRIES)]
    corrected = {entry.number: entry.corrects for entry in known if entry.corrects is not None}
    kept.sort(key=lambda entry: (entry.on, _place(entry.number, corrected)))
    if not corrected:
        return kept
    by = {entry.number: entry.by for entry in known}
    return [e._replace(hands=_hands(e.number, corrected, by)) for e in kept]


def _hands(
    number: int, corrected: Mapping[int, int], by: Mapping[int, Signature]
) -> tuple[Signature, ...]:
    """Return the hands of the lines that a line took the place of, the first one first."""
    found: list[Signature] = []
    while number in corrected:
        number = corrected[number]
        found.insert(0, by[number])
    return tuple(found)


def _place(number: int, corrected: Mapping[int, int]) -> int:
    """Return where an entry speaks within its day: a correction in the line that it replaces."""
    while number in corrected:
        number = corrected[number]
    return number


def state_on(
    entries: Iterable[Entry[F]], day: date, *, law: Law[S, F], known_at: int | None = None
) -> S:
    """Return what was so on ``day`` as known at entry ``known_at`` (None: as known now)."""
    state = law.initial()
    for entry in standing(entries, known_at=known_at):
        if entry.on > day:
            break
        state = law.applied(state, entry)
    return state


Days = list[tuple[date, S]]
"""The state from each day on which it changed, in the order of days."""


def days_of(entries: Iterable[Entry[F]], *, law: Law[S, F]) -> Days[S]:
    """Return what a thread was from day to day: the fold of its standing entries."""
    days: Days[S] = []
    state = law.initial()
    for entry in standing(entries):
        state = law.applied(state, entry)
        _put(days, entry.on, state)
    return days


def with_one_more(days: Days[S], entry: Entry[F], *, law: Law[S, F]) -> bool:
    """Add an entry that speaks last to the days; False, and nothing done, where it does not."""
    speaks_last = not days or entry.on >= days[-1][0]
    if not speaks_last or entry.corrects or isinstance(entry.fact, _ABOUT_ENTRIES):
        return False
    state = days[-1][1] if days else law.initial()
    _put(days, entry.on, law.applied(state, entry))
    return True


def _put(days: Days[S], day: date, state: S) -> None:
    if days and days[-1][0] == day:
        days.pop()
    days.append((day, state))


def judge(
    entries: Sequence[Entry[F]],
    *,
    law: Law[S, F],
    on: date,
    corrects: int | None,
    decide: Callable[[S], F],
    proposed: Callable[[F], Entry[F]],
) -> F:
    """Decide a fact for day ``on`` and judge the whole history that would result.

    ``proposed`` makes the entry that the fact would become. Raises what the decider raises,
    EntryNotStanding, and LaterEntryStandsInTheWay where an entry that speaks later could no longer
    stand.
    """
    stands = standing(entries)
    if corrects is not None:
        if all(entry.number != corrects for entry in stands):
            raise EntryNotStanding(entry=corrects)
        stands = [entry for entry in stands if entry.number != corrects]
    before = _before(entries, stands, on, corrects)
    # without the corrected entry, the earlier ones too must still be able to stand
    state = _fold(law, before) if corrects is None else _judged_fold(law, law.initial(), before)
    fact = decide(state)
    if not isinstance(fact, _ABOUT_ENTRIES):
        state = law.applied(state, proposed(fact))
    _judged_fold(law, state, stands[len(before) :])
    return fact


def _before(
    entries: Iterable[Entry[F]], stands: Sequence[Entry[F]], on: date, corrects: int | None
) -> Sequence[Entry[F]]:
    """Return those of the standing entries that speak before a fact of day ``on``."""
    if corrects is None:
        return [entry for entry in stands if entry.on <= on]
    corrected = {entry.number: entry.corrects for entry in entries if entry.corrects is not None}
    here = (on, _place(corrects, corrected))
    return [entry for entry in stands if (entry.on, _place(entry.number, corrected)) < here]


def _fold(law: Law[S, F], entries: Iterable[Entry[F]]) -> S:
    state = law.initial()
    for entry in entries:
        state = law.applied(state, entry)
    return state


def _judged_fold(law: Law[S, F], state: S, entries: Iterable[Entry[F]]) -> S:
    for entry in entries:
        try:
            law.check(state, entry.fact, entry.on)
        except Refusal as cause:
            raise LaterEntryStandsInTheWay(
                entry=entry.number, kind=entry.kind, on=entry.on, cause=cause.code
            ) from cause
        state = law.applied(state, entry)
    return state


def conflicts(
    entries: Iterable[Entry[F]], fact: F, *, law: Law[S, F], expected: int
) -> list[Entry[F]]:
    """Return the entries after ``expected`` that touch a part which the fact touches too."""
    if isinstance(fact, _ABOUT_ENTRIES):
        return []  # they name the entry they speak of, and are judged against it
    parts = law.touched(fact)
    return [
        entry
        for entry in entries
        if entry.number > expected
        and not isinstance(entry.fact, _ABOUT_ENTRIES)
        and law.touched(entry.fact) & parts
    ]


@lru_cache(maxsize=16)  # the entries of a batch have one moment
def moment(at: datetime) -> str:
    """Return a moment as it stands under a digest: UTC, microseconds, ``Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Header(NamedTuple):
    """The columns of an entry that its digest covers, besides the body."""

    district: UUID
    thread: UUID
    no: int
    number: int
    on: date
    at: datetime
    by_person: UUID
    by_post: UUID | None
    for_unit: UUID | None
    command_id: UUID
    kind: str
    version: int
    algorithm: str
    previous: str


HEADER_FIELDS = Header._fields


@lru_cache(maxsize=4096)
def _often(one: UUID) -> str:
    """Return an id as text; those of persons, posts and units stand in many entries."""
    return str(one)


def header_text(header: Header) -> str:
    """Return the header as the digest sees it.

    One value a line, in the order of HEADER_FIELDS, empty for none.
    """
    post, unit = header.by_post, header.for_unit
    return (
        f"{_often(header.district)}\n{_often(header.thread)}\n{header.no}\n{header.number}\n"
        f"{header.on.isoformat()}\n{moment(header.at)}\n"
        f"{_often(header.by_person)}\n{_often(post) if post else ''}\n"
        f"{_often(unit) if unit else ''}\n"
        f"{header.command_id}\n{header.kind}\n{header.version}\n{header.algorithm}\n{header.previous}"
    )


def entry_digest(header: Header, body: str) -> str:
    """Return the digest of an entry.

    SHA-256 over the header's lines, a line feed, and the body as stored.
    """
    return sha256(f"{header_text(header)}\n{body}".encode()).hexdigest()


def text_digest(text: str | bytes, salt: bytes) -> TextDigest:
    """Return the salted digest of a text (UTF-8) or of a file's content."""
    content = text.encode() if isinstance(text, str) else text
    return TextDigest(sha256(salt + content).hexdigest())
