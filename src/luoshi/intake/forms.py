"""Page input of handing in: the sheet, the answers to what is asked of it, why it is withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luoshi.base.fields import DayField
from luoshi.intake.words import MEANINGS, PERIODS, UNKNOWN_UNITS

ENDINGS = ".xlsx,.xls,.csv,.docx,.pdf"
LONGEST_CELL = 32_767  # characters of a cell: what a spreadsheet itself allows
LONGEST_LINE = 60  # characters that an input of one line shows
MONEY_UNITS = ("元", "万元", "亿元")
UNDECIDED = pgettext_lazy("answer", "– decide –")


class SheetUpload(forms.Form):
    """A sheet as the office has it; the day of its figures where its title does not say."""

    file = forms.FileField(
        label=gettext_lazy("Sheet or list"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty. Check that it was saved."),
        },
    )
    as_of = DayField(
        label=gettext_lazy("Data day"),
        required=False,
        help_text=gettext_lazy("The day its figures are of. Left empty, it is read in the title."),
    )
    import_id = forms.UUIDField(widget=forms.HiddenInput)
    """Makes a second click the same sheet."""


class WithdrawReason(forms.Form):
    """Why what a sheet brought is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks of a sheet: each question with what was answered before."""

    as_of: date | None
    unknown_units: str
    units: Mapping[str, tuple[Sequence[tuple[str, str]], str]]
    """Name as written: proposals (id, name), and the answer so far."""
    periods: Mapping[int, str]
    meanings: Mapping[int, tuple[str, bool]]
    """Column: what it means now, and whether that is in doubt."""
    rows: Mapping[int, tuple[Sequence[tuple[str, str]] | None, str]]
    """Row: candidates (id, name), None where there is no question; and the answer so far."""
    cells: Mapping[tuple[int, int], str]
    """Row and column: the text now."""
    known_units: Mapping[str, str] = field(default_factory=dict)
    """Units of the tree that may be named, name to id."""
    money_unit: str | None = None
    """The unit of amounts that the sheet leaves without one; None: it leaves none so."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a page sent: answers as the commands take them; "" takes an answer back."""

    as_of: date
    unknown_units: str
    units: Mapping[str, str]
    periods: Mapping[int, str]
    meanings: Mapping[int, str]
    rows: Mapping[int, str]
    cells: Mapping[tuple[int, int], str]
    money_unit: str


def key_of(name: str) -> str:
    """Return a short key for a name as written: names can be of any length and letters."""
    return sha256(name.encode()).hexdigest()[:12]


