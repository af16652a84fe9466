"""Backup and restore: every row and every evidence file in one archive for either database."""

import io
import json
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from luoshi.base.models import Line
from luoshi.rules.refusals import Refusal

FORMAT = 1
ROWS_AT_ONCE = 1000
LEFT_OUT = frozenset({"sessions", "usersessions", "contenttypes", "auth", "admin"})


class LedgerNotEmpty(Refusal):
    """A backup is brought back into an empty home only."""

    code = "ledger_not_empty"


class NoBackup(Refusal):
    """The file is no backup, or is cut off; facts: ``file``."""

    code = "no_backup"


class OtherVersion(Refusal):
    """The backup was made by another version; facts: ``missing``, ``unknown`` (migrations)."""

    code = "other_version"


@contextmanager
def snapshot() -> Iterator[str]:
    """Give the alias of a database that stands still while it is read; no writer has to wait."""
    if connections["default"].vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "snapshot.sqlite3"
            _copy_sqlite(copy)
            connections.databases["snapshot"] = {
                **connections.databases["default"],
                "NAME": str(copy),
            }
            try:
                yield "snapshot"
            finally:
                connections["snapshot"].close()
                del connections.databases["snapshot"]
    else:
        with transaction.atomic():
            with connections["default"].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield "default"


def _copy_sqlite(target: Path) -> None:
    source = str(connections.databases["default"]["NAME"])
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def kept_models() -> list[type[models.Model]]:
    """Return the models whose rows are kept, those that others refer to first."""
    return [model for model in apps.get_models() if model._meta.app_label not in LEFT_OUT]


def applied_migrations(alias: str = "default") -> list[str]:
    """Return the migrations of our rooms that a ledger has."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("luoshi.")}
    return sorted(f"{app}.{name}" for app, name in applied if app in ours)


def backup(file: Path) -> Iterator[str]:
    """Write the archive beside ``file``, move it there when whole; yields what was written."""
    draft = file.with_name(f"{file.name}.part")
    with snapshot() as alias, tarfile.open(draft, "w:gz", compresslevel=5) as archive:
        manifest = {"format": FORMAT, "migrations": applied_migrations(alias)}
        _add(archive, "manifest.json", json.dumps(manifest).encode())
        for model in kept_models():
            for number, lines in enumerate(_pages(model, alias)):
                name = f"rows/{model._meta.label}/{number:06d}.jsonl"
                _add(archive, name, "\n".join(lines).encode())
            yield model._meta.label
        for path in sorted(Path(settings.EVIDENCE_ROOT).glob("*/*")):
            if len(path.name) == 64:
                archive.add(path, f"evidence/{path.parent.name}/{path.name}")
        _add(archive, "whole", b"")
        yield "evidence"
    draft.chmod(0o600)
    draft.replace(file)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    info.mode = 0o600
    archive.addfile(info, io.BytesIO(content))


def _pages(model: type[models.Model], alias: str) -> Iterator[list[str]]:
    fields = model._meta.concrete_fields
    page: list[str] = []
    for row in model._default_manager.using(alias).iterator(chunk_size=ROWS_AT_ONCE):
        values = {f.attname: _kept(f, row) for f in fields}
        page.append(json.dumps(values, ensure_ascii=False))
        if len(page) == ROWS_AT_ONCE:
            yield page
            page = []
    if page:
        yield page


def _kept(field: "models.Field[Any, Any]", row: models.Model) -> str | None:
    return None if getattr(row, field.attname) is None else field.value_to_string(row)


def restore(file: Path) -> Iterator[str]:
    """Bring a backup back in one transaction; yields what was read.

    Raises LedgerNotEmpty, NoBackup, OtherVersion.
    """
    if Line.objects.exists():
        raise LedgerNotEmpty
    try:
        with tarfile.open(file, "r:gz") as archive, transaction.atomic():
            yield from _taken_back(archive, file)
    except (tarfile.TarError, EOFError, OSError, json.JSONDecodeError, KeyError) as cause:
        raise NoBackup(file=file.name) from cause


def _taken_back(archive: tarfile.TarFile, file: Path) -> Iterator[str]:
    by_label = {model._meta.label: model for model in kept_models()}
    is_whole = False
    for number, member in enumerate(archive):
        content = _content(archive, member)
        top, *rest = member.name.split("/")
        if number == 0:
            _check_manifest(json.loads(content))
        elif top == "rows":
            _store(by_label[rest[0]], content.decode())
        elif top == "evidence":
            _store_evidence(rest[-1], content)
        is_whole = is_whole or top == "whole"
        yield member.name
    if not is_whole:
        raise NoBackup(file=file.name)
    _count_on()


def _count_on() -> None:
    """Let numbers that the database gives go on after those that were brought back."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    opened = archive.extractfile(member)
    return opened.read() if opened else b""


def _check_manifest(manifest: dict[str, Any]) -> None:
    here, there = set(applied_migrations()), set(manifest["migrations"])
    if manifest["format"] != FORMAT or here != there:
        raise OtherVersion(missing=sorted(there - here), unknown=sorted(here - there))


def _store(model: type[models.Model], lines: str) -> None:
    fields = {f.attname: f for f in model._meta.concrete_fields}
    rows = []
    for line in lines.splitlines():
        values = json.loads(line)
        rows.append(
            model(**{n: None if v is None else fields[n].to_python(v) for n, v in values.items()})
        )
    model._default_manager.bulk_create(rows)


def _store_evidence(name: str, content: bytes) -> None:
    path = Path(settings.EVIDENCE_ROOT) / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)
    path.chmod(0o600)
