"""What can be recorded of a matter (事项).

These names are sealed with the entries and never change their meaning.
"""

from luoshi.rules.ledger.facts.course import (
    MatterAbolished,
    MatterAccepted,
    MatterAssigned,
    MatterClosedOut,
    MatterDivided,
    MatterPlaced,
    MatterRegistered,
    MatterResumed,
    MatterSuspended,
    MatterVerified,
    MilestonesFixed,
    NoteWritten,
    QuoteLinked,
    ResponsibilityFixed,
    StageSet,
    TargetFixed,
)
from luoshi.rules.ledger.facts.progress import (
    ChangeDecided,
    ChangeRequested,
    ProgressReported,
    ReportConfirmed,
    ReportReturned,
    SubmissionReviewed,
    SubmissionSentBack,
    Submitted,
)
from luoshi.rules.ledger.facts.things import (
    Evidence,
    MatterKind,
    Milestone,
    MilestoneDone,
    Origin,
    Part,
    Planned,
    Released,
    Revision,
    Source,
    SourceKind,
    Stage,
    Target,
)

MatterFact = (
    MatterRegistered
    | MatterPlaced
    | StageSet
    | ResponsibilityFixed
    | TargetFixed
    | MilestonesFixed
    | MatterAssigned
    | MatterAccepted
    | ProgressReported
    | ReportConfirmed
    | ReportReturned
    | ChangeRequested
    | ChangeDecided
    | MatterVerified
    | MatterClosedOut
    | MatterSuspended
    | MatterResumed
    | MatterDivided
    | MatterAbolished
    | NoteWritten
    | QuoteLinked
    | Submitted
    | SubmissionReviewed
    | SubmissionSentBack
)

__all__ = [
    "ChangeDecided",
    "ChangeRequested",
    "Evidence",
    "MatterAbolished",
    "MatterAccepted",
    "MatterAssigned",
    "MatterClosedOut",
    "MatterDivided",
    "MatterFact",
    "MatterKind",
    "MatterPlaced",
    "MatterRegistered",
    "MatterResumed",
    "MatterSuspended",
    "MatterVerified",
    "Milestone",
    "MilestoneDone",
    "MilestonesFixed",
    "NoteWritten",
    "Origin",
    "Part",
    "Planned",
    "ProgressReported",
    "QuoteLinked",
    "Released",
    "ReportConfirmed",
    "ReportReturned",
    "ResponsibilityFixed",
    "Revision",
    "Source",
    "SourceKind",
    "Stage",
    "StageSet",
    "SubmissionReviewed",
    "SubmissionSentBack",
    "Submitted",
    "Target",
    "TargetFixed",
]
