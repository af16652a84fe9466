"""Which numbers are names, days, classes or norms, and so no values (labelling §3, §4)."""

import re
from string import ascii_letters

from luoshi.rules.reports.anchors import MORE, Number
from luoshi.rules.reports.words.nouns import CLASSES, IDEAS, THINGS
from luoshi.rules.reports.words.units import DURATIONS, MONEY, SPECIFICATIONS

_SIGNS = frozenset(f"{ascii_letters}+#·.:/-_’'ⅠⅡⅢⅣⅤ×*∶")
_CALENDAR = frozenset("年月日号时点届期")
_COUNTED_BY = frozenset("每第")
REACH = 12  # letters before a number that say what it is
QUOTED = re.compile(r"“[^”\n]{0,40}”|《[^》\n]{0,60}》|「[^」\n]*」|\"[^\"\n]{0,30}\"|【[^】\n]*】")
_IDEA = re.compile(rf"(?:大|项|个|条)?(?:{'|'.join(IDEAS)})")
_FEW_IDEAS = re.compile(
    r"(?:重点|主要|大|关键|突出)?(?:方面|维度|发力点|坚持|关键词|切入点|着力点|更加|环节|层面|一批)"
)
_THING = re.compile(
    rf"(?:[^，。、；,;\d]{{0,14}}?)(?:{'|'.join(sorted(THINGS, key=len, reverse=True))})"
)
_CLASS = re.compile(rf"的?[^，。、；,;\d的]{{0,6}}?(?:{'|'.join(CLASSES)})|级")
_HONOUR = re.compile(
    r"[^，。；、\d]{0,24}?(?:评为|获|入选|被评|位居|保持|蝉联|进入|跻身|实现|达|被确定"
    r"|排名|优秀|第一|先进|上榜|入围|增长|丰收|稳定|超)"
)
_INDEX = re.compile(
    r"(?:指数|收入比|倍差|系数|评分|得分)(?:由[\d.]+)?(?:降|缩小|下降|提高|提升|达"
    r"|控制|稳定)?[至到在为]?\s*$"
)
_YEARLY = re.compile("[年日](?:产|处理|加工)[约近]?$")
_WORKS_OF = re.compile("[^，。；]{0,40}(?:项目|生产线|工程)")
_HAMLET = re.compile(r"的?(?:自然|行政|大)?(?:村|屯|寨|组|安置)")
_CLASS_COUNTED = re.compile(r"的[一-鿿]{0,6}\d+[个家户名]")  # 90万元|的村2个
_CLASS_OVER = re.compile(r"的大?(?:型)?(?:企业|集团|园区|集群)")  # 营业收入超百亿元|的大企业
_CLASS_AT_ONCE = re.compile(
    r"(?:重点|重大|产业|工业|服务业|农业)*(?:产业集群|集群|项目|企业|园区|工厂|大?县|强?镇|村|乡镇|开发区)(?!资金)"
)
_OF_ALL = re.compile(r"全[国省市区县州]的?\s*$")
_FIELD = re.compile(r"[一-鿿（()）]{1,10}中[^，。]{0,8}(?:第|首位|前列|排名)")
_ONE_OF = re.compile(r"[^，。；、\d\n]{0,14}之一")
_HAS_NOUN = re.compile(r"[^，。、；,;：:！\n）)]")
_SCHOOLS = re.compile(
    r"校|园|学|院|机构|站|中心|室|所|馆|超过?|达到?|共|(?:建设|开工|建成|新建|改造|完成|扩建|创建)$"
)
_SESSION = re.compile(r"全会|全体|会议|党代会|常委会")
_VISIT = re.compile(
    r"考察|视察|调研|踏上|来[一-鿿]{0,4}(?:考察|视察|调研)|到[一-鿿]{0,6}(?:考察"
    r"|视察|调研|检查)|亲临|批示"
)
_NAMED_WORK = re.compile(
    r"[^，。、；,;\d的等（(]{0,18}?(?:项目|工程|基地|生产线|线路|机组|输变电|扩产|技改|扩能"
    r"|储备库|冷库|污水处理厂|净水厂|自来水厂|水厂)"
)
_BY_TASKS = re.compile(r"(?:围绕|聚焦|对照|针对|按照|根据|对标)[^，。；\n]{0,30}$")
_TASKS = re.compile(
    r"(?:重点|主要|具体|硬性)?(?:工作)?(?:任务|要求|原则|标准(?!化)|内容|方面|领域|措施|举措)"
)
_DUTIES = re.compile(r"(?:\d+项)?[一-鿿]{0,8}(?:职责|指标体系)")
_SUM_OF_KINDS = re.compile(r"[一-鿿]{2,8}\d")
_BEGINS = frozenset("，。；、：\n ")
_CONCRETE = frozenset(
    [
        "家",
        "所",
        "座",
        "名",
        "户",
        "处",
        "栋",
        "幢",
        "辆",
        "台",
        "套",
        "公里",
        "亩",
        "人",
        "元",
        "倍",
        "%",
        "吨",
        "平方米",
        "平方公里",
        "株",
        "张",
        "位",
        "成",
        "支",
        "条",
        "件",
        "次",
        "艘",
        "架",
    ]
)
_WITH_NOUN = frozenset(["个", "项", "次", "件", "张", "位"])
_RANKED = re.compile(
    r"全(?:国|省|市|区|县|球|州|疆|旗|域)|保持$|世界|同类|位居|位列|名列|排名|排位|[居列排占]"
    r"|百强|中国|[省市区县]内|(?:总量|增速|增幅)[一-鿿]{0,6}$"
)
_RATIO = re.compile(r"[∶：]\d")
_NOT_RANKED = re.compile(r"(?:放在|摆在|置于|作为)[一-鿿]{0,8}\s*$")
_RANK_END = re.compile(r"$|[，。；、,;）)！：\n”]|以及|和|并|的(?!一)|且|与|，")
_TIME_TAKEN = re.compile(r"(?:提前|缩短|压缩|减少|增加|达到?|超过?|为|[至到在])了?\s*$")
_AT_EDGE = re.compile(r"$|[，。；、,;）)\n]|以上|左右")
_ALWAYS_NAMES = frozenset({"千伏", "伏", "万伏", "英寸", "kV"})


