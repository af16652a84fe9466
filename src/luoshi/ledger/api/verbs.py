"""Every verb of the ledger, by the commands of the pages: their fields are the commands' own."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from luoshi.base.api.operations import Asked
from luoshi.base.api.puts import writes
from luoshi.ledger import commands, verbs
from luoshi.ledger.api.room import router
from luoshi.ledger.commands import Sent
from luoshi.ledger.commands.saved import forget_view, save_view
from luoshi.rules.journal import Entry
from luoshi.rules.ledger import facts as f

ON_ONE = "/matters/{uuid:matter_id}/"


def correct(
    *,
    matter_id: UUID,
    entry: int,
    reason: str,
    withdraw: bool = False,
    achieved: Decimal | None = None,
    measured_on: date | None = None,
    sent: Sent,
) -> Entry[Any]:
    """Replace a line by a corrected one that holds from ``on``, or take it back.

    The old line stays in the journal. A report's figures can be put right at once.
    """
    said = {"achieved": achieved, "measured_on": measured_on}
    change = None if withdraw else _replacing({k: v for k, v in said.items() if v is not None})
    return commands.correct(
        matter_id=matter_id, entry=entry, change=change, reason=reason, sent=sent
    )


def _replacing(said: Mapping[str, Any]) -> Callable[[f.MatterFact], f.MatterFact]:
    def change(fact: f.MatterFact) -> f.MatterFact:
        if isinstance(fact, f.Submitted) and fact.report is not None:
            return replace(fact, report=replace(fact.report, **said))
        known = {one.name for one in fields(fact)}
        return replace(fact, **{name: value for name, value in said.items() if name in known})

    return change


OF_MATTERS: Mapping[str, Callable[..., Any]] = {
    name: getattr(commands, name) for name in verbs.ON_MATTERS if name != "register"
} | {"correct": correct, "link_quote": commands.link_quote}
"""The command of each verb on one matter."""


def _registered(asked: Asked, entry: Entry[Any]) -> dict[str, Any]:
    """Tell the id of the matter that was begun, and whom it stands for."""
    del entry
    key = asked.request.headers["Idempotency-Key"]
    return {"id": commands.matter_of(UUID(key))}


writes(router, "/matters", verbs.register, commands.register, begins=True, tells=_registered)
for name, command in OF_MATTERS.items():
    writes(router, ON_ONE + name, verbs.ALL[name], command)
writes(router, "/rollups", verbs.publish_rollup, commands.publish_rollup, begins=True)
writes(router, "/views", verbs.save_view, save_view, tells=lambda _asked, view: {"id": view})
writes(router, "/views/{uuid:view_id}/forget", verbs.forget_view, forget_view)
