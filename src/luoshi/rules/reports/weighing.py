"""Which candidate is the name of a work: what speaks for it is weighed.

Each candidate has features (how it ends, its own letters, what is left behind it, where it stands);
their weights are added, and the best candidate above nothing is the name. The weights were fitted
to labelled reports by bench/weights.py; no feature is a place, a person or a project.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from luoshi.rules.reports.grammar import sizes_by
from luoshi.rules.reports.naming import (
    ANY,
    KIND_OF,
    LONG_HEAD,
    LONGEST,
    MANY_OWN,
    SHORTEST,
    ending_of,
    own_letters,
    stretches,
    trimmed,
)
from luoshi.rules.reports.words import listed
from luoshi.rules.reports.words.generic import GENERIC
from luoshi.rules.reports.words.weights import WEIGHTS
from luoshi.rules.reports.words.works import KINDS, NEVER

_NEVER = frozenset(NEVER)
_NEVER_SIZES, _GENERIC_SIZES = sizes_by(_NEVER, slice(-2, None)), sizes_by(GENERIC, slice(-2, None))
LONGEST_END = 4  # letters
_BY_THEIR_ENDS = ("told", "event")  # where only what ends like a work is one
_ODD = (  # what ends like no work, or not like the one it is
    ("event", re.compile(r"第[一二三四五六七八九十\d]{1,3}届.{2,}(?:会|节|赛|论坛|展|周|活动)$")),
    ("school", re.compile(".*[一二三四五六七八九十][中小]$")),  # 市一中, 六十九中
    ("road", re.compile(r"(?:[国省县乡]道)?[GSXYC]\d{2,4}(?!\d)|.*[道路街][东西南北]$")),
)
_MAY_BE_ODD = re.compile(  # each branch begins with a letter, none with a class: quick
    "|".join(
        [
            *(rf"{letter}\d{{2}}" for letter in "GSXYC"),
            "届",
            *(f"{digit}[中小]" for digit in "一二三四五六七八九十"),
            *(f"{way}[东西南北]$" for way in "道路街"),
        ]
    )
)
_SIGNS = (  # asked of each candidate whose member has it
    ("latin", re.compile("[A-Za-z]")),
    ("digit", re.compile(r"[\d]")),
    ("digit first", re.compile(r"^[\d]")),
    ("bracket", re.compile("[（]")),
    ("的", re.compile("[的]")),
    ("and", re.compile("[和与及]")),
)
_ANY_SIGN = re.compile("|".join(sign.pattern.removeprefix("^") for _, sign in _SIGNS))  # a class
_SHAPES = (  # each begins with a letter
    ("numbered line", re.compile(r"号线(?<=\d..)|国道(?<=\d..)|省道(?<=\d..)|县道(?<=\d..)")),
    ("from to", re.compile("至(?<=[一-鿿]{2}.)(?=[一-鿿]{2})")),
    (
        "praise",
        re.compile("级|最|各|多|一流|唯一|首[个家座]|知名|全[国省市县域]|系列|新型|配套|相关"),
    ),
)
_ANY_SHAPE = re.compile("|".join(shape.pattern for _, shape in _SHAPES))  # most have none
_FIRST = (  # asked of the begin of a member
    ("seat", re.compile("[一-鿿]{1,4}?[市县区镇乡州省]")),
    ("count first", re.compile(r"[\d一两二三四五六七八九十]+(?:多|余)?[个条座家所处项村]")),
    (
        "of the place",
        re.compile(r"[省市县区州旗](?![级域区城直场民县内外委道容块位际间乡属辖]|政(?!务))"),
    ),
    ("national", re.compile("国家(?!级)")),
    (
        "deed first",
        re.compile(
            "深入|稳慎|成一批|推进|实施|加快|启动|建立|共享|开展|打造|完善|建成|优化|强化|全面"
            "|提升|推动|支持|一批|[式化型级日成外]"
        ),
    ),
)
_ANY_FIRST = re.compile("|".join(shape.pattern for _, shape in _FIRST))  # most have none
_IDEA = re.compile(
    r"(?:水平|体系|机制|能力|质量|品质|产业|经济|市场|力|度|率|化|性|制度|模式|格局|环境"
    r"|服务|空间|形象|品牌|文化|资源|力量|企业|问题|政策|要素|功能|业态|设施|设备)$"
)
_IDEA_LETTERS = frozenset("平系制力量质产业经济场度率化性式局境务间象牌源题策素能态施备")
_LABEL = re.compile("“[一二两三四五六七八九十]")  # “五大特色街区”, “七无”平安村: counted
_STAGE = re.compile("[一二三四]期")  # the second stage, of what was named before
_VAGUE_BEGIN = re.compile(
    r"\d+(?!\d|国道|省道|号|千伏|\.?\d*[万千]?(?:吨|千瓦|兆瓦|[MGK]W|套|台))(?!(?<=^\d{4})[一-鿿]{2}(?<!年))|营造|发展|发挥|一[个条家座所处项]"
    r"|[式版型化]|居|开拓|回应|重塑|探索|形成|满足|适应|彰显|对标|面向|助推|夯实|释放|讲好|打响|倡导|织密|破解"
)
_VAGUE = re.compile(  # each branch begins with a letter, none with a class: quick
    "唯一|首个|首家|最|更多|更好|更高|一批|省重点|市重点|重[点大](?:项目|工程|单位)|产业项目|这些|各类"
    r"|各项|现有|全部|新建\d|为中心|”向|向“|方案|一流|知名|以[上下内]|全覆盖|亿级(?<=[百千万\d]..)|第[一二三四五六七八九十]+次"
    r"|记者|个(?<=[两三四五六七八九].)|企业$|自身|配套项目|其他|若干|多个|的|所有|资金|参与|人员|"
    + "|".join(rf"{one}(?:(?<=\d.)|(?<=\d[余多].))" for one in "个条家座所处项")
)
_QUOTE = re.compile(r"“[^”]*”")
_DONE = re.compile(
    "的?(?:建设|改造|开工|竣工|投用|建成|通车|完工|改扩建|扩建|整治|治理|提升|升级|修复|修缮|主体"
    "|前期|开放|启用|封顶|投产|施工|征迁|拆迁|开发|启动)"
)
_ASIDE = frozenset(
    listed(
        """
        周边 附近 方向 地区 一带 沿岸 居民 企业 群众 干部 流域 集团 公司 公交 班线 街道 管委 党委
        政府 实施 全覆 占比 在园 入园 集装 货物 旅客 吞吐 运营 里程 以东 以南 以西 以北 运作
        机制 制度 政策 主体 秩序
        """
    )
)
_COUNTED = re.compile(  # but 甲乙产业园|6万平方米厂房, 甲乙路|3公里
    r"各?\d[\d.]*(?:余|多)?[万亿]?(?:[个条家座所处项套名]|(?:平方米|亩)(?:以上)?$)|各\d"
)
_HALVES = frozenset(
    {"计划", "行动", "城", "线", "厂", "环", "院", "渠", "山", "湖", "坝", "湾", "岛"}
)
_OF_DEEDS = frozenset({"campaign", "project"})
_LEADING = ("campaign", "build")  # kinds of verbs before a list, as ``works`` marks them
_WHOLE = ("to the end",)
_MANY_THREES = 5  # three letters each
_ENDS = {kind: f"ends: {kind}" for kind in (*KINDS, "none")}
_HEADS = [f"head: {letters}" for letters in range(LONG_HEAD + 1)]
_OWNS = {
    where: [f"{where}, own: {letters}" for letters in range(MANY_OWN + 1)]
    for where in ("kind", "event", "open", "rest", "told")
}
Shape = tuple[str, re.Pattern[str]]
weight_of = defaultdict(float, WEIGHTS).__getitem__  # a feature never seen weighs nothing


@dataclass(slots=True)
class Setting:
    """Where a member stands: what it shares with all candidates, and what leads or follows it."""

    where: str  # before 等 "kind" (of work), "open" (to what is done) or "rest"; "event", "told"
    features: tuple[str, ...]  # of the list: its length, its other members, the verb before
    is_alone: bool  # none of its list looks like a name, or it is no list


def name_in(words: str, setting: Setting) -> str | None:
    """Return the candidate that weighs most, None where none weighs more than nothing."""
    best, name = 0.0, None
    shared = sum(map(weight_of, setting.features))
    for candidate, features in weighed(words, setting):
        weight = shared + sum(map(weight_of, features))
        if weight > best:
            best, name = weight, candidate
    return name


def weighed(words: str, setting: Setting) -> list[tuple[str, list[str]]]:
    """Return the candidates of a member with their features, without those of its setting."""
    found = []
    for base in stretches(words):
        found += _heads(base, setting)
    return found


def _heads(base: str, setting: Setting) -> list[tuple[str, list[str]]]:
    """Return the heads of the words that may be names: all, all but what is done, to each end."""
    ends = [end.span() for end in ANY.finditer(base, 1)]
    is_by_ends = setting.is_alone and setting.where in _BY_THEIR_ENDS
    if is_by_ends and not ends and not _MAY_BE_ODD.search(base):
        return []
    own, head = own_letters(base)
    if is_by_ends and own[-1] == 0 and setting.where == "told" and _is_class(base, ends):
        return []
    owns, inside, inner = _OWNS[setting.where], _inside(base), _inner(ends, own)
    leads = _ANY_FIRST.match(base) is not None
    first = [what for what, shape in _FIRST if shape.match(base)] if leads else []
    cuts = {to: base[at:to] for at, to in ends}
    all_but, whole = len(trimmed(base)), len(base)
    found = []
    for size in {all_but: 0, **cuts} if is_by_ends else {all_but: 0, whole: 0, **cuts}:
        if not SHORTEST <= size <= LONGEST:
            continue
        name = base[:size]
        ending = cuts.get(size) or _ending_of(name)
        before = name.rindex(ending) if ending else size
        kind = kind_of(name, ending)
        features = [_ENDS[kind], owns[own[before]], _HEADS[min(head, before, LONG_HEAD)], *first]
        features += _look(name, before, kind, setting)
        features += _WHOLE if size == whole else _rest(base, name, ending, is_done=size == all_but)
        if kind in _OF_DEEDS:
            features += _deeds(name, kind, ending, setting)
        if inside:
            features += [what for what, shape in inside if shape.search(name)]
        if inner < size:
            features.append("name inside")
        found.append((name, features))
    return found


def _inner(ends: list[tuple[int, int]], own: list[int]) -> int:
    """Return where the first end is over that may end a name of its own; LONGEST without one."""
    for at, to in ends:
        if to - at > 1 and own[at] >= SHORTEST:
            return to
    return LONGEST


def _ending_of(name: str) -> str:
    """Return the end of the words, also of quoted ones, or nothing."""
    return ending_of(name) or (ending_of(name.strip("“”")) if name[-1] in "“”" else "")


def _inside(base: str) -> list[Shape]:
    """Return the shapes that a member has inside; its candidates may have them."""
    found = [sign for sign in _SIGNS if sign[1].search(base)] if _ANY_SIGN.search(base) else []
    if _ANY_SHAPE.search(base):
        found += [shape for shape in _SHAPES if shape[1].search(base)]
    return found


def _is_class(base: str, ends: list[tuple[int, int]]) -> bool:
    """Return whether general words end like a work but no campaign: 特色产业园, 物资储备库."""
    last = base[slice(*ends[-1])] if ends else ""
    return last != "" and last != "工程" and KIND_OF[last] != "campaign"


def _deeds(name: str, kind: str, ending: str, setting: Setting) -> list[str]:
    """Return the features of what is named by a deed: 实施|甲乙提升工程, 开展|甲乙行动."""
    lead = next((one for one in _LEADING if one in setting.features), "other")
    return [f"{ending} after {lead}", f"{kind} of {min(len(name) // 3, _MANY_THREES)}"]


def kind_of(name: str, ending: str) -> str:
    """Return what a candidate is by its end, or by its number: 第三届…节, 六十九中, S524."""
    if _MAY_BE_ODD.search(name):
        for kind, shape in _ODD:
            if shape.match(name):
                return kind
    return KIND_OF.get(ending, "none")


def _look(name: str, before: int, kind: str, setting: Setting) -> list[str]:
    """Return the features of a candidate's own letters, ``before`` of which precede its end."""
    features = []
    if name[-1] in _IDEA_LETTERS and _IDEA.search(name):
        is_listed = setting.where == "kind" and "class" not in setting.features
        features.append("idea before 等" if is_listed else "idea")  # 甲公司显示设备等项目
    bare = name
    if "“" in name:
        features.append("all quoted" if name[0] == "“" and name[-1] == "”" else "quoted")
        if _LABEL.search(name):
            is_deed = kind == "campaign" and name[-1] != "”"  # “三聚三促”行动
            features.append("label of a deed" if is_deed else "label")
        bare = _QUOTE.sub("", name)
    if _VAGUE_BEGIN.match(bare) or _VAGUE.search(bare):
        features.append("vague")
    if _ends_with(name, _NEVER, _NEVER_SIZES):
        features.append("end of another word")
    if name in GENERIC or (before == 0 and not _STAGE.match(name)):
        features.append("general word" if name in GENERIC else "bare end")
    elif _ends_with(name[:before], GENERIC, _GENERIC_SIZES):
        features.append("general before the end")
    return features


