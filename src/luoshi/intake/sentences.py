"""What needs a person in a sheet, in words: what stands there, and what to do."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.base.wording import Sentence, amount_in_text, day_in_text, sentence_for
from luoshi.intake.report_sentences import REPORTS
from luoshi.intake.words import MEANINGS
from luoshi.ledger.sentences import SENTENCES as LEDGER
from luoshi.rules.refusals import Refusal

FEN_IN_WAN = 1_000_000  # fen in 万元


def _money(fen: Any) -> str:
    return _("%(amount)s 万元") % {"amount": amount_in_text(Decimal(fen) / FEN_IN_WAN)}


def _meanings(codes: Iterable[str]) -> str:
    return _(", ").join(str(MEANINGS.get(code, code)) for code in codes)


def _count_differs(facts: Mapping[str, Any]) -> str:
    if not facts["group"]:
        return (
            _("The list prints %(printed)s items, and %(counted)s were found. Look for a lost row.")
            % facts
        )
    return (
        _(
            "«%(group)s» prints %(printed)s items, and %(counted)s were found under it. "
            "Look for a lost row."
        )
        % facts
    )


def _row_twice(facts: Mapping[str, Any]) -> str:
    words = {
        "code": _("Row %(first_row)s has the same project code. Say which matter each row is."),
        "office_no": _("Row %(first_row)s has the same number. Say which matter each row is."),
        "title": _(
            "Row %(first_row)s has the same name and unit. Leave one out, or take it as another."
        ),
    }
    return words[facts["by"]] % facts


def _unit_not_in_force(facts: Mapping[str, Any]) -> str:
    """Word the question about a name; the ledger refuses a unit by the same code, without one."""
    if "name" not in facts:
        return LEDGER["unit_not_in_force"](facts)
    return _named(
        facts,
        _("The unit «%(name)s» is not in force on the data day. Say which unit is meant."),
        _(
            "The unit «%(name)s» is not in force on the data day. "
            "Say which unit is meant, such as %(nearest)s."
        ),
    )


def _unit_unknown(facts: Mapping[str, Any]) -> str:
    return _named(
        facts,
        _("No unit is called «%(name)s». Say which unit is meant, or make a new one."),
        _("No unit is called «%(name)s». Say whether %(nearest)s is meant."),
    )


def _named(facts: Mapping[str, Any], alone: str, with_nearest: str) -> str:
    return (with_nearest if facts.get("nearest") else alone) % facts


PROBLEMS: dict[str, Sentence] = {
    "head_not_found": lambda _f: _(
        "No head was found. Name the columns in one row, at least the projects (项目名称)."
    ),
    "title_missing": lambda _f: _(
        "The row has no name. Write the name of the matter, or leave the row out."
    ),
    "ends_before_start": lambda f: (
        _("It ends on %(due)s, before it starts on %(start)s. Mend one of the two days.")
        % {"due": day_in_text(f["due"]), "start": day_in_text(f["start"])}
    ),
    "figure_not_understood": lambda f: (
        _("«%(text)s» is no amount. Write one figure with its unit, such as 1200万元 or 38.1.") % f
    ),
    "money_unit_missing": lambda f: (
        _(
            "«%(text)s» has no unit of money. Write it with 元, 万元 or 亿元, "
            "or choose the unit for the whole sheet."
        )
        % f
    ),
    "not_money": lambda f: (
        _("«%(text)s» is counted in %(unit)s, and the column holds money. Write an amount in 万元.")
        % f
    ),
    "day_ambiguous": lambda f: (
        _("«%(text)s» may mean %(earlier)s or %(later)s. Write the month you mean.") % f
    ),
    "year_missing": lambda f: (
        _("«%(text)s» names no year, and neither does the sheet. Write the year with it.") % f
    ),
    "error_value": lambda f: (
        _("The sheet holds the error %(text)s here. Write the value that was meant.") % f
    ),
    "formula_not_computed": lambda _f: _(
        "A formula stands here whose result was never saved. Write the value."
    ),
    "second_value": lambda f: (
        _("The matter's rows hold two values, %(first)s and %(second)s. Write the one that counts.")
        % f
    ),
    "amount_shared": lambda f: (
        _("The amount is one cell over several rows. It counts for row %(first_row)s only.") % f
    ),
    "row_hidden": lambda _f: _("The row is hidden in the sheet. It is taken all the same."),
    "row_twice": _row_twice,
    "sponsor_unknown": lambda f: (
        ngettext(
            "The sponsoring leader of %(count)s row (row %(first)s) is no post of the district and "
            "is not taken: write the post, no person's name.",
            "The sponsoring leaders of %(count)s rows (the first is row %(first)s) are no posts of "
            "the district and are not taken: write the posts, no persons' names.",
            int(f["count"]),
        )
        % f
    ),
    "unit_unknown": _unit_unknown,
    "unit_not_in_force": _unit_not_in_force,
    "matter_alike": lambda f: (
        ngettext(
            "A matter of the ledger is much alike. Say whether it is the same.",
            "%(count)s matters of the ledger are much alike. Say whether one is the same.",
            int(f["count"]),
        )
        % f
    ),
    "matter_ended": lambda f: (
        _("«%(title)s» has ended in the ledger. Leave the row out, or take it as a new matter.") % f
    ),
    "title_differs": lambda f: (
        _("The ledger calls it «%(old)s». The name there stays; correct the entry to change it.")
        % f
    ),
    "stage_not_understood": lambda f: (
        _("«%(text)s» is none of the stages. It is kept as written, and no stage is set.") % f
    ),
    "more_units_meant": lambda f: (
        _("«%(text)s» means more units than it names. Only those named are taken.") % f
    ),
    "count_differs": _count_differs,
    "total_differs": lambda f: (
        _(
            "The total of «%(head)s» is printed as %(printed)s, and the rows sum to %(summed)s. "
            "Check the list."
        )
        % {"head": f["head"], "printed": _money(f["printed"]), "summed": _money(f["summed"])}
    ),
    "column_twice": lambda f: (
        _(
            "A column before it says the same (%(meaning)s). "
            "Choose what this one means, or leave it out."
        )
        % {"meaning": _meanings([f["meaning"]])}
    ),
    "column_open": lambda f: (
        _("It may mean: %(could_be)s. Choose one, or leave the column out.")
        % {"could_be": _meanings(f["could_be"])}
    ),
    "period_open": lambda _f: _(
        "The head does not say whether the figure is of one period or cumulative. Choose."
    ),
}
"""What rules/sheets notes of cells, rows, columns and sheets, by its code."""


SENTENCES: dict[str, Sentence] = {
    "sheet_has_no_head": lambda f: (
        _(
            "No list was found in %(name)s. Name its columns in one row above it, at least the "
            "name of the project (项目名称)."
        )
        % f
    ),
    "data_day_missing": lambda _f: _(
        "Say of which day the figures are: give the data day, then judge again."
    ),
    "import_ended": lambda f: (
        _("%(name)s was withdrawn. Hand the sheet in once more to take it up again.") % f
    ),
    **REPORTS,
}
"""The refusals of handing in."""


def problem_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """Return what a person reads of a problem; refusals of other rooms have their own words.

    ``facts`` may come from JSON: ISO days are taken as days.
    """
    told = {name: _day_or_itself(value) for name, value in facts.items()}
    if sentence := PROBLEMS.get(code):
        return sentence(told)
    refusal = type("Told", (Refusal,), {"code": code})
    return sentence_for(refusal(**told))


def _day_or_itself(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    except ValueError:
        return value
