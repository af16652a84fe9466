"""What a change says on a history as it stands."""

from collections.abc import Sequence
from typing import Any

from luoshi.base.histories import History
from luoshi.base.threads import Change, Command
from luoshi.rules import journal as rules
from luoshi.rules.journal import Entry


def decided(change: Change, history: History, command: Command) -> Any:
    """Decide on the history as it stands; the proposed entry is the last one known.

    A fact that speaks last is judged on the state at hand, any other with all that follows it.
    """
    days = history.days
    if days and change.corrects is None and change.on >= days[-1][0]:
        return change.decide(days[-1][1])
    return decided_among(change, history.entries, command)


def decided_among(change: Change, entries: Sequence[Entry[Any]], command: Command) -> Any:
    """Decide among entries, and judge all that would follow."""
    following = entries[-1].number + 1 if entries else 1

    def proposed(fact: Any) -> Entry[Any]:
        kind = change.kind.codec.kind_of(fact).name
        return Entry(
            following,
            len(entries) + 1,
            change.on,
            command.at,
            command.by.signature,
            kind,
            fact,
            change.corrects,
        )

    return rules.judge(
        entries,
        law=change.kind.law,
        on=change.on,
        corrects=change.corrects,
        decide=change.decide,
        proposed=proposed,
    )
