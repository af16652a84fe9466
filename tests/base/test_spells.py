"""Spells are what replay gives: of every kind of thread, on every day, as known at every number."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid5

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.audit.commands import Act, note
from luoshi.audit.projection import AUDITS
from luoshi.audit.words import Outcome
from luoshi.base.journal import record
from luoshi.base.models import OPEN, JournalEntry, Line, Thread
from luoshi.base.rebuild import rebuilt
from luoshi.base.spells import columns_of, on_day
from luoshi.base.threads import entries_of, kinds
from luoshi.clocks import commands as clocks
from luoshi.clocks.models import Calendar, RuleSet
from luoshi.ledger import commands as ledger
from luoshi.ledger.models import Goal, Matter, MatterSpell, PartSpell, PlaceSpell
from luoshi.ledger.projection import GOALS, MATTERS, ROLLUPS
from luoshi.notices.projection import BURDENS, burden_of
from luoshi.organisation.models import District, Post, Unit
from luoshi.organisation.projection import DISTRICTS, POSTS, UNITS
from luoshi.rules.burden import CapSet
from luoshi.rules.colour import ERQI_2017_D1
from luoshi.rules.journal import LaterEntryStandsInTheWay, Withdrawn, days_of, standing
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import Answer
from luoshi.rules.nodes import Ended, Founded, Held, Moved, Ordered, Renamed
from luoshi.rules.refusals import Refusal
from tests.base.builders import (
    AT,
    DAY,
    ON_ONE_LEDGER,
    TARGET,
    FoundedDistrict,
    change_of,
    command_of,
    undone,
)

YEAR = [DAY + timedelta(days=n) for n in range(0, 270, 3)]
days = st.sampled_from(YEAR)


def stored_and_replayed(district, threads):
    """Yield, for every thread, table and number, the stored spells and those that replay gives."""
    last = Line.objects.get(pk=district.id).last_number
    for head in Thread.objects.filter(pk__in=threads):
        kind = kinds()[head.kind]
        entries = entries_of(head.pk, kind)
        others = {
            other: entries_of(other, kind) for e in entries for other in kind.leans_on(e.fact)
        }
        rows = {model: _stored(model, head.pk) for model in kind.spells}
        for number in range(entries[0].number, last + 1):
            projected = kind.project(
                _days_as_known(entries, kind, number),
                district=district.id,
                thread=head.pk,
                surroundings=kind.surroundings(district.id, number),
                others={
                    other: _days_as_known(each, kind, number) for other, each in others.items()
                },
            )
            for model in kind.spells:
                stored = {row[2:] for row in rows[model] if row[0] <= number < row[1]}
                yield model, stored, set(projected.spells[model])


def _days_as_known(entries, kind, number):
    return days_of([entry for entry in entries if entry.number <= number], law=kind.law)


def _stored(model, thread):
    columns = ("known_from", "known_to", *columns_of(model))
    return list(model._default_manager.filter(thread=thread).values_list(*columns))


def assert_spells_are_replay(district, *threads):
    for model, stored, replayed in stored_and_replayed(district, threads):
        assert stored == replayed, model
        if model not in {PlaceSpell, PartSpell}:  # a matter may stand on two goals
            assert_no_day_twice(stored)
    assert differences(district) == []


def assert_no_day_twice(spells):
    spans = sorted(row[:2] for row in spells)
    assert all(start < end for start, end in spans)
    assert all(end <= following for (_, end), (following, _) in pairwise(spans))


def differences(district, **options):
    return [each for some in rebuilt(district=district.id, **options) for each in some]


# ---- matters: random histories -----------------------------------------------------------------


@dataclass
class Teller:
    """Sends one command of a random day about a matter; a refusal is an answer too."""

    draw: Callable
    district: FoundedDistrict
    matter: UUID
    matters: list[UUID]

    def __post_init__(self):
        self.on = self.draw(days)
        self.entries = standing(entries_of(self.matter, MATTERS))
        self.reports = [e for e in self.entries if isinstance(e.fact, f.ProgressReported)]

    def send(self, command, **given):
        command(matter_id=self.matter, sent=self.district.sent(on=self.on), **given)

    def some_report(self):
        found = self.reports or [None]
        chosen = self.draw(st.sampled_from(found))
        return chosen.fact.report if chosen else self.district.id

    def report(self):
        done = f.MilestoneDone(key="start", done_on=self.on)
        self.district.report(
            self.matter,
            self.draw(st.integers(0, 320)),
            on=self.on,
            milestones_done=self.draw(st.sampled_from([(), (done,)])),
        )

    def confirm(self):
        self.send(ledger.confirm_report, report=self.some_report())

    def give_back(self):
        self.send(ledger.return_report, report=self.some_report(), reason="核")

    def suspend(self):
        self.send(ledger.suspend, reason="汛期")

    def resume(self):
        self.send(ledger.resume, reason="复工")

    def place(self):
        self.send(
            ledger.place, goals=tuple(self.draw(st.sets(st.sampled_from(self.district.goals))))
        )

    def stage(self):
        stage, listed = self.draw(st.sampled_from(f.Stage)), self.draw(st.booleans())
        self.send(ledger.set_stage, stage=stage, listed=listed)

    def target(self):
        quantity = Decimal(self.draw(st.integers(1, 320)))
        self.send(ledger.fix_target, targets=(replace(TARGET, quantity=quantity),))

    def milestones(self):
        step = f.Milestone(key="start", title="开工", due=self.on)
        self.send(ledger.fix_milestones, due=max(YEAR), milestones=(step,))

    def divide(self):
        parts = self.draw(st.sets(st.sampled_from(self.matters)))
        self.send(ledger.divide, parts=tuple(f.Part(matter=part) for part in sorted(parts)))

    def finish(self):
        """Reach the target, verify, and close out where nothing stands in the way."""
        self.district.report(self.matter, 297, on=self.on)
        last = entries_of(self.matter, MATTERS)[-1].fact.report
        self.send(ledger.confirm_report, report=last)
        for command in (ledger.verify, ledger.close_out):
            sent = self.district.sent(on=self.on, by=self.district.checker)
            command(matter_id=self.matter, sent=sent)

    def correct(self):
        wrong = self.draw(st.sampled_from(self.reports or self.entries))
        self.on = self.draw(st.sampled_from([wrong.on, self.on]))
        change = _corrected(self.draw, wrong.fact)
        self.send(ledger.correct, entry=wrong.number, change=change, reason="笔误")

    def withdraw(self):
        wrong = self.draw(st.sampled_from(self.reports or self.entries))
        self.send(ledger.correct, entry=wrong.number, change=None, reason="误报")

    def announce(self):
        """Another arrangement of 2020, announced on any day of that year."""
        off = tuple(sorted(self.draw(st.sets(days, max_size=4))))
        hand = self.district.hand(on=self.on)
        clocks.announce_year(year=2020, off=off, make_up=(), document="国办发明电", **hand)

    def issue(self):
        """Another version of the rule set, in force from any day of that year."""
        rule = replace(
            ERQI_2017_D1,
            version=self.draw(st.integers(2, 9)),
            in_force_from=self.on,
            answer_working_days=self.draw(st.integers(1, 9)),
        )
        clocks.issue_colour_rule(rule=rule, **self.district.hand(on=self.on))


def _corrected(draw, fact):
    amount = Decimal(draw(st.integers(0, 320)))
    if isinstance(fact, f.ProgressReported):
        return lambda old: replace(old, achieved=amount)
    return lambda old: old


# Each case is a whole history, folded again for every number.
HISTORIES = settings(ON_ONE_LEDGER, max_examples=settings.default.max_examples // 4)
T = Teller
VERBS = (
    T.report, T.report, T.report, T.confirm, T.confirm, T.give_back, T.suspend, T.resume, T.place,
    T.stage, T.target, T.milestones, T.divide, T.finish, T.finish, T.correct, T.withdraw,
    T.announce, T.issue,
)  # fmt: skip


@pytest.fixture
def matters(district):
    """Two matters with all three fixes."""
    return [district.matter(f"LJ-{n}") for n in range(2)]


@pytest.mark.no_cover
@pytest.mark.long
@HISTORIES
@given(data=st.data())
def test_spells_of_matters_are_what_replay_gives(district, matters, data):
    with undone():
        for verb in data.draw(st.lists(st.sampled_from(VERBS), min_size=1, max_size=12)):
            matter = data.draw(st.sampled_from(matters))
            try:
                with transaction.atomic():
                    verb(Teller(data.draw, district, matter, matters))
            except Refusal:
                continue
        assert_spells_are_replay(district, *matters)


# ---- every other kind --------------------------------------------------------------------------


@pytest.fixture
def threads(district):
    """One thread of every kind, to be changed at will."""
    district.matter()
    return {
        "district": (DISTRICTS, district.id),
        "unit": (UNITS, district.lead.unit),
        "post": (POSTS, district.lead.post),
        "goal": (GOALS, district.goals[1]),
    }


def node_fact(draw, district):
    ids = st.sampled_from([None, *district.goals, district.lead.unit])
    return draw(
        st.one_of(
            st.builds(Renamed, name=st.sampled_from(["住建局", "城建局", "更新办"])),
            st.builds(Moved, parent=ids),
            st.builds(Ordered, order=st.integers(0, 9)),
            st.builds(Held, person=ids, acting=st.booleans()),
            st.builds(Ended),
        )
    )


@pytest.mark.no_cover
@pytest.mark.long
@HISTORIES
@given(data=st.data())
def test_spells_of_nodes_are_what_replay_gives(district, threads, data):
    with undone():
        for _ in range(data.draw(st.integers(1, 10))):
            kind, thread = threads[data.draw(st.sampled_from(sorted(threads)))]
            change_node(data.draw, district, kind, thread)
        assert_spells_are_replay(district, *(thread for _, thread in threads.values()))


def change_node(draw, district, kind, thread):
    """Record a fact of a random day, put another in a line's place, or take one back."""
    stands = standing(entries_of(thread, kind))
    wrong = draw(st.sampled_from([None, *stands[1:]]))
    fact = Withdrawn() if wrong and draw(st.booleans()) else node_fact(draw, district)
    change = change_of(kind, thread, fact, on=draw(days), corrects=wrong.number if wrong else None)
    if isinstance(fact, Withdrawn):
        change = change._replace(decide=lambda state: fact)
    try:
        record(change, command=command_of(district))
    except Refusal:
        return


