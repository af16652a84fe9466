"""The organisation's words: kinds of unit, duties of posts, roles."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.rules.rights import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNIT_KINDS: Mapping[str, "StrOrPromise"] = {
    "leading_group": _("Leading group"),
    "party_committee": _("Party committee"),
    "government": pgettext_lazy("unit", "Government"),
    "office": pgettext_lazy("unit", "Office"),
    "park_committee": _("Park committee"),
    "area_committee": _("Area committee"),
    "township": _("Township or street"),
    "street": _("Street"),
    "bureau": _("Bureau"),
    "department": _("Department"),
    "platform_company": _("Platform company"),
    "task_force": _("Task force"),
    "industrial_park": _("Industrial park"),
    "board": pgettext_lazy("unit", "Board"),
    "area": pgettext_lazy("unit", "Area"),
    "service_centre": _("Service centre"),
    "innovation_carrier": _("Innovation carrier"),
    "fund": pgettext_lazy("unit", "Fund"),
    "partner": _("Partner"),
    "待定": pgettext_lazy("unit", "Kind to be said"),
}
"""Kinds are data: whatever else stands in the ledger is shown as it stands."""

DUTIES: Mapping[str, "StrOrPromise"] = {
    "head": _("Principal head"),
    "in_charge": _("Leader in charge"),
    "sponsor": _("Sponsoring leader"),
    "handler": _("Handling officer"),
    "liaison": _("Liaison officer"),
    "reviewer": pgettext_lazy("duty", "Reviewer"),
    "reporter": pgettext_lazy("duty", "Reporter"),
    "other": pgettext_lazy("duty", "Other"),
}

ROLES: Mapping[Role, "StrOrPromise"] = {
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

UNIT_ACTS: Mapping[str, "StrOrPromise"] = {
    "rename": _("Rename"),
    "move": _("Put under another unit"),
    "order": _("Change the place in the order"),
    "classify": _("Change the kind"),
    "bound": _("Change the territory"),
    "merge": _("Merge"),
    "split": _("Split"),
    "end": _("End"),
}
"""What can be done to a unit, by its name in addresses."""

POST_ACTS: Mapping[str, "StrOrPromise"] = {
    "hold": _("Appoint"),
    "delegate": _("Let somebody act for it"),
    "lend": _("Lend to a unit"),
    "recall": _("End a delegation or loan"),
    "vacate": _("Leave vacant"),
    "charge": _("Change duty and roles"),
    "rename": _("Rename"),
    "order": _("Change the place in the order"),
    "move": _("Move to another unit"),
    "end": _("End"),
}
"""What can be done to a post, by its name in addresses."""


def kind_in_text(kind: str) -> str:
    """Return a kind of unit in words; one that nobody foresaw as it stands in the ledger."""
    return str(UNIT_KINDS.get(kind, kind))


def duty_in_text(duty: str) -> str:
    """Return a post's duty in words."""
    return str(DUTIES.get(duty, duty))


def roles_in_text(roles: frozenset[str]) -> list[str]:
    """Return the roles of a post in words, in the order of the table of rights."""
    return [str(ROLES[role]) for role in Role if role in roles]
