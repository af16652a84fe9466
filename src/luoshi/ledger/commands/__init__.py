"""Every write of the ledger."""

from luoshi.ledger.commands.goals import change_goal, end_goal, found_goal
from luoshi.ledger.commands.matters import (
    abolish,
    accept,
    assign,
    close_out,
    divide,
    fix_milestones,
    fix_responsibility,
    fix_target,
    matter_of,
    place,
    register,
    resume,
    set_stage,
    suspend,
    verify,
    write_note,
)
from luoshi.ledger.commands.progress import (
    confirm_report,
    correct,
    decide_change,
    redact,
    report_progress,
    request_change,
    return_report,
)
from luoshi.ledger.commands.quotes import link_quote
from luoshi.ledger.commands.recording import Sent
from luoshi.ledger.commands.release import (
    release_submission,
    review_submission,
    send_back_submission,
)
from luoshi.ledger.commands.rollups import publish_rollup

__all__ = [
    "Sent",
    "abolish",
    "accept",
    "assign",
    "change_goal",
    "close_out",
    "confirm_report",
    "correct",
    "decide_change",
    "divide",
    "end_goal",
    "fix_milestones",
    "fix_responsibility",
    "fix_target",
    "found_goal",
    "link_quote",
    "matter_of",
    "place",
    "publish_rollup",
    "redact",
    "register",
    "release_submission",
    "report_progress",
    "request_change",
    "resume",
    "return_report",
    "review_submission",
    "send_back_submission",
    "set_stage",
    "suspend",
    "verify",
    "write_note",
]