ACT = Act(
    person=None, post=None, unit=None, address="10.0.0.7", verb="export_ledger", thing=None,
    method="GET", path="/board/export/csv/", outcome=Outcome.DONE, status=200,
)  # fmt: skip


def test_every_kind_that_there_is_was_told_of(district, threads):
    cap = change_of(BURDENS, burden_of(district.id), CapSet(asks_per_week=5))
    record(cap, command=command_of(district))
    ledger.publish_rollup(sent=district.sent(on=date(2020, 6, 30)))
    for days in (0, 1):  # the first act of a day closes the day before
        note(ACT, district=district.id, at=AT + timedelta(days=days))
    told = {*threads, MATTERS.name, BURDENS.name, ROLLUPS.name, AUDITS.name, "calendar", "rule_set"}
    assert set(kinds()) == told
    assert len(django_settings.THREAD_KINDS) == len(told)
    assert {head.kind for head in Thread.objects.filter(district=district.id)} == told
    assert Calendar.objects.get(district=district.id).last_year == 2026
    assert RuleSet.objects.get(district=district.id).version == ERQI_2017_D1.version


# ---- what was known then -----------------------------------------------------------------------


def shown(district, matter, day, known_at=None):
    spell = MatterSpell.objects.filter(on_day(day, known_at=known_at), thread=matter).get()
    return spell.achieved, spell.colour


