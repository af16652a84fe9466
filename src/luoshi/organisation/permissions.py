"""Who may do what to the organisation."""

from luoshi.base.journal import Actor
from luoshi.organisation.models import OFFICE


def is_office(actor: Actor) -> bool:
    """Tell whether the actor's post acts for the district office."""
    return OFFICE in actor.roles
