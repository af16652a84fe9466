"""The words of handing in: states of rows and sheets, what columns mean, what a row becomes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATES: Mapping[str, "StrOrPromise"] = {
    "waiting": pgettext_lazy("row of a sheet", "To mend"),
    "asked": pgettext_lazy("row of a sheet", "To decide"),
    "ready": pgettext_lazy("row of a sheet", "Ready"),
    "unchanged": pgettext_lazy("row of a sheet", "Unchanged"),
    "written": pgettext_lazy("row of a sheet", "Written"),
    "refused": pgettext_lazy("row of a sheet", "Refused"),
    "skipped": pgettext_lazy("row of a sheet", "Left out"),
    "withdrawn": pgettext_lazy("row of a sheet", "Withdrawn"),
}
"""What a row waits for; what needs a person stands first."""

NEEDS_A_PERSON = ("waiting", "asked", "refused")

IMPORT_STATES: Mapping[str, "StrOrPromise"] = {
    "staged": pgettext_lazy("sheet handed in", "In preview"),
    "written": pgettext_lazy("sheet handed in", "Written"),
    "withdrawn": pgettext_lazy("sheet handed in", "Withdrawn"),
}

MEANINGS: Mapping[str, "StrOrPromise"] = {
    "unknown": pgettext_lazy("column", "Not taken"),
    "personal": pgettext_lazy("column", "Personal numbers, never kept"),
    "serial": pgettext_lazy("column", "Number in the sheet"),
    "code": pgettext_lazy("column", "Project code"),
    "office_no": pgettext_lazy("column", "The office's number"),
    "title": pgettext_lazy("column", "Name"),
    "category": pgettext_lazy("column", "Category"),
    "stage": pgettext_lazy("column", "Stage of the project"),
    "level": pgettext_lazy("column", "Level"),
    "goal": pgettext_lazy("column", "Goal"),
    "source": pgettext_lazy("column", "Source"),
    "lead_unit": pgettext_lazy("column", "Lead unit"),
    "responsible_unit": pgettext_lazy("column", "Responsible unit"),
    "supporting_units": pgettext_lazy("column", "Supporting units"),
    "owner": pgettext_lazy("column", "Owner of the works"),
    "sponsor": pgettext_lazy("column", "Sponsoring leader"),
    "responsible": pgettext_lazy("column", "Responsible person"),
    "area": pgettext_lazy("column", "Area"),
    "content": pgettext_lazy("column", "Scale and content"),
    "target": pgettext_lazy("column", "Target in words"),
    "quantity": pgettext_lazy("column", "Quantity"),
    "unit": pgettext_lazy("column", "Unit of measure"),
    "achieved": pgettext_lazy("column", "Quantity done"),
    "share": pgettext_lazy("column", "Per cent, not taken"),
    "money_total": pgettext_lazy("column", "Total investment"),
    "money_before_year": pgettext_lazy("column", "Invested before this year"),
    "money_year_plan": pgettext_lazy("column", "Investment planned this year"),
    "money_month_plan": pgettext_lazy("column", "Investment planned for a month"),
    "money_done": pgettext_lazy("column", "Investment done"),
    "money_paid_in": pgettext_lazy("column", "Funds paid in"),
    "money_entered": pgettext_lazy("column", "Entered in the statistics"),
    "fund_source": pgettext_lazy("column", "Source of funds"),
    "start": pgettext_lazy("column", "Planned start"),
    "due": pgettext_lazy("column", "Planned end"),
    "span": pgettext_lazy("column", "Start and end"),
    "actual_start": pgettext_lazy("column", "Actual start"),
    "actual_end": pgettext_lazy("column", "Actual end"),
    "steps": pgettext_lazy("column", "Milestones"),
    "step_at": pgettext_lazy("column", "Milestone of the day in the head"),
    "progress": pgettext_lazy("column", "Visible progress"),
    "problems": pgettext_lazy("column", "Problems"),
    "measures": pgettext_lazy("column", "Measures"),
    "next": pgettext_lazy("column", "Next steps"),
    "reported_on": pgettext_lazy("column", "Reported on"),
    "remarks": pgettext_lazy("column", "Remarks"),
}
"""What a column can mean, by rules.sheets.meanings.Meaning."""

PERIODS: Mapping[str, "StrOrPromise"] = {
    "month": pgettext_lazy("figures of a column", "of one month or week alone"),
    "year": pgettext_lazy("figures of a column", "since 1 January"),
    "all": pgettext_lazy("figures of a column", "since the work began"),
}
UNKNOWN_UNITS: Mapping[str, "StrOrPromise"] = {
    "note": pgettext_lazy("unit that is not known", "Take the row, keep the name as a note"),
    "create": pgettext_lazy("unit that is not known", "Make a new unit of that name"),
    "refuse": pgettext_lazy("unit that is not known", "Keep the row back"),
}

BECOMES: Mapping[str, "StrOrPromise"] = {
    "title": pgettext_lazy("column", "Name"),
    "area": pgettext_lazy("column", "Area"),
    "stage": pgettext_lazy("column", "Stage of the project"),
    "lead_unit": pgettext_lazy("column", "Lead unit"),
    "supporting_units": pgettext_lazy("column", "Supporting units"),
    "sponsoring_post": pgettext_lazy("column", "Sponsoring leader"),
    "targets": pgettext_lazy("what a row becomes", "Targets"),
    "acceptance": pgettext_lazy("what a row becomes", "Acceptance"),
    "start": pgettext_lazy("what a row becomes", "Start"),
    "due": pgettext_lazy("what a row becomes", "Due"),
    "milestones": pgettext_lazy("column", "Milestones"),
    "achieved": pgettext_lazy("what a row becomes", "Done so far"),
    "visible_progress": pgettext_lazy("column", "Visible progress"),
    "problems": pgettext_lazy("column", "Problems"),
    "started_on": pgettext_lazy("column", "Actual start"),
}
"""What a row can change of a matter, by rules.intake.towards.Becoming."""
STATEMENT_STATES: Mapping[str, "StrOrPromise"] = {
    "open": pgettext_lazy("statement", "To review"),
    "accepted": pgettext_lazy("statement", "Accepted"),
    "dropped": pgettext_lazy("statement", "Left out"),
    "written": pgettext_lazy("statement", "In the ledger"),
    "joined": pgettext_lazy("statement", "Joined to another"),
    "withdrawn": pgettext_lazy("statement", "Taken back"),
}
"""What became of a statement of a report."""
