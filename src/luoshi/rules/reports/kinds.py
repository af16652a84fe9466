"""Plan or result, stock or measure, how firmly: from the words of the clause and its section."""

import re
from typing import NamedTuple

from luoshi.rules.reports.periods import Moment
from luoshi.rules.reports.places import Place, is_future, is_open, is_past
from luoshi.rules.reports.statements import Force, Kind
from luoshi.rules.reports.taking import Mode

_HARD = frozenset({"确保", "务必", "必须", "坚决完成"})
_FORCE = re.compile("|".join([*sorted(_HARD), "力争", "争取", "争创", "力促", "努力", "奋力"]))
_INTENDED = (  # each branch begins with a letter, here and below: so search is quick
    r"力争|确保|尽快|拟(?!定)"
    r"|计划(?<!行动..)(?<!超..)(?<!按..)(?<!年度..)(?<!投资..)(?!(?:新?开工|投资|完成|目标)*的|完成率|任务|总投资|进度)"
    r"|将(?!军|近|领|星|于?.{0,3}评为)|争取(?<!累计..)(?<!向上..)(?<!已..)(?!到(?![2二年])|[^，。；]{0,14}(?:资金|补助|债券|专债|贷款))|争创|下半年|今后|未来|下一步"
    r"|目标(?:是|为|任务(?!的))|到20[3-9]\d年|务必|谋划|有望|加快推进|即将|在即|全面启动建设"
    r"|要(?<![重主需必纪摘概首].)(?!求|素|闻|道|点|案|件|么)"
)
_WILL = re.compile(rf"{_INTENDED}|预计(?!全年|完成|实现|可?达|享受)")
_WILL_STILL = re.compile(  # where a time gone by is told, 预计 alone only estimates
    rf"{_INTENDED}|预计(?=.{{0,10}}(?:底|前|明年|后|将))"
)
_DONE = re.compile(
    r"了(?<=(?:签约|开工|确定|完成|建成|办成|举办|组建|实施|建立|出台|取得|获得|形成|召开|引进|接收).)"
    r"|了(?<=[一-鿿]{2}.)(?<!介绍.|听取.|指出.|提出.|强调.)(?=[一-鿿“\d])(?!解|如指掌|然)"
    r"|已(?!征|建立?的|有)|目前(?!期)|截至|累计|共(?=完成|建成|实施|投入|新增)|荣获|获评|获批|被评为|被授予"
    r"|被认定|入选|位居|位列|建成投用|建成通车|建成开放|同比(?![^，。；]{0,14}以上)|实现了|成功|顺利|圆满|达成|成效"
    r"|先后|共接收|受到|跻身|进入全国|落成|初步形成|正在|正进行|均进行|进行(?:扫尾|施工)|进入[一-鿿]{0,8}阶段"
)
_PORTFOLIO = re.compile(
    r"总投资(?<!资产...)(?!完成|增)|投资总额(?<!资产....)(?!累计|达|增长|突破)|概算|估算投资|计划总投资|协议(?:投资|资金|引资)"
    r"|合同(?:金额|投资|额)|总规模|投资额(?<!(?:完成|资产)...)(?!完成|增|同)"
)
_AIMED_SUM = re.compile("(?:力争|确保|争取).*总投资(?:达到?|完成|超过?|突破)$")
_SUM_DONE = re.compile(
    "(?:完成|实现|签订|签约)(?:新签|正式|意向)*(?:合同|协议)[一-鿿]{1,2}[约达]?$"
    "|完成[一-鿿]{0,16}投资总额[约达]?$"
)
_STOCK = re.compile(
    r"现有|拥有|共有(?<!项目..)|存量(?<!盘活..|去化..|消化..|处置..)|总数(?:已|达|达到|为|突破|超过?|增至)*$"
    r"|累计(?<!支出..|投资..|投入..|资金..|总额..)达?(?:到|有)?$"
    r"|总量(?<!全.总量)(?<!(?:消费|排放|经济|业务|投资|运输|交易|成交|用电|供水|处理|收入|产值|贸易)..)(?:(?:达到?|突破|超过?)?$|已|达)"
)
_ALREADY = re.compile(
    r"目前(?!期)已?|现已|截至目前|已经?(?:建成|完成|开工|启动|下达|竣工|投用)|去年(?<![比较]..)(?!以来)"
    r"|上年(?<![比较]..)(?!同期)"
)
_SIZE = re.compile(
    r"(?:(?<![、增成])(?:总|占地|(?<!总)建筑|规划|用地|水体|陆地)面积|占地|建设规模|岸线长度|全长|宽度|路宽)(?:共|约|为|达)*$"
)
_MEASURED = re.compile(
    r"\d(?:亿元|万元|家|户|人|%|亿美元)(?:左右|以上)?[，、](?:同口径|同比|[比较]上年)*(?:增长|下降)\d"
)
_CARRIES = re.compile(
    r"^(?![（(]其中)[^，。；、]{0,12}?(?:总投资(?!\d*[千百十]?亿元及?以上)|完成(?:年度)?投资|完成项目投资"
    r"|(?:已|均已|全部|有)?(?:开工|竣工|完工|建成|完成|启动|投产)了?\d)"
    r"|^[^，。；、]{0,10}总投资\d*[千百十]?亿元及?以上[^，。；、]{0,10}完成(?:年度)?投资"
    r"|^[^，。；\d]{0,20}?(?:项目|工程|任务|实事|事项|指标|工作)中(?=[，一-鿿])(?!心)"
)
_FUTURE = re.compile(
    r"力争|有望|计划(?=.{0,12}(?:年|月|完成|开工|竣工|建成))|预计(?=.{0,10}(?:年底|明年|20|节[前后]|月底))"
    r"|将(?:于|在|达|建|新|实现|完成)|到20\d\d年|明年|下一步"
)
_DUE = re.compile("计划(?:于|在)|将于|预计(?=.{0,8}(?:年底|明年|后))")
_HAPPENED = re.compile(
    r"累计|正在|正进行|共(?=完成|建成|实施|投入|新增)|已(?=[经完开建竣投新实签到启达])|同比|截至|截止|目前(?!期)|先后|列入|纳入"
)
_PLANNED = re.compile(r"计划(?:新?开工|竣工|完工|完成|建成|实施|改造)(?:[一-鿿]{0,8}(?<!的))?$")
_DONE_BEHIND = re.compile(  # not what a bracket adds: 新建8000个（目前|已建成…）
    r"[^，。；（(]{0,20}?(?:均?已|均(?=提前|超额))"
    r"(?:经|全部|全面|提前|超额)*(?:开工|完工|竣工|建成|完成|启动|投产|投用|通|交付)"
    r"(?:建设|施工|使用|运营|通车|生产)?(?=[，。；、（）\d]|$|全年|年度|任务)"  # no 已开工|项目
    r"|[^，。；（(]{0,20}?正在(?=[一-鿿]{0,4}(?:推进|施工|建设|实施|安装|进行))"
)
_TO_COME_BEHIND = re.compile(
    r"[^，。；（(、\d]{0,12}?(?:有望|力争|将(?=[于在实完全达开建投])|预计(?!完成))"
)
_EXPECTED = re.compile(r"(?:预计|计划)(?:于|在|到)?\d{4}年\d{1,2}月")
_PLANNED_SUM = re.compile(r"(?:计划投资(?<!完成....)|投资计划)(?:总?额)?[约近达为]?$")
_HAVE_DONE = re.compile(  # 有21项|…完成任务
    r"[^，。；]{0,14}(?:完成|开工|完工|竣工|建成|投产|投用|通水|通车|落地|实现|具备|施工|进场|入住|办结)"
)
_SHARE_OF_PLAN = re.compile(
    r"(?:(?:完成|占|为)[^，。；]{0,12}(?:计划|任务|目标)[^，。；]{0,4}的"
    r"|占[^，。；]{0,8}(?:计划|任务|目标|年度)(?:总?投资|任务)?)$"
)
AHEAD = 300  # characters before a sentence that may tell whether an article plans or reports
_TITLE = 14  # letters in front of a number that name the sum it is: 总投资, 合同金额


