"""Where the data live: ``LUOSHI_HOME``, and the secrets kept there with a tight mode."""

import json
import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any


def home() -> Path:
    """Return the folder of the ledger, evidence and secrets.

    It is made on first use, readable by its owner only.
    """
    chosen = os.environ.get("LUOSHI_HOME")
    data_home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    folder = Path(chosen) if chosen else Path(data_home) / "luoshi"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder.resolve()


def secret_key(folder: Path) -> str:
    """Return the signing key from the environment or the home; one is made on the first start."""
    if given := os.environ.get("LUOSHI_SECRET_KEY"):
        return given
    path = folder / "secret-key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


class SecretsOpen(RuntimeError):
    """A file with secrets can be read by others than its owner."""


def openid_connect(folder: Path) -> dict[str, Any]:
    """Return the providers by which linked accounts sign in, as allauth reads them.

    They stand in ``openid-connect.json`` of the home or where ``LUOSHI_OPENID_CONNECT`` points to:
    a list of ``{"id", "name", "client_id", "secret", "server"}``. The file is its owner's alone;
    raises SecretsOpen where it is not.
    """
    path = Path(os.environ.get("LUOSHI_OPENID_CONNECT") or folder / "openid-connect.json")
    if not path.exists():
        return {}
    if path.stat().st_mode & 0o077:
        msg = f"{path} holds secrets and can be read by others: chmod 600"
        raise SecretsOpen(msg)
    apps = [
        {
            "provider_id": one["id"],
            "name": one["name"],
            "client_id": one["client_id"],
            "secret": one["secret"],
            "settings": {"server_url": one["server"]},
        }
        for one in json.loads(path.read_text())
    ]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


def mark_demo(path: Path, *, opens_on: date) -> None:
    """Write the mark of a demo home, with the day on which its board opens."""
    path.write_text(json.dumps({"opens_on": opens_on.isoformat()}))


def opening_day(path: Path) -> date | None:
    """Return the day on which a demo's board opens, None in a real home."""
    if not path.exists():
        return None
    return date.fromisoformat(json.loads(path.read_text())["opens_on"])
