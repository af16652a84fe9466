"""Every write of the organisation."""

from luoshi.organisation.commands.accounts import make_account
from luoshi.organisation.commands.districts import found_district, join_city
from luoshi.organisation.commands.handover import (
    NewUnit,
    end_unit,
    merge_units,
    split_unit,
    unit_made,
)
from luoshi.organisation.commands.people import (
    end_contact,
    erase_contact,
    erase_person,
    keep_contact,
    keep_person,
)
from luoshi.organisation.commands.posts import (
    change_post,
    delegate_post,
    found_post,
    hold_post,
    recall,
)
from luoshi.organisation.commands.recording import node_change
from luoshi.organisation.commands.release import set_release
from luoshi.organisation.commands.sheets import write_differences
from luoshi.organisation.commands.units import change_unit, found_unit

__all__ = [
    "NewUnit",
    "change_post",
    "change_unit",
    "delegate_post",
    "end_contact",
    "end_unit",
    "erase_contact",
    "erase_person",
    "found_district",
    "found_post",
    "found_unit",
    "hold_post",
    "join_city",
    "keep_contact",
    "keep_person",
    "make_account",
    "merge_units",
    "node_change",
    "recall",
    "set_release",
    "split_unit",
    "unit_made",
    "write_differences",
]
