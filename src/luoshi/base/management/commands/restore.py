"""``luoshi restore FILE``."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandParser

from luoshi.base import backup, queries, verify
from luoshi.base.console import ConsoleCommand, progress


class Command(ConsoleCommand):
    """Bring a backup back into an empty home and verify it."""

    help = "Bring a backup back into an empty home, and verify it (在空目录中恢复备份并校验)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def run(self, *, file: Path, **_options: object) -> None:
        """Read the archive, verify the journal, print each district's last root."""
        call_command("migrate", verbosity=0)
        for _ in progress(backup.restore(file), "restoring"):
            pass
        for line in queries.lines():
            held = verify.verified_entries(district=line.pk)
            count = sum(1 for _ in progress(held, "verifying", total=line.last_number))
            self.stdout.write(f"{line.pk}\t{count} entries hold\t{line.last_seal or '-'}")
