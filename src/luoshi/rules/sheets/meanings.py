"""What the columns of lists mean, and over what time their figures sum."""

from enum import StrEnum


class Meaning(StrEnum):
    """What the cells of a column say of a matter."""

    UNKNOWN = "unknown"
    PERSONAL = "personal"  # telephone and identity numbers: never read, never kept
    SERIAL = "serial"  # 序号: a place in this sheet, never an identity
    CODE = "code"  # 项目代码
    OFFICE_NO = "office_no"  # the office's own number
    TITLE = "title"
    CATEGORY = "category"
    STAGE = "stage"
    LEVEL = "level"
    GOAL = "goal"
    SOURCE = "source"
    LEAD_UNIT = "lead_unit"
    RESPONSIBLE_UNIT = "responsible_unit"  # leads where no other column says who does
    SUPPORTING_UNITS = "supporting_units"
    OWNER = "owner"
    SPONSOR = "sponsor"
    RESPONSIBLE = "responsible"
    AREA = "area"
    CONTENT = "content"
    TARGET = "target"  # the target in words, or with its unit in the cell
    QUANTITY = "quantity"
    UNIT = "unit"
    ACHIEVED = "achieved"
    SHARE = "share"  # per cent: follows from other columns, shown but not taken
    MONEY_TOTAL = "money_total"
    MONEY_BEFORE_YEAR = "money_before_year"
    MONEY_YEAR_PLAN = "money_year_plan"
    MONEY_MONTH_PLAN = "money_month_plan"
    MONEY_DONE = "money_done"
    MONEY_PAID_IN = "money_paid_in"
    MONEY_ENTERED = "money_entered"  # 入库, 纳统: in the statistics
    FUND_SOURCE = "fund_source"
    START = "start"
    DUE = "due"
    SPAN = "span"  # from when to when
    ACTUAL_START = "actual_start"
    ACTUAL_END = "actual_end"
    STEPS = "steps"  # milestones, several in a cell
    STEP_AT = "step_at"  # one milestone, whose day the head says
    PROGRESS = "progress"
    PROBLEMS = "problems"
    MEASURES = "measures"
    NEXT = "next"
    REPORTED_ON = "reported_on"
    REMARKS = "remarks"


MONEY = frozenset(meaning for meaning in Meaning if meaning.value.startswith("money_"))
MANY = MONEY | {
    *(Meaning.UNKNOWN, Meaning.PERSONAL, Meaning.STEP_AT, Meaning.ACHIEVED, Meaning.SHARE),
    *(Meaning.SUPPORTING_UNITS, Meaning.REMARKS, Meaning.CATEGORY, Meaning.STEPS),
}
"""Meanings that more than one column may have."""


class Period(StrEnum):
    """Over what time a figure was summed, as far as the head says."""

    MONTH = "month"
    YEAR = "year"  # since the first of January
    ALL = "all"  # since the start
    CUMULATIVE = "cumulative"  # YEAR or ALL, the head does not say which
    UNSAID = "unsaid"
