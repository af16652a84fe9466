"""What the audit list is searched by."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.audit.queries import Narrowed
from luoshi.audit.words import OUTCOMES
from luoshi.base.fields import DayField

ANY = ("", "—")


class Search(forms.Form):
    """The filters, as they stand in the address; what cannot be read is said and left out."""

    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)
    verb = forms.ChoiceField(label=_("What"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[ANY, *((one.value, words) for one, words in OUTCOMES.items())],
    )
    post = forms.ChoiceField(label=_("Post"), required=False)
    address = forms.CharField(label=_("From where (address)"), required=False, max_length=45)
    thing = forms.UUIDField(
        label=_("Object (number)"),
        required=False,
        error_messages={"invalid": _("Copy the whole number of the object from the list.")},
    )

    def __init__(
        self, *given: Any, verbs: list[tuple[str, str]], posts: list[tuple[str, str]], **named: Any
    ) -> None:
        """Take the verbs and posts that may be chosen."""
        super().__init__(*given, **named)
        self.fields["verb"].choices = [ANY, *verbs]  # type: ignore[attr-defined]
        self.fields["post"].choices = [ANY, *posts]  # type: ignore[attr-defined]

    def narrowed(self) -> Narrowed:
        """Return what the list is narrowed to by the fields that can be read."""
        self.is_valid()
        said = self.cleaned_data
        post = said.get("post")
        return Narrowed(
            since=said.get("since"),
            until=said.get("until"),
            verb=said.get("verb", ""),
            outcome=said.get("outcome", ""),
            address=said.get("address", ""),
            post=UUID(post) if post else None,
            thing=said.get("thing"),
        )
