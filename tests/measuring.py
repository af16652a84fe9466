"""A run that is measured: ``-p tests.measuring`` loads this before anything of ours."""

import pytest
from coverage import Coverage

from tests.measured_lines import ROOT, begin, forgetting, keep


def pytest_configure(config):
    """Have processes that tests start tell coverage by its own tracer; not those of pytest."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        coverage = Coverage(config_file=ROOT / "pyproject.toml")
        coverage.start()  # lays its settings into the environment
        coverage.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """What a test that is not measured ran is forgotten after it."""
    if not item.get_closest_marker("no_cover"):
        return (yield)
    with forgetting():
        return (yield)


def pytest_sessionfinish():
    """Keep what this process saw."""
    keep()


begin()
