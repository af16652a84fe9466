"""What reports of one place say together: their gaps, what does not agree, what became of what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from luoshi.intake.reading.documents import Read
from luoshi.rules.reports.checks import Contradiction, OpenSum, contradictions, open_sums
from luoshi.rules.reports.gaps import Gap, gaps_of
from luoshi.rules.reports.linking import Answer, Promise, linked
from luoshi.rules.reports.statements import Statement, as_row


@dataclass(frozen=True)
class Looked:
    """Reports at hand, looked at as a whole; each look is taken once, when it is asked for."""

    reports: Sequence[Read]

    @cached_property
    def statements(self) -> list[tuple[Statement, tuple[Gap, ...]]]:
        """Return every statement with what it leaves open."""
        every = (one for report in self.reports for one in report.document.statements)
        return [(one, gaps_of(one)) for one in every]

    def statements_in(self, name: str) -> list[tuple[Statement, tuple[Gap, ...]]]:
        """Return those of one report."""
        return [each for each in self.statements if each[0].doc == name]

    @cached_property
    def gaps(self) -> list[tuple[Statement, tuple[Gap, ...]]]:
        """Return the statements that leave something open."""
        return [(one, gaps) for one, gaps in self.statements if gaps]

    @cached_property
    def sums(self) -> list[OpenSum]:
        """Return the sums of all reports that do not close."""
        return [
            one
            for report in self.reports
            for one in open_sums(report.document.statements, report.original)
        ]

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """Return the pairs in a report that cannot both be right."""
        return [one for each in self.reports for one in contradictions(each.document.statements)]

    @cached_property
    def promises(self) -> list[Promise]:
        """Return the promises with what the reports say of them later."""
        return linked(report.document for report in self.reports)

    @cached_property
    def followed(self) -> list[tuple[Promise, Answer]]:
        """Return each promise with each report that answers it."""
        return [(one, answer) for one in self.promises for answer in one.answers]


def links(looked: Looked) -> Iterator[dict[str, Any]]:
    """Yield each promise as plain data: where it was said, said again, and answered, and why."""
    for promise in looked.promises:
        yield {
            "promise": as_row(promise.statement),
            "repeated": [as_row(one) for one in promise.repeated],
            "answers": [
                {
                    "statement": as_row(answer.statement),
                    "scope": answer.scope,
                    "share": None if answer.share is None else float(answer.share),
                    "likeness": answer.likeness,
                    "reasons": [
                        {"code": reason.code, **dict(reason.facts)} for reason in answer.reasons
                    ],
                }
                for answer in promise.answers
            ],
            "outcome": promise.outcome,
        }
