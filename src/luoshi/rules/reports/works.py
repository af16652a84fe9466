"""Named works: projects, roads, schools, villages, campaigns that something is done to.

No list of names: a name is what ends like a work (…路, …产业园, …项目) and is not made of general
words alone, or stands in a list that ends with 等 and such a noun (A、B等3条道路).
"""

import re

from luoshi.rules.reports.grammar import stripped
from luoshi.rules.reports.words.generic import GENERIC
from luoshi.rules.reports.words.works import BARE, COMMON, ENDINGS, LONG_ENDINGS, PLACES

LONGEST, SHORTEST = 30, 2
LONGEST_WORD = 4
LONGEST_PLACE = 5
LONG_CAMPAIGN = 8  # letters from which …项目 or …行动 is a name even of general words
_LONG = "|".join(sorted(LONG_ENDINGS, key=len, reverse=True))
_END = rf"(?:{_LONG}|[{ENDINGS}])"
_ANY = re.compile(_END)
_LAST_LETTERS = {*ENDINGS, *(ending[-1] for ending in LONG_ENDINGS), "等"}
_WORTH = re.compile(f"[{''.join(sorted(_LAST_LETTERS))}]")  # quicker than all the endings
_ENDS = re.compile(rf"{_END}(?:[（(][^）)]*[）)])?$")
_COUNT = (
    r"(?:约|近|共)?(?:\d+|[两三四五六七八九十]+)(?:余|多)?"
    r"[个条家座所处项段部宗大](?!百分点)(?![^“]{0,20}”)"
)
_ETC = re.compile(
    rf"等(?![^“]{{0,20}}”)(?:{_COUNT}|一批|一大批|多个|多条|一系列|系列|多项)?"
    rf"(?P<head>[^，。；、（(]{{0,18}})"
    rf"|(?P<count>{_COUNT})(?P<head2>[^，。；、（(]{{0,18}})"
)
_WORK_HEAD = re.compile(
    r"[^在为将让使与的]{0,12}?(?:项目|工程|高铁|铁路|高速|公路|道路|路段|大街|街道"
    r"|街巷|管廊|桥|学校|小学|中学|幼儿园|医院|园区|产业园|公园|广场|机场|水库|枢纽"
    r"|煤矿"
    r"|电厂|电站|断头路|赛事|论坛|峰会|大会|节会|片区|街区|通道|河道|河流|流域|廊道"
    r"|景区|综合体|小镇|馆|精品村|示范村|规范村|设施建设|校舍|泵站|水系|湿地|小区"
    r"|安置房"
    r"|安置区|商圈|线路|干线|地铁|轨道|基地|中心建设|行动|活动(?!能)|计划|遗址|工业园"
    r"|物流园|村庄|新区|断面|支路|背街)"
)
_NOT_WORK_HEAD = re.compile(
    r"(?:[一-鿿]{0,6}?)(?:企业|品牌|领域|行业|产业(?!园|基地)|问题|方面|措施|政策"
    r"|方式|部门|单位|人员|群体|机构|功能|县区|区县|市县|地区|院校|高校|专家|团队"
    r"|国家|技术|产品|荣誉|称号|指标|业态|资本|银行)"
)
_ITEM = re.compile(r"(?:[^、（(“”]|（[^）]*）|\([^)]*\)|“[^”]*”(?!“))+?(?=、|$|”“)|“[^”]*”")
_AND = re.compile(r"(?<=[一-鿿）”期\d])(?:和|与|及|以及)(?=[一-鿿“\d])")
_LED = re.compile(
    r"(?:主城区|中心城区|城区|市区|全区|对|在|为|与|向|把|将|以|用于|包括|分别|国家首批"
    r"|首批|全部|一批|系列|更大的决心推动|全长|位于)+"
)
_TRAIL = re.compile(
    r"(?:的?(?:前期工作|相关工作|各项工作|建设进度|施工进度|工程进度|建设工作|建设"
    r"|开工建设|投入使用|投入运营|建成投用|建成投产|建成运营|建成通车|建成|开工|竣工"
    r"|投产|投用|投运|通车|运营"
    r"|进度|工作|主体完工|完工|主体|全线|贯通|启动|实施|落地|推进|顺利|加快|如期"
    r"|开馆|开园|开放|升级改造|更新改造|提质改造|改造|整治提升|综合整治|整治|综合治理"
    r"|治理|修复|升级"
    r"|扩容|绿化|施工|任务|提档|交付使用|运作|编制))+$"
)
_CAMPAIGN = re.compile(r"(?:行动计划|行动|工程|计划|活动|项目|试点|提升年)$")
_VAGUE = re.compile(
    r"^\d+(?!\d|国道|省道|号)|有水|入淀|^营造|^发展|^发挥|唯一|首个|首家|最|更多|更好|更高|一批|省重点|市重点"
    r"|重点项目|重大项目|产业项目|这些|各类|各项|现有|全部|新建\d|\d+(?:余|多)?[个条家座所处项]"
    r"|[两三四五六七八九]个|企业$|自身|配套项目|其他|若干|多个|的|所有"
)
_VERB = re.compile(
    r"(?:全线贯通|建成|开工|竣工|完工|投产|投用|投运|通车|落地|落户|启动|投入使用"
    r"|开馆|开街|开园|开放|挂牌|封顶|获评|入选|被评为|顺利|如期|加快|全面|正式|成功"
    r"|实现|完成|通过|进场"
    r"|申报|设立|纳入|列入|正(?:在|加|式)|力争|争取|年底|年内|尽快|早日|达到|取得"
    r"|有序|快速|稳步|\d{1,2}月|升级为|晋升|核准|惊艳|免费|成为|进行|集中|惠及|首批"
    r"|全线|荣获|授予|加速|扎实|具备|交付|建设完成|主体完|入住|改造通)"
)
_PARTNER = re.compile(
    r"与[^，]{2,40}(?:合作|签订|签约|签署|对接|联动|共建)|(?:战略|深度)合作|专家团队|央企"
)
_DEED = re.compile(r"[^“]{2,12}?(?:实施|开展|推进|新建|启动)(?=[^，]{4})")
_NO_HEAD = frozenset(
    {"计划", "行动", "城", "线", "厂", "环", "院", "渠", "山", "湖", "坝", "湾", "岛"}
)
_QUOTE = re.compile(r"“[^”]*”")
_WITH = re.compile(r"[与合专央]")
_STAGE = re.compile(r"[一二三四五]期(?:安置区|工程|项目)?")


