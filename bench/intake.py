"""Figures of the import: rows a second, the child's memory, and how long another writer waits.

    python bench/intake.py [--rows 10000]

A sheet of so many rows is imported by ``luoshi import ledger`` in a home of its own while this
process records one small fact after the other; the floor is the same writer without an import.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parent.parent
LUOSHI = str(Path(sys.executable).with_name("luoshi"))
FLOOR = 200  # facts recorded without an import beside them
PAUSE = 0.02  # seconds between two facts: an office with fifty hands


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as home:
        os.environ |= {"LUOSHI_HOME": home, "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
        os.environ["PYTHONPATH"] = str(ROOT / "src")
        sys.path.insert(0, str(ROOT / "src"))
        figures = measured(Path(home), rows)
    path = ROOT / "bench" / "results" / f"intake-{date.today()}.json"
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def measured(home: Path, rows: int) -> dict[str, object]:
    """Import a sheet while another writes."""
    luoshi("demo", "--no-serve")
    import django

    django.setup()
    write = _writer()
    floor = [_seconds(write) for _ in range(FLOOR)]
    file = home / "sheet.xlsx"
    _make(file, rows)
    began = time.perf_counter()
    out = (home / "told.json").open("w+")
    running = subprocess.Popen([LUOSHI, "import", "ledger", str(file), "--json"], stdout=out)
    waits = []
    while running.poll() is None:
        waits.append(_seconds(write))
        time.sleep(PAUSE)
    seconds = time.perf_counter() - began
    told = json.loads((home / "told.json").read_text().strip().splitlines()[-1])
    figures = {
        "date": str(date.today()),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "rows": rows,
        "created": told["created"],
        "seconds": round(seconds, 1),
        "largest_process_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "writer_alone_longest_s": round(max(floor), 3),
        "writer_beside_median_s": round(sorted(waits)[len(waits) // 2], 3),
        "writer_beside_longest_s": round(max(waits), 3),
        "facts_written_beside": len(waits),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return figures


def luoshi(*arguments: str) -> None:
    """Call the command line in the bench's home."""
    subprocess.run([LUOSHI, *arguments], check=True, stdout=subprocess.DEVNULL)


def _writer():  # noqa: ANN202
    """Return a call that records one fact about a goal of the demo."""
    from django.utils import timezone

    from luoshi.ledger import commands
    from luoshi.ledger.commands import Sent
    from luoshi.organisation import queries
    from luoshi.rules.nodes import Ordered

    day = timezone.localdate()
    visitor = queries.visitor_of(None)
    by = queries.office_of(visitor, day=day)
    goal = uuid4()

    def sent(expected: int) -> Sent:
        return Sent(on=day, expected=expected, command_id=uuid4(), by=by, at=timezone.now())

    commands.found_goal(goal_id=goal, name="测", kind="goal", parent=None, order=1, sent=sent(0))
    count = iter(range(10**9))

    def write() -> UUID:
        fact = Ordered(order=next(count))
        commands.change_goal(goal_id=goal, fact=fact, sent=sent(2**62))
        return goal

    return write


def _seconds(call) -> float:  # noqa: ANN001
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _make(path: Path, rows: int) -> None:
    """Write a ledger sheet as an office keeps it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("台账")
    head = ("序号", "项目代码", "项目名称", "牵头单位", "总投资", "年度计划投资",
            "本年累计完成投资", "计划竣工", "形象进度", "存在问题")  # fmt: skip
    sheet.write_row(0, 0, ["2020年重点项目台账（截至2020年6月30日）单位：万元"])
    sheet.write_row(1, 0, head)
    for n in range(rows):
        told = [n + 1, f"B-{n:05d}", f"第{n}号地块配套道路工程", "区城市管理局", 5000 + n,
                1000 + n % 500, 300 + n % 200, "2020年11月底前", f"完成路基{n % 90}%",
                "征迁滞后" if n % 3 == 0 else ""]  # fmt: skip
        sheet.write_row(2 + n, 0, told)
    book.close()


if __name__ == "__main__":
    main()
