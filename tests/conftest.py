"""What every test stands on: sizes, marks that set themselves, and the browser."""

import gc
import os
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.handlers.base import BaseHandler
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tooling.machine import chromium

ROOT = Path(__file__).resolve().parent.parent
JOURNEYS = ROOT / "tests" / "browser"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}
BROWSER_FIXTURE = "chromium_browser"  # stands behind every fixture that opens a page
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # Pages need nothing from elsewhere, and a name outside must fail at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# They go through every door and come by what other tests look at: the tracer would cost as long
# again and tell nothing new.
WALKS = {"test_walk", "test_api_walk", "test_fuzz", "test_openapi"}
QUICK = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}  # the least that Argon2 takes
DESKTOP = {"width": 1440, "height": 900}  # CSS pixels
PHONE = {"width": 390, "height": 844}


def _chosen_size():
    sizes = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["luoshi"]["test-sizes"]
    chosen = sizes[os.environ.get("LUOSHI_TEST_SIZE", "short")]
    if os.environ.get("DATABASE_URL"):
        chosen["examples"] = chosen["examples_on_postgresql"]
    return chosen


SIZE = _chosen_size()

settings.register_profile(
    "luoshi",
    max_examples=SIZE["examples"],
    deadline=None,  # a shared machine is slow now and then; time is measured in bench
    database=DirectoryBasedExampleDatabase(ROOT / ".cache" / "hypothesis"),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("luoshi")


def pytest_configure(config):
    """Let coverage see templates: Django keeps the lines of their source only in debug."""
    if config.pluginmanager.hasplugin("_cov"):
        for engine in django_settings.TEMPLATES:
            engine.setdefault("OPTIONS", {})["debug"] = True
    BaseHandler.load_middleware = _loading_once(BaseHandler.load_middleware)
    options = django_settings.DATABASES["default"]["OPTIONS"]
    if "init_command" in options:  # SQLite; no ledger of a test has to outlive a power cut
        options["init_command"] += "PRAGMA synchronous=OFF;"


def _loading_once(load):
    """Share what stands around every view among the clients of this process.

    Each test has clients of its own, and each of these would look through all static files again.
    """
    loaded = {}

    def load_middleware(self, is_async=False):
        key = (type(self), is_async, *django_settings.MIDDLEWARE)
        if key not in loaded:
            load(self, is_async)
            loaded[key] = vars(self)
        vars(self).update(
            (name, made) for name, made in loaded[key].items() if "middleware" in name
        )

    return load_middleware


def pytest_collection_finish():
    """Take what was loaded for ever out of the sight of the garbage collector."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Set the marks that follow from what a test uses; long files go first."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if BROWSER_FIXTURE in names:
            item.add_marker("browser")
            if item.path.parent != JOURNEYS:  # tooling/suite.py looks nowhere else
                raise pytest.UsageError(f"{item.path}: journeys stand in {JOURNEYS}.")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")
            # Other cases another time: coverage must not hang on which were drawn.
            item.add_marker("no_cover")
        if item.path.stem in WALKS:
            item.add_marker("no_cover")
    yield
    # A file stays with one worker: were a long one among the last, the other would wait for it.
    items.sort(key=lambda item: not item.get_closest_marker("early"))


@pytest.fixture(scope="session")
def size():
    """The numbers of this run by name; see tool.luoshi.test-sizes in pyproject.toml."""
    return SIZE


@pytest.fixture(scope="session", autouse=True)
def cost_of_passwords():
    """What a password costs in earnest, by name; here each takes a hundredth of it."""
    # Imported here: it stands on settings.
    from luoshi.organisation.passwords import Argon2

    earnest = {name: getattr(Argon2, name) for name in QUICK}
    with pytest.MonkeyPatch.context() as patch:
        for name, cost in QUICK.items():
            patch.setattr(Argon2, name, cost)
        yield earnest


@pytest.fixture(autouse=True)
def no_answer_kept():
    """Nothing drawn for one test is given to another: ledgers that stand in many are the same."""
    yield
    if answers := sys.modules.get("luoshi.base.answers"):
        answers.KEPT.clear()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory):
    """A folder of this run, the same for all its processes."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def chromium_browser():
    """Debian's Chromium, started once."""
    # Imported here: only journeys pay for it.
    from playwright.sync_api import sync_playwright

    path = chromium()
    assert path, "No Chromium: ./dev browser installs it or says how."
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_site():
    """A demo of its own, built and served as ``luoshi demo`` does: its address."""
    # Imported here: only journeys pay for it.
    from tooling.shot import demo

    with demo() as address:
        yield address


@pytest.fixture
def open_page(chromium_browser, demo_site):
    """Open a page on the demo; asks for a size and whether it has JavaScript.

    At the end no page may have thrown, nor broken the content policy.
    """
    contexts, complaints = [], []

    def open_(viewport=DESKTOP, *, javascript=True, locale="zh-CN"):
        context = chromium_browser.new_context(
            base_url=demo_site,
            viewport=viewport,
            locale=locale,
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _note_policy(message, complaints))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def page(open_page):
    """A page of an office PC."""
    return open_page()


def _note_policy(message, complaints):
    if "Content Security Policy" in message.text:
        complaints.append(message.text)
