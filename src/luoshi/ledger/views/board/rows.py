"""The matters chosen for a bulk verb: each with what its writer saw and a command of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from luoshi.base.wording import amount_in_text, day_in_text, sentence_for
from luoshi.ledger import queries, several, verbs
from luoshi.ledger.views.shown import Shown, uuid_or_none
from luoshi.rules.journal import TextDigest
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.facts import MatterFact
from luoshi.rules.ledger.state import Answer, MatterState, Report
from luoshi.rules.refusals import Refusal

MOST = 200
"""How many may be chosen at once; unit: matters."""
NO_WORDS = TextDigest("")
"""Stands for the reason of a fact that is only tried."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a confirmed row sends back: matter, last entry seen, command, report answered."""

    matter: UUID
    expected: int
    command: UUID
    report: UUID | None = None

    def __str__(self) -> str:
        parts = (self.matter, self.expected, self.command, self.report or "")
        return ":".join(str(part) for part in parts)

    @classmethod
    def read(cls, text: str) -> "Ticket | None":
        """Return the ticket that a form sent; None for anything else."""
        matter, _colon, rest = text.partition(":")
        expected, _colon, rest = rest.partition(":")
        command, _colon, report = rest.partition(":")
        ids = uuid_or_none(matter), uuid_or_none(command)
        if ids[0] is None or ids[1] is None or not expected.isascii() or not expected.isdecimal():
            return None
        return cls(ids[0], int(expected), ids[1], uuid_or_none(report))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row of the confirmation: the matter, what is to be done, or why it stays as it is."""

    id: UUID
    code: str
    title: str
    state: MatterState
    ticket: Ticket | None
    note: str


def chosen_rows(shown: Shown, verb: str, ids: Iterable[str]) -> Iterator[Chosen]:
    """Yield a row for each matter that was ticked; what is none of the district's is left out."""
    for matter_id in list(dict.fromkeys(filter(None, map(uuid_or_none, ids))))[:MOST]:
        try:
            matter = queries.matter_visible_to(shown.visitor, matter_id)
            state = several.state_now(shown.visitor, matter_id, day=shown.today)
        except Refusal:
            continue
        yield _row(shown, verb, matter.code, matter_id, state)


def _row(shown: Shown, verb: str, code: str, matter_id: UUID, state: MatterState) -> Chosen:
    declared = verbs.ALL[verb]
    report, note = None, ""
    if shown.actor is None or not declared.who(shown.actor, state):
        is_others = verb == "accept" and shown.actor is not None  # the law says whose it is
        why = _why_not(verb, state, shown) if is_others else _("Your post may not do this.")
        return Chosen(matter_id, code, state.title, state, None, why)
    if not declared.when(state):
        why = _why_not(verb, state, shown)
        return Chosen(matter_id, code, state.title, state, None, why)
    if verb == "confirm_report":
        report, note = _newest_waiting(state)
    ticket = Ticket(matter_id, queries.last_entry_of(matter_id), uuid4(), report)
    return Chosen(matter_id, code, state.title, state, ticket, note)


def _why_not(verb: str, state: MatterState, shown: Shown) -> str:
    """Return why a verb cannot be done to a matter as it stands: the refusal of the law itself."""
    unit = shown.actor.unit if shown.actor else None
    tried: dict[str, MatterFact] = {
        "assign": f.MatterAssigned(),
        "suspend": f.MatterSuspended(reason=NO_WORDS),
        "resume": f.MatterResumed(reason=NO_WORDS),
        "place": f.MatterPlaced(goals=()),
        "set_stage": f.StageSet(stage=f.Stage.CONTINUING),
        "confirm_report": f.MatterPlaced(goals=()),  # what no closed matter takes either
    }
    if unit is not None:
        tried["accept"] = f.MatterAccepted(unit=unit)
    try:
        law.check(state, tried[verb], shown.today)
    except Refusal as refusal:
        return sentence_for(refusal)
    if verb == "confirm_report":
        return _("No report waits for an answer.")
    return _("Not to be done as it stands now.")


def _newest_waiting(state: MatterState) -> tuple[UUID, str]:
    """Return the newest report that waits, and what it says: the whole so far stands in it."""
    waiting: Sequence[Report] = sorted(
        (one for one in state.reports.values() if one.answer == Answer.WAITING),
        key=lambda one: (one.on, one.entry),
    )
    fact, target = waiting[-1].fact, state.leading_target
    told = _("%(amount)s %(unit)s, measured on %(day)s") % {
        "amount": amount_in_text(fact.achieved),
        "unit": target.unit if target else "",
        "day": day_in_text(fact.measured_on),
    }
    if len(waiting) > 1:
        told += _(" (%(n)s older ones go on waiting)") % {"n": len(waiting) - 1}
    return fact.report, told


def outcome(refusal: Refusal | None) -> tuple[bool, str]:
    """Return whether a row was done, and the sentence for it."""
    return (True, _("Recorded.")) if refusal is None else (False, sentence_for(refusal))
