"""``luoshi import ledger FILE``: a sheet of the office becomes matters of the ledger."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from luoshi.base.console import REFUSED, USAGE, ConsoleCommand, progress
from luoshi.intake import commands
from luoshi.intake.decided import Decided, UnknownUnits
from luoshi.intake.reporting import report_of
from luoshi.organisation import queries as organisation
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import NotFound


class Command(ConsoleCommand):
    """Import a sheet."""

    help = "Import a sheet (xlsx, xls, csv, docx, pdf) into the ledger (把台账表格导入)."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Name the command as it is called; no module can be named ``import``."""
        return super().create_parser(prog_name, subcommand.removesuffix("_sheet"), **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what is imported, and what becomes of what is not known."""
        parser.add_argument("what", choices=("ledger",), help="what the sheet holds")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="judge only, write nothing")
        parser.add_argument(
            "--as-of", metavar="DAY", help="day of the figures (default: as the sheet says)"
        )
        parser.add_argument(
            "--unknown-units",
            choices=[each.value for each in UnknownUnits],
            default=UnknownUnits.NOTE.value,
            help="what becomes of a row whose unit is not known (default: note)",
        )
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")
        parser.add_argument("--district", metavar="CODE", help="division code (default: the first)")

    def run(self, *, file: Path, as_of: str | None, dry_run: bool, **options: Any) -> None:
        """Stage, judge, write; tell what became of the rows."""
        if not file.is_file():
            raise CommandError(f"{file}: no such file · 没有这个文件", returncode=USAGE)
        now = timezone.now()
        today = timezone.localdate(now)
        visitor = organisation.visitor_of(options["district"])
        by = organisation.office_of(visitor, day=today)
        if by is None:
            raise NotFound(what="office")
        decided = Decided(UnknownUnits(options["unknown_units"]))
        sheet = commands.stage(
            file, name=file.name, by=by, at=now, decided=decided,
            as_of=parse_day(as_of, year=today.year) if as_of else None,
        )  # fmt: skip
        if not dry_run:
            self._write(sheet, by, now)
        report = report_of(sheet)
        if dry_run:
            commands.discard(sheet.pk, by=by)
        self._tell(report, as_json=options["json"])
        if report["refused"]:
            raise SystemExit(REFUSED)

    def _write(self, sheet: Any, by: Any, now: Any) -> None:
        done = 0
        bar = progress(range(sheet.counts.get("ready", 0)), "导入")
        for rows in commands.write(sheet.pk, by=by, at=now):
            for _ in range(rows - done):
                next(bar, None)
            done = rows

    def _tell(self, report: dict[str, Any], *, as_json: bool) -> None:
        """Say what became of the rows in words, or as one line of JSON."""
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        names = ("rows", "created", "changed", "unchanged", "refused")
        self.stdout.write("  ".join(f"{name} {report[name]}" for name in names))
        for problem in report["problems"]:
            self.stdout.write(f"{problem['row']}\t{problem['column']}\t{problem['message']}")
