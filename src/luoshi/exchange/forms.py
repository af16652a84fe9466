"""What is typed to make a subscription or a calendar address."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.base.threads import kinds
from luoshi.exchange.commands.calendars import LONGEST_ALARM
from luoshi.exchange.feed import Narrowed
from luoshi.exchange.permissions import READ_BY
from luoshi.exchange.words import THREADS
from luoshi.organisation.queries import UnitOn
from luoshi.rules.webhooks import LONGEST_ADDRESS

SHIFT = "　"  # a full-width blank for each step down the tree of units


def unit_choices(units: Sequence[UnitOn], nothing: Any) -> list[tuple[str, Any]]:
    """Return units as choices in their order, after the one that names none."""
    return [("", nothing), *((str(one.id), SHIFT * one.depth + one.name) for one in units)]


class Subscription(forms.Form):
    """Where entries are posted, and which."""

    label = forms.CharField(
        label=_("Name of the system"),
        max_length=60,
        widget=forms.TextInput(attrs={"autofocus": ""}),
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Entries are posted there, each once or more often. It begins with https://."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind, THREADS[kind]) for kind in READ_BY if kind != "audit"],
        help_text=_("Nothing chosen: of everything your post may read."),
    )
    facts = forms.CharField(
        label=_("Only these kinds of entry"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Stored names apart by blanks, such as matter.progress_reported."),
    )
    unit = forms.ChoiceField(
        label=_("Only of a unit"),
        required=False,
        help_text=_("What was recorded for it, and the matters that it does now."),
    )
    is_from_start = forms.BooleanField(
        label=_("From the first entry on"),
        required=False,
        help_text=_("Otherwise from now on."),
    )

    command_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, units: Sequence[UnitOn]) -> None:
        super().__init__(data, initial={"command_id": uuid4()})
        unit: Any = self.fields["unit"]
        unit.choices = unit_choices(units, _("All units"))

    def clean_facts(self) -> frozenset[str]:
        """Return the kinds of entry. Raises ValidationError for one that nobody records."""
        typed = frozenset(self.cleaned_data["facts"].split())
        known = {name for kind in kinds().values() for name in kind.codec.by_name}
        if unknown := sorted(typed - known):
            raise ValidationError(
                _("Nothing is recorded under «%(name)s»."), params={"name": unknown[0]}
            )
        return typed

    def given(self) -> dict[str, Any]:
        """Return what the command takes."""
        said = self.cleaned_data
        narrowed = Narrowed(
            kinds=frozenset(said["kinds"]),
            facts=said["facts"],
            unit=UUID(said["unit"]) if said["unit"] else None,
        )
        after = 0 if said["is_from_start"] else None
        plain = {name: said[name] for name in ("label", "url", "command_id")}
        return {**plain, "narrowed": narrowed, "after": after}


class CalendarAddress(forms.Form):
    """Whose days a calendar shows, and when it reminds."""

    unit = forms.ChoiceField(
        label=_("Days of"),
        required=False,
        help_text=_("A post has the days of the matters it answers for or sponsors."),
    )
    alarm_days = forms.IntegerField(
        label=_("Remind so many days before"),
        required=False,
        min_value=0,
        max_value=LONGEST_ALARM,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("At nine in the morning; empty for no reminder."),
    )

    command_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, units: Sequence[UnitOn], chosen: str = ""
    ) -> None:
        super().__init__(data, initial={"unit": chosen, "command_id": uuid4()})
        unit: Any = self.fields["unit"]
        unit.choices = unit_choices(units, _("For my post"))

    def given(self) -> dict[str, Any]:
        """Return what the command takes."""
        said = self.cleaned_data
        unit = UUID(said["unit"]) if said["unit"] else None
        return {**said, "unit": unit}
