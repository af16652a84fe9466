"""Evidence files: judged by content, stripped of metadata, stored under their digest.

The folder stands outside the web root.
"""

import io
import secrets
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from luoshi.base import texts
from luoshi.base.models import StoredFile
from luoshi.base.texts import SealedText
from luoshi.rules.journal import TextDigest, text_digest
from luoshi.rules.refusals import Refusal


class FileTooLarge(Refusal):
    """The file is larger than allowed; facts: ``name``, ``size``, ``largest`` (bytes)."""

    code = "file_too_large"


class FileTypeRefused(Refusal):
    """The content is none of the types taken; facts: ``name``."""

    code = "file_type_refused"


class FileDamaged(Refusal):
    """The content cannot be read as what it claims to be; facts: ``name``."""

    code = "file_damaged"


class Upload(Protocol):
    """A file sent by a browser or an API client."""

    name: str | None
    size: int | None

    def read(self, size: int = -1) -> bytes:
        """Return content."""
        ...


PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIXES = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", DOCX: ".docx", XLSX: ".xlsx"}
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MOST_PIXELS = 60_000_000
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A stored file with the salts of its name and content.

    Its row is written with the entry, or not at all.
    """

    name: SealedText
    content: str
    salt: bytes
    digest: TextDigest
    size: int
    media_type: str


def take(upload: Upload) -> SealedFile:
    """Store an upload's content under its digest.

    Raises FileTooLarge, FileTypeRefused, FileDamaged. Content without an entry that names it is
    harmless: it is found again under the same digest by the next try.
    """
    name = Path(upload.name or "file").name[:120]
    largest: int = settings.EVIDENCE_MAX_BYTES
    if (upload.size or 0) > largest:
        raise FileTooLarge(name=name, size=upload.size, largest=largest)
    content = upload.read(largest + 1)
    if len(content) > largest:
        raise FileTooLarge(name=name, size=len(content), largest=largest)
    media_type = type_of(content, name)
    if media_type in {PNG, JPEG}:
        content = without_metadata(content, name)
    digest = sha256(content).hexdigest()
    _store(content, digest)
    salt = secrets.token_bytes(_SALT_BYTES)
    return SealedFile(
        texts.seal(name),
        digest,
        salt,
        text_digest(bytes.fromhex(digest), salt),
        len(content),
        media_type,
    )


def type_of(content: bytes, name: str) -> str:
    """Return the media type that the content itself shows. Raises FileTypeRefused."""
    for start, media_type in (
        (b"%PDF-", PDF),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"\xff\xd8\xff", JPEG),
    ):
        if content.startswith(start):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content, name)
    raise FileTypeRefused(name=name)


def _office_type(content: bytes, name: str) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile as cause:
        raise FileDamaged(name=name) from cause
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise FileTypeRefused(name=name)
    for part, media_type in _OFFICE.items():
        if part in names:
            return media_type
    raise FileTypeRefused(name=name)


def without_metadata(content: bytes, name: str) -> bytes:
    """Return a picture drawn anew: no place, camera or time in it, turned as it was meant.

    Raises FileDamaged.
    """
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise FileDamaged(name=name)
            kind = picture.format
            upright = ImageOps.exif_transpose(picture)
            bare = Image.new(upright.mode, upright.size)
            if upright.mode == "P":
                bare.putpalette(upright.getpalette() or [])
            bare.paste(upright)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as cause:
        raise FileDamaged(name=name) from cause
    drawn = io.BytesIO()
    bare.save(drawn, format=kind, **({"quality": 90} if kind == "JPEG" else {"optimize": True}))
    return drawn.getvalue()


def path_of(digest: str) -> Path:
    """Return where content of a digest stands on disk."""
    return Path(settings.EVIDENCE_ROOT) / digest[:2] / digest


def _store(content: bytes, digest: str) -> None:
    path = path_of(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{digest}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.chmod(0o600)
    draft.replace(path)


def keep_files(files: Iterable[tuple[SealedFile, UUID]], *, district: UUID) -> None:
    """Write the rows of evidence files, each with its thread, in the entries' own transaction."""
    listed = list(files)
    texts.keep([(file.name, thread) for file, thread in listed], district=district)
    StoredFile.objects.bulk_create(
        StoredFile(
            district=district,
            digest=file.digest,
            thread=thread,
            salt=file.salt,
            content=file.content,
        )
        for file, thread in listed
    )


def is_same_file(file: SealedFile, stored: StoredFile) -> bool:
    """Tell whether a file sent again is the one stored, which was not redacted."""
    if stored.salt is None:
        return False
    return text_digest(bytes.fromhex(file.content), bytes(stored.salt)) == stored.digest


def opened(stored: StoredFile) -> BinaryIO:
    """Open the content of a stored file that was not redacted."""
    if stored.content is None:
        raise FileNotFoundError
    return path_of(stored.content).open("rb")


def forget(contents: Iterable[str]) -> None:
    """Remove contents from disk that no row names any more."""
    for content in contents:
        if not StoredFile.objects.filter(content=content).exists():
            path_of(content).unlink(missing_ok=True)
