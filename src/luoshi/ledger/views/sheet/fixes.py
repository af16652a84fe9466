"""The three fixes of a matter and what it is, as its page shows them."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.ledger import words
from luoshi.ledger.dossier import Dossier
from luoshi.ledger.views.sheet.facts import Fact, fact_of
from luoshi.rules.ledger.state import Fix


def fixes(found: Dossier) -> list[dict[str, Any]]:
    """Return the three fixes, each with what is fixed and what is missing."""
    facts = {
        Fix.RESPONSIBILITY: list(_responsibility(found)),
        Fix.TARGET: list(_targets(found)),
        Fix.MILESTONES: list(_days(found)),
    }
    return [
        {"name": name, "is_fixed": fix not in found.missing, "facts": facts[Fix(fix)]}
        for fix, name in words.FIXES.items()
    ]


def _responsibility(found: Dossier) -> Iterator[Fact]:
    fixed = found.state.responsibility
    post = fixed.responsible_post if fixed else None
    sponsor = fixed.sponsoring_post if fixed else None
    yield fact_of(_("Lead unit"), found.units.get(fixed.lead_unit, "") if fixed else "")
    yield fact_of(_("Responsible post"), found.posts.get(post, "") if post else "")
    if sponsor:
        yield fact_of(_("Sponsoring leader's post"), found.posts.get(sponsor, ""))
    if fixed and fixed.supporting_units:
        yield fact_of(
            _("Supporting units"),
            _(", ").join(found.units.get(unit, "—") for unit in fixed.supporting_units),
        )


def _targets(found: Dossier) -> Iterator[Fact]:
    first = {target.key: target for target in found.state.first_targets}
    for target in found.state.targets:
        before = first.get(target.key)
        changed = before is not None and before.quantity != target.quantity
        note = (
            _("first: %(amount)s") % {"amount": amount_in_text(before.quantity)}
            if before and changed
            else ""
        )
        label = target.subject or (_("Leading target") if target.leads else _("Target"))
        yield fact_of(
            label, words.target_in_text(target.comparator, target.quantity, target.unit), note=note
        )
        if target.baseline is not None:
            yield fact_of(_("Baseline"), f"{amount_in_text(target.baseline)} {target.unit}")
    if not found.state.targets and not found.acceptance:
        yield fact_of(_("Target"), "")


def _days(found: Dossier) -> Iterator[Fact]:
    plan, first = found.state.plan, found.state.first_plan
    inferred = _("inferred")
    start, due = (plan.start, plan.due) if plan else (None, None)
    if start:
        yield fact_of(
            _("Start"), day_in_text(start), note=inferred if plan and plan.start_inferred else ""
        )
    note = inferred if plan and plan.due_inferred else ""
    if first and first.due and first.due != due:
        note = _("first: %(amount)s") % {"amount": day_in_text(first.due)}
    yield fact_of(_("Due"), day_in_text(due) if due else "", note=note)
    if not found.steps:
        yield fact_of(_("Milestones"), "")


def about(found: Dossier) -> Iterator[Fact]:
    """Yield what the matter is: kind, standing, sources, goals, place."""
    registered = found.state.registered
    if registered is None:
        return
    yield fact_of(_("Kind"), dict(words.KINDS)[registered.kind.value])
    yield fact_of(_("Standing"), words.STANDINGS[found.state.standing.value])
    if found.state.stage:
        listed = _("As listed") if found.state.stage_listed else ""
        yield fact_of(_("Project stage"), words.STAGES[found.state.stage], note=listed)
    for source in registered.sources:
        yield fact_of(
            dict(words.SOURCE_KINDS)[source.kind.value],
            source.title,
            note=f"{day_in_text(source.day)} {source.place}",
        )
    yield fact_of(_("Goals"), _(", ").join(goal.name for goal in found.goals))
    if found.state.area:
        yield fact_of(_("Area"), found.state.area)
    for whole in found.part_of:
        yield fact_of(_("Part of"), whole.title, url=reverse("matter", args=[whole.pk]))
