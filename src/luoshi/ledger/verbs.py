"""What can be done in the ledger, declared once."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb
from luoshi.ledger import permissions as may
from luoshi.rules.journal import Redacted
from luoshi.rules.ledger import decide
from luoshi.rules.ledger.state import Answer, MatterState, Standing


def _open(state: MatterState) -> bool:
    return state.is_open


def _in_force(state: MatterState) -> bool:
    return state.is_in_force


def _unassigned(state: MatterState) -> bool:
    return state.standing == Standing.DRAFT


def _reportable(state: MatterState) -> bool:
    return state.is_in_force and state.standing != Standing.VERIFIED


def _has_waiting_report(state: MatterState) -> bool:
    return any(report.answer == Answer.WAITING for report in state.reports.values())


def _has_waiting_request(state: MatterState) -> bool:
    return any(request.answer == Answer.WAITING for request in state.requests.values())


def _verifiable(state: MatterState) -> bool:
    return state.standing in {Standing.ASSIGNED, Standing.ACCEPTED} and not _has_waiting_report(
        state
    )


register = Verb(
    name="register",
    decide=decide.register,
    who=may.only_office,
    label=_("Register a matter"),
    told=_("registered the matter"),
)
place = Verb(
    name="place",
    decide=decide.place,
    who=may.only_office,
    label=_("Place on goals"),
    told=_("placed the matter on the goal tree"),
    when=_open,
)
set_stage = Verb(
    name="set_stage",
    decide=decide.set_stage,
    who=may.only_office,
    label=_("Set the stage"),
    told=_("set the stage"),
    when=_open,
)
fix_responsibility = Verb(
    name="fix_responsibility",
    decide=decide.fix_responsibility,
    who=may.only_office,
    label=_("Fix responsibility"),
    told=_("fixed the responsibility"),
    when=_open,
)
fix_target = Verb(
    name="fix_target",
    decide=decide.fix_target,
    who=may.only_office,
    label=_("Fix the target"),
    told=_("fixed the target"),
    when=_open,
)
fix_milestones = Verb(
    name="fix_milestones",
    decide=decide.fix_milestones,
    who=may.only_office,
    label=_("Fix milestones"),
    told=_("fixed the milestones"),
    when=_open,
)
assign = Verb(
    name="assign",
    decide=decide.assign,
    who=may.only_office,
    label=_("Assign"),
    told=_("assigned the matter"),
    when=_unassigned,
)
accept = Verb(
    name="accept",
    decide=decide.accept,
    who=may.doing_units,
    label=_("Accept"),
    told=_("accepted the matter"),
    when=_in_force,
)
report_progress = Verb(
    name="report_progress",
    decide=decide.report_progress,
    who=may.lead_unit_or_office,
    label=_("Report progress"),
    told=_("reported progress"),
    when=_reportable,
)
confirm_report = Verb(
    name="confirm_report",
    decide=decide.confirm_report,
    who=may.only_office,
    label=_("Confirm the report"),
    told=_("confirmed a report"),
    when=_has_waiting_report,
)
return_report = Verb(
    name="return_report",
    decide=decide.return_report,
    who=may.only_office,
    label=_("Return the report"),
    told=_("returned a report"),
    when=_has_waiting_report,
)
request_change = Verb(
    name="request_change",
    decide=decide.request_change,
    who=may.lead_unit_or_office,
    label=_("Request a change"),
    told=_("requested a change"),
    when=_in_force,
)
decide_change = Verb(
    name="decide_change",
    decide=decide.decide_change,
    who=may.only_office,
    label=_("Decide on a change"),
    told=_("decided on a change"),
    when=_has_waiting_request,
)
verify = Verb(
    name="verify",
    decide=decide.verify,
    who=may.verifiers,
    label=_("Verify"),
    told=_("verified the matter"),
    when=_verifiable,
)
close_out = Verb(
    name="close_out",
    decide=decide.close_out,
    who=may.verifiers,
    label=_("Close out"),
    told=_("closed the matter out"),
    when=lambda state: state.standing == Standing.VERIFIED,
)
suspend = Verb(
    name="suspend",
    decide=decide.suspend,
    who=may.only_office,
    label=_("Suspend"),
    told=_("suspended the matter"),
    when=lambda state: state.is_in_force and state.suspended_on is None,
)
resume = Verb(
    name="resume",
    decide=decide.resume,
    who=may.only_office,
    label=_("Resume"),
    told=_("resumed the matter"),
    when=lambda state: state.is_open and state.suspended_on is not None,
)
divide = Verb(
    name="divide",
    decide=decide.divide,
    who=may.only_office,
    label=_("Divide into parts"),
    told=_("named the parts"),
    when=_open,
)
abolish = Verb(
    name="abolish",
    decide=decide.abolish,
    who=may.only_office,
    label=_("Abolish"),
    told=_("abolished the matter"),
    when=_open,
)
redact = Verb(
    name="redact",
    decide=Redacted,
    who=may.only_office,
    label=_("Remove a text"),
    told=_("removed a text"),
    when=lambda _state: True,
)

ALL = {
    verb.name: verb
    for verb in (
        register, place, set_stage, fix_responsibility, fix_target, fix_milestones, assign,
        accept, report_progress, confirm_report, return_report, request_change, decide_change,
        verify, close_out, suspend, resume, divide, abolish, redact,
    )
}  # fmt: skip
