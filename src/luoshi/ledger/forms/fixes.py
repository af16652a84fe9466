"""Registering a matter, placing it, and its three fixes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.fields import AmountField, DayField
from luoshi.ledger.forms.frame import Options, VerbForm, id_choice, id_choices, or_none, text_field
from luoshi.ledger.forms.lines import (
    amount_in_line,
    day_in_line,
    lines_of,
    milestone_lines,
    milestones_of,
    target_of,
)
from luoshi.ledger.words import COMPARATORS, KINDS, SOURCE_KINDS, STAGES
from luoshi.rules.colour import Comparator
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import MatterState


class Register(VerbForm):
    """Enter a matter."""

    code = forms.CharField(label=gettext_lazy("Code"), max_length=60)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS)
    origin = forms.ChoiceField(
        label=gettext_lazy("How it came in"),
        choices=[
            (f.Origin.ASSIGNED.value, gettext_lazy("Assigned by the district")),
            (f.Origin.PUBLISHED.value, gettext_lazy("Taken from a published document")),
        ],
    )
    source_kind = forms.ChoiceField(label=gettext_lazy("Source"), choices=SOURCE_KINDS)
    source_title = forms.CharField(label=gettext_lazy("Title of the source"), max_length=200)
    source_day = DayField(label=gettext_lazy("Day of the source"))
    source_place = forms.CharField(
        label=gettext_lazy("Place in the source"), max_length=200, required=False
    )
    goals = id_choices(gettext_lazy("Goals"))
    area = forms.CharField(label=gettext_lazy("Area"), max_length=100, required=False)
    verifier_unit = id_choice(gettext_lazy("Verifier (for the office's own matters)"))

    def fill(self, options: Options) -> None:
        """Offer goals and verifiers, and propose a code."""
        if options.codes:
            self.initial["code"] = options.codes[0]
            self.fields["code"].help_text = _("Free: %(codes)s. Any other may be written.") % {
                "codes": _(", ").join(options.codes)
            }
        self.fields["goals"].choices = options.goals  # type: ignore[attr-defined]
        self.fields["verifier_unit"].choices = or_none(options.units)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Put the source together."""
        said = super().given()
        source = f.Source(
            kind=f.SourceKind(said.pop("source_kind")),
            title=said.pop("source_title"),
            day=said.pop("source_day"),
            place=said.pop("source_place"),
        )
        said["kind"], said["origin"] = f.MatterKind(said["kind"]), f.Origin(said["origin"])
        return {**said, "goals": tuple(said["goals"]), "sources": (source,)}


class Place(VerbForm):
    """Put the matter on other goals."""

    goals = id_choices(gettext_lazy("Goals"))
    area = forms.CharField(label=gettext_lazy("Area"), max_length=100, required=False)

    def known(self, state: MatterState) -> dict[str, Any]:
        """Show where it stands."""
        return {"goals": [str(goal) for goal in state.goals], "area": state.area}

    def fill(self, options: Options) -> None:
        """Offer goals."""
        self.fields["goals"].choices = options.goals  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Give the goals as the command takes them."""
        said = super().given()
        return {**said, "goals": tuple(said["goals"])}


class SetStage(VerbForm):
    """四段."""

    stage = forms.TypedChoiceField(
        label=gettext_lazy("Project stage"), coerce=f.Stage, choices=[("", "—"), *STAGES.items()]
    )
    listed = forms.TypedChoiceField(
        label=gettext_lazy("Taken from a published list"),
        coerce=lambda value: value == "yes",
        choices=[("no", gettext_lazy("no")), ("yes", gettext_lazy("yes"))],
        initial="no",
    )

    def known(self, state: MatterState) -> dict[str, Any]:
        """Show the stage; where the next one comes from is for its writer to say."""
        return {"stage": state.stage.value if state.stage else ""}


class FixResponsibility(VerbForm):
    """定责任."""

    lead_unit = id_choice(gettext_lazy("Lead unit"), required=True)
    responsible_post = id_choice(gettext_lazy("Responsible post"))
    sponsoring_post = id_choice(gettext_lazy("Sponsoring leader's post"))
    supporting_units = id_choices(gettext_lazy("Supporting units"))

    def known(self, state: MatterState) -> dict[str, Any]:
        """Show who answers now."""
        fixed = state.responsibility
        if fixed is None:
            return {}
        return {
            "lead_unit": str(fixed.lead_unit),
            "supporting_units": [str(unit) for unit in fixed.supporting_units],
            "responsible_post": str(fixed.responsible_post or ""),
            "sponsoring_post": str(fixed.sponsoring_post or ""),
        }

    def fill(self, options: Options) -> None:
        """Offer units and posts."""
        self.fields["lead_unit"].choices = or_none(options.units)  # type: ignore[attr-defined]
        self.fields["supporting_units"].choices = options.units  # type: ignore[attr-defined]
        for name in ("responsible_post", "sponsoring_post"):
            self.fields[name].choices = or_none(options.posts)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Give the units as the command takes them."""
        said = super().given()
        return {**said, "supporting_units": tuple(said["supporting_units"])}


