"""``luoshi serve``: serve the ledger of this home."""

from django.core.management import call_command
from django.core.management.base import CommandParser

from luoshi.base.console import ConsoleCommand
from luoshi.site import serving, versions


class Command(ConsoleCommand):
    """Serve, once the ledger fits this version and somebody can sign in."""

    help = "Serve the ledger of this home (启动服务)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare address and migration."""
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)"
        )
        parser.add_argument(
            "--port", type=int, default=8000, help="port (default 8000; 0: any free one)"
        )
        parser.add_argument("--workers", type=int, help="server processes (default: by cores)")
        parser.add_argument(
            "--migrate",
            action="store_true",
            help="bring an older ledger to this version first; back it up before",
        )

    def run(
        self, *, host: str, port: int, workers: int | None, migrate: bool, **_options: object
    ) -> None:
        """Refuse a ledger newer than this version, and an older one until it may be migrated."""
        versions.check_not_newer()
        if migrate:
            call_command("migrate", verbosity=0)
        versions.check_not_older()
        serving.serve(host=host, port=port, workers=workers, say=self.say)