def is_name(number: Number, text: str, quoted: list[tuple[int, int]]) -> bool:
    """Return whether the number is no value where it stands in the text."""
    if quoted and any(start <= number.start < end for start, end in quoted):
        return True
    if number.is_rank:
        return not _is_rank(number, text)
    if number.rule == "years running":
        return not _HONOUR.match(text, number.end)
    before = text[number.start - 1] if number.start else ""
    if before in _SIGNS and not (before.isalpha() and number.unit.endswith(MONEY)):
        return True  # 4A, PM2.5; not GDP500亿元
    if before in _COUNTED_BY or _is_sign_after(number, text):
        return True
    if not number.unit:
        return _is_bare(number, text, before)
    return _is_no_measure(number, text) or _is_class(number, text) or _is_norm(number, text)


def _is_bare(number: Number, text: str, before: str) -> bool:
    """Tell an index (综合指数4.80) and a share (三分之一) from numbers that measure nothing."""
    if number.rule == "fraction":
        return before == "前"
    return number.is_han or not _INDEX.search(text, max(0, number.start - REACH), number.start)


def _is_no_measure(number: Number, text: str) -> bool:
    if number.is_rough_word and not _is_round_figure(number):
        return True
    if number.unit == "次" and (_VISIT.match(text, number.end) or _is_session(number, text)):
        return True
    all_of = max(0, number.start - 3)
    is_of_all = text.find("全", all_of, number.start) >= 0  # most are not: one look tells
    if is_of_all and _OF_ALL.search(text, all_of, number.start) and _FIELD.match(text, number.end):
        return True  # 在全省91个县中排名第一: the field of a rank
    if number.unit == "所" and _is_institute(number, text):
        return True
    if number.unit in {"项", "类", "大类"} and _is_of_tasks(number, text):
        return True
    if number.unit in _WITH_NOUN and _ONE_OF.match(text, number.end):
        return True  # 20个重点项目之一: how many there are of its kind
    return number.is_han and _is_counting_word(number, text)


def _is_session(number: Number, text: str) -> bool:
    """Tell 五次会议 of a congress (a name) from what was held so often."""
    is_of_body = text[number.start - 1 : number.start] in frozenset("大届会委协")
    return number.is_han and is_of_body and _SESSION.match(text, number.end) is not None