class AnswerForm(forms.Form):
    """Every question of a page in one form, so that either button takes along all that was typed.

    Fields: ``unit_KEY`` and ``other_KEY``, ``period_COLUMN``, ``meaning_COLUMN``, ``row_ROW``,
    ``skip_ROW``, ``cell_ROW_COLUMN``; keys, rows and columns are those of ``Asked``.
    """

    as_of = DayField(label=gettext_lazy("Data day"))
    unknown_units = forms.ChoiceField(
        label=gettext_lazy("Until it is decided"),
        choices=list(UNKNOWN_UNITS.items()),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: QueryDict | None = None, *, asked: Asked) -> None:
        known = {"as_of": asked.as_of, "unknown_units": asked.unknown_units}
        super().__init__(data, initial=known, label_suffix="")
        self.asked = asked
        if asked.money_unit is not None:
            self.fields["money_unit"] = _money_unit(asked.money_unit)
        self.fields.update(self._units())
        self.fields.update(self._columns())
        self.fields.update(self._rows())

    def _units(self) -> Iterable[tuple[str, forms.Field]]:
        """Give each unknown unit its choice, and a box for the name of any other."""
        for name, (proposals, answer) in self.asked.units.items():
            choices = [
                ("", _("– as said below –")),
                *proposals,
                ("new", _("A new unit of this name")),
                ("note", _("Keep the name as a note")),
            ]
            chosen = forms.ChoiceField(
                label=_("What «%(name)s» means") % {"name": name},
                choices=choices,
                required=False,
                initial=answer,
            )
            other = forms.CharField(
                label=_("Another unit for «%(name)s»") % {"name": name},
                required=False,
                max_length=200,
                widget=forms.TextInput(
                    attrs={
                        "list": "units",
                        "autocomplete": "off",
                        "placeholder": _("or another unit, by name"),
                    }
                ),
            )
            yield f"unit_{key_of(name)}", chosen
            yield f"other_{key_of(name)}", other

    def _columns(self) -> Iterable[tuple[str, forms.Field]]:
        """Give each column of figures its period, each doubtful one its meaning."""
        for column, answer in self.asked.periods.items():
            yield (
                f"period_{column}",
                forms.ChoiceField(
                    choices=list(PERIODS.items()),
                    required=False,
                    initial=answer,
                    widget=forms.RadioSelect,
                ),
            )
        for column, (meaning, in_doubt) in self.asked.meanings.items():
            choices = [*([("", UNDECIDED)] if in_doubt else []), *MEANINGS.items()]
            yield (
                f"meaning_{column}",
                forms.ChoiceField(
                    choices=choices, required=False, initial="" if in_doubt else meaning
                ),
            )

    def _rows(self) -> Iterable[tuple[str, forms.Field]]:
        """Give each row a box to leave it out, a choice where it is asked about, and its cells."""
        for row, (candidates, answer) in self.asked.rows.items():
            label = _("Leave row %(row)s out") % {"row": row + 1}
            yield (
                f"skip_{row}",
                forms.BooleanField(label=label, required=False, initial=answer == "skip"),
            )
            if candidates is not None:
                yield (
                    f"row_{row}",
                    forms.ChoiceField(
                        label=_("Which matter row %(row)s is") % {"row": row + 1},
                        choices=[("", UNDECIDED), *candidates, ("new", _("A new matter"))],
                        required=False,
                        initial="" if answer == "skip" else answer,
                    ),
                )
        for (row, column), text in self.asked.cells.items():
            name = f"cell_{row}_{column}"
            yield name, _cell(text, why=f"id_{name}_why")

    def clean(self) -> dict[str, Any]:
        """Find the units that were named, and put the sentence at the field of one not known."""
        for name in self.asked.units:
            typed = (self.cleaned_data.get(f"other_{key_of(name)}") or "").strip()
            if typed and typed not in self.asked.known_units:
                self.add_error(
                    f"other_{key_of(name)}",
                    ValidationError(
                        _("There is no unit «%(name)s». Choose one of the list."),
                        params={"name": typed},
                    ),
                )
        return self.cleaned_data

    def given(self) -> Answers:
        """Return the answers of a valid form."""
        said = self.cleaned_data
        return Answers(
            as_of=said["as_of"],
            unknown_units=said["unknown_units"],
            units={name: self._unit(name) for name in self.asked.units},
            periods={column: said[f"period_{column}"] for column in self.asked.periods},
            meanings={column: said[f"meaning_{column}"] for column in self.asked.meanings},
            rows={
                row: "skip" if said[f"skip_{row}"] else said.get(f"row_{row}", "")
                for row in self.asked.rows
            },
            cells={
                (row, column): _plain(said[f"cell_{row}_{column}"])
                for row, column in self.asked.cells
            },
            money_unit=said.get("money_unit", self.asked.money_unit or ""),
        )

    def _unit(self, name: str) -> str:
        """Return a unit's answer: what was typed goes before what was chosen."""
        typed = self.cleaned_data[f"other_{key_of(name)}"].strip()
        chosen: str = self.cleaned_data[f"unit_{key_of(name)}"]
        return self.asked.known_units[typed] if typed else chosen


def _money_unit(answer: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Amounts without a unit are in"),
        choices=[("", UNDECIDED), *((unit, unit) for unit in MONEY_UNITS)],
        required=False,
        initial=answer,
    )


def _cell(text: str, *, why: str) -> forms.CharField:
    """Return a field for a cell's text: of one line, or of as many as the text has.

    ``why`` is the id of the sentence that says what is the matter.
    """
    is_long = "\n" in text or len(text) > LONGEST_LINE
    widget = forms.Textarea(attrs={"rows": 2}) if is_long else forms.TextInput()
    widget.attrs |= {"autocomplete": "off", "aria-describedby": why}
    return forms.CharField(
        required=False, initial=text, max_length=LONGEST_CELL, strip=False, widget=widget
    )


def _plain(text: str) -> str:
    """Return a text with the line ends of a sheet: forms send other ones."""
    return text.replace("\r\n", "\n")