def test_a_correction_of_today_changes_as_of_and_not_as_known_then(district):
    matter = district.matter(milestones=())
    sent = district.sent(on=date(2020, 7, 30), by=district.lead)
    first = district.report(matter, 103, on=sent.on, measured_on=date(2020, 6, 30), sent=sent)
    confirmed = district.sent(on=date(2020, 7, 30))
    ledger.confirm_report(matter_id=matter, report=sent.command_id, sent=confirmed)
    then = Line.objects.get(pk=district.id).last_number
    day = date(2020, 8, 3)
    before = shown(district, matter, day)
    assert before == (Decimal(103), "red")
    ledger.correct(
        matter_id=matter, entry=first.number, reason="漏报",
        change=lambda fact: replace(fact, achieved=Decimal(250)), sent=district.sent(on=first.on),
    )  # fmt: skip
    assert shown(district, matter, day) == (Decimal(250), "green")
    assert shown(district, matter, day, then) == before
    assert_spells_are_replay(district, matter)


def test_a_fact_that_a_later_entry_rules_out_is_refused_and_the_entry_named(district):
    matter = district.matter()
    ledger.suspend(matter_id=matter, reason="汛期", sent=district.sent(on=date(2020, 8, 1)))
    last = ledger.resume(matter_id=matter, reason="复工", sent=district.sent(on=date(2020, 9, 1)))
    with pytest.raises(LaterEntryStandsInTheWay) as refused:
        ledger.resume(matter_id=matter, reason="复工", sent=district.sent(on=date(2020, 8, 15)))
    facts = refused.value.facts
    assert (facts["entry"], facts["on"], facts["cause"]) == (
        last.number,
        date(2020, 9, 1),
        "not_suspended",
    )


