"""What a line is by its look alone, whatever stands around it."""

import re
from collections.abc import Iterable, Iterator

from luoshi.rules.reports.mending.lines import Line
from luoshi.rules.reports.mending.mended import Kind

_DAY = r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?"
_POSTS = "省长|市长|区长|县长|旗长|州长|盟长|镇长|乡长|主席|主任|书记|秘书长"
_PAGE = r"""
    [-—–―·•]+\ ?\d{1,4}\ ?[-—–―·•]+ | 第\ ?\d{1,4}\ ?页(?:.{0,3}共\ ?\d{1,4}\ ?页)? | \d{1,3}
    | \d{1,4}\ ?/\ ?\d{1,4} | 共\ ?\d{1,4}\ ?页
"""
_MENU = r"""
    [>»|›]+ | (?:网站)?首页 | 无障碍(?:浏览|阅读)? | (?:网站)?登录 | 注册 | 搜索 | 网站(?:地图|导航)
    | 联系我们 | 关于我们 | 打印(?:本页)? | 关闭(?:窗口|本页)? | 收藏 | 返回(?:顶部|首页|列表)
    | 大\ ?中\ ?小 | (?:分享|转发)(?:到)?[:：]? | (?:字号|字体)[:：].{0,20}
    | (?:浏览|阅读|点击)(?:次数|量|数)[:：]?.{0,20}
    | (?:来源|时间|日期|发布日期|发布时间|发布机构|信息来源|文章来源)[:：]
    | (?:上|下)一[篇页条][:：]?.{0,60} | (?:当前|您?的?(?:现在)?所在?的?)位置[:：].{0,80}
    | 扫一扫.{0,20} | 版权所有.{0,60} | (?:主办|承办)(?:单位)?[:：].{0,60}
    | .{0,30}(?:ICP备|公网安备).{0,40} | 网站标识码.{0,40}
    | (?:索\ ?引\ ?号|主题分类|发文机关|发文字号|公开方式)[:：].{0,60}
    | 相关(?:阅读|链接|新闻|文章)[:：]? | (?:https?://|www\.)\S+
    | [^\s>，。]{1,12}(?:\ *[>»›]+\ *[^\s>，。]{1,20}){1,8}
    | (?:下载|附件下载|查看更多|更多)(?:>>|>)? | 【(?:字体|字号|打印|关闭|大|中|小)[^\n]{0,30}】
"""
_BYLINE = rf"""
    [(（―—–\-\ ]*{_DAY},?，?在\S{{4,60}}?会(?:议)?[)）]?上?.{{0,30}}[)）]?
    | (?:[―—–\-]+\ ?)?\S{{2,24}}(?:{_POSTS})(?:\ +|\?\?\ ?)\S{{1,4}}(?:\ \S{{1,3}})?
    | \S{{2,20}}人民政府(?:代理?)?(?:{_POSTS})
    | (?:{_POSTS})\ +\S{{1,4}}(?:\ \S{{1,3}})?
    | [(（\[]?{_DAY}(?:\ +\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[)）\]]?
    | (?:本报|见习|首席|特约|实习)?(?:记者|通讯员|实习生)[\ :：]\ ?\S.{{0,70}}
    | [^\n。]{{0,40}}[^\s。]/(?:文|图|摄|文图|图文|供图|摄影|制图|整理)
    | [(（]?(?:责任编辑|责编|编辑|作者|撰稿|摄影|校对|审核|供图|供稿|稿源)[:：].{{1,40}}
    | [(（]?(?:来源|信息来源|发布时间|发布日期|时间)[:：].{{1,40}}
"""
_CAPTION = r"""
    [▲△▼▽↑↓←→].{0,40} | \[?【?图(?:片|\ ?\d{1,2})[:：\]】]?.{0,40} | !\[.*\]\(.*\)
    | [^\n，。；：、,;]{2,26}(?:效果图|示意图|资料图|鸟瞰图|规划图|一角|掠影|航拍|夜景|外景|现场)
    | [^\n，。；：、,;]{2,26}(?:供图|摄)
"""
_LOOKS = re.compile(
    rf"""
    (?:(?P<page>{_PAGE})|(?P<menu>{_MENU})|(?P<byline>{_BYLINE})|(?P<caption>{_CAPTION}))$
    """,
    re.VERBOSE,
)
_LEADERS = ("....", "……", "····")
_CONTENTS = re.compile(
    r"^[ \t\u200b]*([^\n。]{1,60}?(?:\.{4,}|…{2,}|·{4,}) ?\d{1,4})[ \t\u200b]*$", re.MULTILINE
)
_SPOKEN = re.compile(rf"[(（―—–\-\s]*{_DAY}[,，]?在\S{{4,60}}会(?:议)?[)）]?上?[)）]?")
_LONGEST_BYLINE = 120  # characters
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(
    rf"""
    (?:\*\*)?
    (?: (?P<first>{_NUMERAL}\ ?、|第{_NUMERAL}(?:部分|章|篇|编))
    | (?P<second>[(（]\ ?{_NUMERAL}\ ?[)）]|第{_NUMERAL}节)
    | (?P<third>\d{{1,2}}\ ?(?:[、)）]|\.(?!\d))|[(（]\ ?\d{{1,2}}\ ?[)）]) )
    """,
    re.VERBOSE,
)
_LEVELS = {"first": 1, "second": 2, "third": 3}
_MARKED = re.compile(r"(#{1,6})[ \t]*")
_ITEM = re.compile(r"[①-⑳●■◆◇➢·▪•\-][ \t]?|\*(?!\*)|―{1,2}|—{1,2}|[\[〔]\d{1,3}[\]〕]")
_LABEL = re.compile(  # of a task, on a line of its own
    rf"""
    (?:[（(]?(?:{_NUMERAL}|\d{{1,3}})[)）、.．])?[【\[]?(?:
      (?P<answer>(?:牵头|责任|配合|协办|主办|承办|主责|落实|实施|分管|包抓)+(?:单位|部门|科室|领导|人)
    | 完成时[限间] | 时间节点 | 时限要求 | 办结时限) | (?:工作|目标|重点|具体)任务
    | 工作目标 | 工作内容 | 工作措施)[】\]]?[:：]
    """,
    re.VERBOSE,
)
_LABEL_ENDS = re.compile(r"[局委办厅部会室心道府司镇乡区县市村团队处所站院校等期年月日底前）)]")


