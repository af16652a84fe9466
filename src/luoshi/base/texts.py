"""Free text stands outside the journal: sealed with a random salt, read by digest, removable."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from luoshi.base.models import StoredText
from luoshi.base.prepared import Prepared
from luoshi.rules.journal import TextDigest, text_digest

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class SealedText:
    """A text with the salt under which its digest stands in an entry.

    It is written with the entry, or not at all.
    """

    text: str
    salt: bytes
    digest: TextDigest


def seal(text: str) -> SealedText:
    """Return the text with a fresh random salt and its digest."""
    salt = secrets.token_bytes(SALT_BYTES)
    return SealedText(text, salt, text_digest(text, salt))


def keep(sealed: Iterable[tuple[SealedText, UUID]], *, district: UUID) -> None:
    """Write the texts of entries, each with its thread, in the entries' own transaction."""
    StoredText.objects.bulk_create(
        StoredText(
            district=district, digest=text.digest, thread=thread, salt=text.salt, text=text.text
        )
        for text, thread in sealed
    )


_TEXTS = Prepared(
    lambda thread: StoredText.objects.filter(thread=thread).values_list("digest", "text"),
    thread=UUID,
)


def texts_of(thread: UUID) -> dict[str, str | None]:
    """Return every text of a thread by digest; None where it was redacted."""
    return {row[0]: row[1] for row in _TEXTS(thread=thread)}


def is_same(text: SealedText, stored: StoredText) -> bool:
    """Tell whether a text sent again is the one stored, which was not redacted."""
    if stored.salt is None:
        return False
    return text_digest(text.text, bytes(stored.salt)) == stored.digest
