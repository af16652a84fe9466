"""Files that came in, as the readers take them: by their path."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def on_disk(upload: "UploadedFile[bytes]") -> Iterator[Path]:
    """Give the path of an upload; a small one is not on the disk yet."""
    with tempfile.NamedTemporaryFile(suffix=Path(upload.name or "").suffix[:16]) as file:
        for piece in upload.chunks():
            file.write(piece)
        file.flush()
        yield Path(file.name)