def looks(text: str, start: int, end: int, lines: Iterable[Line]) -> Iterator[tuple[int, Kind]]:
    """Yield where those of the lines of ``text[start:end]`` begin whose look tells their kind."""
    for line in lines:
        is_inner = text[line.start] == "\t"  # of a table, its first cells empty
        if not is_inner and (match := _LOOKS.match(text, line.start, line.end)):
            yield line.start, Kind(match.lastgroup or "")
    if any(text.find(leaders, start, end) >= 0 for leaders in _LEADERS):
        for match in _CONTENTS.finditer(text, start, end):
            yield match.start(1), Kind.PAGE


def numbered(text: str, place: int) -> int:
    """Return the level of the number that a line beginning there bears, 1 to 3; 0 without."""
    match = _NUMBERED.match(text, place)
    return _LEVELS[match.lastgroup or ""] if match else 0


def marked(text: str, place: int) -> tuple[int, int]:
    """Return the level and length of a heading's mark, as plain text files have it; or zeros."""
    match = _MARKED.match(text, place)
    return (len(match[1]), len(match[0])) if match else (0, 0)


def is_item(text: str, place: int) -> bool:
    """Tell whether a member of a list begins there."""
    return _ITEM.match(text, place) is not None


def begins_anew(text: str, place: int) -> bool:
    """Tell whether a line beginning there bears a number or a heading's mark."""
    return text[place] == "#" or _NUMBERED.match(text, place) is not None


def is_label(text: str, place: int) -> bool:
    """Tell whether a line beginning there says who answers for a task, or by when, or which."""
    return _LABEL.match(text, place) is not None


def is_whole_label(text: str, start: int, end: int) -> bool:
    """Tell whether lines together are such a label, whose units or day have ended."""
    label = _LABEL.match(text, start, end)
    is_answer = label is not None and label["answer"] is not None
    return is_answer and _LABEL_ENDS.match(text, end - 1) is not None


def is_byline(text: str, start: int, end: int) -> bool:
    """Tell whether lines together say when and where a report was given."""
    short = end - start <= _LONGEST_BYLINE
    return short and _SPOKEN.fullmatch("".join(text[start:end].split())) is not None
