"""Page input of the notices: how a person wants to be told, and the cap on asks."""

from collections.abc import Sequence
from datetime import time
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.notices.channels import Channel
from luoshi.notices.queries import Wish
from luoshi.notices.words import CHANNELS

ADDRESS = "address_"
LONGEST_ADDRESS = 120
HELP = {
    "email": _("Your address at work"),
    "wecom": _("Your member id in WeCom"),
    "dingtalk": _("Your member id in DingTalk"),
    "sms": _("Your number; it stands nowhere else"),
}


class Preferences(forms.Form):
    """How to be told beside the inbox; there is an address field for each way that needs one."""

    channels = forms.MultipleChoiceField(
        label=_("Beside the inbox, tell me by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "20:00"}),
        help_text=_("Leave both empty for no quiet hours."),
    )
    quiet_to = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "8:00"}),
        help_text=_("What comes meanwhile is sent at the next open moment."),
    )
    working_days_only = forms.BooleanField(label=_("Only on working days"), required=False)

    def __init__(
        self, data: QueryDict | None = None, *, wish: Wish, ways: Sequence[Channel]
    ) -> None:
        hours = wish.hours
        quiet = hours.quiet_from != hours.quiet_to
        super().__init__(
            data,
            initial={
                "channels": wish.channels,
                "quiet_from": f"{hours.quiet_from:%H:%M}" if quiet else "",
                "quiet_to": f"{hours.quiet_to:%H:%M}" if quiet else "",
                "working_days_only": hours.working_days_only,
            },
        )
        choices = cast("forms.MultipleChoiceField", self.fields["channels"])
        choices.choices = [(one.name, CHANNELS[one.name]) for one in ways]
        self.ways = ways
        for way in ways:
            if way.needs_address:
                self.fields[ADDRESS + way.name] = _address(way.name, wish)
        hours_last = ("quiet_from", "quiet_to", "working_days_only")
        self.order_fields([name for name in self.fields if name not in hours_last])

    def clean(self) -> dict[str, Any]:
        """Ask for the address of a way that was chosen, and for both ends of the quiet hours."""
        said = super().clean() or {}
        for name in said.get("channels", ()):
            field = ADDRESS + name
            if field in self.fields and field not in self.errors and not said.get(field):
                self.add_error(field, _("Say where to, or do not choose this way."))
        ends = [name for name in ("quiet_from", "quiet_to") if said.get(name) is None]
        if len(ends) == 1 and ends[0] not in self.errors:
            self.add_error(ends[0], _("Quiet hours have a beginning and an end."))
        return said

    def given(self) -> dict[str, Any]:
        """Return what the command takes."""
        said = self.cleaned_data
        addresses = {way.name: said[ADDRESS + way.name] for way in self.ways if way.needs_address}
        return {
            "channels": said["channels"],
            "addresses": addresses,
            "quiet_from": said["quiet_from"] or time(0),
            "quiet_to": said["quiet_to"] or time(0),
            "working_days_only": said["working_days_only"],
        }


def _address(name: str, wish: Wish) -> forms.CharField:
    return forms.CharField(
        label=CHANNELS[name],
        required=False,
        max_length=LONGEST_ADDRESS,
        initial=wish.addresses.get(name, ""),
        help_text=HELP[name],
        validators=[validate_email] if name == "email" else [],
    )


class Cap(forms.Form):
    """How many asks a post may get in a week; empty for no cap."""

    asks_per_week = forms.IntegerField(
        label=_("Asks a post may get in a week"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("Empty: no cap. Above it an ask needs the office's consent."),
    )
    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    command_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, cap: int | None = None, expected: int = 0
    ) -> None:
        known = {"asks_per_week": cap, "expected": expected, "command_id": uuid4()}
        super().__init__(data, initial=known)
