"""The interface of the ledger for other systems: every room's operations below ``/api/v1/``."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.http import HttpResponse
from django.utils.functional import Promise

from luoshi.accounts.verbs import use_api
from luoshi.base.api.gets import reads
from luoshi.base.api.house import House
from luoshi.base.api.operations import Asked, Room
from luoshi.base.api.problems import ROOT
from luoshi.exchange.api import router as exchange
from luoshi.ledger.api import router as ledger
from luoshi.organisation.queries import district_named
from luoshi.rules.refusals import NotFound

VERSION = "1"
site = Room("site")


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


@reads(site, "/openapi.json", use_api, gives=dict[str, object], tagged=False)
def openapi(_asked: Asked) -> HttpResponse:
    """Describe every operation in OpenAPI 3.1."""
    return HttpResponse(_schema(), content_type="application/json")


@cache
def _schema() -> bytes:
    """Return the schema; it says the same as long as the program runs."""
    found = house.get_openapi_schema(path_prefix=ROOT.lstrip("/"))
    return json.dumps(found, ensure_ascii=False, default=_said).encode()


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
for room in (site, exchange, ledger):
    house.add_router("", room)
