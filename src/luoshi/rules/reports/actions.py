"""Statements without a number: one for each clause that does something to something."""

import re
from typing import NamedTuple

from luoshi.rules.reports import works
from luoshi.rules.reports.clauses import clauses_of
from luoshi.rules.reports.grammar import alternation, choice, presence, stripped
from luoshi.rules.reports.offices import before_bracket
from luoshi.rules.reports.openings import behind_aim, behind_doer, focused, list_at, served, treated
from luoshi.rules.reports.statements import Kind
from luoshi.rules.reports.subjects import without_cost
from luoshi.rules.reports.taking import Mode
from luoshi.rules.reports.telling import told_of
from luoshi.rules.reports.ways import is_way
from luoshi.rules.reports.words.deeds import (
    ABOUT_WORKS,
    EVENTS,
    HOLLOW,
    MORE_ACTIONS,
    STRAIGHT,
    VAGUE_ENDS,
)
from luoshi.rules.reports.words.verbs import ACTIONS, ADVERBS

SHORTEST_CLAUSE = 4
SHORTEST_OBJECT = 2
NUMBERED_LENGTH = 45  # characters of a numbered heading that ends like a sentence
LONGEST_HEAD = 30  # characters before a colon that name what is told of
HEADING_LENGTH = 13  # characters: 推动城市更新。 heads what follows and says no more


class Action(NamedTuple):
    """A clause text[start:end] that says what is done, and to what."""

    start: int
    end: int
    kind: Kind
    subject: str
    projects: tuple[str, ...]
    confidence: float
    rule: str


_DOES = re.compile(
    rf"(?:[\s、“]|其中|同时|自觉|动态|稳慎|燃情|又|以[一-鿿]{{2,8}}?(?:之心|决心|力度|标准|态度|功夫)|对[^，]{{2,20}}?进行|[一二三四五六七八九十]是|{choice(ADVERBS)})*"
    rf"(?P<verb>{choice((*ACTIONS, *MORE_ACTIONS))})了?"
)
_STARTS = re.compile(rf"(?:{alternation(STRAIGHT)})")
_START_LETTERS = frozenset(word[0] for word in STRAIGHT)  # one look tells that it cannot match
_EVENT = re.compile(presence(EVENTS))
_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|\d{1,2} ?[.、．](?!\d)|\d{1,3}\t)"
)
_GENERAL = re.compile(
    r"总体要求|指导思想|总要求|总体思路|必须把|主要做了|重点[做抓]好(?=以下|[：:\d一二三四五六七八九十]|[^，。]{0,8}工作)|以下.{0,6}工作"
)
_LAST_LETTERS = 8
_VAGUE_LETTERS = frozenset(word[-1] for word in VAGUE_ENDS)
_VAGUE_PATTERN = re.compile(
    r"(?:[执聚凝吸集战行响竞]\S?力|[一两三四五六七八九十]+[项大]\S{0,2}[作动程理])$"
)
_HOLLOW_NAME = r"(?:[一两三四五六七八九十]+[个大项]|现代化|品质)[^”’]*[”’]"
_HOLLOW = re.compile(rf"{presence(HOLLOW)}|“{_HOLLOW_NAME}|‘{_HOLLOW_NAME}")
_AWARDED = re.compile("授予|被评为|荣获|获评")
_DONE_LETTERS = frozenset("成工用车产付放")
_ONLY_WHEN = re.compile(
    r"(?:确保|力争|争取|务必)?(?:在|于|到)?(?:\d{4}年|今年|明年|年)?(?:\d{1,2}月)?(?:[上中下]旬|\d{1,2}日)?[底末]?(?:之前|以前|前|内)?"
    r"(?:全部|全面|基本|顺利|正式)?(?:建成投用|完成|建成|完工|竣工|通车|开工|投用|投产|交付|开放)"
)
"""A clause that names a day and no work: 12月底前完成, 9月底前建成."""
_LIST = re.compile("[、等]")
_TITLE_ENDS = ("项目", "工程", "建设", "）")  # how the name of a project ends that is a clause
_KEPT = re.compile(r"机制|制度|改革|“|体系|办法|条例|规划|方案")


