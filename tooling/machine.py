"""What the machine must have beyond Python, and how it is got: by apt where that is allowed."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tooling.console import Sorry, quietly, step

LISTS = Path("/var/lib/apt/lists")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
# The first has no windows: a new one costs the others a second of the processor's time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Need:
    """Something the machine should have: ``packages`` are Debian's, ``purpose`` ends a sentence."""

    title: str
    packages: tuple[str, ...]
    purpose: str
    is_met: Callable[[], bool]


def chromium() -> str | None:
    """Return the path of the browser for the journeys, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def has_chinese_font() -> bool:
    """Return whether some installed font has Chinese characters."""
    if lister := shutil.which("fc-list"):
        return bool(quietly([lister, ":lang=zh-cn"]).strip())
    return any(next(folder.rglob("*CJK*"), None) for folder in FONT_FOLDERS)


def has_library(name: str) -> bool:
    """Return whether the system can load a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def postgres_folder() -> Path | None:
    """Return the folder with ``initdb`` and ``pg_ctl``: from the path, or Debian's newest."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


VENV_MODULE = Need("python3-venv", ("python3-venv",), "to make .venv", lambda: False)
POSTGRESQL = Need(
    "PostgreSQL",
    ("postgresql",),
    "to test on it (or DATABASE_URL set to an empty database of one)",
    lambda: bool(os.environ.get("DATABASE_URL")) or postgres_folder() is not None,
)
BROWSER = Need(
    "Chromium",
    ("chromium",),
    "for the browser journeys",
    lambda: bool(chromium()),
)
DRIVER = Need(  # Playwright brings a Node of its own, which is linked to it
    "libatomic", ("libatomic1",), "for the browser journeys", lambda: has_library("libatomic.so.1")
)
FONTS = Need(
    "Chinese fonts", ("fonts-noto-cjk",), "for the browser journeys", lambda: has_chinese_font()
)
GETTEXT = Need("gettext", ("gettext",), "to collect words", lambda: bool(shutil.which("xgettext")))


def meet(*needs: Need) -> None:
    """Install what is missing of ``needs``. Raises Sorry, naming what to install by hand."""
    missing = [need for need in needs if not need.is_met()]
    if not missing:
        return
    packages = [package for need in missing for package in need.packages]
    administrator = _administrator()
    if administrator is None:
        wanted = ", ".join(f"{need.title} {need.purpose}" for need in missing)
        raise Sorry(f"Please install {wanted}: sudo apt-get install {' '.join(packages)}")
    with step(f"apt: {', '.join(need.title for need in missing)}"):
        _install(packages, administrator=administrator)


def _administrator() -> list[str] | None:
    """Return the words that go before apt-get, or None where we may not or cannot install."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        return ["sudo", "-n"] if asked.returncode == 0 else None
    return None


def _install(packages: Sequence[str], *, administrator: list[str]) -> None:
    """Install Debian packages, fetching the package lists when they are absent or too old."""
    apt = [*administrator, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    if any(LISTS.glob("*_Packages*")):
        try:
            quietly(install)
        except Sorry:  # old lists name packages that the mirror no longer has
            pass
        else:
            return
    quietly([*apt, "update"])
    quietly(install)
