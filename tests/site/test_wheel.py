"""The wheel carries all it needs: installed, it runs where neither Node nor a network is."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tooling.places import SOURCE, site_packages
from tooling.wheel import build

pytestmark = [pytest.mark.early, pytest.mark.no_cover]
# In a world of processes of its own too, so that nothing of it outlives the test.
CUT_OFF = ("unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child")
GUARD = """\
import socket

connect = socket.socket.connect

def guarded(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1"):
        raise OSError("cut off")
    return connect(self, address)

socket.socket.connect = guarded
"""
PATIENCE = 120  # seconds
PAGES = ("/board/?on=2021-01-15", "/figures/", "/organisation/", "/sign-in/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment of its own with the wheel; what it stands on is lent from ``.venv``.

    The path file names a folder only: ``.venv``'s own, which names ``src``, is not read.
    """
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    alone = ["--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*command, "install", *alone, wheel], check=True)
    (own,) = (folder / "lib").glob("python*/site-packages")
    (own / "lent.pth").write_text(f"{site_packages()}\n")
    return folder


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_pages_words_and_tables_are_in_the_wheel_and_nothing_of_a_home(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"luoshi/{name}" for name in files_below(SOURCE)}
    wanted = {name for name in wanted if "__pycache__" not in name and not name.endswith(".po")}
    inside = {name for name in held if name.startswith("luoshi/")}
    assert inside == wanted
    for name in ("vendor/htmx.min.js", "vendor/echarts.min.js", "vendor/icons.svg"):
        assert f"luoshi/site/static/{name}" in held
    assert "luoshi/ledger/locale/zh_Hans/LC_MESSAGES/django.mo" in held
    assert "luoshi/site/demo/erqi/programmes.csv" in held
    assert {name.split("/")[0] for name in held - inside} == {f"{distribution(wheel)}.dist-info"}


def distribution(wheel):
    return "-".join(wheel.name.split("-")[:2])


def test_what_it_asks_for_is_what_the_project_asks_for(wheel):
    described = zipfile.ZipFile(wheel).read(f"{distribution(wheel)}.dist-info/METADATA").decode()
    asked = {line for line in described.splitlines() if line.startswith("Requires-Dist")}
    lines = (SOURCE.parent.parent / "requirements.in").read_text().splitlines()
    wanted = {line for line in lines if line and not line.startswith("#")}
    assert len(asked) == len(wanted)


def cutting_off(folder):
    """Give the words before a command that cut its network off, and what its environment needs.

    Where a machine does not let us, every Python that is started refuses to call beyond it.
    """
    if unshare := shutil.which(CUT_OFF[0]):
        words = [unshare, *CUT_OFF[1:]]
        if not subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
            return words, {}
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD)
    return [], {"PYTHONPATH": str(folder)}


def test_the_demo_runs_from_the_wheel_with_the_network_cut_off(installed, tmp_path):
    for program in ("python3", "sh"):  # and nothing else: no Node, no tool of ours
        (tmp_path / program).symlink_to(Path(shutil.which(program)).resolve())
    unset = ("PYTHONPATH", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV")
    env = {name: value for name, value in os.environ.items() if name not in unset}
    words, more = cutting_off(tmp_path / "guard")
    env |= {"LUOSHI_HOME": str(tmp_path / "home"), "PATH": str(tmp_path), **more}
    script = Path(__file__).with_name("offline.py")
    run = subprocess.run(
        [*words, installed / "bin" / "python", script, installed / "bin" / "luoshi", *PAGES],
        env=env, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["outside"] != "reached"
    found = told["found"]
    assert {status for status, _ in found.values()} == {200}
    assert all(size > 100 for _, size in found.values())
    assert any(name.endswith("vendor/htmx.min.js") for name in found)
    assert any(name.endswith("css/tokens.css") for name in found)
    assert set(PAGES) <= set(found)
