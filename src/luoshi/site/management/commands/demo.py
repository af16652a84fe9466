"""``luoshi demo``: a ledger of real facts, built through the same commands, and served."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from luoshi.base.console import REFUSED, ConsoleCommand, progress
from luoshi.organisation import queries
from luoshi.site import serving
from luoshi.site.demo import build
from luoshi.site.demo.tables import Tables
from luoshi.site.home import mark_demo, opening_day

DATA = Path(settings.PACKAGE).parent.parent / "data" / "erqi"


class Command(ConsoleCommand):
    """Build the demo once, then serve it on loopback."""

    help = (
        "Build a ledger of Erqi's real facts and serve it on loopback (建立二七区演示台账并打开)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare port and no-serve."""
        parser.add_argument(
            "--port",
            type=int,
            default=8000,
            help="port on loopback (default 8000; 0: any free one)",
        )
        parser.add_argument("--no-serve", action="store_true", help="only build")
        parser.add_argument("--data", type=Path, default=DATA, help="folder of the tables")

    def run(self, *, port: int, no_serve: bool, data: Path, **_options: object) -> None:
        """Build where there is no ledger yet; refuse to mix the demo into a real one."""
        call_command("migrate", verbosity=0)
        district = queries.the_district()
        if district is not None and not settings.IS_DEMO:
            msg = "this home holds a real ledger; set LUOSHI_HOME to an empty folder for the demo"
            raise CommandError(msg, returncode=REFUSED)
        if district is None:
            self._build(Tables(data))
        settings.IS_DEMO = True
        settings.OPENING_DAY = opening_day(settings.DEMO_MARK)
        if not no_serve:
            serving.serve(host="127.0.0.1", port=port, say=self.say)

    def _build(self, tables: Tables) -> None:
        """Build in one transaction: a broken-off build leaves nothing behind."""
        documents = list(tables.documents.values())
        with transaction.atomic():
            builder = build.found(tables=tables, at=timezone.now(), seed=uuid4())
            for step in progress(list(build.steps(builder)), "building the demo"):
                step()
        mark_demo(settings.DEMO_MARK, opens_on=documents[-1].day)
