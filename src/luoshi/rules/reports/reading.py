"""Read a mended document: every statement that can be measured or followed, in its order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.rules.reports import actions, works
from luoshi.rules.reports.domains import domain_of
from luoshi.rules.reports.kinds import Standing, force_of, kind_of
from luoshi.rules.reports.mending import Kind as ParagraphKind
from luoshi.rules.reports.mending import Mended
from luoshi.rules.reports.numerals import HAN, number
from luoshi.rules.reports.periods import Moment, moments_in
from luoshi.rules.reports.responsible import actor_in
from luoshi.rules.reports.sections import MIDYEAR, Mode, Section, Sections, dated
from luoshi.rules.reports.sentences import SENTENCE, Found, read_numbers, values_in
from luoshi.rules.reports.statements import Kind, Statement

_LEVEL = re.compile(
    r"达到?$|增至|突破$|跨过$|超过?$|升至|提高到|总数|总量|里程|保有|余额|占比|覆盖率"
    r"|普及率|城镇化率|寿命|累计"
)
_COMPARED = re.compile(r"(?:较|比|对比|同|与|优于|高于|低于)\s*$")
_AS_MEASURE = re.compile(r"的?(?:[\d.]+倍|水平|基数|同期|底?相比)")
_RUNNING = re.compile(rf"连续([{HAN}]{{1,3}}|\d{{1,2}})年")
_ASSURED = re.compile("[，,](?:确保|力争|争取|务必)(?:在|于|到)?")
_BY_THEN = re.compile(
    "前?(?:全部|全面|基本|顺利|正式)?(?:投入使用|投入运营|建成|完工|竣工|通车|开工|投用|投产|完成|交付|开园|开放|运营)"
    "(?:使用|投用|投产|通车|运营|建设)?(?=[，。；,;]|$)"
)
_GOVERNS = re.compile("(?:之前|以前|前|期间|之内|内|起)?[，,]")
_MONTH = re.compile(r"\d{4}-\d{2}")
_HEADS = frozenset({ParagraphKind.HEADING, ParagraphKind.CAPTION})  # they name, they do not do
_UNREAD = frozenset({ParagraphKind.MENU, ParagraphKind.BYLINE, ParagraphKind.PAGE})
HEAD = 40  # characters at the head of a paragraph that say what it is about
AHEAD = 300  # characters before a sentence that may tell whether an article plans or reports
LEAD = 8  # characters at the head of a sentence in which a time word governs all of it


@dataclass(slots=True)
class Place:
    """A sentence with all that governs it."""

    start: int
    end: int
    paragraph: int
    section: Section
    is_body: bool
    moments: Sequence[Moment] = ()
    carried: Moment | None = None  # the time word before a semicolon that still governs
    actor: tuple[int, str] | None = None  # the unit named as acting, and where
    works: dict[tuple[int, int], tuple[str, ...]] | None = None  # of each clause asked for


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
            place = Place(*sentence.span(), paragraph.start, section, not is_head, (), carried)
            yield from _sentence(mended, doc, place)
            carried = _carried(text, place)


def _sentence(mended: Mended, doc: str, place: Place) -> list[Statement]:
    text, start, end, section = mended.text, place.start, place.end, place.section
    moments = moments_in(text, start, end, section.now)
    if moments:
        place.moments = [one for one in moments if not _is_measure(text, start, one)]
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
    moment = _moment_of(text, place, found.clause, value.start)
    begin = found.clause[0]
    clause = text[begin : value.start]
    kind, rule = kind_of(
        Standing(
            section.mode,
            _in_brackets(text, place.start, value.start) or found.before or clause,
            found.behind,
            text[place.start : place.end],
            text[max(place.paragraph, place.start - AHEAD) : place.start],
            _is_past(moment, section),
            _is_future(moment, section),
        )
    )
    is_target = kind is Kind.TARGET
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


def _action(mended: Mended, doc: str, place: Place, action: actions.Action) -> Statement:
    text, section = mended.text, place.section
    moment = _moment_of(text, place, (action.start, action.end), action.end)
    start, end = mended.span(action.start, action.end)
    is_target = action.kind is Kind.TARGET
    deadline, is_stated = _deadline(moment, section) if is_target else (None, None)
    words = text[action.start : action.end]
    return Statement(  # in the order of its fields
        doc,
        start,
        end,
        mended.original[start:end],
        *(None, None),  # no number
        action.kind,
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
    return place.actor[1] if place.actor is not None and place.actor[0] < before else None


def _domain(text: str, place: Place, clause: tuple[int, int]) -> str | None:
    """Return the field of a clause, else of its sentence, else of the head of its paragraph."""
    return (
        domain_of(text[clause[0] : clause[1]])
        or domain_of(text[place.start : place.end])
        or domain_of(text[place.paragraph : min(place.paragraph + HEAD, place.end)])
    )


def _is_measure(text: str, start: int, moment: Moment) -> bool:
    """Return whether a time word only says against what is measured: 较上年, 2017年的3倍."""
    if _COMPARED.search(text, max(start, moment.start - 2), moment.start):
        return True
    return _AS_MEASURE.match(text, moment.end) is not None


def _moment_of(text: str, place: Place, clause: tuple[int, int], at: int) -> Moment | None:
    """Return the time word that governs a place: of its clause, else of the sentence's head."""
    if not place.moments:
        return place.carried
    inside = [one for one in place.moments if clause[0] <= one.start < clause[1]]
    ahead = [one for one in inside if one.start < at]
    if ahead:
        return ahead[-1]
    if inside:
        return inside[0]
    heads = [one for one in place.moments if one.start < at and _governs(text, one, place)]
    if heads:
        return heads[-1]
    return next((one for one in place.moments if _follows(text, clause[1], one)), None)


def _carried(text: str, place: Place) -> Moment | None:
    """Return the time word that goes on governing behind a semicolon: 到2035年，…；…."""
    if text[place.end - 1] not in ";；":
        return None
    if not place.moments:
        return place.carried
    return next((one for one in reversed(place.moments) if _GOVERNS.match(text, one.end)), None)


def _follows(text: str, end: int, moment: Moment) -> bool:
    """Return whether the next clause only says by when: 加快建设，确保10月底前通车."""
    is_next = moment.start > end and _ASSURED.fullmatch(text, end, moment.start)
    return bool(is_next) and _BY_THEN.match(text, moment.end) is not None


def _governs(text: str, moment: Moment, place: Place) -> bool:
    """Return whether a time word holds for the clauses after its own.

    It does when a comma follows it, at the head of the sentence unless it is a month, and where
    it names another year than the section's.
    """
    if _GOVERNS.match(text, moment.end):
        return True
    if moment.start - place.start <= LEAD:
        return moment.period is None or not _MONTH.fullmatch(moment.period)
    return moment.year is not None and moment.year != place.section.now.year


def _is_past(moment: Moment | None, section: Section) -> bool:
    if moment is None:
        return False
    speaker = section.now.speaker
    if moment.is_past:
        return True
    if section.mode is Mode.REVIEW:
        return False
    day = section.now.day
    if moment.last is not None and day is not None and moment.last <= day:
        return moment.last.year < day.year or day.month > MIDYEAR
    return bool(speaker and moment.year and moment.year < speaker)


def _is_future(moment: Moment | None, section: Section) -> bool:
    speaker, day = section.now.speaker, section.now.day
    if moment is None or moment.is_past or moment.year is None or speaker is None:
        return False
    if moment.last is not None and day is not None and section.mode is Mode.MIXED:
        return moment.last > day
    return moment.year > speaker


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
