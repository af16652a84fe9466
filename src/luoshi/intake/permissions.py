"""Who may take sheets in: the district office."""

from luoshi.base.journal import Actor
from luoshi.organisation.permissions import is_office
from luoshi.rules.refusals import NotAllowed


def check_can_import(actor: Actor) -> None:
    """Raise NotAllowed outside the office."""
    if not is_office(actor):
        raise NotAllowed(verb="import")
