"""What a reviewer saw when they acted, so that two do not decide behind each other's back."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from luoshi.intake.models import StagedStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The version of a review that was seen, in which window (``desk``), and when the act came.

    Without a version nothing is held against it; without a window no act is one's own.
    """

    version: int | None = None
    desk: str = ""
    at: datetime | None = None

    def is_older(self, version: int) -> bool:
        """Tell whether something was done since."""
        return self.version is not None and version > self.version

    def is_older_than(self, row: "StagedStatement") -> bool:
        """Tell whether a statement was decided or changed since."""
        return self.is_older(row.version)

    def is_from(self, row: "StagedStatement", person: UUID) -> bool:
        """Tell whether the last act on a statement was done in the same window by this person."""
        return bool(self.desk) and (row.desk, row.by_person) == (self.desk, person)


UNSEEN = Seen()
"""What the reviewer saw is not told: nothing is held against it."""
