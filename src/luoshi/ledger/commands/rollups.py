"""Giving out the counts of a day: the office does it, and what was given out stays."""

from typing import Any

from luoshi.base.journal import Change, record
from luoshi.ledger import queries, verbs
from luoshi.ledger.commands.recording import Sent
from luoshi.ledger.goals import matters_visible_to
from luoshi.ledger.overview import counts
from luoshi.ledger.projection import ROLLUPS, rollup_of
from luoshi.rules.journal import Entry
from luoshi.rules.rollup import ColourCount, RollupPublished


def publish_rollup(*, sent: Sent) -> Entry[Any]:
    """Publish the counts of ``sent.on`` as the ledger knows them now.

    Raises NotAllowed outside the office, DayInFuture.
    """
    verbs.publish_rollup.check(sent.by)
    found = counts(matters_visible_to(sent.by, day=sent.on), day=sent.on)
    fact = RollupPublished(
        day=sent.on,
        known_at=queries.last_number(sent.by),
        matters=found.open + found.closed + found.abolished,
        colours=tuple(
            ColourCount(colour=colour, count=count)
            for colour, count in sorted(found.colours.items())
        ),
        closed=found.closed,
        abolished=found.abolished,
        late=found.late,
    )
    thread = rollup_of(sent.by.district, sent.on)

    def decide(state: object) -> RollupPublished:
        ROLLUPS.law.check(state, fact, sent.on)
        return fact

    change = Change(
        kind=ROLLUPS,
        thread=thread,
        decide=decide,
        on=sent.on,
        expected=queries.last_entry_of(thread),
    )
    return record(change, command=sent.command)[0]
