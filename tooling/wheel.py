"""The wheel: one file that runs where neither Node nor a network is, once it is installed."""

import shutil
import tempfile
from pathlib import Path

from tooling.console import Sorry, quietly
from tooling.places import PYTHON, ROOT, SOURCE, VENDOR

DESCRIBED_BY = ("pyproject.toml", "requirements.in", "README.md")


def build(folder: Path) -> Path:
    """Build the wheel from ``src`` as it stands and return its path in ``folder``.

    It is built from a copy, so that nothing of an earlier build comes along and the project folder
    stays clean; by the setuptools of ``.venv``, so that nothing is fetched. Raises Sorry where the
    front-end files or the catalogues are not made yet.
    """
    _check_whole()
    with tempfile.TemporaryDirectory(prefix="luoshi-wheel-") as made:
        copy = Path(made)
        for name in DESCRIBED_BY:
            shutil.copy(ROOT / name, copy)
        shutil.copytree(SOURCE, copy / "src" / SOURCE.name, ignore=_left_out)
        command = ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
        alone = ["--no-index", "--no-build-isolation", "--no-deps"]
        quietly([PYTHON, *command, *alone, "--wheel-dir", copy / "dist", copy], folder=copy)
        (wheel,) = (copy / "dist").glob("*.whl")
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(wheel, folder))


def _left_out(_folder: str, names: list[str]) -> set[str]:
    """Return what a wheel does not hold: caches, and the sources of the catalogues."""
    return {name for name in names if name == "__pycache__" or name.endswith((".pyc", ".po"))}


def _check_whole() -> None:
    """Raise Sorry where something that ``./dev setup`` makes is missing."""
    catalogues = [path.with_suffix(".mo") for path in SOURCE.glob("*/locale/*/LC_MESSAGES/*.po")]
    for path in (VENDOR / "icons.svg", *catalogues):
        if not path.exists():
            raise Sorry(f"{path.relative_to(ROOT)} is missing: ./dev setup makes it.")
