"""What can be done to the organisation, and the doors everybody may use."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
from luoshi.organisation import permissions as may
from luoshi.rules.rights import READERS, Role, Scope, given

EVERYBODY = given(Scope.PUBLIC, *Role)
SIGNED_IN = given(Scope.OWN, *(role for role in Role if role != Role.PUBLIC))
OFFICE = given(Scope.DISTRICT, Role.OFFICE)

order_organisation = Verb(
    name="order_organisation", grants=OFFICE, label=_("Order units and posts")
)
read_organisation = Verb(
    name="read_organisation",
    grants=given(Scope.DISTRICT, *READERS, Role.SYSTEM, Role.SECURITY, Role.AUDITOR),
    label=_("Read units and posts"),
    reads=True,
    is_listed=False,
)
read_rights = Verb(
    name="read_rights",
    grants=given(Scope.DISTRICT, *(role for role in Role if role != Role.PUBLIC)),
    label=_("Read the table of rights"),
    reads=True,
    is_listed=False,
)
delegate_post = Verb(
    name="delegate_post",
    grants=OFFICE | given(Scope.OWN, *(role for role in Role if role != Role.PUBLIC)),
    stands=may.stands_to_holder,
    label=_("Let somebody act for a post, and end it"),
)
keep_people = Verb(
    name="keep_people",
    grants=OFFICE | given(Scope.UNIT, Role.UNIT_ADMIN),
    stands=may.stands_to_units,
    label=_("Keep persons and contacts"),
)
see_contact = Verb(
    name="see_contact",
    grants=given(Scope.DISTRICT, Role.OFFICE, Role.SUPERVISION)
    | given(Scope.UNIT, Role.UNIT_ADMIN),
    stands=may.stands_to_units,
    label=_("See telephone and mail unmasked"),
    reads=True,
    open_in_demo=False,
)
export_organisation = Verb(
    name="export_organisation",
    grants=given(Scope.DISTRICT, *READERS),
    label=_("Take units and posts out as a file"),
    reads=True,
)
set_release = Verb(
    name="set_release",
    grants=OFFICE | given(Scope.UNIT, Role.UNIT_HEAD, Role.UNIT_ADMIN),
    stands=may.stands_to_units,
    label=_("Set how submissions leave the unit"),
)
enter = Verb(name="enter", grants=EVERYBODY, label=_("Sign in and out, choose the language"))
act_as = Verb(name="act_as", grants=EVERYBODY, label=_("Choose the post or the demo's district"))

ALL = listed(
    order_organisation, delegate_post, keep_people, read_organisation, see_contact,
    export_organisation, read_rights, set_release, enter, act_as,
)  # fmt: skip
