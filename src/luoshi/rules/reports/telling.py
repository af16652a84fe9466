"""What is told of a thing that stands before it: 甲路全线贯通, 乙医院正在进行内部装修."""

import re

from luoshi.rules.reports.grammar import WHEN, alternation, presence, stripped
from luoshi.rules.reports.words.deeds import TOLD

_SITE = (  # what goes on at a site, or before one is opened
    "施工|安装|装修|浇筑|设计|建设|公示|报批|改造|征收|征迁|吊装|调试|铺设|绿化|验收|评审|勘察|装饰|收尾"
)
_TOLD = re.compile(
    rf"{alternation(TOLD)}|(?:正在?|均|已)?进行(?=[^，。；]{{0,20}}?(?:{_SITE}))"
    rf"|正在(?=[^，。；]{{0,8}}(?:{_SITE}))|已?做好(?=[^，。；]{{0,8}}准备)"
    "|举行(?=首届|第|[^，。；]{0,6}(?:仪式|启用))"
)
_MAY_TELL = re.compile(f"{presence(TOLD)}|进行|正在|做好|举行")  # most clauses tell nothing
_LEAST, _MOST = 2, 80  # letters of what something is told of
_WHEN_ENDS = re.compile(  # 甲图书馆|将于10月底前: the day is no part of it
    rf"(?:也|还|将|力争|争取|预计|计划|拟|确保|有望|于|在)*(?<![\d年月])(?:{WHEN})$"
)
_WHEN_LETTERS = frozenset('年月日底末初内前间期起来度份旬力五”"')  # behind none else it ends
_ADVERBS = re.compile(  # 甲路全面|建成; 乙村被|命名为…
    "(?:全[面线]|全部|基本|顺利|成功|正式|有序|稳[步健]|持续|如期|大幅|明显|显著|有力|[未均仍已被将也还又稳])+$"
)
_MERELY = re.compile("(?:正在?|已|均|都|也|全部|基本)*")  # 正在进行…: nothing stands before it
_DOER = re.compile(r"^各.*[要应须]$")  # 各部门要|加快推进…; 被上级|授予…: who does it
_APART = re.compile("，(?!以及)")
_ASSURED = re.compile("确保|力争|争取|务必")


def told_of(text: str, start: int, end: int) -> str | None:
    """Return what a clause tells of, None where it tells of nothing that stands in it."""
    told = _MAY_TELL.search(text, start, end) and _TOLD.search(text, start + _LEAST, end)
    if told is None or told.start() - start > _MOST or _APART.search(text, start, told.start()):
        return None
    words = text[slice(*stripped(text, start, told.start()))].removeprefix("对")
    words = _ADVERBS.sub("", _undated(words.rstrip("“")))
    if _MERELY.fullmatch(words) or words.startswith("被") or _DOER.search(words):
        words = text[told.end() : end].strip("了 ")
    if not words and _ASSURED.match(text, start, end):
        return None  # 确保10月底前通车: said of what the clause before names
    # 12月底前投用: no day is a subject
    return words or _undated(text[start : told.start()]) or text[told.start() : end]


def _undated(words: str) -> str:
    """Return the words without the day with which they end."""
    return _WHEN_ENDS.sub("", words) if words[-1:] in _WHEN_LETTERS else words
