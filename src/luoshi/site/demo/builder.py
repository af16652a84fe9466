"""What the parts of the demo share: the tables, the office that acts, and the ids drawn so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from luoshi.base.journal import Actor
from luoshi.ledger.commands import Sent
from luoshi.rules.journal import Entry
from luoshi.site.demo.tables import Tables

Step = Callable[[], None]


@dataclass
class Builder:
    """Every id comes from the seed, so the parts can name each other before they exist."""

    tables: Tables
    at: datetime
    seed: UUID
    office: Actor
    last_entries: dict[UUID, int] = field(default_factory=dict)

    def id(self, *names: str) -> UUID:
        """Draw an id from the seed."""
        return uuid5(self.seed, "/".join(names))

    def sent(self, name: str, on: date, thread: UUID) -> Sent:
        """Return how the next command of a thread is sent."""
        return Sent(
            on=on,
            expected=self.last_entries.get(thread, 0),
            command_id=self.id("command", name),
            by=self.office,
            at=self.at,
        )

    def hand(self, name: str) -> dict[str, Any]:
        """Return id, hand and moment for commands that begin a thread of their own."""
        return {"command_id": self.id("command", name), "by": self.office, "at": self.at}

    def keep(self, thread: UUID, entry: Entry[Any]) -> None:
        """Remember the thread's last entry."""
        self.last_entries[thread] = entry.number
