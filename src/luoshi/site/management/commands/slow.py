"""``luoshi slow``: the statements of the database that took long."""

import json
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import CommandParser

from luoshi.base.aligned import aligned, cut
from luoshi.base.console import ConsoleCommand
from luoshi.site.production.slow import Group, groups

HEAD = ("times", "total s", "longest s", "last page", "last request", "statement")
WIDEST = 100  # columns of a statement


class Command(ConsoleCommand):
    """Print slow statements, those first that took most time in all."""

    help = "Print the statements that took long on this server (数据库慢语句)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how many and in what form."""
        parser.add_argument("--most", type=int, default=20, help="how many (default 20)")
        parser.add_argument("--json", action="store_true", help="whole statements, as JSON lines")

    def run(self, *, most: int, json: bool, **_options: object) -> None:
        """Print them; nothing where none was slow."""
        found = groups(settings.SLOW_FILE)[: max(most, 0)]
        for line in _lines(found) if json else _table(found):
            self.stdout.write(line)


def _lines(found: list[Group]) -> list[str]:
    return [json.dumps(asdict(group), ensure_ascii=False) for group in found]


def _table(found: list[Group]) -> list[str]:
    rows = [
        (
            str(group.times),
            f"{group.total:.1f}",
            f"{group.longest:.1f}",
            group.view,
            group.request,
            cut(group.statement, WIDEST),
        )
        for group in found
    ]
    return list(aligned([HEAD, *rows])) if rows else []
