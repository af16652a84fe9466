"""Page input of the standards: a year's arrangement, pasted from its notice or typed."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.base.fields import DayField
from luoshi.base.wording import sentence_for
from luoshi.rules.arrangement import Arranged, read_arrangement
from luoshi.rules.refusals import Refusal

LONGEST_NOTICE = 4000  # characters
FIRST_YEAR, LAST_YEAR = 1990, 2100


class AnnounceYear(forms.Form):
    """A year, its document, the day of its announcement, and the words of the arrangement."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    document = forms.CharField(
        label=_("Document number"),
        max_length=100,
        help_text=_("The notice's number, such as 国办发明电〔2025〕7号."),
    )
    announced = DayField(label=_("Announced on"))
    words = forms.CharField(
        label=_("Arrangement"),
        max_length=LONGEST_NOTICE,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Paste the part of the notice that names the days, or write "
            "放假：1月1日、2月16日至20日；上班：2月14日. Weekends need not be named."
        ),
    )
    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    command_id = forms.UUIDField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, known: dict[str, Any]) -> None:
        super().__init__(data, initial={"command_id": uuid4(), **known})

    def clean(self) -> dict[str, Any]:
        """Read the words as days of the year."""
        said = super().clean() or {}
        if "year" in said and "words" in said:
            try:
                said["arranged"] = read_arrangement(said["words"], year=said["year"])
            except Refusal as refusal:
                self.add_error("words", sentence_for(refusal))
        return said

    @property
    def arranged(self) -> Arranged:
        """Return the days that were read."""
        found: Arranged = self.cleaned_data["arranged"]
        return found
