"""Thousands of reports over all cores: one file of statements for each, resumed after a kill.

What is done stands in a list beside the results. A result takes its name only when it is whole, so
a kill leaves none half-written; a report whose text and reader are those of the list is not read
again.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Event, Lock, Thread
from typing import Any, TextIO

import luoshi
from luoshi.base import papers
from luoshi.intake.reading.documents import Source, When
from luoshi.intake.reading.refusals import FolderTaken, out_of_reach
from luoshi.intake.reading.worker import PART
from luoshi.rules import reports

LIST = "luoshi-read.jsonl"
_SOURCE = Path(luoshi.__file__ or "").parent.parent
_AHEAD = 4  # answers of each process that may wait to be taken


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a report: ``written``, ``kept`` or ``refused``; see ``worker.answer``."""

    doc: str
    state: str
    statements: int = 0
    scanned: tuple[int, ...] = ()
    code: str = ""
    facts: dict[str, Any] | None = None


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def reader() -> str:
    """Return what tells the rules that read: a digest of their source."""
    digest = hashlib.sha256()
    for package in (papers, reports):
        for path in sorted(Path(package.__file__ or "").parent.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def read_many(
    sources: Sequence[Source], folder: Path, when: When, *, jobs: int = 0
) -> Iterator[Done]:
    """Yield what becomes of each report, in the order in which they are done.

    ``folder`` takes one ``….jsonl`` a report, by the names of the documents. ``jobs`` are processes
    (default: one a processor). Raises FolderTaken, ReportOutOfReach.
    """
    with _held(folder / LIST) as (known, listed):
        for left in folder.rglob(f".*{PART}"):
            left.unlink(missing_ok=True)
        tasks = _tasks(sources, folder, when, known)
        for task, answer in _answered(tasks, jobs or cores()):
            if answer["state"] == "written":
                line = {"doc": task["doc"], **answer}
                listed.write(f"{json.dumps(line, ensure_ascii=False)}\n")
                listed.flush()
            yield _done(task, answer)


def _done(task: dict[str, Any], answer: dict[str, Any]) -> Done:
    told = {
        name: answer[name] for name in ("state", "statements", "code", "facts") if name in answer
    }
    return Done(task["doc"], scanned=tuple(answer.get("scanned", ())), **told)


def _tasks(
    sources: Sequence[Source], folder: Path, when: When, known: dict[str, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    rules = reader()
    for source in sources:
        before = known.get(source.doc, {})
        yield {
            "path": str(source.path.absolute()),
            "doc": source.doc,
            "target": str(folder.absolute() / f"{source.doc}.jsonl"),
            "year": when.year,
            "day": when.day.isoformat() if when.day else None,
            "reader": rules,
            "key": before.get("key"),
            "size": before.get("size"),
        }


@contextmanager
def _held(path: Path) -> Iterator[tuple[dict[str, dict[str, Any]], TextIO]]:
    """Give what the list holds, and the list to write on; nobody else writes in the folder.

    Raises FolderTaken, ReportOutOfReach.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a+", encoding="utf-8", errors="replace")
    except OSError as cause:
        raise out_of_reach(str(path.parent), cause) from cause
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as cause:
            raise FolderTaken(folder=str(path.parent)) from cause
        stream.seek(0)
        known = dict(filter(None, map(_entry, stream)))
        stream.write("\n")  # a line that a kill cut off ends here
        yield known, stream


def _entry(line: str) -> tuple[str, dict[str, Any]] | None:
    """Return a line of the list; None for one that a kill cut off."""
    try:
        entry = json.loads(line)
        return entry["doc"], entry
    except (ValueError, KeyError, TypeError):
        return None


Answered = tuple[dict[str, Any], dict[str, Any]]


def _answered(tasks: Iterator[dict[str, Any]], jobs: int) -> Iterator[Answered]:
    """Yield tasks with their answers; as many processes as ``jobs`` take one after another."""
    answers: Queue[Answered | BaseException | None] = Queue(_AHEAD * jobs)
    lock, stop = Lock(), Event()

    def next_task() -> dict[str, Any] | None:
        with lock:
            return None if stop.is_set() else next(tasks, None)

    def work() -> None:
        try:
            with Worker() as worker:
                while task := next_task():
                    answers.put((task, worker.answer(task)))
        except BaseException as cause:  # noqa: BLE001  raised again where the answers are taken
            answers.put(cause)
        answers.put(None)

    threads = [Thread(target=work, daemon=True) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    try:
        yield from _until_all_end(answers, jobs)
    finally:
        stop.set()


def _until_all_end(
    answers: "Queue[Answered | BaseException | None]", working: int
) -> Iterator[Answered]:
    while working:
        answer = answers.get()
        if isinstance(answer, BaseException):
            raise answer
        if answer is None:
            working -= 1
        else:
            yield answer


class Worker:
    """A process that reads; where a report brings it down, another takes its place."""

    def __init__(self) -> None:
        self._process = _started()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_cause: object) -> None:
        self._end()

    def answer(self, task: dict[str, Any]) -> dict[str, Any]:
        """Return what became of a report."""
        tasks, answers = self._process.stdin, self._process.stdout
        if tasks is None or answers is None:
            raise RuntimeError("started without pipes")
        try:
            tasks.write(f"{json.dumps(task)}\n")
            tasks.flush()
            if line := answers.readline():
                answer: dict[str, Any] = json.loads(line)
                return answer
        except BrokenPipeError:
            pass
        self._end()
        self._process = _started()
        facts = {"name": task["doc"]}
        return {"state": "refused", "code": "paper_too_costly", "facts": facts}

    def _end(self) -> None:
        """End it by ending its input, and wait until it has gone."""
        with suppress(BrokenPipeError), self._process:  # what was written and not taken
            pass


def _started() -> "subprocess.Popen[str]":
    path = os.pathsep.join(filter(None, (str(_SOURCE), os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "luoshi.intake.reading.worker"],
        env=os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C ends this one; those end with their input
    )
