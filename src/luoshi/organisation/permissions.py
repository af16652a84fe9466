"""Who may do what to the organisation."""

from typing import Protocol
from uuid import UUID

from luoshi.base.journal import Actor
from luoshi.base.verbs import IN_THE_DISTRICT
from luoshi.organisation.models import OFFICE
from luoshi.rules.rights import Scope


def is_office(actor: Actor) -> bool:
    """Tell whether the actor's post acts for the district office."""
    return OFFICE in actor.roles


class HeldPost(Protocol):
    """A post as far as who holds it goes."""

    @property
    def id(self) -> UUID:
        """Return its id."""
        ...

    @property
    def holder(self) -> UUID | None:
        """Return who holds it."""
        ...


def stands_to_holder(actor: Actor, post: HeldPost | None) -> frozenset[Scope]:
    """Return how a post stands to an actor: it is one's own where one holds it oneself.

    A delegate acts for the post, but hands it to nobody.
    """
    if post is None:
        return IN_THE_DISTRICT
    is_own = actor.post == post.id and actor.person == post.holder
    return IN_THE_DISTRICT | ({Scope.OWN} if is_own else frozenset())


def stands_to_units(actor: Actor, units: frozenset[UUID]) -> frozenset[Scope]:
    """Return how a person of some units stands to an actor; one without a post is anybody's."""
    is_of_the_unit = actor.unit is not None and units <= {actor.unit}
    return IN_THE_DISTRICT | ({Scope.UNIT} if is_of_the_unit else frozenset())
