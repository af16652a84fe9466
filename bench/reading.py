"""Speed of reading reports, beside a part-of-speech tagger on the same text in the same run.

    python bench/reading.py [FOLDER] [--megabytes 2] [--long 50] [--reports 3000]

Reads the text files of a folder (default: the demo's own report), over and over until so many
megabytes were read; prints megabytes of
UTF-8 a second on one core for mending, for reading, for both, and for jieba.posseg (a test
dependency), the seconds of ``luoshi read`` for one report, the memory that a text of ``--long``
megabytes needs beyond the text itself, and the seconds of ``--reports`` files over all cores.
Speeds are by the processor's time, the best of several rounds; of whole commands both the
processor's seconds and those of the clock are told, since on a busy machine the clock tells of its
neighbours. Writes the figures to ``bench/results/``.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from luoshi.rules.reports.domains import domain_of  # noqa: E402
from luoshi.rules.reports.mending import Mended, mend  # noqa: E402
from luoshi.rules.reports.numerals import number  # noqa: E402
from luoshi.rules.reports.reading import read, statements_of  # noqa: E402
from luoshi.rules.reports.statements import Statement  # noqa: E402

MEGABYTE = 1_000_000
ROUNDS = 5
TAGGED = 300_000  # bytes are enough to time the slower one
LUOSHI = str(Path(sys.executable).with_name("luoshi"))
OWN = ROOT / "src" / "luoshi" / "site" / "demo" / "report"


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=OWN)
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--long", type=float, default=0)
    parser.add_argument("--reports", type=int, default=0)
    asked = parser.parse_args()
    files = sorted(asked.folder.rglob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    figures = measured(texts, asked.megabytes)
    figures |= started(max(files, key=lambda path: path.stat().st_size))
    if asked.long:
        figures |= long_text(texts, asked.long)
    if asked.reports:
        figures |= many_reports(files, asked.reports)
    for name, value in figures.items():
        sys.stdout.write(f"{name:>28}  {value}\n")
    path = ROOT / "bench" / "results" / f"reading-{date.today()}.json"
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


def measured(texts: list[str], megabytes: float) -> dict[str, object]:
    """Return megabytes a second of each step, on one core: the best of as many rounds."""
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    rounds = max(ROUNDS, round(megabytes / size))
    mended = [mend(text) for text in texts]
    mending = size / min(seconds(lambda: [mend(text) for text in texts]) for _ in range(rounds))
    reading = size / min(seconds(lambda: read_anew(mended)) for _ in range(rounds))
    work, tag = both_in_turn(texts)
    both, tagging = size / work, tag
    return {
        "python": platform.python_version(),
        "texts_megabytes": round(size, 2),
        "statements": sum(map(len, read_anew(mended))),
        "mending_mb_per_second": round(mending, 2),
        "reading_mb_per_second": round(reading, 2),
        "both_mb_per_second": round(both, 2),
        "jieba_posseg_mb_per_second": round(tagging, 3),
        "times_faster": round(both / tagging, 1),
    }


def both_in_turn(texts: list[str]) -> tuple[float, float]:
    """Return the best seconds of mending and reading, and jieba.posseg's best MB a second.

    Both take turns, so that a busy machine slows both; jieba's dictionary is loaded before.
    """
    import jieba.posseg

    jieba.setLogLevel(60)
    list(jieba.posseg.cut("先把词典读进来"))
    part = "\n".join(texts)[: TAGGED // 3]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: read_anew(mend(text) for text in texts)))
        theirs.append(seconds(lambda: list(jieba.posseg.cut(part))))
    return min(ours), len(part.encode()) / MEGABYTE / min(theirs)


def read_anew(reports: Iterable[Mended]) -> list[list[Statement]]:
    """Read reports as if none of their words had been seen before."""
    domain_of.cache_clear()
    number.cache_clear()
    return [read(one, doc="one") for one in reports]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's seconds of a piece of work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def started(path: Path) -> dict[str, object]:
    """Return the seconds of ``luoshi read`` for one report, from start to end: best of several."""
    took = [timed([LUOSHI, "read", str(path)]) for _ in range(ROUNDS)]
    return {
        "one_report_seconds": min(clock for clock, _ in took),
        "one_report_processor_seconds": min(processor for _, processor in took),
    }


def timed(command: list[str]) -> tuple[float, float]:
    """Return a command's seconds by the clock, and by the processor with all that it started."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    clock, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return round(clock, 3), round(processor, 3)


def many_reports(files: list[Path], number: int) -> dict[str, object]:
    """Return the seconds of so many files over all cores, and of a second run that keeps them."""
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as place:
        reports = Path(place) / "in"
        reports.mkdir()
        for each in range(number):
            shutil.copy(files[each % len(files)], reports / f"{each:06}.txt")
        command = [LUOSHI, "read", str(reports), "--output", f"{place}/out/"]
        first, again = timed(command), timed(command)
    size = sum(files[each % len(files)].stat().st_size for each in range(number)) / MEGABYTE
    return {
        "many_reports": number,
        "many_reports_megabytes": round(size, 1),
        "many_reports_seconds": first[0],
        "many_reports_processor_ms_each": round(first[1] / number * 1000, 2),
        "many_reports_again_seconds": again[0],
        "cores": len(os.sched_getaffinity(0)),
    }


def long_text(texts: list[str], megabytes: float) -> dict[str, object]:
    """Return seconds and memory of one very long text; its statements are counted, not kept."""
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    text = "\n".join(texts * max(1, round(megabytes / size)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    count = sum(1 for _ in statements_of(mend(text), doc="long"))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "long_text_megabytes": round(len(text.encode()) / MEGABYTE, 1),
        "long_text_statements": count,
        "long_text_processor_seconds": round(time.process_time() - begun, 1),
        "long_text_more_memory_mb": round((after - before) / 1024),
    }


if __name__ == "__main__":
    main()
