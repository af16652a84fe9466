"""What a server on the network of an office must have: the settings that the checks ask for."""

import os
import subprocess
import sys

import pytest

from luoshi.site.checks import what_production_lacks
from tests.site.scratch import START


@pytest.mark.parametrize(("https", "code"), [("1", 0), ("0", 1)])
def test_the_check_for_deployment_is_content_behind_tls_only(tmp_path, https, code):
    named = os.environ | {
        "LUOSHI_HOME": str(tmp_path), "LUOSHI_HTTPS": https, "LUOSHI_HOSTS": "luoshi.example",
        "LUOSHI_PROXIES": "1", "LUOSHI_PRODUCTION": "1",
    }  # fmt: skip
    call = [sys.executable, "-c", START, "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(call, env=named, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr


def test_the_check_names_what_production_lacks(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    settings.IS_HTTPS, settings.PROXIES = True, 0
    settings.IS_DEMO, settings.IS_PRODUCTION = True, False
    assert [one.id for one in what_production_lacks()] == [f"luoshi.W00{n}" for n in (1, 2, 3, 4)]
    settings.ALLOWED_HOSTS = ["luoshi.example"]
    settings.PROXIES, settings.IS_DEMO, settings.IS_PRODUCTION = 1, False, True
    assert what_production_lacks() == []
