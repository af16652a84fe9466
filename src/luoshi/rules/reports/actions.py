"""Statements without a number: one for each clause that does something to something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.rules.reports import works
from luoshi.rules.reports.grammar import alternation, stripped
from luoshi.rules.reports.sections import Mode
from luoshi.rules.reports.statements import Kind
from luoshi.rules.reports.words.deeds import (
    DONE,
    EVENTS,
    HOLLOW,
    MORE_ACTIONS,
    SOFT,
    SOLID,
    STEADY,
    STRAIGHT,
    TOLD,
)
from luoshi.rules.reports.words.verbs import ACTIONS, ADVERBS

CLAUSE = re.compile(
    r"[^，,。；;！？!?：\n]+(?:(?:(?<=\d),(?=\d)|[，,](?=以及))[^，,。；;！？!?：\n]+)*"
)
SHORTEST_OBJECT = 2
NUMBERED_LENGTH = 45  # characters of a numbered heading that ends like a sentence
HEADING_LENGTH = 13  # characters: 推动城市更新。 heads what follows and says no more


@dataclass(frozen=True, slots=True)
class Action:
    """A clause text[start:end] that says what is done, and to what."""

    start: int
    end: int
    kind: Kind
    subject: str
    projects: tuple[str, ...]
    confidence: float
    rule: str


_DOES = re.compile(
    rf"(?:[\s、“]|其中|同时|自觉|动态|稳慎|燃情|以[一-鿿]{{2,8}}?(?:之心|决心|力度|标准|态度|功夫)|对[^，]{{2,20}}?进行|[一二三四五六七八九十]是|{alternation(ADVERBS)})*"
    rf"(?P<verb>{alternation((*ACTIONS, *MORE_ACTIONS))})了?"
)
_STARTS = re.compile(rf"(?:{alternation(STRAIGHT)})")
_EMPTY_WORDS = "|".join(HOLLOW)
_DONE = re.compile(alternation(DONE))
_LAST = re.compile(rf".*(?:(?P<solid>{alternation(SOLID)})|(?P<soft>{alternation(SOFT)}))")
_OPENED = (
    r"(?:开工|竣工|完工|投产|投用|投运|通车|贯通|封顶|启用|启动|运营|推进|实施|建成|达产|并网|入住"
    r"|交付|使用|建设|报批|评审)"
)
_PASSIVE = re.compile(rf"(?P<who>[^，。；]{{2,80}}?)(?:{alternation(TOLD)})")
_CUT = re.compile(  # A贯通、B有序推进; 建成A、改造B: two verbs on two objects are two statements
    rf"(?<={_OPENED})、(?=[^、，,。；\n]{{3,25}}{_OPENED})"
    r"|(?<=[^、，][^、，][^、，][^、，][^、，][^、，])、(?=(?:建成|新建|改建|扩建|完成|建设(?![路街])|改造|实施|安装|启动|打通|推进|举办|增设|整治|修建)[^、，,。；\n]{4})"
)
_EVENT = re.compile(alternation(EVENTS))
_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.、．](?!\d))"
)
_GENERAL = re.compile(
    r"总体要求|指导思想|总要求|总体思路|必须把|主要做了|重点做好|重点抓好|以下.{0,6}工作"
)
_VAGUE_END = re.compile(
    r"(?:水平|能力|活力|动力|动能|底气|韧性|优势|作用|氛围|力量|沃土|局面|问题|短板|质量|实力|层次|成效|成果|基础|意识|发展|稳定|安全"
    r"|环境|形象|品质|要求|精神|各项工作|支撑|保障|挑战|格局|风险|主动仗|攻坚战|保卫战|现代化|转型|振兴|优先|均等化|意识|堵点|难点"
    r"|痛点|优势|名片|战场|家园|热土|至上|为本|并重|导向|引领|衔接|集聚|意境|展现|需求"
    r"|风貌|坐标|标杆|底蕴|[执聚凝吸集战行响竞]\S?力|合力|路径|内涵|进展|瓶颈|融合|双胜利”|作为|担当|魅力"
    r"|深度融合|氛围|信心|干劲|[一两三四五六七八九十]+[项大]\S{0,2}[作动程理])$"
)
_HOLLOW = re.compile(
    rf"{_EMPTY_WORDS}|[“‘](?:[一两三四五六七八九十]+[个大项]|现代化|品质)[^”’]*[”’]"
)
_WILL = re.compile(r"将|力争|确保|计划|争取|拟|要")
_KEPT = re.compile(r"机制|制度|改革|“|体系|办法|条例|规划|方案")


def actions_in(
    text: str, start: int, end: int, mode: Mode, taken: list[tuple[int, int]]
) -> list[Action]:
    """Return the actions of the clauses that hold no number; ``taken`` are those that do."""
    if not taken and _is_heading(text, start, end):
        return []
    if _GENERAL.search(text, start, end) or (
        end - start <= NUMBERED_LENGTH and _NUMBERED.match(text, start, end)
    ):
        return []
    found = []
    for first, last in _clauses(text, start, end):
        if any(a < last and first < b for a, b in taken) or last - first < 4:
            continue
        action = _action(text, first, last, mode)
        if action is not None:
            found.append(action)
    return found


def piece_at(text: str, start: int, end: int, place: int) -> tuple[int, int]:
    """Return the part of a clause, of one verb and its objects, that holds a place."""
    for cut in _CUT.finditer(text, start, end):
        if cut.start() > place:
            return start, cut.start()
        start = cut.end()
    return start, end


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence, each with one verb and its objects."""
    for clause in CLAUSE.finditer(text, start, end):
        first, last = clause.span()
        if text.find("、", first, last) >= 0:
            for cut in _CUT.finditer(text, first, last):
                yield first, cut.start()
                first = cut.end()
        yield first, last


