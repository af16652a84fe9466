"""The database settings: SQLite in the home by default, PostgreSQL by ``DATABASE_URL``."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of an embedded ledger.

    WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, so a
    transaction that read first can never fail halfway for a lock; a writer waits up to twenty
    seconds for another. What was acknowledged is on the disk (synchronous=FULL): with NORMAL a
    power cut may take the last entries although somebody was told that they stand. Each connection
    keeps 8 MB of pages; the system keeps the rest, and pages take no longer than with 32 MB.
    """
    return {
        "ENGINE": "luoshi.site.sqlite",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;"
            ),
        },
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }


POOL = {"min_size": 1, "max_size": 6, "timeout": 10}
"""Of a process: one request works, beside it two that last and one sign-in; some answer probes."""


def postgresql(url: str, *, pooled: bool = False) -> dict[str, Any]:
    """Return the settings for ``postgresql://user:password@host:port/name?option=value``.

    Where requests wait in threads of their own (serve --production) the connections are ``pooled``:
    else each thread would keep one. Statements are not compiled first (jit) unless the address has
    ``options`` of its own: ours take milliseconds, to compile one takes most of a second.
    """
    parts = urlsplit(url)
    options: dict[str, Any] = {"options": "-c jit=off", **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 0 if pooled else 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | ({"pool": POOL} if pooled else {}),
    }


def database(url: str | None, folder: Path, *, pooled: bool = False) -> dict[str, Any]:
    """Return the settings that the environment asks for."""
    if url and urlsplit(url).scheme in {"postgresql", "postgres"}:
        return postgresql(url, pooled=pooled)
    return sqlite(folder / "ledger.sqlite3")
