"""What can be done to the standards by which matters are judged."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
from luoshi.rules.rights import Role, Scope, given

set_standards = Verb(
    name="set_standards",
    grants=given(Scope.DISTRICT, Role.OFFICE),
    label=_("Announce years and issue rules"),
)

ALL = listed(set_standards)
