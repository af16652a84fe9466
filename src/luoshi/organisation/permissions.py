"""Who may do what to the organisation."""

from luoshi.base.journal import Actor
from luoshi.organisation.models import OFFICE
from luoshi.rules.refusals import NotAllowed


def is_office(actor: Actor) -> bool:
    """Tell whether the actor's post acts for the district office."""
    return OFFICE in actor.roles


def check_can_order_organisation(actor: Actor) -> None:
    """Raise NotAllowed outside the office."""
    if not is_office(actor):
        raise NotAllowed(verb="order_organisation")
