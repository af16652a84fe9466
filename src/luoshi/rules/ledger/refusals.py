"""Why the ledger says no: stable codes with the facts that fill the sentence."""

from luoshi.rules.refusals import Refusal


class MatterExists(Refusal):
    """The matter is registered already; facts: ``title``."""

    code = "matter_exists"


class MatterUnknown(Refusal):
    """Nothing can be recorded of a matter before its registration."""

    code = "matter_unknown"


class MatterClosed(Refusal):
    """A closed or abolished matter takes nothing more; facts: ``title``, ``ended_on``."""

    code = "matter_closed"


class MatterIsDraft(Refusal):
    """A draft binds nobody yet; facts: ``title``, ``missing``."""

    code = "matter_is_draft"


class FixesMissing(Refusal):
    """The three fixes do not stand yet; facts: ``title``, ``missing``."""

    code = "fixes_missing"


class AlreadyAssigned(Refusal):
    """The matter has left draft; facts: ``title``."""

    code = "already_assigned"


class AlreadyAccepted(Refusal):
    """The unit accepted the matter before; facts: ``title``."""

    code = "already_accepted"


class UnitNotConcerned(Refusal):
    """The unit neither leads nor supports the matter; facts: ``title``."""

    code = "unit_not_concerned"


class TitleMissing(Refusal):
    """A matter needs a title of at most 200 characters; facts: ``length``."""

    code = "title_missing"


class SourceMissing(Refusal):
    """A matter names at least one source."""

    code = "source_missing"


class SecretMatter(Refusal):
    """A matter that says it is secret (涉密) is refused entry; facts: ``word``."""

    code = "secret_matter"


class SameUnitTwice(Refusal):
    """A unit leads or supports, not both, and once; facts: ``unit``."""

    code = "same_unit_twice"


class TargetsUnclear(Refusal):
    """Exactly one target leads, keys differ, units are named; facts: ``why``."""

    code = "targets_unclear"


class NothingFixed(Refusal):
    """The fix is empty; facts: ``fix``."""

    code = "nothing_fixed"


class DueBeforeStart(Refusal):
    """The matter would be due before it starts; facts: ``start``, ``due``."""

    code = "due_before_start"


class MilestoneOutside(Refusal):
    """A milestone lies outside start and due; facts: ``title``, ``day``, ``start``, ``due``."""

    code = "milestone_outside"


class MilestonesUnclear(Refusal):
    """Milestones need a title and keys that differ; facts: ``title``."""

    code = "milestones_unclear"


class PlanUnclear(Refusal):
    """The plan's points must rise in days and not fall in amount; facts: ``day``."""

    code = "plan_unclear"


class YearImplausible(Refusal):
    """A day whose year cannot be meant; facts: ``day``."""

    code = "year_implausible"


class MeasuredInFuture(Refusal):
    """A figure cannot be measured after the day on which it is reported.

    Facts: ``measured_on``, ``on``.
    """

    code = "measured_in_future"


class NothingReported(Refusal):
    """A report says nothing: no amount, no milestone, no word."""

    code = "nothing_reported"


class UnknownTarget(Refusal):
    """The matter has no such target; facts: ``target``."""

    code = "unknown_target"


class UnknownMilestone(Refusal):
    """The matter has no such milestone; facts: ``milestone``."""

    code = "unknown_milestone"


class UnknownReport(Refusal):
    """There is no such report on that day; facts: ``report``."""

    code = "unknown_report"


class QuoteUnclear(Refusal):
    """The place in the document is none: empty, or of no document; facts: ``start``, ``end``."""

    code = "quote_unclear"


class ReportAnswered(Refusal):
    """The report was confirmed or returned before; facts: ``report``, ``answer``."""

    code = "report_answered"


class ReportExists(Refusal):
    """The same report stands already; facts: ``report``."""

    code = "report_exists"


class UnknownRequest(Refusal):
    """There is no such request on that day; facts: ``request``."""

    code = "unknown_request"


class RequestAnswered(Refusal):
    """The request was decided before; facts: ``request``."""

    code = "request_answered"


class NothingAsked(Refusal):
    """A request asks for no change at all."""

    code = "nothing_asked"


class Suspended(Refusal):
    """The matter rests already; facts: ``title``, ``since``."""

    code = "already_suspended"


class NotSuspended(Refusal):
    """The matter does not rest; facts: ``title``."""

    code = "not_suspended"


class DoerCannotVerify(Refusal):
    """The doer never closes; facts: ``title``.

    The verifier is a doing unit or below one, or a person who reported.
    """

    code = "doer_cannot_verify"


class NotTheNamedVerifier(Refusal):
    """For the office's own matters only the verifier named at registration verifies.

    Facts: ``title``.
    """

    code = "not_the_named_verifier"


class NotVerified(Refusal):
    """A matter is verified before it is closed out; facts: ``title``."""

    code = "not_verified"


class ReportsWaiting(Refusal):
    """Reports still wait for an answer; facts: ``title``, ``count``."""

    code = "reports_waiting"


class PartsOpen(Refusal):
    """Mandatory parts are not closed out; facts: ``title``, ``count``."""

    code = "parts_open"


class PartOfItself(Refusal):
    """A matter cannot be part of itself; facts: ``title``."""

    code = "part_of_itself"


class SamePartTwice(Refusal):
    """A matter is a part once; facts: ``title``."""

    code = "same_part_twice"


class AlreadyVerified(Refusal):
    """The matter was found done before; facts: ``title``."""

    code = "already_verified"


class ReportedAfterwards(Refusal):
    """A verified matter takes no more reports; facts: ``title``."""

    code = "reported_after_verification"
