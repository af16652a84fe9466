"""A window in which a review is open: what it has seen, and what others did meanwhile."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from luoshi.base.days import local_day
from luoshi.base.journal import Actor
from luoshi.intake.reports import commands, queries
from luoshi.organisation.queries import posts_visible_to
from luoshi.rules.refusals import NotFound

if TYPE_CHECKING:
    from luoshi.intake.models import ReportDocument, StagedStatement

DESK_HEADER = "X-Desk"
LONGEST_DESK = 32
MOST_NAMED = 12  # statements that a line names


def document_or_404(actor: Actor, document_id: UUID) -> "ReportDocument":
    """Return a report that was handed in, or answer that there is none."""
    try:
        return queries.document_visible_to(actor, document_id)
    except NotFound as cause:
        raise Http404 from cause


def number_of(text: str) -> int | None:
    """Return a number that was sent, None for what is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def desk_of(request: HttpRequest) -> str:
    """Return the name of the window that sent this; a page that is shown anew is a new one."""
    sent = request.headers.get(DESK_HEADER) or request.POST.get("desk") or uuid4().hex
    return sent[:LONGEST_DESK]


def seen_in(request: HttpRequest, *, whole: bool = False) -> commands.Seen:
    """Return what a window had seen: of the one statement, or of the ``whole`` report."""
    sent = request.GET if request.method == "GET" else request.POST
    version = sent.get("since") if whole else sent.get("seen")
    return commands.Seen(version=number_of(version or ""), desk=desk_of(request), at=timezone.now())


def changed_rows(
    request: HttpRequest, actor: Actor, document: "ReportDocument"
) -> "list[StagedStatement]":
    """Return the statements that others changed since this window last heard of the review."""
    seen = seen_in(request, whole=True)
    if seen.version is None:
        return []
    return list(queries.changed_since(document, seen, actor.person))


def tell_lost(request: HttpRequest, lost: int) -> None:
    """Tell of how many statements what was decided before could not be taken over."""
    if lost:
        told = ngettext(
            "%(count)s statement decided before is read otherwise now: decide it again.",
            "%(count)s statements decided before are read otherwise now: decide them again.",
            lost,
        )
        messages.warning(request, told % {"count": lost})


def meanwhile(actor: Actor, rows: "Iterable[StagedStatement]") -> list[dict[str, Any]]:
    """Return who decided what meanwhile, a line for each post."""
    posts = {post.id: post.name for post in posts_visible_to(actor, day=local_day(timezone.now()))}
    groups: dict[tuple[bool, str], list[StagedStatement]] = {}
    for row in rows:
        own = row.by_person == actor.person
        name = "" if own or row.by_post is None else posts.get(row.by_post, "")
        groups.setdefault((own, name), []).append(row)
    return [_line(own, name, some) for (own, name), some in groups.items()]


def _line(own: bool, name: str, rows: "list[StagedStatement]") -> dict[str, Any]:  # noqa: FBT001
    moments = [row.at for row in rows if row.at is not None]
    return {
        "is_own": own,
        "post": name,
        "at": max(moments, default=None),
        "told": ngettext("%(count)s statement", "%(count)s statements", len(rows))
        % {"count": len(rows)},
        "numbers": sorted(row.number for row in rows)[:MOST_NAMED],
        "more": len(rows) > MOST_NAMED,
    }