def actions_in(
    text: str, start: int, end: int, mode: Mode, taken: list[tuple[int, int]]
) -> list[Action]:
    """Return the actions of the clauses that hold no number; ``taken`` are those that do."""
    if (not taken and _is_heading(text, start, end)) or _GENERAL.search(text, start, end):
        return []
    begin = _behind_number(text, start, end)
    if begin is None:
        return []
    may_be_hollow = _HOLLOW.search(text, start, end) is not None  # most sentences cannot
    found = []
    for first, last in clauses_of(text, begin, end):
        if last - first < SHORTEST_CLAUSE or (taken and _is_taken(taken, first, last)):
            continue
        if taken and text[last - 1] in _DONE_LETTERS and _ONLY_WHEN.fullmatch(text, first, last):
            continue  # says by when the number before it is to be: that is its deadline
        if may_be_hollow and _is_hollow(text, first, last):
            continue
        action = _action(text, first, before_bracket(text, first, last), mode)
        if action is not None:
            found.append(action)
    return found


def whole(text: str, start: int, end: int) -> Action:
    """Return the whole of a cell as what is to be done: 甲乙大街建设项目."""
    names = works.works_in(text, start, end)
    return Action(start, end, Kind.TARGET, text[start:end].strip(), names, 0.6, "row of a table")


