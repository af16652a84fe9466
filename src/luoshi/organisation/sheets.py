"""The sheet of units and posts: its columns, the same going out and coming in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luoshi.organisation.words import DUTIES, ROLES, UNIT_KINDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Part(StrEnum):
    """One table of the workbook."""

    UNITS = "units"
    POSTS = "posts"


HEADS: Mapping[Part, Mapping[str, "StrOrPromise"]] = {
    Part.UNITS: {
        "id": _("Number (leave empty for a new one)"),
        "name": _("Unit"),
        "kind": _("Kind"),
        "parent": _("Unit above"),
        "order": _("Place in the official order"),
        "territory": _("Territory"),
    },
    Part.POSTS: {
        "id": _("Number (leave empty for a new one)"),
        "name": _("Post"),
        "parent": _("Unit"),
        "duty": _("Duty"),
        "roles": _("Roles in the ledger"),
        "order": _("Place in the official order"),
        "held": _("Holder (not read when it comes in)"),
    },
}


@contextmanager
def _spoken(code: str) -> Iterator[None]:
    with translation.override(code):
        yield


def in_every_language(words: Mapping[str, "StrOrPromise"]) -> dict[str, str]:
    """Return what words stand for, whichever language the sheet was taken out in."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with _spoken(code):
            found |= {str(word): key for key, word in words.items()}
    return found


def kinds_by_word() -> dict[str, str]:
    """Return kinds of unit by their words."""
    return in_every_language(UNIT_KINDS)


def duties_by_word() -> dict[str, str]:
    """Return duties by their words."""
    return in_every_language(DUTIES)


def roles_by_word() -> dict[str, str]:
    """Return roles by their words."""
    return in_every_language({role.value: word for role, word in ROLES.items()})
