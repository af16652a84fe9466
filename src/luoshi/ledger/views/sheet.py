"""One matter's page in words: what the template shows, nothing left to compute there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.verbs import Verb
from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.ledger import verbs, words
from luoshi.ledger.dossier import Dossier, File, ReportLine, RequestLine
from luoshi.ledger.listing import improvements, reasons
from luoshi.ledger.views.board import Line, line_of
from luoshi.ledger.views.shown import Shown
from luoshi.rules.ledger.facts import Revision
from luoshi.rules.ledger.state import Answer, Fix

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Fact = dict[str, Any]
ANSWERS = {
    Answer.WAITING: gettext_lazy("Waiting"),
    Answer.GRANTED: gettext_lazy("Confirmed"),
    Answer.REFUSED: gettext_lazy("Returned"),
}
BY_ITSELF = frozenset(
    {"register", "confirm_report", "return_report", "decide_change", "review_submission",
     "send_back_submission", "release_submission"}
)  # fmt: skip
"""Verbs that a report or a request offers beside itself, or a page of their own."""


@dataclass(frozen=True, slots=True)
class Link:
    """A verb that the acting post may use."""

    label: "StrOrPromise"
    url: str


def sheet(found: Dossier, shown: Shown) -> dict[str, Any]:
    """Return the page's context for a matter on the day shown."""
    state, row = found.state, found.row
    if state.registered is None or row is None:
        return _not_there(found)
    line = line_of(row, shown, [])
    return {
        "is_there": True,
        "title": state.title,
        "code": state.registered.code,
        "colour": line.colour,
        "marks": line.marks,
        "missing": _(", ").join(str(words.FIXES[fix]) for fix in found.missing),
        "fixes": _fixes(found),
        **_figures(found, line),
        "measured_on": day_in_text(row.spell.measured_on) if row.spell.measured_on else "",
        "acceptance": found.acceptance,
        "reports": [_report(report, found, shown) for report in found.reports],
        "requests": [_request(request, found, shown) for request in found.requests],
        "parts": _parts(found),
        "parts_sum": _parts_sum(found),
        "thread": list(_thread(found, shown)),
        "verdict": _verdict(found, shown),
        "milestones": _milestones(found),
        "about": list(_about(found)),
        "evidence": list(_all_files(found)),
    }


def _not_there(found: Dossier) -> dict[str, Any]:
    """Return the context of a day on which the matter was not registered yet."""
    now = found.now.registered
    return {
        "is_there": False,
        "title": now.title if now else "",
        "code": now.code if now else "",
        "colour": "ungraded",
    }


def _figures(found: Dossier, line: Line) -> dict[str, Any]:
    """Return target and amounts with their unit, and the percents of the bar."""
    planned = found.verdict.planned if found.verdict else None
    unit = found.target_unit
    return {
        "target": line.target,
        "achieved": f"{line.achieved} {unit}" if line.achieved else "",
        "submitted": f"{line.submitted} {unit}" if line.submitted else "",
        "planned": f"{amount_in_text(words.rounded(planned, '0.1'))} {unit}" if planned else "",
        "percent": line.percent,
        "done": line.done,
        "plan": line.plan,
    }


def offered(found: Dossier, shown: Shown) -> list[Link]:
    """Return the verbs that the acting post may use now."""
    actor = shown.actor
    if actor is None:
        return []
    return [
        Link(verb.label, reverse("act", args=[found.id, verb.name]))
        for verb in sorted(verbs.ON_MATTERS.values(), key=_likely)
        if verb.name not in BY_ITSELF and verb.is_offered(actor, found.now)
    ]


LIKELY = ("accept", "report_progress", "assign", "verify", "close_out")


def _likely(verb: Verb) -> int:
    return LIKELY.index(verb.name) if verb.name in LIKELY else len(LIKELY)


def _fixes(found: Dossier) -> list[dict[str, Any]]:
    facts = {
        Fix.RESPONSIBILITY: list(_responsibility(found)),
        Fix.TARGET: list(_targets(found)),
        Fix.MILESTONES: list(_days(found)),
    }
    return [
        {"name": name, "is_fixed": fix not in found.missing, "facts": facts[Fix(fix)]}
        for fix, name in words.FIXES.items()
    ]


def _fact(label: "StrOrPromise", value: "StrOrPromise", *, note: str = "", url: str = "") -> Fact:
    return {"label": label, "value": value, "is_missing": not value, "note": note, "url": url}


