"""How what a unit submits leaves it: which posts review and let out, by click or on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from luoshi.organisation.forms.frame import ActForm, Options, one_of, some_of
from luoshi.rules.nodes import NodeState


class SetRelease(ActForm):
    """The posts of the way, all of the unit; none: what is submitted is out at once."""

    reviewers = some_of(
        gettext_lazy("Who reviews"),
        help_text=gettext_lazy(
            "Any one of these posts. Without a head below, who reviews also lets out. "
            "Leave both empty and a submission is out at once."
        ),
    )
    head = one_of(gettext_lazy("Head who lets out"), required=False)
    on_paper = forms.BooleanField(
        label=gettext_lazy("The head signs on paper"),
        required=False,
        help_text=gettext_lazy(
            "The sheet is printed, signed and sealed; attaching its scan lets it out."
        ),
    )

    def known(self, state: NodeState) -> dict[str, Any]:
        """Begin with the way the unit has."""
        if state.way is None:
            return {}
        way = state.way
        return {
            "reviewers": [str(post) for post in way.reviewers],
            "head": way.head,
            "on_paper": way.on_paper,
        }

    def fill(self, options: Options) -> None:
        """Offer the unit's own posts."""
        self.fields["reviewers"].choices = options.posts  # type: ignore[attr-defined]
        self.fields["reviewers"].widget.attrs["size"] = min(6, max(2, len(options.posts)))
        self.fields["head"].choices = [("", "—"), *options.posts]  # type: ignore[attr-defined]
