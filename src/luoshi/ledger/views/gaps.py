"""The gap list (缺项清单): what matters lack a unit, an owner, a measure or nodes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.doors import door
from luoshi.ledger import gaps as queries
from luoshi.ledger import verbs
from luoshi.ledger.gaps import Gaps, Lack, Tally, lacks_of
from luoshi.ledger.views.board.address import Asked
from luoshi.ledger.views.narrowing import Narrowing, narrowing, narrowing_context, pager
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.organisation.queries import names_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from luoshi.ledger.models import MatterSpell

PAGE_SIZE = 50
LACKS: Mapping[Lack, "StrOrPromise"] = {
    Lack.UNIT: gettext_lazy("Lead unit"),
    Lack.OWNER: gettext_lazy("Responsible post"),
    Lack.MEASURE: gettext_lazy("Measure"),
    Lack.NODES: gettext_lazy("Nodes"),
}


@door(verbs.read_ledger)
@for_readers
def gaps(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show the gap list of a day: by what is missing, by unit and by goal."""
    chosen = narrowing(request, shown)
    lacks = lacks_in(request)
    start = (chosen.asked.number - 1) * PAGE_SIZE
    found = gap_list(shown, chosen, lacks, start=start, size=PAGE_SIZE)
    asked = chosen.asked
    context = {
        **narrowing_context(shown, chosen),
        "lacks": [_lack(asked, lack, found.tally, lacks) for lack in Lack],
        "heads": LACKS.values(),
        "rows": rows_of(found.rows, names_of(chosen.units)),
        "total": found.total,
        "all_total": found.tally.matters,
        "all_url": asked.url(lack=None),
        "is_all": not lacks,
        "by_unit": list(_by_unit(found.by_unit, chosen)),
        "by_goal": list(_by_goal(found.by_goal, chosen)),
        "pager": pager(asked, found.total, PAGE_SIZE),
        "sheet_url": asked.url(),
    }
    return render(request, "ledger/gaps.html", context)


def gap_list(
    shown: Shown, chosen: Narrowing, lacks: Sequence[Lack], *, start: int = 0, size: int
) -> Gaps:
    """Return so many rows of the gap list that an address asks for, and its counts."""
    return queries.gaps(
        shown.visitor,
        day=shown.day,
        known_at=shown.known_at,
        filters=chosen.filters,
        goals=chosen.goals,
        units=chosen.units,
        lacks=lacks,
        start=start,
        size=size,
    )


def lacks_in(request: HttpRequest) -> tuple[Lack, ...]:
    """Read what must be lacking; what the address names wrongly is nothing."""
    typed = set(request.GET.getlist("lack"))
    return tuple(lack for lack in Lack if lack.value in typed)


def rows_of(spells: "Iterable[MatterSpell]", units: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Return matters in words, with what they have and what they lack."""
    found = []
    for spell in spells:
        lacks = lacks_of(spell.lead_unit, spell.responsible_post, spell.missing)
        found.append(
            {
                "id": spell.thread,
                "code": spell.code,
                "title": spell.title,
                "unit": units.get(spell.lead_unit, "") if spell.lead_unit else "",
                "fixed": [(name, lack not in lacks) for lack, name in LACKS.items()],
            }
        )
    return found


def _lack(asked: Asked, lack: Lack, tally: Tally, now: Sequence[Lack]) -> dict[str, Any]:
    is_on = lack in now
    others = [one.value for one in now if one != lack]
    url = asked.url(lack=others if is_on else [*others, lack.value])
    count = tally.lacks[lack]
    return {"name": LACKS[lack], "count": count, "url": url, "is_current": is_on}


def _by_unit(tallies: Mapping[UUID | None, Tally], chosen: Narrowing) -> Iterable[dict[str, Any]]:
    """Yield the units in their official order, matters without one first."""
    if None in tallies:
        yield _tally(_("No lead unit yet"), "", tallies[None])
    for unit in chosen.units:
        if unit.id in tallies:
            yield _tally(unit.name, chosen.asked.url(unit=unit.id), tallies[unit.id])


def _by_goal(tallies: Mapping[UUID, Tally], chosen: Narrowing) -> Iterable[dict[str, Any]]:
    for goal in chosen.goals:
        if goal.id in tallies:
            row = _tally(goal.name, chosen.asked.url(goal=goal.id), tallies[goal.id])
            yield {**row, "depth": min(goal.depth, 4)}


def _tally(name: str, url: str, tally: Tally) -> dict[str, Any]:
    lacks = [tally.lacks[lack] for lack in Lack]
    return {"name": name, "url": url, "matters": tally.matters, "lacks": lacks}
