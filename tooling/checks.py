"""``./dev check``: everything that can be judged without running Luoshi."""

import json
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tooling.console import TITLE_WIDTH, say
from tooling.places import BIN, PYTHON, ROOT, SCRATCH, SETTINGS, SOURCE, environment

CODE = ("dev", "src", "tests", "tooling")
NOT_LOOKED_AT = 3  # the exit code of tooling.advisories where no source of them answered
_ADDRESS = re.compile(r"\w+://|^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links)\b", re.MULTILINE)


class Unseen(Exception):
    """What could not be judged here, in one sentence; no reason to fail."""


def check() -> int:
    """Run every check even when one fails, show what is wrong, return an exit code."""
    failed = [title for title, judge in CHECKS.items() if not _passes(title, judge)]
    say()
    say(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return 1 if failed else 0


def _passes(title: str, judge: Callable[[], str]) -> bool:
    """Show one line for a check, and below it what is wrong."""
    begun = time.monotonic()
    try:
        complaints = judge()
        verdict, said = ("FAILED" if complaints else "ok"), complaints
    except Unseen as sentence:
        complaints, verdict, said = "", "unseen", str(sentence)
    say(f"  {title:<{TITLE_WIDTH}} {verdict:<6} {time.monotonic() - begun:6.1f} s")
    if said:
        say(said)
    return not complaints


def _complaints(*command: str | Path, **settings: str) -> str:
    """Return what a program finds wrong; empty when it is content."""
    result = _run(*command, **settings)
    return (result.stdout or f"exit code {result.returncode}") if result.returncode else ""


def _run(*command: str | Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(**settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def formatting() -> str:
    """Code is formatted as ruff formats it."""
    return _complaints(BIN / "ruff", "format", "--check", *CODE)


def lint() -> str:
    """Ruff's rules of pyproject.toml hold."""
    return _complaints(BIN / "ruff", "check", *CODE)


def types() -> str:
    """Mypy is content, strictly."""
    with tempfile.TemporaryDirectory(prefix="luoshi-home-") as home:
        return _complaints(BIN / "mypy", LUOSHI_HOME=home)


def imports() -> str:
    """The map of rooms holds."""
    return _complaints(BIN / "lint-imports", "--cache-dir", SCRATCH / "imports")


def templates() -> str:
    """Templates are whole: tags closed, texts for pictures, a language named."""
    if not any(SOURCE.rglob("*.html")):
        return ""
    return _complaints(BIN / "djlint", "--lint", "--quiet", SOURCE)


def migrations() -> str:
    """Every change of a model has its migration."""
    command = [str(BIN / "django-admin"), "makemigrations", "--check", "--dry-run"]
    with tempfile.TemporaryDirectory(prefix="luoshi-home-") as home:
        # An empty address means SQLite: the check needs no server.
        return _complaints(
            *command, DJANGO_SETTINGS_MODULE=SETTINGS, LUOSHI_HOME=home, DATABASE_URL=""
        )


def words() -> str:
    """Every word used is in both catalogues, translated, and nothing else is."""
    return _complaints(PYTHON, "-m", "tooling.words", "check")


def locks() -> str:
    """Locks pin by digest and name no download address."""
    found = [
        f"{path.name} names an address or an index"
        for path in sorted(ROOT.glob("requirements*"))
        if _ADDRESS.search(path.read_text())
    ]
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        if name and ("resolved" in package or "integrity" not in package):
            found.append(f"package-lock.json: {name} has an address, or no digest")
    return "\n".join(found)


def advisories() -> str:
    """No locked package has a known weakness, as far as a source of advisories answers."""
    result = _run(PYTHON, "-m", "tooling.advisories")
    if result.returncode == NOT_LOOKED_AT:
        raise Unseen(result.stdout.strip())
    return result.stdout if result.returncode else ""


CHECKS: dict[str, Callable[[], str]] = {
    "format": formatting,
    "lint": lint,
    "types": types,
    "imports": imports,
    "templates": templates,
    "migrations": migrations,
    "words": words,
    "locks": locks,
    "advisories": advisories,
}
