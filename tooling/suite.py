"""The tests in parts: on SQLite, on PostgreSQL, in the browser; one verdict and one last line."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from enum import Enum, auto
from pathlib import Path
from xml.etree import ElementTree

from tooling.console import Sorry, loudly, quietly, say
from tooling.places import PYTHON, ROOT, SCRATCH, environment
from tooling.postgres import database_url

DATA = SCRATCH / "coverage"
MEASURE_CALLS = "LUOSHI_MEASURE_CALLS"  # names coverage's settings; tests/site/scratch.py obeys
LAW = "src/luoshi/rules/*,src/luoshi/*/commands.py,src/luoshi/*/commands/*"
NO_TESTS = 5  # pytest's exit code when nothing was selected
# A file stays with one worker, so what its tests share is made once; long files come first, see
# tests/conftest.py.
SHARING = ["--dist=loadfile", "--no-loadscope-reorder"]
# Templates tell themselves what was rendered: a tracer that asks Django at every line takes as
# long again as the pages.
MEASURING = ["--cov", "--cov-report=", "--cov-fail-under=0", "-p", "tests.rendered_lines"]
MEMORY = Path("/dev/shm")  # noqa: S108  a file system without a disk, on Linux
ENOUGH = 2 << 30  # bytes that the test databases stay far below


class Measured(Enum):
    """What a part tells coverage. A tracer doubles the time of Python 3.11."""

    NOTHING = auto()
    CALLS = auto()  # only the processes of the command line that tests start
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """One run of pytest: ``marks`` select tests, ``workers`` are processes beside the first.

    Without workers it runs in the first.
    """

    title: str
    marks: str
    workers: int = 2
    on_postgresql: bool = False
    where: str = "tests"  # the folder in which all stands that is marked so
    without: tuple[str, ...] = ()  # folders in which nothing is marked so: not even loaded
    measured: Measured = Measured.NOTHING


SQLITE = Part("SQLite", "not browser", without=("tests/browser",), measured=Measured.ALL)
# The same tests run the same code as on SQLite. What only PostgreSQL runs, the calls run as well.
POSTGRESQL = Part(
    "PostgreSQL",
    "database and not any_database and not browser",
    on_postgresql=True,
    without=("tests/rules", "tests/gold", "tests/browser"),
    measured=Measured.CALLS,
)
BROWSER = Part("browser", "browser", where="tests/browser")
# Figures of large sizes are times: nothing else may run beside them.
LONG_SQLITE = Part("SQLite, long", "long and not browser", workers=0)
LONG_POSTGRESQL = Part(
    "PostgreSQL, long", "long and database and not any_database", workers=0, on_postgresql=True
)


@dataclass(slots=True)
class Tally:
    """How many tests ended how."""

    failed: int = 0
    passed: int = 0
    skipped: int = 0
    errors: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return the sums."""
        names = [field.name for field in fields(self)]
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def line(self, seconds: float) -> str:
        """Return the summary as pytest words it, over all parts."""
        counts = [
            f"{count} {field.name if count != 1 else field.name.removesuffix('s')}"
            for field in fields(self)
            if (count := getattr(self, field.name))
        ]
        text = f" {', '.join(counts) or 'no tests ran'} in {seconds:.2f}s "
        return text.center(shutil.get_terminal_size().columns, "=")


def run_tests(
    parts: Sequence[Part], *, extra: Sequence[str] = (), size: str = "short", coverage: bool = False
) -> int:
    """Run every part even when one fails, then judge coverage; return an exit code.

    ``extra`` goes to pytest. A part that fails without a failing test, and coverage below its
    bar, count as an error, so that the last line never looks better than the exit code.
    """
    begun = time.monotonic()
    shutil.rmtree(DATA, ignore_errors=True)
    total = Tally()
    for part in parts:
        total += _run_part(part, extra, size=size, coverage=coverage)
    if coverage:
        total.errors += 0 if _coverage_suffices() else 1
    say(total.line(time.monotonic() - begun))
    return 1 if total.failed or total.errors else 0


