"""The subject of a number: the words before it, or the noun behind it."""

import re

from luoshi.rules.reports.anchors import Number
from luoshi.rules.reports.grammar import WHEN, Said, noun_behind, only_links, stripped
from luoshi.rules.reports.words.units import MONEY, SHARES

_ONLY_AND = re.compile(r"[）)]?(?:[、和与及\s/]|以及|至)*")
_DATED = re.compile(rf"(?:{WHEN})(?=已|完成|开工|建成)")
_OF_ALL = re.compile(r"[^，。；\d]{2,30}?(?=中，)")  # 138项|区委、区政府重点工作|中，已完成11项
_ITEM = re.compile(r"(?:[^、（(“]|（[^）]*）|\([^)]*\)|“[^”]*”|[（(“])+?(?=、|$)")
_JOINED = re.compile(r"(?<=[一-鿿）)”])(?:和|与|及|以及)(?=[一-鿿“])")
_RANK_SCOPE = re.compile(
    r"(?:[、，\s]|位居|位列|名列|排名|排位|跃居|稳居|升至|居|列|排|在|均|分别|都"
    r"|全[国省市区县球州]|中国[东西中南北]{0,2}部?"
    r"|(?<=[一-鿿]{2})在[^，。；]{2,16}?中|世界|城区|仍|继续|持续|始终|同类[一-鿿]{0,4}|位次|前移至|由|第|百强[县区市]?|[省市]内[一-鿿]{0,3}"
    r"|为|占|位于|增速|增幅)+$"
)
_COST = re.compile(r"^(?:总|计划|概算|估算)?投资[^，。；的]{1,14}的")
_NOT_COUNTED = frozenset({"倍", "番", "个百分点", "个点"})
_ROOM = 30  # letters behind a number in which its noun ends
SHORTEST_ITEM = 2
_SIDE = re.compile(
    "城镇|城市|农村|乡村|农民|第?[一二三](?=产业?)|进口|出口|内资|外资|国内|国际|入境"
)

_INVESTED = re.compile(r"投资[^，。；]{0,4}$")
_OF = ("的", "以上的", "左右的")
_OF_ONE = re.compile(r"(?:以上|左右)?的(?![\d一二两三四五六七八九十几多]+余?[个项家])")


def is_cost(text: str, clause: tuple[int, int], number: Number) -> bool:
    """Return whether a number only says what a work costs: 建设|总投资7亿元的|甲医院."""
    if not (text.startswith(_OF, number.end) or text.startswith(_OF, number.unit_end)):
        return False  # one look tells of most
    if _OF_ONE.match(text, number.end) is None and _OF_ONE.match(text, number.unit_end) is None:
        return False
    return _INVESTED.search(text, clause[0], number.begin) is not None


def without_cost(words: str) -> str:
    """Return what is left of a subject without what it costs."""
    return _COST.sub("", words) if "投资" in words else words


def listed_before(
    text: str, floor: int, number: Number | None, end: int | None = None
) -> tuple[int, int]:
    """Return the words in front of a number without verbs, adverbs and the scope of a rank."""
    start, finish = stripped(text, floor, number.begin if number else end or floor)
    if number is not None and number.is_rank:
        finish = start + len(_RANK_SCOPE.sub("", text[start:finish]))
    return start, finish


def items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a list at 、 and at the 和 of its members, not inside brackets or quotes."""
    joined: list[tuple[int, int]] = []
    for found in _ITEM.finditer(text, start, end):
        begin, finish = found.span()
        cuts = list(_JOINED.finditer(text, begin, finish))
        if cuts and _is_cut(begin, finish, cuts[-1]):
            joined += [(begin, cuts[-1].start()), (cuts[-1].end(), finish)]
        else:
            joined.append((begin, finish))
    return joined


def _is_cut(begin: int, finish: int, cut: re.Match[str]) -> bool:
    return cut.start() - begin >= SHORTEST_ITEM and finish - cut.end() >= SHORTEST_ITEM


def in_full(subject: str, last: str) -> str:
    """Return a member of a row with what it shares with its last: 城镇|、农村居民收入."""
    side, other = _SIDE.match(subject), _SIDE.match(last)
    if side is None or other is None or side[0] == other[0]:
        return subject
    shared = last[other.end() :]
    return side[0] + shared if shared.startswith(subject[side.end() :]) else subject


def own_subject(text: str, number: Number, floor: int, behind_end: int) -> Said | None:
    """Return the subject of a number from its own clause, or None where it has none there."""
    start, end = listed_before(text, floor, number)
    may_be = text.find("中，", number.end, behind_end + 1) >= 0
    of_all = _OF_ALL.match(text, number.end, behind_end + 1) if may_be else None
    behind = noun_behind(text, number.end, min(behind_end, number.end + _ROOM))
    behind = of_all.span() if of_all else behind
    has_left = end > start and not only_links(text, start, end)
    has_right = behind[1] > behind[0] and not number.is_rank
    lead = _lead(text, floor, number)
    is_list = has_left and text[end - 1] in "等的以"
    if has_right and (not has_left or is_list or _counts(number)):
        return Said(text[slice(*behind)], lead, max(behind[1], number.end), behind)
    if has_left:
        return Said(text[start:end].strip(), lead, number.end, (start, end))
    if number.rule != "years running" and not only_links(text, floor, number.begin):
        own = _DATED.sub("", text[lead : number.begin].strip("、，和及与 "))
        return Said(own, lead, number.end, (lead, number.begin))
    return None


def _lead(text: str, floor: int, number: Number) -> int:
    """Return where the stretch of a number begins: behind the mark that ends its neighbour."""
    mark = _ONLY_AND.match(text, floor, number.begin)
    return mark.end() if mark else floor


def _counts(number: Number) -> bool:
    unit = number.unit.lstrip("万亿千百")
    return unit not in MONEY and unit not in SHARES and unit not in _NOT_COUNTED
