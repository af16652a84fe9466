"""What was read as a workbook (xlsx)."""

from io import BytesIO

from luoshi.base.grids.writing import write_xlsx
from luoshi.intake.reading.looking import Looked
from luoshi.intake.reading.tables import whole


def workbook(looked: Looked) -> bytes:
    """Return a workbook: statements, what is left open, what does not agree, what became of it."""
    target = BytesIO()
    write_xlsx(target, whole(looked))
    return target.getvalue()
