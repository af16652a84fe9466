"""Why a file cannot be read as a sheet. Each refusal has the fact ``name``, the file's name."""

from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.paper.health import PdfTextBroken, PdfWithoutTable, PdfWithoutText

__all__ = ["PdfTextBroken", "PdfWithoutTable", "PdfWithoutText"]


class SheetFileTooLarge(Refusal):
    """The file is larger than is read at all; facts: ``size``, ``largest`` (bytes)."""

    code = "sheet_file_too_large"


class SheetFileEmpty(Refusal):
    """The file holds nothing."""

    code = "sheet_file_empty"


class NotASheet(Refusal):
    """The content is something else; facts: ``what``, such as ``docx``, ``pdf``, ``other``."""

    code = "not_a_sheet"


class SheetDamaged(Refusal):
    """The content cannot be read as what it begins as."""

    code = "sheet_damaged"


class SheetTextGarbled(Refusal):
    """The text is in none of the encodings taken, or was garbled before; facts: ``line``."""

    code = "sheet_text_garbled"


class SheetLineEndless(Refusal):
    """A line or a quoted cell of a text does not end; facts: ``line``, ``most`` (characters)."""

    code = "sheet_line_endless"


class SheetHasMacros(Refusal):
    """The file carries programs."""

    code = "sheet_has_macros"


class SheetHasPassword(Refusal):
    """The file opens only with a password."""

    code = "sheet_has_password"


class SheetTooPacked(Refusal):
    """The file unpacks to far more than a sheet can be (a zip bomb)."""

    code = "sheet_too_packed"


class SheetDeclaresEntities(Refusal):
    """A part declares a document type or entities of its own, which no sheet does."""

    code = "sheet_declares_entities"


class SheetTooManySheets(Refusal):
    """The file has too many sheets; facts: ``count``, ``most``."""

    code = "sheet_too_many_sheets"


class SheetTooManyRows(Refusal):
    """A cell is filled too far down; facts: ``sheet``, ``cell`` (such as A30000), ``most``."""

    code = "sheet_too_many_rows"


class SheetTooManyColumns(Refusal):
    """A cell is filled too far right; facts: ``sheet``, ``cell`` (such as XFD1), ``most``."""

    code = "sheet_too_many_columns"


class SheetTooManyCells(Refusal):
    """The sheets together hold too many cells; facts: ``sheet`` (where it ran over), ``most``."""

    code = "sheet_too_many_cells"


class SheetTooMuchText(Refusal):
    """The cells together hold too much text; facts: ``sheet``, ``most`` (characters)."""

    code = "sheet_too_much_text"


class SheetTooCostly(Refusal):
    """Reading used up the memory or time it was given, and was stopped."""

    code = "sheet_too_costly"
