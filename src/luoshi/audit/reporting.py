"""Lines of the audit list as a person reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.audit.commands import HAND
from luoshi.audit.models import AuditLine
from luoshi.audit.words import OUTCOMES, Outcome
from luoshi.base.journal import Actor
from luoshi.base.verbs import all_verbs
from luoshi.organisation.queries import logins_of, names_of, posts_visible_to, units_visible_to

HEAD = (
    (gettext_lazy("Number"), 10),
    (gettext_lazy("Moment"), 20),
    (gettext_lazy("Post"), 24),
    (gettext_lazy("Unit"), 24),
    (gettext_lazy("Account"), 20),
    (gettext_lazy("From where (address)"), 18),
    (gettext_lazy("What"), 28),
    (gettext_lazy("Object (number)"), 38),
    (gettext_lazy("Page"), 40),
    (gettext_lazy("Outcome"), 12),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One line in words; ``outcome_code`` is the outcome's own name."""

    number: int
    moment: str
    post: str
    unit: str
    account: str
    address: str
    what: str
    thing: str
    path: str
    outcome: str
    outcome_code: str

    @property
    def cells(self) -> Sequence[str]:
        """Return the line as a row of a sheet."""
        return (
            str(self.number), self.moment, self.post, self.unit, self.account, self.address,
            self.what, self.thing, self.path, self.outcome,
        )  # fmt: skip


def tell(actor: Actor, lines: Iterable[AuditLine], *, day: date) -> list[Told]:
    """Return lines in words; names are those of ``day``, so that one knows whom to ask."""
    listed = list(lines)
    posts = names_of(posts_visible_to(actor, day=day))
    units = names_of(units_visible_to(actor, day=day))
    logins = logins_of(actor, {line.person for line in listed if line.person})
    verbs = all_verbs()
    return [
        Told(
            number=line.number,
            moment=f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}",
            post=posts.get(line.post, "") if line.post else "",
            unit=units.get(line.unit, "") if line.unit else "",
            account=_account(line.person, logins),
            address=line.address,
            what=str(verbs[line.verb].label) if line.verb in verbs else line.verb,
            thing=str(line.thing or ""),
            path=f"{line.method} {line.path}",
            outcome=str(OUTCOMES[Outcome(line.outcome)]),
            outcome_code=line.outcome,
        )
        for line in listed
    ]


def _account(person: UUID | None, logins: dict[UUID, str]) -> str:
    if person is None:
        return _("nobody signed in")
    return _("the house itself") if person == HAND else logins.get(person, "")
