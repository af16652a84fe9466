"""Who answers for a statement, where the sentence names a unit as the one that acts."""

import re

from luoshi.rules.reports.words.times import TIME

_UNIT = (
    "[一-鿿]{1,12}?"
    "(?:局|委员会|委|厅|办公室|办|管委会|公司|街道|集团|指挥部|专班|部门|中心|政府|部)"
)
_UNITS = rf"{_UNIT}(?:[、和与及]{_UNIT}){{0,9}}"
_ACTOR = re.compile(
    rf"(?:由|责任单位[:：]|牵头单位[:：])(?P<named>{_UNITS})(?:牵头|负责|会同|具体"
    rf"|组织|主办|$|[，。；、）)])"
    rf"|(?<![一-鿿、])(?P<acting>{_UNITS})(?:牵头|负责|预计|计划|要(?!求|素)|须|应(?![急用对])"
    rf"|必须|务必|将(?:会同|牵头|负责|于|在))"
    rf"|(?<![一-鿿、])(?P<told>[省市县区镇乡旗州]{_UNITS})[：:]"
)
_BEHIND = frozenset("（(【〔[")  # opens what is said behind a task
_GOES_ON = re.compile(r"(?:牵头|负责)?[^，、。；）)]{4}")  # 由甲局负责|新建学校3所
_FIRST = re.compile(
    r"(?<![一-鿿])(?P<unit>[省市县区镇乡][一-鿿]{1,10}?(?:局|委|厅|办|街道|专班))(?=\S)"
)
_MAY_BE_BUILT = ("中心", "街道")
_COMES_ABOUT = re.compile(  # without an object: 将于6月底建成投用, not 将于6月底建成车位200个
    r"[0-9〇一二三四五六七八九十年月日号底前内初末上中下半旬第季度之今明于在春夏秋冬节]{0,16}"
    r"(?:正式|全面|基本|全部|顺利|如期|主体(?:结构)?|完成|建设|建成|试){0,3}"
    r"(?:建成|竣工|完工|开工|动工|开建|续建|封顶|落成|交付|投用|启用|投产|运营|运行|开放|开业|开馆|开园"
    r"|揭牌|亮相|验收|投入(?:使用|运营|运行))(?:[，。；、）)]|[并和与及且]|投用|交付|启用|运营|$)",
    re.MULTILINE,
)
_ACTS = re.compile(
    r"牵头|负责|会同|责任单位|由[一-鿿]|预计|计划|主办|要|须|应|务必|将[会牵负于在]|：|:"
)
_OFFICE = re.compile("局|委|厅|办|街道|专班")
_DOER = re.compile("局|委|厅|办|公司|街道|集团|指挥部|专班|部|中心|政府")  # any end of a unit
_MAY = re.compile(f"{_ACTS.pattern}|{_OFFICE.pattern}")  # most sentences have none: one look tells


def actors_in(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return from where on the sentence names a unit as acting, and the unit, for each.

    Several units are given as they are printed: 甲局、乙局.
    """
    if not _MAY.search(text, start, end):
        return []
    may_act = _ACTS.search(text, start, end) and _DOER.search(text, start, end)
    found = list(_ACTOR.finditer(text, start, end)) if may_act else []
    actors, last = [], start
    for one in found:
        if _is_built(text, one, end):
            continue
        is_behind = _is_behind(text, start, one)
        unit = one["named"] or one["acting"] or one["told"]
        actors.append((last if is_behind else one.start(), unit))
        last = one.end()
    return actors or _with_a_day(text, start, end)


def _is_built(text: str, actor: re.Match[str], end: int) -> bool:
    """Return whether what is named does nothing but comes about: 会展中心预计6月完工."""
    if not (actor["acting"] or "").endswith(_MAY_BE_BUILT):
        return False
    return _COMES_ABOUT.match(text, actor.end(), end) is not None


def _is_behind(text: str, start: int, actor: re.Match[str]) -> bool:
    """Return whether a unit is named behind its task: …，由甲局牵头; …（甲局负责）."""
    if text[actor.start() - 1] in _BEHIND:
        return True
    return bool(actor["named"]) and actor.start() > start and not _GOES_ON.match(text, actor.end())


def _with_a_day(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return the unit of a district at the head of a clause that a day follows: 县水务局6月底前."""
    if not _OFFICE.search(text, start, end):
        return []
    for unit in _FIRST.finditer(text, start, end):
        if TIME.match(text, unit.end(), end):
            return [(unit.start(), unit["unit"])]
    return []
