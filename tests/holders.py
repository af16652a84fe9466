"""Posts and who holds them, as the room of accounts writes those of the three administrators."""

from luoshi.ledger.queries import last_entry_of
from luoshi.organisation import verbs
from luoshi.organisation.commands.recording import Written, record_all
from luoshi.organisation.projection import POSTS
from luoshi.rules.nodes import Founded
from luoshi.rules.posts import Held


def found_post_of(town, post, *, name, unit, role, on, order=50):
    """Found a post of any role; the office itself founds none of the three administrators'."""
    write(town, post, Founded(name=name, kind="post", parent=unit, order=order, roles=(role,)), on)


def name_to(town, post, person, *, on):
    """Give a post of any role to a person."""
    write(town, post, Held(person=person), on)


def write(town, post, fact, on):
    """Record a fact about a post, whatever its roles are."""
    written = Written(kind=POSTS, thread=post, fact=fact, expected=last_entry_of(post))
    record_all(written, verb=verbs.order_organisation, on=on, **town.hand())
