"""What is asked when units and posts come in as a sheet."""

from django import forms
from django.utils.translation import gettext_lazy

from luoshi.base.fields import DayField


class SheetUpload(forms.Form):
    """The sheet of units and posts as it was taken out, with what is to change."""

    file = forms.FileField(
        label=gettext_lazy("Sheet of units and posts"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )
    on = DayField(label=gettext_lazy("Holds from"))


class WriteSheet(forms.Form):
    """The differences that were shown, signed, so that what is written is what was seen."""

    shown = forms.CharField(max_length=1_800_000, widget=forms.HiddenInput)
    command_id = forms.UUIDField(widget=forms.HiddenInput)
