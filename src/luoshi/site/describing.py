"""The interface as a page shows it: operations by room, who may, what they take and answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation

from luoshi.base.api.problems import status_of
from luoshi.base.verbs import Verb, all_verbs
from luoshi.organisation.words import ROLES
from luoshi.rules.refusals import Refusal
from luoshi.rules.rights import Role, scopes_of
from luoshi.site.api import house, openapi_schema
from luoshi.site.api_words import ANSWERS, FIELDS, OPERATIONS, PLACES
from luoshi.site.words import ROOMS, SCOPES

DEEPEST = 3
EXAMPLE = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "date": "2026-06-30",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a body: where it is sent, its type, its words where it has any."""

    name: str
    place: str
    kind: str
    is_needed: bool
    says: str

    @property
    def where(self) -> str:
        """Return where it is sent, in words."""
        return str(PLACES.get(self.place, self.place))


@dataclass(frozen=True, slots=True)
class Described:
    """One operation."""

    id: str
    method: str
    path: str
    title: str
    detail: str
    may: tuple[tuple[str, str], ...]
    besides: str
    fields: tuple[Field, ...]
    answers: tuple[tuple[int, str], ...]
    curl: str


@dataclass(frozen=True, slots=True)
class Room:
    """The operations of one room."""

    name: str
    title: str
    operations: tuple[Described, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a refusal, its status, and in English what it means."""

    code: str
    status: int
    says: str


def rooms() -> tuple[Room, ...]:
    """Return every operation by room, in the language that is spoken."""
    return _rooms(translation.get_language() or "")


@cache
def _rooms(_language: str) -> tuple[Room, ...]:
    """Return the same for a language: it says the same as long as the program runs."""
    schema, verbs = openapi_schema(), verbs_of_operations()
    found: dict[str, list[Described]] = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            described = _described(path, method, told, schema, verbs[told["operationId"]])
            found.setdefault(told["tags"][0], []).append(described)
    return tuple(
        Room(name, str(ROOMS.get(name, name)), tuple(each)) for name, each in found.items()
    )


def verbs_of_operations() -> dict[str, Verb]:
    """Return the verb of each operation by its id."""
    views = [view for bound in house.bound_rooms() for view in bound.path_operations.values()]
    return {
        str(each.operation_id): each.view_func.verb  # type: ignore[attr-defined]  # ours
        for view in views
        for each in view.operations
    }


def _described(
    path: str, method: str, told: Mapping[str, Any], schema: Mapping[str, Any], verb: Verb
) -> Described:
    name = told["operationId"]
    is_english = (translation.get_language() or "").startswith("en")
    fields = (*_parameters(told), *_body(told, schema))
    may = [(role, scopes_of(verb.grants, role)) for role in Role]
    return Described(
        id=name,
        method=method.upper(),
        path=path,
        title=str(OPERATIONS.get(name) or all_verbs()[name].label),
        detail=told.get("description", "") if is_english else "",
        may=tuple(
            (str(ROLES[role]), "、".join(str(SCOPES[scope]) for scope in found))
            for role, found in may
            if found
        ),
        besides=str(verb.besides_said),
        fields=fields,
        answers=tuple(
            (status, str(ANSWERS[status])) for status in sorted(map(int, told["responses"]))
        ),
        curl=_curl(path, method, fields, told),
    )


def _parameters(told: Mapping[str, Any]) -> Iterator[Field]:
    for one in told["parameters"]:
        yield Field(
            one["name"],
            one["in"],
            _kind(one["schema"]),
            bool(one["required"]),
            str(FIELDS.get(one["name"], "")),
        )


def _body(told: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Field]:
    content = told.get("requestBody", {}).get("content", {})
    if not content:
        return
    form = next(reversed(content.values()))["schema"]
    parts = form["properties"]
    inner = parts["body"] if "body" in parts and len(content) + len(parts) > 2 else form
    for body in {id(one): one for one in (inner, form)}.values():
        needed = set(body.get("required", ()))
        for name, one in body["properties"].items():
            if name != "body":
                says = str(FIELDS.get(name, ""))
                yield Field(name, "body", _kind(one, schema), name in needed, says)


def _kind(one: Mapping[str, Any], schema: Mapping[str, Any] | None = None, depth: int = 0) -> str:
    """Return a type in short: uuid, day, text, one of some words, a list of it, an object."""
    if "$ref" in one and schema is not None:
        return _kind(schema["components"]["schemas"][one["$ref"].rpartition("/")[2]], schema, depth)
    if "enum" in one or "const" in one:
        return " | ".join(map(str, one.get("enum", [one.get("const")])))
    if "anyOf" in one:
        kinds = [_kind(each, schema, depth) for each in one["anyOf"]]
        return " | ".join(dict.fromkeys(kind for kind in kinds if kind != "null"))
    if one.get("type") == "array":
        return f"[{_kind(one.get('items', {}), schema, depth + 1)}]"
    if "properties" in one and depth < DEEPEST:
        inner = {name: _kind(each, schema, depth + 1) for name, each in one["properties"].items()}
        return "{" + ", ".join(f"{name}: {kind}" for name, kind in inner.items()) + "}"
    return str(one.get("format") or one.get("type") or "JSON")


def _curl(path: str, method: str, fields: tuple[Field, ...], told: Mapping[str, Any]) -> str:
    """Return an example: what must be sent, with values that stand for one's own."""
    address = path.replace("{", "$").replace("}", "")
    lines = [f'curl "$LUOSHI{address}" -H "Authorization: Bearer $TOKEN"']
    if method == "get":
        return lines[0]
    lines.append('-H "Idempotency-Key: $(uuidgen)"')
    typed = [one for one in fields if one.place == "body" and one.is_needed]
    body = ", ".join(f'"{one.name}": {_example(one)}' for one in typed if one.kind != "binary")
    if "expected" in {one.name for one in fields} and "expected" not in {t.name for t in typed}:
        body = ", ".join(filter(None, (body, '"expected": 12')))
    files = [one.name for one in fields if one.kind == "binary"]
    if "application/json" in told["requestBody"]["content"]:
        lines.append(f"--json '{{{body}}}'")
    else:
        lines += [f"-F '{name}=@file'" for name in files]
    return " \\\n  ".join(lines)


def _example(one: Field) -> str:
    first = one.kind.partition(" | ")[0]
    if first.startswith("["):
        return "[]"
    if first in {"integer", "number"}:
        return "1"
    if first.startswith("{"):
        return "{}"
    return "true" if first == "boolean" else f'"{EXAMPLE.get(first, "…")}"'


@cache
def codes() -> list[Code]:
    """Return every code by which something is refused."""
    found: dict[str, Code] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "code" in vars(kind) and kind is not Refusal:
            says = " ".join((kind.__doc__ or "").split())
            found[kind.code] = Code(kind.code, status_of(kind.__new__(kind)), says)
    return [found[code] for code in sorted(found)]
