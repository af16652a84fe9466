"""Build the demo ledger: standards, organisation, goals, matters and their reports.

Each stands on its document's day.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid5

from luoshi.base.journal import Actor
from luoshi.base.outbox import nothing_said
from luoshi.clocks import standards
from luoshi.organisation import commands as organisation
from luoshi.site.demo import goals, matters
from luoshi.site.demo.builder import Builder, Step
from luoshi.site.demo.tables import Row, Tables

DISTRICT_CODE, DISTRICT_NAME = "410103", "二七区"
POSTS = (  # name of the post, its unit in organisations.csv, the roles it carries
    ("区政府办公室演示岗", "ORG017", ("office",)),
    ("区委督查室演示岗", "ORG016", ("supervision",)),
    ("区教体局演示岗", "ORG018", ("officer",)),
)


def found(*, tables: Tables, at: datetime, seed: UUID) -> Builder:
    """Found the district and return the builder of all the rest."""
    person, command_id = uuid5(seed, "person/0"), uuid5(seed, "district")
    first_day = next(iter(tables.documents.values())).day
    organisation.found_district(
        code=DISTRICT_CODE,
        name=DISTRICT_NAME,
        on=first_day,
        command_id=command_id,
        person=person,
        at=at,
    )
    district = uuid5(command_id, "district")
    return Builder(
        tables, at, seed, Actor(district=district, person=person, roles=frozenset({"office"}))
    )


def steps(builder: Builder) -> Iterator[Step]:
    """Yield what is to be done, in order; nobody is told of facts that are years old."""
    return (partial(_unheard, step) for step in _steps(builder))


def _unheard(step: Step) -> None:
    with nothing_said():
        step()


def _steps(builder: Builder) -> Iterator[Step]:
    yield from standards.steps(by=builder.office, at=builder.at, seed=builder.seed)
    for place, row in enumerate(builder.tables.rows("organisations"), start=1):
        yield partial(_found_unit, builder, row, place)
    for place, (name, unit, roles) in enumerate(POSTS):
        yield partial(_found_post, builder, name, unit, roles, place)
    yield from goals.steps(builder)
    yield from matters.steps(builder)


def _found_unit(builder: Builder, row: Row, place: int) -> None:
    """Found a unit.

    Where the source only counts units, found that many under it, numbered and marked as unnamed.
    """
    parents = {unit["name"]: unit["org_id"] for unit in builder.tables.rows("organisations")}
    parent = parents.get(row["parent"])
    on = builder.tables.first_document(row["source_doc"]).day
    unit = builder.id("unit", row["org_id"])
    _found(
        builder,
        unit,
        row["name"],
        row["type"],
        builder.id("unit", parent) if parent else None,
        place,
        row["role"],
        on,
    )
    count = int(row["count"] or 1)
    for number in range(1, count + 1 if count > 1 else 1):
        one = builder.id("unit", row["org_id"], str(number))
        note = "文中只有数目，未列名；序号为系统所加"
        _found(builder, one, f"{row['name']}（{number}）", row["type"], unit, number, note, on)


def _found(
    builder: Builder,
    unit: UUID,
    name: str,
    kind: str,
    parent: UUID | None,
    order: int,
    note: str,
    on: date,
) -> None:
    organisation.found_unit(
        unit_id=unit,
        name=name,
        kind=kind,
        parent=parent,
        order=order,
        note=note,
        on=on,
        **builder.hand(f"unit/{unit}"),
    )


def _found_post(builder: Builder, name: str, unit: str, roles: tuple[str, ...], place: int) -> None:
    """Found a demo post, held by a person without a name, and the account that signs in for it."""
    post, person = builder.id("post", name), uuid5(builder.seed, f"person/{place}")
    on = min(document.day for document in builder.tables.documents.values())
    entry = organisation.found_post(
        post_id=post,
        name=name,
        unit=builder.id("unit", unit),
        order=place,
        roles=roles,
        on=on,
        **builder.hand(f"post/{name}"),
    )
    organisation.hold_post(
        post_id=post, person=person, on=on, expected=entry.number, **builder.hand(f"holder/{name}")
    )
    if "office" in roles:  # from here on the office acts through its post
        builder.office = replace(builder.office, post=post, unit=builder.id("unit", unit))
    organisation.make_account(
        login=name,
        password=None,
        person=person,
        district=builder.office.district,
        made_by_demo=True,
    )
