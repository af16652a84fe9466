"""Why a file cannot be read as a report. Each refusal has the fact ``name``, the file's name."""

from luoshi.rules.refusals import Refusal


class PaperTooLarge(Refusal):
    """The file is larger than is read at all; facts: ``size``, ``largest`` (bytes)."""

    code = "paper_too_large"


class PaperEmpty(Refusal):
    """The file holds no word."""

    code = "paper_empty"


class NotAPaper(Refusal):
    """The content is something else; facts: ``what``, such as ``xlsx``, ``doc``, ``other``."""

    code = "not_a_paper"


class PaperDamaged(Refusal):
    """The content cannot be read as what it begins as."""

    code = "paper_damaged"


class PaperTextGarbled(Refusal):
    """The text is in none of the encodings taken, or was garbled before; facts: ``line``."""

    code = "paper_text_garbled"


class PaperHasMacros(Refusal):
    """The file carries programs."""

    code = "paper_has_macros"


class PaperHasPassword(Refusal):
    """The file opens only with a password."""

    code = "paper_has_password"


class PaperTooPacked(Refusal):
    """The file unpacks to far more than a report can be (a zip bomb)."""

    code = "paper_too_packed"


class PaperDeclaresEntities(Refusal):
    """A part declares a document type or entities of its own, which no report does."""

    code = "paper_declares_entities"


class PaperTooMuchText(Refusal):
    """The file holds too much text; facts: ``most`` (characters)."""

    code = "paper_too_much_text"


class PaperTooDeep(Refusal):
    """Parts of the file lie in one another deeper than is read; facts: ``most``."""

    code = "paper_too_deep"


class PaperTooCostly(Refusal):
    """Reading used up the memory or time it was given, and was stopped."""

    code = "paper_too_costly"


class PaperScanned(Refusal):
    """Pages are pictures without text; facts: ``pages`` (their numbers), ``count`` of all."""

    code = "paper_scanned"


class PaperTextBroken(Refusal):
    """The text layer does not say the letters that are printed.

    Facts: ``unreadable`` (per cent of the letters), ``chinese`` (per cent of them).
    """

    code = "paper_text_broken"


class PaperMadeByScripts(Refusal):
    """The web page holds no text: programs in it would fetch it, and they are not run."""

    code = "paper_made_by_scripts"


OF_SHEETS: dict[str, type[Refusal]] = {
    "sheet_file_empty": PaperEmpty,
    "not_a_sheet": NotAPaper,
    "sheet_damaged": PaperDamaged,
    "sheet_text_garbled": PaperTextGarbled,
    "sheet_has_macros": PaperHasMacros,
    "sheet_has_password": PaperHasPassword,
    "sheet_too_packed": PaperTooPacked,
    "sheet_declares_entities": PaperDeclaresEntities,
    "sheet_too_costly": PaperTooCostly,
    "pdf_without_text": PaperScanned,
    "pdf_text_broken": PaperTextBroken,
}
"""What the readers of sheets say, which are used here too, as it is said of a report."""


def of_paper(refusal: Refusal, name: str) -> Refusal:
    """Return a refusal as it is said of a report, with the name of its file."""
    kind = OF_SHEETS.get(refusal.code, type(refusal))
    return kind(**(refusal.facts | {"name": name}))
