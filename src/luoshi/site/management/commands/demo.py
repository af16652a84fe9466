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
from luoshi.site.demo import build, quotes, simulated
from luoshi.site.demo.tables import Tables
from luoshi.site.home import mark_demo, opening_day

DATA = Path(settings.PACKAGE) / "site" / "demo" / "erqi"


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
        parser.add_argument(
            "--simulate",
            action="store_true",
            help="add a second district, whose year of reports is made up for trying out",
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="what the simulated year is drawn from (default 1)"
        )
        parser.add_argument("--data", type=Path, default=DATA, help="folder of the tables")
        parser.add_argument(
            "--reports",
            type=Path,
            metavar="DIR",
            help="folder of the articles, if you have them: every fact is linked to its characters",
        )

    def run(
        self,
        *,
        port: int,
        no_serve: bool,
        data: Path,
        simulate: bool,
        seed: int,
        reports: Path | None,
        **_options: object,
    ) -> None:
        """Build where there is no ledger yet; refuse to mix the demo into a real one."""
        call_command("migrate", verbosity=0)
        district = queries.the_district()
        if district is not None and not settings.IS_DEMO:
            msg = "this home holds a real ledger; set LUOSHI_HOME to an empty folder for the demo"
            raise CommandError(msg, returncode=REFUSED)
        if district is None:
            self._build(Tables(data))
        if reports is not None:
            self._link(Tables(data), reports)
        if simulate:
            self._simulate(seed)
        settings.IS_DEMO = True
        settings.WEBHOOK_NETWORKS = settings.WEBHOOK_NETWORKS or settings.LOOPBACK
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

    def _link(self, tables: Tables, folder: Path) -> None:
        """Link the demo's facts to the articles of a folder; say what was not found."""
        if not folder.is_dir():
            msg = f"there is no folder {folder}"
            raise CommandError(msg, returncode=REFUSED)
        visitor = queries.visitor_of(build.DISTRICT_CODE)
        office = queries.office_of(visitor, day=timezone.localdate())
        if office is None:
            msg = "this ledger has no office post; build the demo in an empty folder"
            raise CommandError(msg, returncode=REFUSED)
        linked = quotes.Linked(missed=[])
        with transaction.atomic():
            steps = quotes.link(tables, folder, by=office, at=timezone.now())
            for told in progress(steps, "linking sentences"):
                linked = told
        self.say(f"{linked.count} facts linked to their sentences")
        for code, document in linked.missed or []:
            self.say(f"not found: {code} in {document}")

    def _simulate(self, seed: int) -> None:
        """Add the simulated district beside the facts; there is one, drawn from one seed."""
        there = queries.the_district(simulated.CODE)
        if there is not None:
            if there.seed != seed:
                msg = f"this demo's simulated district is drawn from seed {there.seed}"
                raise CommandError(msg, returncode=REFUSED)
            return
        with transaction.atomic():
            for step in progress(list(simulated.steps(seed)), "simulating a year"):
                step()