def _is_taken(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    for first, last in taken:  # noqa: SIM110  asked of every clause, a loop is twice as fast
        if first < end and start < last:
            return True
    return False


def _is_heading(text: str, start: int, end: int) -> bool:
    """Return whether a short sentence only heads what follows: 推动城市更新。"""
    if end - start > HEADING_LENGTH or text.find("，", start, end) >= 0:
        return False
    return not (_EVENT.search(text, start, end) or works.works_in(text, start, end))


def _behind_number(text: str, start: int, end: int) -> int | None:
    """Return where a sentence begins behind its number in a list: 3.|建成甲大桥。

    None where it is a heading that ends like a sentence: （一）加快城市更新。
    """
    item = _NUMBERED.match(text, start, end)
    if item is None:
        return start
    is_short = end - start <= NUMBERED_LENGTH
    is_task = item[0].strip()[0].isdecimal() and (
        _EVENT.search(text, item.end(), end) or works.works_in(text, item.end(), end)
    )
    return item.end() if is_task or not is_short else None


def _is_hollow(text: str, start: int, end: int) -> bool:
    if _HOLLOW.search(text, start, end) is None or _AWARDED.search(text, start, end):
        return False
    return not works.works_in(text, start, end)


def _action(text: str, start: int, end: int, mode: Mode) -> Action | None:
    begin, is_straight = start, False
    if text[start] in _START_LETTERS and _STARTS.match(text, start, end):
        begin, is_straight = behind_aim(text, start, end), True
        if begin == start:
            return _by_name(text, start, end, mode)
    does = _DOES.match(text, begin, end)
    if does is None:
        if board := focused(text, start, end):
            return _aimed(text, start, end, board)
        begin = behind_doer(text, start, end)
        does = _DOES.match(text, begin, end) if begin > start else None
        is_straight = is_straight or text[start].isdigit()  # 2031年启动…
    if does is not None and end - does.end() >= SHORTEST_OBJECT:
        done = _deed(text, does, (start, begin, end), mode)
        return done if done is None or done.projects or not is_straight else None
    return _told(text, start, end, mode) or _named(text, start, end, mode)


def _aimed(text: str, start: int, end: int, board: int) -> Action:
    """Read 城东板块聚焦…: what a board is to turn to."""
    names = works.works_in(text, start, board) or (text[start:board],)
    return Action(start, end, Kind.TARGET, text[start:end], names, 0.5, "aim of a board")


def _told(text: str, start: int, end: int, mode: Mode) -> Action | None:
    """Read 甲路全线贯通: what is told of a thing that stands before it, or before its colon."""
    words = told_of(text, start, end)
    if words is None:
        return None
    names = works.works_in(text, start, end)
    if text[start - 1] in "：:" and text.endswith(words, start, end):
        begin = max(text.rfind(sign, 0, start - 1) for sign in "。；，！\n\t") + 1
        head = stripped(text, begin, start - 1)
        if 0 < head[1] - head[0] <= LONGEST_HEAD:  # 甲大桥：10月底前通车
            names = works.works_in(text, *head) or names
            start, words = head[0], text[slice(*head)]
    sure = 0.7 if names else 0.5
    subject = without_cost(words)
    return Action(start, end, _kind(mode), subject, names, sure, "told of a thing")


def _by_name(text: str, start: int, end: int, mode: Mode) -> Action | None:
    """Read a clause that only adds to another where it names works: 使甲路贯通; 包括甲、乙."""
    if text[start] not in "让使":
        at = list_at(text, start, end)
        return None if at is None else _listing(text, (start, end), (at, end), mode)
    told = _told(text, start + 1, end, mode)
    return told._replace(start=start) if told is not None and told.projects else None


def _named(text: str, start: int, end: int, mode: Mode) -> Action | None:
    """Read a clause of another form that names works: lists them, or tells of one."""
    at = list_at(text, start, end)
    whom = (at, end) if at is not None else served(text, start, end) or treated(text, start, end)
    if whom is not None:
        return _listing(text, (start, end), whom, mode)
    if _LIST.search(text, start, end):
        done = _listing(text, (start, end), (start, end), mode)
        is_one = done is None or (len(done.projects) == 1 and "等" not in done.subject)
        return None if is_one else done
    if text.endswith(ABOUT_WORKS, start, end):
        return _listing(text, (start, end), (start, end), mode)
    if text.startswith("，", end) and text.endswith(_TITLE_ENDS, start, end):
        done = _listing(text, (start, end), (start, end), mode)  # 甲公司酒精项目，|总投资2亿元
        is_title = done and works.tidy(done.subject).removesuffix("建设") == done.projects[0]
        return done if is_title else None
    return None


def _listing(text: str, clause: tuple[int, int], at: tuple[int, int], mode: Mode) -> Action | None:
    """Return what a clause lists or tells of, by the works named at a place in it; else None."""
    names = works.works_in(text, *at)
    if not names:
        return None
    return Action(*clause, _kind(mode), text[slice(*clause)], names, 0.5, "works listed")


def _kind(mode: Mode) -> Kind:
    return Kind.RESULT if mode is Mode.REVIEW else Kind.TARGET


def _is_vague(words: str) -> bool:
    """Return whether the words end in what cannot be followed: …水平, …合力."""
    if words[-1:] in _VAGUE_LETTERS and words.endswith(VAGUE_ENDS):
        return True
    return words[-1:] in "力作动程理" and bool(_VAGUE_PATTERN.search(words[-_LAST_LETTERS:]))


def _deed(text: str, does: re.Match[str], at: tuple[int, int, int], mode: Mode) -> Action | None:
    """Read 推进A建设: a mechanism where its last noun is a way of working, else a target.

    ``at`` is where the clause begins, where its deed does, and where it ends.
    """
    start, begin, end = at
    names = works.works_in(text, begin, end)
    words = text[does.end() : end]
    if not names and _is_vague(words) and not _KEPT.search(words):
        return None
    is_soft = is_way(words, does["verb"], has_name=bool(names))
    if is_soft and not names:
        kind, rule = Kind.MECHANISM, "way of working"
    elif mode is Mode.REVIEW:
        kind, rule = Kind.RESULT, "action told"
    else:
        kind, rule = (Kind.MECHANISM, "way of working") if is_soft else (Kind.TARGET, "action")
    confidence = 0.75 if names else 0.6
    subject = without_cost(_unquoted(words.strip()))
    return Action(start, end, kind, subject, names, confidence, rule)


def _unquoted(words: str) -> str:
    """Return words without a mark of quoting whose other half they lack."""
    if words.count("“") == words.count("”"):
        return words
    return words.lstrip("“") if words.startswith("“") else words.rstrip("”")
