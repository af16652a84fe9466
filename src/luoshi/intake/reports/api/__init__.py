"""Operations of other systems on reports."""

from luoshi.intake.reports.api import promises, review
from luoshi.intake.reports.api.room import router

__all__ = ["promises", "review", "router"]
