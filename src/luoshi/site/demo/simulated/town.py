"""The simulated district: its units, posts, accounts and goals; persons are random ids."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from luoshi.base.journal import Actor
from luoshi.ledger import commands as ledger
from luoshi.ledger.commands import Sent
from luoshi.organisation import commands as organisation

CODE, NAME = "990000", "模拟区"
"""No division has a code that begins with 99 (GB/T 2260)."""
OFFICE, CHECKER = "office", "checker"
AREAS = ("东片区", "南片区", "西片区", "北片区")

UNITS = (  # key, name, kind
    (OFFICE, "区政府办公室", "department"),
    (CHECKER, "区委督查室", "department"),
    ("plan", "发展和改革局", "department"),
    ("build", "住房和城乡建设局", "department"),
    ("city", "城市管理局", "department"),
    ("road", "交通运输局", "department"),
    ("school", "教育体育局", "department"),
    ("health", "卫生健康局", "department"),
    ("civil", "民政局", "department"),
    ("green", "园林绿化中心", "department"),
    ("water", "农业农村和水利局", "department"),
    ("east", "甲街道办事处", "township"),
    ("south", "乙街道办事处", "township"),
    ("west", "丙街道办事处", "township"),
    ("north", "丁镇人民政府", "township"),
)
SPONSORS = ("分管城建领导岗", "分管民生领导岗", "分管产业领导岗")
GOALS = (  # key, name, kind, what it stands under
    ("all", "年度重点工作", "goal", None),
    ("projects", "项目建设", "pillar", "all"),
    ("renewal", "城市更新", "pillar", "all"),
    ("people", "民生实事", "pillar", "all"),
    ("ecology", "生态治理", "pillar", "all"),
    ("economy", "经济运行", "pillar", "all"),
)
SIGNS_IN = (OFFICE, CHECKER, "build", "east")
ROLES = {OFFICE: ("office",), CHECKER: ("supervision",)}


@dataclass(slots=True)
class Town:
    """A district under way: who acts for each unit, and what its goals and posts are called."""

    seed: int
    at: datetime
    root: UUID = field(init=False)
    district: UUID = field(init=False)
    founder: Actor = field(init=False)
    actors: dict[str, Actor] = field(init=False)

    def __post_init__(self) -> None:
        """Draw every id from the seed."""
        self.root = uuid5(NAMESPACE_OID, f"luoshi/simulated/{self.seed}")
        self.district = uuid5(self.id("district"), "district")
        self.founder = Actor(
            district=self.district, person=self.id("person", OFFICE), roles=frozenset({"office"})
        )
        self.actors = {key: self._actor(key) for key, _name, _kind in UNITS}

    def id(self, *names: str) -> UUID:
        """Draw an id from the seed."""
        return uuid5(self.root, "/".join(names))

    def unit(self, key: str) -> UUID:
        """Return the id of a unit."""
        return self.id("unit", key)

    def post(self, key: str) -> UUID:
        """Return the id of the post that answers for a unit, or of a sponsor's."""
        return self.id("post", key)

    def goal(self, key: str) -> UUID:
        """Return the id of a goal."""
        return self.id("goal", key)

    def _actor(self, key: str) -> Actor:
        return Actor(
            district=self.district,
            person=self.id("person", key),
            post=self.post(key),
            unit=self.unit(key),
            roles=frozenset(ROLES.get(key, ("officer",))),
        )

    @property
    def on(self) -> date:
        """The day on which the district begins."""
        return self.at.date()

    def hand(self, name: str) -> dict[str, Any]:
        """Return day, id, hand and moment of a command that begins a thread."""
        return {
            "on": self.on,
            "command_id": self.id("command", name),
            "by": self.founder,
            "at": self.at,
        }


def found(town: Town) -> None:
    """Found the district; its first entry says that it is a simulated one."""
    organisation.found_district(
        code=CODE,
        name=NAME,
        seed=town.seed,
        on=town.on,
        command_id=town.id("district"),
        person=town.founder.person,
        at=town.at,
    )


def organise(town: Town) -> None:
    """Found units, posts, sponsors' posts and goals, and the accounts that sign in by post."""
    for order, (key, name, kind) in enumerate(UNITS, start=1):
        organisation.found_unit(
            unit_id=town.unit(key), name=name, kind=kind, parent=None, order=order,
            **town.hand(f"unit/{key}"),
        )  # fmt: skip
        _post(town, key, f"{name}台账岗", key, order)
    for order, name in enumerate(SPONSORS, start=1):
        _post(town, name, name, OFFICE, 100 + order)
    for order, (key, name, kind, above) in enumerate(GOALS, start=1):
        hand = town.hand(f"goal/{key}")
        ledger.found_goal(
            goal_id=town.goal(key), name=name, kind=kind, order=order,
            parent=town.goal(above) if above else None, sent=Sent(expected=0, **hand),
        )  # fmt: skip
    names = {key: name for key, name, _kind in UNITS}
    for key in SIGNS_IN:
        organisation.make_account(
            login=f"{NAME}{names[key]}演示岗", password=None, person=town.id("person", key),
            district=town.district, made_by_demo=True,
        )  # fmt: skip


def _post(town: Town, key: str, name: str, unit: str, order: int) -> None:
    founded = organisation.found_post(
        post_id=town.post(key), name=name, unit=town.unit(unit), order=order,
        roles=ROLES.get(key, ("officer",)), **town.hand(f"post/{key}"),
    )  # fmt: skip
    organisation.hold_post(
        post_id=town.post(key), person=town.id("person", key), expected=founded.number,
        **town.hand(f"holder/{key}"),
    )  # fmt: skip
