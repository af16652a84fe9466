"""A command that comes again: is it the one that was recorded, or another under the same id?"""

from collections.abc import Sequence
from typing import Any

from luoshi.base import texts
from luoshi.base.deciding import decided_among
from luoshi.base.files import SealedFile, is_same_file
from luoshi.base.models import JournalEntry, StoredFile, StoredText
from luoshi.base.texts import SealedText
from luoshi.base.threads import Change, Command, entries_of, in_order, read
from luoshi.rules.journal import CommandIdReused, Entry
from luoshi.rules.refusals import Refusal


def entries_of_command(command: Command) -> list[JournalEntry]:
    """Return what was recorded under the command's id, in the order of numbers."""
    rows = JournalEntry.objects.filter(district=command.by.district, command_id=command.id)
    return in_order(rows)


def same_again(
    done: list[JournalEntry], changes: Sequence[Change], command: Command
) -> list[Entry[Any]]:
    """Return the entries a command made before, if it is the same: hand, days and content.

    Raises CommandIdReused where it is not.
    """
    again = [_is_same(row, change, command) for row, change in zip(done, changes, strict=False)]
    if len(done) != len(changes) or not all(again):
        raise CommandIdReused(command_id=command.id, entry=done[0].number)
    return [read(row, change.kind) for row, change in zip(done, changes, strict=True)]


def _is_same(row: JournalEntry, change: Change, command: Command) -> bool:
    asked = (change.thread, change.on, command.by.person)
    if (row.thread, row.on, row.by_person) != asked:
        return False
    kind = change.kind
    before = [entry for entry in entries_of(row.thread, kind) if entry.number < row.number]
    try:
        # the decision is made again where it was first made
        fact = decided_among(change, before, command)
    except Refusal:
        return False
    if kind.codec.kind_of(fact).name != row.kind:
        return False
    stored = kind.codec.decode(row.kind, row.version, row.body)  # as today's version has it
    again = kind.codec.encode(
        fact, corrects=change.corrects, reason=change.reason.digest if change.reason else None
    )
    return _with_stored_digests(again, row, change) == kind.codec.encode(
        stored.fact, corrects=stored.corrects, reason=stored.reason
    )


def _with_stored_digests(body: str, row: JournalEntry, change: Change) -> str:
    """Put the stored digest in place of each fresh one of the same content: only the salts differ.

    Of equal texts the first belongs to the first. What was redacted cannot be compared any more; it
    is taken as the same as what is left over.
    """
    sent = sorted(_sealed_of(change), key=lambda sealed: body.find(sealed.digest))
    stored = sorted(_stored_with(row), key=lambda kept: row.body.find(kept.digest))
    for matches in (_is_same_content, _is_removed):
        for sealed in list(sent):
            same = next((kept for kept in stored if matches(sealed, kept)), None)
            if same is not None:
                body = body.replace(sealed.digest, same.digest)
                sent.remove(sealed)
                stored.remove(same)
    return body


def _sealed_of(change: Change) -> list[SealedText | SealedFile]:
    names = [file.name for file in change.files]
    reason = [change.reason] if change.reason else []
    return [*change.texts, *reason, *names, *change.files]


def _stored_with(row: JournalEntry) -> list[StoredText | StoredFile]:
    """Return the texts and files of the thread whose digests stand in the entry."""
    kept: list[StoredText | StoredFile] = []
    for model in (StoredText, StoredFile):
        kept += model._default_manager.filter(district=row.district, thread=row.thread)
    return [each for each in kept if each.digest in row.body]


def _is_same_content(sealed: SealedText | SealedFile, kept: StoredText | StoredFile) -> bool:
    if isinstance(sealed, SealedText):
        return isinstance(kept, StoredText) and texts.is_same(sealed, kept)
    return isinstance(kept, StoredFile) and is_same_file(sealed, kept)


def _is_removed(sealed: SealedText | SealedFile, kept: StoredText | StoredFile) -> bool:
    return kept.salt is None and isinstance(sealed, SealedText) == isinstance(kept, StoredText)
