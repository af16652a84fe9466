"""From a file to grids. The file is opened in a process of its own; see ``child``."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import luoshi
from luoshi.base.grids import limits, refusals, wire
from luoshi.base.grids.refusals import (
    SheetDamaged,
    SheetFileEmpty,
    SheetFileTooLarge,
    SheetTooCostly,
)
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.grid import Grid

logger = logging.getLogger(__name__)

_SOURCE = Path(luoshi.__file__ or "").parent.parent
_KNOWN: dict[str, type[Refusal]] = {
    kind.code: kind
    for kind in vars(refusals).values()
    if isinstance(kind, type) and issubclass(kind, Refusal)
}
_LONGEST_NAME = 255
_ORDINARY_END = 1  # how Python ends after an error: a mistake of ours, not a limit reached


def read_grids(path: Path, *, name: str) -> tuple[Grid, ...]:
    """Return the sheets of an xlsx, xls or csv file, told by its content; ``name`` is for people.

    Formulas are never run and links never followed: cells hold what was computed last. Raises the
    refusals of ``luoshi.base.grids.refusals`` and nothing else for what a file can hold.
    """
    size = path.stat().st_size
    if size > limits.MOST_BYTES:
        raise SheetFileTooLarge(name=name, size=size, largest=limits.MOST_BYTES)
    if size == 0:
        raise SheetFileEmpty(name=name)
    answer = _answer(path, name)
    if answer.code:
        facts: dict[str, Any] = answer.facts | {"name": name}
        raise _KNOWN.get(answer.code, SheetDamaged)(**facts)
    return tuple(wire.grids_of(answer))


def _answer(path: Path, name: str) -> wire.Answer:
    """Return what the reading process says. Raises SheetTooCostly, SheetDamaged."""
    return wire.unpacked(answer_of("luoshi.base.grids.child", path, name))


def answer_of(module: str, path: Path, name: str) -> bytes:
    """Return what a module writes that opens a stranger's file in a process of its own.

    The module takes the file's path and name, and the memory and processor time to bind itself
    to. Raises SheetTooCostly, SheetDamaged.
    """
    try:
        ended = subprocess.run(  # noqa: S603  our own module, on a path of ours
            [
                sys.executable,
                "-P",
                "-m",
                module,
                str(path.resolve()),
                _plain(name),
                str(limits.CHILD_MEMORY),
                str(limits.CHILD_CPU),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_surroundings(),
            timeout=limits.CHILD_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as cause:
        raise SheetTooCostly(name=name) from cause
    if ended.returncode == 0 and len(ended.stdout) <= limits.MOST_ANSWER:
        return ended.stdout
    if ended.returncode == _ORDINARY_END:
        logger.error("reading a file failed:\n%s", ended.stderr.decode(errors="replace"))
        raise SheetDamaged(name=name)
    raise SheetTooCostly(name=name)


def _plain(name: str) -> str:
    """Return a name that can be given to a process, whatever a browser sent."""
    return "".join(filter(str.isprintable, name))[-_LONGEST_NAME:]


def _surroundings() -> dict[str, str]:
    """Return the reading process's environment: where this very Luoshi is, and UTF-8."""
    paths = [str(_SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
