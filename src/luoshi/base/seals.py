"""Seals: a Merkle root over all entries since the last seal, and the proof of one entry."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from luoshi.base.models import JournalEntry, Line, Seal
from luoshi.rules.journal import ALGORITHM, HEADER_FIELDS, Header, header_text, moment
from luoshi.rules.merkle import path_of, root_of
from luoshi.rules.refusals import NotFound, Refusal


class NothingToSeal(Refusal):
    """Every entry is under a seal already; facts: ``last_number``."""

    code = "nothing_to_seal"


class NotSealedYet(Refusal):
    """The entry is younger than the last seal; facts: ``number``, ``sealed_to``."""

    code = "not_sealed_yet"


def seal_digest(seal: Seal) -> str:
    """Return the digest of a seal.

    It covers district, place, range, root, moment and the seal before it, one a line.
    """
    lines = (
        seal.district, seal.no, seal.first_number, seal.last_number, seal.algorithm, seal.root,
        moment(seal.at), seal.previous,
    )  # fmt: skip
    return sha256("\n".join(map(str, lines)).encode()).hexdigest()


def digests_between(district: UUID, first: int, last: int) -> list[str]:
    """Return the digests of a range of numbers, both ends included."""
    rows = JournalEntry.objects.filter(district=district, number__range=(first, last))
    return list(rows.order_by("number").values_list("digest", flat=True))


@transaction.atomic
def seal_line(*, district: UUID, at: datetime) -> Seal:
    """Seal everything since the last seal. Raises NothingToSeal."""
    line = Line.objects.select_for_update().get(pk=district)
    last = Seal.objects.filter(district=district).order_by("no").last()
    first_number = last.last_number + 1 if last else 1
    if first_number > line.last_number:
        raise NothingToSeal(last_number=line.last_number)
    seal = Seal(
        district=district,
        no=line.seals + 1,
        first_number=first_number,
        last_number=line.last_number,
        algorithm=ALGORITHM,
        root=root_of(digests_between(district, first_number, line.last_number)),
        at=at,
        previous=line.last_seal,
    )
    seal.digest = seal_digest(seal)
    seal.save(force_insert=True)
    line.seals, line.last_seal = seal.no, seal.digest
    line.save(update_fields=["seals", "last_seal"])
    return seal


@dataclass(frozen=True, slots=True)
class Proof:
    """What an outsider needs to check one entry against a printed root, seeing no other entry."""

    header: str
    body: str
    digest: str
    number: int
    seal: dict[str, Any]
    path: list[tuple[str, str]]


def proof_of(*, district: UUID, number: int) -> Proof:
    """Return the proof of an entry. Raises NotFound; NotSealedYet."""
    row = JournalEntry.objects.filter(district=district, number=number).first()
    if row is None:
        raise NotFound(what="entry")
    seal = Seal.objects.filter(
        district=district, first_number__lte=number, last_number__gte=number
    ).first()
    if seal is None:
        last = Seal.objects.filter(district=district).order_by("no").last()
        raise NotSealedYet(number=number, sealed_to=last.last_number if last else 0)
    digests = digests_between(district, seal.first_number, seal.last_number)
    path = path_of(digests, number - seal.first_number)
    header = Header(**{name: getattr(row, name) for name in HEADER_FIELDS})
    printed = {
        "no": seal.no,
        "first_number": seal.first_number,
        "last_number": seal.last_number,
        "root": seal.root,
        "at": moment(seal.at),
    }
    return Proof(header_text(header), row.body, row.digest, number, printed, list(path))
