"""The thread of a matter as people read it: who did what, when, and from which day it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luoshi.base.days import local_day
from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.ledger import verbs
from luoshi.ledger.words import stage_in_text
from luoshi.rules.journal import Entry, Redacted, Withdrawn
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.submissions import INSIDE

VERB_OF: Mapping[type, str] = {
    f.MatterRegistered: "register",
    f.MatterPlaced: "place",
    f.StageSet: "set_stage",
    f.ResponsibilityFixed: "fix_responsibility",
    f.TargetFixed: "fix_target",
    f.MilestonesFixed: "fix_milestones",
    f.MatterAssigned: "assign",
    f.MatterAccepted: "accept",
    f.ProgressReported: "report_progress",
    f.ReportConfirmed: "confirm_report",
    f.ReportReturned: "return_report",
    f.ChangeRequested: "request_change",
    f.ChangeDecided: "decide_change",
    f.MatterVerified: "verify",
    f.MatterClosedOut: "close_out",
    f.MatterSuspended: "suspend",
    f.MatterResumed: "resume",
    f.MatterDivided: "divide",
    f.MatterAbolished: "abolish",
    f.NoteWritten: "write_note",
    f.QuoteLinked: "link_quote",
    f.SubmissionReviewed: "review_submission",
    f.SubmissionSentBack: "send_back_submission",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words; ``replaced_by`` is the number of the correction that took its place."""

    number: int
    on: date
    at: datetime
    unit: str
    post: str
    what: str
    details: tuple[str, ...]
    corrects: int | None
    replaced_by: int | None
    can_be_corrected: bool

    @property
    def is_backdated(self) -> bool:
        """Tell whether it was recorded later than the day it holds from."""
        return local_day(self.at) > self.on


def told(
    entries: Sequence[Entry[Any]],
    *,
    texts: Mapping[str, str | None],
    posts: Mapping[UUID, str],
    units: Mapping[UUID, str],
) -> tuple[Told, ...]:
    """Return the entries in words, newest first."""
    replaced = {entry.corrects: entry.number for entry in entries if entry.corrects is not None}
    return tuple(
        Told(
            number=entry.number,
            on=entry.on,
            at=entry.at,
            unit=units.get(entry.by.unit, "") if entry.by.unit else "",
            post=posts.get(entry.by.post, "") if entry.by.post else _("System set-up"),
            what=what(entry.fact),
            details=(*_details(entry.fact, texts, units), *_because(entry, texts)),
            corrects=entry.corrects,
            replaced_by=replaced.get(entry.number),
            can_be_corrected=entry.number not in replaced
            and not isinstance(entry.fact, (Withdrawn, Redacted, *INSIDE)),
        )
        for entry in reversed(entries)
    )


def what(fact: Any) -> str:
    """Return what a fact's verb did, in the past tense."""
    if isinstance(fact, Withdrawn):
        return _("took an entry back")
    if isinstance(fact, Redacted):
        return _("removed a text")
    if isinstance(fact, f.Submitted):
        return (
            _("submitted a report inside the unit")
            if fact.report
            else _("submitted a request inside the unit")
        )
    if getattr(fact, "released", None) is not None:
        return str(verbs.release_submission.told)
    return str(verbs.ALL[VERB_OF[type(fact)]].told)


def _details(fact: Any, texts: Mapping[str, str | None], units: Mapping[UUID, str]) -> list[str]:
    if isinstance(fact, f.Submitted):
        fact = fact.what
    match fact:
        case f.ProgressReported():
            return _progress(fact, texts)
        case f.TargetFixed(targets=targets):
            return [
                f"{t.subject} {t.comparator} {amount_in_text(t.quantity)} {t.unit}".strip()
                for t in targets
            ]
        case f.MilestonesFixed():
            return _days(fact)
        case f.StageSet(stage=stage, listed=listed):
            return [stage_in_text(stage, listed=listed)]
        case f.ResponsibilityFixed(lead_unit=lead):
            return [_("Lead unit: %(unit)s") % {"unit": units.get(lead, "—")}]
        case f.MatterRegistered(sources=sources):
            return [
                " · ".join(filter(None, (s.title, day_in_text(s.day), s.place))) for s in sources
            ]
        case _:
            return _words(fact, texts)


def _words(fact: Any, texts: Mapping[str, str | None]) -> list[str]:
    """Return the note or reason of a fact; a note that is not among the texts is not for them."""
    if isinstance(fact, f.NoteWritten) and fact.note not in texts:
        return [_("(read by its line only)")]
    if isinstance(fact, f.QuoteLinked):
        return [f"{fact.title} · {day_in_text(fact.day)}"]
    said = getattr(fact, "note", None) or getattr(fact, "reason", None)
    return [] if said is None else [_text(texts, said)]


def _because(entry: Entry[Any], texts: Mapping[str, str | None]) -> list[str]:
    """Return why a line was corrected; a reason that is not among the texts is not for them."""
    if entry.reason is None or entry.reason not in texts:
        return []
    return [_("Reason: %(words)s") % {"words": _text(texts, entry.reason)}]


def _progress(fact: f.ProgressReported, texts: Mapping[str, str | None]) -> list[str]:
    found = []
    if fact.achieved is not None:
        words = {"amount": amount_in_text(fact.achieved), "day": day_in_text(fact.measured_on)}
        found.append(_("%(amount)s done, measured on %(day)s") % words)
    found += [_text(texts, digest) for digest in (fact.visible_progress, fact.problems) if digest]
    return found


def _days(fact: f.MilestonesFixed) -> list[str]:
    found = []
    if fact.due is not None:
        inferred = _(" (inferred)") if fact.due_inferred else ""
        found.append(_("Due on %(day)s") % {"day": day_in_text(fact.due)} + inferred)
    found += [f"{step.title} · {day_in_text(step.due)}" for step in fact.milestones]
    return found


def _text(texts: Mapping[str, str | None], digest: str) -> str:
    text = texts.get(digest)
    return text if text is not None else _("(removed)")
