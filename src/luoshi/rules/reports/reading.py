"""Read a mended document: every statement that can be measured or followed, in its order."""

import re
from collections.abc import Iterator
from datetime import date

from luoshi.rules.reports import actions, works
from luoshi.rules.reports.dating import dated
from luoshi.rules.reports.domains import domain_of
from luoshi.rules.reports.kinds import Standing, force_of, is_done, kind_of
from luoshi.rules.reports.mending import Kind as ParagraphKind
from luoshi.rules.reports.mending import Mended
from luoshi.rules.reports.numerals import HAN, number
from luoshi.rules.reports.periods import Moment, moments_in
from luoshi.rules.reports.places import (
    Place,
    carried_on,
    is_future,
    is_measure,
    is_open,
    is_past,
    moment_of,
    told_in,
    turned,
)
from luoshi.rules.reports.responsible import Label, actor_in, labels_in, labels_of
from luoshi.rules.reports.sections import Mode, Section, Sections, led
from luoshi.rules.reports.sentences import SENTENCE, Found, read_numbers, values_in
from luoshi.rules.reports.statements import Kind, Statement

_LEVEL = re.compile(
    r"达到?$|增至|突破$|跨过$|超过?$|升至|提高到|总数|总量|里程|保有|余额|占比|覆盖率"
    r"|普及率|城镇化率|寿命|累计"
)
_RUNNING = re.compile(rf"连续([{HAN}]{{1,3}}|\d{{1,2}})年")
_HEADS = frozenset({ParagraphKind.HEADING, ParagraphKind.CAPTION})  # they name, they do not do
_UNREAD = frozenset({ParagraphKind.MENU, ParagraphKind.BYLINE, ParagraphKind.PAGE})
HEAD = 40  # characters at the head of a paragraph that say what it is about
AHEAD = 300  # characters before a sentence that may tell whether an article plans or reports


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
    labels = labels_in(text, [(one.start, one.end) for one in mended.paragraphs])
    for paragraph in mended.paragraphs:
        if paragraph.kind in _UNREAD:
            continue
        words = text[paragraph.start : paragraph.end]
        is_head = paragraph.kind in _HEADS
        section = sections.taken(words, is_heading=paragraph.kind is ParagraphKind.HEADING)
        if sections.is_over or section.mode is Mode.SILENT:
            continue
        carried: Moment | None = None
        for sentence in SENTENCE.finditer(text, paragraph.start, paragraph.end):
            section = led(section, text, *sentence.span())
            place = Place(*sentence.span(), paragraph.start, section, not is_head, (), carried)
            if labels:
                _label(text, place, labels)
            yield from _sentence(mended, doc, place)
            carried = carried_on(text, place)


def _label(text: str, place: Place, labels: list[Label]) -> None:
    """Set who answers for a sentence, and by when, where labels behind it say so."""
    place.answers, due = labels_of(labels, place.start)
    if due is not None:
        end = min(len(text), due + HEAD)
        place.due = next(iter(moments_in(text, due, end, place.section.now)), None)


def _sentence(mended: Mended, doc: str, place: Place) -> list[Statement]:
    text, start, end, section = mended.text, place.start, place.end, place.section
    moments = moments_in(text, start, end, section.now)
    if moments and section.told is not None:
        told = moments_in(text, start, end, section.told.now)
        moments = told_in(text, moments, told, is_own=section.told.is_stated)
    if moments:
        place.moments = [one for one in moments if not is_measure(text, start, one)]
    place.actor = actor_in(text, start, end)
    statements: list[Statement] = []
    taken: list[tuple[int, int]] = []
    if values := values_in(text, start, end):
        found = read_numbers(text, start, end, values)
        taken = [actions.piece_at(text, *one.clause, one.number.start) for one in found]
        pairs = zip(found, taken, strict=True)
        statements = [_numbered(mended, doc, place, one, piece) for one, piece in pairs]
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
    kind, rule = kind_of(
        _standing(text, place, moment, begin, _before(text, place, found), found.behind)
    )
    is_target = kind is Kind.TARGET
    section = section if is_target else section.told or section
    start, end = mended.span(min(said.start, value.start), max(said.end, value.end))
    deadline, is_stated = _deadline(moment, section) if is_target else (None, None)
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
        _period(moment, section, found, clause),
        deadline,
        is_stated,
        domain_of(said.subject) or _domain(text, place, found.clause),
        _works(text, place, piece),
        _responsible(place, value.start),
        _confidence(found, rule),
        f"{found.rule}; {rule}",
    )


def _before(text: str, place: Place, found: Found) -> str:
    """Return what stands before a number in its bracket or its clause."""
    begin, at = found.clause[0], found.number.start
    return _in_brackets(text, place.start, at) or found.before or text[begin:at]


def _standing(
    text: str, place: Place, moment: Moment | None, begin: int, before: str, behind: str = ""
) -> Standing:
    section = place.section
    return Standing(
        section.mode,
        before,
        behind,
        text[place.start : place.end],
        text[max(place.paragraph, place.start - AHEAD) : place.start],
        is_past(moment, section),
        is_future(text, moment, section),
        section.told is not None,
        is_open(text, moment, section),
        text[place.start : begin],
    )


def _action(mended: Mended, doc: str, place: Place, action: actions.Action) -> Statement:
    text, section = mended.text, place.section
    moment = moment_of(text, place, (action.start, action.end), action.end)
    start, end = mended.span(action.start, action.end)
    words = text[action.start : action.end]
    kind = _kind(_standing(text, place, moment, action.start, words), action)
    is_target = kind is Kind.TARGET
    section = section if is_target else section.told or section
    deadline, is_stated = _deadline(moment, section) if is_target else (None, None)
    return Statement(  # in the order of its fields
        doc,
        start,
        end,
        mended.original[start:end],
        *(None, None),  # no number
        kind,
        action.subject,
        *(None, None, None, None),
        False,  # noqa: FBT003
        force_of(words) if is_target else None,
        (moment.period if moment else None) or section.period,
        deadline,
        is_stated,
        _domain(text, place, (action.start, action.end)),
        action.projects,
        _responsible(place, action.end),
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


def _responsible(place: Place, before: int) -> str | None:
    acts = place.actor is not None and place.actor[0] < before
    return place.actor[1] if place.actor is not None and acts else place.answers


def _domain(text: str, place: Place, clause: tuple[int, int]) -> str | None:
    """Return the field of a clause, else of its sentence, else of the head of its paragraph."""
    return (
        domain_of(text[clause[0] : clause[1]])
        or domain_of(text[place.start : place.end])
        or domain_of(text[place.paragraph : min(place.paragraph + HEAD, place.end)])
    )


def _deadline(moment: Moment | None, section: Section) -> tuple[date | None, bool | None]:
    if moment is not None and moment.last is not None and not moment.is_past:
        return moment.last, True
    return section.deadline, False if section.deadline else None


def _period(moment: Moment | None, section: Section, found: Found, clause: str) -> str | None:
    if moment is not None and moment.period is not None:
        return moment.period
    year = section.now.year
    if found.number.is_rank and year is not None and (run := _RUNNING.search(clause)):
        return f"{year - int(number(run[1]) or 1) + 1}/{year}"
    if section.is_halfway:
        return str(year)  # counts are those of the year (labelling §6)
    is_level = not found.growth and bool(_LEVEL.search(found.before))
    return section.level_period if is_level else section.period


def _confidence(found: Found, rule: str) -> float:
    if rule.endswith(("default", "sentence", "paragraph")):
        return 0.7 if found.said.is_own else 0.55
    return 0.95 if found.said.is_own else 0.8
