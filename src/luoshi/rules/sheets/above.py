"""What stands above and below a list: its title, the 单位 line, the day its figures are of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.figures import money_unit
from luoshi.rules.sheets.moments import FIRST_YEAR, LAST_YEAR, Moment, read_moment
from luoshi.rules.sheets.wording import folded, one_line, tight


@dataclass(frozen=True, slots=True)
class Above:
    """What the lines around a list say; ``data_day`` is a guess to be asked about."""

    title: str = ""
    unit_lines: tuple[str, ...] = ()
    money_unit: str = ""
    filled_by: str = ""
    data_day: Moment | None = None
    year: int | None = None


_DAY = (
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末)?|\d{4}[./-]\d{1,2}(?:[./-]\d{1,2})?"
    r"|\d{4}年(?:底|末)?"
)
_UNIT = re.compile(r"(?<![\u4e00-\u9fff])(?:金额|计量|货币|投资)?单位:([^()]{1,20})")
_FILLED_BY = re.compile(
    r"(?:填报|报送|上报|制表|编制)(?:单位|部门)(?:\(盖?章?\))?:([^:]{2,40}?)(?:填报|报送|日期|时间|单位|$)"
)
_DATA_DAY = (
    re.compile(rf"(?:数据)?(?:截至|截止)(?:日期|时间|到|至)?:?({_DAY})"),
    re.compile(
        rf"(?:统计|数据)(?:时间|日期|口径|区间|截止日期?):?(?:\d{{4}}年?\d{{0,2}}月?[-—~至])?({_DAY})"
    ),
    re.compile(rf"(?:\d{{4}}年)?1[-—~至]({_DAY})"),
    re.compile(r"(\d{4}年\d{1,2}月(?:\d{1,2}日)?)"),
    re.compile(rf"(?:填报|制表|上报|报送)(?:时间|日期):?({_DAY})"),
)
"""How sheets say the day of their figures, the clearest first."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NO_TITLE = re.compile(
    r"附\s*件.{0,4}|附表.{0,4}|表\s*\d*|\d+|sheet\s*\d*|工作表\s*\d*", re.IGNORECASE
)


def read_above(texts: Iterable[str]) -> Above:
    """Return what the texts above a list say, in reading order, the sheet's name last."""
    lines = list(dict.fromkeys(folded(text) for text in texts if folded(text)))
    packed = [tight(line) for line in lines]
    units = tuple(line for line, words in zip(lines, packed, strict=True) if _UNIT.search(words))
    year = _year(packed)
    return Above(
        title=_title(lines),
        unit_lines=units,
        money_unit=_money_unit(packed),
        filled_by=next((found[1] for words in packed if (found := _FILLED_BY.search(words))), ""),
        data_day=_data_day(packed, year),
        year=year,
    )


def _title(lines: list[str]) -> str:
    """Return the longest line that is a title: no 附件, no label with a colon."""
    titles = [line for line in lines if ":" not in line and not _NO_TITLE.fullmatch(line)]
    return one_line(max(titles, key=len, default=""))


def _money_unit(packed: list[str]) -> str:
    """Return the unit of money of the first 单位 line that names one (``单位:万元、个``)."""
    for words in packed:
        for found in _UNIT.finditer(words):
            named = [money_unit(part) for part in re.split("[、,;/和]", found[1])]
            if unit := next(filter(None, named), ""):
                return unit
    return ""


def _year(packed: list[str]) -> int | None:
    years = (int(found[1]) for words in packed for found in _YEAR.finditer(words))
    return next((year for year in years if FIRST_YEAR <= year <= LAST_YEAR), None)


def _data_day(packed: list[str], year: int | None) -> Moment | None:
    """Return the day the figures are of, as the clearest wording says it."""
    for wording in _DATA_DAY:
        for words in packed:
            if (found := wording.search(words)) and (day := _day(found[1], year)):
                return day
    return None


def _day(words: str, year: int | None) -> Moment | None:
    try:
        return read_moment(words, year=year)
    except Refusal:
        return None
