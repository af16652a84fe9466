"""How the embedded ledger is opened."""

import sqlite3
from contextlib import closing

import pytest

from luoshi.site.databases import postgresql, sqlite

FULL = 2  # as SQLite counts


@pytest.mark.parametrize(("name", "told"), [("synchronous", FULL), ("foreign_keys", 1)])
def test_what_was_acknowledged_is_on_the_disk_and_refers_to_what_is_there(tmp_path, name, told):
    settings = sqlite(tmp_path / "ledger.sqlite3")
    with closing(sqlite3.connect(settings["NAME"])) as connection:
        connection.executescript(settings["OPTIONS"]["init_command"])
        assert connection.execute(f"PRAGMA {name}").fetchone() == (told,)


def test_statements_are_not_compiled_first_unless_the_address_says_so():
    assert postgresql("postgresql://luoshi@db/luoshi")["OPTIONS"] == {"options": "-c jit=off"}
    chosen = postgresql("postgresql://luoshi@db/luoshi?options=-c%20jit%3Don&sslmode=require")
    assert chosen["OPTIONS"] == {"options": "-c jit=on", "sslmode": "require"}
