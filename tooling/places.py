"""Where things lie in the project folder."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "luoshi"
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
STAMPS = VENV / "stamps"
SCRATCH = ROOT / ".cache"  # results of checks and tests; may be deleted at any time
VENDOR = SOURCE / "site" / "static" / "vendor"
SETTINGS = "luoshi.site.settings"


def site_packages() -> Path:
    """Return the folder of ``.venv`` that holds installed packages."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return VENV / "lib" / version / "site-packages"


def environment(**more: str) -> dict[str, str]:
    """Return the environment for the project's own programs, with ``.venv`` first on the path."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return os.environ | {"PATH": path, "VIRTUAL_ENV": str(VENV)} | more
