"""Why reports are not read or not measured from the command line."""

from luoshi.rules.refusals import Refusal


class NoSuchReport(Refusal):
    """There is no file or folder of this name; facts: ``path``."""

    code = "no_such_report"


class NoReportHere(Refusal):
    """The folder holds no file that can be a report."""

    code = "no_report_here"


class GoldUnclear(Refusal):
    """A line of the labels is no label; facts: ``name``, ``line``, ``field``."""

    code = "gold_unclear"


class GoldTextMissing(Refusal):
    """The text of a labelled document is not in the folder; facts: ``doc``, ``folder``."""

    code = "gold_text_missing"


class GoldTextOther(Refusal):
    """The text is another than the labelled one; facts: ``doc``."""

    code = "gold_text_other"


class ReaderUnreachable(Refusal):
    """The reader at the endpoint gave no answer that can be used; facts: ``host``, ``what``."""

    code = "reader_unreachable"


class ReaderAddress(Refusal):
    """The address of the reader is none of http or https; facts: ``address``."""

    code = "reader_address"


class FolderTaken(Refusal):
    """Another run writes in the folder; facts: ``folder``."""

    code = "folder_taken"


class ReportOutOfReach(Refusal):
    """The file system does not give the file, or takes no result; facts: ``name``, ``what``."""

    code = "report_out_of_reach"


def out_of_reach(name: str, cause: OSError) -> ReportOutOfReach:
    """Return what the file system says of a file as a refusal."""
    return ReportOutOfReach(name=name, what=cause.strerror or type(cause).__name__)