def works_in(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the names of works in a clause, in their order, without doubles."""
    if not _WORTH.search(text, start, end) or _has_partner(text, start, end):
        return ()
    names: list[str] = []
    at = start
    while (etc := _ETC.search(text, at, end)) is not None:
        names += _listed(text, at, etc)
        at = etc.end()
    names += _plain(text, at, end)
    return tuple(dict.fromkeys(names))


def _has_partner(text: str, start: int, end: int) -> bool:
    """Return whether the names are those with whom something is done: 与甲乙学院签订协议."""
    may_have = _WITH.search(text, start, end) is not None  # quicker than the whole pattern
    return may_have and _PARTNER.search(text, start, end) is not None


def _listed(text: str, start: int, etc: re.Match[str]) -> list[str]:
    """Return the names of a list before 等 or a count, where what follows is a kind of work."""
    head = etc["head"] or etc["head2"] or ""
    if not _WORK_HEAD.match(head) or _NOT_WORK_HEAD.match(head):
        return []
    parts = items(text, _head_end(text, start, etc.start()), etc.start())
    if etc["count"] and len(parts) < 2:
        return []  # 省级重点项目38项: what is counted is no name
    names = []
    for first, last in parts:
        words = text[first:last]
        name = _name(words) or (words if _fits_list(words) else None)
        if name is not None:
            names.append(tidy(name))
    return names


def _fits_list(words: str) -> bool:
    """Return whether a member of a list of works is a name although it does not end like one."""
    if _VAGUE.search(words) or not SHORTEST <= len(words) <= LONGEST:
        return False
    return is_proper(words) or (len(words) >= 5 and _ENDS.search(words[-8:]) is not None)


def _plain(text: str, start: int, end: int) -> list[str]:
    begin = _head_end(text, start, end)
    verb = _VERB.search(text, begin + 1, end)
    finish = verb.start() if verb else end
    if finish - begin > 4 * LONGEST:
        return []
    names = (_name(text[first:last]) for first, last in items(text, begin, finish))
    return [tidy(name) for name in names if name is not None]


def _head_end(text: str, start: int, end: int) -> int:
    """Return where the object begins, behind verbs, adverbs and 对, 在."""
    begin = stripped(text, start, end)[0]
    led = _LED.match(text, begin, end)
    return led.end() if led else begin


def items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a list at 、 and at 和, 与, 及 between names."""
    result: list[tuple[int, int]] = []
    for item in _ITEM.finditer(text, start, end):
        begin, finish = item.span()
        for joint in _AND.finditer(text, begin, finish):
            if not _parts(text, begin, joint.start()):
                continue
            result.append((begin, joint.start()))
            begin = joint.end()
        result.append((begin, finish))
    return result


def _parts(text: str, start: int, end: int) -> bool:
    """Return whether what stands before 和 can be a name of its own: ends like one, not quoted."""
    words = text[start:end]
    if words.count("“") > words.count("”"):
        return False
    return len(words) <= 3 or words[-1] in "”）" or _ENDS.search(words[-8:]) is not None


def _name(words: str) -> str | None:
    """Return the name in one member of a list: all of it, or its head that ends like a work."""
    led = _LED.match(words)
    words = words[led.end() :].strip() if led else words.strip()
    if _STAGE.fullmatch(words):
        return words
    if deed := _DEED.match(words):
        words = words[deed.end() :]
    whole = _TRAIL.sub("", words)
    if is_work(whole):
        return whole
    for end in _ANY.finditer(words, 1):
        at = end.end()
        if words[at - 1 : at + 1] in GENERIC or end[0] in _NO_HEAD or at >= len(words):
            continue  # 城|镇, 乡|村 and the like: the ending is half of a word
        if at <= LONGEST and is_work(words[:at]):
            return words[:at]
    return None


def is_work(words: str) -> bool:
    """Return whether the words end like a work and hold a name of their own."""
    if not SHORTEST <= len(words) <= LONGEST or _VAGUE.search(_QUOTE.sub("", words)):
        return False
    if "“" in words:
        bare = words.rstrip("”")
        return words.count("“") == words.count("”") and bool(
            _CAMPAIGN.search(bare) or _ENDS.search(words)
        )
    if _CAMPAIGN.search(words) and len(words) >= LONG_CAMPAIGN:
        return True
    if not _ENDS.search(words[-10:]) or words.endswith(COMMON) or words in BARE:
        return False
    return _is_place(words) if words[-1] in PLACES else is_proper(words)


def _is_place(words: str) -> bool:
    """Tell 教育路 and 八四村 (names) from 断头路 and 示范村, whose ends are common."""
    return words not in GENERIC and (len(words) <= LONGEST_PLACE or is_proper(words))


def is_proper(words: str) -> bool:
    """Return whether two letters or more of the words belong to no general word."""
    if not SHORTEST <= len(words) <= LONGEST:
        return False
    return "“" in words or own_letters(words) >= 2


def own_letters(words: str) -> int:
    """Count the letters that no general word covers, the longest words taken first."""
    at, own, length = 0, 0, len(words)
    while at < length:
        for size in range(LONGEST_WORD, 1, -1):
            if words[at : at + size] in GENERIC:
                at += size
                break
        else:
            own += words[at] not in _LIGHT
            at += 1
    return own


_LIGHT = frozenset("的新老大小上下、与及和性类型级")


def tidy(words: str) -> str:
    """Return a name without blanks and footnote marks."""
    return re.sub(r"\s|\^?\[\d+\]", "", words)
