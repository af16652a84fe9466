"""What can be done to the standards by which matters are judged."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
from luoshi.rules.rights import READERS, Role, Scope, given

set_standards = Verb(
    name="set_standards",
    grants=given(Scope.DISTRICT, Role.OFFICE),
    label=_("Announce years and issue rules"),
)
read_standards = Verb(
    name="read_standards",
    grants=given(Scope.DISTRICT, *READERS, Role.AUDITOR),
    label=_("Read the working calendar and the rules"),
    reads=True,
    is_listed=False,
)

ALL = listed(set_standards, read_standards)
