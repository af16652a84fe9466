"""The refusals of the audit list as sentences."""

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence, day_in_text

SENTENCES: dict[str, Sentence] = {
    "audit_broken": lambda f: (
        _(
            "The audit list does not hold from line %(number)s of %(day)s on: it was changed from "
            "outside. Leave the database as it is and call the security administrator."
        )
        % {"number": f["number"], "day": day_in_text(f["day"])}
    ),
    "segment_closed_already": lambda f: (
        _("The audit list of %(day)s is closed already.") % {"day": day_in_text(f["day"])}
    ),
    "segment_not_closed": lambda f: (
        _("The audit list of %(day)s is still open, or was dropped before.")
        % {"day": day_in_text(f["day"])}
    ),
    "segment_too_young": lambda f: (
        _("The audit list of %(day)s must be kept until %(until)s.")
        % {"day": day_in_text(f["day"]), "until": day_in_text(f["until"])}
    ),
}
