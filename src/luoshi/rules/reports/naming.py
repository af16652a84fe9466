"""Whether words name a work: a road, a school, a park, a project, a campaign of its own.

No list of names: a name ends like a work (…路, …产业园, …项目) and says before its end more than
general words do. What may stand before the end differs: a place of its own kind (…大街, …医院,
…产业园) is named by any word that is no mere class of such places; a project by letters of its own,
by quotes or by its length.
"""

import re

from luoshi.rules.reports.grammar import alternation
from luoshi.rules.reports.words import listed
from luoshi.rules.reports.words.generic import GENERIC
from luoshi.rules.reports.words.works import (
    BARE,
    CLASSES,
    COMMON,
    ENDINGS,
    LONG_ENDINGS,
    LOOSE,
    NEVER,
    PLACES,
    SINGLE,
)

LONGEST, SHORTEST = 30, 2
LONGEST_WORD = 4
LONGEST_PLACE = 5
LONGCAMPAIGN = 8  # letters from which …行动 or …计划 is a name even of general words
SHORTEST_DEFINITE = 5
SHORTEST_QUOTED = 7
LONG_PROJECT = 10  # …项目 is said of more
_SUFFIXES = frozenset((*LONG_ENDINGS, *ENDINGS))
_SIZES = tuple(sorted({len(one) for one in _SUFFIXES}, reverse=True))
_ANY = re.compile(alternation((*LONG_ENDINGS, *ENDINGS)))
_BRACKETS = re.compile(r"[（(][^）)]*[）)]$")
_LED = re.compile(
    r"(?:主城区|中心城区|城区|市区|全区|对|在|为|与|同|向|把|将|以及|以|用于|包括|分别"
    r"|国家首批|首批|全部|一批|系列|更大的决心推动|全长|位于|其中|重点|开工|新建|改扩建|扩建)+"
)
_TRAIL = re.compile(
    r"(?:的?(?:前期工作|前期|相关工作|各项工作|建设进度|施工进度|工程进度|建设工作|建设"
    r"|及配套设施|及相关配套设施|配套设施|基础设施"
    r"|开工建设|投入使用|投入运营|建成投用|建成投产|建成运营|建成通车|建成|开工|竣工"
    r"|投产|投用|投运|通车|运营"
    r"|进度|工作|主体完工|完工|主体|全线|贯通|启动|实施|落地|推进|顺利|加快|如期"
    r"|开馆|开园|开放|升级改造|更新改造|提质改造|改造提升|改造|整治提升"
    r"|(?:水生态|水环境|生态环境|生态|环境|矿山|河道|流域)?(?:综合|系统)?(?:整治|治理|修复)"
    r"|升级|综合开发|整体搬迁|搬迁|开发|征收|征迁|拆迁|翻建"
    r"|扩容|绿化|施工|任务|提档|交付使用|运作|编制|除险加固|加固|保护性(?:利用|开发)|保护利用|活化利用|综合利用|利用|保护"
    r"|增容|规范化建设|落成|扫尾|收尾|清淤|疏浚|贯通工程|项目集聚|于))+$"
)
_TRAIL_LETTERS = frozenset(_TRAIL.pattern)  # behind none of these it cannot match
CAMPAIGN = re.compile(r"(?:行动计划|行动|工程|计划|项目|试点|提升年|攻坚年|活动)$")
_QUOTED_ONLY = ("活动", "攻坚年")  # campaigns that are names in quotes only
VAGUE = re.compile(
    r"^\d+(?!\d|国道|省道|号|千伏)(?!(?<=^\d{4})[一-鿿]{2}(?<!年))|有水|入淀|^营造|^发展|^发挥|唯一"
    r"|^一[个条家座所处项]|首个|首家|最|更多|更好|更高|一批|省重点|市重点"
    r"|重[点大](?:项目|工程|单位)|产业项目|这些|各类|各项|现有|全部|新建\d|\d+(?:余|多)?[个条家座所处项]|为中心"
    r"|^[式版型化]|^(?:居|开拓|回应|重塑|探索|形成|满足|适应|彰显|对标|面向|助推|夯实|释放|讲好|打响|倡导|织密|破解)"
    r"|”向|向“|方案|一流|知名|以[上下内]|全覆盖|[百千万]亿级|\d亿级|第[一二三四五六七八九十]+次|记者"
    r"|[两三四五六七八九]个|企业$|自身|配套项目|其他|若干|多个|的|所有|资金|参与|人员"
)
DEED = re.compile(r"[^“]{2,12}?(?:实施|开展|推进|新建|启动|建设(?=“))(?=[^，]{4})")
_NO_HEAD = frozenset(
    {"计划", "行动", "城", "线", "厂", "环", "院", "渠", "山", "湖", "坝", "湾", "岛"}
)
_QUOTE = re.compile(r"“[^”]*”")
_STAGE = re.compile(r"[一二三四]期(?:安置区|工程|项目)?")
_ASIDE = frozenset(
    listed(
        """
        周边 附近 方向 地区 一带 沿岸 居民 企业 群众 干部 流域 集团 公司 公交 班线 街道 管委 党委
        政府 实施 全覆 占比 在园 入园 集装 货物 旅客 吞吐 运营 里程 以东 以南 以西 以北 运作
        机制 制度 政策 主体 秩序
        """
    )
)
_OF = re.compile(
    r".*\d[^的]*的|.*(?:位于[^的]*|之间|为(?:核心|重点|龙头|代表|依托))的"
    r"|.*(?:企盼|期盼|关注|开工|建设|规划|谋划|引进|投资|实施)的|投(?:资|入)[\d.]+[万亿]?元(?:建设|新建|改造|实施)?"
)
_ROAD = re.compile(r"(?:[国省县乡]道)?(?<![A-Za-z\d])[GSXYC]\d{2,4}(?!\d)")  # 国道 by its code
_NTH = re.compile(r"第[一二三四五六七八九十\d]{1,3}届.{2,}(?:会|节|赛|论坛|展|周|活动)$")
_HOUSED = re.compile(r"[^“]{2,10}(“[^”]*”)$")  # 甲乙学院|“丙丁研究基地”
_NATIONAL = re.compile(r"国家(?!级)")
_SCHOOL = re.compile(r"[一二三四五六七八九十][中小]$")  # 市一中, 六十九中
_SIDE = re.compile(r"[道路街][东西南北]$")
_UNLIKE = re.compile(
    rf"{_ROAD.pattern}|{_NTH.pattern}|[一二三四五六七八九十][中小期]|{_SIDE.pattern}"
)
_LABEL = re.compile("“[两三四五六七八九十]+大[^”]*”$")
_PHASE = re.compile(r"[一二三四五]期(?:工程|项目)?$")
_NUMBERED = re.compile(r"(?<=.)(?:号线|国道|省道|县道)$")
_OWNED = re.compile(r"[省市县区州旗](?![级域区城直场民县内外委道容块位际间乡属辖]|政(?!务))")
_COUNTED = re.compile(  # but 甲乙产业园|6万平方米厂房, 甲乙路|3公里
    r"各?\d[\d.]*(?:余|多)?[万亿]?(?:[个条家座所处项套名]|(?:平方米|亩)(?:以上)?$)|各\d"
)
_CIVIC = tuple("馆院宫")
_SIDES = frozenset("东西南北")
_COMPASS = frozenset("东西南北内外一二三四五六七八九十")
LIGHT = frozenset("的新老大小上下、与及和性类型级")


