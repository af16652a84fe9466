"""Fit the weights that tell names of works, and measure them on reports left out by turns.

    python bench/weights.py MARKED.txt... [--gold LABELS.jsonl... --reports DIR] [--write]

A marked text is lines of reports with 【】 around each name of a work and 〖〗 around what two
persons may judge differently; a line ``# place | year | T, R or N | …`` begins a report (its plans,
its review, news). Labels are those of tests/gold, whose texts lie below DIR as ``texts.json``
beside the labels says. Printed are precision, recall and F1 of names where each report was read
with weights fitted to the others, in six parts. ``--write`` fits to all and writes words/weights.py.

Fitted is a choice among the candidates of a member and none of them (conditional logistic
regression, by AdaGrad, with a small penalty on large weights); the same input gives the same table.
"""

import argparse
import json
import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from luoshi.rules.reports import weighing, works  # noqa: E402
from luoshi.rules.reports.evaluating import is_same_name  # noqa: E402
from luoshi.rules.reports.mending import Mended, mend  # noqa: E402
from luoshi.rules.reports.reading import read  # noqa: E402

TABLE = ROOT / "src" / "luoshi" / "rules" / "reports" / "words" / "weights.py"
PARTS, SEED, ROUNDS, RATE, PENALTY = 6, 7, 30, 0.2, 3.0
LEAST = 0.05  # smaller weights are left out
FULL_WIDTH = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})
HEADS = {
    "T": "政府工作报告\n（{year}年1月10日）\n\n{year}年工作安排\n",
    "R": "政府工作报告\n（{next}年1月10日）\n\n一、{year}年工作回顾\n",
    "N": "{year}年11月30日\n",
}
_MARK = re.compile("【|】|〖|〗|\\{[brt]\\}|[^【】〖〗{]+")
_SENTENCE = re.compile("[^。；！\n]+")

Span = tuple[int, int]
Choice = tuple[list[list[str]], int]  # the features of each candidate, and the right one or -1


@dataclass
class Report:
    """A text with the stretches that are names, those that may be, and those that are labelled."""

    place: str
    mended: Mended
    names: set[Span] = field(default_factory=set)
    may_be: set[Span] = field(default_factory=set)
    labelled: list[Span] = field(default_factory=list)

    def words(self, span: Span) -> str:
        """Return the words at a stretch, without quotes."""
        return bare(self.mended.original[slice(*span)])


def main() -> None:
    """Measure, and write the table if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("marked", type=Path, nargs="*")
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--reports", type=Path, default=Path())
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    reports = [one for path in asked.marked for one in marked(path)]
    reports += [one for path in asked.gold for one in labelled(path, asked.reports)]
    choices = [list(choices_of(one)) for one in reports]
    print(f"{len(reports)} reports, {sum(map(len, choices))} members of lists")
    print("left out by turns:", told(left_out(reports, choices)))
    weights = fitted([choice for one in choices for choice in one])
    with weighed_by(weights):
        print("on what was fitted:", told([found(one) for one in reports]))
    if asked.write:
        TABLE.write_text(table(weights), encoding="utf-8")


def marked(path: Path) -> Iterator[Report]:
    """Yield the reports of a marked text."""
    for part in re.split("(?m)^# ", path.read_text(encoding="utf-8"))[1:]:
        head, _, body = part.partition("\n")
        place, year, sort = [one.strip() for one in head.split("|")][:3]
        text = HEADS[sort].format(year=year, next=int(year) + 1)
        begin, names, may_be, start = len(text), set(), set(), 0
        for token in _MARK.findall("\n".join(filter(None, body.split("\n"))) + "\n"):
            if token in "【〖":
                start = len(text)
            elif token in "】〗":
                (names if token == "】" else may_be).add((start, len(text)))
            elif token[0] != "{":
                text += token.translate(FULL_WIDTH)
        yield Report(place, mend(text), names, may_be, [(begin, len(text))])


def labelled(path: Path, folder: Path) -> Iterator[Report]:
    """Yield the reports that a file of labels is about; names count inside its statements only."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for entry in json.loads(path.with_name("texts.json").read_text())[path.name]:
        mine = [row for row in rows if row["doc"] == entry["doc"]]
        text = (folder / entry["path"]).read_bytes().decode()
        names = {tuple(span) for row in mine for span in row.get("project_spans") or []}
        may_be = {tuple(span) for row in mine for span in row.get("project_may_spans") or []}
        spans = [(row["start"], row["end"]) for row in mine]
        yield Report(path.stem, mend(text), names, may_be, spans)


def choices_of(report: Report) -> Iterator[Choice]:
    """Yield what is to be chosen at each member of a list that the reader asks about."""
    text, seen = report.mended.text, set()
    for clause in clauses(report):
        for part, setting in works.members_in(text, *clause):
            span = report.mended.span(*part)
            if (part, setting.where) in seen or not _is_judged(report, span):
                continue
            seen.add((part, setting.where))
            among = weighing.weighed(text[slice(*part)], setting)
            wanted = [report.words(name) for name in report.names if _meet(name, span)]
            if among:
                yield _choice(among, wanted, setting.features)


