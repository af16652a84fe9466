"""Every write of the intake: hand a sheet in, decide and mend, write its rows, withdraw it."""

from luoshi.intake.commands.staging import (
    DataDayMissing,
    SheetHasNoHead,
    choose,
    discard,
    mend,
    stage,
)
from luoshi.intake.commands.withdrawing import Kept, Withdrawal, withdraw
from luoshi.intake.commands.writing import write

__all__ = [
    "DataDayMissing",
    "Kept",
    "SheetHasNoHead",
    "Withdrawal",
    "choose",
    "discard",
    "mend",
    "stage",
    "withdraw",
    "write",
]
