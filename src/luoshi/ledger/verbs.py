"""What can be done in the ledger, declared once."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
from luoshi.ledger import permissions as may
from luoshi.rules.journal import Redacted
from luoshi.rules.ledger import decide, release
from luoshi.rules.ledger.state import Answer, MatterState, Standing
from luoshi.rules.rights import Role, Scope, given

NEXT_IN_THE_UNIT = _("the post that stands next in the unit's way; one person, one step")
NO_DOER = _("neither lead nor supporting unit, nor who reported")


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
    grants=may.OFFICE,
    label=_("Register a matter"),
    told=_("registered the matter"),
)
place = Verb(
    name="place",
    decide=decide.place,
    grants=may.OFFICE,
    label=_("Place on goals"),
    told=_("placed the matter on the goal tree"),
    when=_open,
)
set_stage = Verb(
    name="set_stage",
    decide=decide.set_stage,
    grants=may.OFFICE,
    label=_("Set the stage"),
    told=_("set the stage"),
    when=_open,
)
fix_responsibility = Verb(
    name="fix_responsibility",
    decide=decide.fix_responsibility,
    grants=may.OFFICE,
    label=_("Fix responsibility"),
    told=_("fixed the responsibility"),
    when=_open,
)
fix_target = Verb(
    name="fix_target",
    decide=decide.fix_target,
    grants=may.OFFICE,
    label=_("Fix the target"),
    told=_("fixed the target"),
    when=_open,
)
fix_milestones = Verb(
    name="fix_milestones",
    decide=decide.fix_milestones,
    grants=may.OFFICE,
    label=_("Fix milestones"),
    told=_("fixed the milestones"),
    when=_open,
)
assign = Verb(
    name="assign",
    decide=decide.assign,
    grants=may.OFFICE,
    label=_("Assign"),
    told=_("assigned the matter"),
    when=_unassigned,
)
accept = Verb(
    name="accept",
    decide=decide.accept,
    grants=may.OF_THE_DOERS,
    stands=may.stands,
    label=_("Accept"),
    told=_("accepted the matter"),
    when=_in_force,
    still=lambda actor, state: actor.unit not in state.accepted_by,
)
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
    when=_in_force,
)
decide_change = Verb(
    name="decide_change",
    decide=decide.decide_change,
    grants=may.OFFICE,
    label=_("Decide on a change"),
    told=_("decided on a change"),
    when=_has_waiting_request,
)
verify = Verb(
    name="verify",
    decide=decide.verify,
    grants=may.VERIFYING,
    stands=may.stands_to_verifier,
    besides=may.is_no_doer,
    besides_said=NO_DOER,
    label=_("Verify"),
    told=_("verified the matter"),
    when=_verifiable,
)
close_out = Verb(
    name="close_out",
    decide=decide.close_out,
    grants=may.VERIFYING,
    stands=may.stands_to_verifier,
    besides=may.is_no_doer,
    besides_said=NO_DOER,
    label=_("Close out"),
    told=_("closed the matter out"),
    when=lambda state: state.standing == Standing.VERIFIED,
)
suspend = Verb(
    name="suspend",
    decide=decide.suspend,
    grants=may.OFFICE,
    label=_("Suspend"),
    told=_("suspended the matter"),
    when=lambda state: state.is_in_force and state.suspended_on is None,
)
resume = Verb(
    name="resume",
    decide=decide.resume,
    grants=may.OFFICE,
    label=_("Resume"),
    told=_("resumed the matter"),
    when=lambda state: state.is_open and state.suspended_on is not None,
)
divide = Verb(
    name="divide",
    decide=decide.divide,
    grants=may.OFFICE,
    label=_("Divide into parts"),
    told=_("named the parts"),
    when=_open,
)
abolish = Verb(
    name="abolish",
    decide=decide.abolish,
    grants=may.OFFICE,
    label=_("Abolish"),
    told=_("abolished the matter"),
    when=_open,
)
redact = Verb(
    name="redact",
    decide=Redacted,
    grants=may.OFFICE,
    label=_("Remove a text"),
    told=_("removed a text"),
)

write_note = Verb(
    name="write_note",
    decide=decide.write_note,
    grants=may.NOTING,
    label=_("Write a leader's note"),
    told=_("wrote a note"),
    when=_open,
)


def _waits_inside(state: MatterState) -> bool:
    return bool(state.waiting_inside)


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

ON_MATTERS = listed(
    register, place, set_stage, fix_responsibility, fix_target, fix_milestones, assign,
    accept, report_progress, confirm_report, return_report, request_change, decide_change,
    verify, close_out, suspend, resume, divide, abolish, redact, write_note,
    review_submission, send_back_submission, release_submission,
)  # fmt: skip
"""What is recorded on a matter, by the name that its page has in addresses."""

correct = Verb(
    name="correct",
    grants=may.CORRECTING,
    label=_("Correct a line"),
    besides_said=_("the office any line, a unit its own report until it is answered"),
)
ON_PAGES = {name: verb for name, verb in ON_MATTERS.items() if name != "register"} | listed(correct)
"""What has a form of its own below a matter's address."""

link_quote = Verb(
    name="link_quote",
    decide=decide.link_quote,
    grants=may.OFFICE,
    label=_("Link a sentence of a document"),
    told=_("linked the sentence it rests on"),
)
read_ledger = Verb(
    name="read_ledger",
    grants=may.READING,
    label=_("Read board and matters"),
    reads=True,
    is_listed=False,
)
export_ledger = Verb(
    name="export_ledger", grants=may.READING, label=_("Take lists out as files"), reads=True
)
read_evidence = Verb(name="read_evidence", grants=may.READING, label=_("Open evidence"), reads=True)
read_note = Verb(
    name="read_note",
    grants=may.IN_THE_LINE,
    stands=may.stands,
    label=_("Read leaders' notes"),
    reads=True,
    open_in_demo=False,
    is_listed=False,
)
read_submission = Verb(
    name="read_submission",
    grants=may.READING_INSIDE,
    stands=may.stands,
    label=_("Read what waits inside the unit, print its sheet"),
    reads=True,
    open_in_demo=False,
    is_listed=False,
)
publish_rollup = Verb(
    name="publish_rollup", grants=may.OFFICE, label=_("Publish the counts of a day to the city")
)
read_rollups = Verb(
    name="read_rollups",
    grants=may.READING,
    label=_("Read published counts, a city those of its districts"),
    reads=True,
    is_listed=False,
)
read_silence = Verb(
    name="read_silence",
    grants=given(Scope.DISTRICT, Role.LEADER, Role.OFFICE, Role.SUPERVISION, Role.PROJECTS),
    label=_("Read what is vacant or silent"),
    reads=True,
    is_listed=False,
)
do_to_many = Verb(
    name="do_to_many",
    grants=may.OFFICE | may.OF_THE_DOERS,
    label=_("Do one thing to many matters"),
    besides_said=_("each matter as its own verb allows"),
)
save_view = Verb(
    name="save_view", grants=may.OWN_VIEWS, stands=may.is_own, label=_("Keep a view of the board")
)
forget_view = Verb(
    name="forget_view", grants=may.OWN_VIEWS, stands=may.is_own, label=_("Forget a kept view")
)

ALL = {
    **ON_MATTERS,
    **listed(
        correct,
        link_quote,
        read_note,
        read_submission,
        publish_rollup,
        read_rollups,
        read_ledger,
        export_ledger,
        read_evidence,
        read_silence,
        do_to_many,
        save_view,
        forget_view,
    ),
}
