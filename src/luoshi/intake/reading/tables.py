"""What was read as tables, the same for workbook, document and terminal."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.base.grids.writing import Column, Kind, Sheet
from luoshi.intake.reading.looking import Looked
from luoshi.intake.reading.words import (
    FORCES,
    KINDS,
    OUTCOMES,
    SCOPES,
    gaps_in_text,
    reason_in_text,
    value_in_text,
)
from luoshi.rules.reports.gaps import Gap
from luoshi.rules.reports.linking import Answer, Outcome, Promise
from luoshi.rules.reports.statements import Statement
from luoshi.rules.sheets.grid import Value


def whole(looked: Looked) -> list[Sheet]:
    """Return every statement with all its fields, and what is to be known of all together."""
    return [statements(looked), gaps(looked), *together(looked)]


def together(looked: Looked) -> list[Sheet]:
    """Return what does not agree, and what became of the promises."""
    return [disagreeing(looked), followed(looked)]


def statements(looked: Looked) -> Sheet:
    """Return the statements with all their fields."""
    columns = [
        Column(_("Name of the document"), width=24),
        Column(_("From character"), Kind.NUMBER, 8),
        Column(_("To character"), Kind.NUMBER, 8),
        Column(_("Kind of statement"), width=9),
        Column(_("Subject of the statement"), width=28),
        Column(_("Amount as printed"), Kind.NUMBER, 11),
        Column(_("Upper amount"), Kind.NUMBER, 11),
        Column(_("Unit of measure"), width=9),
        Column(_("Meant as"), width=7),
        Column(_("Growth rate"), width=7),
        Column(_("How firmly"), width=9),
        Column(_("Period"), width=11),
        Column(_("Time limit"), Kind.DAY, 12),
        Column(_("Day stated"), width=9),
        Column(_("Works named"), width=28),
        Column(_("Responsible as stated"), width=18),
        Column(_("Words of the document"), width=60),
        Column(_("Confidence"), Kind.NUMBER, 8),
        Column(_("Rule that read it"), width=26),
    ]
    return Sheet(_("Statements"), columns, [_cells(one) for one, _open in looked.statements])


def _cells(one: Statement) -> list[Value]:
    return [
        one.doc,
        one.start,
        one.end,
        str(KINDS[one.kind]),
        one.subject,
        one.value,
        one.value_max,
        one.unit,
        one.comparator,
        _("yes") if one.growth else None,
        str(FORCES[one.force]) if one.force else None,
        one.period,
        one.deadline,
        _("yes") if one.deadline_stated else None,
        "、".join(one.projects),
        one.responsible,
        on_one_line(one.quote),
        Decimal(str(one.confidence)),
        one.rule,
    ]


def in_short(looked: Looked) -> Iterator[Sheet]:
    """Yield for each report its statements as a person reads them."""
    columns = [
        Column(_("Characters"), width=13),
        Column(_("Kind of statement"), width=9),
        Column(_("Subject of the statement"), width=30),
        Column(_("Figure as printed"), width=20),
        Column(_("Period"), width=11),
        Column(_("Time limit"), width=12),
        Column(_("What is missing"), width=26),
        Column(_("Words of the document"), width=60),
    ]
    for report in looked.reports:
        name = report.document.name
        yield Sheet(name, columns, [_short(*each) for each in looked.statements_in(name)])


def _short(one: Statement, missing: tuple[Gap, ...]) -> list[Value]:
    due = one.deadline.isoformat() if one.deadline else ""
    return [
        f"{one.start}–{one.end}",
        str(KINDS[one.kind]),
        one.subject,
        value_in_text(one),
        one.period,
        due if one.deadline_stated or not due else f"({due})",
        gaps_in_text(missing),
        on_one_line(one.quote),
    ]


def gaps(looked: Looked) -> Sheet:
    """Return the promises that leave something open, with what."""
    columns = [
        Column(_("Name of the document"), width=24),
        Column(_("From character"), Kind.NUMBER, 8),
        Column(_("Kind of statement"), width=9),
        Column(_("Subject of the statement"), width=28),
        Column(_("What is missing"), width=40),
        Column(_("Words of the document"), width=60),
    ]
    rows: list[list[Value]] = [
        [one.doc, one.start, str(KINDS[one.kind]), one.subject, gaps_in_text(missing),
         on_one_line(one.quote)]
        for one, missing in looked.gaps
    ]  # fmt: skip
    return Sheet(_("What is left open"), columns, rows)


def disagreeing(looked: Looked) -> Sheet:
    """Return the sums that do not close and the figures that contradict each other."""
    columns = [
        Column(_("Name of the document"), width=24),
        Column(_("What does not agree"), width=18),
        Column(_("Subject of the statement"), width=28),
        Column(_("Figure as printed"), width=14),
        Column(_("Held against"), width=30),
        Column(_("Difference"), Kind.NUMBER, 11),
        Column(_("Words of the document"), width=60),
    ]
    return Sheet(_("What does not agree"), columns, [*_sums(looked), *_pairs(looked)])


def _sums(looked: Looked) -> Iterator[list[Value]]:
    for one in looked.sums:
        parts = " + ".join(value_in_text(part) for part in one.parts)
        yield [
            one.total.doc, _("Sum does not close"), one.total.subject, value_in_text(one.total),
            parts, one.difference, on_one_line(one.total.quote),
        ]  # fmt: skip


def _pairs(looked: Looked) -> Iterator[list[Value]]:
    for one in looked.contradictions:
        quotes = f"{on_one_line(one.first.quote)} | {on_one_line(one.second.quote)}"
        yield [
            one.first.doc, _("Two figures"), one.first.subject, value_in_text(one.first),
            value_in_text(one.second), None, quotes,
        ]  # fmt: skip


def followed(looked: Looked) -> Sheet:
    """Return each promise with each report that answers it, and why; then the silent ones."""
    columns = [
        Column(_("Promised in"), width=24),
        Column(_("Subject of the statement"), width=26),
        Column(_("Amount promised"), width=14),
        Column(_("Reported in"), width=24),
        Column(_("Amount reported"), width=14),
        Column(_("Done against promised"), Kind.PERCENT, 9),
        Column(_("Scope counted"), width=10),
        Column(_("What became of it"), width=12),
        Column(_("Why they belong together"), width=40),
        Column(_("Words of the report"), width=50),
    ]
    rows = [_link(promise, answer) for promise, answer in looked.followed]
    rows += [_unanswered(one) for one in looked.promises if one.outcome is Outcome.SILENT]
    return Sheet(_("Promises and later reports"), columns, rows)


def _link(promise: Promise, answer: Answer) -> list[Value]:
    return [
        promise.statement.doc,
        promise.statement.subject,
        value_in_text(promise.statement),
        answer.statement.doc,
        value_in_text(answer.statement),
        answer.share,
        str(SCOPES[answer.scope]),
        str(OUTCOMES[promise.outcome]),
        "；".join(map(reason_in_text, answer.reasons)),
        on_one_line(answer.statement.quote),
    ]


def _unanswered(promise: Promise) -> list[Value]:
    one = promise.statement
    said: list[Value] = [one.doc, one.subject, value_in_text(one)]
    return [*said, *[None] * 4, str(OUTCOMES[promise.outcome]), None, None]


def on_one_line(quote: str) -> str:
    """Return the words of a document without the line ends that tore them."""
    return "".join(quote.splitlines())
