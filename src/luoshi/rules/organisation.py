"""What stands against changes of the organisation beyond the one unit or post."""

from luoshi.rules.refusals import Refusal


class SuccessorNeeded(Refusal):
    """Who still has work, holders or units below ends only naming who takes over.

    Facts: ``name``, ``matters``, ``holders``, ``below``.
    """

    code = "successor_needed"


class SuccessorNotInForce(Refusal):
    """Who is to take over does not exist on the day; facts: ``on``."""

    code = "successor_not_in_force"


class SuccessorItself(Refusal):
    """Nobody takes over from himself."""

    code = "successor_itself"


class UnitUnknown(Refusal):
    """There is no such unit in the district."""

    code = "unit_unknown"


class TooFewUnits(Refusal):
    """Units are joined from two on, and one is split into two or more; facts: ``least``."""

    code = "too_few_units"


class PersonUnnamed(Refusal):
    """A person has a name of one to 60 characters; facts: ``length``."""

    code = "person_unnamed"


class PhoneUnclear(Refusal):
    """A telephone number has 5 to 20 figures; facts: ``length``."""

    code = "phone_unclear"


class MailUnclear(Refusal):
    """This is no address for mail."""

    code = "mail_unclear"


class PersonErased(Refusal):
    """Nothing is kept of this person any more."""

    code = "person_erased"


class PersonHoldsPosts(Refusal):
    """Who holds a post is not erased; facts: ``posts``."""

    code = "person_holds_posts"


class PersonChangedMeanwhile(Refusal):
    """Somebody else changed the person meanwhile; facts: ``version``."""

    code = "person_changed_meanwhile"


class ContactOver(Refusal):
    """There is no such contact any more."""

    code = "contact_over"
