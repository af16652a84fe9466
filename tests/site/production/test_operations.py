"""The pages on running it and the files beside them: every command is run, every file judged."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.base.api.problems import LANGUAGES, PROBLEM_SCHEMA
from luoshi.site.cli import COMMANDS
from luoshi.site.serving import free_port
from tests.site.scratch import START

pytestmark = [pytest.mark.early, pytest.mark.no_cover]
ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
PAGES = [ROOT / "docs" / name for name in ("operations.md", "operations.zh-CN.md")]
BLOCK = re.compile(r"^```sh ?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UNIT = re.compile(r"luoshi[\w-]*\.(?:service|timer)")
DEPLOYED = re.compile(r"deploy/[\w.*-]+")
OF_ROOT = {"useradd", "install", "python3.11", "pip", "systemctl", "journalctl"}
PASSWORD = "Zhangwu-2026-tai"
PATIENCE = 500  # seconds
READY = """
for try in $(seq 600); do curl -fs -o /dev/null ADDRESS/readyz && break; sleep 0.1; done
"""


def blocks(page):
    """The commands of a page, by how they are run; what differs by language is left out."""
    found = BLOCK.findall(page.read_text())
    return [(how, text.replace("编号", "NUMBER")) for how, text in found]


def test_both_pages_have_the_same_commands():
    first, second = map(blocks, PAGES)
    assert first == second
    assert {how for how, _text in first} == {"", "root", "serve"}


def program(folder):
    """Put the program where the page has it, as the wheel does."""
    path = folder / "opt" / "luoshi" / "bin" / "luoshi"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!{sys.executable}\n{START}\n")
    path.chmod(0o755)
    return path


def placed(text, folder, port):
    """The same text with every place inside a folder."""
    for place in ("/opt/luoshi", "/etc/luoshi", "/var/lib/luoshi", "/var/backups/luoshi"):
        text = text.replace(place, f"{folder}{place}")
    return text.replace("8000", str(port))


def test_every_command_of_the_page_runs(tmp_path):
    if not shutil.which("curl"):
        pytest.skip("no curl here")
    port = free_port("127.0.0.1")
    program(tmp_path)
    for place in ("var/lib/luoshi", "var/backups/luoshi", "etc/luoshi"):
        (tmp_path / place).mkdir(parents=True)
    settings = tmp_path / "etc/luoshi/luoshi.env"
    settings.write_text(placed((DEPLOY / "luoshi.env").read_text(), tmp_path, port))
    script = ["set -euo pipefail", "trap 'kill -TERM ${SERVER:-$$} 2>/dev/null || true' EXIT"]
    for how, text in blocks(PAGES[0]):
        if how == "serve":
            ready = READY.replace("ADDRESS", f"http://127.0.0.1:{port}")
            script += [f"{text.strip()} 2>served &\nSERVER=$!", ready]
        elif how == "":
            script += [text]
    script += ["kill -TERM $SERVER\nwait $SERVER", "trap - EXIT"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    env |= {"LUOSHI_PASSWORD": PASSWORD, "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": ""}
    done = subprocess.run(
        ["bash", "-c", placed("\n".join(script), tmp_path, port)],
        env=env, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for said in ('"ready": true', "luoshi_database_up 1.0", "entries hold", "0 differences"):
        assert said in done.stdout
    assert "(0 silenced)" in done.stdout + done.stderr
    assert "luoshi.W" not in done.stdout + done.stderr


def test_what_root_does_names_what_there_is():
    for how, text in blocks(PAGES[0]):
        if how == "root":
            for line in text.splitlines():
                assert Path(line.split()[0]).name in OF_ROOT
                assert all((DEPLOY / unit).exists() for unit in UNIT.findall(line))
                assert all(list(ROOT.glob(named)) for named in DEPLOYED.findall(line))


def units():
    return sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


def test_units_call_commands_that_there_are():
    for unit in units():
        for call in re.findall(r"/opt/luoshi/bin/luoshi (\w+)", unit.read_text()):
            assert call in COMMANDS
        assert "EnvironmentFile" in unit.read_text() or unit.suffix == ".timer"


def test_units_are_sound_and_shut_in(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    path = program(tmp_path)
    copies = []
    for unit in units():
        copies.append(tmp_path / unit.name)
        copies[-1].write_text(unit.read_text().replace("/opt/luoshi/bin/luoshi", str(path)))
    judged = subprocess.run(
        ["systemd-analyze", "verify", *copies], capture_output=True, text=True, check=False
    )
    assert (judged.returncode, judged.stderr) == (0, "")
    for copy in copies:
        if copy.suffix == ".service":  # 2.0: of ten, where ten is open to everything
            call = ["systemd-analyze", "security", "--offline=true", "--threshold=20", copy]
            shut_in = subprocess.run(call, capture_output=True, text=True, check=False)
            assert shut_in.returncode == 0, shut_in.stdout[-300:]


def test_the_proxy_understands_its_configuration(tmp_path):
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not nginx or not shutil.which("openssl"):
        pytest.skip("no nginx or no openssl here")
    text = (DEPLOY / "nginx.conf").read_text()
    for place in ("/etc/luoshi/tls", "/var/log/nginx"):
        (tmp_path / place[1:]).mkdir(parents=True)
        text = text.replace(place, f"{tmp_path}{place}")
    pair = [tmp_path / "etc/luoshi/tls" / name for name in ("key.pem", "certificate.pem")]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    subject = ["-subj", "/CN=luoshi.example", "-keyout", pair[0], "-out", pair[1]]
    subprocess.run([*made, *subject], check=True, capture_output=True)
    whole = tmp_path / "whole.conf"
    for known in ("80;", "443 "):  # ports that only root may take
        free = str(free_port("127.0.0.1"))
        text = text.replace(f"listen {known}", f"listen {free}{known[-1]}")
        text = text.replace(f"listen [::]:{known}", f"listen [::]:{free}{known[-1]}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in kinds) + "access_log off;\n"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{kept}{text}\n}}\n")
    call = [nginx, "-t", "-q", "-p", tmp_path, "-e", tmp_path / "errors", "-c", whole]
    judged = subprocess.run(call, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr


def test_what_the_proxy_says_to_programs_is_a_problem():
    told = json.loads((DEPLOY / "unavailable.json").read_text())
    assert told.keys() == set(PROBLEM_SCHEMA["required"])
    assert told["sentences"].keys() == set(LANGUAGES)
    assert told["detail"] == told["sentences"][LANGUAGES[0]]
    assert f"={told['status']} /unavailable.json" in (DEPLOY / "nginx.conf").read_text()


def test_rotation_is_understood(tmp_path):
    logrotate = shutil.which("logrotate", path=f"{os.environ['PATH']}:/usr/sbin")
    if not logrotate:
        pytest.skip("no logrotate here")
    text = (DEPLOY / "logrotate.conf").read_text().replace("    su luoshi luoshi\n", "")
    copy = tmp_path / "logrotate.conf"
    copy.write_text(text.replace("/var/log/luoshi", str(tmp_path)))
    call = [logrotate, "--debug", "--state", tmp_path / "state", copy]
    judged = subprocess.run(call, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr
    assert "error" not in judged.stderr
