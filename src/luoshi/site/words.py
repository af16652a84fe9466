"""The words of the table of rights: rooms and scopes; those of roles are the organisation's."""

from django.utils.translation import gettext_lazy as _

from luoshi.rules.rights import Scope

SCOPES = {
    Scope.OWN: _("one's own"),
    Scope.MATTER: _("matters it leads"),
    Scope.SUPPORTED: _("matters it supports"),
    Scope.NAMED: _("where named as verifier"),
    Scope.UNIT: _("own unit"),
    Scope.SUBTREE: _("own unit and below"),
    Scope.DISTRICT: _("whole district"),
    Scope.PUBLIC: _("everything published"),
}
ROOMS = {
    "ledger": _("Ledger"),
    "intake": _("Import"),
    "exchange": _("Data exchange"),
    "clocks": _("Standards"),
    "organisation": _("Organisation"),
    "accounts": _("Accounts"),
    "audit": _("Audit list"),
    "notices": _("Notices"),
    "site": _("Server"),
}
