"""Who may do what: a unit writes its own matters, the office all; the doer never verifies."""

from luoshi.base.journal import Actor
from luoshi.base.verbs import IN_THE_DISTRICT
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.rights import DOERS, READERS, Grants, Role, Scope, given

OFFICE = given(Scope.DISTRICT, Role.OFFICE)
READING = given(Scope.DISTRICT, *READERS)
OF_THE_LEAD = OFFICE | given(Scope.MATTER, *DOERS)
"""The lead unit in its own matter, and the office."""
OF_THE_DOERS = given(Scope.MATTER, *DOERS) | given(Scope.SUPPORTED, *DOERS)
"""The lead and the supporting units: only they can take a matter over."""
VERIFYING: Grants = given(Scope.DISTRICT, Role.OFFICE, Role.SUPERVISION) | given(
    Scope.NAMED, *DOERS
)
NOTING = given(Scope.DISTRICT, Role.LEADER, Role.OFFICE)
IN_THE_LINE = (
    NOTING
    | given(Scope.DISTRICT, Role.SUPERVISION)
    | given(Scope.MATTER, *DOERS)
    | given(Scope.SUPPORTED, *DOERS)
)
"""The line of a matter: who ordered it, who watches over it, whose units do it."""
INSIDE = given(Scope.MATTER, *DOERS)
"""Inside the lead unit; which of its posts stands next its way says, and the decider holds."""
READING_INSIDE = given(Scope.MATTER, *READERS)
CORRECTING = given(Scope.DISTRICT, *DOERS)
OWN_VIEWS = given(Scope.OWN, *READERS)


def stands(actor: Actor, state: MatterState) -> frozenset[Scope]:
    """Return how a matter stands to an actor's unit."""
    if actor.unit is None or actor.unit not in state.doing_units:
        return IN_THE_DISTRICT
    fixed = state.responsibility
    leads = fixed is not None and actor.unit == fixed.lead_unit
    return IN_THE_DISTRICT | {Scope.MATTER if leads else Scope.SUPPORTED}


def stands_to_verifier(actor: Actor, state: MatterState) -> frozenset[Scope]:
    """Return how a matter stands to whoever may verify it (house rule 5).

    Where a verifier is named at registration, only that unit may. Who verifies is a unit: a hand
    without one cannot be held against the doers.
    """
    named = state.registered.verifier_unit if state.registered else None
    if actor.unit is None or (named is not None and actor.unit != named):
        return frozenset()
    return frozenset({Scope.NAMED}) if named is not None else IN_THE_DISTRICT


def is_no_doer(actor: Actor, state: MatterState) -> bool:
    """Tell whether the actor neither does the matter nor reported on it."""
    if state.registered is not None and state.registered.verifier_unit is not None:
        return True  # named at registration: the decider holds the named unit against the doers
    return actor.unit not in state.doing_units and actor.person not in state.reporters


def is_own(actor: Actor, owner: object) -> frozenset[Scope]:
    """Return how a thing of one person stands to an actor."""
    return frozenset({Scope.OWN}) if owner is None or owner == actor.person else frozenset()
