"""What a promise leaves open: who answers, by which day, in what unit, and how it is measured."""

import re
from collections.abc import Iterable
from enum import StrEnum

from luoshi.rules.reports.statements import Kind, Statement


class Gap(StrEnum):
    """What is missing in a statement that promises something."""

    OWNER = "owner"  # no unit is named as the one that acts
    DAY = "day"  # no last day, stated or inferred
    DAY_INFERRED = "day_inferred"  # only the section or the document gives it
    UNIT = "unit"  # a number without its unit
    MEASURE = "measure"  # neither a number nor a named work that is finished or not


_FINISHED = re.compile(
    r"建成|完成|完工|竣工|开工|投用|投产|投运|投入使用|通车|贯通|打通|开馆|开园|开街|开放|交付|入住|封顶"
    r"|验收|启动|创成|成立|挂牌|开通|上线|搬迁|落地|新建|改造"
)


def gaps_of(statement: Statement) -> tuple[Gap, ...]:
    """Return what is missing in a target or a mechanism; nothing where something is reported."""
    if statement.kind not in {Kind.TARGET, Kind.MECHANISM}:
        return ()
    missing = {
        Gap.OWNER: statement.responsible is None,
        Gap.DAY: statement.kind is Kind.TARGET and statement.deadline is None,
        Gap.DAY_INFERRED: statement.deadline is not None and not statement.deadline_stated,
        Gap.UNIT: statement.value is not None and not statement.unit,
        Gap.MEASURE: statement.kind is Kind.TARGET and not is_measurable(statement),
    }
    return tuple(gap for gap, is_missing in missing.items() if is_missing)


def is_measurable(statement: Statement) -> bool:
    """Return whether one can tell on its day if it was kept: a number, or a work finished."""
    if statement.value is not None:
        return True
    return bool(statement.projects) and _FINISHED.search(statement.quote) is not None


def gap_list(statements: Iterable[Statement]) -> list[tuple[Statement, tuple[Gap, ...]]]:
    """Return every statement that leaves something open, in its order, with what."""
    return [(one, gaps) for one in statements if (gaps := gaps_of(one))]