def name_in(words: str) -> str | None:
    """Return the name in one member of a list: all of it, or its head that ends like a work."""
    if not _ANY.search(words) and not _UNLIKE.search(words):
        return None
    words = bared(words)
    if words[1:2] == "期" and _STAGE.fullmatch(words):
        return words
    if (deed := DEED.match(words)) and trimmed(words[deed.end() :]):
        words = words[deed.end() :]
    if (of := _HOUSED.match(words)) and ending_of(of[1][1:-1]):
        return of[1]
    whole = trimmed(words)
    if is_work(whole):
        return whole
    head = _head_of(words)
    if head is not None and is_part(head, whole):
        return whole
    return head


def is_part(head: str, whole: str) -> bool:
    """Return whether the whole names a part of the work at its head: 甲乙医院|门诊综合楼."""
    is_long = len(head) + 2 < len(whole) <= LONGEST
    return is_long and len(ending_of(whole)) > 1 and not VAGUE.search(whole)


def bared(words: str) -> str:
    """Return the words without what leads to a name: 对, 总投资2亿元的, a dash."""
    if led := _LED.match(words):
        words = words[led.end() :]
    dash = max(words.rfind("――"), words.rfind("——"))
    if dash >= 0:
        words = words[dash + 2 :]
    if of := _OF.match(words):
        words = words[of.end() :]
    return words.strip()


def trimmed(words: str) -> str:
    """Return the words without what is done at their end: 甲乙路|改造提升, 丙丁桥|前期工作."""
    return _TRAIL.sub("", words) if words[-1:] in _TRAIL_LETTERS else words


def _head_of(words: str) -> str | None:
    """Return the longest-standing head of the words that is a name: 甲乙路|雨水管网改造."""
    for end in _ANY.finditer(words, 1):
        at = end.end()
        if at < len(words) and not _is_cut_wrong(words, end) and is_work(words[:at]):
            return words if words[at:] in _SIDES else words[:at]
    return None


