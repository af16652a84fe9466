"""Whether a clause without a number tells a way of working, or a thing to be there."""

import re

from luoshi.rules.reports.grammar import choice
from luoshi.rules.reports.words.deeds import AIMS, SOFT, SOLID, STEADY, WAYS

_LAST = re.compile(choice(tuple(word[::-1] for word in (*SOLID, *SOFT))))  # from the end
_GUARDS = frozenset({"守住", "守牢"})
_SOLID = frozenset(SOLID)
_BUILT = re.compile(  # what is built or mended, or begun within years, whatever the verb
    r"(?:(?:项目|工程|设施|平台|中心|基地|园|园区|管网|[示集][范聚]区|机场|码头|[道公铁]路|车站|学校?|医院"
    r"|小区|场馆|农田|水库|住宅|住房|安置房|公寓|厂)等?的?(?:建设|新建|扩建|技术改造|改造)(?:力度|步伐|进度|速度)?"
    r"|(?:改造提升|提升改造|征迁改造|前期工作|续建|扩容|干道|分钟[^，]{2,10}圈)"
    r"|(?:河|[河航]道|流域|小区|小巷|街巷|水体|矿山|湖|沟|水土流失)(?:生态|环境|水环境)?(?:综合|系统)?"
    r"(?:治理|整治|修复)(?:力度)?"
    r"|[三五]年[^，]{0,6}行动(?:计划|方案)?)$"
)
_BUILT_ENDS = frozenset("设建造度伐升作道圈理治复动划案容")  # one look tells that it cannot match
_CREATED = ("创建", "争创")
_MANNER = re.compile(r"(?<![研控改复编])制$")  # 揭榜制, 林长制


def is_way(words: str, verb: str, *, has_name: bool) -> bool:
    """Return whether a clause tells a way of working: by its verb, else by its last noun."""
    if words.startswith(_CREATED) or (words[-1:] in _BUILT_ENDS and _BUILT.search(words)):
        return False
    if not has_name and (verb in WAYS or (words[-1:] == "制" and _MANNER.search(words))):
        return True
    if verb in AIMS:
        return verb in _GUARDS and "不发生" not in words  # 守住粮食安全底线, but 不发生…风险
    last = _LAST.search(words[::-1])
    if last is None:
        return verb in STEADY and not has_name
    return last[0][::-1] not in _SOLID
