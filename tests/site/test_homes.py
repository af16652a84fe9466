"""A home from its first account over backup and restore to the refusals of serving."""

import io
import json
import subprocess
import sys
import tarfile

import pytest

from tests.site.demo_home import build_by_command, copied
from tests.site.scratch import home, luoshi

pytestmark = [pytest.mark.database, pytest.mark.early]
PASSWORD = "zhangwu-2026-tai"
FOUNDING = (
    "createadmin",
    "--login",
    "guan",
    "--district-code",
    "410103",
    "--district-name",
    "二七区",
)


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory, run_folder):
    """A demo home, built once."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    with home(folder) as env:
        if env["DATABASE_URL"]:
            build_by_command(env)
        else:
            copied(run_folder, folder)
        yield env


def test_a_restored_home_has_the_same_roots_board_and_evidence(demo_home, tmp_path):
    sealed = luoshi(demo_home, "journal", "seal")
    assert sealed.returncode == 0
    root = sealed.stdout.split()[-1]
    (tmp_path / "evidence").mkdir()
    file = tmp_path / "ledger.backup"
    written = luoshi(demo_home, "backup", str(file))
    assert written.returncode == 0, written.stderr
    assert file.stat().st_mode & 0o077 == 0
    with home(tmp_path / "other") as other:
        back = luoshi(other, "restore", str(file))
        assert back.returncode == 0, back.stderr
        assert "entries hold" in back.stdout
        boards = [
            luoshi(env, "board", "--on", "2020-07-30", "--format", "json").stdout
            for env in (demo_home, other)
        ]
        assert boards[0] == boards[1]
        assert len(json.loads(boards[0])) > 50
        again = luoshi(other, "journal", "seal")
        assert again.returncode == 1
        proof = json.loads(luoshi(other, "journal", "proof", "100").stdout)
        assert proof["seal"]["root"] == root
        assert luoshi(other, "journal", "rebuild").stdout.strip() == "0 differences"
        twice = luoshi(other, "restore", str(file))
        assert twice.returncode == 1


def test_a_broken_or_foreign_backup_changes_nothing(demo_home, tmp_path):
    file = tmp_path / "ledger.backup"
    assert luoshi(demo_home, "backup", str(file)).returncode == 0
    cut = tmp_path / "cut.backup"
    cut.write_bytes(file.read_bytes()[:-2000])
    older = tmp_path / "older.backup"
    _with_manifest(file, older, {"format": 1, "migrations": ["base.0001_initial"]})
    with home(tmp_path / "other") as other:
        for broken in (cut, older, __file__, str(tmp_path / "nowhere")):
            refused = luoshi(other, "restore", str(broken))
            assert refused.returncode == 1, refused.stderr
            assert refused.stderr
            assert luoshi(other, "board").returncode == 1


def _with_manifest(source, target, manifest):
    """Write a backup again with another manifest."""
    content = json.dumps(manifest).encode()
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            taken = old.extractfile(member)
            if member.name == "manifest.json":
                member.size = len(content)
                taken = io.BytesIO(content)
            new.addfile(member, taken)


def test_the_first_account_founds_a_district_that_works(tmp_path):
    with home(tmp_path) as env:
        assert luoshi(env, "serve").returncode == 1
        assert luoshi(env, *FOUNDING, text="short\n").returncode == 1
        nameless = luoshi(env, "createadmin", "--login", "guan", text=f"{PASSWORD}\n")
        assert nameless.returncode == 1
        made = luoshi(env, *FOUNDING, text=f"{PASSWORD}\n")
        assert made.returncode == 0, made.stderr
        assert luoshi(env, *FOUNDING, text=f"{PASSWORD}\n").returncode == 1
        assert json.loads(luoshi(env, "board", "--format", "json").stdout) == []
        assert luoshi(env, "journal", "verify").returncode == 0
        mixed = luoshi(env, "demo", "--no-serve")
        assert mixed.returncode == 1
        assert "LUOSHI_HOME" in mixed.stderr


def test_a_demo_is_not_served_beyond_this_machine(demo_home):
    refused = luoshi(demo_home, "serve", "--host", "0.0.0.0")
    assert refused.returncode == 1
    assert "0.0.0.0" in refused.stderr


def test_serve_refuses_a_ledger_of_another_version(demo_home, tmp_path):
    with home(tmp_path / "made") as env:
        assert luoshi(env, *FOUNDING, text=f"{PASSWORD}\n").returncode == 0
        _sql(
            env,
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('ledger', '0999_later', '2030-01-01')",
        )
        newer = luoshi(env, "serve")
        assert newer.returncode == 1
        assert "0999_later" in newer.stderr
        _sql(env, "DELETE FROM django_migrations WHERE app = 'ledger'")
        older = luoshi(env, "serve")
        assert older.returncode == 1
        assert "luoshi backup" in older.stderr


def _sql(env, statement):
    """Run a statement in a home's database."""
    code = (
        "import django; django.setup(); from django.db import connection; "
        f"connection.cursor().execute({statement!r})"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
    subprocess.run([sys.executable, "-c", code], env=env | settings, check=True)
