"""One of the processes that read many reports: ``python -m luoshi.intake.reading.worker``.

Takes a task a line on standard input and answers with a line; ends when its input ends, and so
with the process that started it. Knows no Django, so that it starts fast.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from luoshi.intake.reading.documents import Source, When, opened
from luoshi.intake.reading.refusals import out_of_reach
from luoshi.rules.refusals import Refusal
from luoshi.rules.reports.statements import Statement, as_line

PART = ".luoshi-part"
"""Ending of a result that is not whole yet."""


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """Read one report into its file of statements, or keep what was read of the same text before.

    ``task``: ``path``, ``doc``, ``target``, ``year``, ``day``, ``reader`` (which rules read), and
    ``key`` and ``size`` of the result that stands there, if any. The answer holds ``state`` and
    ``key``; if written, ``size``, ``statements`` and ``scanned``; if refused, ``code``, ``facts``.
    """
    path, target = Path(task["path"]), Path(task["target"])
    try:
        key = _key(path, task)
        if key == task["key"] and target.is_file() and target.stat().st_size == task["size"]:
            return {"state": "kept", "key": key}
        day = date.fromisoformat(task["day"]) if task["day"] else None
        text = opened(Source(path, task["doc"]), When(task["year"], day))
        count, size = written(target, text.statements())
    except Refusal as refusal:
        return refused(refusal)
    except OSError as cause:
        return refused(out_of_reach(task["doc"], cause))
    return {
        "state": "written", "key": key, "size": size, "statements": count,
        "scanned": list(text.scanned),
    }  # fmt: skip


def refused(refusal: Refusal) -> dict[str, Any]:
    """Return a refusal as plain data."""
    return {"state": "refused", "code": refusal.code, "facts": refusal.facts}


def _key(path: Path, task: dict[str, Any]) -> str:
    """Return what tells a result: the text, its name, the rules and the days that were given."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    marks = [task[name] for name in ("doc", "reader", "year", "day")]
    digest.update(json.dumps(marks).encode())
    return digest.hexdigest()


def written(target: Path, statements: Iterable[Statement]) -> tuple[int, int]:
    """Write statements line by line; the file has its name only when it is whole.

    Returns how many there are and the file's bytes.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name[:200]}.{os.getpid()}{PART}")
    count = 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            for one in statements:
                stream.write(f"{as_line(one)}\n")
                count += 1
        size = part.stat().st_size
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count, size


def serve(tasks: TextIO, answers: TextIO) -> None:
    """Answer each task in turn."""
    for line in tasks:
        answers.write(f"{json.dumps(answer(json.loads(line)), ensure_ascii=True)}\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
