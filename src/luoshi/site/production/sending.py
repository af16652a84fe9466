"""What is sent is taken in before the gate, so that slow senders hold up nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import Any

from luoshi.site.production.gate import Overloaded

Environ = dict[str, Any]
IN_MEMORY = 256 * 1024  # bytes; the rest waits in a file without a name
MOST_SENT = 256 * 1024 * 1024
SENDERS = 48  # who may be sending at once in a process
PATIENCE = 2.0  # seconds until a sender is told that there is no room

_senders = BoundedSemaphore(SENDERS)


@contextmanager
def taken_in(environ: Environ) -> Iterator[None]:
    """Take in what is sent before the gate: a slow sender holds no place, only a thread.

    Who sends slowly, or never ends, holds one of few threads, so that there are always some for
    those who read. What comes in pieces (chunked) gets its length here: Django reads nothing of
    what has none, and a command would be done without what was typed. Raises Overloaded.
    """
    left, in_pieces = _announced(environ)
    if not left:
        yield
        return
    with SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
        if not _senders.acquire(timeout=PATIENCE):
            raise Overloaded
        try:
            while left and (part := environ["wsgi.input"].read(min(left, IN_MEMORY))):
                kept.write(part)
                left -= len(part)
        finally:
            _senders.release()
        if in_pieces:
            del environ["HTTP_TRANSFER_ENCODING"]
            environ["CONTENT_LENGTH"] = str(kept.tell())
        kept.seek(0)
        environ["wsgi.input"] = kept
        yield


def _announced(environ: Environ) -> tuple[int, bool]:
    """Return how many bytes to take in, 0 for none, and whether they come in pieces.

    Of pieces one byte more than is ever taken: then it is refused as too large.
    """
    length = str(environ.get("CONTENT_LENGTH") or "")
    if not length and environ.get("HTTP_TRANSFER_ENCODING"):
        return MOST_SENT + 1, True
    return (int(length) if length.isdecimal() and int(length) <= MOST_SENT else 0), False
