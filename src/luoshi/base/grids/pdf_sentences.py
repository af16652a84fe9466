"""Why a printed list was not read, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence


def _without_text(facts: Mapping[str, Any]) -> str:
    if facts["pages"]:
        return _(
            "Pages of %(name)s are scans without text: %(pages)s. Ask the office that issued "
            "the list for the sheet or the original document."
        ) % {"name": facts["name"], "pages": facts["pages"]}
    return _("%(name)s holds no text. Ask the office that issued the list for the sheet.") % facts


PRINTED: dict[str, Sentence] = {
    "pdf_without_text": _without_text,
    "pdf_text_broken": lambda f: (
        _(
            "The text in %(name)s does not say the letters that are printed, so it cannot be read. "
            "Ask for the sheet, or print the original anew as PDF."
        )
        % f
    ),
    "pdf_without_table": lambda f: (
        _(
            "No list with a head was found in %(name)s. "
            "The head must name the projects (项目名称) and at least one more column."
        )
        % f
    ),
}
