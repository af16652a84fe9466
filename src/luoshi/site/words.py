"""The words of the table of rights: rooms, roles, scopes."""

from django.utils.translation import gettext_lazy as _

from luoshi.rules.rights import Role, Scope

ROLES = {
    Role.LEADER: _("District leader"),
    Role.OFFICE: _("District office"),
    Role.SUPERVISION: _("Supervision office"),
    Role.PROJECTS: _("Major-projects office"),
    Role.UNIT_HEAD: _("Head of a unit"),
    Role.REVIEWER: _("Reviewer in a unit"),
    Role.OFFICER: _("Officer of a unit"),
    Role.UNIT_ADMIN: _("Administrator of a unit"),
    Role.INSPECTOR: _("Inspector"),
    Role.JUDGE: _("Judge"),
    Role.SYSTEM: _("System administrator"),
    Role.SECURITY: _("Security administrator"),
    Role.AUDITOR: _("Audit administrator"),
    Role.PUBLIC: _("The public"),
}
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
    "clocks": _("Standards"),
    "organisation": _("Organisation"),
    "accounts": _("Accounts"),
    "audit": _("Audit list"),
    "notices": _("Notices"),
}
