"""A real ledger served for journeys, and pages of it: nobody signs in there by a mere button."""

import json
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.conftest import DESKTOP
from tests.site.scratch import ROOT, START, home

AT_THE_DOOR = re.compile("/sign-in/$")
PATIENCE = 60  # seconds for the server to answer


@contextmanager
def founded(folder, module):
    """Serve the ledger that a module founds in an empty home: its address, and what it told."""
    with home(folder / "home") as env:
        env |= {"DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
        call = [sys.executable, "-m", module]
        told = subprocess.run(call, env=env, cwd=ROOT, capture_output=True, check=True, text=True)
        with serving(env) as address:
            yield address, json.loads(told.stdout)


@contextmanager
def serving(env):
    """Serve the ledger of an environment on a free port of loopback; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    call = [sys.executable, "-c", START, "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(call, env=env, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address):
    """Wait until a process answers: the port is open some time before."""
    for _ in range(PATIENCE * 10):
        try:
            urlopen(f"{address}/healthz", timeout=PATIENCE).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer")


@contextmanager
def opening(browser, address):
    """Give what opens a page there; at the end none may have broken the content policy."""
    contexts, complaints = [], []

    def open_(viewport=DESKTOP):
        context = browser.new_context(
            base_url=address, viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda told: complaints.append(told.text) if "Content Security" in told.text else None,
        )
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def sign_in(page, login, password):
    """Type name and password at the door, and knock."""
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    expect(page).not_to_have_url(AT_THE_DOOR)
    page.wait_for_load_state()


def is_too_wide(page):
    """Tell whether a page can be pushed sideways, once its styles are there."""
    page.wait_for_load_state()
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
