"""How much of a sheet is read: far above any ledger, far below what would hurt the machine."""

MOST_BYTES = 20 * 1024 * 1024
"""Of a file: 10,000 rows of 20 columns take 1 MB as xlsx and 5 MB as csv. As for evidence."""

MOST_ROWS = 20_000  # of a sheet: a district follows some thousand matters
MOST_COLUMNS = 200  # of a sheet: the widest ledger seen has 60
MOST_SHEETS = 50  # of a file: one for each unit, and room
MOST_CELLS = 500_000  # filled, of a file: 10,000 rows of 50 columns
MOST_AREA = 4_000_000  # rows x columns, of a file: what has to be laid out, filled or not
MOST_TEXT = 20_000_000  # characters of a file: forty for every cell
MOST_CELL_TEXT = 32_767  # characters of a cell: what a spreadsheet itself allows

MOST_EXPANDED = 200 * 1024 * 1024
"""Bytes of a file's parts unpacked: a million empty rows with formats take 60 MB."""
MOST_RATIO = 400  # unpacked to packed, of a part: sheets reach 50, a bomb 1,000
RATIO_FROM = 1024 * 1024  # bytes unpacked from which the ratio counts
MOST_PARTS = 2_000  # of a packed file

MOST_LINE = 4 * MOST_CELL_TEXT
"""Characters of a line of text: as much as one row of a sheet with four full cells."""

CHILD_MEMORY = 320 * 1024 * 1024
"""Bytes of address space of the reading process; with what is handed over, below 500 MB."""
CHILD_CPU = 30  # seconds; the largest sheet within these limits takes ten
CHILD_WAIT = 90  # seconds on the clock: a busy machine shares its processors
MOST_ANSWER = 96 * 1024 * 1024  # bytes handed over: MOST_TEXT in Chinese, and the frame
