"""Page input of reports: the file, and a statement as a person writes it anew."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.base.fields import DayField
from luoshi.intake.reports.words import COMPARATORS, KINDS

ENDINGS = ".txt,.docx,.pdf,.html,.htm"
EARLIEST, LATEST = 1990, 2100
LONGEST_REASON = 400
NEW_MATTER = pgettext_lazy("matter", "new")
"""What a person writes in place of a code where the ledger has no such matter yet."""


class ReportUpload(forms.Form):
    """A report as it was published; what its text does not say is asked."""

    file = forms.FileField(
        label=_("Report or article"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Check that it was saved."),
        },
    )
    title = forms.CharField(
        label=pgettext_lazy("report", "Title"),
        max_length=255,
        required=False,
        help_text=_("Left empty, its first heading."),
    )
    place = forms.CharField(
        label=pgettext_lazy("report", "Place"),
        max_length=100,
        required=False,
        help_text=_("Of which place it speaks, if not of this district."),
    )
    day = DayField(
        label=_("Day it was given"), required=False, help_text=_("Left empty, it is read in it.")
    )
    year = forms.IntegerField(
        label=_("Year it plans"),
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        help_text=_("Left empty, it is read in it."),
    )
    document_id = forms.UUIDField(widget=forms.HiddenInput)
    """Makes a second click the same report."""


class ReportAbout(forms.Form):
    """What is known of a report, put right while it is reviewed.

    It knows what it showed: two who put right different fields do not undo each other.
    """

    title = forms.CharField(
        label=pgettext_lazy("report", "Title"), max_length=255, show_hidden_initial=True
    )
    place = forms.CharField(
        label=pgettext_lazy("report", "Place"),
        max_length=100,
        required=False,
        help_text=_("Of which place it speaks, if not of this district."),
        show_hidden_initial=True,
    )
    day = DayField(label=_("Day it was given"), show_hidden_initial=True)
    year = forms.IntegerField(
        label=_("Year it plans"),
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        show_hidden_initial=True,
    )

    def said(self, now: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields as they are to be; what was not touched stays as it is ``now``."""
        untouched = {
            name
            for name in self.fields
            if self.add_initial_prefix(name) in self.data and name not in self.changed_data
        }
        return {
            name: now[name] if name in untouched else said
            for name, said in self.cleaned_data.items()
        }


class ReportReason(forms.Form):
    """Why a report is withdrawn of which something is in the ledger."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class MendStatement(forms.Form):
    """One statement in place; ``units`` and ``posts`` are names to ids, ``matters`` codes."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    subject = forms.CharField(label=_("Subject"), required=False, max_length=200)
    comparator = forms.ChoiceField(
        label=_("Comparison of amounts"), choices=list(COMPARATORS.items()), required=False
    )
    value = forms.CharField(label=pgettext_lazy("figure", "Value"), required=False, max_length=40)
    unit = forms.CharField(label=_("Unit of measure"), required=False, max_length=40)
    period = forms.CharField(label=_("Period"), required=False, max_length=40)
    deadline = DayField(label=_("Due"), required=False)
    lead = forms.CharField(label=_("Lead unit"), required=False, max_length=200)
    supporting = forms.CharField(
        label=_("Supporting units"), required=False, max_length=400, help_text=_("Parted by 、")
    )
    sponsor = forms.CharField(label=_("Sponsoring leader's post"), required=False, max_length=200)

    matter = forms.CharField(
        label=_("Matter of the ledger"),
        required=False,
        max_length=60,
        help_text=_("Its code where it is there already; “new” for a new one"),
    )

    def __init__(
        self,
        *args: Any,
        units: Mapping[str, str],
        posts: Mapping[str, str],
        matters: Mapping[str, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.units, self.posts, self.matters = units, posts, matters
        self.fields["lead"].widget.attrs |= {"list": "units", "autocomplete": "off"}
        self.fields["sponsor"].widget.attrs |= {"list": "posts", "autocomplete": "off"}

    def clean_lead(self) -> str:
        """Return the unit's id; a name nobody knows is said at the field."""
        return self._found("lead", self.units)

    def clean_sponsor(self) -> str:
        """Return the post's id."""
        return self._found("sponsor", self.posts)

    def clean_supporting(self) -> list[str]:
        """Return the ids of the units named."""
        names = [name.strip() for name in self.cleaned_data["supporting"].split("、")]
        return [self._known(name, self.units) for name in names if name]

    def clean_matter(self) -> str:
        """Return the id of the matter of a code, or that it is a new one."""
        code = self.cleaned_data["matter"].strip()
        if code in {"new", str(NEW_MATTER)}:
            return "new"
        if code and code not in self.matters:
            raise forms.ValidationError(
                _("No matter has the code «%(code)s». The board shows the codes."),
                params={"code": code},
            )
        return self.matters.get(code, "")

    def _found(self, field: str, known: Mapping[str, str]) -> str:
        name = self.cleaned_data[field].strip()
        return self._known(name, known) if name else ""

    @staticmethod
    def _known(name: str, known: Mapping[str, str]) -> str:
        if name not in known:
            raise forms.ValidationError(
                _("There is no «%(name)s» on that day. Choose one of the list."),
                params={"name": name},
            )
        return known[name]

    def fields_said(self) -> dict[str, str]:
        """Return the fields of the statement as the command takes them."""
        names = ("kind", "subject", "value", "unit", "comparator", "period", "deadline")
        said = {name: self.cleaned_data[name] for name in names}
        return {name: "" if value is None else str(value) for name, value in said.items()}

    def chosen(self) -> dict[str, Any]:
        """Return units and post as the command takes them."""
        names = ("lead", "supporting", "sponsor", "matter")
        return {name: self.cleaned_data[name] for name in names if name in self.data}
