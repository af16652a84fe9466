"""Where the user has the articles: every fact of the demo is linked to its characters in them.

The repository holds no article. A fact is looked for by its figure and unit, or by its name, in the
document that its table names; what is not found is told and stays without a link.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5

from luoshi.base.journal import Actor
from luoshi.base.papers.reading import read_paper
from luoshi.base.texts import texts_of
from luoshi.intake.reports.commands import supply_text
from luoshi.ledger import commands, queries
from luoshi.ledger.commands import Sent
from luoshi.rules.intake.promised import amount_in
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import law
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.reports.mending import Mended, mend
from luoshi.rules.reports.reading import read
from luoshi.rules.reports.statements import Statement
from luoshi.rules.sheets.likeness import bigrams
from luoshi.site.demo.tables import Document, Row, Tables

SHORTEST = 3  # letters of a name that are looked for
AROUND = 24  # characters at each side of a figure that say what it counts
_MARKS = re.compile(r"[“”\"《》（）()·\s]")
_PHASE = re.compile(r"[一二三四五]期")
_BLANKS = re.compile(r"\s+")
_BREAK = re.compile(r"[，。；、：\n]")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the tables: the matter's code, its document, what is said there.

    ``report`` tells a report from the promise: its day; None for the promise.
    """

    code: str
    document: str
    words: str
    value: Decimal | None = None
    unit: str = ""
    report: date | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read: its text with offsets, its figures, its digest."""

    document: Document
    mended: Mended
    figures: tuple[Statement, ...]
    digest: str


@dataclass(slots=True)
class Linked:
    """How many facts are linked, and which were not found, by code and document."""

    count: int = 0
    missed: list[tuple[str, str]] | None = None


def facts_of(tables: Tables) -> Iterator[Fact]:
    """Yield every fact that the demo tells of its matters."""
    for row in tables.rows("programmes"):
        yield from _programme(row, tables)
    for row in tables.rows("indicators"):
        if row["kind"] == "target":
            value = Decimal(row["value"] or row["growth_pct"])
            unit = row["unit"] if row["value"] else "%"
            yield Fact(row["indicator_id"], row["source_doc"], row["indicator"], value, unit)
    seen: set[str] = set()
    for row in sorted(
        tables.rows("projects"), key=lambda one: tables.documents[one["source_doc"]].day
    ):
        day = tables.documents[row["source_doc"]].day
        if row["project_id"] not in seen:
            seen.add(row["project_id"])
            yield Fact(row["project_id"], row["source_doc"], row["name"])
        if row["statement"] == "actual":
            yield Fact(
                row["project_id"], row["source_doc"], row["name"], report=day, told=row["stage"]
            )


def _programme(row: Row, tables: Tables) -> Iterator[Fact]:
    code, matter = row["programme_id"], row["matter"]
    if row["quantity"]:
        quantity = Decimal(row["quantity"])
        yield Fact(code, row["target_source_doc"], matter, quantity, row["unit"])
    if row["result_quantity"] and row["result_source_doc"]:
        yield Fact(
            code, row["result_source_doc"], matter, Decimal(row["result_quantity"]),
            row["result_unit"], report=tables.documents[row["result_source_doc"]].day,
        )  # fmt: skip


def link(tables: Tables, folder: Path, *, by: Actor, at: datetime) -> Iterator[Linked]:
    """Read the articles of a folder, keep their texts, link each fact; yields after each one.

    Raises what ``read_paper`` raises of bad files. Articles that are not there leave their facts
    without a link.
    """
    linked = Linked(missed=[])
    articles = _articles(tables, folder, by)
    facts = list(facts_of(tables))
    matters = queries.matter_ids_of(by, [fact.code for fact in facts])
    for fact in facts:
        article = articles.get(fact.document)
        matter = matters.get(fact.code)
        if (
            matter is not None
            and article is not None
            and _link(fact, article, matter, by, at, linked)
        ):
            linked.count += 1
        yield linked


def _articles(tables: Tables, folder: Path, by: Actor) -> dict[str, Article]:
    found = {}
    for key, document in tables.documents.items():
        path = folder / key
        if path.is_file():
            text = read_paper(path, name=key).text
            supply_text(path, name=key, by=by)
            mended = mend(text)
            figures = read(mended, doc=key, year=document.day.year, day=document.day)
            digest = sha256(text.encode()).hexdigest()
            found[key] = Article(document, mended, tuple(figures), digest)
    return found


def _link(
    fact: Fact, article: Article, matter: UUID, by: Actor, at: datetime, linked: Linked
) -> bool:
    """Link a fact of a matter; False where it was linked before or is not told of the matter."""
    state = state_on(queries.history_of(by, matter), date.max, law=law)
    report = _report_of(fact, state, matter)
    if fact.report is not None and report is None:
        return False
    if any((one.document, one.report) == (article.digest, report) for one in state.quotes):
        return False
    place = place_of(fact, article)
    if place is None:
        assert linked.missed is not None  # noqa: S101 - made with a list
        linked.missed.append((fact.code, fact.document))
        return False
    start, end = place
    commands.link_quote(
        matter_id=matter,
        document=article.digest,
        title=article.document.title,
        day=article.document.day,
        start=start,
        end=end,
        quote=article.mended.original[start:end],
        report=report,
        sent=Sent(
            on=article.document.day,
            expected=queries.last_entry_of(matter),
            command_id=uuid5(matter, f"quote/{article.digest}/{report}"),
            by=by,
            at=at,
        ),
    )
    return True


def _report_of(fact: Fact, state: MatterState, matter: UUID) -> UUID | None:
    """Return the report that tells a fact."""
    if fact.report is None:
        return None
    texts = texts_of(matter)
    for key, report in state.reports.items():
        told = report.fact
        is_same = told.achieved == fact.value if fact.value is not None else (
            texts.get(told.visible_progress or "") == fact.told
        )  # fmt: skip
        if report.on == fact.report and is_same:
            return key
    return None


def place_of(fact: Fact, article: Article) -> tuple[int, int] | None:
    """Return the characters of an article that state a fact, None where none do."""
    if fact.value is not None:
        return _figure(fact, article) or _printed(fact, article)
    return _named(fact.words, article.mended)


def _figure(fact: Fact, article: Article) -> tuple[int, int] | None:
    """Return the statement of the same amount whose words are most like the fact's."""
    wanted = bigrams(fact.words)
    same = [
        one
        for one in article.figures
        if one.value is not None and one.unit
        and amount_in(one.value, one.unit, fact.unit) == fact.value
    ]  # fmt: skip
    text = article.mended.original
    phases = _PHASE.findall(fact.words)
    best = max(
        [one for one in same if all(phase in one.quote for phase in phases)] or same,
        key=lambda one: _nearness(wanted, text, one.start, one.end),
        default=None,
    )
    return (best.start, best.end) if best else None


