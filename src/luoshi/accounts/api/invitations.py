"""Invitations to posts: who has not come yet, and a link that is good once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.urls import reverse
from pydantic import StringConstraints

from luoshi.accounts import commands, listing, verbs
from luoshi.accounts.api.room import router
from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.puts import Again, writes
from luoshi.base.journal import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """Somebody invited who did not come yet."""

    id: UUID
    login: str
    posts: list[UUID]
    expires_at: datetime


@lists(
    router, "/invitations", verbs.invite_officer, of=InvitationLine, of_a_day=False, tagged=False
)
def invitations(asked: Asked) -> list[InvitationLine]:
    """List the open invitations that who asks may renew, the newest first."""
    return [
        InvitationLine(
            id=one.account.pk,
            login=one.account.login,
            posts=[post.id for post in one.posts],
            expires_at=one.expires_at,
        )
        for one in listing.invitations_visible_to(asked.actor, day=asked.today)
    ]


def _link(asked: Asked, made: commands.Invited) -> dict[str, Any]:
    """Tell the one-time link once: it is kept nowhere."""
    address = reverse("open_link", kwargs={"secret": made.secret})
    return {"id": made.account.pk, "link": asked.request.build_absolute_uri(address)}


def invite_officer(
    *,
    login: Annotated[str, StringConstraints(pattern=r"^[\w.@-]{2,80}$")],
    post: UUID,
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> commands.Invited:
    """Invite somebody to a vacant post; the answer tells a link that is good once."""
    return commands.invite_officer(
        login=login, post_id=post, on=on, command_id=command_id, by=by, at=at
    )


writes(
    router, "/invitations", verbs.invite_officer, invite_officer, tells=_link,
    again=Again.AT_ONCE, secrets=("link",),
)  # fmt: skip
