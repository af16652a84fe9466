"""``luoshi journal``: verify, rebuild, seal, proof."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from luoshi.base import queries, rebuild, seals, verify
from luoshi.base.console import NO_LEDGER, REFUSED, ConsoleCommand, progress

if TYPE_CHECKING:  # a door only names the type: it reads by queries
    from luoshi.base.models import Line


class Command(ConsoleCommand):
    """Prove, rebuild and seal the journal."""

    help = "Prove, rebuild and seal the journal (日志：校验、重建、封存、举证)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the four parts."""
        parts = parser.add_subparsers(dest="part", required=True)
        parts.add_parser(
            "verify", help="walk the journal and name the first entry that does not hold"
        )
        again = parts.add_parser("rebuild", help="fold every thread again and say what differs")
        again.add_argument("--write", action="store_true", help="put right what differs")
        parts.add_parser("seal", help="seal all entries since the last seal and print the root")
        proof = parts.add_parser("proof", help="print the proof of one entry for an outsider")
        proof.add_argument("entry", type=int, metavar="ENTRY", help="number of the entry")
        for part in parts.choices.values():
            part.add_argument(
                "--district", type=UUID, help="id of the district (default: the only one)"
            )

    def run(self, *, part: str, **options: Any) -> None:
        """Call the part for the district asked for, or each in turn."""
        lines = queries.lines(options.get("district"))
        if not lines:
            raise CommandError(NO_LEDGER, returncode=REFUSED)
        for line in lines:
            getattr(self, part)(line=line, **options)

    def verify(self, *, line: "Line", **_options: object) -> None:
        """Walk the journal in number order and name the first entry that does not hold."""
        numbers = verify.verified_entries(district=line.pk)
        checked = sum(1 for _ in progress(numbers, "verifying", total=line.last_number))
        self.stdout.write(f"{checked} entries hold")

    def rebuild(self, *, line: "Line", write: bool, **_options: object) -> None:
        """Fold again, print every difference as a line of JSON; exit 1 where one is and stays."""
        found = rebuild.rebuilt(district=line.pk, write=write)
        total = queries.count_threads(line.pk)
        count = 0
        for differences in progress(found, "rebuilding", total=total):
            for difference in differences:
                count += 1
                self.stdout.write(json.dumps(asdict(difference), default=str, ensure_ascii=False))
        self.stdout.write(f"{count} differences" + (" put right" if write and count else ""))
        if count and not write:
            msg = "the rows are not what the journal gives: run with --write to put them right"
            raise CommandError(msg, returncode=REFUSED)

    def seal(self, *, line: "Line", **_options: object) -> None:
        """Seal and print the root for the bulletin."""
        seal = seals.seal_line(district=line.pk, at=timezone.now())
        self.stdout.write(f"{seal.no}\t{seal.first_number}-{seal.last_number}\t{seal.root}")

    def proof(self, *, line: "Line", entry: int, **_options: object) -> None:
        """Print the proof as JSON, to be checked by docs/check_proof.py."""
        proof = seals.proof_of(district=line.pk, number=entry)
        self.stdout.write(json.dumps(asdict(proof), ensure_ascii=False, indent=1))
