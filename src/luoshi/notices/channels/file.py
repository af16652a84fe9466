"""The file outbox: a file of JSON lines a day, for a gateway of the office's own to take up."""

import errno
import fcntl
import json
import os
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import ClassVar

from luoshi.notices.channels.message import Message, NotTaken


@dataclass(frozen=True, slots=True)
class FileOutbox:
    """Appends a line for each message to ``<folder>/<day>.jsonl``, whole or not at all."""

    folder: Path
    name: ClassVar[str] = "file"
    needs_address: ClassVar[bool] = False

    def send(self, message: Message) -> None:
        """Append the message; the file is readable by its owner only."""
        line = json.dumps(
            {
                "id": str(message.id),
                "to": message.address,
                "subject": message.subject,
                "text": message.text,
                "at": message.at.isoformat(),
            },
            ensure_ascii=False,
        )
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / f"{message.at:%Y-%m-%d}.jsonl"
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "ab", buffering=0) as file:
                _append(file, f"{line}\n".encode())
        except OSError as cause:
            raise NotTaken(str(cause)) from cause


def _append(file: FileIO, line: bytes) -> None:
    """Append a line; one that fits only in part, on a disk that fills, is taken back.

    Raises OSError. Others wait meanwhile: nobody may write behind the piece.
    """
    fcntl.flock(file, fcntl.LOCK_EX)  # given back with the file
    end = file.seek(0, os.SEEK_END)
    written = file.write(line)
    if written != len(line):
        file.truncate(end)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
