"""Pictures of pages: a fresh demo, looked at in Chromium at two widths.

Runs inside ``.venv``: ``python -m tooling.shot FOLDER [--whole] [--sets] [--simulate] PATH…``.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tooling.machine import chromium
from tooling.places import BIN, environment

SIZES = ((1440, 900), (390, 844))  # CSS pixels
SETS = ("light", "dark", "wall", "elder")  # of tokens: the page takes them by its address
PATIENCE = 300  # seconds for the demo to be built and to answer


@contextmanager
def demo(*options: str) -> Iterator[str]:
    """Serve a demo of its own on a free port and give its address; ``options`` are the demo's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="luoshi-shot-") as home:
        env = environment(LUOSHI_HOME=home, DATABASE_URL="")
        server = subprocess.Popen([BIN / "luoshi", "demo", "--port", str(port), *options], env=env)
        try:
            _wait_for(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Return when the address answers, even with an error page."""
    for _ in range(PATIENCE * 2):
        if server.poll() is not None:
            sys.exit("The demo ended before it answered.")
        try:
            urllib.request.urlopen(address, timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit(f"The demo did not answer within {PATIENCE} seconds.")


def take(folder: Path, paths: Sequence[str], *, whole: bool, sets: bool, simulate: bool) -> int:
    """Write ``NAME-WIDTH.png`` for each path and width; return how many pages are too wide.

    ``whole``: the page to its end; ``sets``: in every set of tokens; ``simulate``: of the simulated
    district.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wide = 0
    with demo(*(["--simulate"] if simulate else [])) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for path in paths:
            for theme in SETS if sets else SETS[:1]:
                for page, picture in _opened(
                    browser, address, path, folder, theme=theme, simulate=simulate
                ):
                    page.screenshot(path=picture, full_page=whole)
                    too_much = page.evaluate(TOO_MUCH)
                    wide += too_much > 0
                    told = f" is {too_much} px too wide" if too_much > 0 else ""
                    sys.stdout.write(f"{os.path.relpath(picture)}{told}\n")
        browser.close()
    return wide


TOO_MUCH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _opened(
    browser: Browser, address: str, path: str, folder: Path, *, theme: str, simulate: bool
) -> Iterator[tuple[Page, Path]]:
    """Open one page at every size, with the place of its picture."""
    name = path.partition("?")[0].strip("/").replace("/", "-") or "board"
    if theme != SETS[0]:
        name = f"{name}-{theme}"
        path += f"{'&' if '?' in path else '?'}theme={theme}"
    for width, height in SIZES:
        viewport: ViewportSize = {"width": width, "height": height}
        page = browser.new_page(viewport=viewport, locale="zh-CN", device_scale_factor=2)
        if simulate:
            page.goto(address)
            page.locator("details:has(button[name=district]) > summary").click()
            page.locator("button[name=district]").first.click()
        page.goto(f"{address}{path}", wait_until="networkidle")
        yield page, folder / f"{name}-{width}.png"
        page.close()


def main() -> int:
    """Take the pictures that the command line asks for; 1 where a page is too wide."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("paths", nargs="+")
    for option in ("whole", "sets", "simulate"):
        asked.add_argument(f"--{option}", action="store_true")
    given = asked.parse_args()
    return 1 if take(**vars(given)) else 0


if __name__ == "__main__":
    sys.exit(main())
