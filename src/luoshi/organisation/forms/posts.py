"""What is asked when a post begins, changes, is held, delegated, lent or ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from luoshi.base.fields import DayField
from luoshi.organisation.forms.frame import (
    ActForm,
    Options,
    duty_field,
    name_field,
    one_of,
    order_field,
    roles_field,
    some_of,
)
from luoshi.organisation.forms.units import Order, Rename
from luoshi.rules.nodes import NodeState


class FoundPost(ActForm):
    """A new post of a unit."""

    name = name_field(gettext_lazy("Name of the post"))
    duty = duty_field()
    roles = roles_field()
    order = order_field()


class Charge(ActForm):
    """Another duty, other roles."""

    duty = duty_field()
    roles = roles_field()

    def known(self, state: NodeState) -> dict[str, Any]:
        """Begin with what it has."""
        return {"duty": state.duty, "roles": list(state.roles)}


class MovePost(ActForm):
    """Another unit for good."""

    unit = one_of(gettext_lazy("Unit it goes over to"))


class Hold(ActForm):
    """A holder, for good or for a time."""

    person = one_of(gettext_lazy("Holder"))
    acting = forms.BooleanField(
        label=gettext_lazy("Acting for the post, not appointed"), required=False
    )
    until = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The last day, where one is set; it is over by itself."),
    )


class Vacate(ActForm):
    """Nobody holds it any more."""


class Spanned(ActForm):
    """Something from a day to a day; the first day is the day it holds from."""

    first = DayField(label=gettext_lazy("From"))
    last = DayField(
        label=gettext_lazy("To"), help_text=gettext_lazy("The last day; it is over by itself.")
    )

    def fill(self, options: Options) -> None:
        """Leave the day it is recorded for to the first day: nobody types it twice."""
        super().fill(options)
        del self.fields["on"]


class Delegate(Spanned):
    """Who acts for the holder, from when to when."""

    person = one_of(gettext_lazy("Who acts for it"))


class Lend(Spanned):
    """Where the post acts, from when to when."""

    unit = one_of(gettext_lazy("Unit it is lent to"))


class Recall(ActForm):
    """A delegation or loan is over."""

    key = one_of(gettext_lazy("What is over"))


class EndPost(ActForm):
    """It ends; who takes over its matters."""

    successors = some_of(gettext_lazy("Posts that take over"))

    def fill(self, options: Options) -> None:
        """Offer posts, not units."""
        self.fields["successors"].choices = options.posts  # type: ignore[attr-defined]


POST_FORMS: dict[str, type[ActForm]] = {
    "hold": Hold,
    "delegate": Delegate,
    "lend": Lend,
    "recall": Recall,
    "vacate": Vacate,
    "charge": Charge,
    "rename": Rename,
    "order": Order,
    "move": MovePost,
    "end": EndPost,
}
"""The forms of what can be done to a post, by their names in addresses."""
