"""The facts of a district as tables: figures, units, works, methods, each with its document."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """A published document and its day; ``assumed`` where the document prints none."""

    key: str
    title: str
    day: date
    assumed: bool


class Tables:
    """The CSV tables of a folder, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, name: str) -> list[Row]:
        """Return the records of a table."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Return the documents by name, oldest first."""
        found = [
            Document(
                row["source_doc"],
                row["title"],
                date.fromisoformat(row["day"]),
                bool(row["day_assumed"]),
            )
            for row in self.rows("documents")
        ]
        return {
            document.key: document for document in sorted(found, key=lambda document: document.day)
        }

    def first_document(self, names: str) -> Document:
        """Return the earliest of several documents separated by ``;``."""
        return min(
            (self.documents[name] for name in names.split(";")), key=lambda document: document.day
        )


def period_start(period: str) -> date | None:
    """Return the first day of a stated period, None where it is open.

    Such as 2017, 2020H1, 2020H2, 2021-06, 2016/2019.
    """
    first = period.split("/")[0]
    if not first or first == "..":
        return None
    if first.endswith("H1"):
        return date(int(first[:4]), 1, 1)
    if first.endswith("H2"):
        return date(int(first[:4]), 7, 1)
    year, _dash, month = first.partition("-")
    return date(int(year), int(month or 1), 1)


def period_end(period: str) -> date | None:
    """Return the last day of a stated period."""
    last = period.split("/")[-1]
    if not last or last == "..":
        return None
    if last.endswith("H1"):
        return date(int(last[:4]), 6, 30)
    if last.endswith("H2") or "-" not in last:
        return date(int(last[:4]), 12, 31)
    year, _dash, month = last.partition("-")
    following = date(int(year) + int(month) // 12, int(month) % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
