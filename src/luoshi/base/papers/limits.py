"""How much of a report is read: far above any report, far below what would hurt the machine."""

from luoshi.base.grids import limits as sheets

MOST_BYTES = sheets.MOST_BYTES
"""Of a docx, pdf or html: a report with its pictures takes a tenth."""

MOST_TEXT_BYTES = 64 * 1024 * 1024
"""Of a text file: a library of 1,000 reports in one."""

MOST_TEXT = sheets.MOST_TEXT  # characters of a docx, pdf or html; a report has 20,000
MOST_DEPTH = 256  # elements in one another in a docx or html: real ones reach 40
