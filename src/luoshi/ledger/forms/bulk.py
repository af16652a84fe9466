"""Page input for one verb on many matters: what all of them share."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from luoshi.base.fields import DayField
from luoshi.ledger.forms.fixes import SetStage
from luoshi.ledger.forms.frame import Options, id_choices, text_field


class Bulk(forms.Form):
    """A verb that needs nothing but its day."""

    on = DayField(label=gettext_lazy("Holds from"))

    def __init__(self, data: Any = None, *, options: Options, on: date) -> None:
        super().__init__(data, initial={"on": on})
        self.fill(options)

    def fill(self, options: Options) -> None:
        """Fill choices from the options of the day."""

    def given(self) -> dict[str, Any]:
        """Return what each command takes besides its matter."""
        return {name: value for name, value in self.cleaned_data.items() if name != "on"}


class BulkReasoned(Bulk):
    """A verb that needs a reason, the same for all."""

    reason = text_field(gettext_lazy("Reason"), required=True)
    field_order = ("reason", "on")


class BulkPlace(Bulk):
    """The goals that all are to stand on, in place of those they stand on now."""

    goals = id_choices(gettext_lazy("Goals"))
    field_order = ("goals", "on")

    def fill(self, options: Options) -> None:
        """Offer the goals of the day."""
        self.fields["goals"].choices = options.goals  # type: ignore[attr-defined]
        self.fields["goals"].required = True

    def given(self) -> dict[str, Any]:
        """Return the goals as the command takes them."""
        return {"goals": tuple(self.cleaned_data["goals"])}


class BulkStage(Bulk):
    """The stage at which all stand from a day on: the turn of a year, a new list."""

    stage = SetStage.base_fields["stage"]
    listed = SetStage.base_fields["listed"]
    field_order = ("stage", "listed", "on")


BULK: Mapping[str, type[Bulk]] = {
    "confirm_report": Bulk,
    "place": BulkPlace,
    "set_stage": BulkStage,
    "assign": Bulk,
    "accept": Bulk,
    "suspend": BulkReasoned,
    "resume": BulkReasoned,
}
"""What can be done to many at once.

What is judged for each by itself is not here: verifying and closing out look at each work done,
reporting and the three fixes differ from matter to matter, abolishing gives a promise up.
"""
