"""The audit list, for systems that watch over it (SIEM)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Schema
from pydantic import ConfigDict, StringConstraints

from luoshi.audit import commands, queries, verbs
from luoshi.audit.queries import Narrowed
from luoshi.audit.words import Outcome
from luoshi.base.api.gets import Day, lists
from luoshi.base.api.operations import Asked, Room
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import writes
from luoshi.base.api.turning import Page, Turn, page_of
from luoshi.base.journal import Actor

router = Room("audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTold:
    """One act: who did what to which thing from where, and what became of it."""

    number: int
    day: date
    at: datetime
    person: UUID | None
    post: UUID | None
    unit: UUID | None
    token: UUID | None
    address: str
    verb: str
    thing: UUID | None
    method: str
    path: str
    outcome: str
    status: int
    digest: str


class AuditFilters(Schema):
    """What the list is narrowed to; without any it is whole."""

    model_config = ConfigDict(frozen=True)

    since: Day | None = None
    until: Day | None = None
    verb: Annotated[str, StringConstraints(max_length=64)] = ""
    outcome: Outcome | None = None
    address: Annotated[str, StringConstraints(max_length=45)] = ""
    post: UUID | None = None
    unit: UUID | None = None
    person: UUID | None = None
    thing: UUID | None = None


@lists(
    router,
    "/audit",
    verbs.read_audit,
    of=AuditTold,
    of_a_day=False,
    tagged=False,
    turns=True,
    exports=verbs.export_audit,
)
def audit(asked: Asked, turn: Turn, filters: Query[AuditFilters]) -> Page:
    """List the acts of the district, the newest first; reading it stands in it."""
    said = filters.model_dump()
    narrowed = Narrowed(**{**said, "outcome": said["outcome"] or ""})
    lines = queries.lines_visible_to(asked.actor, narrowed)
    page = page_of(lines, turn, is_counted=False)  # too many to be counted each time
    return page.each(lambda line: shown_as(AuditTold, line))


def drop_audit(*, by: Actor, at: datetime) -> Any:
    """Drop the lines of every closed day whose time has ended; the answer names the days."""
    return commands.drop_old_days(by=by, at=at)


writes(
    router,
    "/audit/drop",
    verbs.drop_audit,
    drop_audit,
    tells=lambda _asked, days: {"days": days},
)
