"""Why a report, or what a reviewer asks of it, is not taken."""

from luoshi.rules.journal import ChangedMeanwhile
from luoshi.rules.refusals import Refusal


class ReportDayMissing(Refusal):
    """Neither the reviewer nor the text says of which day the report is; facts: ``name``."""

    code = "report_day_missing"


class NothingStated(Refusal):
    """The report holds no statement that can be measured or followed; facts: ``name``."""

    code = "nothing_stated"


class ReportInLedger(Refusal):
    """Something of the report is in the ledger, so it is not withdrawn; facts: ``title``."""

    code = "report_in_ledger"


class StatementSettled(Refusal):
    """The statement is in the ledger and is not changed here; facts: ``number``."""

    code = "statement_settled"


class StatementChanged(ChangedMeanwhile):
    """Somebody else, or another window, decided the statement since the reviewer saw it.

    Facts: ``number``, ``state`` (what it is now), ``at``, ``post`` (its name), ``is_own``.
    """

    code = "statement_changed"


class ReviewMoved(ChangedMeanwhile):
    """What is to be written or withdrawn is not what the reviewer saw.

    Facts: ``count`` of the statements changed since, ``at``, ``post`` and ``is_own`` of the last.
    """

    code = "review_moved"


class ReportWithdrawn(Refusal):
    """The report was withdrawn: nothing of it is reviewed any more; facts: ``title``."""

    code = "report_withdrawn"


class TextNotSupplied(Refusal):
    """The text of the report was removed, so it cannot be read again; facts: ``title``."""

    code = "text_not_supplied"


class ReportTwice(Refusal):
    """The same text of the same place was handed in before; facts: ``title``, ``on``."""

    code = "report_twice"


class ReportSecret(Refusal):
    """The text carries a marking of secrecy (GB/T 9704-2012 §7.2.2); facts: ``word``."""

    code = "report_secret"


class QuoteNotFound(Refusal):
    """The words do not stand so in the document; facts: ``quote``."""

    code = "quote_not_found"


class NothingToUndo(Refusal):
    """No act of the review is left to undo."""

    code = "nothing_to_undo"


class CannotSplitHere(Refusal):
    """The place is not inside the statement; facts: ``at``."""

    code = "cannot_split_here"


class NoNextStatement(Refusal):
    """No open statement follows to be joined."""

    code = "no_next_statement"


class ValueUnclear(Refusal):
    """A field was given what it cannot be; facts: ``field``, ``text``."""

    code = "value_unclear"
