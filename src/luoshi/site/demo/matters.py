"""Promises and named works become matters taken from a published document.

What was reported of them becomes reports.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from luoshi.ledger import commands
from luoshi.rules.colour import Comparator
from luoshi.rules.ledger import facts as f
from luoshi.site.demo.builder import Builder, Step
from luoshi.site.demo.goals import goals_of
from luoshi.site.demo.tables import Document, Row, period_end, period_start

TARGET = "main"
INFERRED_DEADLINES = frozenset({"plan_year", "computed"})
"""Deadlines that the document does not state: the plan year's last day, or «within N years»."""


def steps(builder: Builder) -> Iterator[Step]:
    """Yield every registration, fix and report, in the order of the documents' days."""
    dated: list[tuple[date, Step]] = []
    for programme in builder.tables.rows("programmes"):
        dated += _programme(builder, programme)
    for indicator in builder.tables.rows("indicators"):
        if _is_promise_of_its_own(builder, indicator):
            dated += _indicator(builder, indicator)
    for project in _planned_projects(builder):
        dated += _project(builder, project)
    for _, step in sorted(dated, key=lambda pair: pair[0]):
        yield step
    yield from _parts(builder)


def _matter(builder: Builder, key: str) -> UUID:
    """Return the id that the registering command of a record draws."""
    return commands.matter_of(builder.id("command", f"register/{key}"))


def _source(document: Document, place: str = "") -> f.Source:
    assumed = "文中未印日期，此日为推定" if document.assumed else ""
    words = "；".join(filter(None, (place, assumed)))
    return f.Source(kind=f.SourceKind.DOCUMENT, title=document.title, day=document.day, place=words)


def _register(
    builder: Builder,
    key: str,
    title: str,
    kind: f.MatterKind,
    source: f.Source,
    pillar: str,
    area: str,
) -> None:
    matter = _matter(builder, key)
    entry = commands.register(
        code=key,
        title=title,
        kind=kind,
        origin=f.Origin.PUBLISHED,
        sources=(source,),
        goals=goals_of(builder, pillar=pillar, area=area, on=source.day),
        area=area,
        sent=builder.sent(f"register/{key}", source.day, matter),
    )
    builder.keep(matter, entry)


def _programme(builder: Builder, row: Row) -> list[tuple[date, Step]]:
    """A numbered commitment: registered with target and days.

    Its result on the same scope is a report.
    """
    if not row["quantity"]:
        return []  # a result without a plan is no promise
    document = builder.tables.documents[row["target_source_doc"]]
    key, on = row["programme_id"], document.day
    found: list[tuple[date, Step]] = [
        (
            on,
            partial(
                _register, builder, key, row["matter"], f.MatterKind.PROGRAMME,
                _source(document, row["note"]), row["pillar"], "",
            ),
        ),
        (
            on,
            partial(
                _fix_target, builder, key, row["quantity"], row["unit"], row["comparator"], on
            ),
        ),
    ]  # fmt: skip
    if row["deadline"]:
        found.append((on, partial(_fix_days, builder, row, on)))
    found += [
        (on, partial(_fix_lead, builder, key, responsible["org_id"], on))
        for responsible in builder.tables.rows("responsibilities")
        if responsible["programme_id"] == key
    ]
    wholes = {part["whole"] for part in builder.tables.rows("parts")}
    # The size of a list is no progress of its items.
    if row["link"] == "same" and key not in wholes:
        reported = builder.tables.documents[row["result_source_doc"]]
        found.append((reported.day, partial(_report_figure, builder, row, reported.day)))
    return found


def _fix_target(
    builder: Builder, key: str, quantity: str, unit: str, comparator: str, on: date
) -> None:
    matter = _matter(builder, key)
    target = f.Target(
        key=TARGET,
        quantity=Decimal(quantity),
        unit=unit,
        comparator=Comparator(comparator),
        leads=True,
    )
    sent = builder.sent(f"target/{key}", on, matter)
    builder.keep(matter, commands.fix_target(matter_id=matter, targets=(target,), sent=sent))


def _fix_days(builder: Builder, row: Row, on: date) -> None:
    matter = _matter(builder, row["programme_id"])
    entry = commands.fix_milestones(
        matter_id=matter,
        due=date.fromisoformat(row["deadline"]),
        due_inferred=row["deadline_basis"] in INFERRED_DEADLINES,
        start=period_start(row["period"]),
        start_inferred=True,
        sent=builder.sent(f"days/{row['programme_id']}", on, matter),
    )
    builder.keep(matter, entry)


def _fix_lead(builder: Builder, key: str, unit: str, on: date) -> None:
    matter = _matter(builder, key)
    sent = builder.sent(f"lead/{key}", on, matter)
    entry = commands.fix_responsibility(
        matter_id=matter, lead_unit=builder.id("unit", unit), sent=sent
    )
    builder.keep(matter, entry)


def _report_figure(builder: Builder, row: Row, on: date) -> None:
    """Report a printed result and confirm it: it was published.

    Its own day is the end of its period, if that is past.
    """
    key = row["programme_id"]
    matter = _matter(builder, key)
    measured_on = min(period_end(row["result_period"]) or on, on)
    sent = builder.sent(f"report/{key}", on, matter)
    entry = commands.report_progress(
        matter_id=matter,
        achieved=Decimal(row["result_quantity"]),
        measured_on=measured_on,
        visible_progress=row["note"],
        sent=sent,
    )
    builder.keep(matter, entry)
    _confirm(builder, matter, sent.command_id, f"confirm/{key}", on)


