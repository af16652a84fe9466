"""``luoshi serve``: serve the ledger of this home."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from luoshi.base.console import USAGE, ConsoleCommand
from luoshi.site import serving, versions
from luoshi.site.production import server


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
            "--production",
            action="store_true",
            help="behind a proxy, for an office: see docs/operations.md",
        )
        parser.add_argument(
            "--migrate",
            action="store_true",
            help="bring an older ledger to this version first; back it up before",
        )

    def run(
        self,
        *,
        host: str,
        port: int,
        workers: int | None,
        production: bool,
        migrate: bool,
        **_options: object,
    ) -> None:
        """Refuse a ledger newer than this version, and an older one until it may be migrated."""
        versions.check_not_newer()
        if migrate:
            call_command("migrate", verbosity=0)
        versions.check_not_older()
        if production and not settings.IS_PRODUCTION:
            msg = "write --production in full, or set LUOSHI_PRODUCTION=1"
            raise CommandError(msg, returncode=USAGE)
        serve = server.serve if settings.IS_PRODUCTION else serving.serve
        serve(host=host, port=port, workers=workers, say=self.say)
