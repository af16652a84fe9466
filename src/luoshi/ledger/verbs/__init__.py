"""What can be done in the ledger, declared once."""

from luoshi.base.verbs import listed
from luoshi.ledger.verbs.matters import (
    abolish,
    accept,
    assign,
    close_out,
    divide,
    fix_milestones,
    fix_responsibility,
    fix_target,
    link_quote,
    place,
    redact,
    register,
    resume,
    set_stage,
    suspend,
    verify,
    write_note,
)
from luoshi.ledger.verbs.reading import (
    do_to_many,
    export_ledger,
    forget_view,
    publish_rollup,
    read_evidence,
    read_ledger,
    read_note,
    read_rollups,
    read_silence,
    read_submission,
    save_view,
)
from luoshi.ledger.verbs.reports import (
    confirm_report,
    correct,
    decide_change,
    release_submission,
    report_progress,
    request_change,
    return_report,
    review_submission,
    send_back_submission,
)

ON_MATTERS = listed(
    register, place, set_stage, fix_responsibility, fix_target, fix_milestones, assign,
    accept, report_progress, confirm_report, return_report, request_change, decide_change,
    verify, close_out, suspend, resume, divide, abolish, redact, write_note,
    review_submission, send_back_submission, release_submission,
)  # fmt: skip
"""What is recorded on a matter, by the name that its page has in addresses."""

ON_PAGES = {name: verb for name, verb in ON_MATTERS.items() if name != "register"} | listed(correct)
"""What has a form of its own below a matter's address."""

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

__all__ = [
    "ALL",
    "ON_MATTERS",
    "ON_PAGES",
    "abolish",
    "accept",
    "assign",
    "close_out",
    "confirm_report",
    "correct",
    "decide_change",
    "divide",
    "do_to_many",
    "export_ledger",
    "fix_milestones",
    "fix_responsibility",
    "fix_target",
    "forget_view",
    "link_quote",
    "place",
    "publish_rollup",
    "read_evidence",
    "read_ledger",
    "read_note",
    "read_rollups",
    "read_silence",
    "read_submission",
    "redact",
    "register",
    "release_submission",
    "report_progress",
    "request_change",
    "resume",
    "return_report",
    "review_submission",
    "save_view",
    "send_back_submission",
    "set_stage",
    "suspend",
    "verify",
    "write_note",
]
