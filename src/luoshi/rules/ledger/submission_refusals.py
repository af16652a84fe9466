"""Why a step inside a unit is refused: stable codes with the facts that fill the sentence."""

from luoshi.rules.refusals import Refusal


class UnknownSubmission(Refusal):
    """Nothing of this id waits inside the unit on that day; facts: ``submission``."""

    code = "unknown_submission"


class SubmissionMoved(Refusal):
    """It waits no more: it was sent back, replaced or let out; facts: ``submission``, ``outcome``.

    ``outcome`` is an Outcome.
    """

    code = "submission_moved"


class NothingToReview(Refusal):
    """It was reviewed before, or the unit's way has no review; facts: ``submission``."""

    code = "nothing_to_review"


class NotYourStep(Refusal):
    """The step belongs to other posts of the unit; facts: ``posts`` (ids)."""

    code = "not_your_step"


class ReviewFirst(Refusal):
    """A reviewer is there and has not reviewed it yet; facts: ``posts`` (ids)."""

    code = "review_first"


class OneStepEach(Refusal):
    """One person takes one step of a submission, where the unit has another; facts: none."""

    code = "one_step_each"


class StepNotToday(Refusal):
    """A step inside the unit holds from the day it is taken; facts: ``on``, ``today``."""

    code = "step_not_today"


class SheetNeeded(Refusal):
    """The unit lets out on paper: the scan of the signed and sealed sheet is to be attached."""

    code = "sheet_needed"


class SheetNotAsked(Refusal):
    """The unit lets out by click: no sheet belongs to it."""

    code = "sheet_not_asked"


class SheetNoScan(Refusal):
    """The sheet comes as PDF, JPEG or PNG; facts: ``media_type``."""

    code = "sheet_no_scan"
