"""``luoshi read FILE…``: work reports become statements, tables, or figures of how well."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.base.console import REFUSED, USAGE, ConsoleCommand, progress
from luoshi.base.wording import sentence_for
from luoshi.intake.reading.documents import Source, Text, When, at_hand, opened, sources_of
from luoshi.intake.reading.looking import Looked
from luoshi.intake.reading.refusals import NoSuchReport, out_of_reach
from luoshi.intake.reading.writing import sink, whole
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import Refusal
from luoshi.rules.reports.statements import Statement, as_line

LINES, LINKS, TABLE = "jsonl", "links", "table"
FORMATS = (LINES, TABLE, "xlsx", "docx")
YEARS = range(1900, 2200)
FEW = 3  # reports; more get a bar


class Command(ConsoleCommand):
    """Read reports."""

    help = (
        "Read work reports (txt, docx, pdf, html) into statements, each with its characters: "
        "JSON lines, a table, a workbook or a document (读报告，列出目标和成果)."
    )
    failed = 0  # reports that were refused
    asked: Any = None  # the endpoint, if one reads

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what is read, how it is written, and how well it is read."""
        add = parser.add_argument
        add("files", nargs="*", type=Path, metavar="FILE", help="reports, or folders of them")
        add("--list", type=Path, metavar="F", help="a file that names one report a line")
        add("--format", choices=FORMATS, default=LINES, help="(default: jsonl)")
        add(
            "--output", metavar="F",
            help="a file; or a folder (there already, or with / at its end): one jsonl a report, "
            "over all cores; a second run goes on where the first stopped",
        )  # fmt: skip
        add("--year", type=int, metavar="Y", help="the year in which the reports speak")
        add("--date", metavar="D", help="the day on which the reports were given")
        add("--links", action="store_true", help="print promises and their answers, JSON lines")
        add("--jobs", type=int, default=0, metavar="N", help="processes (default: every core)")
        add("--evaluate", type=Path, metavar="GOLD", help="measure against labels (JSON lines)")
        add("--texts", type=Path, metavar="DIR", help="where the labelled texts lie")
        add("--json", action="store_true", help="the figures of --evaluate as JSON")
        add("--endpoint", metavar="URL", help="let a chat endpoint of the office read instead")
        add("--model", default="default", metavar="M", help="which model of the endpoint")

    def run(self, **options: Any) -> None:
        """Read; data on standard output, problems on standard error."""
        when = _when(options["year"], options["date"])
        if options["evaluate"]:
            self._evaluate(options, when)
            return
        sources = sources_of([*options["files"], *_listed(options["list"])])
        output = options["output"]
        if output and (output.endswith(os.sep) or Path(output).is_dir()):
            self._read_many(sources, Path(output), when, options)
        else:
            self._read(sources, Path(output) if output else None, when, options)
        if self.failed:
            raise SystemExit(REFUSED)

    def _read(
        self, sources: list[Source], output: Path | None, when: When, options: dict[str, Any]
    ) -> None:
        """Read reports one after another into one output."""
        form = LINKS if options["links"] else options["format"]
        if form not in (LINES, LINKS, TABLE) and output is None and sys.stdout.isatty():
            raise CommandError(_("Name a file for it with --output."), returncode=USAGE)
        self._ask(options)
        with sink(output) as stream:
            if form == LINES:
                for text in self._texts(sources, when):
                    for one in self._statements(text):
                        stream.write(f"{as_line(one)}\n".encode())
            else:
                texts = self._texts(sources, when)
                reports = [at_hand(text, self._statements(text)) for text in texts]
                stream.write(whole(Looked(reports), form))
        if self.asked is not None:
            self.say(self.asked.told())

    def _texts(self, sources: list[Source], when: When) -> Iterator[Text]:
        """Yield the reports that can be read; say of the others why not."""
        for source in progress(sources, _("reading")) if len(sources) > FEW else sources:
            try:
                text = opened(source, when)
            except Refusal as refusal:
                self._refused(refusal)
                continue
            except OSError as cause:
                self._refused(out_of_reach(source.doc, cause))
                continue
            self._tell_scans(source.doc, text.scanned)
            yield text

    def _statements(self, text: Text) -> Iterator[Statement]:
        return text.statements() if self.asked is None else self.asked.statements(text)

    def _ask(self, options: dict[str, Any]) -> None:
        """Let an endpoint read where one is named; say where the text goes."""
        if not options["endpoint"]:
            return
        from luoshi.intake.reading.endpoint import KEY, Asked, Endpoint

        endpoint = Endpoint(options["endpoint"], options["model"], os.environ.get(KEY, ""))
        self.asked = Asked(endpoint)
        self.say(_("The text of the reports goes to %(host)s.") % {"host": endpoint.host})

    def _read_many(
        self, sources: list[Source], folder: Path, when: When, options: dict[str, Any]
    ) -> None:
        """Read each report into a file of its own, over all cores."""
        from luoshi.intake.reading.many import read_many

        if options["links"] or options["format"] != LINES or options["endpoint"]:
            raise CommandError(_("Into a folder only jsonl is written."), returncode=USAGE)
        counts: Counter[str] = Counter()
        jobs = max(options["jobs"], 0)
        done = read_many(sources, folder, when, jobs=jobs)
        for one in progress(done, _("reading"), total=len(sources)):
            counts[one.state] += 1
            counts["statements"] += one.statements
            if one.code:
                self._refused(type("Told", (Refusal,), {"code": one.code})(**(one.facts or {})))
            self._tell_scans(one.doc, one.scanned)
        self.say(
            _(
                "%(written)s reports read, %(statements)s statements; "
                "%(kept)s were read before; %(refused)s not read"
            )
            % {name: counts[name] for name in ("written", "statements", "kept", "refused")}
        )

    def _evaluate(self, options: dict[str, Any], when: When) -> None:
        """Print how well the reader agrees with labels."""
        from luoshi.intake.reading import gold, scoring

        path, folder = options["evaluate"], options["texts"]
        if not path.is_file():
            raise NoSuchReport(path=str(path))
        labels = gold.read_gold(path, folder, when)
        figures = scoring.figures_of(labels)
        if options["json"]:
            data = scoring.as_data(figures, labels)
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(scoring.lines_of(figures, labels)))

    def _refused(self, refusal: Refusal) -> None:
        self.failed += 1
        self.say(sentence_for(refusal))

    def _tell_scans(self, doc: str, pages: tuple[int, ...]) -> None:
        """Say which pages are pictures: their words are not in what was read."""
        if pages:
            self.say(
                ngettext(
                    "%(name)s: page %(pages)s is a scan; its words were not read.",
                    "%(name)s: pages %(pages)s are scans; their words were not read.",
                    len(pages),
                )
                % {"name": doc, "pages": "、".join(map(str, pages))}
            )


def _when(year: int | None, words: str | None) -> When:
    """Return what the call says of the reports' time. Raises DayNotUnderstood."""
    if year is not None and year not in YEARS:
        raise CommandError(_("%(year)s is no year.") % {"year": year}, returncode=USAGE)
    day = parse_day(words, year=year or timezone.localdate().year) if words else None
    return When(year, day)


def _listed(path: Path | None) -> list[Path]:
    """Return the files that a list names, one a line. Raises NoSuchReport."""
    if path is None:
        return []
    if not path.is_file():
        raise NoSuchReport(path=str(path))
    lines = path.read_text(encoding="utf-8-sig", errors="surrogateescape").splitlines()
    return [Path(line.strip()) for line in lines if line.strip()]
