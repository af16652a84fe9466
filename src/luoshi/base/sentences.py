"""The refusals of journal, files, sheets and reports in words."""

from django.utils.translation import gettext as _

from luoshi.base.api.errors import sentence_of
from luoshi.base.grids.sentences import SHEETS
from luoshi.base.papers.sentences import PAPERS
from luoshi.base.wording import Sentence, day_in_text

BROKEN: dict[str, Sentence] = {
    "number_missing": lambda f: _("Entry %(number)s is missing: it was removed or renumbered.") % f,
    "algorithm": lambda f: (
        _("Entry %(number)s names a digest algorithm that is not known here.") % f
    ),
    "digest": lambda f: (
        _("Entry %(number)s was changed: its content does not match its digest.") % f
    ),
    "chain": lambda f: _("Entry %(number)s does not follow the entry before it in its thread.") % f,
    "moment_runs_backwards": lambda f: (
        _("Entry %(number)s was recorded before the entry in front of it.") % f
    ),
    "line_missing": lambda _f: _("The district's number line is missing."),
    "tail_missing": lambda f: (
        _("From entry %(number)s on, entries and the counter do not agree.") % f
    ),
    "line_moment": lambda f: _("The counter's last moment is not that of entry %(number)s.") % f,
    "thread_missing": lambda f: _("The thread of entry %(number)s was removed or added.") % f,
    "thread_head": lambda f: (
        _("The head of the thread that ends with entry %(number)s was changed.") % f
    ),
    "seal": lambda f: _("The seal that begins with entry %(number)s was changed.") % f,
    "seal_root": lambda f: _("The seal over entries from %(number)s on does not match them.") % f,
    "seal_missing": lambda f: _("A seal is missing after entry %(number)s, or one was added.") % f,
}

MACHINES: dict[str, Sentence] = {
    "request_unreadable": lambda _f: _(
        "The request cannot be read: send JSON in UTF-8 that says what the documentation asks for."
    ),
    "not_valid": lambda f: sentence_of(f["errors"]),
    "method_not_known": lambda f: (
        _("This address takes %(methods)s only.") % {"methods": ", ".join(f["allowed"])}
    ),
    "body_too_large": lambda f: (
        _("More was sent than is taken: at most %(most)s MB at once.")
        % {"most": int(f["most"]) // 1024 // 1024}
    ),
    "media_type_refused": lambda f: (
        _("Send the body as %(types)s.") % {"types": ", ".join(f["taken"])}
    ),
    "nothing_acceptable": lambda f: (
        _("Only %(given)s is given here, and Accept does not take it; lists have format=csv.") % f
    ),
    "too_quick": lambda f: (
        _(
            "That was too much in one minute; nothing of this was done. "
            "Go on in %(seconds)s seconds."
        )
        % f
    ),
    "command_under_way": lambda f: (
        _("The same command is being done at this moment. Ask again in %(seconds)s seconds.") % f
    ),
    "not_reached": lambda _f: _(
        "The system cannot be reached at this moment. Send the same again under the same "
        "Idempotency-Key: it is done once."
    ),
    "server_fault": lambda f: (
        _("A fault of ours; what was recorded before is safe. Quote the number %(quote)s.") % f
    ),
    "cursor_unknown": lambda _f: _(
        "This cursor belongs to another list, or was changed. Begin the list anew."
    ),
}

SENTENCES: dict[str, Sentence] = {
    **SHEETS,
    **MACHINES,
    **PAPERS,
    "not_allowed": lambda _f: _(
        "Your post may not do this. Ask the district office, or choose another of your posts."
    ),
    "not_found": lambda f: (
        _("There is no such address here. /api/ lists those that there are.")
        if f.get("what") == "address"
        else _("There is no such thing in this district.")
    ),
    "changed_meanwhile": lambda f: (
        _(
            "Somebody else changed the same part meanwhile (entry %(entry)s). "
            "Compare both values and send again."
        )
        % f
    ),
    "command_id_reused": lambda f: (
        _(
            "This form was sent before with other content (entry %(entry)s). "
            "Open the page again and send it anew."
        )
        % f
        if "entry" in f
        else _(
            "This was sent before under the same key with other content. Send it under a new one."
        )
    ),
    "later_entry_in_the_way": lambda f: (
        _("Entry %(entry)s of %(on)s could no longer stand after this. Correct that entry first.")
        % {"entry": f["entry"], "on": day_in_text(f["on"])}
    ),
    "day_in_future": lambda f: (
        _("%(on)s has not come yet. Choose %(today)s or an earlier day.")
        % {"on": day_in_text(f["on"]), "today": day_in_text(f["today"])}
    ),
    "day_too_early": lambda f: (
        _("%(on)s lies before any ledger. Check the year.") % {"on": day_in_text(f["on"])}
    ),
    "entry_not_standing": lambda f: (
        _(
            "Entry %(entry)s was corrected already, or is not of this matter. "
            "Correct the newest line."
        )
        % f
    ),
    "personal_data": lambda _f: _(
        "This looks like an identity card, phone or bank card number. "
        "Leave it out: this line is kept for ever."
    ),
    "journal_broken": lambda f: BROKEN[f["what"]](f),
    "nothing_to_seal": lambda f: _("Every entry up to %(last_number)s is sealed already.") % f,
    "not_sealed_yet": lambda f: (
        _(
            "Entry %(number)s is not under a seal yet (sealed up to %(sealed_to)s). "
            "Run luoshi journal seal first."
        )
        % f
    ),
    "file_too_large": lambda f: (
        _("%(name)s is too large. Send at most %(most)s MB.")
        % {"name": f["name"], "most": int(f["largest"]) // 1024 // 1024}
    ),
    "file_type_refused": lambda f: (
        _("%(name)s is not taken. Send PDF, PNG, JPEG, DOCX or XLSX without macros.") % f
    ),
    "file_damaged": lambda f: (
        _("%(name)s cannot be read. Open it once, save it anew, and send it again.") % f
    ),
}