def _confirm(builder: Builder, matter: UUID, report: UUID, name: str, on: date) -> None:
    sent = builder.sent(name, on, matter)
    builder.keep(matter, commands.confirm_report(matter_id=matter, report=report, sent=sent))


def _is_promise_of_its_own(builder: Builder, row: Row) -> bool:
    """Tell whether an indicator is a target that no programme holds: one promise, one matter."""
    if row["kind"] != "target":
        return False
    same = ("unit", "period", "target_source_doc")
    return not any(
        (programme["quantity"], *(programme[column] for column in same))
        == (row["value"], row["unit"], row["period"], row["source_doc"])
        for programme in builder.tables.rows("programmes")
    )


def _indicator(builder: Builder, row: Row) -> list[tuple[date, Step]]:
    document = builder.tables.documents[row["source_doc"]]
    key, on = row["indicator_id"], document.day
    quantity = row["value"] or row["growth_pct"]
    days = {
        "programme_id": key,
        "deadline": str(period_end(row["period"])),
        "deadline_basis": "plan_year",
        "period": row["period"],
    }
    return [
        (
            on,
            partial(
                _register, builder, key, row["indicator"], f.MatterKind.INDICATOR,
                _source(document, row["note"]), "", "",
            ),
        ),
        (on, partial(_fix_target, builder, key, quantity, row["unit"], row["comparator"], on)),
        (on, partial(_fix_days, builder, days, on)),
    ]  # fmt: skip


def _planned_projects(builder: Builder) -> list[list[Row]]:
    """Return the mentions of each project that was ever planned, oldest first.

    What was only reported is no promise.
    """
    mentions: dict[str, list[Row]] = {}
    for row in builder.tables.rows("projects"):
        mentions.setdefault(row["project_id"], []).append(row)
    planned = [
        rows for rows in mentions.values() if any(row["statement"] == "plan" for row in rows)
    ]
    return [
        sorted(rows, key=lambda row: builder.tables.documents[row["source_doc"]].day)
        for rows in planned
    ]


def _project(builder: Builder, mentions: list[Row]) -> list[tuple[date, Step]]:
    """A named work: registered by its first mention.

    Every stage told of it later is a report in words.
    """
    first = mentions[0]
    document = builder.tables.documents[first["source_doc"]]
    key, on = first["project_id"], document.day
    area = next((row["area"] for row in mentions if row["area"]), "")
    pillar = next((row["pillar"] for row in mentions if row["pillar"]), "")
    found: list[tuple[date, Step]] = [
        (
            on,
            partial(
                _register, builder, key, first["name"], f.MatterKind.PROJECT,
                _source(document, first["note"]), pillar, area,
            ),
        )
    ]  # fmt: skip
    for number, row in enumerate(mentions):
        told = builder.tables.documents[row["source_doc"]].day
        if row["statement"] == "plan" and row["planned_deadline"]:
            found.append((told, partial(_fix_due, builder, row, told, number)))
        if row["statement"] == "actual":
            found.append((told, partial(_report_stage, builder, row, told, number)))
    return found


def _fix_due(builder: Builder, row: Row, on: date, number: int) -> None:
    matter = _matter(builder, row["project_id"])
    due = date.fromisoformat(row["planned_deadline"])
    start = period_start(row["year"])
    entry = commands.fix_milestones(
        matter_id=matter,
        due=due,
        due_inferred=(due.month, due.day) == (12, 31),
        start=start if start and start <= due else None,
        start_inferred=True,
        sent=builder.sent(f"days/{row['project_id']}/{number}", on, matter),
    )
    builder.keep(matter, entry)


def _report_stage(builder: Builder, row: Row, on: date, number: int) -> None:
    matter = _matter(builder, row["project_id"])
    name = f"stage/{row['project_id']}/{number}"
    sent = builder.sent(name, on, matter)
    entry = commands.report_progress(
        matter_id=matter,
        measured_on=min(period_end(row["year"]) or on, on),
        visible_progress=row["stage"],
        sent=sent,
    )
    builder.keep(matter, entry)
    _confirm(builder, matter, sent.command_id, f"confirm/{name}", on)


def _parts(builder: Builder) -> Iterator[Step]:
    """Yield the division of wholes into parts.

    A part that the document does not print is registered as derived.
    """
    by_whole: dict[str, list[Row]] = {}
    for row in builder.tables.rows("parts"):
        by_whole.setdefault(row["whole"], []).append(row)
    for whole, rows in by_whole.items():
        programme = next(p for p in builder.tables.rows("programmes") if p["programme_id"] == whole)
        for row in rows:
            if row["derived"]:
                yield partial(_derived, builder, row, programme)
        yield partial(_divide, builder, whole, rows, programme)


def _derived(builder: Builder, row: Row, whole: Row) -> None:
    document = builder.tables.documents[whole["target_source_doc"]]
    source = _source(document, f"推算：{row['derived']} = {row['share']}")
    _register(
        builder, row["part"], row["title"], f.MatterKind.PROGRAMME, source, whole["pillar"], ""
    )
    _fix_target(builder, row["part"], row["share"], whole["unit"], "=", document.day)
    _fix_days(builder, {**whole, "programme_id": row["part"]}, document.day)


def _divide(builder: Builder, whole: str, rows: list[Row], programme: Row) -> None:
    matter = _matter(builder, whole)
    on = builder.tables.documents[programme["target_source_doc"]].day
    parts = tuple(
        f.Part(
            matter=_matter(builder, row["part"]),
            share=Decimal(row["share"]),
            derived=bool(row["derived"]),
        )
        for row in rows
    )
    sent = builder.sent(f"divide/{whole}", on, matter)
    builder.keep(matter, commands.divide(matter_id=matter, parts=parts, sent=sent))
