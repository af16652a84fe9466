"""The table of rights as a director reads it, made of the verbs themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from luoshi.base.verbs import Verb
from luoshi.organisation.words import ROLES
from luoshi.rules.rights import Role, scopes_of
from luoshi.site.words import ROOMS, SCOPES


@dataclass(frozen=True, slots=True)
class Line:
    """One verb: what each role may do it to, in the order of the roles; "" where it may not."""

    name: str
    label: str
    cells: tuple[str, ...]
    besides: str


@dataclass(frozen=True, slots=True)
class Group:
    """The verbs of one room."""

    title: str
    lines: tuple[Line, ...]


def roles() -> list[str]:
    """Return the head of the table."""
    return [str(ROLES[role]) for role in Role]


def table() -> list[Group]:
    """Return the table of rights, room by room in the order of the settings."""
    return [
        Group(_title(path), tuple(_lines(import_string(path).values()))) for path in settings.VERBS
    ]


def _title(path: str) -> str:
    room = path.split(".")[1]
    return str(ROOMS.get(room, room))


def _lines(verbs: Iterable[Verb]) -> Iterable[Line]:
    for verb in verbs:
        cells = tuple(
            "、".join(str(SCOPES[scope]) for scope in scopes_of(verb.grants, role)) for role in Role
        )
        yield Line(verb.name, str(verb.label), cells, str(verb.besides_said))
