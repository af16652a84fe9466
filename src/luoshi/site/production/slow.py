"""Statements that took long: the statement as written, never what was filled in.

They stand in ``slow.jsonl`` of the home, with page and request. At ``MOST_BYTES`` the file is put
aside and the one before it goes, so there are never more than two.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, time
from typing import Any

from luoshi.site.production import metrics
from luoshi.site.production.trace import Trace

MOST_BYTES = 1024 * 1024
LONGEST = 2000  # characters of a statement: with the rest it stays one write
BEGINS = "BEGIN"


@dataclass(slots=True)
class Timed:
    """Times the statements of one request (Django's execute wrapper)."""

    trace: Trace
    file: Path
    threshold: float

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001 - Django calls it so
        context: Any,
    ) -> Any:
        """Run a statement and add its time to that of the request."""
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = perf_counter() - began
            self.trace.in_database += seconds
            self.trace.statements += 1
            if sql.startswith(BEGINS):
                self.trace.lock_waited += seconds
            if seconds >= self.threshold:
                self._keep(sql, seconds)

    def _keep(self, sql: str, seconds: float) -> None:
        metrics.SLOW.inc()
        line = {
            "at": datetime.fromtimestamp(time(), UTC).isoformat(timespec="milliseconds"),
            "seconds": round(seconds, 3),
            "view": self.trace.view,
            "request": self.trace.id,
            "statement": sql[:LONGEST],
        }
        write(self.file, json.dumps(line, ensure_ascii=False))


def write(file: Path, line: str) -> None:
    """Add a line in one write, which other processes do not tear; turn over a full file."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        is_full = os.fstat(handle).st_size >= MOST_BYTES
    finally:
        os.close(handle)
    if is_full:
        file.replace(_older(file))


def _older(file: Path) -> Path:
    return file.with_name(f"{file.name}.1")


@dataclass(frozen=True, slots=True)
class Group:
    """All slow runs of one statement: how often, seconds in all and at most, the last."""

    statement: str
    times: int
    total: float
    longest: float
    view: str
    request: str
    at: str


def groups(file: Path) -> list[Group]:
    """Return the slow statements kept, those that took most time in all first."""
    found: dict[str, Group] = {}
    for line in _lines(file):
        before = found.get(line["statement"])
        found[line["statement"]] = Group(
            statement=line["statement"],
            times=(before.times if before else 0) + 1,
            total=(before.total if before else 0.0) + line["seconds"],
            longest=max(before.longest if before else 0.0, line["seconds"]),
            view=line["view"],
            request=line["request"],
            at=line["at"],
        )
    return sorted(found.values(), key=lambda group: -group.total)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for path in (_older(file), file):
        if path.exists():
            yield from _read(path.read_text(encoding="utf-8").splitlines())


def _read(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:  # the disk was full in the midst of it
            continue
