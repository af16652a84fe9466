"""Who may set standards."""

from luoshi.base.journal import Actor
from luoshi.rules.refusals import NotAllowed


def check_can_set_standards(actor: Actor) -> None:
    """Raise NotAllowed outside the office."""
    if "office" not in actor.roles:
        raise NotAllowed(verb="set_standards")
