"""What became of the promises of reports: promise, report, report."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import StringConstraints

from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import amount
from luoshi.base.api.turning import Page, Turn, page_among
from luoshi.intake import verbs
from luoshi.intake.reports import following
from luoshi.intake.reports.api.room import router
from luoshi.intake.reports.following import Followed
from luoshi.rules.reports.linking import Outcome, Promise
from luoshi.rules.reports.statements import Statement

Place = Annotated[str, StringConstraints(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A promise of the reports of a place, and what later ones say of it; places in them by number.

    ``repeated`` and ``answers`` name the document and the statement's number there.
    """

    id: str
    document: UUID
    number: int
    quote: str
    outcome: Outcome
    repeated: list[dict[str, Any]]
    answers: list[dict[str, Any]]


@lists(
    router,
    "/reports/promises",
    verbs.read_review,
    of=PromiseLine,
    of_a_day=False,
    tagged=False,
    turns=True,
)
def promises(asked: Asked, turn: Turn, place: Place = "", outcome: Outcome | None = None) -> Page:
    """List what became of the promises of a place; the first place without one."""
    places = following.places(asked.actor)
    found = following.followed(asked.actor, place=place or next(iter(places), ""))
    told = [_promise(one, found) for one in found.promises if outcome in {None, one.outcome}]
    told.sort(key=lambda one: (not one.answers, str(one.document), one.number))
    return page_among(told, turn, key_of=lambda one: one.id)


def _promise(one: Promise, found: Followed) -> PromiseLine:
    document, number = found.place_of(one.statement)
    answers = [
        {**_place(answer.statement, found), "scope": answer.scope, "share": amount(answer.share)}
        for answer in one.answers
    ]
    return PromiseLine(
        id=f"{document.pk}/{number}",
        document=document.pk,
        number=number,
        quote=one.statement.quote,
        outcome=one.outcome,
        repeated=[_place(other, found) for other in one.repeated],
        answers=answers,
    )


def _place(statement: Statement, found: Followed) -> dict[str, Any]:
    document, number = found.place_of(statement)
    return {"document": document.pk, "number": number, "quote": statement.quote}
