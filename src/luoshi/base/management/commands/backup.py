"""``luoshi backup FILE``."""

from pathlib import Path

from django.core.management.base import CommandParser

from luoshi.base import backup
from luoshi.base.console import ConsoleCommand, progress


class Command(ConsoleCommand):
    """Write ledger and evidence to one file while the ledger is in use."""

    help = "Write ledger and evidence to one file, online (在线备份台账与佐证材料)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def run(self, *, file: Path, **_options: object) -> None:
        """Write the archive."""
        total = len(backup.kept_models()) + 1
        written = sum(1 for _ in progress(backup.backup(file), "backing up", total=total))
        self.stdout.write(f"{file}: {written} parts, {file.stat().st_size} bytes")
