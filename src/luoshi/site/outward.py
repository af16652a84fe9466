"""The ways out of the house, as the environment names them; without any of it nothing leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

NEEDS: Mapping[str, tuple[str, ...]] = {
    "file": (),
    "email": (),
    "wecom": ("token_address", "send_address", "agent"),
    "dingtalk": ("token_address", "send_address", "agent"),
    "sms": ("address", "group", "user", "secret", "sign"),
}
"""What each channel must be told: ``LUOSHI_WECOM_TOKEN_ADDRESS`` and so on."""


def channels(environment: Mapping[str, str], folder: Path) -> dict[str, dict[str, object]]:
    """Return the channels that ``LUOSHI_CHANNELS`` lists, each with what it needs.

    Without it there is the file outbox in the home. Raises KeyError for a channel that is told too
    little, and for one that nobody knows.
    """
    asked = environment.get("LUOSHI_CHANNELS", "file").split()
    found: dict[str, dict[str, object]] = {}
    for name in asked:
        prefix = f"LUOSHI_{name.upper()}_"
        given = {need: environment[prefix + need.upper()] for need in NEEDS[name]}
        found[name] = {**given, "folder": folder / "outbox"} if name == "file" else {**given}
    return found


@dataclass(frozen=True, slots=True)
class Mail:
    """The server that takes our mail."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    is_ssl: bool = False
    is_tls: bool = False
    sender: str = "luoshi@localhost"


def mail(url: str | None) -> Mail:
    """Return what ``smtp://user:password@server:port/?from=address`` says; ``smtps`` for TLS.

    With a user a plain ``smtp`` begins TLS before it signs in: no password goes out readable.
    """
    if not url:
        return Mail()
    parts = urlsplit(url)
    is_ssl = parts.scheme == "smtps"
    return Mail(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if is_ssl else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_ssl=is_ssl,
        is_tls=bool(parts.username) and not is_ssl,
        sender=dict(parse_qsl(parts.query)).get("from", "luoshi@localhost"),
    )
