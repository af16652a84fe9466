"""Which entries somebody may follow: by the verb under which pages show that kind of thread.

A kind that stands in no row is followed by nobody.
"""

from collections.abc import Mapping

from luoshi.audit.verbs import read_audit
from luoshi.base.threads import Actor
from luoshi.base.verbs import IN_THE_DISTRICT, Verb, roles_of
from luoshi.ledger.verbs import read_ledger, read_note, read_rollups
from luoshi.notices.verbs import read_burden
from luoshi.organisation.verbs import read_organisation
from luoshi.rules.rights import is_granted

READ_BY: Mapping[str, Verb] = {
    "district": read_organisation,
    "unit": read_organisation,
    "post": read_organisation,
    "audit": read_audit,
    "calendar": read_ledger,  # by which the colours that its readers see are judged
    "rule_set": read_ledger,
    "burden": read_burden,
    "goal": read_ledger,
    "matter": read_ledger,
    "rollup": read_rollups,
}


def kinds_read_by(actor: Actor) -> frozenset[str]:
    """Return the kinds of thread whose entries an actor may follow."""
    return frozenset(kind for kind, verb in READ_BY.items() if verb.who(actor, None))


def reads_every_note(actor: Actor) -> bool:
    """Tell whether an actor reads leaders' notes on any matter, whoever does it."""
    return is_granted(read_note.grants, roles_of(actor), IN_THE_DISTRICT)