def _nearness(wanted: tuple[str, ...], text: str, start: int, end: int) -> Fraction:
    """Return how much of the fact's words stands around a figure."""
    around = _BLANKS.sub("", text[max(0, start - AROUND) : end + AROUND])
    return Fraction(len(set(wanted) & set(bigrams(around))), len(wanted))


def _printed(fact: Fact, article: Article) -> tuple[int, int] | None:
    """Return where the figure is printed, with the words of its clause."""
    text = article.mended.text
    wanted = bigrams(fact.words)
    value = rf"(?<![\d.]){re.escape(f'{fact.value:f}')}"
    found = list(re.finditer(value + re.escape(fact.unit), text))
    found = found or list(re.finditer(value + r"(?![\d.])", text))
    if not found:
        return None
    best = max(found, key=lambda one: _nearness(wanted, text, *one.span()))
    breaks = [
        one.end() for one in _BREAK.finditer(text, max(0, best.start() - AROUND), best.start())
    ]
    following = _BREAK.search(text, best.end())
    end = following.start() if following else len(text)
    return article.mended.span(breaks[-1] if breaks else best.start(), end)


def _named(name: str, mended: Mended) -> tuple[int, int] | None:
    """Return where a name stands, marks and blanks aside; of a long one at least its beginning."""
    places = [at for at, sign in enumerate(mended.text) if not _MARKS.match(sign)]
    text = "".join(mended.text[at] for at in places)
    wanted = _MARKS.sub("", name)
    for length in (len(wanted), *range(len(wanted) - 1, SHORTEST - 1, -1)):
        at = text.find(wanted[:length])
        if at >= 0:
            return mended.span(places[at], places[at + length - 1] + 1)
    return None
