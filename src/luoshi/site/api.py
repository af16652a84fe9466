"""The interface of the ledger for other systems: every room's operations below ``/api/v1/``."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from luoshi.accounts.api import router as accounts
from luoshi.accounts.verbs import use_api
from luoshi.audit.api import router as audit
from luoshi.base.api.gets import lists, reads
from luoshi.base.api.house import House
from luoshi.base.api.operations import Asked, Room
from luoshi.base.api.problems import ROOT
from luoshi.base.api.schema import Schema
from luoshi.clocks.api import router as clocks
from luoshi.exchange.api import router as exchange
from luoshi.intake.api import router as intake
from luoshi.intake.reports.api import router as reports
from luoshi.ledger.api import router as ledger
from luoshi.notices.api import router as notices
from luoshi.organisation.api import router as organisation
from luoshi.organisation.queries import district_named
from luoshi.organisation.verbs import read_rights
from luoshi.rules.refusals import NotFound
from luoshi.rules.rights import Role, scopes_of

VERSION = "1"
site = Room("site")
BY_HAND: dict[str, str] = {
    "enter": "a machine has a token and signs in nowhere",
    "act_as": "a token is made for one post",
    "keep_own_account": "password, second factor and sessions are a person's own",
    "reset_account": "who has a token must not come by another's account",
    "drop_second_factor": "who has a token must not come by another's account",
    "appoint_administrator": "the three administrators are named by persons who are there",
    "agree_to_administrator": "the three administrators are agreed to by persons who are there",
    "do_to_many": "each matter is a command of its own: they are sent one after another",
    "open_calendar": "a calendar's address is its secret: it opens in any calendar program",
    "probe": "the server is watched from its own machine",
    "read_metrics": "the server is watched from its own machine",
    "read_submission": "what waits inside a unit stands in its matter's answer, for its own posts",
    "read_note": "a note's words stand in its matter's answer, for its line only",
}
"""Verbs without an operation, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Whose ledger it is, how far it goes, and who asks."""

    district: UUID
    code: str
    name: str
    day: date
    last_entry: int
    version: str
    post: UUID | None
    unit: UUID | None
    roles: list[str]


@reads(site, "/", use_api, gives=Beginning)
def beginning(asked: Asked) -> Beginning:
    """Name the district, its last entry and day, and the post that the token acts for."""
    district = district_named(asked.actor.district)
    if district is None:
        raise NotFound(what="district")
    return Beginning(
        district=district.pk,
        code=district.code,
        name=district.name,
        day=asked.today,
        last_entry=asked.edition.number,
        version=VERSION,
        post=asked.actor.post,
        unit=asked.actor.unit,
        roles=sorted(asked.actor.roles),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RightLine:
    """One verb: its room, its words, and in which scopes each role may do it."""

    verb: str
    room: str
    label: str
    reads: bool
    besides: str
    scopes: dict[str, list[str]]


@lists(site, "/rights", read_rights, of=RightLine, key="verb", of_a_day=False, tagged=False)
def rights(_asked: Asked) -> list[RightLine]:
    """List who may do what: the table by which pages, files and operations are judged."""
    return [
        RightLine(
            verb=verb.name,
            room=path.split(".")[1],
            label=str(verb.label),
            reads=verb.reads,
            besides=str(verb.besides_said),
            scopes={
                role.value: [scope.value for scope in found]
                for role in Role
                if (found := scopes_of(verb.grants, role))
            },
        )
        for path in settings.VERBS
        for verb in import_string(path).values()
    ]


@reads(site, "/openapi.json", use_api, gives=dict[str, object], tagged=False)
def openapi(_asked: Asked) -> HttpResponse:
    """Describe every operation in OpenAPI 3.1."""
    return HttpResponse(_schema(), content_type="application/json")


@cache
def _schema() -> bytes:
    """Return the schema as it goes out."""
    return json.dumps(openapi_schema(), ensure_ascii=False, default=_said).encode()


@cache
def openapi_schema() -> Schema:
    """Return the schema; it says the same as long as the program runs."""
    return house.get_openapi_schema(path_prefix=ROOT.lstrip("/"))


def _said(value: object) -> str:
    if isinstance(value, Promise):
        return str(value)
    msg = f"{type(value).__name__} has no place in a schema"
    raise TypeError(msg)


house = House(
    title="Luoshi 落实",
    version=VERSION,
    urls_namespace="api",
)
ROUTERS = (
    site, exchange, ledger, intake, reports, notices, clocks, organisation, accounts, audit,
)  # fmt: skip
for room in ROUTERS:
    house.add_router("", room)
