"""Why a sheet was not read, in words: what is the matter with the file, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luoshi.base.grids.pdf_sentences import PRINTED
from luoshi.base.wording import Sentence

_MB = 1024 * 1024
_SAVE_AS_XLSX = frozenset({"xlsb", "ods", "old_xls", "html"})


def _not_a_sheet(facts: Mapping[str, Any]) -> str:
    what, named = facts["what"], {"name": facts["name"]}
    if what in _SAVE_AS_XLSX:
        return (
            _(
                "%(name)s is a sheet of a kind that is not read. "
                "Open it, save it as xlsx, and send that."
            )
            % named
        )
    if what == "docx":
        return _("%(name)s holds no table. Send the document in which the list stands.") % named
    if what in ("doc", "rtf"):
        return _("%(name)s is a text document. Copy its table into a sheet and send that.") % named
    if what == "pdf":
        return _("%(name)s is a PDF, whatever its name says. Give it the ending .pdf.") % named
    if what == "picture":
        return _("%(name)s is a picture. Send the sheet itself.") % named
    if what == "archive":
        return _("%(name)s is a packed folder. Unpack it and send the sheet in it.") % named
    return _("%(name)s is not a sheet. Send xlsx, xls or csv.") % named


SHEETS: dict[str, Sentence] = {
    **PRINTED,
    "not_a_sheet": _not_a_sheet,
    "sheet_file_too_large": lambda f: (
        _(
            "%(name)s has %(size)s MB, and at most %(most)s MB are read. "
            "Take out pictures and sheets that are not needed."
        )
        % {"name": f["name"], "size": -(-f["size"] // _MB), "most": f["largest"] // _MB}
    ),
    "sheet_file_empty": lambda f: _("%(name)s is empty. Check that it was saved.") % f,
    "sheet_damaged": lambda f: (
        _("%(name)s is damaged. Open it, save it anew as xlsx, and send that.") % f
    ),
    "sheet_text_garbled": lambda f: (
        _(
            "The text of %(name)s is garbled from line %(line)s on. "
            "Save the original anew as xlsx, or as csv in UTF-8."
        )
        % f
    ),
    "sheet_line_endless": lambda f: (
        _(
            "Line %(line)s of %(name)s does not end within %(most)s characters. "
            "Look for a quotation mark that is not closed."
        )
        % f
    ),
    "sheet_has_macros": lambda f: (
        _("%(name)s carries macros. Save it as xlsx, which has none, and send that.") % f
    ),
    "sheet_has_password": lambda f: (
        _("%(name)s opens only with a password. Take the password off and send it again.") % f
    ),
    "sheet_too_packed": lambda f: (
        _("%(name)s unpacks to far more than a sheet holds, and was not opened.") % f
    ),
    "sheet_declares_entities": lambda f: (
        _("%(name)s holds declarations that no sheet has, and was not opened.") % f
    ),
    "sheet_too_many_sheets": lambda f: (
        _("%(name)s has %(count)s sheets, and at most %(most)s are read. Send fewer at a time.") % f
    ),
    "sheet_too_many_rows": lambda f: (
        _(
            "Cell %(cell)s of sheet “%(sheet)s” in %(name)s is filled, and at most %(most)s rows "
            "are read. Delete what stands below the list, or send the list in parts."
        )
        % f
    ),
    "sheet_too_many_columns": lambda f: (
        _(
            "Cell %(cell)s of sheet “%(sheet)s” in %(name)s is filled, and at most %(most)s "
            "columns are read. Delete what stands to the right of the list."
        )
        % f
    ),
    "sheet_too_many_cells": lambda f: (
        _("%(name)s has more than %(most)s filled cells. Send the list in parts.") % f
    ),
    "sheet_too_much_text": lambda f: (
        _("%(name)s holds more than %(most)s characters. Send the list in parts.") % f
    ),
    "sheet_too_costly": lambda f: (
        _(
            "Reading %(name)s took too much memory or time, and was stopped. "
            "Copy the list into a new sheet and send that."
        )
        % f
    ),
}
