"""Keys that the review of a real report takes at least, counted against labels made by hand.

    python bench/review.py [--reports FOLDER] [--gold tests/gold/xushui-dev.jsonl]

A statement that is right in kind, period, comparison, growth and stated deadline takes one key (a).
A wrong one takes e, the way to each wrong field, its letters and Enter; one that is none takes d.
What the reader overlooked cannot be accepted and is told apart. ``minutes`` adds the reading of the
quotes, each once, at 600 characters a minute, and 0.3 seconds a key: a model, not a stopwatch.
Needs the reports, which are not in the repository. Prints one JSON object.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from luoshi.base.papers.reading import read_paper  # noqa: E402
from luoshi.rules.reports.evaluating import Evaluation, Pair, evaluate, is_right  # noqa: E402
from luoshi.rules.reports.mending import mend  # noqa: E402
from luoshi.rules.reports.reading import read  # noqa: E402

ORDER = ("kind", "subject", "comparator", "value", "unit", "period", "deadline")  # of the form
FIRST = ORDER.index("subject")  # where the cursor stands when the form opens
JUDGED = ("kind", "period", "comparator", "deadline")
SECONDS_A_KEY, CHARACTERS_A_MINUTE = 0.3, 600


def keys_of(pair: Pair) -> int:
    """Return the keys that one found statement takes."""
    wrong = [name for name in JUDGED if name in pair.label and not is_right(name, pair)]
    if not wrong:
        return 1
    moves = sum(abs(ORDER.index(name) - FIRST) for name in wrong)
    letters = sum(1 if name == "kind" else len(str(pair.label[name] or "")) + 1 for name in wrong)
    return 1 + moves + letters + 1


def counted(found: Evaluation, text: str) -> dict[str, object]:
    """Return the figures of a review."""
    keys = [keys_of(pair) for pair in found.pairs]
    total = sum(keys) + len(found.extra)
    quotes = sum(pair.found["end"] - pair.found["start"] for pair in found.pairs)
    minutes = total * SECONDS_A_KEY / 60 + quotes / CHARACTERS_A_MINUTE
    return {
        "characters": len(text),
        "statements": len(found.pairs) + len(found.extra),
        "accepted_by_one_key": keys.count(1),
        "mended": sum(count > 1 for count in keys),
        "dropped": len(found.extra),
        "overlooked": len(found.missed),
        "keys": total,
        "keys_a_statement": round(total / max(1, len(keys) + len(found.extra)), 2),
        "quoted_characters": quotes,
        "minutes": round(minutes, 1),
    }


def main() -> None:
    """Count the keys of one report and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT.parent / "shared/data/reports")
    parser.add_argument("--gold", type=Path, default=ROOT / "tests/gold/xushui-dev.jsonl")
    asked = parser.parse_args()
    labels = [json.loads(line) for line in asked.gold.read_text(encoding="utf-8").splitlines()]
    name = labels[0]["doc"]
    path = next(asked.reports.rglob(name), None)
    if path is None:
        parser.error(f"{name} is not in {asked.reports}")
    mended = mend(read_paper(path, name=name).text)
    for label in labels:
        span = label.get("subject_span")
        label["subject"] = mended.original[slice(*span)] if span else None
    statements = read(mended, doc=name)
    ranges = json.loads((asked.gold.parent / "texts.json").read_text(encoding="utf-8"))
    known = {text["doc"]: text for texts in ranges.values() for text in texts}
    numbered, everything = known[name].get("numbers", []), known[name].get("everything", [])
    found = evaluate(labels, statements, numbered={name: numbered}, unnumbered={name: everything})
    print(json.dumps({"doc": name, **counted(found, mended.original)}, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
