"""What a column means, told from its head: the synonyms of real ledgers as tables."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from luoshi.rules.sheets.figures import money_unit
from luoshi.rules.sheets.meanings import Meaning, Period
from luoshi.rules.sheets.synonyms import SYNONYMS
from luoshi.rules.sheets.wording import tight

LONGEST_HEAD = 60  # letters; a longer text is no head


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``head`` is the path of its heads, ``units`` the units its head names.

    ``when`` is the month or quarter in the head, in words; ``year`` the year in it.
    """

    index: int
    head: str
    meaning: Meaning
    period: Period = Period.UNSAID
    units: tuple[str, ...] = ()
    year: int | None = None
    when: str = ""
    hidden: bool = False

    @property
    def money_unit(self) -> str:
        """Return the unit of money that the head names, or an empty text."""
        return next((unit for words in self.units if (unit := money_unit(words))), "")


@dataclass(frozen=True, slots=True)
class Told:
    """What the words of a head tell."""

    meaning: Meaning = Meaning.UNKNOWN
    period: Period = Period.UNSAID
    units: tuple[str, ...] = ()
    year: int | None = None
    when: str = ""
    could_be: tuple[Meaning, ...] = field(default=())


_TABLE = tuple((meaning, re.compile(words)) for meaning, words in SYNONYMS.items())

_BRACKET = re.compile(r"\(([^()]*)\)")
_UNIT_END = re.compile(r"[:/,|]?((?:千|百|十)?万?亿?元)$")
_UNIT_WORDS = re.compile(r"(?:计量|金额)?单位:?(.+)")
_SAID_YEAR = re.compile(r"((?:19|20)\d\d)年度?")
_WHEN = re.compile(
    r"(?:截至|截止|到|至)?((?:1[-—~至])?\d{1,2}月份?(?:\d{1,2}日)?底?|第?[一二三四1-4]季度|[上下]半年|(?:年)?底)"
)
_ONLY_WHEN = re.compile(
    r"(?:\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年|全年|年底)(?:底|末)?(?:前)?"
    r"(?:工作)?(?:目标|计划|节点|任务|形象进度|进度)*(?:要求|安排)?"
)


@lru_cache(maxsize=4096)
def told(parts: tuple[str, ...]) -> Told:
    """Return what a column's heads tell, from the top one down; ``parts`` are as in the sheet."""
    if not parts or sum(len(part) for part in parts) > LONGEST_HEAD * 3:
        return Told()
    words = [tight(part).lower() for part in parts]
    units = tuple(unit for word in words for unit in _units(word))
    bare = [_without_units(word) for word in words]
    year = next((int(found[1]) for word in bare if (found := _SAID_YEAR.search(word))), None)
    plain = [_SAID_YEAR.sub("", word) for word in bare]
    path = "".join(plain)
    said = _figures(path, plain, units, year) or _words(path, plain[-1])
    return Told(said.meaning, said.period, units, year, said.when, said.could_be)


def _units(word: str) -> list[str]:
    """Return the units a head names: those in brackets, after 单位: and money at its end."""
    inside = [_UNIT_WORDS.sub(r"\1", bracket) for bracket in _BRACKET.findall(word)]
    found = [unit for unit in inside if unit and (money_unit(unit) or len(unit) <= 4)]
    if end := _UNIT_END.search(_BRACKET.sub("", word)):
        found.append(end[1])
    return found


def _without_units(word: str) -> str:
    kept = _BRACKET.sub("", word) if not word.startswith("(") else word
    return _UNIT_END.sub("", kept)


def _words(path: str, last: str) -> Told:
    """Return the meaning of the whole path, else that of the lowest head."""
    for words in (path, last):
        for meaning, pattern in _TABLE:
            if pattern.fullmatch(words):
                return Told(meaning)
    return Told()


_IS_SHARE = re.compile(r".*(?:%|比例|占比|率|百分比|序时进度)|占.*|.*(?:完成|进度)百分比")
_IS_MONEY = re.compile(r".*(?:投资|资金|概算|金额|产值).*")
_NOT_MONEY = re.compile(
    r"是否.*|.*(?:投资(?:主体|单位|方|项目|类|性质|人|企业)|资金(?:来源|渠道|筹措)|措施|问题|原因|情况说明|名称|代码|时间).*"
)


def _figures(path: str, parts: list[str], units: tuple[str, ...], year: int | None) -> Told | None:
    """Return what a column of figures, or of steps at a time, means; None for other heads."""
    if _IS_SHARE.fullmatch(path) or "%" in units:
        return Told(Meaning.SHARE)
    money = any(money_unit(unit) for unit in units) or _IS_MONEY.fullmatch(path)
    if money and not _NOT_MONEY.fullmatch(path):
        return _money(path, year)
    if _ONLY_WHEN.fullmatch(parts[-1]):
        return Told(Meaning.STEP_AT, when=_when(parts[-1]))
    if re.fullmatch(r".*完成(?:数|量|值|数量|个数|户数|面积)?", path):
        return Told(Meaning.ACHIEVED, _period(path, year), when=_when(path))
    return None


