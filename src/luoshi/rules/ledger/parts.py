"""Which parts of a matter a fact speaks of."""

from collections.abc import Callable, Iterable
from typing import Any

from luoshi.rules.ledger import facts as f

_PARTS: dict[type, Callable[[Any], Iterable[str]]] = {
    f.MatterRegistered: lambda _fact: ("registration", "place"),
    f.MatterPlaced: lambda _fact: ("place",),
    f.StageSet: lambda _fact: ("stage",),
    f.ResponsibilityFixed: lambda _fact: ("responsibility",),
    f.TargetFixed: lambda _fact: ("target",),
    f.MilestonesFixed: lambda _fact: ("plan",),
    f.MatterAssigned: lambda _fact: ("standing",),
    f.MatterAccepted: lambda fact: (f"acceptance:{fact.unit}",),
    f.ProgressReported: lambda fact: (
        f"progress:{fact.target}",
        f"report:{fact.report}",
        *(f"milestone:{done.key}" for done in fact.milestones_done),
        *((f"submission:{fact.report}",) if fact.released else ()),
    ),
    f.ReportConfirmed: lambda fact: (f"report:{fact.report}",),
    f.ReportReturned: lambda fact: (f"report:{fact.report}",),
    f.ChangeRequested: lambda fact: (
        f"request:{fact.request}",
        *((f"submission:{fact.request}",) if fact.released else ()),
    ),
    f.ChangeDecided: lambda fact: (f"request:{fact.request}", "plan", "target"),
    f.MatterVerified: lambda _fact: ("standing", "verification"),
    f.MatterClosedOut: lambda _fact: ("standing", "verification"),
    f.MatterSuspended: lambda _fact: ("standing",),
    f.MatterResumed: lambda _fact: ("standing",),
    f.MatterDivided: lambda _fact: ("parts",),
    f.MatterAbolished: lambda _fact: ("standing",),
    f.NoteWritten: lambda fact: (f"note:{fact.note}",),
    f.QuoteLinked: lambda fact: (f"quote:{fact.document}:{fact.start}",),
    f.Submitted: lambda fact: (
        f"inside:{'report' if fact.report else 'request'}",
        f"submission:{fact.id}",
    ),
    f.SubmissionReviewed: lambda fact: (f"submission:{fact.submission}",),
    f.SubmissionSentBack: lambda fact: (f"submission:{fact.submission}",),
}


def touched(fact: f.MatterFact) -> frozenset[str]:
    """Return the parts of the matter that a fact speaks of: facts that share one conflict."""
    return frozenset(_PARTS[type(fact)](fact))
