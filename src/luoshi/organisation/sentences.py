"""The organisation's refusals in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence, day_in_text
from luoshi.organisation.words import ROLES


def _days(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: day_in_text(facts[name]) for name in ("first", "last", "on") if name in facts}


SENTENCES: dict[str, Sentence] = {
    "already_founded": lambda f: _("%(name)s exists already.") % f,
    "not_founded": lambda _f: _("It does not exist yet on that day. Choose a later day."),
    "already_ended": lambda f: (
        _("%(name)s has ended on %(on)s. Choose an earlier day.")
        % {"name": f["name"], "on": day_in_text(f["ended_on"])}
    ),
    "name_missing": lambda _f: _("Give a name of 1 to 100 characters."),
    "territory_too_long": lambda _f: _("Tell the territory in at most 100 characters."),
    "below_itself": lambda f: (
        _("From %(on)s on it would stand below itself. Choose a unit that is not below it.")
        % _days(f)
    ),
    "unit_unknown": lambda _f: _("There is no such unit in this district."),
    "successor_needed": lambda f: (
        _(
            "%(name)s still has %(matters)s open matters, %(holders)s held posts and "
            "%(below)s units below. Name who takes over."
        )
        % f
    ),
    "successor_not_in_force": lambda f: (
        _("Who is to take over does not exist on %(on)s. Choose another.") % _days(f)
    ),
    "successor_itself": lambda _f: _("Nobody takes over from himself. Choose another."),
    "too_few_units": lambda f: _("Name at least %(least)s.") % f,
    "days_turned": lambda f: (
        _("The last day, %(last)s, lies before the first, %(first)s.") % _days(f)
    ),
    "begins_before_its_entry": lambda f: (
        _("It cannot begin before %(on)s, the day from which it is recorded.") % _days(f)
    ),
    "given_already": lambda f: (
        _("It is given already from %(first)s to %(last)s. Choose other days, or end that first.")
        % _days(f)
    ),
    "nobody_holds": lambda f: (
        _("Nobody holds %(name)s on %(on)s, so nobody can let another act for it.")
        % {"name": f["name"], "on": day_in_text(f["on"])}
    ),
    "own_delegate": lambda _f: _("Who holds the post acts for it anyway. Choose another person."),
    "lent_to_itself": lambda _f: _("The post belongs to this unit. Choose another one."),
    "nothing_to_recall": lambda _f: _("It is over already."),
    "administrators_mixed": lambda f: (
        _(
            "%(roles)s would be one person. The three administrators are kept apart; "
            "choose another person."
        )
        % {"roles": _(", ").join(str(ROLES[role]) for role in f["roles"])}
    ),
    "administrator_in_the_ledger": lambda f: (
        _(
            "%(role)s would also act in the ledger. The three administrators do not; "
            "choose another person."
        )
        % {"role": ROLES[f["role"]]}
    ),
    "person_unnamed": lambda _f: _("Give a name of 1 to 60 characters."),
    "phone_unclear": lambda _f: _("A telephone number has 5 to 20 figures. Check it."),
    "mail_unclear": lambda _f: _("This is no address for mail. Check it."),
    "person_erased": lambda _f: _("Nothing is kept of this person any more. Enter a new one."),
    "person_holds_posts": lambda f: (
        _("The person still acts for %(posts)s. Give these posts to others first.")
        % {"posts": _(", ").join(f["posts"])}
    ),
    "person_changed_meanwhile": lambda _f: _(
        "Somebody else changed this person meanwhile. Look at what stands there now, "
        "and send again if it is still right."
    ),
    "same_post_twice": lambda _f: _("A post stands in the way once: as reviewer, or as head."),
    "paper_needs_head": lambda _f: _("The sheet is signed by the head. Choose the head's post."),
    "post_not_of_unit": lambda f: (
        _("Only posts that report for this unit on %(on)s can be chosen.") % _days(f)
    ),
    "way_leads_nowhere": lambda _f: _(
        "The post that lets out what your unit submits no longer reports for it. The unit's head "
        "or administrator, or the district office, sets the way anew on the unit's page."
    ),
    "contact_over": lambda _f: _("This contact is over already."),
}