_PAID_IN = re.compile(r".*(?:到位|拨付|支付|支出).*")
_ENTERED = re.compile(r".*(?:入库|纳统|统计).*")
_TOTAL = re.compile(
    r".*(?:总投资|投资总额|概算|估算|总金额|投资规模|总额|合同金额|签约金额).*|投资额?|金额"
)
_PLANNED = re.compile(r".*(?:计划|目标|任务).*")
_DONE = re.compile(r".*(?:完成|累计|实际|产值).*|.*到\d+月.*")
_PLAN_TO_DO = re.compile(r".*(?:计划|目标|任务)(?:累计)?(?:完成)?(?:投资)?(?:额|数)?|.*计划完成.*")
_OF_A_MONTH = re.compile(r".*(?:\d{1,2}月|月度|分月|逐月|本月|当月|下月).*")
_OF_THE_YEAR = re.compile(r".*(?:年|今年).*")


def _money(path: str, year: int | None) -> Told:
    """Return what a column of money means."""
    if _PAID_IN.fullmatch(path):
        return Told(Meaning.MONEY_PAID_IN, _period(path, year))
    if _ENTERED.fullmatch(path):
        return Told(Meaning.MONEY_ENTERED, _period(path, year))
    if _TOTAL.fullmatch(path) and not re.search("累计|已完成|实际|完成投资", path):
        return Told(Meaning.MONEY_TOTAL)
    if _PLANNED.fullmatch(path) and _PLAN_TO_DO.fullmatch(path):
        return _planned(path, year)
    if _DONE.fullmatch(path):
        period = _period(path, year)
        meaning = Meaning.MONEY_BEFORE_YEAR if _is_before(path, year) else Meaning.MONEY_DONE
        return Told(meaning, period, when=_when(path))
    if _PLANNED.fullmatch(path):
        return _planned(path, year)
    if _ONLY_WHEN.search(path):
        return Told(Meaning.MONEY_MONTH_PLAN, when=_when(path))
    return Told(could_be=(Meaning.MONEY_TOTAL, Meaning.MONEY_YEAR_PLAN, Meaning.MONEY_DONE))


def _planned(path: str, year: int | None) -> Told:
    if _OF_A_MONTH.fullmatch(path):
        return Told(Meaning.MONEY_MONTH_PLAN, when=_when(path))
    if year is not None or _OF_THE_YEAR.fullmatch(path):
        return Told(Meaning.MONEY_YEAR_PLAN)
    return Told(could_be=(Meaning.MONEY_TOTAL, Meaning.MONEY_YEAR_PLAN))


_BEFORE_YEAR = re.compile(r".*(?:上年|去年|以前年度|往年|历年|年初前|上一年度?)(?:底|末)?.*")
_UP_TO_YEAR_END = re.compile(r".*(?:截至|截止|至|到)?(?:底|末)(?:前)?(?:已)?(?:累计)?.*完成.*")
_YEAR_SO_FAR = re.compile(
    r".*(?:本年|今年|当年|年度|年初|全年|1[-—~至](?:\d{1,2})?月?|年累计|年内|年完成).*"
)
_ALL_SO_FAR = re.compile(r".*(?:开工以来|自开工|开工至今|开工累计|项目累计|总累计).*")
_ONE_MONTH = re.compile(r".*(?:本月|当月|月度|本期|本周|(?<![-—~至\d])\d{1,2}月份?(?!底|末)).*")
_SUMMED = re.compile(r".*(?:累计|截至|截止|至今).*")
_PERIODS = (
    (_ALL_SO_FAR, Period.ALL),
    (_YEAR_SO_FAR, Period.YEAR),
    (_SUMMED, Period.CUMULATIVE),
    (_ONE_MONTH, Period.MONTH),
)


def _period(path: str, year: int | None) -> Period:
    """Return over what time a head sums; a year in it without 累计 or 底 is that year."""
    if _is_before(path, year):
        return Period.ALL
    found = next((period for pattern, period in _PERIODS if pattern.fullmatch(path)), None)
    if found is None:
        return Period.YEAR if year is not None else Period.UNSAID
    return found


def _is_before(path: str, year: int | None) -> bool:
    """Tell whether a head means all until the end of a year before: 上年底, 截至2020年底."""
    if _BEFORE_YEAR.fullmatch(path):
        return True
    return (
        year is not None
        and not _WHEN.search(path.replace("底", ""))
        and bool(_UP_TO_YEAR_END.fullmatch(path))
    )


def _when(words: str) -> str:
    found = _WHEN.search(words)
    return found[1] if found else ""
