"""What is done to a matter: named, fixed, assigned, verified, ended."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb
from luoshi.ledger import permissions as may
from luoshi.rules.journal import Redacted
from luoshi.rules.ledger import decide
from luoshi.rules.ledger.state import Answer, MatterState, Standing

NO_DOER = _("neither lead nor supporting unit, nor who reported")


def _open(state: MatterState) -> bool:
    return state.is_open


def _in_force(state: MatterState) -> bool:
    return state.is_in_force


def _unassigned(state: MatterState) -> bool:
    return state.standing == Standing.DRAFT


def _verifiable(state: MatterState) -> bool:
    if state.standing not in {Standing.ASSIGNED, Standing.ACCEPTED}:
        return False
    return all(report.answer != Answer.WAITING for report in state.reports.values())


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
link_quote = Verb(
    name="link_quote",
    decide=decide.link_quote,
    grants=may.OFFICE,
    label=_("Link a sentence of a document"),
    told=_("linked the sentence it rests on"),
)
