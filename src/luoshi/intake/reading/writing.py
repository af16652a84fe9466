"""Where what was read goes: standard output, or a file that has its name only when it is whole."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from luoshi.intake.reading.looking import Looked, links
from luoshi.intake.reading.refusals import out_of_reach
from luoshi.intake.reading.worker import PART


@contextmanager
def sink(path: Path | None) -> Iterator[BinaryIO]:
    """Give what bytes are written to; a file is put in its place when all is written.

    Raises ReportOutOfReach where the file cannot be written.
    """
    if path is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = path.with_name(f".{path.name[:200]}.{os.getpid()}{PART}")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except OSError as cause:
        raise out_of_reach(path.name, cause) from cause
    finally:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)


def whole(looked: Looked, form: str) -> bytes:
    """Return reports at hand in a form: ``links``, ``table``, ``xlsx`` or ``docx``."""
    if form == "links":
        return _encoded(json.dumps(each, ensure_ascii=False) for each in links(looked))
    module, name = _MAKERS[form].rsplit(".", 1)
    made: bytes = getattr(import_module(module), name)(looked)
    return made


_MAKERS = {
    "table": "luoshi.intake.reading.printing.encoded",
    "xlsx": "luoshi.intake.reading.workbook.workbook",
    "docx": "luoshi.intake.reading.paper.document",
}
"""The maker of each form, loaded when it is asked for: the plain form starts in half the time."""


def _encoded(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
