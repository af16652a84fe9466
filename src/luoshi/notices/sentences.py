"""The notices' refusals in words: what is the matter, and what to do."""

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence, day_in_text

SENTENCES: dict[str, Sentence] = {
    "ask_above_cap": lambda f: (
        _(
            "%(posts)s would be asked more than %(cap)s times in the week from %(week)s. "
            "The office may consent with a reason; otherwise ask next week."
        )
        % {"posts": _(", ").join(f["names"]), "cap": f["cap"], "week": day_in_text(f["week"])}
    ),
    "cap_too_small": lambda _f: _("A cap allows at least one ask a week. Empty it for no cap."),
    "no_post_named": lambda _f: _("Name the posts that may be asked once more."),
    "consent_needs_reason": lambda _f: _("Give the reason for the consent."),
}
