"""What every form of a verb has, and the fields they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from luoshi.base.fields import DayField
from luoshi.rules.ledger.state import MatterState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_TEXT = 4000
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Options:
    """What a form may offer on its day: units, posts, goals in their order; the matter's texts.

    ``files`` are those of a submission that is mended; ``codes`` are free, the likeliest first.
    """

    units: Choices = ()
    posts: Choices = ()
    goals: Choices = ()
    texts: Choices = ()
    files: Choices = ()
    codes: Sequence[str] = ()


class VerbForm(forms.Form):
    """Any verb: its day, what the writer saw, the id that makes a second click the same command."""

    on = DayField(label=gettext_lazy("Holds from"))
    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    command_id = forms.UUIDField(widget=forms.HiddenInput)
    consent = forms.CharField(
        label=gettext_lazy("Reason for asking above the cap"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    conflict: Sequence[tuple[str, str, str]] = ()
    """What somebody else wrote meanwhile, beside what was typed: name, theirs, yours."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        state: MatterState,
        options: Options,
        on: date,
        expected: int,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        known = {
            "on": on,
            "expected": expected,
            "command_id": uuid4(),
            **self.known(state),
            **(initial or {}),
        }
        super().__init__(data, files, initial=known)
        self.state = state
        self.fill(options)
        self._consent = self.fields.pop("consent")
        if data is not None and "consent" in data:
            self.ask_consent()
        self.order_fields([name for name in self.fields if name != "on"] + ["on"])

    def ask_consent(self) -> None:
        """Show the field for the office's consent: only where a cap on asks stands in the way."""
        self.fields["consent"] = self._consent

    def known(self, _state: MatterState) -> dict[str, Any]:
        """Return what the ledger holds already: nothing is typed twice."""
        return {}

    def fill(self, options: Options) -> None:
        """Fill choices from the options of the day."""

    def given(self) -> dict[str, Any]:
        """Return what the command takes besides the matter and how it was sent."""
        common = set(VerbForm.base_fields)
        return {name: value for name, value in self.cleaned_data.items() if name not in common}


def text_field(
    label: "StrOrPromise",
    *,
    required: bool = False,
    rows: int = 3,
    help_text: "StrOrPromise" = "",
) -> forms.CharField:
    """Return a field for words of some length."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class Plain(VerbForm):
    """A verb that needs nothing but its day."""


class Noted(VerbForm):
    """A verb that puts words on the matter."""

    note = forms.CharField(label=gettext_lazy("Note"), max_length=4000, widget=forms.Textarea)


class Reasoned(VerbForm):
    """A verb that needs a reason."""

    reason = text_field(gettext_lazy("Reason"), required=True)


def id_choice(label: "StrOrPromise", *, required: bool = False) -> forms.TypedChoiceField:
    """Return a field that offers one thing by its id."""
    return forms.TypedChoiceField(label=label, required=required, coerce=UUID, empty_value=None)


def id_choices(label: "StrOrPromise") -> forms.TypedMultipleChoiceField:
    """Return a field that offers several things by their ids."""
    return forms.TypedMultipleChoiceField(label=label, required=False, coerce=UUID, empty_value=[])


def or_none(choices: Choices) -> list[tuple[str, str]]:
    """Return the choices with an empty one before them."""
    return [("", "—"), *choices]
