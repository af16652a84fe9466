"""Operations of other systems on reports."""

from luoshi.intake.reports.api import promises, reading, review
from luoshi.intake.reports.api.room import router

__all__ = ["promises", "reading", "review", "router"]
