"""Correcting from a page: the old figures offered, the right ones taken."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from luoshi.ledger.dossier import Dossier
from luoshi.rules.ledger import facts as f


def known_of(found: Dossier, entry: str) -> dict[str, Any]:
    """Return the figures and the day of an entry that is to be corrected."""
    told = next((line for line in found.thread if str(line.number) == entry), None)
    report = next((line.report for line in found.reports if str(line.report.entry) == entry), None)
    known: dict[str, Any] = {} if told is None else {"on": told.on}
    if report is not None:
        known |= {"achieved": report.fact.achieved, "measured_on": report.fact.measured_on}
    return known


def corrected(given: dict[str, Any]) -> dict[str, Any]:
    """Return what the correcting command takes.

    The entry, how its fact changes (None: taken back), and the reason.
    """
    change = None if given["withdraw"] else _replacing(given)
    return {"entry": given["entry"], "change": change, "reason": given["reason"]}


def _replacing(given: dict[str, Any]) -> Callable[[f.MatterFact], f.MatterFact]:
    said = {
        name: given[name] for name in ("achieved", "measured_on") if given.get(name) is not None
    }

    def change(fact: f.MatterFact) -> f.MatterFact:
        return replace(fact, **said) if isinstance(fact, f.ProgressReported) else fact

    return change
