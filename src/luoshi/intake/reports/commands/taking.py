"""A report is handed in, withdrawn; its text is supplied again or removed."""

import re
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from luoshi.base.days import local_day
from luoshi.base.journal import Actor, check_day
from luoshi.base.papers.paper import Paper
from luoshi.base.papers.reading import read_paper
from luoshi.intake import verbs
from luoshi.intake.models import DocumentState, ReportDocument, ReportText, StagedStatement
from luoshi.intake.reports import queries
from luoshi.intake.reports.commands.acting import check_unmoved, opened
from luoshi.intake.reports.commands.again import decided_before
from luoshi.intake.reports.drafts import sections_of, staged, title_of
from luoshi.intake.reports.places import place_from
from luoshi.intake.reports.refusals import (
    NothingStated,
    ReportDayMissing,
    ReportInLedger,
    ReportSecret,
    ReportTwice,
)
from luoshi.intake.reports.seen import UNSEEN, Seen
from luoshi.rules.reports.dating import Dated, dated
from luoshi.rules.reports.mending import Mended, mend
from luoshi.rules.reports.reading import read

SECRET = re.compile(
    r"(?:绝密|机密|秘密)\s*★|\A(?:.*\n){0,9}[ \t\u3000]*(?P<alone>绝密|机密|秘密)[ \t\r\u3000]*$",
    re.MULTILINE,
)
"""A marking of secrecy: with its star anywhere, or alone on one of the first ten lines."""


def digest_of(text: str) -> str:
    """Return the SHA-256 of a document's text: its name for ever."""
    return sha256(text.encode()).hexdigest()


def take_in(
    source: Path | bytes,
    *,
    name: str,
    by: Actor,
    at: datetime,
    title: str = "",
    place: str = "",
    year: int | None = None,
    day: date | None = None,
    document_id: UUID | None = None,
) -> ReportDocument:
    """Read a report and keep its text and statements for review; the ledger holds nothing of it.

    What was decided when the same text came in and was withdrawn is kept, to be looked at again.

    ``year`` and ``day`` are guessed from the text where they are not given. Raises NotAllowed,
    ReportSecret, ReportTwice, ReportDayMissing, NothingStated, DayInFuture, and what ``read_paper``
    raises of bad files.
    """
    verbs.review_report.check(by)
    paper = read_paper(source, name=name)
    place = place_from(by, place)
    _check_new(by, paper.text, place)
    mended = mend(paper.text)
    told = day or dated(mended.text, year=None, day=None).day  # also where only the year is given
    known = dated(mended.text, year=year, day=told if year else day)
    document = _document(paper, mended, known, name)
    document.id, document.district = document_id or uuid4(), by.district
    document.at, document.by_person = at, by.person
    document.title, document.place = (title.strip() or document.title)[:255], place
    document.day_guessed = day is None
    check_day(document.day, at)
    rows = staged(document, read(mended, doc=name, year=known.year, day=known.day))
    if not rows:
        raise NothingStated(name=name)
    kept = decided_before(by, document, rows)
    _keep(document, paper.text, kept.rows)
    document.lost = kept.lost
    return document


def _check_new(by: Actor, text: str, place: str) -> None:
    """Raise ReportSecret, ReportTwice."""
    marking = SECRET.search(text)
    if marking:
        raise ReportSecret(word=marking["alone"] or marking[0])
    digest = digest_of(text)
    before = queries.standing_documents(by).filter(place=place, digest=digest).first()
    if before is not None and queries.text_of(by.district, digest) is not None:
        raise ReportTwice(title=before.title, on=local_day(before.at))


def _document(paper: Paper, mended: Mended, known: Dated, name: str) -> ReportDocument:
    """Return the report as it is known from its text."""
    if known.day is None:
        raise ReportDayMissing(name=name)
    return ReportDocument(
        name=name[-255:],
        title=title_of(mended, name),
        day=known.day,
        year=known.year,
        kind=paper.kind.value,
        pages=paper.pages,
        scanned=list(paper.scanned),
        length=len(paper.text),
        digest=digest_of(paper.text),
        state=DocumentState.REVIEW,
        sections=sections_of(mended),
    )


@transaction.atomic
def _keep(document: ReportDocument, text: str, rows: list[StagedStatement]) -> None:
    _supply(document.district, document.digest, text)
    document.save(force_insert=True)
    StagedStatement.objects.bulk_create(rows)
    document.counts = queries.counts_of(document)
    document.save(update_fields=["counts"])


def _supply(district: UUID, digest: str, text: str) -> None:
    ReportText.objects.get_or_create(district=district, digest=digest, defaults={"text": text})


def supply_text(source: Path | bytes, *, name: str, by: Actor) -> str:
    """Keep a document's text where sentences are linked to it; returns its digest.

    Raises NotAllowed, and what ``read_paper`` raises of bad files.
    """
    verbs.review_report.check(by)
    text = read_paper(source, name=name).text
    digest = digest_of(text)
    _supply(by.district, digest, text)
    return digest


def remove_text(digest: str, *, by: Actor) -> None:
    """Remove a document's text; links to its sentences keep digest and place.

    Raises NotAllowed.
    """
    verbs.review_report.check(by)
    ReportText.objects.filter(district=by.district, digest=digest).delete()


@transaction.atomic
def withdraw(document_id: UUID, *, by: Actor, seen: Seen = UNSEEN) -> None:
    """Put a report away of which nothing is in the ledger, with its text.

    Raises NotAllowed, NotFound, ReportInLedger, ReportWithdrawn, ReviewMoved.
    """
    document = opened(document_id, by)
    check_unmoved(document, by, seen)
    if document.state == DocumentState.WRITTEN:
        raise ReportInLedger(title=document.title)
    document.delete()
    if queries.titles_of(by, document.digest) is None:
        ReportText.objects.filter(district=by.district, digest=document.digest).delete()
