"""What every channel takes and answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

Body = Mapping[str, Any] | str | None
Post = Callable[[str, Body], Mapping[str, Any]]
"""Sends a body (JSON, or a text as it is; None only asks), returns the JSON answer or NotTaken."""


class NotTaken(Exception):
    """The channel did not take a message; it is tried again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What goes out: short words without names, titles or amounts, and where to.

    ``id`` is the same at every try, so that whoever takes it can know it again.
    """

    id: UUID
    address: str
    subject: str
    text: str
    at: datetime


class Channel(Protocol):
    """One way out."""

    @property
    def name(self) -> str:
        """Return the name by which settings and preferences know it."""
        ...

    @property
    def needs_address(self) -> bool:
        """Tell whether a person must say where to."""
        ...

    def send(self, message: Message) -> None:
        """Hand a message over, perhaps for the second time. Raises NotTaken."""
        ...