class Standing(NamedTuple):
    """Where a number or a deed stands; how, is looked up when it is asked.

    ``before`` is its clause up to it, which begins at ``begin``, ``behind`` the clause after it;
    ``moment`` is its time word.
    """

    text: str
    place: Place
    moment: Moment | None
    begin: int
    before: str
    behind: str = ""

    @property
    def mode(self) -> Mode:
        """Return what its section does."""
        return self.place.section.mode

    @property
    def sentence(self) -> str:
        """Return its sentence."""
        return self.text[self.place.start : self.place.end]

    @property
    def said(self) -> str:
        """Return its sentence up to the clause."""
        return self.text[self.place.start : self.begin]

    @property
    def ahead(self) -> str:
        """Return its paragraph up to the sentence."""
        start = self.place.start
        return self.text[max(self.place.paragraph, start - AHEAD) : start]

    @property
    def is_past(self) -> bool:
        """Return whether its time is gone by."""
        return is_past(self.moment, self.place.section)

    @property
    def is_future(self) -> bool:
        """Return whether its time is to come."""
        return is_future(self.text, self.moment, self.place.section)

    @property
    def is_open(self) -> bool:
        """Return whether its time is the document's own year."""
        return is_open(self.text, self.moment, self.place.section)

    @property
    def is_told(self) -> bool:
        """Return whether its paragraph tells of a time gone by."""
        return self.place.section.told is not None


def force_of(clause: str) -> Force | None:
    """Return how firmly the clause promises; the word nearest to the number holds."""
    found = _FORCE.findall(clause)
    if not found:
        return None
    return Force.HARD if found[-1] in _HARD else Force.STRETCH


