"""Time words of reports as one pattern; ``periods`` says which days they name."""

import re
from collections.abc import Iterator

from luoshi.rules.reports.numerals import HAN

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_QUARTER = "第?[一二三四]季度|前三季度|首季"
_PAIRS = (  # the first two letters of a time word
    rf"[\d{HAN}][\d{HAN}年月个至到\-—–―~～季五一”\"节]|[“‘\"][十五七]|[用在][\s\d半{HAN}]|通过|力争|经过"
    rf"|未来|今[年后明]|接下|过去|近[\d{HAN}年]|最近|前[\d{HAN}半]|本[届年月世]|多年|去年|上[年半]|刚刚"
    "|这一|下半|第[一二三四]|首季|岁末|年[初内中度末底]|明年|当年|全年|半年|暑[期假]|秋季|国庆|元[旦至到]"
    "|次年|月底"
)
_FIRST = rf"[“‘\"\d{HAN}用在通力经未来今后接过近最前本多去上刚这下第首年岁明当全半暑秋国元次月]"
_BEGIN = re.compile(rf"{_FIRST}(?<=(?={_PAIRS}).)")  # a class first: so search is quick
TIME = re.compile(
    rf"""
    (?={_FIRST})
    (?={_PAIRS})  # two looks tell of most places that no time word begins there
    (?:(?P<years>(?P<from>20\d\d|19\d\d)年?(?:-|—|–|―|~|～|至|到)(?P<to>20\d\d|19\d\d)年)
    |(?P<since>(?P<sy>20\d\d)年(?:[^，。；、,;\d\n]{{1,18}}?)?以来)
    |(?P<full>(?P<fy>20\d\d|19\d\d|[二一][{HAN}]{{3}})年(?:
        (?P<fm>1[0-2]|0?[1-9])月(?!份?[-—–~～至到]\d)(?:(?P<fd>{_DAY})日|份|底|末|中旬|上旬|下旬)?
        |(?P<half1>上半年|下半年)|(?P<q1>第?[一二三四]季度|前三季度)|(?P<fend>年?[底末])|初)?)
    |(?P<plan>[“‘"]?十(?P<nth>[一二三四五六七八九])五[”’"]?(?P<when>末|期末|时期|期间|以来
      |(?=[，,将要]|[全我][省市区县州]|[一-鿿]{{2}}(?:将|[省市区县州]|普通|高速))))
    |(?P<inmonths>(?P<led>(?:用|在|通过|力争|经过)\s?)?(?:(?P<k>[{HAN}]{{1,2}}|\d{{1,2}})个月|半年)
      (?:之?内|时间内|(?(led)时间|(?!))))
    |(?P<within>(?:(?:用|在|通过|力争|经过|未来|今后)\s?)?
      (?P<n>[{HAN}]{{1,2}}|\d{{1,2}})(?:(?:至|到|-|—)(?P<nmax>[{HAN}]|\d{{1,2}}))?
      年(?:之?内|左右的?时间|时间|的?努力))
    |(?P<coming>(?:未来|今后|接下来的?)(?P<cn>[{HAN}\d]{{1,2}})年)
    |(?P<past>(?:过去|近|最近|前)(?P<pn>[{HAN}\d]{{1,2}})年来?|(?P<pn2>[{HAN}]{{1,2}}|(?<!\d)\d{{1,2}})年来
      |本届(?:政府)?以来|近年来|多年来)
    |(?P<sofar>(?:今年|年初)以?来)
    |(?P<both>今明两年)
    |(?P<away>(?P<ry>[去上今本明次])年(?:(?P<rm>{_MONTH})月(?!份?[-—–~～至到]\d)(?:(?P<rd>{_DAY})日|份|底|末)?
      |(?P<rhalf>上半年|下半年)|(?P<rq>{_QUARTER})|年?[底末](?!比|相)))
    |(?P<lastyear>去年|上年(?!同期|度?末?相比)|过去的?(?:这)?一年|刚刚过去的一年|一年以?来|这一年)
    |(?P<months>前(?P<mfirst>1[01]|[2-9]|十一?|[二三四五六七八九])个?月(?!前)
      |(?P<m1>1[0-2]|[1-9]|元(?=[至到]))月?(?:-|—|–|―|~|～|至|到)(?P<m2>1[0-2]|[1-9])月份?)
    |(?P<month>(?<![\d年.、—\-~])(?P<m>{_MONTH})月(?:(?P<d>{_DAY})日|份|底|末|初|[上中下]旬)?(?!来|球|饼|子))
    |(?P<monthend>(?<![\d{HAN}])本?月底)
    |(?P<half>上半年|下半年|前半年)
    |(?P<quarter>(?<!连续){_QUARTER})
    |(?P<season>暑[期假](?=期?间?前?[内底投交完建竣启改修新])|秋季(?:学期|开学|新学期)
      |国庆节?(?=之?前)|[“"]?[五七]一[”"]?节?(?=之?前)|元旦(?=之?前)
      |年中(?=之?前))
    |(?P<yearend>年底|年末|岁末)
    |(?P<thisyear>今年|本年度?)
    |(?P<wholeyear>年内|全年(?!龄)|当年|年度(?=目标|计划|投资|完成))
    |(?P<nextyear>明年)
    |(?P<century>本世纪中叶)
    )
    """,
    re.VERBOSE,
)


def times_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the time words of text[start:end] in their order: found by how they begin."""
    while begin := _BEGIN.search(text, start, end):
        time = TIME.match(text, begin.start(), end)
        if time is not None:
            yield time
        start = time.end() if time is not None else begin.end()