amounts = st.lists(
    st.tuples(st.integers(0, 297), st.sampled_from(YEAR)),
    min_size=2,
    max_size=5,
    unique_by=lambda pair: pair[1],
)


@pytest.mark.no_cover
@pytest.mark.long
@HISTORIES
@given(amounts, st.randoms(use_true_random=False), st.data())
def test_any_order_of_recording_the_same_reports_gives_the_same_board(
    district, matters, said, random, data
):
    matter = matters[0]
    answers = data.draw(
        st.lists(st.sampled_from(list(Answer)), min_size=len(said), max_size=len(said))
    )
    orders = [list(range(len(said))), list(range(len(said)))]
    random.shuffle(orders[1])
    boards = []
    for order in orders:
        with undone():
            for n in order:
                report_and_answer(district, matter, n, said[n], answers[n])
            boards.append(board_of(matter))
            assert differences(district) == []
    first, second = boards
    assert first == second


def report_and_answer(district, matter, n, said, answer):
    amount, on = said
    sent = district.sent(on=on, by=district.lead, command_id=district.named(f"report {n}"))
    district.report(matter, amount, on=on, sent=sent)
    later = district.sent(on=on + timedelta(days=2))
    if answer == Answer.GRANTED:
        ledger.confirm_report(matter_id=matter, report=sent.command_id, sent=later)
    elif answer == Answer.REFUSED:
        ledger.return_report(matter_id=matter, report=sent.command_id, reason="核", sent=later)


def board_of(matter):
    """What the board shows on every day of the year, and beyond the last one: one spell a day."""
    columns = [name for name in columns_of(MatterSpell) if name not in {"from_day", "to_day"}]
    known = MatterSpell.objects.filter(thread=matter, known_to=OPEN)
    spells = list(known.values_list("from_day", "to_day", *columns))
    board = []
    for day in (*YEAR, date(2021, 1, 15), date(2026, 12, 31)):
        (on_that_day,) = [told for start, end, *told in spells if start <= day < end]
        board.append((day, on_that_day))
    return board


# ---- rebuild -----------------------------------------------------------------------------------


