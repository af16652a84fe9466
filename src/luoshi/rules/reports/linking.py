"""The same promise in later documents, and what became of it: promise, report, report.

Takes any number of documents in any order. A report answers a promise when unit, growth and year
agree and the subjects are alike; each answer says why, and whether it counts the same scope.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luoshi.rules.reports.dating import Dated
from luoshi.rules.reports.likeness import Likeness, bare
from luoshi.rules.reports.shelves import ALIKE, Held, Shelves, ends_told, weighed
from luoshi.rules.reports.spans import span_of
from luoshi.rules.reports.statements import Kind, Statement

NAMED = 0.25  # enough where the same work is named too


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one document, and when it speaks."""

    name: str
    when: Dated
    statements: tuple[Statement, ...]


class Scope(StrEnum):
    """Whether an answer counts what was promised, or more, or less, or another part of it."""

    SAME = "same"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a promise, as far as the documents tell."""

    KEPT = "kept"
    BEHIND = "behind"  # the whole period was reported, with less
    UNDER_WAY = "under_way"  # reported for a part of the period
    TOLD = "told"  # reported without a figure, or counted on another scope
    SILENT = "silent"  # a later document speaks of the period, not of the promise
    OPEN = "open"  # no document speaks of the period yet


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two statements belong together: a code and its facts, no wording."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A report that answers a promise; ``share`` is done ÷ promised where both can be compared."""

    statement: Statement
    scope: Scope
    share: Decimal | None
    likeness: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A target, where it was promised again, what answers it, what became of it."""

    statement: Statement
    repeated: tuple[Statement, ...]
    answers: tuple[Answer, ...]
    outcome: Outcome


_SCOPES = re.compile(
    r"(?<!\d)(?:千万|[千百]?亿)元以上|规模以上|规上|限额以上|公办|民办|城镇|农村|省级|市级|国家级|区级|县级"
)
_FLOW = re.compile(r"新增|净增|新建|新认定|新培育|新引进")
_SHORTER = Decimal("0.0001")


def linked(documents: Iterable[Document]) -> list[Promise]:
    """Return every promise of the documents with its repeats and answers, in order of time."""
    ordered = sorted(documents, key=lambda one: (_spoken(one), one.name))
    return _Linking(ordered).promises()


def _spoken(document: Document) -> tuple[int, date]:
    when = document.when
    return (when.year or 0, when.day or date(max(when.year or 1, 1), 1, 1))


class _Linking:
    """One run over documents in order of time."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._likeness = Likeness(
            one.subject or "" for document in documents for one in document.statements
        )
        every = (
            (one, order) for order, document in enumerate(documents) for one in document.statements
        )
        self._held = [
            weighed(one, nth, order, self._likeness) for nth, (one, order) in enumerate(every)
        ]
        self._told = ends_told(self._held, len(documents))
        self._reports, self._targets = Shelves(self._likeness), Shelves(self._likeness)
        for one in self._held:
            if one.statement.kind is Kind.TARGET:
                self._targets.put(one, one.amount, one.statement.period)
            elif one.span is not None:
                self._reports.put(one, one.span[1].year)

    def promises(self) -> list[Promise]:
        """Return the promises, each report given to the promise it fits best."""
        targets = [held for held in self._held if held.statement.kind is Kind.TARGET]
        answers = self._answers(targets)
        return [
            Promise(
                statement=held.statement,
                repeated=tuple(self._repeats(held)),
                answers=tuple(answers.get(id(held), ())),
                outcome=self._outcome(held, answers.get(id(held), ())),
            )
            for held in targets
        ]

    def _answers(self, targets: list[Held]) -> dict[int, list[Answer]]:
        """Give each report of a document to one promise, the best fit first."""
        fits = []
        for held in targets:
            begins, ends = held.span or (date.max, date.min)
            years = [(year,) for year in range(begins.year, ends.year + 1)]
            for report in self._reports.near(held, *years):
                if not _can_answer(held, report):
                    continue
                score = self._score(held, report)
                if score >= ALIKE and not _is_another_count(held, report):
                    fits.append((score, -abs(_apart(held, report)), held, report))
        fits.sort(
            key=lambda fit: (-fit[0], -fit[1], fit[2].statement.start, fit[3].statement.start)
        )
        given: dict[int, list[Answer]] = defaultdict(list)
        used: set[tuple[int, int]] = set()
        for score, _, held, report in fits:
            promise, answer = (id(held), report.order), (-1, id(report))
            if promise in used or answer in used:
                continue
            used |= {promise, answer}
            given[id(held)].append(_answer(held, report, score))
        for each in given.values():
            each.sort(key=lambda one: (span_of(one.statement.period) or (date.min,))[-1])
        return given

    def _score(self, one: Held, other: Held) -> float:
        alike = self._likeness.shared(one.grams & other.grams, one.weight + other.weight)
        names = set(one.statement.projects) & set(other.statement.projects)
        return max(alike, ALIKE) if names and alike >= NAMED else alike

    def _repeats(self, held: Held) -> Iterator[Statement]:
        """Yield where a later document, or a later place, promises the same again."""
        same = self._targets.near(held, (held.amount, held.statement.period))
        for other in same:
            is_later = (other.order, other.statement.start) > (held.order, held.statement.start)
            if is_later and self._score(held, other) >= ALIKE:
                yield other.statement

    def _outcome(self, held: Held, answers: Sequence[Answer]) -> Outcome:
        same = [one for one in answers if one.scope is Scope.SAME and one.share is not None]
        if same:
            return _held_against(held, same[-1])
        if answers:
            return Outcome.TOLD
        return Outcome.SILENT if self._is_spoken_of(held) else Outcome.OPEN

    def _is_spoken_of(self, held: Held) -> bool:
        """Return whether a later document reports on the period of the promise."""
        last = self._told[held.order + 1]
        return held.span is not None and last is not None and last >= held.span[1]


