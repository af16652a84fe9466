"""What a clause opens with before its verb: who acts, in what spirit, for whom."""

import re

from luoshi.rules.reports.grammar import WHEN, choice
from luoshi.rules.reports.words.verbs import ACTIONS, ADVERBS

_AREAS = "省市县区镇乡"
_LONGEST_DOER = 36  # letters from the head of a clause in which 将 or 要 stands behind a doer
_UNIT_BY_A_DAY = re.compile(  # 县水务局要在10月底前|建成净水厂
    rf"[{_AREAS}][一-鿿]{{1,10}}?(?:局|委|厅|办|街道|专班)(?:要|将|须|应|需)?(?:在|于)?(?:{WHEN})"
)
_DOING = rf"(?:{choice(ADVERBS)})*(?!围绕|聚焦|依托|贯彻)(?:{choice(ACTIONS)})"
_BOARD = r"(?:板块|片区|园区|新区|老城区|组团|街区|开发区|示范区|商圈|小镇|街道|社区|[县镇乡村])"
_WILL = re.compile("[将要]|负责")
_YEAR = re.compile(r"\d{4}年(?:度|内|底前|[上下]半年)?[，,]?(?:计划|将|拟|要)?")  # 2031年|启动…
_WHO = r"(?![全各我你他本此这该同必只]|大家|人人)"
_DOER_WILL = re.compile(  # 青山片区要|加快推进…; 甲乙省还将|推动…
    rf"{_WHO}(?:[一-鿿]{{1,10}}?{_BOARD}要(?![求素])|[省市县区镇乡旗州][一-鿿、（）]{{1,30}}?(?:局|委|办|厅|部|中心|公司|政府|）)(?:要(?!求)|应|须|负责)|[一-鿿]{{2,8}}?(?:还|也|则)?将(?!于|在))(?={_DOING})"
)
_FOCUS = re.compile(  # 城东板块|将聚焦…
    rf"[^，。：；、\s]{{2,16}}?{_BOARD}(?=(?:将|则|要|重点)*(?:聚焦|突出|主攻|重点发展|重点打造)[^，。]{{2}})"
)
_TURNS = re.compile("聚焦|突出|主攻|重点")  # most clauses have none: one look tells
_LONGEST_BOARD = 24  # letters from the head of a clause in which it turns to something
_SERVES = re.compile("提供|配备|研制|定制")
_IN_SPIRIT = re.compile(  # 以更大的决心|推动…
    rf"以[一-鿿]{{1,8}}?(?:之心|决心|力度|标准|态度|功夫|理念|姿态|举措)(?={_DOING})|按(?:节点|时序|期|时|计划|进度)(?={_DOING})"
)
_FOR = re.compile(  # 甲公司|为乙工程|提供…
    r"(?!努力|奋力|全力|积极|不断|持续|共同)[^，。、；\s]{2,14}?为(?P<whom>[^，。；]{2,24}?)(?:提供|配备|研制|定制)"
)
_DEEDS = r"(?:开展|推进|实施|建设|打造|推动|举办|改造|建成|启动|完成|加快)"
_TOWARDS = re.compile(
    rf"[^，。；]{{2,20}}?(?:扎实|深入|持续|全面|积极|大力|有序|统筹|全力|高标准|高质量)(?={_DEEDS})"
)
_LISTS = re.compile(  # 开工4个项目，|分别是甲学校、乙医院; 重点工程|包括甲大桥; 即|甲路、乙路
    r"(?:(?:它们|其中)?(?:分别(?:是|为|有)|主要(?:有|是)|[既还也]?有以|[也还]有|即(?![将便使])|[^，、；]{0,12}?(?:包括|包含|涵盖)))了?"
)
_ON = re.compile(  # 对|甲河|进行综合整治, 将把|乙路|改造为快速路
    r"(?:将|拟|计划)?[对把将](?P<whom>[^，；]{2,40}?)(?:进行|实施|开展|改造|改建|调整|打造|建设)"
)


def behind_doer(text: str, start: int, end: int) -> int:
    """Return where the deed of a clause begins that says first when or by whom; else its start."""
    if text[start].isdigit() and (year := _YEAR.match(text, start, end)):
        return year.end()
    unit = _UNIT_BY_A_DAY.match(text, start, end) if text[start] in _AREAS else None
    if unit is not None:
        return unit.end()
    if _WILL.search(text, start + 2, min(end, start + _LONGEST_DOER)) is None:
        return start
    doer = _DOER_WILL.match(text, start, end)
    return start if doer is None else doer.end()


def behind_aim(text: str, start: int, end: int) -> int:
    """Return where the deed begins behind words that only say how or towards what; else start.

    以更大决心|推动…; 聚焦重点领域扎实|开展….
    """
    found = _IN_SPIRIT.match(text, start, end) or _TOWARDS.match(text, start, end)
    return start if found is None else found.end()


def focused(text: str, start: int, end: int) -> int:
    """Return where the board's name ends in 城东板块|聚焦…; else 0."""
    if _TURNS.search(text, start, min(end, start + _LONGEST_BOARD)) is None:
        return 0
    board = _FOCUS.match(text, start, end)
    return 0 if board is None else board.end()


def served(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where what is served stands in 甲公司为|乙工程|提供…; None in other clauses."""
    if _SERVES.search(text, start, end) is None:
        return None
    found = _FOR.match(text, start, end)
    return None if found is None else found.span("whom")


def treated(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the work stands in 对|甲河|进行综合整治; None in other clauses."""
    found = _ON.match(text, start, end)
    return None if found is None else found.span("whom")


def list_at(text: str, start: int, end: int) -> int | None:
    """Return where a list begins in a clause that only gives one: 分别是|…, 包括|…; else None."""
    found = _LISTS.match(text, start, end)
    return None if found is None else found.end()
