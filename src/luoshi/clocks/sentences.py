"""The standards' refusals in words."""

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence, day_in_text

SENTENCES: dict[str, Sentence] = {
    "year_outside_itself": lambda f: (
        _("%(day)s is no day of %(year)s. Check the arrangement.")
        % {"day": day_in_text(f["day"]), "year": f["year"]}
    ),
    "rule_needs_another_reader": lambda f: (
        _("Rule set %(code)s needs a newer version of this software (reader %(reader)s).") % f
    ),
    "calendar_not_announced": lambda f: (
        _(
            "The working days of %(year)s are not announced yet. "
            "Enter the State Council's arrangement first."
        )
        % f
    ),
    "no_calendar": lambda _f: _("The district has no working calendar yet. Announce a year first."),
}
