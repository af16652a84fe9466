"""Whether a number is a change against the year before: 增长8% (labelling §3, §12)."""

import re

from luoshi.rules.reports.anchors import LESS, MORE, Number

_GROWTH = re.compile(  # by the last letter of its verb: so search is quick
    r"[长速幅增比涨降升高低少落善加大小减缩窄排翻跌产](?:"
    r"(?<=增长|增速|增幅|涨幅|降幅|跌幅|递增|同比|下跌|增产|减产)(?<!自然增长)(?<!人口增长)"
    r"[率了]?(?:(?:预期|的)?目标(?:设?定[在为])?|均|分别|约|近|超过?|突破|达到?|为|在|到|至"
    r"|保持|稳定|控制|实现|将|力争|不低于|高于|左右|，)*"
    r"|(?:(?<=[涨降增升])|(?<=提高|降低|减少|回落|改善|增加|扩大|缩小|压减|削减|收窄|减排))了?"
    r"(?:均|分别|约|近|超过?|幅度|达(?!到)|不低于)*|(?<=翻))$"
)
_AHEAD = re.compile(r"(?:高于|高出|低于|快于|优于|领先)[一-鿿]{0,8}$")
_YEAR_BEFORE = re.compile(r"[较比](?:上年|去年|20\d\d年)|同比")
_ASIDE = re.compile(r"(?:（[^（）]{0,12}）|\([^()]{0,12}\))$")
POINTS = frozenset({"个百分点", "个点"})
RATES = frozenset({"%", "倍", "番", "‰", *POINTS})


def is_growth(text: str, number: Number, clause: int, before: str) -> bool:
    """Return whether the number is a change; ``before`` is what its clause, from there, says.

    What is only ahead of another place (高于全市2个百分点) is none, and is more, or less.
    """
    if number.rule in {"two digits", "doubling"}:
        return True
    if number.unit in POINTS and (found := _AHEAD.search(before)):
        number.comparator = LESS if found[0].startswith("低") else MORE
        return False
    if before.endswith(("）", ")")):  # 下降（同口径）19.59%
        before = _ASIDE.sub("", before)
    if _GROWTH.search(before):
        in_clause = _YEAR_BEFORE.search(text, clause, number.start)
        return number.unit in RATES or in_clause is not None
    return number.unit in POINTS
