"""Read a mended document: every statement that can be measured or followed, in its order."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from luoshi.rules.reports import actions, works
from luoshi.rules.reports.clauses import piece_at
from luoshi.rules.reports.dating import dated
from luoshi.rules.reports.domains import domain_of
from luoshi.rules.reports.grammar import choice
from luoshi.rules.reports.kinds import Standing, force_of, is_done, kind_of
from luoshi.rules.reports.mending import Kind as ParagraphKind
from luoshi.rules.reports.mending import Mended
from luoshi.rules.reports.periods import Moment, moments_in
from luoshi.rules.reports.places import (
    Place,
    carried_on,
    is_measure,
    moment_of,
    told_in,
    turned,
)
from luoshi.rules.reports.responsible import actors_in
from luoshi.rules.reports.sections import Sections
from luoshi.rules.reports.sentences import SENTENCE, Found, read_numbers, values_in
from luoshi.rules.reports.statements import Kind, Statement
from luoshi.rules.reports.subjects import is_cost
from luoshi.rules.reports.taking import Mode, Section, at_present, told_of
from luoshi.rules.reports.task_labels import Label, labels_in, labels_of
from luoshi.rules.reports.task_tables import Cell, Tables, day_in
from luoshi.rules.reports.timing import confidence_of, deadline_of, period_of
from luoshi.rules.reports.words.verbs import ACTIONS, ADVERBS

_DUE_ENDS = re.compile(r"[。；;\n]")
_DEEDS = re.compile(rf"(?:{choice((*ACTIONS, *ADVERBS))})+")
SHORTEST_SUBJECT = 2  # letters of what a cell speaks of by itself: 征地 is done to something
_HEADS = frozenset({ParagraphKind.HEADING, ParagraphKind.CAPTION})  # they name, they do not do
_UNREAD = frozenset({ParagraphKind.MENU, ParagraphKind.BYLINE, ParagraphKind.PAGE})
HEAD = 40  # characters at the head of a paragraph that say what it is about


def read(
    mended: Mended, *, doc: str, year: int | None = None, day: date | None = None
) -> list[Statement]:
    """Return the statements of a document; ``year`` and ``day`` stand for what it does not say."""
    return list(statements_of(mended, doc=doc, year=year, day=day))


def statements_of(
    mended: Mended, *, doc: str, year: int | None = None, day: date | None = None
) -> Iterator[Statement]:
    """Yield the statements one by one: memory does not grow with the length of the text."""
    text = mended.text
    sections = Sections(dated(text, year=year, day=day))
    labels, tables = labels_in(text, mended.paragraphs), Tables()
    for paragraph in mended.paragraphs:
        if paragraph.kind in _UNREAD:
            continue
        cells = tables.cells_of(text, paragraph.start, paragraph.end)
        words = text[paragraph.start : paragraph.end] if cells is None else ""
        is_head = paragraph.kind in _HEADS
        section = sections.taken(words, is_heading=paragraph.kind is ParagraphKind.HEADING)
        if sections.is_over or section.mode is Mode.SILENT:
            continue
        if cells is not None:
            yield from _row(mended, doc, section, cells)
            continue
        carried: Moment | None = None
        for sentence in SENTENCE.finditer(text, paragraph.start, paragraph.end):
            section = sections.led(section, text, *sentence.span())
            place = Place(*sentence.span(), paragraph.start, section, not is_head, (), carried)
            if labels:
                _label(text, place, labels)
            yield from _sentence(mended, doc, place)
            carried = carried_on(text, place)
            section = at_present(section, text, *sentence.span())


def _label(text: str, place: Place, labels: list[Label]) -> None:
    """Set who answers for a sentence, and by when, where labels behind it say so."""
    place.labels, (_unit, due) = labels, labels_of(labels, place.start)
    if due is not None:
        stop = _DUE_ENDS.search(text, due, due + HEAD)
        end = stop.start() if stop else min(len(text), due + HEAD)
        place.due = next(iter(moments_in(text, due, end, place.section.now)), None)


def _row(mended: Mended, doc: str, section: Section, cells: list[Cell]) -> Iterator[Statement]:
    """Yield what a row of a table of tasks says; at least what its task is called."""
    name = cells[0] if cells and cells[0].is_name else None
    of_row = [(cell, _of_cell(mended, doc, section, cell)) for cell in cells]
    called = _called(mended.text, of_row)
    is_silent = not any(statements for _cell, statements in of_row)
    for cell, statements in of_row:
        if not statements and (cell.is_step or (is_silent and cell is name)):
            at = (cell.start, cell.end)
            place = _cell_place(mended.text, _as_column(section, cell), cell, at)
            whole = actions.whole(mended.text, cell.start, cell.end)
            statements = [_action(mended, doc, place, whole)]
        for one in statements:
            yield one if name in (None, cell) else _told_of(one, called, is_step=cell.is_step)


def _of_cell(mended: Mended, doc: str, section: Section, cell: Cell) -> list[Statement]:
    section = _as_column(section, cell)
    spans = [found.span() for found in SENTENCE.finditer(mended.text, cell.start, cell.end)]
    places = [_cell_place(mended.text, section, cell, span) for span in spans]
    return [one for place in places for one in _sentence(mended, doc, place)]


def _as_column(section: Section, cell: Cell) -> Section:
    """Return how a cell is to be taken: as told, as promised, or as its section is."""
    if cell.is_done:
        return replace(section, mode=Mode.REVIEW)
    is_promised = cell.is_asked or section.mode is Mode.MIXED
    return replace(section, mode=Mode.PLAN) if is_promised else section


def _cell_place(text: str, section: Section, cell: Cell, span: tuple[int, int]) -> Place:
    place = Place(*span, cell.start, section, is_body=True, answers=cell.unit)
    place.due = day_in(text, cell.due, section.now) if cell.due else None
    return place


def _called(text: str, row: list[tuple[Cell, list[Statement]]]) -> str:
    """Return what a row speaks of: what its first cell says, else the words of that cell."""
    for cell, statements in row[:1]:
        said = next((one.subject for one in statements if one.subject), None)
        return said or text[cell.start : cell.end].strip()
    return ""


def _told_of(one: Statement, called: str, *, is_step: bool) -> Statement:
    """Name what a row speaks of where a cell only says what is done to it: 完成改造35个."""
    subject = one.subject or ""
    is_deed = one.value is None and (is_step or len(subject) <= SHORTEST_SUBJECT)
    if subject and not is_deed and not _DEEDS.fullmatch(subject):
        return one
    return one._replace(subject=called)


def _sentence(mended: Mended, doc: str, place: Place) -> list[Statement]:
    text, start, end, section = mended.text, place.start, place.end, place.section
    moments = moments_in(text, start, end, section.now)
    if moments and section.told is not None:
        told = moments_in(text, start, end, section.told.now)
        moments = told_in(text, moments, told, is_own=section.told.is_stated)
    if moments:
        place.moments = [one for one in moments if not is_measure(text, start, one)]
    place.actors = actors_in(text, start, end)
    statements: list[Statement] = []
    taken: list[tuple[int, int]] = []
    if values := values_in(text, start, end):
        found = read_numbers(text, start, end, values)
        taken = [piece_at(text, *one.clause, one.number.start) for one in found]
        pairs = zip(found, taken, strict=True)
        statements = [_numbered(mended, doc, place, one, piece) for one, piece in pairs]
        pairs = zip(found, taken, strict=True)  # the work itself is still to be told
        taken = [piece for one, piece in pairs if not is_cost(text, one.clause, one.number)]
    if place.is_body:
        done = actions.actions_in(text, start, end, section.mode, taken)
        statements += [_action(mended, doc, place, one) for one in done]
    return statements


def _numbered(
    mended: Mended, doc: str, place: Place, found: Found, piece: tuple[int, int]
) -> Statement:
    text, value, said, section = mended.text, found.number, found.said, place.section
    begin = found.clause[0]
    moment = turned(text, place, moment_of(text, place, found.clause, value.start), begin)
    clause = text[begin : value.start]
    before = _before(text, place, found)
    kind, rule = kind_of(Standing(text, place, moment, begin, before, found.behind))
    is_target = kind is Kind.TARGET
    section = section if is_target else told_of(section, text, place.start, value.start)
    start, end = mended.span(min(said.start, value.start), max(said.end, value.end))
    deadline, is_stated = deadline_of(moment, section) if is_target else (None, None)
    return Statement(  # by place, in the order of its fields: by name takes three times as long
        doc,
        start,
        end,
        mended.original[start:end],
        *mended.span(value.start, value.unit_end),
        kind,
        said.subject or None,
        value.value,
        value.value_max,
        value.comparator,
        value.unit,
        found.growth,
        force_of(clause) if is_target else None,
        period_of(moment, section, found, clause),
        deadline,
        is_stated,
        domain_of(said.subject) or _domain(text, place, found.clause),
        _works(text, place, piece),
        _responsible(place, value.start, value.start),
        confidence_of(found, rule),
        f"{found.rule}; {rule}",
    )


def _before(text: str, place: Place, found: Found) -> str:
    """Return what stands before a number in its bracket or its clause."""
    begin, at = found.clause[0], found.number.start
    return _in_brackets(text, place.start, at) or found.before or text[begin:at]


def _action(mended: Mended, doc: str, place: Place, action: actions.Action) -> Statement:
    text, section = mended.text, place.section
    moment = moment_of(text, place, (action.start, action.end), action.end)
    start, end = mended.span(action.start, action.end)
    words = text[action.start : action.end]
    standing = Standing(text, place, moment, action.start, words)
    kind = _kind(standing, action)
    is_target = kind is Kind.TARGET
    if kind is Kind.RESULT or (kind is Kind.MECHANISM and section.told and is_done(standing)):
        section = told_of(section, text, place.start, action.end)
    deadline, is_stated = deadline_of(moment, section) if is_target else (None, None)
    return Statement(  # in the order of its fields
        doc,
        start,
        end,
        mended.original[start:end],
        *(None, None),  # no number
        kind,
        action.subject or None,
        *(None, None, None, None),
        False,  # noqa: FBT003
        force_of(words) if is_target else None,
        (moment.period if moment else None) or section.period,
        deadline,
        is_stated,
        _domain(text, place, (action.start, action.end)),
        action.projects,
        _responsible(place, action.end, action.start),
        action.confidence,
        action.rule,
    )


def _kind(at: Standing, action: actions.Action) -> Kind:
    """Return what an action is where it stands: a way of working stays one, done or not."""
    if action.kind is Kind.MECHANISM and not action.projects:
        return action.kind
    if is_done(at):
        return Kind.RESULT
    return Kind.TARGET if action.kind is Kind.RESULT else action.kind


def _in_brackets(text: str, start: int, end: int) -> str:
    """Return what stands before a number in its bracket: （目前已建成3处，车位200个）."""
    opened = max(text.rfind("（", start, end), text.rfind("(", start, end))
    if opened < 0:
        return ""
    closed = max(text.rfind("）", start, end), text.rfind(")", start, end))
    return text[opened:end] if opened > closed else ""


def _works(text: str, place: Place, clause: tuple[int, int]) -> tuple[str, ...]:
    """Return the named works of a clause; its numbers share them."""
    known = place.works = place.works or {}
    if clause not in known:
        known[clause] = works.works_in(text, *clause)
    return known[clause]


def _responsible(place: Place, before: int, at: int) -> str | None:
    """Return the unit named last before a place, else that of the labels holding for another."""
    for start, unit in reversed(place.actors):
        if start < before:
            return unit
    return labels_of(place.labels, at)[0] if place.labels else place.answers


def _domain(text: str, place: Place, clause: tuple[int, int]) -> str | None:
    """Return the field of a clause, else of its sentence, else of the head of its paragraph."""
    return (
        domain_of(text[clause[0] : clause[1]])
        or domain_of(text[place.start : place.end])
        or domain_of(text[place.paragraph : min(place.paragraph + HEAD, place.end)])
    )
