"""``luoshi audit``: verify, drop."""

from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone

from luoshi.audit import commands, queries
from luoshi.base.console import ConsoleCommand, progress
from luoshi.base.journal import Actor
from luoshi.organisation.queries import visitor_of
from luoshi.rules.rights import Role

CONSOLE = UUID(int=0)
"""Whoever works on the server itself: it is named in no post."""


class Command(ConsoleCommand):
    """Prove the audit list, and drop days whose time has ended."""

    help = "Verify the audit list and drop old days (审计记录：校验、清理)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the two parts."""
        parts = parser.add_subparsers(dest="part", required=True)
        parts.add_parser("verify", help="walk the list and name the first line that does not hold")
        parts.add_parser("drop", help="drop the days that need be kept no longer")
        for part in parts.choices.values():
            part.add_argument("--district", default=None, help="division code (default: the first)")

    def run(self, *, part: str, district: str | None, **_options: Any) -> None:
        """Call the part for the district asked for."""
        getattr(self, part)(visitor_of(district).district)

    def verify(self, district: UUID) -> None:
        """Walk every line; a line that does not hold is named, with exit code 1."""
        numbers = queries.verified_lines(district=district)
        checked = sum(1 for _ in progress(numbers, "verifying"))
        self.stdout.write(f"{checked} lines hold")

    def drop(self, district: UUID) -> None:
        """Drop what is old enough; each day's digest stays in the journal."""
        hand = Actor(district=district, person=CONSOLE, roles=frozenset({Role.AUDITOR}))
        days = commands.drop_old_days(by=hand, at=timezone.now())
        self.stdout.write(f"{len(days)} days dropped")
