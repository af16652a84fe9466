"""The organisation's refusals in words."""

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence, day_in_text

SENTENCES: dict[str, Sentence] = {
    "already_founded": lambda f: _("%(name)s exists already.") % f,
    "not_founded": lambda _f: _("It does not exist yet on that day. Choose a later day."),
    "already_ended": lambda f: (
        _("%(name)s has ended on %(on)s. Choose an earlier day.")
        % {"name": f["name"], "on": day_in_text(f["ended_on"])}
    ),
    "name_missing": lambda _f: _("Give a name of 1 to 100 characters."),
}
