"""Who may do what to accounts."""

from luoshi.base.journal import Actor
from luoshi.base.verbs import IN_THE_DISTRICT
from luoshi.organisation.models import Account
from luoshi.rules.rights import ADMINISTRATORS, Role, Scope, roles_told
from luoshi.rules.signing import Seat

GIVEN_BY_UNITS = frozenset({Role.OFFICER, Role.REVIEWER})
"""The roles to whose posts a unit's own administrator invites; all others are the office's."""


def stands_to_account(actor: Actor, account: Account | None) -> frozenset[Scope]:
    """Return how an account stands to an actor: his own, or not at all."""
    is_own = account is None or account.person == actor.person
    return frozenset({Scope.OWN}) if is_own else frozenset()


def stands_to_unit(_actor: Actor, seat: Seat | None) -> frozenset[Scope]:
    """Return how the unit of a post stands to an actor's own."""
    if seat is None or seat.unit in seat.own_subtree:
        return IN_THE_DISTRICT | {Scope.SUBTREE}
    return IN_THE_DISTRICT


def is_post_to_give(actor: Actor, seat: Seat | None) -> bool:
    """Tell whether a post may be given by an invitation: vacant, and of a role that is given so."""
    if seat is None:
        return True
    roles = roles_told(seat.roles)
    if not seat.is_vacant or not ADMINISTRATORS.isdisjoint(roles):
        return False
    return Role.OFFICE in roles_told(actor.roles) or roles <= GIVEN_BY_UNITS


def is_another(actor: Actor, account: Account | None) -> bool:
    """Tell whether an account is somebody else's: nobody judges his own."""
    return account is None or account.person != actor.person
