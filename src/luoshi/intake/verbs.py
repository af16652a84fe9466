"""What can be done with sheets and reports that come in."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
from luoshi.rules.rights import READERS, Role, Scope, given

import_sheet = Verb(
    name="import",
    grants=given(Scope.DISTRICT, Role.OFFICE),
    label=_("Take sheets in and withdraw them"),
)

review_report = Verb(
    name="review_report",
    grants=given(Scope.DISTRICT, Role.OFFICE),
    label=_("Take reports in and review them"),
)
read_review = Verb(
    name="read_review",
    grants=given(Scope.DISTRICT, Role.LEADER, Role.OFFICE, Role.SUPERVISION, Role.PROJECTS),
    label=_("See reports in review, and what became of their promises"),
    reads=True,
    is_listed=False,
    open_in_demo=False,
)
read_report = Verb(
    name="read_report",
    grants=given(Scope.DISTRICT, *READERS),
    label=_("Read documents on which promises rest"),
    reads=True,
    is_listed=False,
)

ALL = listed(import_sheet, review_report, read_review, read_report)
