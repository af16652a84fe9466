"""What a server on the network of an office must have: the settings that the checks ask for."""

import os
import subprocess
import sys

import pytest

from tests.site.scratch import START


@pytest.mark.parametrize(("https", "code"), [("1", 0), ("0", 1)])
def test_the_check_for_deployment_is_content_behind_tls_only(tmp_path, https, code):
    named = os.environ | {
        "LUOSHI_HOME": str(tmp_path), "LUOSHI_HTTPS": https, "LUOSHI_HOSTS": "luoshi.example",
    }  # fmt: skip
    call = [sys.executable, "-c", START, "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(call, env=named, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
