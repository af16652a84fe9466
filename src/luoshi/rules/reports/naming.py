"""What in a member of a list may be the name of a work, and the letters it has of its own.

No list of names: a name ends like a work (…路, …产业园, …项目). Which of the candidates is one,
``weighing`` says.
"""

import re

from luoshi.rules.reports.grammar import alternation, choice, sizes_by
from luoshi.rules.reports.words import listed
from luoshi.rules.reports.words.generic import GENERIC
from luoshi.rules.reports.words.works import KINDS

LONGEST, SHORTEST = 34, 2
MANY_OWN, LONG_HEAD = 3, 4  # letters beyond which no more are counted
_BY_PAIR = sizes_by(GENERIC, slice(2))
KIND_OF = {ending: kind for kind, endings in KINDS.items() for ending in endings}
LONG_ENDS = tuple(ending for ending in KIND_OF if len(ending) > 1)
_BY_LAST = sizes_by(KIND_OF, slice(-1, None))
ANY = re.compile(alternation(tuple(KIND_OF)))
_BRACKETS = re.compile(r"[（(][^）)]*[）)]$")
_LED = re.compile(
    r"(?:主城区|中心城区|城区|市区|全区|度(?!假|量)|对|在|为|与|向|把|将|以及|以|用于|包括|分别"
    r"|国家首批|首批|全部|一批|系列|全长|位于|其中|重点|开工|新建|改扩建|扩建)+"
)
_LED_LETTERS = frozenset(_LED.pattern)  # one look tells that it cannot match
_DONE = listed(  # what is done, at the end of a member: 甲乙路|改造提升, 丙丁桥|前期工作
    """
    前期工作 前期 相关工作 各项工作 建设进度 施工进度 工程进度 建设工作 建设 及配套设施
    及相关配套设施 配套设施 基础设施 开工建设 投入使用 投入运营 建成投用 建成投产 建成运营
    建成通车 建成 开工 竣工 投产 投用 投运 通车 运营 进度 工作 主体完工 完工 主体 全线 贯通 启动
    实施 落地 推进 顺利 加快 如期 开馆 开园 开放 升级改造 更新改造 提质改造 改造提升 改造
    整治提升 升级 综合开发 整体搬迁 搬迁 开发 征收 征迁 拆迁 翻建 扩容 绿化 施工 任务 提档
    交付使用 运作 编制 除险加固 加固 保护性利用 保护性开发 保护利用 活化利用 综合利用 利用 保护
    增容 规范化建设 落成 扫尾 收尾 清淤 疏浚 贯通工程 项目集聚 于 将 正 均 也 已
    """
) + tuple(
    where + how + what
    for where in ("", *listed("水生态 水环境 生态环境 生态 环境 矿山 河道 流域"))
    for how in ("", "综合", "系统")
    for what in ("整治", "治理", "修复")
)
_TRAIL = re.compile(rf"(?:{choice(tuple(one[::-1] for one in _DONE))}的?)+")  # backwards
_TRAIL_LETTERS = frozenset(one[-1] for one in _DONE)  # behind none of these it cannot match
DEED = re.compile(
    r"[^“]{2,12}?(?:实施|开展|推进|新建(?!项目|工程|院区|校区)|启动|建设(?=“))(?=[^，]{4})"
)
_OF = re.compile(
    r".*\d[^的]*的|.*(?:位于[^的]*|之间|为(?:核心|重点|龙头|代表|依托))的"
    r"|.*(?:控制性|标志性|重大水利|重要城市|重点|重要)(?:工程|项目|道路|节点)(?=[^，、。的等和（]{4})"
    r"|.*(?:企盼|期盼|关注|开工|建设|规划|谋划|引进|投资|实施)的|投(?:资|入)[\d.]+[万亿]?元(?:建设|新建|改造|实施)?"
)
_HOUSED = re.compile(r"[^“]{2,10}(“[^”]*”)$")  # 甲乙学院|“丙丁研究基地”
_MAY_BE_OF = re.compile("的|性|重|^投")  # most words have none of these
FOOTNOTE = re.compile(r"\^?\[\d+\]")
_LIGHT = frozenset("的新老大小上下、与及和性类型级")


def stretches(words: str) -> list[str]:
    """Return what of a member may hold a name: all, and what a deed is done to, or stands in.

    12所|学校实施|“甲乙”计划; 甲乙学院|“丙丁研究基地”.
    """
    base = bared(words)
    found = [base]
    if (deed := DEED.match(base)) and trimmed(base[deed.end() :]):
        found = [base[deed.end() :]]
    if "“" in base and (housed := _HOUSED.match(base)):
        found.append(housed[1])
    return found


def bared(words: str) -> str:
    """Return the words without what leads to a name, and without marks of footnotes: 对, a dash."""
    if "]" in words:
        words = FOOTNOTE.sub("", words)
    if words[:1] in _LED_LETTERS and (led := _LED.match(words)):
        words = words[led.end() :]
    if "――" in words or "——" in words:
        words = words[max(words.rfind("――"), words.rfind("——")) + 2 :]
    if _MAY_BE_OF.search(words) and (of := _OF.match(words)):
        words = words[of.end() :]
    return words.strip()


def trimmed(words: str) -> str:
    """Return the words without what is done at their end: 甲乙路|改造提升, 丙丁桥|前期工作."""
    if words[-1:] not in _TRAIL_LETTERS or not (trail := _TRAIL.match(words[::-1])):
        return words
    return words[: -trail.end()]


def ending_of(words: str) -> str:
    """Return the end that makes the words a work, the longest there is, or nothing."""
    if words[-1:] in "）)":
        words = _BRACKETS.sub("", words)
    for size in _BY_LAST.get(words[-1:], ()):
        if words[-size:] in KIND_OF:
            return words[-size:]
    return ""


def own_letters(words: str) -> tuple[list[int], int]:
    """Count the letters that no general word covers, the longest taken first, up to MANY_OWN.

    Returns how many there are before each letter and before the end, and where the first general
    word begins, exactly where that is before LONG_HEAD.
    """
    at = own = 0
    head = length = len(words)  # until a general word is met
    before = [0]
    while at < length and (own < MANY_OWN or (at < LONG_HEAD and head == length)):
        for size in _BY_PAIR.get(words[at : at + 2], ()):
            if size <= 2 or words[at : at + size] in GENERIC:
                if head == length:
                    head = at
                before += [own] * size
                at += size
                break
        else:
            if own < MANY_OWN and words[at] not in _LIGHT:
                own += 1
            before.append(own)
            at += 1
    before += [own] * (length - at)
    return before[: length + 1], head
