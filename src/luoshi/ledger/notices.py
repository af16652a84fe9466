"""Who is told what of a matter: what is asked, what is only told, in what words."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Matter
from luoshi.notices.words import Subject, Topic
from luoshi.organisation.queries import Visitor
from luoshi.rules.journal import Entry
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.ledger.submissions import Outcome, Submission
from luoshi.rules.notices import (
    INSIDE,
    Audience,
    AudienceKind,
    Dropped,
    Notice,
    Said,
    Settled,
)
from luoshi.rules.release import Step
from luoshi.rules.rights import Role

LABELS = {
    "matter.assigned": _("A matter is handed to you: accept it"),
    "matter.handed_over": _("A matter that was accepted passes to you"),
    "matter.handed_on": _("A matter is no longer yours"),
    "matter.report_submitted": _("A report waits to be confirmed or returned"),
    "matter.report_returned": _("A report came back: report again"),
    "matter.change_requested": _("A change is requested: decide on it"),
    "matter.change_granted": _("The change you requested is granted"),
    "matter.change_refused": _("The change you requested is refused"),
    "matter.verified": _("A matter is verified"),
    "matter.closed_out": _("A matter is closed out"),
    "matter.suspended": _("A matter is suspended"),
    "matter.resumed": _("A matter goes on"),
    "matter.abolished": _("A matter is abolished"),
    "matter.submission_to_review": _("A submission of your unit waits for your review"),
    "matter.submission_to_release": _("A submission of your unit waits to be let out by you"),
    "matter.submission_to_sign": _(
        "Print the sheet, have it signed and sealed, and attach its scan"
    ),
    "matter.submission_sent_back": _("Your submission came back inside the unit: submit again"),
    "matter.submission_released": _("Your submission was let out"),
}


def _subjects(visitor: Visitor, threads: Collection[UUID]) -> Mapping[UUID, Subject]:
    rows = Matter.objects.filter(district=visitor.district, pk__in=threads)
    return {
        pk: Subject(title, code, reverse("matter", args=[pk]))
        for pk, title, code in rows.values_list("pk", "title", "code")
    }


TOPIC = Topic(labels=LABELS, subjects=_subjects)

REPORT_AGAIN = "again"
OFFICE = Audience.role(Role.OFFICE)


def notices_of(before: MatterState, entry: Entry[Any], after: MatterState) -> Iterable[Said]:
    """Yield what an entry of a matter says, by what the matter was and is.

    Who is bound is told whatever moved it, corrections too; a correction is no other news.
    """
    yield from _moved(before, after)
    yield from _inside(before, entry, after)
    if entry.corrects is None and (says := _BY_FACT.get(type(entry.fact))):
        yield from says(entry.fact, after)


def _moved(before: MatterState, after: MatterState) -> Iterable[Said]:
    """Ask those who are newly bound to accept, and tell those who are bound no more."""
    bound, now = _doers(before), _doers(after)
    if bound == now or not after.is_open:
        return
    for unit, audience in bound.items():
        if now.get(unit) == audience:
            continue
        yield Dropped(_to_accept(unit))
        if unit not in now or audience.kind == AudienceKind.POST:
            yield Notice(code="matter.handed_on", audience=audience)
    for unit, audience in now.items():
        if bound.get(unit) == audience:
            continue
        if unit in after.accepted_by:
            yield Notice(code="matter.handed_over", audience=audience)
        else:
            yield Notice(
                code="matter.assigned", audience=audience, ask=_to_accept(unit), facts=_due(after)
            )


def _inside(before: MatterState, entry: Entry[Any], after: MatterState) -> Iterable[Said]:
    """Ask the posts that stand next inside the unit; what was asked before is answered or falls."""
    were = {key: one for one in before.waiting_inside for key in _asks_of(one)}
    are = {key: one for one in after.waiting_inside for key in _asks_of(one)}
    for key in sorted(were.keys() - are.keys()):
        one = after.submissions.get(were[key].fact.id)
        is_step = one is not None and bool(one.taken) and one.taken[-1].entry == entry.number
        yield Settled(key) if is_step else Dropped(key)
    for key in sorted(are.keys() - were.keys()):
        for post in are[key].next_posts:
            yield Notice(code=_CODE_OF[_way_out(are[key])], audience=Audience.post(post), ask=key)
    if after.submissions and isinstance(entry.fact, SPOKEN):
        yield Settled(_again(is_report=_is_report(entry.fact)))
    yield from _became(entry, after)


def _became(entry: Entry[Any], after: MatterState) -> Iterable[Said]:
    """Tell who submitted what became of it inside the unit."""
    for one in after.submissions.values():
        moved = one.taken and one.taken[-1].entry == entry.number
        writer = one.writers[0].post
        if not moved or writer is None or writer == entry.by.post:
            continue
        if one.outcome == Outcome.SENT_BACK:
            audience = Audience.post(writer)
            ask = _again(is_report=one.is_report)
            yield Notice(code="matter.submission_sent_back", audience=audience, ask=ask)
        elif one.outcome == Outcome.RELEASED:
            yield Notice(code="matter.submission_released", audience=Audience.post(writer))


def _asks_of(one: Submission) -> Iterable[str]:
    yield f"{INSIDE}{one.fact.id}/{one.step.value}"


SPOKEN = (f.Submitted, f.ProgressReported, f.ChangeRequested)


def _is_report(fact: f.Submitted | f.ProgressReported | f.ChangeRequested) -> bool:
    told = fact.what if isinstance(fact, f.Submitted) else fact
    return isinstance(told, f.ProgressReported)


def _again(*, is_report: bool) -> str:
    return f"{INSIDE}again/{'report' if is_report else 'request'}"


def _way_out(one: Submission) -> str:
    """Return in which way the next step is taken: by a review, a click, or the signed sheet."""
    is_signed = one.step == Step.RELEASE and one.fact.way.on_paper
    return "sign" if is_signed else one.step.value


_CODE_OF = {
    "review": "matter.submission_to_review",
    "release": "matter.submission_to_release",
    "sign": "matter.submission_to_sign",
}


def _to_accept(unit: UUID) -> str:
    return f"accept/{unit}"


def _due(state: MatterState) -> dict[str, str]:
    due = state.plan.due if state.plan else None
    return {"due": due.isoformat()} if due else {}


def _doers(state: MatterState) -> dict[UUID, Audience]:
    """Return whom each doing unit is addressed by, while the matter binds it.

    The lead unit by the post that answers, the supporting ones as units.
    """
    fixed = state.responsibility
    if fixed is None or not state.is_in_force:
        return {}
    return {
        fixed.lead_unit: _lead(fixed),
        **{unit: Audience.unit(unit) for unit in fixed.supporting_units},
    }


def _lead(fixed: f.ResponsibilityFixed) -> Audience:
    if fixed.responsible_post is not None:
        return Audience.post(fixed.responsible_post)
    return Audience.unit(fixed.lead_unit)


def _to_lead(code: str, state: MatterState, ask: str = "") -> Iterable[Notice]:
    if state.responsibility is not None:
        yield Notice(code=code, audience=_lead(state.responsibility), ask=ask)


def _to_doers(code: str) -> Callable[[Any, MatterState], Iterable[Said]]:
    """Tell every doing unit; of what is over nothing is asked any more."""

    def says(_fact: Any, after: MatterState) -> Iterable[Said]:
        if not after.is_open:
            yield Dropped()
        fixed = after.responsibility
        if fixed is not None:
            yield Notice(code=code, audience=_lead(fixed))
            for unit in fixed.supporting_units:
                yield Notice(code=code, audience=Audience.unit(unit))

    return says


def _accepted(fact: f.MatterAccepted, _after: MatterState) -> Iterable[Said]:
    yield Settled(_to_accept(fact.unit))


def _reported(fact: f.ProgressReported, _after: MatterState) -> Iterable[Said]:
    yield Settled(REPORT_AGAIN)
    yield Notice(code="matter.report_submitted", audience=OFFICE, ask=f"report/{fact.report}")


def _confirmed(fact: f.ReportConfirmed, _after: MatterState) -> Iterable[Said]:
    yield Settled(f"report/{fact.report}")


def _returned(fact: f.ReportReturned, after: MatterState) -> Iterable[Said]:
    yield Settled(f"report/{fact.report}")
    yield from _to_lead("matter.report_returned", after, ask=REPORT_AGAIN)


def _requested(fact: f.ChangeRequested, _after: MatterState) -> Iterable[Said]:
    yield Notice(code="matter.change_requested", audience=OFFICE, ask=f"change/{fact.request}")


def _decided(fact: f.ChangeDecided, after: MatterState) -> Iterable[Said]:
    yield Settled(f"change/{fact.request}")
    code = "matter.change_granted" if fact.granted else "matter.change_refused"
    yield from _to_lead(code, after)


_BY_FACT: dict[type, Callable[[Any, MatterState], Iterable[Said]]] = {
    f.MatterAccepted: _accepted,
    f.ProgressReported: _reported,
    f.ReportConfirmed: _confirmed,
    f.ReportReturned: _returned,
    f.ChangeRequested: _requested,
    f.ChangeDecided: _decided,
    f.MatterVerified: lambda _fact, after: _to_lead("matter.verified", after),
    f.MatterClosedOut: _to_doers("matter.closed_out"),
    f.MatterSuspended: _to_doers("matter.suspended"),
    f.MatterResumed: _to_doers("matter.resumed"),
    f.MatterAbolished: _to_doers("matter.abolished"),
}
