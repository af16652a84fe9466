"""``luoshi board``: the board of any day as a table, CSV or JSON."""

import csv
import json
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from luoshi.base.aligned import aligned
from luoshi.base.console import ConsoleCommand
from luoshi.ledger import listing
from luoshi.organisation import queries as organisation
from luoshi.rules.days import parse_day

SIMULATED = "simulated · 模拟数据，由种子 {seed} 生成，并非事实"


class Command(ConsoleCommand):
    """Print the board."""

    help = "Print the board of any day (打印任意一天的看板)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare day, knowledge and format."""
        parser.add_argument(
            "--on", metavar="DAY", help="the day, such as 2020-07-30 (default: today)"
        )
        parser.add_argument(
            "--known-at", type=int, metavar="N", help="as known after entry N (default: now)"
        )
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
        parser.add_argument(
            "--district", metavar="CODE", help="division code (default: the first district)"
        )
        parser.add_argument(
            "--closed", action="store_true", help="with what is closed out or abolished"
        )

    def run(self, *, on: str | None, known_at: int | None, format: str, **options: Any) -> None:  # noqa: A002
        """Print, data on standard output only."""
        today = timezone.localdate()
        day = parse_day(on, year=today.year) if on else today
        visitor = organisation.visitor_of(options["district"])
        district = organisation.district_named(visitor.district)
        if district is not None and district.seed is not None:
            self.say(SIMULATED.format(seed=district.seed))
        lines = listing.lines(visitor, day=day, known_at=known_at, with_closed=options["closed"])
        getattr(self, f"_{format}")(lines)

    def _json(self, lines: list[dict[str, Any]]) -> None:
        self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1))

    def _csv(self, lines: list[dict[str, Any]]) -> None:
        writer = csv.writer(sys.stdout)
        writer.writerow(listing.HEAD)
        writer.writerows(map(listing.harmless, listing.flat(line)) for line in lines)

    def _table(self, lines: list[dict[str, Any]]) -> None:
        rows = [listing.HEAD, *(listing.flat(line) for line in lines)]
        for line in aligned(rows):
            self.stdout.write(line)
