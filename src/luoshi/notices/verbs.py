"""What can be done with notices, and who reads how much was asked of whom."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.base.threads import Actor
from luoshi.base.verbs import IN_THE_DISTRICT, Verb, listed
from luoshi.organisation.verbs import SIGNED_IN
from luoshi.rules.rights import Role, Scope, given

OFFICE = given(Scope.DISTRICT, Role.OFFICE)


def stands(actor: Actor, unit: UUID | None) -> frozenset[Scope]:
    """Return how a list of one unit stands to an actor; None is the list of the whole district."""
    is_own = unit is not None and unit == actor.unit
    return IN_THE_DISTRICT | {Scope.UNIT} if is_own else IN_THE_DISTRICT


def is_own(actor: Actor, owner: UUID) -> frozenset[Scope]:
    """Return how what belongs to one person stands to an actor."""
    return frozenset({Scope.OWN}) if owner == actor.person else frozenset()


read_inbox = Verb(
    name="read_inbox",
    grants=SIGNED_IN,
    stands=is_own,
    label=_("Read one's inbox"),
    reads=True,
    is_listed=False,
)
set_preferences = Verb(
    name="set_preferences", grants=SIGNED_IN, stands=is_own, label=_("Say how to be told")
)
read_receipt = Verb(
    name="read_receipt",
    grants=given(Scope.DISTRICT, Role.OFFICE, Role.SUPERVISION)
    | given(Scope.UNIT, Role.UNIT_HEAD, Role.REVIEWER, Role.OFFICER, Role.UNIT_ADMIN),
    stands=stands,
    label=_("Read the daily receipt of notices"),
    reads=True,
    is_listed=False,
)
read_burden = Verb(
    name="read_burden",
    grants=given(Scope.DISTRICT, Role.LEADER, Role.OFFICE, Role.SUPERVISION)
    | given(Scope.UNIT, Role.UNIT_HEAD),
    stands=stands,
    label=_("Read how much was asked of whom"),
    reads=True,
    is_listed=False,
)
set_cap = Verb(name="set_cap", grants=OFFICE, label=_("Set the cap on asks"))
allow_asks = Verb(name="allow_asks", grants=OFFICE, label=_("Consent to asks above the cap"))

ALL = listed(read_inbox, set_preferences, read_receipt, read_burden, set_cap, allow_asks)
