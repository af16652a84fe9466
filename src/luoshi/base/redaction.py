"""Redaction (遮除): texts and files are removed, their digests stay, the chain still verifies."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from luoshi.base import files
from luoshi.base.journal import Change, Command, record
from luoshi.base.models import StoredFile, StoredText
from luoshi.base.texts import SealedText
from luoshi.base.threads import ThreadKind
from luoshi.rules.journal import Entry, Redacted, TextDigest
from luoshi.rules.refusals import NotFound


@transaction.atomic
def redact(
    *,
    kind: ThreadKind,
    thread: UUID,
    digests: Sequence[TextDigest],
    reason: SealedText,
    approved_by: UUID,
    on: date,
    expected: int,
    command: Command,
) -> Entry[Redacted]:
    """Remove texts and files of a thread under an entry that says why and who approved.

    Raises NotFound, also where nothing is named.
    """
    found = _stored_texts(command.by.district, thread, digests)
    stored = StoredFile.objects.filter(
        district=command.by.district, thread=thread, digest__in=digests
    )
    contents = [file.content for file in stored if file.content]
    if not digests or len(set(digests)) != found.count() + stored.count():
        raise NotFound(what="text")
    fact = Redacted(digests=tuple(digests), reason=reason.digest, approved_by=approved_by)
    change = Change(
        kind=kind,
        thread=thread,
        decide=lambda _state: fact,
        on=on,
        expected=expected,
        texts=(reason,),
    )
    entry: Entry[Redacted] = record(change, command=command)[0]
    found.update(text=None, salt=None, redacted_by=entry.number)
    stored.update(content=None, salt=None, redacted_by=entry.number)
    transaction.on_commit(lambda: files.forget(contents))
    return entry


def _stored_texts(
    district: UUID, thread: UUID, digests: Sequence[TextDigest]
) -> QuerySet[StoredText]:
    return StoredText.objects.filter(district=district, thread=thread, digest__in=digests)