def _responsibility(found: Dossier) -> Iterator[Fact]:
    fixed = found.state.responsibility
    post = fixed.responsible_post if fixed else None
    sponsor = fixed.sponsoring_post if fixed else None
    yield _fact(_("Lead unit"), found.units.get(fixed.lead_unit, "") if fixed else "")
    yield _fact(_("Responsible post"), found.posts.get(post, "") if post else "")
    if sponsor:
        yield _fact(_("Sponsoring leader's post"), found.posts.get(sponsor, ""))
    if fixed and fixed.supporting_units:
        yield _fact(
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
        yield _fact(
            label, words.target_in_text(target.comparator, target.quantity, target.unit), note=note
        )
        if target.baseline is not None:
            yield _fact(_("Baseline"), f"{amount_in_text(target.baseline)} {target.unit}")
    if not found.state.targets and not found.acceptance:
        yield _fact(_("Target"), "")


def _days(found: Dossier) -> Iterator[Fact]:
    plan, first = found.state.plan, found.state.first_plan
    inferred = _("inferred")
    start, due = (plan.start, plan.due) if plan else (None, None)
    if start:
        yield _fact(
            _("Start"), day_in_text(start), note=inferred if plan and plan.start_inferred else ""
        )
    note = inferred if plan and plan.due_inferred else ""
    if first and first.due and first.due != due:
        note = _("first: %(amount)s") % {"amount": day_in_text(first.due)}
    yield _fact(_("Due"), day_in_text(due) if due else "", note=note)
    if not found.steps:
        yield _fact(_("Milestones"), "")


def _report(report: ReportLine, found: Dossier, shown: Shown) -> dict[str, Any]:
    fact = report.report.fact
    amount = (
        f"{amount_in_text(fact.achieved)} {found.target_unit}" if fact.achieved is not None else ""
    )
    return {
        "on": report.report.on.isoformat(),
        "amount": amount,
        "answer": ANSWERS[report.report.answer],
        "visible": report.visible_progress,
        "problems": report.problems,
        "reason": report.reason,
        "verbs": list(_answers_to(report, found, shown)),
    }


def _answers_to(report: ReportLine, found: Dossier, shown: Shown) -> Iterator[Link]:
    """Yield the links by which the reader may answer a waiting report."""
    if shown.actor is None or report.report.answer != Answer.WAITING:
        return
    for verb in (verbs.confirm_report, verbs.return_report):
        if verb.is_offered(shown.actor, found.now):
            url = reverse("act", args=[found.id, verb.name])
            yield Link(verb.label, f"{url}?report={report.report.fact.report}")


def _request(line: RequestLine, found: Dossier, shown: Shown) -> dict[str, Any]:
    facts = [_fact(_("Reason"), line.reason or _("(removed)"))]
    facts += revision_facts(line.request.fact.revision, found.target_unit)
    if line.decision:
        facts.append(_fact(_("Decision"), line.decision))
    is_open = shown.actor and line.request.answer == Answer.WAITING
    may = is_open and shown.actor and verbs.decide_change.is_offered(shown.actor, found.now)
    url = reverse("act", args=[found.id, "decide_change"]) + f"?request={line.request.fact.request}"
    answers = {
        Answer.WAITING: _("Waiting"),
        Answer.GRANTED: _("Granted"),
        Answer.REFUSED: _("Refused"),
    }
    return {
        "facts": facts,
        "answer": answers[line.request.answer],
        "verbs": [Link(verbs.decide_change.label, url)] if may else [],
    }


def revision_facts(asked: Revision, unit: str) -> list[Fact]:
    """Return what a request asks for, line by line."""
    facts = []
    if asked.due:
        facts.append(_fact(_("New due day"), day_in_text(asked.due)))
    if asked.quantity is not None:
        facts.append(_fact(_("New quantity"), f"{amount_in_text(asked.quantity)} {unit}"))
    if asked.exempt_until:
        facts.append(_fact(_("Exempt until"), day_in_text(asked.exempt_until)))
    return facts + [_fact(step.title, day_in_text(step.due)) for step in asked.milestones or ()]


def _parts(found: Dossier) -> list[dict[str, Any]]:
    if found.parts is None:
        return []
    return [
        {
            "title": part.title,
            "url": reverse("matter", args=[part.id]),
            "share": amount_in_text(part.share),
            "achieved": amount_in_text(part.achieved),
            "colour": part.colour,
            "is_derived": part.is_derived,
        }
        for part in found.parts.lines
    ]


def _parts_sum(found: Dossier) -> str:
    if found.parts is None:
        return ""
    return _("Whole %(whole)s, sum of the parts %(sum)s, difference %(difference)s") % {
        "whole": amount_in_text(found.parts.whole),
        "sum": amount_in_text(found.parts.sum),
        "difference": amount_in_text(found.parts.difference),
    }


def _thread(found: Dossier, shown: Shown) -> Iterator[dict[str, Any]]:
    for told in found.thread:
        correct = ""
        if shown.actor and told.can_be_corrected and "office" in shown.actor.roles:
            correct = reverse("act", args=[found.id, "correct"]) + f"?entry={told.number}"
        yield {
            "number": told.number,
            "on": told.on,
            "at": told.at,
            "verb": told.what,
            "sentence": "",
            "words": " · ".join(told.details),
            "unit": told.unit,
            "post": told.post,
            "is_backdated": told.is_backdated,
            "replaces": told.corrects,
            "replaced_by": told.replaced_by,
            "correct_url": correct,
        }


def _verdict(found: Dossier, shown: Shown) -> dict[str, Any]:
    row = found.row
    if row is None or row.verdict is None:
        return {
            "sentence": _("A draft has no colour."),
            "tests": [],
            "day": shown.day,
            "rule": "",
            "document": "",
        }
    rule = shown.around.rule_on(row.spell.from_day)
    tests = [
        {
            "colour": one["level"] or "unreported",
            "name": words.TESTS.get(one["test"], _("Report")),
            "sentence": one["sentence"],
        }
        for one in reasons(row)
    ]
    return {
        "sentence": _level_sentence(row.spell.level, row.spell.colour, row.spell.last_colour),
        "tests": tests,
        "facts": [],
        "improvement": " ".join(improvements(row)),
        "rule": rule.code,
        "document": rule.document,
        "day": shown.day,
    }


def _level_sentence(level: str, colour: str, last: str) -> str:
    """Return how the colour shown comes from the level of the day."""
    told = words.COLOURS.get(level)
    if colour == "suspended":
        before = words.COLOURS.get(last, _("none"))
        return _("The matter rests; its colour before was %(colour)s.") % {"colour": before}
    if told is None:
        return _("No test has data yet.")
    if level != colour and colour in {"red", "yellow", "blue", "green"}:
        return _("The level is %(level)s; the colour shown improves one step a month.") % {
            "level": told
        }
    return _("The level is %(level)s: the worst test that has data.") % {"level": told}


def _milestones(found: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "name": step.title,
            "due": step.due,
            "done_on": step.done_on,
            "is_done": step.done_on is not None,
            "is_late": step.days_late > 0,
            "late_text": _("%(n)s days late") % {"n": step.days_late} if step.days_late > 0 else "",
            "weight": amount_in_text(step.weight) if step.weight is not None else "",
        }
        for step in found.steps
    ]


