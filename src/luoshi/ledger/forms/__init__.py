"""Page input of the ledger's verbs: a form gives what its command takes, by the same names."""

from collections.abc import Mapping

from luoshi.ledger.forms.fixes import (
    FixMilestones,
    FixResponsibility,
    FixTarget,
    Place,
    Register,
    SetStage,
)
from luoshi.ledger.forms.frame import Noted, Options, Plain, Reasoned, VerbForm
from luoshi.ledger.forms.progress import (
    AnswerReport,
    Correct,
    DecideChange,
    Divide,
    Redact,
    ReportProgress,
    RequestChange,
    ReturnReport,
)
from luoshi.ledger.forms.release import OneSubmission, Release, SendBack

FORMS: Mapping[str, type[VerbForm]] = {
    "register": Register,
    "place": Place,
    "set_stage": SetStage,
    "fix_responsibility": FixResponsibility,
    "fix_target": FixTarget,
    "fix_milestones": FixMilestones,
    "assign": Plain,
    "accept": Plain,
    "report_progress": ReportProgress,
    "confirm_report": AnswerReport,
    "return_report": ReturnReport,
    "request_change": RequestChange,
    "decide_change": DecideChange,
    "verify": Plain,
    "close_out": Plain,
    "suspend": Reasoned,
    "resume": Reasoned,
    "divide": Divide,
    "abolish": Reasoned,
    "write_note": Noted,
    "correct": Correct,
    "redact": Redact,
    "review_submission": OneSubmission,
    "send_back_submission": SendBack,
    "release_submission": Release,
}

__all__ = ["FORMS", "Options", "VerbForm"]
