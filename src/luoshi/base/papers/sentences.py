"""Why a report was not read, in words: what is the matter with the file, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luoshi.base.papers.limits import MOST_TEXT_BYTES
from luoshi.base.wording import Sentence

_MB = 1024 * 1024


def _not_a_paper(facts: Mapping[str, Any]) -> str:
    what, named = facts["what"], {"name": facts["name"]}
    if what in ("doc", "rtf", "odt"):
        return (
            _("%(name)s is a document of a kind that is not read. Save it as docx and send that.")
            % named
        )
    if what == "ofd":
        return _("%(name)s is an OFD file, which is not read. Export it as PDF or docx.") % named
    if what in ("xlsx", "pptx"):
        return _("%(name)s is no text document. Send the report as docx, pdf or txt.") % named
    if what == "picture":
        return (
            _("%(name)s is a picture. Text in pictures is not read: send the report itself.")
            % named
        )
    if what == "archive":
        return _("%(name)s is a packed folder. Unpack it and send the report in it.") % named
    return _("%(name)s is not a report that can be read. Send txt, docx, pdf or html.") % named


def _scanned(facts: Mapping[str, Any]) -> str:
    if facts["pages"]:
        return _(
            "Pages of %(name)s are scans without text: %(pages)s. Text in pictures is not read "
            "here. Ask the office that issued the report for the original document."
        ) % {"name": facts["name"], "pages": facts["pages"]}
    return _("%(name)s holds no text. Ask the office that issued it for the document.") % facts


def _too_large(facts: Mapping[str, Any]) -> str:
    told = {
        "name": facts["name"],
        "size": -(-facts["size"] // _MB),
        "most": facts["largest"] // _MB,
    }
    if facts["largest"] == MOST_TEXT_BYTES:  # nothing that is read may be larger
        return (
            _("%(name)s has %(size)s MB, and at most %(most)s MB are read. Send it in parts.")
            % told
        )
    return (
        _(
            "%(name)s has %(size)s MB, and at most %(most)s MB are read. "
            "Take out the pictures, or save the text as txt."
        )
        % told
    )


PAPERS: dict[str, Sentence] = {
    "not_a_paper": _not_a_paper,
    "paper_scanned": _scanned,
    "paper_too_large": _too_large,
    "paper_empty": lambda f: (
        _("%(name)s holds no text. Check that the report was saved in it.") % f
    ),
    "paper_damaged": lambda f: _("%(name)s is damaged. Open it, save it anew, and send that.") % f,
    "paper_text_garbled": lambda f: (
        _(
            "The text of %(name)s is garbled from line %(line)s on. "
            "Save the original anew as docx, or as txt in UTF-8."
        )
        % f
    ),
    "paper_text_broken": lambda f: (
        _(
            "The text in %(name)s does not say the letters that are printed, so it cannot be read. "
            "Ask for the document, or print the original anew as PDF."
        )
        % f
    ),
    "paper_has_macros": lambda f: (
        _("%(name)s carries macros. Save it as docx, which has none, and send that.") % f
    ),
    "paper_has_password": lambda f: (
        _("%(name)s opens only with a password. Take the password off and send it again.") % f
    ),
    "paper_too_packed": lambda f: (
        _("%(name)s unpacks to far more than a report holds, and was not opened.") % f
    ),
    "paper_declares_entities": lambda f: (
        _("%(name)s holds declarations that no report has, and was not opened.") % f
    ),
    "paper_too_much_text": lambda f: (
        _("%(name)s holds more than %(most)s characters. Send the report in parts.") % f
    ),
    "paper_too_deep": lambda f: (
        _("Parts of %(name)s lie in one another more than %(most)s deep, and were not read.") % f
    ),
    "paper_too_costly": lambda f: (
        _(
            "Reading %(name)s took too much memory or time, and was stopped. "
            "Save its text as txt and send that."
        )
        % f
    ),
    "paper_made_by_scripts": lambda f: (
        _(
            "%(name)s holds no text: the page fetches it when it is opened. "
            "Open it, copy the report into a document, and send that."
        )
        % f
    ),
}