def _can_answer(held: Held, report: Held) -> bool:
    """Return whether a report speaks of the promise's time, and not before the promise."""
    if report.order < held.order or held.span is None or report.span is None:
        return False
    if report.statement.rule.endswith("portfolio"):
        return False  # the size of a list says nothing of what was done
    begins, ends = held.span
    reported = report.span[1]
    return (
        begins <= reported
        and reported.year <= ends.year
        and report.span[0] >= begins.replace(month=1, day=1)
    )


def _is_another_count(held: Held, report: Held) -> bool:
    """Return whether both stand in one document, where only the very same count is progress."""
    return report.order == held.order and bool(_scope(held.statement, report.statement)[1])


def _apart(held: Held, report: Held) -> int:
    ends = (held.span or (date.min, date.min))[1]
    return (ends - (report.span or (date.min, date.min))[1]).days


def _answer(held: Held, report: Held, score: float) -> Answer:
    promise, told = held.statement, report.statement
    scope, differing = _scope(promise, told)
    share = None
    if held.amount and report.amount is not None:
        share = (report.amount / held.amount).quantize(_SHORTER)
    shared = "".join(
        letter for letter in bare(promise.subject or "") if letter in (told.subject or "")
    )
    reasons = [Reason("same_subject", (("shared", shared),))]
    names = [name for name in promise.projects if name in told.projects]
    if names:
        reasons.append(Reason("same_work", (("name", names[0]),)))
    if held.amount is not None:
        reasons.append(Reason("same_unit", (("unit", held.unit),)))
    reasons.append(
        Reason("period", (("promised", promise.period or ""), ("reported", told.period or "")))
    )
    if differing:
        reasons.append(Reason("other_scope", (("words", "、".join(sorted(differing))),)))
    return Answer(told, scope, share, round(score, 2), tuple(reasons))


def _scope(promise: Statement, told: Statement) -> tuple[Scope, set[str]]:
    """Return whether both count the same, and the words by which they differ."""
    wanted, got = promise.quote.replace("\n", ""), told.quote.replace("\n", "")
    differing = set(_SCOPES.findall(wanted)) ^ set(_SCOPES.findall(got))
    if _FLOW.search(wanted) and told.kind is Kind.BASELINE:
        differing.add("累计")
    if promise.projects and not set(promise.projects) & set(told.projects):
        differing |= set(promise.projects)
    return (Scope.OTHER if differing else Scope.SAME), differing


def _held_against(held: Held, answer: Answer) -> Outcome:
    told = span_of(answer.statement.period)
    share = answer.share or Decimal(0)
    is_bounded = held.statement.comparator in {"<=", "<"}
    if share <= 1 if is_bounded else share >= 1:
        return Outcome.KEPT
    is_whole = answer.statement.doc != held.statement.doc  # else it is the promise's own progress
    is_whole = is_whole and told is not None and held.span is not None and told[1] >= held.span[1]
    return Outcome.BEHIND if is_whole else Outcome.UNDER_WAY