class FixTarget(VerbForm):
    """定目标: the leading target in fields, further ones a line each, or a criterion in words."""

    quantity = AmountField(label=gettext_lazy("Quantity"), required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=40, required=False)
    comparator = forms.ChoiceField(label=gettext_lazy("Comparison"), choices=COMPARATORS)
    baseline = AmountField(label=gettext_lazy("Baseline"), required=False)
    others = text_field(
        gettext_lazy("Further targets"),
        help_text=gettext_lazy(
            "One a line: subject, comparison, quantity, unit; such as 开工 >= 43 个"
        ),
    )
    acceptance = text_field(gettext_lazy("Criterion of acceptance, where there is no figure"))

    def known(self, state: MatterState) -> dict[str, Any]:
        """Show the targets that stand, the further ones a line each."""
        target = state.leading_target
        if target is None:
            return {}
        others = [t for t in state.targets if not t.leads]
        return {
            "quantity": target.quantity,
            "unit": target.unit,
            "comparator": target.comparator.value,
            "baseline": target.baseline,
            "others": "\n".join(
                f"{t.subject} {t.comparator} {t.quantity} {t.unit}" for t in others
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Hold quantity, unit and criterion together."""
        said = super().clean() or {}
        if said.get("quantity") is not None and not said.get("unit"):
            self.add_error("unit", _("Say in which unit the quantity is counted."))
        if said.get("quantity") is None and not said.get("acceptance"):
            self.add_error(
                "quantity", _("Give a quantity, or below a criterion of acceptance in words.")
            )
        return said

    def clean_others(self) -> tuple[f.Target, ...]:
        """Read the further targets; the line that is not understood is named."""
        lines = lines_of(self.cleaned_data["others"])
        return tuple(target_of(line, number) for number, line in enumerate(lines, start=2))

    def given(self) -> dict[str, Any]:
        """Put the leading target before the further ones."""
        said = self.cleaned_data
        targets: tuple[f.Target, ...] = ()
        if said["quantity"] is not None:
            leading = f.Target(
                key="main",
                quantity=said["quantity"],
                unit=said["unit"],
                comparator=Comparator(said["comparator"]),
                baseline=said["baseline"],
                leads=True,
            )
            targets = (leading, *said["others"])
        return {"targets": targets, "acceptance": said["acceptance"]}


class FixMilestones(VerbForm):
    """定节点: start, due, steps and plan; steps and plan a line each."""

    start = DayField(label=gettext_lazy("Start"), required=False)
    due = DayField(label=gettext_lazy("Due"), required=False)
    planned_start = DayField(label=gettext_lazy("Planned start of works"), required=False)
    milestones = text_field(
        gettext_lazy("Milestones"),
        rows=5,
        help_text=gettext_lazy(
            "One a line: day, title, and a weight if you like; such as 2026-6-30 主体封顶 30"
        ),
    )
    plan = text_field(
        gettext_lazy("Plan"),
        help_text=gettext_lazy(
            "One a line: day and the whole amount to be reached by then; such as 2026-6-30 120"
        ),
    )

    def known(self, state: MatterState) -> dict[str, Any]:
        """Show the plan that stands, a line for each step and point."""
        plan = state.plan
        if plan is None:
            return {}
        return {
            "start": plan.start,
            "due": plan.due,
            "planned_start": plan.planned_start,
            "milestones": milestone_lines(plan.milestones),
            "plan": "\n".join(f"{point.day} {point.amount}" for point in plan.plan),
        }

    def clean_milestones(self) -> tuple[f.Milestone, ...]:
        """Read the steps; the line that is not understood is named."""
        return milestones_of(self.cleaned_data["milestones"], self.state)

    def clean_plan(self) -> tuple[f.Planned, ...]:
        """Read day and amount of each line; the line that is not understood is named."""
        found = []
        for number, line in enumerate(lines_of(self.cleaned_data["plan"]), start=1):
            day, _space, amount = line.partition(" ")
            found.append(
                f.Planned(day=day_in_line(day, number), amount=amount_in_line(amount, number))
            )
        return tuple(found)