def test_a_new_year_or_rule_rewrites_what_is_open_from_its_number_on(district):
    matter = district.matter()
    district.report(matter, 3, on=date(2020, 4, 10))
    then = Line.objects.get(pk=district.id).last_number
    before = set(MatterSpell.objects.filter(thread=matter).values_list("pk"))
    rule = replace(ERQI_2017_D1, version=2, answer_working_days=1)
    clocks.issue_colour_rule(rule=rule, **district.hand(on=rule.in_force_from))
    rewritten = MatterSpell.objects.filter(thread=matter, known_from=then + 1)
    assert rewritten.exists()
    assert MatterSpell.objects.filter(thread=matter, known_to=then + 1).exists()
    assert before < set(MatterSpell.objects.filter(thread=matter).values_list("pk"))
    assert_spells_are_replay(district, matter)


TAMPERED = {
    "row": lambda d, m: Matter.objects.filter(pk=m).update(title="另一件"),
    "no row": lambda d, m: Matter.objects.filter(pk=m).delete(),
    "stray row": lambda d, m: Matter.objects.create(
        id=uuid5(m, "stray"), district=d.id, code="X", title="无中生有"
    ),
    "spell": lambda d, m: MatterSpell.objects.filter(thread=m).update(colour="green"),
    "no spell": lambda d, m: MatterSpell.objects.filter(thread=m).first().delete(),
    "knowledge": lambda d, m: MatterSpell.objects.filter(thread=m).update(known_to=3),
    "neighbour": lambda d, m: PlaceSpell.objects.filter(thread=m).update(district=m),
    "stray spell": lambda d, m: PlaceSpell.objects.create(
        district=d.id, thread=uuid5(m, "stray"), from_day=DAY, to_day=date(2021, 1, 1),
        known_from=1, goal=m,
    ),
    "unit": lambda d, m: Unit.objects.filter(district=d.id).update(name="某局"),
    "post": lambda d, m: Post.objects.filter(district=d.id).delete(),
    "goal": lambda d, m: Goal.objects.filter(district=d.id).update(kind="board"),
    "district": lambda d, m: District.objects.filter(district=d.id).update(code="999999"),
    "calendar": lambda d, m: Calendar.objects.filter(district=d.id).update(last_year=2030),
    "rule": lambda d, m: RuleSet.objects.filter(district=d.id).delete(),
}  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERED)
def test_rebuild_reports_what_was_tampered_with_and_mends_it_when_asked(
    district, tampering, capsys
):
    matter = district.matter()
    assert differences(district) == []
    TAMPERED[tampering](district, matter)
    found = differences(district)
    assert found
    assert {each.what for each in found} <= {"missing", "extra", "differs"}
    with pytest.raises(CommandError) as refused:
        call_command("journal", "rebuild", "--district", str(district.id))
    assert refused.value.returncode == 1
    assert f"{len(found)} differences" in capsys.readouterr().out
    assert len(differences(district)) == len(found)  # to look is not to touch
    call_command("journal", "rebuild", "--write", "--district", str(district.id))
    assert "put right" in capsys.readouterr().out
    assert_spells_are_replay(district, matter)


def test_what_was_taken_back_whole_is_no_row_any_more(district):
    matter = district.registered()
    first = entries_of(matter, MATTERS)[0]
    ledger.correct(
        matter_id=matter, entry=first.number, change=None, reason="重复", sent=district.sent()
    )
    assert not Matter.objects.filter(pk=matter).exists()
    assert not MatterSpell.objects.filter(on_day(DAY), thread=matter).exists()
    assert MatterSpell.objects.filter(on_day(DAY, known_at=first.number), thread=matter).exists()
    assert JournalEntry.objects.filter(thread=matter).count() == 2
    assert differences(district) == []


def test_a_registration_is_corrected_though_more_was_recorded_on_its_day(district):
    matter = district.matter()
    first = entries_of(matter, MATTERS)[0]
    ledger.correct(
        matter_id=matter, entry=first.number, reason="笔误",
        change=lambda fact: replace(fact, title="老旧小区综合改造"), sent=district.sent(on=DAY),
    )  # fmt: skip
    row = Matter.objects.get(pk=matter)
    assert (row.title, row.lead_unit) == ("老旧小区综合改造", district.lead.unit)
    assert_spells_are_replay(district, matter)


def test_founding_is_told_once(district):
    assert isinstance(entries_of(district.goals[0], GOALS)[0].fact, Founded)
