"""What the simulated district promises: a few sorts of work, each drawn some times."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from luoshi.rules.ledger import facts as f
from luoshi.site.demo.simulated.moments import LAST_DAY, YEAR
from luoshi.site.demo.simulated.town import AREAS

TOWNSHIPS = dict(zip(AREAS, ("east", "south", "west", "north"), strict=True))
WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of promise: ``least`` and ``most`` in ``unit``, drawn in steps of ``step``.

    ``per_area``: one for each area; else ``count`` of them. ``leads`` are units' keys, empty where
    the township leads. Empty ``unit``: accepted by a criterion in words.
    """

    title: str
    kind: f.MatterKind
    goal: str
    unit: str
    least: Decimal
    most: Decimal
    step: Decimal
    leads: tuple[str, ...]
    sponsor: int
    count: int = 0  # 0: one for each area


def _sort(
    title: str,
    kind: f.MatterKind,
    goal: str,
    amounts: str,  # least, most, step and unit
    leads: tuple[str, ...],
    sponsor: int,
    count: int = 0,
) -> Sort:
    least, most, step, unit = amounts.split(" ")
    return Sort(
        title, kind, goal, unit, Decimal(least), Decimal(most), Decimal(step), leads, sponsor, count
    )


PROJECT, PROGRAMME = f.MatterKind.PROJECT, f.MatterKind.PROGRAMME
INDICATOR, TASK = f.MatterKind.INDICATOR, f.MatterKind.TASK
SORTS = (
    _sort("产业园{n}期项目", PROJECT, "projects", "8000 60000 500 万元", ("plan",), 2, 6),
    _sort("{area}安置房建设项目", PROJECT, "projects", "12000 45000 500 万元", ("build",), 0),
    _sort("{area}连接道路工程", PROJECT, "projects", "1500 9000 100 万元", ("road",), 0),
    _sort("第{n}小学扩建项目", PROJECT, "people", "1200 6800 100 万元", ("school",), 1, 5),
    _sort("{area}卫生服务中心改造项目", PROJECT, "people", "300 1800 50 万元", ("health",), 1),
    _sort("{area}老旧小区改造", PROGRAMME, "renewal", "8 46 1 个", (), 0),
    _sort("{area}背街小巷整治", PROGRAMME, "renewal", "6 24 1 条", ("city", ""), 0),
    _sort("{area}停车泊位新增", PROGRAMME, "renewal", "200 900 10 个", ("city",), 0),
    _sort("{area}污水管网改造", PROGRAMME, "ecology", "1.5 9 0.1 公里", ("water",), 0),
    _sort("{area}口袋公园建设", PROGRAMME, "ecology", "3 12 1 个", ("green",), 0),
    _sort("{area}新增绿地", PROGRAMME, "ecology", "2 16 0.5 万平方米", ("green",), 0),
    _sort("{area}社区养老服务点", PROGRAMME, "people", "2 9 1 个", ("civil",), 1),
    _sort("{area}充电桩安装", PROGRAMME, "people", "40 220 10 个", ("", "city"), 1),
    _sort("第{n}批招商签约", INDICATOR, "economy", "6 30 0.5 亿元", ("plan",), 2, 3),
    _sort("规模以上企业新增", INDICATOR, "economy", "12 30 1 家", ("plan",), 2, 1),
    _sort("固定资产投资", INDICATOR, "economy", "80 160 1 亿元", ("plan",), 2, 1),
    _sort("新增城镇就业", INDICATOR, "people", "4000 9000 100 人", ("civil",), 1, 1),
    _sort("{area}网格管理制度建立", TASK, "people", "0 0 1 ", ("",), 1),
    _sort("政务服务事项清单第{n}轮清理", TASK, "economy", "0 0 1 ", ("plan",), 2, 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pace:
    """How a work goes: ``share`` of its plan, ``from_month`` on ``then`` of what was to come.

    ``silence`` and ``lateness``: how likely a month has no report, or a late one.
    """

    share: float
    from_month: int = 13
    then: float = 1.0
    silence: float = 0.02
    lateness: float = 0.08


PACES = (  # how often, and how it goes
    (46, Pace(1.03)),
    (16, Pace(1.12)),
    (13, Pace(0.88, lateness=0.2)),
    (8, Pace(0.97, from_month=7, then=0.55)),
    (6, Pace(1.0, from_month=5, then=0.1, silence=0.1)),
    (6, Pace(0.7, from_month=8, then=1.7)),
    (5, Pace(0.9, silence=0.45, lateness=0.3)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One matter to be: what is fixed, and how its work will go."""

    code: str
    title: str
    sort: Sort
    quantity: Decimal
    area: str
    lead: str
    support: tuple[str, ...]
    registered_on: date
    start: date
    due: date
    has_own_plan: bool
    lacks: str  # which fix stays open, empty where none
    pace: Pace


def promises(seed: int) -> Iterator[Promise]:
    """Yield what the district promises, in the order of its codes."""
    number = 0
    for sort in SORTS:
        for place in range(sort.count or len(AREAS)):
            number += 1
            yield _promise(sort, place, f"模拟-{number:03}", seed)


def _promise(sort: Sort, place: int, code: str, seed: int) -> Promise:
    draw = draws(seed, code)
    area = "" if sort.count else AREAS[place]
    lead = draw.choice(sort.leads or ("",)) or TOWNSHIPS[area]
    support = (TOWNSHIPS[area],) if area and TOWNSHIPS[area] != lead else ()
    begins_later = draw.random() < 0.12
    registered_on = date(YEAR, 1, 2) + timedelta(days=draw.choice((0, 1, 4, 5, 6, 7)))
    start = date(YEAR, 1, 1)
    if begins_later:
        registered_on = date(YEAR, draw.choice((3, 4, 6)), draw.randint(9, 13))
        start = registered_on
    steps = int((sort.most - sort.least) / sort.step)
    return Promise(
        code=code,
        title=sort.title.format(area=area, n="一二三四五六七八"[place]),
        sort=sort,
        quantity=sort.least + sort.step * draw.randint(0, steps),
        area=area,
        lead=lead,
        support=support,
        registered_on=registered_on,
        start=start,
        due=_due(draw),
        has_own_plan=draw.random() < 0.35,
        lacks=draw.choice(("target", "milestones")) if draw.random() < 0.05 else "",
        pace=draw.choices([pace for _, pace in PACES], [often for often, _ in PACES])[0],
    )


def _due(draw: Random) -> date:
    """Most works are due at the year's end, some at the end of an earlier month, some later."""
    kind = draw.random()
    if kind < 0.6:
        return LAST_DAY
    if kind < 0.9:
        return date(YEAR, draw.choice((9, 10, 11, 12)), 1) - timedelta(days=1)
    return date(YEAR + 1, draw.choice((4, 7)), 1) - timedelta(days=1)


def draws(seed: int, name: str) -> Random:
    """Return the source of what is drawn for a name: the same for the same seed."""
    return Random(f"{seed}/{name}")  # noqa: S311  nothing secret: it must come out the same again