def _ends_with(words: str, ends: frozenset[str], sizes: dict[str, tuple[int, ...]]) -> bool:
    """Return whether the last two, three or four letters are one of the words.

    ``sizes`` says how long those are that end in the same two letters.
    """
    for size in sizes.get(words[-2:], ()):  # noqa: SIM110  a loop is quicker
        if size <= LONGEST_END and words[-size:] in ends:
            return True
    return False


def _rest(base: str, name: str, ending: str, *, is_done: bool) -> list[str]:
    """Return the features of what is left of the words behind a candidate."""
    if is_done:
        return ["to what is done"]
    rest = base[len(name) :]
    if _DONE.match(rest):
        return ["before what is done"]
    return ["cut", *_cut(base, len(name), ending)]


def _cut(base: str, at: int, ending: str) -> list[str]:
    """Return what speaks against cutting the words at a place, behind a candidate."""
    features = []
    rest = base[at:]
    around = (base[at - 1 : at + 1], base[at - 2 : at + 1], base[at - 1 : at + 2])
    if not GENERIC.isdisjoint(around):
        features.append("cut in a word")
    if rest[:2] in _ASIDE:
        features.append("cut before a use")
    if ending in _HALVES:
        features.append("cut behind half a word")
    if (rest[0].isdecimal() or rest[0] == "各") and _COUNTED.match(rest):
        features.append("cut before a count")
    if base.count("（", 0, at) > base.count("）", 0, at):
        features.append("cut in a bracket")
    return features
