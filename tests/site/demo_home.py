"""Erqi's tables, and a demo ledger built from them: each kind built once in a run."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from luoshi.site.demo import build
from luoshi.site.demo.tables import Tables
from tests.kept_rows import one_at_a_time, standing
from tests.site.scratch import home, luoshi

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "src" / "luoshi" / "site" / "demo" / "erqi"
ARTICLES = ROOT.parent / "shared" / "data" / "reports" / "erqi"
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def built(run_folder):
    """Put the demo into the empty database at hand and return its builder.

    ``run_folder`` is of one run: the first that asks builds it, by the commands.
    """
    return standing(run_folder, "demo", _built)


def _built():
    """Build the demo."""
    builder = build.found(tables=Tables(DATA), at=AT, seed=UUID(int=2017))
    for step in build.steps(builder):
        step()
    return builder


def build_by_command(env):
    """Build the demo in the home of an environment as a person does; nothing is said in a pipe."""
    done = luoshi(env, "demo", "--no-serve")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def copied(run_folder, folder):
    """Give a home in files with the demo: a copy of the one that was built by the command."""
    whole = run_folder / "demo-home"
    with one_at_a_time(run_folder):
        if not whole.exists():
            draft = run_folder / "demo-home-in-building"
            with home(draft) as env:
                build_by_command(env | {"DATABASE_URL": ""})
            draft.rename(whole)
    shutil.copytree(whole, folder)
    return folder
