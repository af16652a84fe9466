"""What commands wrote once, put in again as it was: for ledgers on which many tests stand.

Rows go out and in as the database itself has them, past models and commands, which had their turn
when the ledger was first made in the same run on the same database.
"""

import fcntl
import pickle
from contextlib import contextmanager
from functools import partial

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction


def taken(district=None):
    """Give every row of our tables, or those of a district: pairs of table and its rows."""
    tables = []
    for model in _models():
        columns = {field.attname for field in model._meta.concrete_fields}
        if district is None or "district" in columns:
            tables.append((model._meta.db_table, _read(model._meta.db_table, district)))
    return [(table, rows) for table, rows in tables if rows]


def put_back(tables):
    """Put rows into the tables they were taken from."""
    with connection.cursor() as cursor:
        for table, rows in tables:
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
            else:
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


@contextmanager
def one_at_a_time(folder):
    """A stretch through which one process of this run goes after another."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(folder, name, make):
    """Give what ``make`` gives, which the first process of this run calls; all share a folder."""
    with one_at_a_time(folder):
        file = folder / f"{name}.pickle"
        if not file.exists():
            file.write_bytes(pickle.dumps(make()))
        return pickle.loads(file.read_bytes())


def standing(folder, name, make):
    """Have what ``make`` records stand in the database, and give what it gives.

    Of all processes that share a folder the first to ask calls it and keeps the rows; they are put
    back for every other asking. Where something stands already it is called each time.
    """
    if taken():
        return make()
    made, rows = made_once(folder, name, partial(_made_and_taken, make))
    put_back(rows)
    return made


def _made_and_taken(make):
    """Give what ``make`` gives and the rows it wrote; leave the database as it was."""
    with transaction.atomic():
        made = make()
        rows = taken()
        transaction.set_rollback(True)
    return made, rows


def _models():
    return [model for model in apps.get_models() if model.__module__.startswith("luoshi.")]


def _read(table, district):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            which = f"WHERE district = '{district.hex}'" if district else ""
            cursor.execute(f'SELECT * FROM "{table}" {which}')
            return cursor.fetchall()
        which = f"WHERE district = '{district}'" if district else ""
        with cursor.copy(f'COPY (SELECT * FROM "{table}" {which}) TO STDOUT') as copy:
            return b"".join(bytes(block) for block in copy)
