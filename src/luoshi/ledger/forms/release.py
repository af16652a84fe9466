"""The steps inside a unit: each speaks of one submission and holds from today."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from luoshi.ledger.forms.frame import Reasoned, VerbForm
from luoshi.ledger.forms.progress import FilesField, ManyFiles


class OneSubmission(VerbForm):
    """A step of one submission; nobody chooses its day."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["on"].widget = forms.HiddenInput()

    @property
    def asked(self) -> UUID | None:
        """Return the submission that the address or the form names."""
        try:
            return UUID(str(self["submission"].value()))
        except ValueError:
            return None


class SendBack(OneSubmission, Reasoned):
    """Send it back, with the reason."""


class Release(OneSubmission):
    """Let it out: by click, or with the scan of the signed and sealed sheet."""

    sheet = FilesField(
        label=gettext_lazy("Scan of the signed and sealed sheet"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG or PNG; at most 20 MB."),
        widget=ManyFiles(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        one = self.state.submissions.get(self.asked) if self.asked else None
        if one is None or not one.fact.way.on_paper:
            del self.fields["sheet"]
        else:
            self.fields["sheet"].required = True  # the rule refuses without it, in words