def _is_cut_wrong(words: str, end: re.Match[str]) -> bool:
    """Return whether a name cannot end here: in a word, before its number, in an open bracket."""
    at = end.end()
    if end[0] in _NO_HEAD or words[at - 1 : at + 1] in GENERIC or words[at : at + 2] in _ASIDE:
        return True  # 城|镇, 乡|村: the ending is half of a word
    if _COUNTED.match(words, at):
        return True  # 公办幼儿园|30所: what is counted
    is_title = end[0] == "试点" and words[at] in "市县区镇校"
    return is_title or words.count("（", 0, at) > words.count("）", 0, at)


def ending_of(words: str) -> str:
    """Return the end that makes the words a work, the longest there is, or nothing."""
    if words[-1:] in "）)":
        words = _BRACKETS.sub("", words)
    for size in _SIZES:
        if words[-size:] in _SUFFIXES:
            return words[-size:]
    return ""


def is_work(words: str) -> bool:
    """Return whether the words end like a work and hold a name of their own."""
    if not SHORTEST <= len(words) <= LONGEST:
        return False
    if "“" in words:
        return not VAGUE.search(_QUOTE.sub("", words)) and _is_quoted(words)
    ending = ending_of(words)
    if (not ending and not _UNLIKE.search(words)) or VAGUE.search(words):
        return False
    told = _by_shape(words)
    if told is not None:
        return told
    if not ending or words in BARE or words.endswith(NEVER):
        return False
    return _is_named(words, ending)


def _by_shape(words: str) -> bool | None:
    """Judge what a number gives away: 第三届…节, S524, 六十九中, …二期; None where none does."""
    if _NTH.search(words) or _ROAD.match(words) or _SCHOOL.search(words):
        return not words.endswith(NEVER)
    if phase := _PHASE.search(words):
        before = words[: phase.start()]
        return before not in BARE and (ending_of(before) != "" or own_letters(before) >= 2)
    if side := _SIDE.search(words):
        before = words[: side.start() + 1]  # 甲乙大道|南
        return ending_of(before) not in ("", before) and before not in BARE
    if numbered := _NUMBERED.search(words):
        return words[numbered.start() - 1].isdigit()
    return _is_campaign(words) if CAMPAIGN.search(words) else None


def _is_named(words: str, ending: str) -> bool:
    """Return whether what stands before the ending names something, by the kind of the ending."""
    before = words[: words.rindex(ending)]
    if _OWNED.match(words) and (words[-1] in _CIVIC or ending.endswith("中心")):
        return True  # 省美术馆, 市文化中心
    if words.endswith(COMMON):
        return _is_of_its_own(words)
    if ending in SINGLE:
        return _is_single(before)
    if ending in LOOSE:
        own = own_letters(before)
        is_own = ending == "实验室" or len(words) >= LONGCAMPAIGN or _NATIONAL.match(words)
        return own >= 3 or (own >= 2 and bool(is_own))
    return (
        _is_place(words) if words[-1] in PLACES else is_proper(before if len(ending) > 1 else words)
    )


def _is_quoted(words: str) -> bool:
    """Tell “百日会战”行动 and “某某”示范带 from “七无”平安村 and “一带一路”."""
    if words.count("“") != words.count("”"):
        return False
    if words.endswith(("”项目", "”试点")) and len(words) < SHORTEST_QUOTED:
        return False  # “两高”项目: a class of them
    if _LABEL.match(words):
        return False  # “五大特色街区”, “六大工程”: kinds, counted
    bare = words.strip("“”")
    return bool(CAMPAIGN.search(bare)) or len(ending_of(bare)) > 1


def _is_campaign(words: str) -> bool:
    """Tell 开发区倍增计划 (a name) from 重点工程 and 便民活动 (general words)."""
    if words.endswith(_QUOTED_ONLY):
        return False
    own = own_letters(words)
    if words.endswith("项目"):
        is_long = own >= 2 or len(words) >= LONG_PROJECT
        return is_long or _head_of(words[:-2]) is not None
    is_led = own > 0 or words.endswith(("行动", "计划"))
    if words.endswith("计划") and own >= 2 and len(words) >= SHORTEST_DEFINITE:
        return True
    return own >= 3 or len(words) >= (LONGCAMPAIGN if is_led else LONG_PROJECT)


def _is_of_its_own(words: str) -> bool:
    """Tell 甲乙公路 and 西环路 from 农村公路: what stands before the common end is no class."""
    common = max((one for one in COMMON if words.endswith(one)), key=len)
    before = words[: -len(common)]
    return before in _COMPASS or own_letters(before) >= 2


def _is_single(before: str) -> bool:
    """Tell 电力产业园 and 县医院 (names) from 特色产业园: some word before the end is no class."""
    if _OWNED.match(before):
        return True
    at = 0
    while at < len(before):
        size = next((n for n in (4, 3, 2) if before[at : at + n] in CLASSES), 0)
        if not size and before[at] not in LIGHT:
            return True
        at += size or 1
    return False


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
            own += words[at] not in LIGHT
            at += 1
    return own
