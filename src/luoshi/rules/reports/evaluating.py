"""How well a reading agrees with labels made by hand (labelling §10).

Gold is plain data in the schema of a statement; fields it lacks are not judged. A prediction
answers a label of the same document when the stretches overlap and value and unit agree (or both
have none); the larger overlap wins, one to one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from luoshi.rules.reports.statements import Statement, as_row

Row = Mapping[str, Any]
Ranges = Mapping[str, Sequence[tuple[int, int]]]
ALL = "all"
_FORGIVEN = ("[opt]", "[dup]")
_FOOTNOTE = re.compile(r"\^?\[\d+\]")
_UNHEARD = frozenset('"“”《》 \n')  # what two spellings of one name may differ in
SAME_NAME = 0.3  # share of a longer name that the shorter one within it must make up
LIKE_ENOUGH = 0.5  # share of common characters from which two subjects count as the same


@dataclass(slots=True)
class Share:
    """So many right of so many judged."""

    right: int = 0
    of: int = 0

    def add(self, *, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.of += 1

    @property
    def value(self) -> float | None:
        """Return the share from 0 to 1, or None where nothing was judged."""
        return self.right / self.of if self.of else None


@dataclass(slots=True)
class Found:
    """Hits, false finds and misses."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Return how many of the finds are right."""
        found = self.hits + self.extra
        return self.hits / found if found else None

    @property
    def recall(self) -> float | None:
        """Return how many of the labels were found."""
        labels = self.hits + self.missed
        return self.hits / labels if labels else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of both."""
        total = 2 * self.hits + self.extra + self.missed
        return 2 * self.hits / total if total else None


@dataclass(slots=True)
class Scores:
    """The figures of one document, of one kind, or of all."""

    numbers: Found = field(default_factory=Found)  # statements with a value
    actions: Found = field(default_factory=Found)  # statements without
    works: Found = field(default_factory=Found)
    fields: dict[str, Share] = field(default_factory=dict)

    def judge(self, name: str, *, right: bool) -> None:
        """Count a field of a matched pair."""
        self.fields.setdefault(name, Share()).add(right=right)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the statement that answers it."""

    label: Row
    found: Row


@dataclass(slots=True)
class Evaluation:
    """All scores: ``scores["all"]``, and one for each document and each kind."""

    scores: dict[str, Scores] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)


def evaluate(
    gold: Iterable[Row],
    statements: Iterable[Statement],
    *,
    numbered: Ranges | None = None,
    unnumbered: Ranges | None = None,
) -> Evaluation:
    """Compare a reading with labels; precision counts only inside the ranges where given."""
    labels = list(gold)
    found = [as_row(one) for one in statements]
    result = Evaluation()
    for doc in dict.fromkeys(row["doc"] for row in labels):
        theirs = [row for row in labels if row["doc"] == doc]
        ours = [row for row in found if row["doc"] == doc]
        for has_value, ranges in ((True, numbered), (False, unnumbered)):
            within = ranges.get(doc) if ranges is not None else None
            _compare(
                [row for row in theirs if (row.get("value") is not None) is has_value],
                [row for row in ours if (row["value"] is not None) is has_value],
                within,
                result,
            )
    return result


def _compare(
    labels: list[Row], found: list[Row], within: Sequence[tuple[int, int]] | None, into: Evaluation
) -> None:
    pairs = _paired(labels, found)
    answered = {id(pair.label) for pair in pairs}
    used = {id(pair.found) for pair in pairs}
    for pair in pairs:
        _judge(pair, into)
    for row in labels:
        if id(row) not in answered and not any(tag in _note(row) for tag in _FORGIVEN):
            into.missed.append(row)
            _count(into, row, "missed")
    for row in found:
        if id(row) not in used and _is_extra(row, labels, within):
            into.extra.append(row)
            _count(into, row, "extra")


def _paired(labels: list[Row], found: list[Row]) -> list[Pair]:
    """Pair one to one, the best overlap first; the same growth goes before another."""
    candidates = []
    for left, label in enumerate(labels):
        for right, row in enumerate(found):
            overlap = min(label["end"], row["end"]) - max(label["start"], row["start"])
            if overlap > 0 and _same_value(label, row):
                same = bool(label.get("growth")) == bool(row["growth"])
                rank = (_same_place(label, row), same, overlap / _length(label, row))
                candidates.append((rank, -left, -right))
    pairs, left_used, right_used = [], set(), set()
    for _, left, right in sorted(candidates, reverse=True):
        if -left not in left_used and -right not in right_used:
            left_used.add(-left)
            right_used.add(-right)
            pairs.append(Pair(labels[-left], found[-right]))
    return pairs