def _is_of_tasks(number: Number, text: str) -> bool:
    """Tell 完成21项任务 from 围绕7项任务 and 32项职责 (what is worked by) and 11类支出 (kinds)."""
    if _DUTIES.match(text, number.end):
        return True
    if number.unit != "项":
        is_first = text[number.start - 1 : number.start] in _BEGINS
        return is_first and _SUM_OF_KINDS.match(text, number.end) is not None
    begin = max(0, number.start - 40)
    return bool(_TASKS.match(text, number.end) and _BY_TASKS.search(text, begin, number.start))


def _is_institute(number: Number, text: str) -> bool:
    """Tell 713所 (a name) from 学校12所 and 12所学校."""
    if _HAS_NOUN.match(text, number.end):
        return False
    return not _SCHOOLS.search(text, max(0, number.start - REACH), number.start)


def _is_round_figure(number: Number) -> bool:
    """Tell 千亿元, 近万户 and 百余家 (figures) from 亿元 and 万户 inside other words."""
    is_led = number.begin < number.start or number.comparator == ">"
    return is_led or (number.unit.endswith(MONEY) and number.value > 1)


def _is_sign_after(number: Number, text: str) -> bool:
    after = text[number.end : number.end + 1]
    if not after or number.unit:
        return False
    return after in _SIGNS or after in _CALENDAR or _RATIO.match(text, number.end) is not None


def _is_rank(number: Number, text: str) -> bool:
    if not _RANK_END.match(text, number.end):
        return False
    if text.startswith("、第", number.end):
        return False  # 第一、第二幼儿园
    if _NOT_RANKED.search(text, max(0, number.start - REACH), number.start):
        return False
    if text[number.end - 1] in "名位" and number.rule == "rank":
        return True
    return bool(_RANKED.search(text, max(0, number.start - REACH), number.start))


def _is_counting_word(number: Number, text: str) -> bool:
    """Tell 两所学校 (a value) from 六个方面 and 三张牌 (names)."""
    unit = number.unit.lstrip("万亿千百")
    if number.unit != unit or number.value > 100:
        return False
    if _IDEA.match(text, number.end) or (unit == "人" and not _AT_EDGE.match(text, number.end)):
        return True
    if unit in _WITH_NOUN or unit not in _CONCRETE:
        return not _THING.match(text, number.end)
    return False


def _is_class(number: Number, text: str) -> bool:
    """Tell 亿元以上项目 and 80岁以上老人 (classes) from 完成投资400亿元以上."""
    unit = number.unit.lstrip("万亿千百十")
    if text.startswith("级", number.end):
        return True
    if unit == "户" and text[number.end - 2 : number.end] == "以上":
        return _HAMLET.match(text, number.end) is not None
    if unit in MONEY or unit in {"岁", "平方米", "亩", "吨", "千瓦", "人", "米", "斤", "头"}:
        is_bounded = text[number.end - 2 : number.end] in {"以上", "以下", "以内"}
        if number.comparator == MORE and _CLASS_OVER.match(text, number.end):
            return True
        if _CLASS_COUNTED.match(text, number.end) and not _is_invested(number, text):
            return True
        if is_bounded or unit in MONEY:
            return bool((_CLASS if is_bounded else _CLASS_AT_ONCE).match(text, number.end))
    return False


def _is_invested(number: Number, text: str) -> bool:
    """Return whether the number says what something costs: 总投资4亿元|的项目5个."""
    return text.find("投", max(0, number.start - REACH), number.start) >= 0


def _is_capacity(number: Number, text: str) -> bool:
    """Return whether the number only says how large named works are: 年产30万吨铜等一批项目."""
    is_yearly = _YEARLY.search(text, max(0, number.start - 4), number.start) is not None
    return is_yearly and _WORKS_OF.match(text, number.end) is not None


def _is_norm(number: Number, text: str) -> bool:
    unit = number.unit.lstrip("万亿千百十")
    if number.unit in _ALWAYS_NAMES:
        return True
    if number.is_han is False and _FEW_IDEAS.match(text, number.end):
        return True
    if unit in DURATIONS and text.startswith("时间", number.end):
        return True  # 20天时间完成征收
    if unit in DURATIONS and unit != "天":
        return not _TIME_TAKEN.search(text, max(0, number.start - 4), number.start)
    if text[number.start - 1] in "产理工" and _is_capacity(number, text):
        return True
    if unit in SPECIFICATIONS and number.comparator == "=":
        return bool(_NAMED_WORK.match(text, number.end))
    return False
