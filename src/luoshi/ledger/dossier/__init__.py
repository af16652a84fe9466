"""One matter as its page shows it (事项档案)."""

from luoshi.ledger.dossier.files import evidence_file, evidence_name
from luoshi.ledger.dossier.lines import (
    File,
    InsideLine,
    PartLine,
    Parts,
    ReportLine,
    RequestLine,
    Step,
    inside_line,
)
from luoshi.ledger.dossier.whole import Dossier, dossier, removable, submission_of

__all__ = [
    "Dossier",
    "File",
    "InsideLine",
    "PartLine",
    "Parts",
    "ReportLine",
    "RequestLine",
    "Step",
    "dossier",
    "evidence_file",
    "evidence_name",
    "inside_line",
    "removable",
    "submission_of",
]
