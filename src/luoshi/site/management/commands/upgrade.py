"""``luoshi upgrade``: bring the ledger of this home to this version."""

from django.core.management import call_command
from django.core.management.base import CommandParser

from luoshi.base.console import ConsoleCommand
from luoshi.site import versions


class Command(ConsoleCommand):
    """Carry out what a newer version asks of the ledger; running it again does nothing."""

    help = "Bring the ledger to this version; back it up before (升级台账；请先备份)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare whether to look only."""
        parser.add_argument(
            "--check", action="store_true", help="only say whether it is to be done (exit code 1)"
        )

    def run(self, *, check: bool, **_options: object) -> None:
        """Refuse a ledger newer than this version; migrate an older one."""
        versions.check_not_newer()
        if not check:
            call_command("migrate", verbosity=0)
        versions.check_not_older()
