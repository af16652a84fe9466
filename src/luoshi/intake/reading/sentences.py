"""What reading from the command line refuses, in words."""

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "no_such_report": lambda f: _("%(path)s: there is no such file or folder.") % f,
    "no_report_here": lambda _f: _(
        "There is no report here. Give files or folders with txt, docx, pdf or html files."
    ),
    "gold_unclear": lambda f: (
        _("Line %(line)s of %(name)s is no label: look at «%(field)s». See docs/reading.md.") % f
    ),
    "gold_text_missing": lambda f: (
        _("The text of %(doc)s is not in %(folder)s. Name its folder with --texts.") % f
    ),
    "gold_text_other": lambda f: (
        _("%(doc)s is not the text that was labelled: its digest differs.") % f
    ),
    "reader_unreachable": lambda f: (
        _("The reader at %(host)s gave no answer that can be used: %(what)s.") % f
    ),
    "reader_address": lambda f: (
        _("%(address)s is no address of a reader. Give one that begins with http:// or https://.")
        % f
    ),
    "folder_taken": lambda f: (
        _("Another luoshi read writes in %(folder)s. Wait for its end or choose another folder.")
        % f
    ),
    "report_out_of_reach": lambda f: (
        _("%(name)s could not be read, or its result not be written: %(what)s.") % f
    ),
    "day_not_understood": lambda f: (
        _("«%(text)s» is no day. Write 2026-6-30, 2026年6月30日 or 6月底.") % f
    ),
}
