"""Pictures of pages for the README: a fresh demo, looked at in Chromium at two widths.

Runs inside ``.venv``: ``python -m tooling.shot FOLDER PATH…``.
"""

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

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tooling.machine import chromium
from tooling.places import BIN, environment

SIZES = ((1440, 900), (390, 844))  # CSS pixels
PATIENCE = 300  # seconds for the demo to be built and to answer


@contextmanager
def demo() -> Iterator[str]:
    """Serve a demo of its own on a free port and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="luoshi-shot-") as home:
        env = environment(LUOSHI_HOME=home, DATABASE_URL="")
        server = subprocess.Popen([BIN / "luoshi", "demo", "--port", str(port)], env=env)
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


def take(folder: Path, paths: Sequence[str]) -> None:
    """Write ``NAME-WIDTH.png`` for each path and width."""
    folder.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for path in paths:
            for picture in _pictures(browser, address, path, folder):
                sys.stdout.write(f"{os.path.relpath(picture)}\n")
        browser.close()


def _pictures(browser: Browser, address: str, path: str, folder: Path) -> Iterator[Path]:
    """Take one page at every size."""
    name = path.partition("?")[0].strip("/").replace("/", "-") or "board"
    for width, height in SIZES:
        viewport: ViewportSize = {"width": width, "height": height}
        page = browser.new_page(viewport=viewport, locale="zh-CN", device_scale_factor=2)
        page.goto(f"{address}{path}", wait_until="networkidle")
        picture = folder / f"{name}-{width}.png"
        page.screenshot(path=picture)
        page.close()
        yield picture


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2:])
