"""What is asked when a unit begins, changes, ends, joins another or is split."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.organisation.forms.frame import (
    ActForm,
    kind_field,
    name_field,
    one_of,
    order_field,
    some_of,
    territory_field,
)
from luoshi.rules.nodes import LONGEST_NAME, NodeState

MOST_PARTS = 50


class FoundUnit(ActForm):
    """A new unit."""

    name = name_field(gettext_lazy("Name of the unit"))
    kind = kind_field()
    parent = one_of(gettext_lazy("Unit above"), required=False)
    order = order_field()
    territory = territory_field()
    note = forms.CharField(label=gettext_lazy("Remark"), max_length=200, required=False)


class Rename(ActForm):
    """Another name."""

    name = name_field(gettext_lazy("New name"))

    def known(self, state: NodeState) -> dict[str, Any]:
        """Begin with the name it has."""
        return {"name": state.name}


class Classify(ActForm):
    """Another kind."""

    kind = kind_field()

    def known(self, state: NodeState) -> dict[str, Any]:
        """Begin with the kind it has."""
        return {"kind": state.kind}


class Bound(ActForm):
    """Another territory."""

    territory = territory_field()

    def known(self, state: NodeState) -> dict[str, Any]:
        """Begin with the territory it has."""
        return {"territory": state.territory}


class Move(ActForm):
    """Another unit above."""

    parent = one_of(gettext_lazy("Unit above"), required=False)

    def known(self, state: NodeState) -> dict[str, Any]:
        """Begin with the place it has."""
        return {"parent": state.parent}


class Order(ActForm):
    """Another place in the official order."""

    order = order_field()

    def known(self, state: NodeState) -> dict[str, Any]:
        """Begin with the place it has."""
        return {"order": state.order}


class End(ActForm):
    """It ends; who takes over."""

    successors = some_of(
        gettext_lazy("Who takes over"),
        help_text=gettext_lazy("Posts and units below go over to the first one in the order."),
    )


class Merge(ActForm):
    """It joins others in one of them, in a third one, or in a new one."""

    others = some_of(gettext_lazy("Units that end with it"))
    into = one_of(gettext_lazy("Goes over to this unit"), required=False)
    name = name_field(gettext_lazy("or to a new unit of this name"), required=False)
    kind = kind_field(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of both: a known unit, or the name of a new one."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("into")) == bool(said.get("name", "").strip()):
            raise ValidationError(_("Choose a unit, or name a new one: one of both."))
        return said


class Split(ActForm):
    """It ends, and several begin in its place."""

    names = forms.CharField(
        label=gettext_lazy("Units that begin, one a line"),
        max_length=MOST_PARTS * LONGEST_NAME,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "The first one takes over posts and units below; others are moved afterwards."
        ),
    )

    def clean_names(self) -> list[str]:
        """Return the names, without blank lines."""
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(names) > MOST_PARTS or len(set(names)) < len(names):
            raise ValidationError(_("Give each unit a name of its own, at most 50 of them."))
        return names


UNIT_FORMS: dict[str, type[ActForm]] = {
    "rename": Rename,
    "move": Move,
    "order": Order,
    "classify": Classify,
    "bound": Bound,
    "merge": Merge,
    "split": Split,
    "end": End,
}
"""The forms of what can be done to a unit, by their names in addresses."""
