"""Everything one matter's page shows, for any day and state of knowledge.

It is one fold of the matter's thread, in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from luoshi.base.journal import Actor
from luoshi.base.prepared import Prepared
from luoshi.base.spells import on_day
from luoshi.base.texts import texts_of
from luoshi.clocks.surroundings import Surroundings
from luoshi.ledger import inside, queries, verbs
from luoshi.ledger.board import (
    BoardRow,
    GoalOn,
    goals_visible_to,
    percent_of,
    verdict_on,
)
from luoshi.ledger.charts import CurvePoint
from luoshi.ledger.dossier.curve import curve_of
from luoshi.ledger.dossier.lines import (
    InsideLine,
    Parts,
    ReportLine,
    RequestLine,
    Step,
    inside_line,
    reports_of,
    requests_of,
    steps_of,
)
from luoshi.ledger.dossier.lost import LostQuote, lost_quotes
from luoshi.ledger.dossier.parts import parts_of
from luoshi.ledger.models import Matter, MatterSpell, PlaceSpell
from luoshi.ledger.timeline import Told, told
from luoshi.organisation.queries import Visitor, names_of, posts_visible_to, units_visible_to
from luoshi.rules.colour import Verdict
from luoshi.rules.journal import Entry, state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.state import MatterState, missing_fixes


@dataclass(frozen=True, slots=True)
class Dossier:
    """One matter on a day; ``state`` is of the day shown, ``now`` of today.

    Rights are those of now.
    """

    id: UUID
    state: MatterState
    now: MatterState
    spell: MatterSpell | None
    verdict: Verdict | None
    goals: tuple[GoalOn, ...]
    units: Mapping[UUID, str]
    posts: Mapping[UUID, str]
    missing: tuple[str, ...]
    acceptance: str | None
    texts: Mapping[str, str | None]
    steps: tuple[Step, ...]
    reports: tuple[ReportLine, ...]
    requests: tuple[RequestLine, ...]
    inside: tuple[InsideLine, ...]
    parts: Parts | None
    part_of: tuple[Matter, ...]
    curve: list[CurvePoint]
    thread: tuple[Told, ...]
    last_entry: int
    lost_quotes: tuple[LostQuote, ...] = ()

    @property
    def target_unit(self) -> str:
        """Return the unit of the leading target."""
        target = self.state.leading_target
        return target.unit if target else ""

    @property
    def row(self) -> BoardRow | None:
        """Return the matter as a row of the board."""
        if self.spell is None:
            return None
        return BoardRow(self.spell, tuple(goal.id for goal in self.goals), self.verdict)

    @property
    def percent(self) -> Decimal | None:
        """Return the confirmed share of the target in percent."""
        return percent_of(self.spell.achieved, self.spell.quantity) if self.spell else None


def dossier(
    visitor: Visitor, matter_id: UUID, *, day: date, known_at: int | None, around: Surroundings
) -> Dossier:
    """Return a matter on a day as known at a number. Raises NotFound."""
    read = _read(visitor, matter_id, day, known_at)
    state, texts = read.state, read.texts
    spell = _spell(matter_id, day, known_at)
    units = names_of(units_visible_to(visitor, day=day, known_at=known_at))
    posts = names_of(posts_visible_to(visitor, day=day, known_at=known_at))
    return Dossier(
        id=matter_id,
        state=state,
        now=read.now,
        spell=spell,
        verdict=verdict_on(spell, day, around) if spell else None,
        goals=_goals(visitor, matter_id, day, known_at),
        units=units,
        posts=posts,
        missing=tuple(missing_fixes(state)) if state.registered else (),
        acceptance=texts.get(state.acceptance) if state.acceptance else None,
        texts=texts,
        steps=steps_of(state, day),
        reports=reports_of(state, texts),
        requests=requests_of(state, texts),
        inside=tuple(
            inside_line(matter_id, one, texts) for one in inside.of_the_unit(visitor, read.now)
        ),
        parts=parts_of(visitor, state, day, known_at),
        part_of=queries.wholes_of(visitor, matter_id, day=day, known_at=known_at),
        curve=curve_of(state, around, day),
        thread=told(read.shown, texts=texts, posts=posts, units=units),
        last_entry=read.last_entry,
        lost_quotes=lost_quotes(read.shown, texts),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A matter's own thread, folded: as of the day shown, and now.

    ``shown`` are the entries of the day shown that the reader may see.
    """

    state: MatterState
    now: MatterState
    shown: list[Entry[Any]]
    texts: Mapping[str, str | None]
    last_entry: int