def _is_heading(text: str, start: int, end: int) -> bool:
    """Return whether a short sentence only heads what follows: 推动城市更新。"""
    if end - start > HEADING_LENGTH or text.find("，", start, end) >= 0:
        return False
    return not (_EVENT.search(text, start, end) or works.works_in(text, start, end))


def _action(text: str, start: int, end: int, mode: Mode) -> Action | None:
    if _STARTS.match(text, start, end):
        return None
    if _HOLLOW.search(text, start, end) and not works.works_in(text, start, end):
        return None
    does = _DOES.match(text, start, end)
    if does is not None and end - does.end() >= SHORTEST_OBJECT:
        return _deed(text, does, start, end, mode)
    told = _PASSIVE.match(text, start, end)
    if told is None:
        return None
    subject = stripped(text, start, told.end("who"))
    names = works.works_in(text, start, end)
    kind = Kind.RESULT if mode is Mode.REVIEW or _is_done(text, start, end, mode) else Kind.TARGET
    words = text[slice(*subject)] or text[start : told.end("who")]
    return Action(start, end, kind, words, names, 0.7 if names else 0.5, "told of a thing")


def _is_done(text: str, start: int, end: int, mode: Mode) -> bool:
    is_told = _DONE.search(text, start, end) and not _WILL.search(text, start, end)
    return mode is Mode.MIXED and bool(is_told)


def _deed(text: str, does: re.Match[str], start: int, end: int, mode: Mode) -> Action | None:
    """Read 推进A建设: a mechanism where its last noun is a way of working, else a target."""
    names = works.works_in(text, start, end)
    words = text[does.end() : end]
    if not names and _VAGUE_END.search(words) and not _KEPT.search(words):
        return None
    is_soft = _is_soft(words, does["verb"], has_name=bool(names))
    if is_soft and not names:
        kind, rule = Kind.MECHANISM, "way of working"
    elif mode is Mode.REVIEW or _is_done(text, start, end, mode):
        kind, rule = Kind.RESULT, "action told"
    else:
        kind, rule = (Kind.MECHANISM, "way of working") if is_soft else (Kind.TARGET, "action")
    confidence = 0.75 if names else 0.6
    return Action(start, end, kind, words.strip("“ "), names, confidence, rule)


def _is_soft(words: str, verb: str, *, has_name: bool) -> bool:
    last = _LAST.match(words)
    if last is None:
        return verb in STEADY and not has_name
    return bool(last["soft"])
