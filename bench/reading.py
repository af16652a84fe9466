"""Speed of reading reports, beside a part-of-speech tagger on the same text in the same run.

    python bench/reading.py FOLDER [--megabytes 2] [--long 50]

Reads the text files of a folder, over and over until there is enough of them; prints megabytes of
UTF-8 a second on one core for mending, for reading, for both, and for jieba.posseg (a test
dependency), the seconds of one report with the start of the interpreter, and the memory that a
text of ``--long`` megabytes needs beyond the text itself. Writes the figures to ``bench/results/``.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from luoshi.rules.reports.mending import mend  # noqa: E402
from luoshi.rules.reports.reading import read, statements_of  # noqa: E402

MEGABYTE = 1_000_000
TAGGED = 300_000  # bytes are enough to time the slower one
ONE_REPORT = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from pathlib import Path;"
    "from luoshi.rules.reports.mending import mend;"
    "from luoshi.rules.reports.reading import read;"
    "print(len(read(mend(Path(sys.argv[2]).read_text()), doc='one')))"
)


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--long", type=float, default=0)
    asked = parser.parse_args()
    files = sorted(asked.folder.rglob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    figures = measured(texts, asked.megabytes)
    figures["one_report_seconds"] = started(max(files, key=lambda path: path.stat().st_size))
    if asked.long:
        figures |= long_text(texts, asked.long)
    for name, value in figures.items():
        sys.stdout.write(f"{name:>28}  {value}\n")
    path = ROOT / "bench" / "results" / f"reading-{date.today()}.json"
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


def measured(texts: list[str], megabytes: float) -> dict[str, object]:
    """Return megabytes a second of each step, on one core."""
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    rounds = max(1, round(megabytes / size))
    many = texts * rounds
    mended = [mend(text) for text in many]
    whole = size * rounds
    mending = whole / seconds(lambda: [mend(text) for text in many])
    reading = whole / seconds(lambda: [read(one, doc="one") for one in mended])
    both = whole / seconds(lambda: [read(mend(text), doc="one") for text in many])
    tagging = tagged(texts)
    return {
        "python": platform.python_version(),
        "texts_megabytes": round(whole, 2),
        "statements": sum(len(read(one, doc="one")) for one in mended[: len(texts)]),
        "mending_mb_per_second": round(mending, 2),
        "reading_mb_per_second": round(reading, 2),
        "both_mb_per_second": round(both, 2),
        "jieba_posseg_mb_per_second": round(tagging, 3),
        "times_faster": round(both / tagging, 1),
    }


def tagged(texts: list[str]) -> float:
    """Return megabytes a second of jieba.posseg, its dictionary loaded before."""
    import jieba.posseg

    jieba.setLogLevel(60)
    list(jieba.posseg.cut("先把词典读进来"))
    text = "\n".join(texts)[: TAGGED // 3]
    return len(text.encode()) / MEGABYTE / seconds(lambda: list(jieba.posseg.cut(text)))


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's seconds of a piece of work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def started(path: Path) -> float:
    """Return the seconds of one report, the start of the interpreter included."""
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", ONE_REPORT, str(ROOT / "src"), str(path)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return round(time.monotonic() - begun, 3)


def long_text(texts: list[str], megabytes: float) -> dict[str, object]:
    """Return seconds and memory of one very long text; its statements are counted, not kept."""
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    text = "\n".join(texts * max(1, round(megabytes / size)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    count = sum(1 for _ in statements_of(mend(text), doc="long"))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "long_text_megabytes": round(len(text.encode()) / MEGABYTE, 1),
        "long_text_statements": count,
        "long_text_seconds": round(time.monotonic() - begun, 1),
        "long_text_more_memory_mb": round((after - before) / 1024),
    }


if __name__ == "__main__":
    main()
