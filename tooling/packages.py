"""Python: ``.venv``, the locked packages in it, and the ``luoshi`` command."""

import importlib.util
import re
import shutil
import sys
from pathlib import Path

from tooling import machine
from tooling.console import Sorry, quietly, step
from tooling.places import BIN, PYTHON, ROOT, VENV, environment, site_packages
from tooling.stamps import fingerprint, is_done, mark_done

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
# The shell starts it, since the path of an interpreter after #! may hold no blanks and is short.
LAUNCHER = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from luoshi.site.cli import main

sys.exit(main())
"""


def make_venv() -> None:
    """Make ``.venv`` if there is none that works here. Raises Sorry without venv, pip and apt."""
    if _venv_works():
        return
    if not (_python_has("ensurepip") or _python_has("pip")):
        machine.meet(machine.VENV_MODULE)
    with step("Python environment .venv"):
        shutil.rmtree(VENV, ignore_errors=True)
        if _python_has("ensurepip"):
            quietly([sys.executable, "-m", "venv", VENV])
        else:
            _venv_by_outer_pip()


def _python_has(module: str) -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec(module) is not None


def _venv_works() -> bool:
    """Return whether ``.venv`` is whole, of this Python and made in this place."""
    settings = VENV / "pyvenv.cfg"
    if not (settings.exists() and PYTHON.exists() and site_packages().exists()):
        return False
    made_by = re.search(r"^command = .* (/\S.*)$", settings.read_text(), re.MULTILINE)
    return made_by is None or Path(made_by[1]) == VENV


def _venv_by_outer_pip() -> None:
    """Make ``.venv`` where Debian split ensurepip off but pip itself is installed."""
    quietly([sys.executable, "-m", "venv", "--without-pip", VENV])
    outer = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet"]
    quietly([*outer, "--disable-pip-version-check", "pip"])


def install_packages(*, development: bool) -> None:
    """Bring ``.venv`` to the locked versions, by uv, or by pip where uv cannot be had.

    Once the development set is there it stays, so that ``run`` after ``test`` removes nothing.
    """
    wanted = development or (VENV / "stamps" / "development").exists()
    locks = [RUNTIME, DEVELOPMENT] if wanted else [RUNTIME]
    paths = [ROOT / lock for lock in locks]
    digest = fingerprint([*paths, sys.version])
    if is_done("packages", digest, outputs=[site_packages() / "django"]):
        return
    with step("Python packages" + (" with test tools" if wanted else "")):
        _sync(paths)
    mark_done("packages", digest)
    if wanted:
        mark_done("development", "kept")


def _sync(locks: list[Path]) -> None:
    """Install exactly what the locks name, checking every file against its digest."""
    if uv := _uv():
        quietly(
            [uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", *locks],
            env=environment(UV_PYTHON_DOWNLOADS="never"),
        )
    else:
        quietly([*pip_install(), *(part for lock in locks for part in ("-r", lock))])


def pip_install() -> list[str | Path]:
    """Return the beginning of a pip command that checks digests."""
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    return [PYTHON, "-m", "pip", "install", *quiet, "--require-hashes"]


def _uv() -> Path | None:
    """Return uv's path in ``.venv``, installing the locked one first; None if it cannot be had."""
    lock = ROOT / "requirements-uv.txt"
    digest = fingerprint([lock])
    if not is_done("uv", digest, outputs=[BIN / "uv"]):
        try:
            quietly([*pip_install(), "-r", lock])
        except Sorry:
            return None
        mark_done("uv", digest)
    return BIN / "uv"


def install_luoshi() -> None:
    """Make ``src`` importable in ``.venv`` and write the ``luoshi`` command.

    A path file rather than an editable install: it needs no build backend and no network.
    """
    (site_packages() / "luoshi.pth").write_text(f"{ROOT / 'src'}\n")
    launcher = BIN / "luoshi"
    launcher.write_text(LAUNCHER.format(python=PYTHON))
    launcher.chmod(0o755)


def compile_locks(*, upgrade: bool) -> None:
    """Compile every ``requirements*.in`` anew; versions stay unless ``upgrade``."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    newer = ["--upgrade"] if upgrade else []
    for name in ("requirements", "requirements-dev", "requirements-uv", "requirements-node"):
        with step(f"{name}.txt"):
            output = ["--no-annotate", "--quiet", "--output-file", f"{name}.txt"]
            uv = _uv() or "uv"
            quietly([uv, "pip", "compile", *options, *newer, *output, f"{name}.in"])