def clauses(report: Report) -> list[Span]:
    """Return the clauses of a report in which the reader looks for names."""
    asked: list[Span] = []

    def note(text: str, start: int, end: int) -> tuple[str, ...]:
        if works.may_name(text, start, end):
            asked.append((start, end))
        return ()

    with mock.patch.object(works, "works_in", note):
        read(report.mended, doc=report.place)
    return asked


def _is_judged(report: Report, span: Span) -> bool:
    return any(_meet(one, span) for one in report.labelled) and not any(
        _meet(one, span) for one in report.may_be
    )


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _choice(
    among: list[tuple[str, list[str]]], wanted: list[str], shared: tuple[str, ...]
) -> Choice:
    """Return the candidates with the one that is wanted, or the most like it; no others like it."""
    words = [bare(name) for name, _ in among]
    like = [
        (abs(len(one) - len(name)), at)
        for at, one in enumerate(words)
        for name in wanted
        if is_same_name(name, one)
    ]
    best = min(like)[1] if like else -1
    is_exact = best >= 0 and words[best] in wanted
    kept = [
        at
        for at in range(len(among))
        if at == best or is_exact or at not in dict(map(reversed, like))
    ]
    return [[*among[at][1], *shared] for at in kept], kept.index(best) if best >= 0 else -1


def fitted(choices: list[Choice]) -> dict[str, float]:
    """Return the weights under which the right candidates, or none, are most likely."""
    weights: dict[str, float] = defaultdict(float)
    slopes: dict[str, float] = defaultdict(lambda: 1e-6)
    order, chance = list(choices), random.Random(SEED)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for among, right in order:
            sums = [sum(weights[one] for one in features) for features in among]
            top = max(0.0, *sums)
            likely = [math.exp(one - top) for one in sums]
            whole = sum(likely) + math.exp(-top)
            for at, features in enumerate(among):
                error = likely[at] / whole - (at == right)
                for one in features:
                    slope = error + PENALTY * weights[one] / len(choices)
                    slopes[one] += slope * slope
                    weights[one] -= RATE * slope / math.sqrt(slopes[one])
    return {one: round(w, 2) for one, w in sorted(weights.items()) if abs(w) >= LEAST}


def left_out(reports: list[Report], choices: list[list[Choice]]) -> list[list[int]]:
    """Return the counts of each report, read with weights fitted to the other parts."""
    order = list(range(len(reports)))
    random.Random(SEED).shuffle(order)
    part = {
        place: at % PARTS for at, place in enumerate(dict.fromkeys(reports[i].place for i in order))
    }
    counts = []
    for left in range(PARTS):
        rest = [i for i in order if part[reports[i].place] != left]
        with weighed_by(fitted([choice for i in rest for choice in choices[i]])):
            counts += [found(one) for one in reports if part[one.place] == left]
    return counts


def weighed_by(weights: dict[str, float]) -> "mock._patch[object]":
    """Let the reader weigh by other weights for a while."""
    return mock.patch.object(weighing, "weight_of", defaultdict(float, weights).__getitem__)


def found(report: Report) -> list[int]:
    """Count by sentence which names were found, which are none, and which were missed."""
    statements = read(report.mended, doc=report.place)
    counts = [0, 0, 0]
    for sentence in _SENTENCE.finditer(report.mended.original):
        inside = [one for one in statements if _meet((one.start, one.end), sentence.span())]
        got = list(dict.fromkeys(bare(name) for one in inside for name in one.projects))
        left = {report.words(one) for one in report.names if _meet(one, sentence.span())}
        may_be = [report.words(one) for one in report.may_be if _meet(one, sentence.span())]
        for name in got if _is_part(report, sentence.span()) else []:
            match = next((one for one in sorted(left) if is_same_name(one, name)), None)
            if match is not None:
                left.remove(match)
                counts[0] += 1
            elif not any(is_same_name(one, name) for one in may_be):
                counts[1] += 1
        counts[2] += len(left)
    return counts


def _is_part(report: Report, span: Span) -> bool:
    return any(_meet(one, span) for one in report.labelled)


def told(counts: Iterable[list[int]]) -> str:
    """Return precision, recall and F1 of the counts of reports."""
    hits, extra, missed = (sum(column) for column in zip(*counts, strict=True))
    return (
        f"precision {hits / (hits + extra):.3f}, recall {hits / (hits + missed):.3f}, "
        f"F1 {2 * hits / (2 * hits + extra + missed):.3f}"
    )


def bare(name: str) -> str:
    """Return a name without quotes, blanks and footnote marks."""
    return re.sub(r"[“”\s]|\^?\[\d+\]", "", name)


def table(weights: dict[str, float]) -> str:
    """Return the module that holds the weights: its head as it stands, then the table."""
    head = TABLE.read_text(encoding="utf-8").partition("WEIGHTS")[0]
    rows = "".join(f'    "{one}": {weight},\n' for one, weight in weights.items())
    return f"{head}WEIGHTS: dict[str, float] = {{\n{rows}}}\n"


if __name__ == "__main__":
    main()
