"""What a number is said of: the words before it, the noun behind it, or those of its neighbour."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from luoshi.rules.reports.words import listed
from luoshi.rules.reports.words.verbs import ACTIONS, ADVERBS, LINKS

MANY = 24  # first letters from which looking at the second letter first is quicker


def alternation(words: tuple[str, ...]) -> str:
    """Return the words as one pattern that takes the longest; common heads are looked at once."""
    return _branches(set(words))


def choice(words: tuple[str, ...]) -> str:
    """Return the words as one pattern to stand inside another, quick to tell where none begins."""
    return f"(?:{_by_second(set(words))})"


def presence(words: Iterable[str]) -> str:
    """Return a pattern that only tells whether any of the words is there, and is quick at that.

    It looks for their last letters, of which a text has fewer than of the first ones, and leaves
    out what another word is part of.
    """
    every = set(words)
    heads: dict[str, dict[int, set[str]]] = {}
    for word in every:
        if every.isdisjoint(_parts(word)):
            heads.setdefault(word[-1], {}).setdefault(len(word), set()).add(word[:-1])
    return "|".join(_behind(last, heads[last]) for last in sorted(heads))


def _parts(word: str) -> Iterator[str]:
    """Yield the shorter words that stand inside a word."""
    for size in range(1, len(word)):
        for at in range(len(word) - size + 1):
            yield word[at : at + size]


def _behind(last: str, heads: dict[int, set[str]]) -> str:
    """Return the pattern of words with one last letter, by their length: 路(?<=[道公]路)."""
    if 1 in heads:
        return re.escape(last)
    sets = [_class(heads[2])] if 2 in heads else []
    sets += ["|".join(map(re.escape, sorted(heads[size]))) for size in sorted(heads) if size > 2]
    looks = "|".join(f"(?<=(?:{one}){re.escape(last)})" for one in sets)
    return f"{re.escape(last)}(?:{looks})"


def sizes_by(words: Iterable[str], letters: slice) -> dict[str, tuple[int, ...]]:
    """Return how long the words are that have the same letters at a place, longest first."""
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[letters], set()).add(len(word))
    return {same: tuple(sorted(found, reverse=True)) for same, found in sizes.items()}


def _branches(words: set[str]) -> str:
    """Return the pattern of words by their first letters: 建(?:成|设)."""
    tails: dict[str, set[str]] = {}
    for word in words - {""}:
        tails.setdefault(word[0], set()).add(word[1:])
    if len(tails) >= MANY:
        return _by_second(words)
    heads = [re.escape(first) + _rest(tails[first]) for first in sorted(tails)]
    return "|".join(heads)


def _by_second(words: set[str]) -> str:
    """Return the pattern of many words by their second letters: [建新](?:设(?<=建设)|(?<=新))."""
    seconds: dict[str, dict[str, set[str]]] = {}
    for word in words:
        if word[1:]:
            seconds.setdefault(word[1], {}).setdefault(word[0], set()).add(word[2:])
    branches = []
    many = sorted(seconds, key=lambda one: (-sum(map(len, seconds[one].values())), one))
    for second in many:  # the likely ones first
        firsts = seconds[second]
        ends = [
            f"(?<={re.escape(first + second)}){_rest(firsts[first])}" for first in sorted(firsts)
        ]
        branches.append(f"{re.escape(second)}(?:{'|'.join(ends)})")
    longer = f"(?={_class(seconds)})(?:{'|'.join(branches)})"
    short = {word for word in words if len(word) == 1}
    behind = f"(?:{longer}|(?<={_class(short)}))" if short else longer
    return _class({word[0] for word in words}) + behind


def _class(letters: Iterable[str]) -> str:
    return "[" + "".join(sorted(map(re.escape, letters))) + "]"


def _rest(tails: set[str]) -> str:
    if tails == {""}:
        return ""
    if len(tails) == 1:
        return re.escape(next(iter(tails)))
    return f"(?:{_branches(tails)}){'?' if '' in tails else ''}"


_KEPT = choice(
    listed(
        """
        种植面积 种植业 建设用地 引导基金 保护区 展示区 展示中心 转移支付 协同创新
        新建项目 改造项目 储备项目 签约项目 落地项目 竣工项目 投产项目 开工项目 洽谈项目 续建项目
        研究生 研究院 研究所 研究中心 研究基地 投入产出 改革开放 增加量
        应急 应用 应对 要求 要素 要闻 要道 要点 要案 要件 和美 和谐 和平
        高标准农田 建成区 投入强度 实施主体 新增长
        开工量 完工量 竣工量 回迁量 投产量 签约量 入库量 履约量 办结量 完成量 建成量 受理量 新增量
        """
    )
)
WHEN = (  # a time word in front of what is done: 到2030年, 今年6月底前
    r"(?:到|至|在|自|从|用|截至|截止到?|通过)?(?:[“\"]?十[一二三四五六七八九]五[”\"]?(?:末|时期|期间)?"
    r"|\d{4}年(?:[-—–至]\d{4}年)?|[今明去本当次]年|第?[一二三四]季度|前三季度|[上下]半年"
    r"|\d{1,2}月(?:\d{1,2}日|份|[上中下]旬)?|月(?=底)|年(?=[底末])|国庆节?(?=前)"
    r"|(?:\d{1,2}|[一二三四五六七八九十两]{1,2})(?:[至到][\d一二三四五六七八九十])?(?:年|个月)(?=之?内|时间|的?努力))"
    r"(?:年?[底末初]|之?内|时间|的?努力|之?前|以前|以来|起|期间)*"
)
_WHEN_HEADS = '到至在自从用截通“"十\\d今明去本当次第一二三四五六七八九两前上下月年国'
_NUMBER = (  # of a list, or its mark: （一）新建…, 1.新建…, 【城建】新建…, ●新建…
    r"(?:(?=[\s（(一二三四五六七八九十\d【\[①-⑳●■◆◇★☆▲△○◎※➢▪•])\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）]|[一二三四五六七八九十]{1,3}、(?=[新改扩建完推实加])"
    r"|\d{1,3} ?[、.．](?!\d)|\d{1,3}\t|【[^】]{1,12}】|\[[一-鿿、]{1,20}\]|[①-⑳●■◆◇★☆▲△○◎※➢▪•]+))?"
)
_DOER = (  # 县住建局、县财政局要|加快…; 由区教育局负责|新建…
    r"(?:(?=[由省市县区镇乡旗州各])由?[一-鿿、（）]{2,30}?"
    r"(?:局|委|办|厅|部|部门|单位|街道|中心|公司|政府|乡镇|）)"
    rf"(?:要(?!求)|将|应|须|负责|牵头)(?={choice(ADVERBS + ACTIONS)}))?"
)
_HEAD = re.compile(
    rf"{_NUMBER}{_DOER}(?:(?!{_KEPT})(?:[\s、，,：:和及与并]|以及|其中|[一二三四五六七八九十]是"
    rf"|(?=[{_WHEN_HEADS}]){WHEN}|{choice(ADVERBS + ACTIONS)}(?![率值])|[一-鿿]{{0,6}}方面，"
    rf"|大关|首次|但|[共未](?={choice(ACTIONS)})"
    r"|[两三四五]年(?:间|来)?(?=提高|增长|增加|累计|年均)|了))*"
)
_HEAD_LINKS = re.compile(
    rf"(?:[\s、，,：:和及与并]|{alternation(LINKS)}|大关|[未这（(）)]"
    r"|(?:\d{4}年|[上去]年)[底末]?的?|(?:全年|年度|年初)*(?:目标任务|目标|计划|任务)的?|同期|[较比的]|涉及|其余|剩余"
    r"|[（(]?按[一-鿿]{2,14}(?:折算|折合|计算)|(?:剔除|扣除|不含)[一-鿿]{2,14}(?:因素|影响)后?|[（(]下同[)）])*"
)
_TAIL = re.compile(
    r"(?:[\s：:（(]|的年(?:\d{4}|[上去])(?=[由从自是较比为于至到])"
    rf"|{alternation(tuple(word[::-1] for word in LINKS))})+"
)  # backwards
_TAIL_LETTERS = frozenset("：:（(的").union(word[-1] for word in LINKS)
_STOP = re.compile(
    r"，|。|；|：|、|！|？|,|;|:|（|）|\(|\)|\n|★|●|【|】"  # no class: so search is quick
    r"|已|进展|增加|减少|提高|提升到|上升|扩大|缩短|整合|调整为|全部|顺利|基本|陆续|相继|成功|如期|正式|有序|加快|实现|达到|完成|建成|开工"
    r"|竣工|投产|投入|投用|投运|通车|入选|入围|获评|获批|荣获|获得|被|纳入|列入|落地"
    r"|启动|减至|增至|降至|升至|大关|贯通|超额|并(?=[开投建交启运])|得到|预计|中(?=，|$)|共有|共计|共达"
    r"|通过|进入|取得|共同|分别|位居|位列|居全|凭|与|对(?![象口接外标策])|均|为|(?<![应公专通军民使利费])用(?![地户水电房途品车工人])|正在|开展|签订|签约"
    r"|签署|踊跃|携手|成为|凝聚|驻|参加|参与|实施|建立|进场|挂牌|全面|集中(?=[开竣签建动亮])|达标|关停"
    r"|拆除|退出|清零|免费|主体|封顶|上线|下达"
)


@dataclass(slots=True)
class Said:
    """The subject of a number, and the stretch that holds both."""

    subject: str
    start: int
    end: int
    at: tuple[int, int]  # where the subject itself stands
    is_own: bool = True  # false where it was taken from a neighbour


def begun(text: str, start: int, end: int) -> int:
    """Return where a stretch begins behind its leading verbs and adverbs."""
    head = _HEAD.match(text, start, end)
    begin = head.end() if head else start
    return begin + text.startswith("的", begin, end)  # 增加至2021年|的|20.7亿元


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without leading verbs and adverbs and without its linking verbs."""
    begin = begun(text, start, end)
    if begin < end and not (text[end - 1] in _TAIL_LETTERS or text[end - 1].isspace()):
        return begin, end
    tail = _TAIL.match(text[begin:end][::-1])
    return begin, end - tail.end() if tail else end


def only_links(text: str, start: int, end: int) -> bool:
    """Return whether a stretch says nothing but 达到, 增长, 全市 and the like."""
    return _HEAD_LINKS.fullmatch(text, start, end) is not None


def noun_behind(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the noun directly behind a number stands; empty where a verb follows."""
    begin = start + 1 if text.startswith("的", start) else start
    stop = _STOP.search(text, begin, end)
    finish = stop.start() if stop else end
    while finish > begin and text[finish - 1] in "和及与等并的 以":
        finish -= 1
    return begin, finish
