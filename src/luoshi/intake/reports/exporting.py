"""任务分解表: what was accepted, as a table of tasks that comes in again by the road of sheets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from luoshi.base.grids.writing import Column, Kind, Sheet, write_xlsx
from luoshi.base.wording import day_in_text
from luoshi.intake.models import ReportDocument, StagedStatement
from luoshi.intake.reports import queries
from luoshi.organisation.queries import Visitor, posts_visible_to, units_visible_to
from luoshi.rules.intake.promised import title_of
from luoshi.rules.reports.offices import each_of

HEADS = (  # the sheet road reads these names: rules.sheets.synonyms
    ("序号", 6), ("任务编号", 20), ("任务名称", 30), ("工作目标", 34), ("目标值", 10),
    ("计量单位", 9), ("分包领导", 16), ("牵头单位", 18), ("配合单位", 22), ("完成时限", 12),
    ("工作节点", 40), ("任务来源", 30),
)  # fmt: skip
QUARTERS = ((3, 31, "一"), (6, 30, "二"), (9, 30, "三"), (12, 31, "四"))


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the table, in words."""

    code: str
    title: str
    target: str
    quantity: Decimal | None
    unit: str
    sponsor: str
    lead: str
    supporting: str
    due: date | None
    nodes: str
    source: str


def tasks_of(visitor: Visitor, document: ReportDocument) -> list[Task]:
    """Return the accepted targets of a report; all but those left out where none is accepted."""
    rows = queries.statements_of(document, "target")
    accepted = [row for row in rows if row.state in {"accepted", "written"}]
    shown = accepted or [row for row in rows if row.state == "open"]
    units = units_visible_to(visitor, day=document.day)
    posts = posts_visible_to(visitor, day=document.day)
    names = {str(one.id): one.name for one in units} | {str(one.id): one.name for one in posts}
    codes = queries.codes_of(row.matter for row in shown)
    return [_task(document, row, names, codes) for row in shown]


def _task(
    document: ReportDocument,
    row: StagedStatement,
    names: Mapping[str, str],
    codes: Mapping[Any, str],
) -> Task:
    said, choice = row.row, row.choice
    due = date.fromisoformat(said["deadline"]) if said["deadline"] else None
    value = said["value"] if said["unit"] else None
    stated = [] if choice.get("lead") else each_of(said["responsible"] or "")
    supporting = [names.get(one, "") for one in choice.get("supporting", [])] or stated[1:]
    above = [heading for offset, heading, *_level in document.sections if offset <= row.start]
    return Task(
        code=codes.get(row.matter, ""),
        title=title_of(said),
        target="".join(said["quote"].split()),
        quantity=None if value is None else Decimal(str(value)),
        unit=said["unit"] or "",
        sponsor=names.get(choice.get("sponsor", ""), ""),
        lead=names.get(choice.get("lead", ""), next(iter(stated), "")),
        supporting="、".join(supporting),
        due=due,
        nodes=nodes_of(document, due),
        source="，".join(filter(None, (document.title, above[-1] if above else ""))),
    )


def nodes_of(document: ReportDocument, due: date | None) -> str:
    """Return the quarters up to the due day, each to be filled by the unit; none beyond a year."""
    if due is None or due.year != (document.year or document.day.year):
        return ""
    ends = [(date(due.year, month, day), name) for month, day, name in QUARTERS]
    return "；".join(f"{due.year}年{name}季度：" for end, name in ends if end <= due)


def sheet_of(document: ReportDocument, tasks: Sequence[Task]) -> Sheet:
    """Return the table as a sheet of a workbook."""
    kinds = {"目标值": Kind.NUMBER, "完成时限": Kind.DAY, "序号": Kind.NUMBER}
    return Sheet(
        title=title_in_text(document),
        columns=[Column(name, kinds.get(name, Kind.TEXT), width) for name, width in HEADS],
        rows=_rows(tasks),
        notes=[
            _("As of %(day)s. Fill in and hand the sheet in again under Import.")
            % {"day": day_in_text(document.day)}
        ],
    )


def title_in_text(document: ReportDocument) -> str:
    """Return what the table is called."""
    return f"《{document.title}》任务分解表"


def _rows(tasks: Sequence[Task]) -> Iterator[list[Any]]:
    for number, one in enumerate(tasks, start=1):
        yield [
            number, one.code, one.title, one.target, one.quantity, one.unit, one.sponsor, one.lead,
            one.supporting, one.due, one.nodes, one.source,
        ]  # fmt: skip


def workbook(document: ReportDocument, tasks: Sequence[Task]) -> bytes:
    """Return the table as an xlsx file."""
    target = BytesIO()
    write_xlsx(target, [sheet_of(document, tasks)])
    return target.getvalue()
