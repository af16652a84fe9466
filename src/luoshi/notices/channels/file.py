"""The file outbox: a file of JSON lines a day, for a gateway of the office's own to take up."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from luoshi.notices.channels.message import Message, NotTaken


@dataclass(frozen=True, slots=True)
class FileOutbox:
    """Appends a line for each message to ``<folder>/<day>.jsonl``, in one write."""

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
                file.write(f"{line}\n".encode())
        except OSError as cause:
            raise NotTaken(str(cause)) from cause