def kind_of(at: Standing) -> tuple[Kind, str]:
    """Return the kind of a number and the rule that says so."""
    mode = at.mode
    if _is_portfolio(at):
        return Kind.BASELINE, "portfolio"
    if _STOCK.search(at.before):
        return _stock(at), "stock"
    if mode is Mode.MIXED and _SIZE.search(at.before):
        return Kind.BASELINE, "size"
    if mode is Mode.REVIEW and _PLANNED_SUM.search(at.before):
        return Kind.BASELINE, "portfolio"
    if mode is Mode.REVIEW:
        is_due = _last(_DUE, at.said) > _last(_DONE, at.said)
        is_future = at.is_future or is_due or _FUTURE.search(at.before) is not None
        return (Kind.TARGET, "future word") if is_future else (Kind.RESULT, "review")
    if mode is Mode.MIXED and _PLANNED.search(at.before):
        return Kind.TARGET, "planned"
    if at.is_past or _ALREADY.search(at.before) or _SHARE_OF_PLAN.search(at.before):
        return Kind.RESULT, "past word"
    return (Kind.TARGET, "plan") if mode is Mode.PLAN else _mixed(at)


def is_done(at: Standing) -> bool:
    """Return whether a deed without a number is told as done; ``before`` is its whole clause."""
    mode = at.mode
    if mode is Mode.REVIEW:
        return not at.is_future and _FUTURE.search(at.before) is None
    if mode is Mode.PLAN and _EXPECTED.search(at.before):
        return False
    if at.is_past or _ALREADY.search(at.before):
        return True
    return mode is Mode.MIXED and _mixed(at)[0] is Kind.RESULT


def _is_portfolio(at: Standing) -> bool:
    """Tell the size of a set of projects from what is done with them (labelling §5)."""
    is_sum = _PORTFOLIO.search(at.before[-_TITLE:]) is not None and not _is_done_of_sum(at.before)
    is_sum = is_sum or (at.behind != "" and _CARRIES.match(at.behind) is not None)
    is_sum = is_sum or (at.before.endswith("投资") and at.behind.startswith("的"))
    return is_sum and _AIMED_SUM.search(at.before) is None


def _is_done_of_sum(before: str) -> bool:
    """Return whether a number is what was done of a sum: 完成年度总投资的|88%."""
    return before.endswith("的") or _SUM_DONE.search(before) is not None


def _stock(at: Standing) -> Kind:
    is_told = at.is_past or "现有" in at.before or "拥有" in at.before
    return Kind.TARGET if at.mode is Mode.PLAN and not is_told else Kind.BASELINE


def _mixed(at: Standing) -> tuple[Kind, str]:
    """Judge an article: the clause's own words first, then those of the whole sentence."""
    if (told := _by_behind(at)) is not None:
        return told
    is_future = at.is_future and not (at.is_open and _HAPPENED.search(at.before))
    is_measured = _MEASURED.search(at.sentence) is not None
    will = _WILL_STILL if at.is_told or is_measured else _WILL
    if is_future or will.search(at.before):
        return Kind.TARGET, "future word"
    if _DONE.search(at.before):
        return Kind.RESULT, "done word"
    if (done := _last(_DONE, at.said)) != (coming := _last(will, at.said)):
        return _told_before(is_done=done > coming)
    if will.search(at.sentence):
        return Kind.TARGET, "future sentence"
    if _DONE.search(at.sentence):
        return Kind.RESULT, "done sentence"
    if is_measured:
        return Kind.RESULT, "measured sentence"
    done = max(_last(_DONE, at.ahead), _last(_MEASURED, at.ahead))
    coming = _last(_WILL, at.ahead)
    is_told = (
        at.is_told
        or done > coming
        or (done == coming and not at.place.section.is_halfway and _is_told_later(at))
    )
    return (Kind.RESULT, "done paragraph") if is_told else (Kind.TARGET, "default")


def _is_told_later(at: Standing) -> bool:
    """Return whether the rest of the paragraph tells of what is done, and promises nothing."""
    end = at.place.end
    stop = at.text.find("\n", end, end + AHEAD)
    later = at.text[end : stop if stop >= 0 else end + AHEAD]
    return _DONE.search(later) is not None and _WILL.search(later) is None


def _by_behind(at: Standing) -> tuple[Kind, str] | None:
    """Return the kind that the words right behind a number say, None where they say none."""
    if _DONE_BEHIND.match(at.behind) or (at.before.endswith("有") and _HAVE_DONE.match(at.behind)):
        return Kind.RESULT, "done behind"
    if _TO_COME_BEHIND.match(at.behind):
        return Kind.TARGET, "future behind"
    return None


def _told_before(*, is_done: bool) -> tuple[Kind, str]:
    """Return the kind that the words of the sentence before the clause say."""
    return (Kind.RESULT, "done sentence") if is_done else (Kind.TARGET, "future sentence")


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where a pattern is found last, -1 where it is not."""
    return max((found.start() for found in pattern.finditer(text)), default=-1)
