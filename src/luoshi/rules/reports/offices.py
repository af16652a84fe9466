"""The names of units as they are printed, one or several in a row: 区教育局、区财政局."""

import re

LONGEST_LIST = 240  # characters of the units that answer for one task
_KINDS = (
    "局|委员会|委|厅|办公室|办|管委会|公司|街道|集团|指挥部|专班|部门|中心|政府|部|办事处|工委|法院"
    "|检察院|总队|支队|大队|协会|联合会|总工会|妇联|残联|供销社|学校|大学|学院|医院|银行|开发区|园区"
    "|[镇乡县区市旗州省]|单位|处|所|站|社|馆|组"
)
_ONE = re.compile(
    rf"[一-鿿][一-鿿·“”A-Za-z0-9]{{0,24}}?(?:{_KINDS})(?:[（(][^）)]{{1,30}}[)）])?等?"
)
_DOING = re.compile(rf"{_ONE.pattern}(?=牵头|负责|按职责|分别|共同|会同|落实|主办|具体)")
_PARTING = re.compile(r"[、，,和及与/；;]\s*|\s+")
_OFFICE = re.compile("局|委|办|厅|部门|政府")
_BETWEEN = re.compile(
    r"(?:[、，,/；;]|\s)+(?![^（(]*[）)])|(?<=[局委办厅部室])[和及与](?=[省市县区镇乡旗])"
)
_NEXT_LABEL = re.compile(
    r"(?:牵头|责任|配合|协办|协助|主办|承办|主责|参与|督导|监督|落实|实施)(?:责任)?"
    r"(?:单位|部门|领导|科室|人)|完成时[限间]|时间节点|时限要求|工作任务|目标任务|工作目标|联系[人电]"
)
_LIST_ENDS = "。\n\t】〕］]"
_GLUED = re.compile(  # two units between which stood only a blank
    r"(?<=[局委办厅部室会])(?=[省市县区镇乡旗][一-鿿]{1,12}(?:局|委|办|厅|部|公司|中心|街道|政府|[镇乡]))"
)


def units_at(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return the units that text[start:end] begins with, as they are printed, and where they end.

    None without any. Units that stood apart by a blank, which mending took away, are parted by 、.
    """
    stop = _stop(text, start, min(end, start + LONGEST_LIST))
    last = at = start
    while at < stop:
        parting = _PARTING.search(text, at, stop)
        item_end = parting.start() if parting else stop
        if not _ONE.fullmatch(text, at, item_end):
            doing = _DOING.match(text, at, item_end)
            last = doing.end() if doing else last
            break
        last = item_end
        at = parting.end() if parting else stop
    return (parted(text[start:last]), last) if last > start else None


def parted(units: str) -> str:
    """Return units as they are printed, those between which only a blank stood parted by 、."""
    return _GLUED.sub("、", units)


def each_of(units: str) -> list[str]:
    """Return the units of a list as it is printed, one by one, the one that leads first."""
    return [one for one in _BETWEEN.split(units) if one]


def before_bracket(text: str, start: int, end: int) -> int:
    """Return where a clause ends in front of a bracket that names who does it: 建甲桥|（乙局）."""
    if text[end - 1] not in "）)":
        return end
    opened = max(text.rfind("（", start, end), text.rfind("(", start, end))
    units = units_at(text, opened + 1, end) if opened > start else None
    is_whole = units is not None and units[1] == end - 1 and _OFFICE.search(units[0]) is not None
    return opened if is_whole else end


def _stop(text: str, start: int, end: int) -> int:
    """Return where a list of units ends at the latest: a stop, its bracket, the next label."""
    depth = 0
    for at in range(start, end):
        depth += text[at] in "（("
        depth -= text[at] in "）)"
        if depth < 0 or text[at] in _LIST_ENDS:
            end = at
            break
    following = _NEXT_LABEL.search(text, start, end)
    return following.start() if following else end
