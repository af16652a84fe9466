"""Reporting, answering, changing and correcting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.fields import AmountField, DayField
from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.ledger.forms.frame import Options, Reasoned, VerbForm, text_field
from luoshi.ledger.forms.lines import lines_of, milestone_lines, milestones_of
from luoshi.ledger.words import target_in_text
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import Answer, MatterState

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


def said_before(target: f.Target, told: Sequence[f.ProgressReported]) -> str:
    """Return the target and the last figure told of it: nobody looks up what to go on from."""
    figures = [
        fact for fact in told if fact.achieved is not None and fact.target in {"", target.key}
    ]
    said = {"target": target_in_text(target.comparator, target.quantity, target.unit)}
    if not figures:
        return _("Target %(target)s; nothing was reported yet.") % said
    last = max(figures, key=lambda fact: fact.measured_on)
    return _("Target %(target)s; last reported %(achieved)s, as measured on %(day)s.") % {
        **said,
        "achieved": f"{amount_in_text(last.achieved)} {target.unit}",
        "day": day_in_text(last.measured_on),
    }


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
        told = [one.fact for one in self.state.reports.values() if one.answer != Answer.REFUSED]
        target = self.state.leading_target
        if target is None:
            del self.fields["achieved"]
        else:
            self.fields["achieved"].unit = target.unit  # type: ignore[attr-defined]
            self.fields["achieved"].help_text = said_before(target, told)
        done = {step.key for fact in told for step in fact.milestones_done}
        steps = self.state.plan.milestones if self.state.plan else ()
        if ahead := [step for step in steps if step.key not in done]:
            self.fields["milestones_done"].choices = [  # type: ignore[attr-defined]
                (step.key, f"{step.title} · {step.due}") for step in ahead
            ]
        else:
            del self.fields["milestones_done"]
        is_started = any(fact.started_on for fact in told)
        if is_started or self.state.plan is None or self.state.plan.planned_start is None:
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
    milestones = text_field(
        gettext_lazy("New milestones"),
        rows=5,
        help_text=gettext_lazy(
            "One a line: day, title, and a weight if you like; such as 2026-6-30 主体封顶 30"
        ),
    )

    def known(self, state: MatterState) -> dict[str, Any]:
        """Offer the steps as they stand: only what changes is typed."""
        return {"milestones": milestone_lines(state.plan.milestones) if state.plan else ""}

    def fill(self, _options: Options) -> None:
        """Say beside each field what stands now."""
        plan, target = self.state.plan, self.state.leading_target
        if plan is not None and plan.due is not None:
            self.fields["due"].help_text = _("Now %(now)s") % {"now": day_in_text(plan.due)}
        if target is not None:
            now = target_in_text(target.comparator, target.quantity, target.unit)
            self.fields["quantity"].unit = target.unit  # type: ignore[attr-defined]
            self.fields["quantity"].help_text = _("Now %(now)s") % {"now": now}

    def clean_milestones(self) -> tuple[f.Milestone, ...] | None:
        """Leave the steps as they are where nothing was typed."""
        text = self.cleaned_data["milestones"]
        plan = self.state.plan
        same = plan is not None and lines_of(text) == lines_of(milestone_lines(plan.milestones))
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
    """Replace the figures of a report, the day of any entry, or take an entry back."""

    entry = forms.IntegerField(widget=forms.HiddenInput)
    withdraw = forms.BooleanField(label=gettext_lazy("Take the whole entry back"), required=False)
    achieved = AmountField(label=gettext_lazy("Right amount"), required=False)
    measured_on = DayField(label=gettext_lazy("Right day of measurement"), required=False)

    def fill(self, _options: Options) -> None:
        """Ask for figures where the entry has some: of others only the day is put right."""
        target = self.state.leading_target
        if "measured_on" in self.initial:
            self.fields["achieved"].unit = target.unit if target else ""  # type: ignore[attr-defined]
            return
        del self.fields["achieved"], self.fields["measured_on"]
        self.fields["withdraw"].help_text = _(
            "Only the day is corrected here. Where something else is wrong, take the entry back "
            "and record it anew."
        )
