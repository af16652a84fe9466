"""A step whose inputs have not changed since it last succeeded is not done again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tooling.places import ROOT, STAMPS


def fingerprint(inputs: Iterable[Path | str]) -> str:
    """Return one digest over the names and content of files, and over plain strings."""
    total = hashlib.sha256()
    for item in inputs:
        if isinstance(item, Path):
            name = item.relative_to(ROOT) if item.is_relative_to(ROOT) else item
            content = hashlib.sha256(item.read_bytes()).hexdigest() if item.exists() else "absent"
            total.update(f"{name}\0{content}\0".encode())
        else:
            total.update(f"{item}\0".encode())
    return total.hexdigest()


def is_done(name: str, digest: str, *, outputs: Iterable[Path] = ()) -> bool:
    """Return whether the step succeeded on just these inputs and what it made is still there."""
    stamp = STAMPS / name
    if not stamp.exists() or stamp.read_text() != digest:
        return False
    return all(output.exists() for output in outputs)


def mark_done(name: str, digest: str) -> None:
    """Remember that the step succeeded on these inputs."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(digest)
