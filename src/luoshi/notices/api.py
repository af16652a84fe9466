"""The inbox of the token's post, receipts, and how much was asked of whom."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import StringConstraints

from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked, Room
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import writes
from luoshi.base.api.turning import Page, Turn, page_merged, page_of
from luoshi.base.verbs import Verb
from luoshi.notices import asking, commands, queries, verbs
from luoshi.notices.statistics import Asked as AskedOf
from luoshi.notices.statistics import burden_visible_to
from luoshi.rules.refusals import NotAllowed

router = Room("notices")
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Which = Literal["all", "unread", "asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A notice in the inbox; ``ask`` is what it asks for, ``entry`` its cause in the journal."""

    id: UUID
    at: datetime
    code: str
    thread: UUID
    post: UUID
    from_unit: UUID | None
    ask: str
    is_read: bool
    is_answered: bool
    facts: dict[str, str]


@lists(router, "/inbox", verbs.read_inbox, of=NoticeLine, of_a_day=False, tagged=False, turns=True)
def inbox(asked: Asked, turn: Turn, which: Which = "all") -> Page:
    """List the notices of the token's post, the newest first."""
    items = queries.inbox_of(asked.actor, _posts(asked), which="" if which == "all" else which)
    return page_of(items, turn).each(_notice)


def _notice(item: Any) -> NoticeLine:
    return shown_as(
        NoticeLine,
        item.notice,
        id=item.pk,
        post=item.post,
        is_read=item.read_at is not None,
        is_answered=item.notice.answered is not None,
        facts=dict(queries.facts_of(item.notice)),
    )


def _posts(asked: Asked) -> list[UUID]:
    return [asked.actor.post] if asked.actor.post else []


def mark_read(asked: Asked, notice_id: UUID) -> None:
    """Mark a notice as read."""
    commands.mark_read(item=notice_id, by=asked.actor, at=asked.at)


def mark_all_read(asked: Asked) -> int:
    """Mark all notices of the token's post as read."""
    return commands.mark_all_read(by=asked.actor, posts=_posts(asked), at=asked.at)


def set_preferences(
    asked: Asked,
    *,
    channels: tuple[str, ...] = (),
    addresses: dict[str, str] | None = None,
    quiet_from: Clock = "00:00",
    quiet_to: Clock = "00:00",
    working_days_only: bool = True,
) -> None:
    """Say how one wants to be told beside the inbox, which always shows everything."""
    commands.set_preferences(
        channels=channels,
        addresses=addresses or {},
        quiet_from=time.fromisoformat(quiet_from),
        quiet_to=time.fromisoformat(quiet_to),
        working_days_only=working_days_only,
        by=asked.actor,
    )


READ = verbs.read_inbox
writes(router, "/inbox/{uuid:notice_id}/read", READ, mark_read, name="mark_read")
writes(router, "/inbox/read", READ, mark_all_read, name="mark_all_read")
writes(router, "/preferences", verbs.set_preferences, set_preferences)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """What came before whom on a day: in the inbox (``way`` inbox), or by a channel beside it."""

    id: str
    at: datetime
    code: str
    thread: UUID
    post: UUID | None
    way: str
    state: str
    reason: str


def _whose(asked: Asked, verb: Verb, unit: UUID | None) -> UUID | None:
    """Return whose list is read: one's own unit's where that is all one may. Raises NotAllowed."""
    if unit is None and not verb.who(asked.actor, None):
        unit = asked.actor.unit
    if not verb.who(asked.actor, unit):
        raise NotAllowed(verb=verb.name)
    return unit


@lists(
    router,
    "/receipts",
    verbs.read_receipt,
    of=ReceiptLine,
    of_knowledge=False,
    tagged=False,
    turns=True,
)
def receipts(asked: Asked, turn: Turn, unit: UUID | None = None) -> Page:
    """List what a day brought to a unit, or to the district."""
    whose = _whose(asked, verbs.read_receipt, unit)
    brought = queries.brought_visible_to(asked.actor, day=asked.day, unit=whose)
    return page_merged(brought, turn).each(lambda told: _receipt(*told))


def _receipt(place: int, one: Any) -> ReceiptLine:
    """Return an item of an inbox (from the first query) or a message as a line."""
    way, state, reason = (one.channel, one.state, one.reason) if place else ("inbox", "sent", "")
    return ReceiptLine(
        id=f"{way}/{one.pk}",
        at=one.at,
        code=one.notice.code,
        thread=one.notice.thread,
        post=one.post,
        way=way,
        state=state,
        reason=reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BurdenLine:
    """What came to one post in the week of a day; ``typical_wait`` in hours."""

    id: UUID
    name: str
    unit: UUID | None
    asks: int
    decisions: int
    unanswered: int
    typical_wait: int | None
    is_above_cap: bool
    is_allowed: bool


@lists(router, "/burden", verbs.read_burden, of=BurdenLine, of_knowledge=False, tagged=False)
def burden(asked: Asked, unit: UUID | None = None) -> list[BurdenLine]:
    """List how much was asked of whom in the week of a day."""
    whose = _whose(asked, verbs.read_burden, unit)
    week = burden_visible_to(asked.actor, day=asked.day, unit=whose)
    return [
        BurdenLine(
            id=row.post.id,
            name=row.post.name,
            unit=row.post.unit,
            asks=row.asked.asks,
            decisions=row.asked.decisions,
            unanswered=row.asked.unanswered,
            typical_wait=_hours(row.asked),
            is_above_cap=row.is_above,
            is_allowed=row.is_allowed,
        )
        for row in week.posts
    ]


def _hours(asked: AskedOf) -> int | None:
    wait = asked.typical_wait
    return None if wait is None else int(wait.total_seconds() // 3600)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapTold:
    """How many asks a post may get in a week (null: no cap); ``last_entry`` is for ``expected``."""

    asks_per_week: int | None
    last_entry: int


@reads(router, "/burden/cap", verbs.read_burden, gives=CapTold)
def cap(asked: Asked) -> CapTold:
    """Tell the cap on asks."""
    return CapTold(
        asks_per_week=asking.cap_of(asked.actor), last_entry=asking.last_of_burden(asked.actor)
    )


writes(router, "/burden/cap", verbs.set_cap, commands.set_cap)
writes(router, "/burden/consent", verbs.allow_asks, commands.allow_asks)
