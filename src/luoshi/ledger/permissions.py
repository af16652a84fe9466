"""Who may do what: a unit writes its own matters, the office all; the doer never verifies."""

from luoshi.base.journal import Actor
from luoshi.organisation.permissions import is_office
from luoshi.rules.ledger.state import MatterState

SUPERVISION = "supervision"


def only_office(actor: Actor, _state: MatterState) -> bool:
    """Allow the district office."""
    return is_office(actor)


def lead_unit_or_office(actor: Actor, state: MatterState) -> bool:
    """Allow the lead unit in its own matter, and the office."""
    fixed = state.responsibility
    return is_office(actor) or (fixed is not None and actor.unit == fixed.lead_unit)


def doing_units(actor: Actor, state: MatterState) -> bool:
    """Allow the lead and the supporting units: only they can take a matter over."""
    return actor.unit in state.doing_units


def verifiers(actor: Actor, state: MatterState) -> bool:
    """Allow the supervision office, the district office, the named verifier of the office's own.

    Where a verifier is named at registration, only that unit may.
    """
    if actor.unit is None:
        return False  # who verifies is a unit: a hand without one cannot be held against the doers
    named = state.registered.verifier_unit if state.registered else None
    if named is not None:
        return actor.unit == named
    is_called = is_office(actor) or SUPERVISION in actor.roles
    return is_called and actor.unit not in state.doing_units and actor.person not in state.reporters
