"""Named works of a clause: projects, roads, schools, villages, campaigns something is done to.

Where they stand: behind the clause's verb, before its 开工 or 投用, in lists that 、 and 和
part and that may end with 等 and a kind of work (A、B等3条道路). Which of its members
are names, ``weighing`` says.
"""

import re
from collections.abc import Iterator

from luoshi.rules.reports.grammar import alternation, begun, presence
from luoshi.rules.reports.members import items
from luoshi.rules.reports.naming import DEED, KIND_OF, LONG_ENDS, ending_of, trimmed
from luoshi.rules.reports.weighing import Setting, name_in
from luoshi.rules.reports.words.verbs import ACTIONS, ADVERBS
from luoshi.rules.reports.words.works import HEADS, LEADING

_ROADS = "|".join(rf"{letter}\d{{2}}" for letter in "GSXYC")
_SCHOOLS = "|".join(f"{digit}[中小](?![国央心型时])" for digit in "一二三四五六七八九十")
_MAY = re.compile(  # a clause without these names nothing; each begins with a letter: quick
    rf"{presence((*LONG_ENDS, *HEADS))}"
    r"|路(?!径)|街|桥|河(?!长)|湖|江|渠|馆|园|院|村(?!民|集体)|镇|港|站|线(?![上下])"
    rf"|{_ROADS}|{_SCHOOLS}"
    r"|届|楼(?!宇)|城(?![市镇乡区])|厂|矿|湾|山|岛|洞|巷"
    r"|坝|段|寺|塔|乡(?![村镇])|庄|环(?![境保节])"
)
_COUNT = (
    r"(?:(?<![A-Za-z\d])\d+|[两三四五六七八九十]+)(?:余|多)?"
    r"(?:个(?!月|百分点)|[条家座所处项段部宗大])(?![^“]{0,20}”)"
)
_ETC = re.compile(
    r"等(?<![中高优甲乙同平相对初均].)(?!级|待|因|于|同)(?![^“]{0,20}”)"
    rf"(?:{_COUNT}|一批|一大批|多个|多条|一系列|系列|多项)?"
)
_COUNTED = re.compile(_COUNT)
_MAY_COUNT = re.compile("[\\d两三四五六七八九十余多][个条家座所处项段部宗大]")  # quicker than both
_OTHER = (
    r"灯光|企业|产业|聚|集聚|资本|领域|品牌|问题|主体|功能|业态|经济|模式|机制|制度|体系|政策|标准|单位|部门|人员|群众|居民"
    r"|用户|管理|集体|民|级"
)
_HEAD = re.compile(
    r"(?:(?!在(?![建谈])|为|将|让|使|与|实施|推进|推动|开展|参与|参加|踊跃|合作(?!项目)|签|落户|入驻|领域|行业|部门|单位|企业(?!园|[项合])|服务(?!中心|区|业[项重]|工程)|集聚|鼓励|支持|引导|带动(?!性)|促进"
    r"|打造|完善)[^，。；！\n]){0,22}?"
    rf"(?:{alternation(HEADS)})(?<!宅基地)(?<!农村)”?(?!{_OTHER})"
)
_OPEN = re.compile(
    r"的?(?:建设|主体[结完工封]|改造|开发|征收|征迁|前期|实施|推进|落地|开工|竣工|投产|投用|建成|升级|提升|扩建|迁建|新建|改建|整治|治理|修复"
    r"|进展|顺利|尽快|加快|陆续|相继|全部|已|均|正|如期|早日|通车|启动|集中|完成|投入|交付|年底|年内|开通|交付|启用|亮相|落地|修缮|开放|$)"
)
_NO_WORK = re.compile(
    rf"[^，；。\n]{{0,8}}(?:{_OTHER}|[一-鿿]{{0,2}}业|公司|人才|专家|技术|产品|乡镇|县区|城市|地区)"
)
_LED = re.compile(
    r"(?:主城区|中心城区|城区|市区|全区|以及|对|在建|在|为|与|向|把|将|以|用于|包括|分别(?:是|为)?|国家首批"
    r"|首批|全部|全长|位于|好)+"
)
LONGEST_WHO = 10
_MAY_ACT = re.compile("[将拟计要已]")
_WHO = re.compile(  # 我省将|推动, 该市计划|开工
    rf"([^，、。；“]{{2,8}}?)(?:(?<!即)将|拟|计划|(?<!重)要|已)(?=(?:{alternation(ADVERBS)})*(?:{alternation(ACTIONS)}))"
)
_MONTH = "|".join(rf"{digit}\d?月" for digit in range(10))
_VERB = re.compile(  # every branch begins with a letter, none with a class: so search is quick
    r"(?:全线贯通|向(?<![面方定走取导转意]向)(?=[^、，。]{2})|打造|争创|建成|开工|竣工|完工|投产|投用|投运|通车|落地|落户|启动(?!区)|投入使用"
    r"|开馆|开街|开园|开放(?!型|式|旅游|区|合作|平台|高地|大)|挂牌|封顶|获评|入选|被评为|顺利|如期|加快|全面|正式|成功"
    r"|实现|完成|通过|进场|进入|进展|施工|平稳|运行(?!机制)|达产|开园|亮灯|试生产|试运行|揭牌|奠基|动工|复工|合龙|架通|获准|启用|即将|基本|陆续|相继"
    r"|申报|设立|纳入|列入|正(?:在|加|式)|力争|争取|年底|年内|尽快|早日|达到|取得|并网|运营(?!中心|商|管理)|获批|通水|通气|开通"
    r"|有序|加紧|抓紧|全速|快速(?![路通化干公铁轨线])|升级为|晋升|核准|免费|成为|进行(?!曲)|集中(?=开工|签约|开园|竣工|亮相|入住|投产|启动)|惠及|首批(?=封顶)"
    r"|全线|荣获|授予|加速(?!器)|扎实|具备|交付|建设完成|主体完|入住|改造通"
    r"|今年[春夏秋冬]季|春季|夏季|秋季|冬季|暑期|一季度|二季度|三季度|四季度|上半年|下半年"
    rf"|{_MONTH})"
)
_AGAIN = re.compile(r"[^、，“]{0,10}(?:、|以及|和|并)(?=[^、，]{3})")
_PARTNER = re.compile(
    r"与[^，]{2,40}(?:合作|签订|签约|签署|对接|联动|共建|链接|联通|联系|同步)|(?:战略|深度)合作|专家团队|央企"
)
_WITH = re.compile(r"[与合专央]")
_LENT = re.compile(
    r"[^，、“]{0,4}?(?:依托|借助|发挥|邀请|联合|携手|密切|融入|对接|承接|衔接)(?!项目|工程)"
)
_HONOUR = re.compile(r"争创|申创|创成|争当|创建(?!项目|等|工程|工作)|入选|获评|荣获|评为|授予")
_EVENT = re.compile(
    r"(?:已|均|实现|正式|顺利|如期|全面|基本|成功|陆续|相继|即将|主体)*(?:开工|竣工|完工|投产|投用|投运|通车|封顶|开园|开馆|开街|并网|合龙|奠基"
    r"|动工|启用|试生产|试运行|建成|交付|运营|挂牌|揭牌|亮相|开放运|免费开放|完成主体)"
)
_PAPER = re.compile("(?:制定|出台|印发)(?:实施)?[^，]{4,}(?:方案|意见|办法|措施|清单|条例|细则)$")
_CLASS = re.compile(
    r"各类|各种|大型|新型|特色|传统|基础|关键|公共(?!服务工程)|\d+类|[一-鿿]{0,4}(?:平台|载体|工作)"
)  # 等大型赛事: kinds, no names
_LEADS = re.compile(alternation(tuple(LEADING)))
LONGEST_TOLD = 120
LEAD = 12  # letters before a list that hold its verb
MANY_MEMBERS = 4
_SIZES = [f"members: {size}" for size in range(MANY_MEMBERS + 1)]
_UNTIDY = re.compile(r"\s|\^?\[\d+\]")
_GOES_ON = re.compile(r"[、和与及]|以及|实施|开展|推进|启动|建设|完成")  # behind what is counted
_MANY = re.compile(r"一批|一大批|一系列|系列|多个|若干|更多|各类|各级")


