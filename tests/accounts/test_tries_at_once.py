"""Tries at one moment in several processes: together they get no more than the rule gives."""

import subprocess
import sys

import pytest

from tests.site.scratch import ROOT, home, luoshi

pytestmark = pytest.mark.early
PROCESSES, EACH, ALLOWED = 3, 6, 5
TRY = f"""
import sys, django
django.setup()
from django.utils import timezone
from luoshi.accounts import commands
from luoshi.rules.signing import Locked, Standard
print("ready", flush=True)
sys.stdin.readline()
passed = 0
for _ in range({EACH}):
    try:
        commands.take_try(
            [commands.Guarded("password:one", {ALLOWED})], standard=Standard(), at=timezone.now()
        )
    except Locked:
        continue
    passed += 1
print(passed)
"""
USE = """
import sys, django
django.setup()
from luoshi.accounts import commands
from luoshi.organisation.models import Account
account = Account.objects.get()
print("ready", flush=True)
sys.stdin.readline()
print(sum(commands.take_code(account, counter) for counter in range(100, 110)))
"""


def at_once(env, script):
    """Run a script in several processes that begin together; the sum of what they print."""
    env = env | {"DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [
        subprocess.Popen([sys.executable, "-c", script], env=env, cwd=ROOT, **pipes)
        for _ in range(PROCESSES)
    ]
    for one in started:
        assert one.stdout.readline() == "ready\n"
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    return sum(int(one.communicate(timeout=120)[0]) for one in started)


def test_no_number_of_processes_gets_more_tries_or_takes_a_code_twice(tmp_path):
    with home(tmp_path / "home") as env:
        env = env | {"LUOSHI_PASSWORD": "Zhangwu-2026-tai"}
        named = ("--district-code", "410103", "--district-name", "二七区")
        assert luoshi(env, "createadmin", "--login", "guan", *named).returncode == 0
        assert at_once(env, TRY) == ALLOWED
        assert 1 <= at_once(env, USE) <= 10
