"""What can be done to the organisation, and the doors everybody may use."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
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
enter = Verb(name="enter", grants=EVERYBODY, label=_("Sign in and out, choose the language"))
act_as = Verb(name="act_as", grants=EVERYBODY, label=_("Choose the post or the demo's district"))

ALL = listed(order_organisation, read_organisation, read_rights, enter, act_as)