def _about(found: Dossier) -> Iterator[Fact]:
    registered = found.state.registered
    if registered is None:
        return
    yield _fact(_("Kind"), dict(words.KINDS)[registered.kind.value])
    yield _fact(_("Standing"), words.STANDINGS[found.state.standing.value])
    if found.state.stage:
        listed = _("As listed") if found.state.stage_listed else ""
        yield _fact(_("Project stage"), words.STAGES[found.state.stage], note=listed)
    for source in registered.sources:
        yield _fact(
            dict(words.SOURCE_KINDS)[source.kind.value],
            source.title,
            note=f"{day_in_text(source.day)} {source.place}",
        )
    yield _fact(_("Goals"), _(", ").join(goal.name for goal in found.goals))
    if found.state.area:
        yield _fact(_("Area"), found.state.area)
    for whole in found.part_of:
        yield _fact(_("Part of"), whole.title, url=reverse("matter", args=[whole.pk]))


def _all_files(found: Dossier) -> Iterator[dict[str, Any]]:
    for report in found.reports:
        yield from files_of(found.id, report.evidence, report.report.on)
    for request in found.requests:
        yield from files_of(found.id, request.evidence, request.request.on)


def files_of(matter_id: UUID, files: Iterable[File], on: date) -> Iterator[dict[str, Any]]:
    """Yield files with their addresses, as the page lists them."""
    for name, digest, size in files:
        url = reverse("evidence", args=[matter_id, digest])
        yield {"name": name, "url": url, "size": filesizeformat(size), "on": on}
