"""What a report is called, of which place and day it is, and which year it plans: put right."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from luoshi.base.days import local_day
from luoshi.base.journal import Actor, check_day
from luoshi.intake.models import DocumentState, ReportDocument, StagedStatement
from luoshi.intake.reports import queries
from luoshi.intake.reports.commands.acting import check_unmoved, opened, stamp
from luoshi.intake.reports.commands.again import carried
from luoshi.intake.reports.drafts import staged
from luoshi.intake.reports.places import place_from
from luoshi.intake.reports.refusals import ReportInLedger, ReportTwice, TextNotSupplied
from luoshi.intake.reports.seen import UNSEEN, Seen
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read

LONGEST_TITLE = 255


class Described(NamedTuple):
    """Whether the text was read anew; of how many statements what was decided found no place."""

    is_read: bool
    lost: int


@transaction.atomic
def describe(
    document_id: UUID,
    *,
    title: str,
    place: str,
    day: date,
    year: int | None,
    by: Actor,
    at: datetime,
    seen: Seen = UNSEEN,
) -> Described:
    """Put right what is known of a report; returns whether its text was read anew for it.

    With another day or year its periods are other ones: the text is read again, and what was
    decided stays where a statement says the same. Once something is in the ledger only the place
    can be put right. Raises NotAllowed, NotFound, ReportWithdrawn, ReviewMoved, ReportInLedger,
    ReportTwice, DayInFuture, TextNotSupplied.
    """
    document = opened(document_id, by)
    check_unmoved(document, by, seen)
    title, place = (title.strip() or document.title)[:LONGEST_TITLE], place_from(by, place)
    told = (title, day, year)
    if document.state == DocumentState.WRITTEN and told != (
        document.title,
        document.day,
        document.year,
    ):
        raise ReportInLedger(title=document.title)
    _check_place(document, place, by)
    check_day(day, at)
    is_read = (day, year) != (document.day, document.year)
    document.title, document.place = title, place
    document.day_guessed = document.day_guessed and day == document.day
    document.day, document.year = day, year
    document.version += 1
    lost = _read_again(document, by, Seen(desk=seen.desk, at=at)) if is_read else 0
    document.save()
    return Described(is_read, lost)


def _check_place(document: ReportDocument, place: str, by: Actor) -> None:
    """Raise ReportTwice where the same text of that place is in review already."""
    twins = queries.standing_documents(by).filter(place=place, digest=document.digest)
    twin = twins.exclude(pk=document.pk).first()
    if twin is not None:
        raise ReportTwice(title=twin.title, on=local_day(twin.at))


def _read_again(document: ReportDocument, by: Actor, seen: Seen) -> int:
    """Read the text for another day or year; returns how many decisions find no place any more.

    Raises TextNotSupplied.
    """
    text = queries.text_of(document.district, document.digest)
    if text is None:
        raise TextNotSupplied(title=document.title)
    found = read(mend(text), doc=document.name, year=document.year, day=document.day)
    before = list(queries.statements_of(document))
    kept = carried(before, staged(document, found), document)
    for row in kept.rows:
        stamp(row, document, by, seen)
    StagedStatement.objects.filter(document=document).delete()
    StagedStatement.objects.bulk_create(kept.rows)
    document.done, document.counts = [], queries.counts_of(document)
    return kept.lost
