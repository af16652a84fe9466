"""What can be done with the audit list: it is the audit administrator's alone."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
from luoshi.rules.rights import Role, Scope, given

AUDITOR = given(Scope.DISTRICT, Role.AUDITOR)

read_audit = Verb(
    name="read_audit",
    grants=AUDITOR,
    label=_("Read the audit list"),
    reads=True,
    open_in_demo=False,
)
export_audit = Verb(
    name="export_audit",
    grants=AUDITOR,
    label=_("Take the audit list out"),
    reads=True,
    open_in_demo=False,
)
drop_audit = Verb(
    name="drop_audit", grants=AUDITOR, label=_("Drop days of the audit list after their time")
)

ALL = listed(read_audit, export_audit, drop_audit)
