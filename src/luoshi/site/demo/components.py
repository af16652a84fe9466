"""Content for the page of components: made up, and as long and as short as content comes."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.base.fields import AmountField, DayField

COLOURS = ("red", "yellow", "unreported", "blue", "green", "suspended", "ungraded", "closed")
MARKS = ("unreported", "awaiting", "submitted", "late_answer", "incomplete")
LEVELS = ("info", "success", "warning", "error")
ICONS = ("calendar", "search", "printer", "download", "filter", "history", "lock", "paperclip")
DAY = date(2020, 7, 31)
MOMENT = datetime(2020, 8, 3, 9, 41, tzinfo=ZoneInfo("Asia/Shanghai"))
LONG = "甲街道老旧小区综合改造及配套管网、道路、绿化、停车设施一体化提升工程（二期）"
HERE = "#"


class Example(forms.Form):
    """One field of each kind."""

    achieved = AmountField(
        label=_("Done so far"), help_text=_("The whole amount up to the day of measuring.")
    )
    measured_on = DayField(label=_("Measured on"))
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[("", "—"), ("reserve", "储备"), ("continuing", "续建")]
    )
    force = forms.ChoiceField(
        label=_("Money in"),
        choices=[("wan", "万元"), ("yi", "亿元")],
        widget=forms.RadioSelect,
        required=False,
    )
    visible = forms.CharField(
        label=_("Visible progress"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.FileField(label=_("Evidence"), required=False)


def ledger_line(place: int) -> dict[str, Any]:
    """Return one row of a ledger: every colour, long and short titles, with and without figures."""
    done, plan = (
        (0, 12, 48, 62, 93, 100, 100, 100)[place],
        (10, 50, 50, 70, 95, 80, 100, 100)[place],
    )
    has_figure = place != len(COLOURS) - 2
    return {
        "title": LONG if place % 3 == 0 else "口袋公园建设",
        "code": f"例-{place + 1:03}",
        "url": HERE,
        "colour": COLOURS[place],
        "marks": MARKS[place : place + 1],
        "unit": "住房和城乡建设局" if place % 2 else "甲街道办事处",
        "target": f"{(place + 1) * 1234:,} 万元" if has_figure else "",
        "done": done,
        "plan": plan if place % 2 else None,
        "text": f"{done:.1f}%",
        "has_figure": has_figure,
        "due": "2020-12-31",
        "is_late": place == 0,
    }


def examples() -> dict[str, Any]:
    """Return what the parts of the page are drawn from."""
    return {
        "colours": COLOURS,
        "marks": MARKS,
        "levels": LEVELS,
        "icons": ICONS,
        "verdict": VERDICT,
        "counts": [
            {"colour": colour, "count": count, "url": HERE, "is_current": colour == "yellow"}
            for colour, count in zip(COLOURS, (12, 7, 31, 128, 1024, 2, 0, 46), strict=True)
        ],
        "goals": GOALS,
        "filters": [{"label": label, "remove_url": HERE} for label in ("黄", "甲街道", LONG[:18])],
        "facts": FACTS,
        "fixes": FIXES,
        "milestones": MILESTONES,
        "entries": ENTRIES,
        "files": [{"name": f"{LONG}验收清单.xlsx", "url": HERE, "size": "48 KB", "on": DAY}],
        "verbs": [{"label": label, "url": HERE} for label in ("报送进展", "申请变更", "中止")],
        "pager": {"first": 51, "last": 100, "total": 1250, "previous_url": HERE, "next_url": HERE},
        "option": OPTION,
        "figures": {
            "heads": ["月末", "计划（个）", "完成（个）"],
            "rows": [[f"2020-0{month}", f"{month * 8}", f"{month * 7}"] for month in range(1, 8)],
        },
    }


VERDICT = {
    "colour": "red",
    "sentence": "截至2020年6月30日应完成147.7个，已完成103个，完成比0.697，低于0.70。",
    "rule": "ERQI-2017-D1",
    "document": "默认规则，尚无发文",
    "day": DAY,
    "tests": [
        {"colour": "red", "name": "序时进度", "sentence": "完成比0.697，低于0.70。"},
        {"colour": "green", "name": "节点", "sentence": "没有逾期的节点。"},
    ],
    "facts": [
        {"label": "目标", "value": "297个", "url": HERE},
        {"label": "累计完成", "value": "103个，计量日2020-06-30", "url": HERE},
    ],
    "improvement": "累计完成到104个转黄，133个转蓝，148个转绿。",
}
GOALS = [
    {
        "name": name,
        "url": HERE,
        "depth": depth,
        "total": total,
        "red": red,
        "is_current": name == "城市更新",
        "parts": [
            {"colour": "red", "start": 0, "count": red},
            {"colour": "green", "start": red, "count": total - red},
        ],
    }
    for name, depth, total, red in (
        ("年度重点工作", 0, 120, 14),
        ("城市更新", 1, 64, 9),
        ("老旧小区", 2, 20, 0),
        ("待定", 1, 0, 0),
    )
]
FACTS = [
    {"label": "牵头单位", "value": "住房和城乡建设局", "url": HERE},
    {"label": "片区", "value": "东片区", "note": "取自已发布文件"},
    {"label": "责任岗位", "is_missing": True},
]
FIXES = [
    {"name": "定责任", "is_fixed": False, "facts": FACTS[2:]},
    {"name": "定目标", "is_fixed": True, "facts": [{"label": "数量", "value": "297 个"}]},
    {"name": "定节点", "is_fixed": True, "facts": [{"label": "完成", "value": "2020-12-31"}]},
]
MILESTONES = [
    {"name": "完成调查摸底", "is_done": True, "done_on": date(2020, 3, 27), "weight": "20%"},
    {"name": LONG, "is_late": True, "due": date(2020, 6, 30), "late_text": "逾期31天"},
    {"name": "全部完工", "due": date(2020, 12, 31), "weight": "25%"},
]
ENTRIES = [
    {"number": 1284, "on": DAY, "at": MOMENT, "verb": "更正", "sentence": "累计完成改为103个。",
     "words": "原报数字误录。", "unit": "区政府办公室", "post": "台账管理岗", "replaces": 1201,
     "is_backdated": True, "correct_url": HERE},
    {"number": 1201, "on": DAY, "at": MOMENT, "verb": "报送进展", "sentence": "累计完成130个。",
     "unit": "住房和城乡建设局", "post": "台账岗", "replaced_by": 1284,
     "files": [{"name": "完工清单.xlsx", "url": HERE}]},
    {"number": 1150, "on": DAY, "at": MOMENT, "verb": "退回", "sentence": "", "is_redacted": True,
     "unit": "区政府办公室", "post": "台账管理岗"},
]  # fmt: skip
OPTION = {
    "grid": {"left": 8, "right": 16, "top": 40, "bottom": 8, "containLabel": True},
    "legend": {"top": 0, "right": 0, "icon": "rect", "itemWidth": 18, "itemHeight": 3},
    "tooltip": {"trigger": "axis"},
    "xAxis": {"type": "category", "data": [f"{month}月" for month in range(1, 8)]},
    "yAxis": {"type": "value", "name": "个"},
    "series": [
        {"name": "计划", "type": "line", "symbol": "none", "itemStyle": {"color": "var(--ink-2)"},
         "lineStyle": {"type": "dashed"}, "data": [month * 8 for month in range(1, 8)]},
        {"name": "完成", "type": "line", "itemStyle": {"color": "var(--action)"},
         "data": [month * 7 for month in range(1, 8)]},
    ],
}  # fmt: skip
