"""Homes of their own for tests that start ``luoshi`` as a person does, on either database."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def home(folder):
    """Give the environment of an empty home: a folder, and on PostgreSQL a database of its own."""
    given = os.environ.get("DATABASE_URL", "")
    env = os.environ | {"LUOSHI_HOME": str(folder), "PYTHONPATH": str(ROOT / "src")}
    if not given:
        yield env | {"DATABASE_URL": ""}
        return
    import psycopg

    name = f"scratch_{uuid4().hex[:12]}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            parts = urlsplit(given)
            yield env | {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def luoshi(env, *arguments, text=""):
    """Run a command of ``luoshi`` to its end."""
    return subprocess.run(
        [sys.executable, "-c", "from luoshi.site.cli import main; main()", *arguments],
        env=env,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
