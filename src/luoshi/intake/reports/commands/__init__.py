"""Every write of a report: hand it in, review its statements, write what was accepted."""

from luoshi.intake.reports.commands.acting import undo
from luoshi.intake.reports.commands.adding import add
from luoshi.intake.reports.commands.describing import describe
from luoshi.intake.reports.commands.fields import MENDED
from luoshi.intake.reports.commands.reviewing import (
    AtOnce,
    accept,
    accept_all,
    drop,
    drop_all,
    join,
    mend,
    split,
    take,
    take_as_new,
)
from luoshi.intake.reports.commands.taking import remove_text, supply_text, take_in, withdraw
from luoshi.intake.reports.commands.withdrawing import Withdrawal, withdraw_written
from luoshi.intake.reports.commands.writing import Outcome, write
from luoshi.intake.reports.seen import UNSEEN, Seen

__all__ = [
    "MENDED",
    "UNSEEN",
    "AtOnce",
    "Outcome",
    "Seen",
    "Withdrawal",
    "accept",
    "accept_all",
    "add",
    "describe",
    "drop",
    "drop_all",
    "join",
    "mend",
    "remove_text",
    "split",
    "supply_text",
    "take",
    "take_as_new",
    "take_in",
    "undo",
    "withdraw",
    "withdraw_written",
    "write",
]
