"""Which unit a statement concerns: proposals with their reason, never a decision.

The stems are those by which departments of any district are called (三定规定), by field of work.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from luoshi.rules.intake.promised import Alike
from luoshi.rules.reports.offices import each_of
from luoshi.rules.sheets.names import By, nearest_unit

STEMS: Mapping[str, tuple[str, ...]] = {
    "care": ("民政", "卫健", "卫生健康"),
    "charity": ("民政", "文明", "慈善"),
    "education": ("教体", "教育"),
    "housing": ("住建", "住房", "房管", "房产"),
    "transport": ("交通", "住建", "城管", "市政"),
    "enterprise": ("工信", "科工", "科技", "发改", "投资促进", "商务"),
    "project": ("发改", "发展和改革", "重大项目", "重点项目"),
    "ecology": ("生态环境", "环保", "林业", "园林", "水利", "自然资源"),
    "livelihood": ("人社", "人力资源", "民政", "卫健", "医保"),
    "service": ("行政审批", "政务服务", "大数据", "数据"),
    "governance": ("政法", "应急", "信访", "公安", "司法"),
    "indicator": ("发改", "统计", "财政", "税务"),
    "party": ("组织", "宣传", "纪委", "统战"),
    "investment": ("商务", "投资促进", "发改"),
    "urban": ("城管", "城市管理", "住建", "自然资源"),
}
_DEPARTMENT = re.compile(r"(?:局|委|委员会|办|办公室|中心|部|室|厅|处|科)$")  # no school or firm
MOST = 3  # proposals of one kind


class Because(StrEnum):
    """Why a unit is proposed."""

    STATED = "stated"  # the sentence names it as the one that acts
    NAMED = "named"  # its name stands in the sentence
    LAST_YEAR = "last_year"  # it leads the matter of the same subject
    DUTY = "duty"  # its name says the field of work


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit with the reason; ``words`` are those that speak for it."""

    unit: UUID
    name: str
    because: Because
    words: str


def units_proposed(
    row: Mapping[str, Any], sentence: str, units: Mapping[str, UUID], alike: Sequence[Alike]
) -> tuple[Proposal, ...]:
    """Return the units that may lead what a statement promises, the best reason first.

    ``sentence`` is what stands around the quote, ``alike`` the matters of the same subject.
    """
    found: dict[UUID, Proposal] = {}
    names = {unit: name for name, unit in units.items()}
    for one in (
        *_stated(row, units),
        *_named(sentence, units),
        *_led_before(alike, names),
        *_by_duty(row, units),
    ):
        found.setdefault(one.unit, one)
    return tuple(found.values())[:MOST]


def _stated(row: Mapping[str, Any], units: Mapping[str, UUID]) -> Iterator[Proposal]:
    for written in each_of(row["responsible"] or ""):
        for near in nearest_unit(written, units):
            if near.by in {By.SAME, By.PLACE} or written in near.name or near.name in written:
                yield Proposal(units[near.name], near.name, Because.STATED, written)


def _named(sentence: str, units: Mapping[str, UUID]) -> Iterator[Proposal]:
    for name, unit in units.items():
        bare = name[1:] if name[:1] in {"区", "县", "市"} else name
        if len(bare) > 2 and bare in sentence:
            yield Proposal(unit, name, Because.NAMED, bare)


def _led_before(alike: Sequence[Alike], names: Mapping[UUID, str]) -> Iterator[Proposal]:
    for one in alike:
        lead = one.promise.lead_unit
        if lead is not None and lead in names:
            words = f"{one.promise.code} {one.promise.title}"
            yield Proposal(lead, names[lead], Because.LAST_YEAR, words)


def _by_duty(row: Mapping[str, Any], units: Mapping[str, UUID]) -> Iterator[Proposal]:
    for stem in STEMS.get(row["domain"] or "", ()):
        for name, unit in units.items():
            if stem in name and _DEPARTMENT.search(name):
                yield Proposal(unit, name, Because.DUTY, stem)
