"""What every form of the organisation has, and the fields they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from luoshi.base.fields import DayField
from luoshi.organisation.words import DUTIES, ROLES, UNIT_KINDS
from luoshi.rules.nodes import NodeState
from luoshi.rules.rights import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Options:
    """What a form may offer: units and posts of the day in their order, persons by name."""

    units: Choices = ()
    posts: Choices = ()
    people: Choices = ()
    spans: Choices = ()


class ActForm(forms.Form):
    """Any act on a unit or post: its day, what the writer saw, the id of the command.

    ``confirmed`` stands where the effect was shown and counted first.
    """

    on = DayField(label=gettext_lazy("Holds from"))
    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    command_id = forms.UUIDField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        state: NodeState,
        options: Options,
        on: date,
        expected: int,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        known = {"on": on, "expected": expected, "command_id": uuid4(), **self.known(state)}
        super().__init__(data, initial=known | dict(initial or {}))
        self.state = state
        self.fill(options)
        self.order_fields([name for name in self.fields if name != "on"] + ["on"])

    def known(self, _state: NodeState) -> dict[str, Any]:
        """Return what the ledger holds already: nothing is typed twice."""
        return {}

    def fill(self, options: Options) -> None:
        """Fill choices from the options of the day."""
        offered = {
            "parent": options.units,
            "unit": options.units,
            "into": options.units,
            "others": options.units,
            "successors": options.units,
            "person": options.people,
            "key": options.spans,
        }
        for name, choices in offered.items():
            field = self.fields.get(name)
            if isinstance(field, forms.TypedMultipleChoiceField):
                field.choices = choices
            elif isinstance(field, forms.ChoiceField):
                # Nobody is put into a post because his name stands first in the list.
                is_settled = field.required and len(choices) == 1
                field.choices = choices if is_settled else [("", "—"), *choices]


def name_field(label: "StrOrPromise", *, required: bool = True) -> forms.CharField:
    """Return a field for the name of a unit or post."""
    return forms.CharField(label=label, max_length=100, required=required)


def order_field() -> forms.IntegerField:
    """Return a field for a place in the official order."""
    return forms.IntegerField(
        label=gettext_lazy("Place in the official order"),
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("The smaller number stands first among its neighbours."),
    )


def kind_field(*, required: bool = True) -> forms.ChoiceField:
    """Return a field that offers the kinds of unit."""
    choices = [*([] if required else [("", "—")]), *UNIT_KINDS.items()]
    return forms.ChoiceField(label=gettext_lazy("Kind"), choices=choices, required=required)


def duty_field() -> forms.ChoiceField:
    """Return a field that offers the duties of a post."""
    choices = [("", "—"), *DUTIES.items()]
    return forms.ChoiceField(label=gettext_lazy("Duty"), choices=choices, required=False)


def roles_field() -> forms.MultipleChoiceField:
    """Return a field that offers the roles a post may carry."""
    return forms.MultipleChoiceField(
        label=gettext_lazy("Roles in the ledger"),
        choices=[(role.value, ROLES[role]) for role in Role if role != Role.PUBLIC],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Without one it is an officer's post."),
    )


def territory_field() -> forms.CharField:
    """Return a field for the territory of a unit, in words."""
    return forms.CharField(label=gettext_lazy("Territory"), max_length=100, required=False)


def one_of(label: "StrOrPromise", *, required: bool = True) -> forms.TypedChoiceField:
    """Return a field that offers one thing by its id."""
    return forms.TypedChoiceField(label=label, required=required, coerce=UUID, empty_value=None)


def some_of(label: "StrOrPromise", *, help_text: "StrOrPromise" = "") -> Any:
    """Return a field that offers several things by their ids."""
    return forms.TypedMultipleChoiceField(
        label=label,
        required=False,
        coerce=UUID,
        empty_value=[],
        help_text=help_text,
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
