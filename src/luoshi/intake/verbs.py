"""What can be done with sheets that come in."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
from luoshi.rules.rights import Role, Scope, given

import_sheet = Verb(
    name="import",
    grants=given(Scope.DISTRICT, Role.OFFICE),
    label=_("Take sheets in and withdraw them"),
)

ALL = listed(import_sheet)
