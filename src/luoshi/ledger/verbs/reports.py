"""What a unit says of its matter, on its way out and answered by the office."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb
from luoshi.ledger import permissions as may
from luoshi.rules.ledger import decide, release
from luoshi.rules.ledger.state import Answer, MatterState, Standing

NEXT_IN_THE_UNIT = _("the post that stands next in the unit's way; one person, one step")


def _reportable(state: MatterState) -> bool:
    return state.is_in_force and state.standing != Standing.VERIFIED


def _has_waiting_report(state: MatterState) -> bool:
    return any(report.answer == Answer.WAITING for report in state.reports.values())


def _has_waiting_request(state: MatterState) -> bool:
    return any(request.answer == Answer.WAITING for request in state.requests.values())


def _waits_inside(state: MatterState) -> bool:
    return bool(state.waiting_inside)


report_progress = Verb(
    name="report_progress",
    decide=decide.report_progress,
    grants=may.OF_THE_LEAD,
    stands=may.stands,
    label=_("Report progress"),
    told=_("reported progress"),
    when=_reportable,
)
confirm_report = Verb(
    name="confirm_report",
    decide=decide.confirm_report,
    grants=may.OFFICE,
    label=_("Confirm the report"),
    told=_("confirmed a report"),
    when=_has_waiting_report,
)
return_report = Verb(
    name="return_report",
    decide=decide.return_report,
    grants=may.OFFICE,
    label=_("Return the report"),
    told=_("returned a report"),
    when=_has_waiting_report,
)
request_change = Verb(
    name="request_change",
    decide=decide.request_change,
    grants=may.OF_THE_LEAD,
    stands=may.stands,
    label=_("Request a change"),
    told=_("requested a change"),
    when=lambda state: state.is_in_force,
)
decide_change = Verb(
    name="decide_change",
    decide=decide.decide_change,
    grants=may.OFFICE,
    label=_("Decide on a change"),
    told=_("decided on a change"),
    when=_has_waiting_request,
)
review_submission = Verb(
    name="review_submission",
    decide=release.review_submission,
    grants=may.INSIDE,
    stands=may.stands,
    besides_said=NEXT_IN_THE_UNIT,
    label=_("Review a submission inside the unit"),
    told=_("reviewed a submission inside the unit"),
    when=_waits_inside,
)
send_back_submission = Verb(
    name="send_back_submission",
    decide=release.send_back_submission,
    grants=may.INSIDE,
    stands=may.stands,
    besides_said=NEXT_IN_THE_UNIT,
    label=_("Send a submission back inside the unit"),
    told=_("sent a submission back inside the unit"),
    when=_waits_inside,
)
release_submission = Verb(
    name="release_submission",
    decide=release.release_submission,
    grants=may.INSIDE,
    stands=may.stands,
    besides_said=NEXT_IN_THE_UNIT,
    label=_("Let a submission out of the unit"),
    told=_("let a submission out of the unit"),
    when=_waits_inside,
)
correct = Verb(
    name="correct",
    grants=may.CORRECTING,
    label=_("Correct a line"),
    besides_said=_("the office any line, a unit its own report until it is answered"),
)