def _same_place(label: Row, row: Row) -> bool:
    return label.get("value_start") is not None and label["value_start"] == row["value_start"]


def _length(label: Row, row: Row) -> int:
    return int(max(label["end"], row["end"]) - min(label["start"], row["start"]))


def _same_value(label: Row, row: Row) -> bool:
    if label.get("value") is None:
        return row["value"] is None
    value = Decimal(str(label["value"]))
    same = abs(value - Decimal(str(row["value"]))) <= abs(value) / 1000
    return same and _unit(label.get("unit")) == _unit(row["unit"])


def _unit(words: str | None) -> str:
    return (words or "").replace("％", "%").strip()


def _is_extra(row: Row, labels: list[Row], within: Sequence[tuple[int, int]] | None) -> bool:
    """Return whether a prediction that answers nothing is a false find."""
    if within is not None and not any(a <= row["start"] and row["end"] <= b for a, b in within):
        return False
    return not any(
        "[opt]" in _note(label) and label["start"] < row["end"] and row["start"] < label["end"]
        for label in labels
    )


def _note(row: Row) -> str:
    return str(row.get("note") or "")


def _each(into: Evaluation, row: Row) -> list[Scores]:
    names = (ALL, f"doc {row['doc']}", f"kind {row['kind']}")
    return [into.scores.setdefault(name, Scores()) for name in names]


def _count(into: Evaluation, row: Row, what: str) -> None:
    for scores in _each(into, row):
        part = scores.numbers if row.get("value") is not None else scores.actions
        setattr(part, what, getattr(part, what) + 1)


def _judge(pair: Pair, into: Evaluation) -> None:
    into.pairs.append(pair)
    _count(into, pair.label, "hits")
    for scores in _each(into, pair.label):
        for name in ("kind", "period", "comparator", "growth", "domain", "force"):
            if name in pair.label and not (
                name == "comparator" and pair.label.get("value") is None
            ):
                scores.judge(name, right=is_right(name, pair))
        if pair.label.get("deadline") and is_stated(pair.label):
            scores.judge("deadline", right=is_right("deadline", pair))
        if pair.label.get("subject"):
            like = likeness(pair.label["subject"], pair.found["subject"] or "")
            scores.judge("subject", right=like >= LIKE_ENOUGH)
        if "projects" in pair.label:
            _count_works(pair, scores.works)


def is_stated(label: Row) -> bool:
    """Return whether a label's deadline stands in its own sentence or paragraph."""
    return bool(label.get("deadline_stated", "[dl:inherited]" not in _note(label)))


def is_right(name: str, pair: Pair) -> bool:
    """Return whether a field agrees with the label, or with a second answer in its note."""
    wanted, got = pair.label.get(name), pair.found[name]
    if name == "growth":
        return bool(wanted) == bool(got)
    return (wanted or None) == (got or None) or f"[alt-{name}:{got}]" in _note(pair.label)


def _count_works(pair: Pair, works: Found) -> None:
    """Count names; those that two readers would judge differently count neither way."""
    wanted = [_bare(name) for name in pair.label["projects"]]
    may_be = [_bare(name) for name in pair.label.get("projects_may") or ()]
    got = [_bare(name) for name in pair.found["projects"]]
    for name in got:
        match = next((one for one in wanted if is_same_name(one, name)), None)
        if match is not None:
            wanted.remove(match)
            works.hits += 1
        elif not any(is_same_name(one, name) for one in may_be):
            works.extra += 1
    works.missed += len(wanted)


def _bare(name: str) -> str:
    return "".join(letter for letter in _FOOTNOTE.sub("", name) if letter not in _UNHEARD)


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names agree but for a generic end (…项目) or a completed head."""
    short, long = sorted((one, other), key=len)
    return bool(short) and short in long and len(short) >= len(long) * SAME_NAME


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how many characters two subjects share."""
    if not one or not other:
        return 0.0
    left, right = set(_bare(one)), set(_bare(other))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
