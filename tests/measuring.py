"""A run that is measured: ``-p tests.measuring`` loads this before anything of ours."""

import os

import pytest

from tests.measured_lines import begin, forgetting, keep, path_of_children


def pytest_configure(config):
    """Have processes that tests start measured too; not those of pytest, which load this."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        os.environ["PYTHONPATH"] = path_of_children(os.environ.get("PYTHONPATH", ""))


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
