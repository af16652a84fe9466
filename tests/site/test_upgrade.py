"""A newer program and an older ledger: nothing starts before it is upgraded, nothing is lost."""

import shutil

import pytest

from tests.site.scratch import ROOT, home, luoshi, luoshi_anew
from tests.site.test_homes import FOUNDING, PASSWORD

pytestmark = [pytest.mark.database, pytest.mark.early]
NEWER = """
from luoshi.site.settings import *

MIGRATION_MODULES = {"exchange": "newer.exchange"}
"""
MORE = '''
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a newer version adds."""

    dependencies = [("exchange", "LAST")]
    operations = [
        migrations.RunSQL("CREATE TABLE newer (id integer)", "DROP TABLE newer"),
    ]
'''


def newer_program(folder, env):
    """The environment of the same program with one migration more."""
    ours = ROOT / "src" / "luoshi" / "exchange" / "migrations"
    theirs = folder / "newer" / "exchange"
    shutil.copytree(ours, theirs, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "newer" / "__init__.py").touch()
    (folder / "newer" / "settings.py").write_text(NEWER)
    last = max(path.stem for path in theirs.glob("0*.py"))
    (theirs / "0999_what_a_newer_version_adds.py").write_text(MORE.replace("LAST", last))
    path = f"{env['PYTHONPATH']}:{folder}"
    return {**env, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "newer.settings"}


def test_an_older_ledger_is_brought_to_a_newer_program_and_the_older_one_refuses_it(tmp_path):
    with home(tmp_path / "home") as env:
        made = luoshi(env, *FOUNDING, text=f"{PASSWORD}\n")
        assert made.returncode == 0, made.stderr
        kept = tmp_path / "before.backup"
        assert luoshi(env, "backup", str(kept)).returncode == 0
        newer = newer_program(tmp_path, env)
        assert luoshi_anew(newer, "upgrade", "--check").returncode == 1
        assert luoshi_anew(newer, "serve", "--production", "--port", "0").returncode == 1
        for _again in range(2):
            done = luoshi_anew(newer, "upgrade")
            assert done.returncode == 0, done.stderr
        assert luoshi_anew(newer, "upgrade", "--check").returncode == 0
        for proof in (("journal", "verify"), ("journal", "rebuild"), ("audit", "verify")):
            held = luoshi_anew(newer, *proof)
            assert held.returncode == 0, held.stderr
        for command in (("serve",), ("upgrade",), ("upgrade", "--check")):
            refused = luoshi(env, *command)
            assert refused.returncode == 1
            assert "0999_what_a_newer_version_adds" in refused.stderr
    with home(tmp_path / "back") as env:  # the way back: the old program and the old backup
        restored = luoshi(env, "restore", str(kept))
        assert restored.returncode == 0, restored.stderr
        assert luoshi(env, "upgrade", "--check").returncode == 0
        assert luoshi(env, "journal", "verify").returncode == 0