_NO_THING = re.compile("改革|任务|试点|问题|产业|机制|企业|领域|方面|指标")
_INSIDE = re.compile("（(?:[^（）]|（[^（）]*）)*(?=）)")
_FIGURES = {letter: str(at) for at, letter in enumerate("两三四五六七八九十", start=2)}

Member = tuple[tuple[int, int], Setting]


def works_in(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the names of works in a clause, in their order, without doubles."""
    if not may_name(text, start, end):
        return ()
    names: dict[str, None] = {}
    for (first, last), setting in members_in(text, start, end):
        name = name_in(text[first:last], setting)
        if name is not None:
            names[tidy(_closed(name, text, last))] = None
    return tuple(names)


def _closed(name: str, text: str, end: int) -> str:
    """Return a name with the bracket that closes it: 甲乙线（东段|）."""
    if name[-1] in "）)" or not ("（" in name or "(" in name):
        return name
    opened = max(name.rfind("（"), name.rfind("("))
    is_open = max(name.rfind("）"), name.rfind(")")) < opened
    return name + text[end - 1] if is_open and text[end - 1] in "）)" else name


def may_name(text: str, start: int, end: int) -> bool:
    """Return whether a clause may hold a name at all; most do not, and this is quick to tell."""
    return _MAY.search(text, start, end) is not None and not _has_partner(text, start, end)


def tidy(words: str) -> str:
    """Return a name without blanks and footnote marks."""
    return words if words.isalnum() else _UNTIDY.sub("", words)


def members_in(text: str, start: int, end: int) -> Iterator[Member]:
    """Yield the stretches of a clause that may hold a name each, with where they stand."""
    if honour := _HONOUR.search(text, start, end):
        end = honour.start()  # what is awarded is no work
    if _PAPER.match(text, start, end):
        return  # what papers are about
    at, is_counted = start, False
    for found, is_count in _marks(text, start, end):
        if found.start() < at:
            continue
        if is_count and (inside := _INSIDE.match(text, found.end(), end)):
            yield from _bracketed(text, *inside.span())
            at = inside.end()
            continue
        head = _HEAD.match(text, found.end(), end)
        if head and is_count and ("等" in head[0] or "、" in head[0] or head[0][0] in "和及"):
            head = None  # 五大连池、甲乙等公路: no count; 项目8个、公路3条: counts of kinds
        yield from _listed(text, at, found, is_kind=head is not None, is_count=is_count, end=end)
        at = head.end() if head else found.end()
        is_counted = _GOES_ON.match(text, at, end) is None
    yield from _told(text, at, end, is_counted=is_counted)


def _marks(text: str, start: int, end: int) -> list[tuple[re.Match[str], bool]]:
    """Return what ends a list, in order: 等, and counts (true)."""
    found: list[tuple[re.Match[str], bool]] = []
    if text.find("等", start, end) >= 0:
        found = [(one, False) for one in _ETC.finditer(text, start, end)]
    if _MAY_COUNT.search(text, start, end):
        found += [(one, True) for one in _COUNTED.finditer(text, start, end)]
        found.sort(key=lambda one: one[0].start())
    return found


def _has_partner(text: str, start: int, end: int) -> bool:
    """Return whether the names are those with whom something is done: 与甲乙学院签订协议."""
    if _LENT.match(text, start, end):
        return True
    may_have = _WITH.search(text, start, end) is not None  # quicker than the whole pattern
    return may_have and _PARTNER.search(text, start, end) is not None


def _listed(
    text: str, start: int, found: re.Match[str], *, is_kind: bool, is_count: bool, end: int
) -> Iterator[Member]:
    """Yield the members of a list before 等 or a count, where what follows is a kind of work."""
    is_numbered = not is_count and found[0][-1] not in "等家"  # 甲乙路等26条: of whatever kind
    is_open = is_numbered or is_count or _OPEN.match(text, found.end(), end) is not None
    if not (is_kind or is_open) and _NO_WORK.match(text, found.end(), end):
        return
    stop = found.start()
    begin = _head_end(text, start, stop)
    where, marks = "kind" if is_kind else "open" if is_open else "rest", []
    if is_count and not is_kind and _as_many(text, begin, found, end):
        where = "kind"  # 甲山、乙山、丙湖三大生态屏障
    elif is_count and not is_kind:
        verb = _VERB.search(text, begin + 1, stop)
        if verb is None and text[stop - 1] not in "及和与、":
            return
        where, stop = "told", verb.start() if verb else stop - 1  # 甲乙机场开通|9条, 甲乙路和|5条
    parts = items(text, begin, stop)
    if is_kind and is_count and len(parts) < 2 and text.find("“", start, stop) < 0:
        return  # 省级重点项目38项: what is counted is no name
    if _MANY.match(text, begin, stop):
        marks.append("many")  # 一批甲、乙等项目: kinds of them
    if found[0][-1] == "大" or _CLASS.match(text, found.end(), end):
        marks.append("class")
    yield from _placed(text, start, parts, where, marks)


def _bracketed(text: str, start: int, end: int) -> Iterator[Member]:
    """Yield the members of a list in a bracket behind a count: 续建项目6个（甲大桥、乙水库）."""
    parts = items(text, start + 1, end)
    if len(parts) > 1:
        yield from _placed(text, start, parts, "kind", [])


def _as_many(text: str, begin: int, found: re.Match[str], end: int) -> bool:
    """Return whether a list has as many members as the number of things behind it says."""
    number = _FIGURES.get(found[0][:-1], found[0][:-1])
    many = len(items(text, begin, found.start()))
    return many > 1 and number == str(many) and not _NO_THING.search(text, found.end(), end)


def _told(text: str, start: int, end: int, *, is_counted: bool) -> Iterator[Member]:
    """Yield what stands before each verb of what is told: A开工、B投产.

    ``is_counted`` says that a number or 等 stands before: the first noun is what it counts.
    """
    begin = start
    while begin < end:
        begin, lead = _head_end(text, begin, end), begin
        verb = _VERB.search(text, begin + 1, end)
        finish = verb.start() if verb else end
        if finish - begin <= LONGEST_TOLD:
            is_event = verb is not None and _EVENT.match(text, finish, end) is not None
            parts = items(text, begin, finish)
            if len(parts) > 1 and DEED.match(text, *parts[-1]):
                parts = parts[-1:]  # 在甲学校、乙学校实施…: where, or who does it
            if is_counted:
                parts = [*_deed_behind(text, parts[0]), *parts[1:]] if parts else []
            marks = ["many"] if _MANY.match(text, begin, finish) else []
            yield from _placed(text, lead, parts, "event" if is_event else "told", marks)
        again = _AGAIN.match(text, verb.end(), end) if verb and verb[0] != "向" else None
        if again is None:
            break
        begin, is_counted = again.end(), False


def _deed_behind(text: str, part: tuple[int, int]) -> list[tuple[int, int]]:
    """Return what a counted noun does, if anything: 12所|学校实施|“甲乙”计划."""
    deed = DEED.match(text, *part)
    return [(deed.end(), part[1])] if deed else []


def _placed(
    text: str, start: int, parts: list[tuple[int, int]], where: str, marks: list[str]
) -> Iterator[Member]:
    """Yield the members of a list with what they share, and with how their neighbours look."""
    if not parts:
        return
    at, size = parts[0][0], len(parts)
    if at > start:
        leads = _LEADS.findall(text, max(start, at - LEAD), at)
        marks = [*marks, *{LEADING[lead] for lead in leads}]
    marks = [*marks, _SIZES[min(size, MANY_MEMBERS)]]
    if size == 1:
        yield parts[0], Setting(where, tuple(marks), is_alone=True)
        return
    ends = [ending_of(trimmed(text[first:last]).strip("“”")) for first, last in parts]
    like = [end != "" for end in ends]
    shared = f"before: {KIND_OF.get(ends[-1])}"
    for at, part in enumerate(parts):
        others = sum(like) - like[at]
        beside = "none" if others == 0 else "all" if others == size - 1 else "some"
        own = [*marks, f"names beside: {beside}"]
        if at in (0, size - 1):
            own.append("first" if at == 0 else "last")
        if not like[at] and like[-1]:
            own.append(shared)  # 甲、乙、丙机场: of what kind the last is
        yield part, Setting(where, tuple(own), is_alone=others == 0)


def _head_end(text: str, start: int, end: int) -> int:
    """Return where the object begins, behind who acts, verbs, adverbs and 对, 在."""
    if _MAY_ACT.search(text, start, min(start + LONGEST_WHO, end)):
        who = _WHO.match(text, start, end)
        if who is not None and ending_of(who[1]) == "":
            start = who.end()  # 我省将|推动, but not 甲乙大桥将|完成
    begin = begun(text, start, end)
    begin += text.startswith("的", begin, end)  # 今年3月开工建设|的
    while led := _LED.match(text, begin, end):
        begin = begun(text, led.end(), end)
    return begin
