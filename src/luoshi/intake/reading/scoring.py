"""How well the reader agrees with labels: precision, recall and F1, by kind and by document.

Whether a statement was found is counted over all labels and finds; each of its fields over the
pairs of a label and its find. A field that both leave empty counts neither for nor against.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luoshi.base.aligned import aligned
from luoshi.intake.reading.gold import Gold
from luoshi.rules.reports import evaluating
from luoshi.rules.reports.evaluating import ALL, Evaluation, Found, Pair, Scores, Share

MEASURES: Mapping[str, Any] = {
    "numbers": gettext_lazy("statement with a number found"),
    "actions": gettext_lazy("statement without a number found"),
    "kind": gettext_lazy("kind"),
    "subject": gettext_lazy("subject (overlap)"),
    "period": gettext_lazy("period"),
    "deadline": gettext_lazy("deadline, where stated"),
    "comparator": gettext_lazy("comparator"),
    "growth": gettext_lazy("growth"),
    "force": gettext_lazy("force"),
    "domain": gettext_lazy("field of work"),
    "works": gettext_lazy("works named"),
}
"""What is measured, in order; the first two and the last by finds, the others by pairs."""

SHORT: Mapping[str, Any] = {
    "numbers": pgettext_lazy("measure", "number F1"),
    "actions": pgettext_lazy("measure", "action F1"),
    "kind": pgettext_lazy("measure", "kind"),
    "subject": pgettext_lazy("measure", "subject"),
    "period": pgettext_lazy("measure", "period"),
    "deadline": pgettext_lazy("measure", "deadline"),
    "comparator": pgettext_lazy("measure", "comparator"),
    "growth": pgettext_lazy("measure", "growth"),
    "works": pgettext_lazy("measure", "works F1"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: ``right`` is the share of pairs that agree, both empty included."""

    found: Found
    right: Share | None = None

    def as_row(self) -> dict[str, Any]:
        """Return the figure as plain data."""
        row: dict[str, Any] = {
            "precision": self.found.precision,
            "recall": self.found.recall,
            "f1": self.found.f1,
            "hits": self.found.hits,
            "extra": self.found.extra,
            "missed": self.found.missed,
        }
        if self.right is not None:
            row |= {"accuracy": self.right.value, "of": self.right.of}
        return row


Figures = dict[str, dict[str, Figure]]


def figures_of(gold: Gold) -> Figures:
    """Return every measure of all, of each document and of each kind."""
    result = evaluating.evaluate(
        gold.labels, gold.found, numbered=gold.numbered, unnumbered=gold.everything
    )
    return {name: _measures(name, scores, result) for name, scores in _ordered(result)}


def _ordered(result: Evaluation) -> list[tuple[str, Scores]]:
    return sorted(result.scores.items(), key=lambda each: (each[0] != ALL, each[0]))


def _measures(name: str, scores: Scores, result: Evaluation) -> dict[str, Figure]:
    pairs = [pair for pair in result.pairs if name in (ALL, *_names(pair))]
    found = {"numbers": scores.numbers, "actions": scores.actions, "works": scores.works}
    return {
        measure: Figure(found[measure]) if measure in found else _field(measure, pairs, scores)
        for measure in MEASURES
    }


def _names(pair: Pair) -> tuple[str, str]:
    return f"doc {pair.label['doc']}", f"kind {pair.label['kind']}"


def _field(name: str, pairs: list[Pair], scores: Scores) -> Figure:
    """Return how a field of the pairs agrees: what both give, what only one of them gives."""
    found = Found()
    for pair in pairs:
        if name not in pair.label:
            continue
        wanted, got = _given(name, pair)
        is_right = _agrees(name, pair)
        found.hits += bool(got and is_right)
        found.extra += bool(got and not is_right)
        found.missed += bool(wanted and not is_right)
    return Figure(found, scores.fields.get(name, Share()))


def _given(name: str, pair: Pair) -> tuple[Any, Any]:
    """Return what label and find give for a field; of deadlines only those that are stated."""
    wanted, got = pair.label.get(name), pair.found[name]
    if name == "deadline" and not evaluating.is_stated(pair.label):
        return None, got if pair.found["deadline_stated"] else None
    return wanted, got


def _agrees(name: str, pair: Pair) -> bool:
    if name == "subject":
        wanted, got = pair.label.get("subject") or "", pair.found["subject"] or ""
        return evaluating.likeness(wanted, got) >= evaluating.LIKE_ENOUGH
    return evaluating.is_right(name, pair)


def as_data(figures: Figures, gold: Gold) -> dict[str, Any]:
    """Return all figures as plain data."""
    return {
        "labels": len(gold.labels),
        "unplaced": gold.unplaced,
        "scores": {
            name: {measure: figure.as_row() for measure, figure in measures.items()}
            for name, measures in figures.items()
        },
    }


def lines_of(figures: Figures, gold: Gold) -> Iterator[str]:
    """Yield the figures as tables: all measures of all, then one line a document and a kind."""
    yield _("%(labels)s labels") % {"labels": len(gold.labels)}
    if gold.unplaced:
        yield _("%(count)s labels whose words are not in the text were left out") % {
            "count": gold.unplaced
        }
    if ALL not in figures:
        return
    yield ""
    head = [_("What is measured"), _("Precision"), _("Recall"), "F1", _("Share right"), _("Out of")]
    rows = [_line(str(words), figures[ALL][name]) for name, words in MEASURES.items()]
    yield from aligned([head, *rows])
    yield ""
    rows = [
        [name, *(_short(measures[each]) for each in SHORT)] for name, measures in figures.items()
    ]
    yield from aligned([[_("Documents and kinds"), *map(str, SHORT.values())], *rows])


def _line(words: str, figure: Figure) -> list[str]:
    found, right = figure.found, figure.right
    labels = found.hits + found.missed if right is None else right.of
    return [
        words,
        _share(found.precision),
        _share(found.recall),
        _share(found.f1),
        "" if right is None else _share(right.value),
        str(labels),
    ]


def _short(figure: Figure) -> str:
    return _share(figure.found.f1 if figure.right is None else figure.right.value)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
