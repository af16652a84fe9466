"""Reporting, answering, changing and correcting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.fields import AmountField, DayField
from luoshi.ledger.forms.frame import Options, Reasoned, VerbForm, text_field
from luoshi.ledger.forms.lines import milestone_lines, milestones_of
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import MatterState

MOST_FILES = 10


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is judged by its content when it is taken."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, refused when there are too many."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_FILES:
            raise ValidationError(_("Send at most %(most)s files at once.") % {"most": MOST_FILES})
        return [super(FilesField, self).clean(file, initial) for file in files]


class ReportProgress(VerbForm):
    """The whole amount so far, the steps reached, what is seen, what troubles, and the proof."""

    achieved = AmountField(label=gettext_lazy("Done so far"), required=False)
    measured_on = DayField(label=gettext_lazy("As measured on"))
    started_on = DayField(label=gettext_lazy("Works started on"), required=False)
    milestones_done = forms.MultipleChoiceField(
        label=gettext_lazy("Milestones reached by that day"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    visible_progress = text_field(gettext_lazy("Visible progress"))
    problems = text_field(gettext_lazy("Problems"))
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("Files kept from what came back"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    evidence = FilesField(
        label=gettext_lazy("Evidence"),
        required=False,
        help_text=gettext_lazy("PDF, PNG, JPEG, DOCX, XLSX; at most 10 files of 20 MB."),
    )

    def known(self, _state: MatterState) -> dict[str, Any]:
        """Offer nothing typed before: the whole amount is measured anew each time."""
        return {}

    def fill(self, options: Options) -> None:
        """Offer to keep the files of a submission that is mended: nobody sends them twice."""
        if options.files:
            self.fields["kept"].choices = options.files  # type: ignore[attr-defined]
            self.initial.setdefault("kept", [digest for digest, _name in options.files])
        else:
            del self.fields["kept"]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        target = self.state.leading_target
        if target is None:
            del self.fields["achieved"]
        else:
            self.fields["achieved"].unit = target.unit  # type: ignore[attr-defined]
        steps = self.state.plan.milestones if self.state.plan else ()
        if steps:
            self.fields["milestones_done"].choices = [  # type: ignore[attr-defined]
                (step.key, f"{step.title} · {step.due}") for step in steps
            ]
        else:
            del self.fields["milestones_done"]
        if self.state.plan is None or self.state.plan.planned_start is None:
            del self.fields["started_on"]

    def given(self) -> dict[str, Any]:
        """Turn the steps ticked into facts of the measured day."""
        said = super().given()
        day = said["measured_on"]
        keys = said.pop("milestones_done", [])
        done = tuple(f.MilestoneDone(key=key, done_on=day) for key in keys)
        return {**said, "milestones_done": done, "kept": tuple(said.get("kept", ()))}


class AnswerReport(VerbForm):
    """Confirm one report."""

    report = forms.UUIDField(widget=forms.HiddenInput)


class ReturnReport(Reasoned):
    """Return one report."""

    report = forms.UUIDField(widget=forms.HiddenInput)


class RequestChange(Reasoned):
    """Ask for another due day, quantity, steps, or an exemption for an objective cause."""

    due = DayField(label=gettext_lazy("New due day"), required=False)
    quantity = AmountField(label=gettext_lazy("New quantity"), required=False)
    exempt_until = DayField(
        label=gettext_lazy("Exempt until"),
        required=False,
        help_text=gettext_lazy(
            "For an objective cause: force majeure, heavy pollution stop, upper-level policy."
        ),
    )
    milestones = text_field(gettext_lazy("New milestones"))

    def clean_milestones(self) -> tuple[f.Milestone, ...] | None:
        """Leave the steps as they are where nothing was typed."""
        text = self.cleaned_data["milestones"]
        same = self.state.plan is not None and text.strip() == milestone_lines(
            self.state.plan.milestones
        )
        return None if not text.strip() or same else milestones_of(text, self.state)

    def given(self) -> dict[str, Any]:
        """Put the revision together."""
        said = super().given()
        names = ("due", "quantity", "exempt_until", "milestones")
        revision = f.Revision(**{name: said.pop(name) for name in names})
        return {**said, "revision": revision}


class DecideChange(Reasoned):
    """Grant or refuse one request."""

    request = forms.UUIDField(widget=forms.HiddenInput)
    granted = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("Grant")), ("no", gettext_lazy("Refuse"))],
        widget=forms.RadioSelect,
    )


class Redact(Reasoned):
    """Remove texts and files for good; their digests stay."""

    digests = forms.MultipleChoiceField(
        label=gettext_lazy("Texts and files to remove"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What is removed cannot be brought back by anybody."),
    )

    def fill(self, options: Options) -> None:
        """Offer what is still there."""
        self.fields["digests"].choices = options.texts  # type: ignore[attr-defined]


class Divide(VerbForm):
    """Name parts by their codes, a line each, with the share of the whole's figure."""

    parts = text_field(
        gettext_lazy("Parts"),
        required=True,
        rows=5,
        help_text=gettext_lazy("One a line: code of the matter and its share; such as PRG008 43"),
    )


class Correct(Reasoned):
    """Replace the figures of a report, or take an entry back."""

    entry = forms.IntegerField(widget=forms.HiddenInput)
    withdraw = forms.BooleanField(label=gettext_lazy("Take the whole entry back"), required=False)
    achieved = AmountField(label=gettext_lazy("Right amount"), required=False)
    measured_on = DayField(label=gettext_lazy("Right day of measurement"), required=False)