def _run_part(part: Part, extra: Sequence[str], *, size: str, coverage: bool) -> Tally:
    """Run one part and return its tally."""
    measured = part.measured if coverage else Measured.NOTHING
    say(f"\n=== {part.title}")
    with (
        tempfile.TemporaryDirectory(prefix="luoshi-tests-") as folder,
        _environment(part, size=size, measured=measured) as env,
    ):
        report = Path(folder) / f"{part.title}.xml"
        code = loudly(_pytest(part, extra, report=report, measured=measured), env=env)
        return _judged(code, _tally(report), selected=bool(extra))


def _judged(code: int, tally: Tally, *, selected: bool) -> Tally:
    """Return the tally of a part that ended with ``code``."""
    if code == NO_TESTS and selected:
        return Tally()  # a selection may well leave a part empty
    if code and not (tally.failed or tally.errors):
        tally.errors += 1
    return tally


@contextmanager
def _environment(part: Part, *, size: str, measured: Measured) -> Iterator[dict[str, str]]:
    """Give the environment of one part: a home, a database and what coverage needs."""
    with ExitStack() as stack:
        settings = {
            "LUOSHI_HOME": stack.enter_context(_home(size)),
            "LUOSHI_TEST_SIZE": size,
            # Without it every process of every part compiles all sources anew.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        if part.on_postgresql:
            settings["DATABASE_URL"] = stack.enter_context(database_url())
        if measured is not Measured.NOTHING:
            DATA.mkdir(parents=True, exist_ok=True)
            settings["COVERAGE_FILE"] = str(DATA / f"data-{part.title}")
        if measured is Measured.CALLS:
            settings[MEASURE_CALLS] = str(ROOT / "pyproject.toml")
        env = environment(**settings)
        if not part.on_postgresql:
            env.pop("DATABASE_URL", None)
        yield env


def _pytest(
    part: Part, extra: Sequence[str], *, report: Path, measured: Measured
) -> list[str | Path]:
    """Return the command of one part; coverage is judged later, over all parts."""
    measure = MEASURING if measured is Measured.ALL else ["-p", "no:cov"]
    selection = ["-m", part.marks, f"--junit-xml={report}"]
    workers = ["-n", str(part.workers), *SHARING]
    without = [f"--ignore={folder}" for folder in part.without]
    what = [*measure, *selection, *without, *(extra or [part.where])]
    return [PYTHON, "-m", "pytest", *workers, *what]


def _home(size: str) -> tempfile.TemporaryDirectory[str]:
    """Make the home of one part: of small tests in memory where there is plenty."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
    where = MEMORY if size == "short" and roomy else None
    return tempfile.TemporaryDirectory(prefix="luoshi-home-", dir=where)


def _tally(report: Path) -> Tally:
    """Read the counts from pytest's own report; none was written if pytest could not begin."""
    if not report.exists():
        return Tally(errors=1)
    total = Tally()
    for suite in ElementTree.parse(report).iter("testsuite"):
        run, failed, errors, skipped = (
            int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
        )
        total += Tally(failed, run - failed - errors - skipped, skipped, errors)
    return total


def _coverage_suffices() -> bool:
    """Judge both databases' runs together: the law is covered whole, the rest as pyproject says."""
    say("\n=== coverage")
    env = environment(COVERAGE_FILE=str(DATA / "data"), LUOSHI_HOME=str(DATA / "home"))
    coverage = [str(PYTHON), "-m", "coverage"]
    try:
        quietly([*coverage, "combine", "--keep", *DATA.glob("data-*")], env=env)
    except Sorry as sorry:
        say(str(sorry))
        return False
    missing = ["report", "--show-missing", "--skip-covered"]
    say("Rules and commands, where every branch is covered:")
    law = loudly([*coverage, *missing, f"--include={LAW}", "--fail-under=100"], env=env)
    say("\nThe whole:")
    whole = loudly([*coverage, *missing], env=env)
    return law == 0 and whole == 0
