"""The standards' refusals in words."""

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence, day_in_text

SENTENCES: dict[str, Sentence] = {
    "year_not_meant": lambda f: _("No arrangement is made of the year %(year)s.") % f,
    "year_outside_itself": lambda f: (
        _("%(day)s is no day of %(year)s. Check the arrangement.")
        % {"day": day_in_text(f["day"]), "year": f["year"]}
    ),
    "arrangement_unread": lambda f: (
        _("«%(text)s» names days, but not whether they are off (放假) or worked (上班).") % f
    ),
    "no_such_day": lambda f: _("«%(text)s» is no day. Check month and day.") % f,
    "weekday_differs": lambda f: (
        _("%(day)s is no 周%(said)s, but 周%(is_)s. Check the day and the year.")
        % {**f, "day": day_in_text(f["day"])}
    ),
    "worked_day_is_no_rest_day": lambda f: (
        _("%(day)s is no Saturday or Sunday: it is worked without being named. Take it out.")
        % {"day": day_in_text(f["day"])}
    ),
    "nothing_arranged": lambda _f: _(
        "No day off is named. Paste the notice, or write 放假：1月1日、2月16日至20日."
    ),
    "arrangement_contradicts_itself": lambda f: (
        _("%(day)s is named both as off and as worked. Leave it in one place.")
        % {"day": day_in_text(f["day"])}
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
