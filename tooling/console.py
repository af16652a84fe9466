"""What a person sees while ``./dev`` works: a line per step, a sentence when it cannot go on."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tooling.places import ROOT

TITLE_WIDTH = 34  # columns
WHEEL = "|/-\\"
TAIL = 40  # lines of a failed program that are shown


class Sorry(Exception):
    """Work cannot go on; the text is one sentence that says what to do."""


def say(text: str = "") -> None:
    """Write one line at once, so that it stands before the output of programs started later."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show one line for a piece of work, with its seconds; a terminal also sees that it moves."""
    begun = time.monotonic()
    label = f"  {title:<{TITLE_WIDTH}}"
    sys.stdout.write(label)
    sys.stdout.flush()
    finished = threading.Event()
    spinner = threading.Thread(target=_spin, args=(label, begun, finished), daemon=True)
    if sys.stdout.isatty():
        spinner.start()
    outcome = "failed after"
    try:
        yield
        outcome = ""
    finally:
        finished.set()
        if spinner.ident is not None:
            spinner.join()
            sys.stdout.write(f"\r{label}")
        say(f"{outcome} {time.monotonic() - begun:6.1f} s")


def _spin(label: str, begun: float, finished: threading.Event) -> None:
    """Turn a small wheel behind the label until the work is finished."""
    turn = 0
    while not finished.wait(0.12):
        seconds = time.monotonic() - begun
        sys.stdout.write(f"\r{label}{WHEEL[turn % len(WHEEL)]} {seconds:4.0f} s")
        sys.stdout.flush()
        turn += 1


def quietly(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    user: str | None = None,
) -> str:
    """Run a program and return what it wrote; its last lines are shown only when it fails.

    ``user`` is the account it runs as; only root may name one. Raises Sorry.
    """
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=env,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-TAIL:])
        name = " ".join(Path(str(part)).name for part in command[:3])
        raise Sorry(f"{tail}\n“{name} …” failed with exit code {result.returncode}.")
    return result.stdout


def loudly(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> int:
    """Run a program that speaks for itself and return its exit code."""
    sys.stdout.flush()
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=env)
    try:
        return process.wait()
    finally:
        if process.poll() is None:  # interrupted: the program hears it too and clears up first
            process.terminate()
            process.wait()