def _read(visitor: Visitor, matter_id: UUID, day: date, known_at: int | None) -> _Read:
    """Return a matter's thread as its reader sees it. Raises NotFound."""
    entries = queries.history_of(visitor, matter_id)
    known = [entry for entry in entries if known_at is None or entry.number <= known_at]
    now = state_on(entries, date.max, law=law)
    unseen = inside.unseen(visitor, entries, now)
    return _Read(
        state=state_on(known, day, law=law),
        now=now,
        shown=[entry for entry in known if entry.on <= day and entry.number not in unseen],
        texts=_texts_for(visitor, matter_id, entries, now, unseen),
        last_entry=entries[-1].number if entries else 0,
    )


_SHOWN = tuple(field.attname for field in MatterSpell._meta.concrete_fields)
_SPELLS = Prepared(
    lambda matter, day, known_at: MatterSpell.objects.filter(
        on_day(day, known_at=known_at), thread=matter
    ).values_list(*_SHOWN),
    matter=UUID,
    day=date,
    known_at=int,
)
_PLACES = Prepared(
    lambda matter, day, known_at: PlaceSpell.objects.filter(
        on_day(day, known_at=known_at), thread=matter
    ).values_list("goal"),
    matter=UUID,
    day=date,
    known_at=int,
)


def _spell(matter_id: UUID, day: date, known_at: int | None) -> MatterSpell | None:
    """Return what lists show of a matter on a day, None where it was not there."""
    rows = _SPELLS(matter=matter_id, day=day, known_at=known_at)
    return MatterSpell.from_db(DEFAULT_DB_ALIAS, _SHOWN, rows[0]) if rows else None


def _texts_for(
    visitor: Visitor,
    matter_id: UUID,
    entries: Sequence[Entry[Any]],
    now: MatterState,
    unseen: frozenset[int],
) -> Mapping[str, str | None]:
    """Return the texts of a matter; leaders' notes only for its line, as rights are now.

    The words of what waits inside a unit are for its own posts.
    """
    texts = texts_of(matter_id)
    hidden = inside.withheld(matter_id, unseen, texts)
    texts = {digest: text for digest, text in texts.items() if digest not in hidden}
    if isinstance(visitor, Actor) and verbs.read_note.who(visitor, now):
        return texts
    notes = {entry.fact.note for entry in entries if isinstance(entry.fact, f.NoteWritten)}
    return {digest: text for digest, text in texts.items() if digest not in notes}


def _goals(
    visitor: Visitor, matter_id: UUID, day: date, known_at: int | None
) -> tuple[GoalOn, ...]:
    """Return the goals that the matter stands on, in the order of the tree."""
    places = {goal for (goal,) in _PLACES(matter=matter_id, day=day, known_at=known_at)}
    goals = goals_visible_to(visitor, day=day, known_at=known_at)
    return tuple(goal for goal in goals if goal.id in places)


def submission_of(visitor: Visitor, found: Dossier, key: UUID) -> InsideLine | None:
    """Return a submission of the visitor's own unit, whatever became of it."""
    one = found.now.submissions.get(key)
    if one is None or one.unit is None or one.unit != inside.unit_of(visitor):
        return None
    return inside_line(found.id, one, found.texts)


def removable(found: Dossier) -> list[tuple[str, str]]:
    """Return what a redaction may remove of a matter: digest, and enough words to know it by."""
    texts = [(digest, text[:60]) for digest, text in found.texts.items() if text is not None]
    of_reports = [file for line in found.reports for file in line.evidence]
    of_requests = [file for line in found.requests for file in line.evidence]
    return texts + [(digest, name) for name, digest, _size in (*of_reports, *of_requests)]
