"""The security administrator's hand on who may do what: roles are taken from a post."""

from datetime import date, datetime
from uuid import UUID

from luoshi.accounts import verbs
from luoshi.base.journal import Actor
from luoshi.organisation import queries as organisation
from luoshi.organisation.commands.recording import Written, record_all
from luoshi.organisation.projection import POSTS
from luoshi.rules.nodes import NodeState
from luoshi.rules.posts import Charged
from luoshi.rules.refusals import NotAllowed, NotFound
from luoshi.rules.rights import ADMINISTRATORS


def withdraw_roles(
    *,
    post_id: UUID,
    roles: frozenset[str],
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> None:
    """Take roles from a post from a day on; one without any is an ordinary officer's.

    The office gives roles when it orders posts; here they are only ever taken, at once and without
    asking (GB/T 22239-2019 §8.1.5: subjects are authorised through the security administrator).
    Raises NotAllowed, also for a post of the three administrators; NotFound, ChangedMeanwhile.
    """
    post = organisation.post_named(by, post_id, day=on)
    if post is None:
        raise NotFound(what="post")
    left = tuple(sorted(post.roles - roles))

    def permit(state: NodeState) -> None:
        if ADMINISTRATORS & set(state.roles):
            raise NotAllowed(verb=verbs.withdraw_roles.name)

    written = Written(
        kind=POSTS,
        thread=post_id,
        fact=Charged(duty=post.duty, roles=left),
        expected=expected,
        permit=permit,
    )
    record_all(written, verb=verbs.withdraw_roles, on=on, command_id=command_id, by=by, at=at)
