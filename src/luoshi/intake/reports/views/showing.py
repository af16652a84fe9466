"""A statement as its card shows it: words, gaps, proposals with their reasons, matters alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.intake.reports import words
from luoshi.intake.reports.following import Answered
from luoshi.intake.reports.marking import sentence_at
from luoshi.ledger.words import target_in_text
from luoshi.rules.intake.duties import units_proposed
from luoshi.rules.intake.promised import MOST_ALIKE, Alike, Promise, Promises, last_day_of
from luoshi.rules.reports.linking import Reason

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from luoshi.intake.models import StagedStatement

OPEN = frozenset({"open", "accepted", "dropped"})
"""States in which a statement can still be changed."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the cards of a page are told with; names by id, ids by name."""

    text: str
    units: Mapping[str, UUID]
    posts: Mapping[str, UUID]
    promises: Promises
    answers: Mapping[int, Answered]
    deciders: Mapping[UUID, str] = field(default_factory=dict)  # names of posts of today
    is_closed: bool = False  # only to be read

    @property
    def names(self) -> dict[str, str]:
        """Return the names of units and posts by id."""
        return {str(one): name for name, one in (*self.units.items(), *self.posts.items())}


def card_of(row: "StagedStatement", scene: Scene, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what a statement's card shows."""
    said, is_open = row.row, row.state in OPEN and not scene.is_closed
    concerns = row.kind in {"target", "result"} and is_open
    alike = scene.promises.alike(said) if concerns else ()
    chosen = _chosen(row, scene)
    return {
        "row": row,
        "decided": _decided(row, scene),
        "said": said,
        "shape": words.SHAPES[row.kind],
        "kind": words.KINDS[row.kind],
        "state": words.STATES.get(row.state, ""),
        "is_open": is_open,
        "value": value_in_text(said),
        "due": _day(said["deadline"]),
        "gaps": [words.GAPS[gap] for gap in row.gaps if not _is_filled(gap, row.choice)],
        "lead": names.get(row.choice.get("lead", ""), ""),
        "supporting": "、".join(names.get(one, "") for one in row.choice.get("supporting", [])),
        "sponsor": names.get(row.choice.get("sponsor", ""), ""),
        "proposals": _proposals(row, scene, alike) if is_open and row.kind == "target" else [],
        "alike": _alike(row, scene, alike),
        "is_new": row.choice.get("matter") == "new",
        "chosen_code": chosen.code if chosen else "",
        "chosen": chosen if chosen not in [one.promise for one in alike] else None,
        "matter_url": _matter_url(row),
        "problem": _problem(row.problem),
    }


def _chosen(row: "StagedStatement", scene: Scene) -> Promise | None:
    """Return the matter that a person said a statement speaks of."""
    said = row.choice.get("matter", "new")
    return None if said == "new" else scene.promises.by_id.get(UUID(said))


def _decided(row: "StagedStatement", scene: Scene) -> str:
    """Return who decided of a statement last, and when."""
    if row.at is None or row.state == "open":
        return ""
    name = scene.deciders.get(row.by_post, "") if row.by_post else ""
    return f"{name} {timezone.localtime(row.at):%m-%d %H:%M}".strip()


def _matter_url(row: "StagedStatement") -> str:
    """Return the address of its matter, empty where it has none or was taken back."""
    is_there = row.matter is not None and row.state != "withdrawn"
    return reverse("matter", args=[row.matter]) if is_there else ""


def _problem(code: str) -> "StrOrPromise":
    """Return why an accepted statement did not enter."""
    if not code:
        return ""
    told = _("The ledger does not take it as it is (%(code)s). Mend it.") % {"code": code}
    return words.KEPT.get(code, told)


def _is_filled(gap: str, choice: Mapping[str, Any]) -> bool:
    return gap == "owner" and bool(choice.get("lead"))


def value_in_text(said: Mapping[str, Any]) -> str:
    """Return comparator, value and unit in words, empty without a value."""
    if said["value"] is None:
        return ""
    value, most = Decimal(str(said["value"])), said["value_max"]
    if most is not None:
        return f"{amount_in_text(value)}—{amount_in_text(Decimal(str(most)))}{said['unit'] or ''}"
    return target_in_text(said["comparator"] or "=", value, said["unit"] or "")


def _day(day: str | None) -> str:
    return day_in_text(date.fromisoformat(day)) if day else ""


def _proposals(
    row: "StagedStatement", scene: Scene, alike: tuple[Alike, ...]
) -> list[dict[str, str]]:
    """Return what is proposed: who leads, by which day; never filled in by itself."""
    found = []
    if not row.choice.get("lead"):
        sentence = sentence_at(scene.text, row.start, row.end)
        for one in units_proposed(row.row, sentence, scene.units, alike):
            because = f"{words.BECAUSE[one.because]}：{one.words}"
            found.append({"do": f"lead:{one.unit}", "words": one.name, "because": because})
    found += list(_sponsors(row, scene, alike))
    last = last_day_of(row.row["period"])
    if row.row["deadline"] is None and last is not None:
        because = _("the last day of the period %(period)s") % {"period": row.row["period"]}
        found.append(
            {"do": f"deadline:{last.isoformat()}", "words": day_in_text(last), "because": because}
        )
    return found


def _sponsors(
    row: "StagedStatement", scene: Scene, alike: tuple[Alike, ...]
) -> Iterator[dict[str, str]]:
    """Yield the posts that sponsor the matters alike, each once."""
    if row.choice.get("sponsor"):
        return
    names: dict[UUID | None, str] = {one: name for name, one in scene.posts.items()}
    for one in alike:
        post = one.promise.sponsoring_post
        name = names.pop(post, None)
        if name is not None:
            because = _("sponsors the matter alike: %(code)s") % {"code": one.promise.code}
            yield {"do": f"sponsor:{post}", "words": name, "because": because}


def _alike(row: "StagedStatement", scene: Scene, alike: tuple[Alike, ...]) -> list[dict[str, Any]]:
    """Return the matters it may speak of, first the one whose promise a result answers."""
    found = [_matter(one, row) for one in alike]
    answered = scene.answers.get(row.number)
    promise = scene.promises.by_id.get(answered.matter) if answered else None
    if answered is None or promise is None or row.kind != "result":
        return found
    first = _matter(Alike(promise, Fraction(1), same_year=True, same_unit=True), row)
    first["why"] = " · ".join(reason_in_text(reason) for reason in answered.reasons)
    return [first, *(one for one in found if one["do"] != first["do"])][:MOST_ALIKE]


def reason_in_text(reason: Reason) -> str:
    """Return why a report answers a promise."""
    said = words.LINK_REASONS.get(reason.code)
    return str(said) % dict(reason.facts) if said else reason.code


def _matter(one: Alike, row: "StagedStatement") -> dict[str, Any]:
    promise = one.promise
    figure = f"{amount_in_text(promise.quantity)}{promise.unit}" if promise.quantity else ""
    return {
        "do": f"matter:{promise.id}",
        "url": reverse("matter", args=[promise.id]),
        "words": f"{promise.code} {promise.title}",
        "about": " · ".join(filter(None, (figure, str(promise.year or "")))),
        "is_likely": one.same_year,
        "is_chosen": row.choice.get("matter") == str(promise.id),
    }
