"""The law of any thread, shown on a toy: tanks, filled and drained, never below nothing."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules import journal
from luoshi.rules.journal import (
    EntryNotStanding,
    LaterEntryStandsInTheWay,
    Redacted,
    Signature,
    TextDigest,
    Withdrawn,
)
from luoshi.rules.refusals import NotFound, Refusal

FIRST = date(2020, 1, 1)
AT = datetime(2020, 6, 1, 8, 30, tzinfo=UTC)
HAND = Signature(person=UUID(int=1))
REDACTED = Redacted(digests=(), reason=TextDigest("ab" * 32), approved_by=UUID(int=2))


@dataclass(frozen=True)
class Moved:
    """So much more (or less) in a tank; unit: litres."""

    tank: str
    litres: int


class TankEmpty(Refusal):
    code = "tank_empty"


class Tanks:
    """The law: what is in each tank, which never falls below nothing."""

    @staticmethod
    def initial():
        return MappingProxyType({})

    @staticmethod
    def applied(state, entry):
        fact = entry.fact
        return MappingProxyType({**state, fact.tank: state.get(fact.tank, 0) + fact.litres})

    @staticmethod
    def check(state, fact, on):
        if state.get(fact.tank, 0) + fact.litres < 0:
            raise TankEmpty(tank=fact.tank)

    @staticmethod
    def touched(fact):
        return frozenset({fact.tank})


def entry(number, day, fact, *, corrects=None):
    """An entry that speaks of the n-th day; its place in the thread is its number."""
    on = FIRST + timedelta(days=day)
    return journal.Entry(number, number, on, AT, HAND, type(fact).__name__, fact, corrects)


def judged(entries, fact, *, day, corrects=None):
    on = FIRST + timedelta(days=day)

    def decide(state):
        if isinstance(fact, Moved):
            Tanks.check(state, fact, on)
        return fact

    def proposed(fact):
        return entry(len(entries) + 1, day, fact, corrects=corrects)

    return journal.judge(
        entries, law=Tanks, on=on, corrects=corrects, decide=decide, proposed=proposed
    )


def numbers(entries, **known):
    return [each.number for each in journal.standing(entries, **known)]


def state(entries, day, **known):
    return dict(journal.state_on(entries, FIRST + timedelta(days=day), law=Tanks, **known))


# ---- two orders --------------------------------------------------------------------------------


def test_entries_speak_in_the_order_of_their_days_then_of_their_numbers():
    entries = [entry(1, 5, Moved("a", 1)), entry(2, 3, Moved("a", 1)), entry(3, 5, Moved("a", 1))]
    assert numbers(entries) == [2, 1, 3]


def test_what_a_correction_replaces_is_left_out_from_that_number_on():
    entries = [
        entry(1, 5, Moved("a", 10)),
        entry(2, 5, Moved("a", 7), corrects=1),
        entry(3, 5, Moved("a", 8), corrects=2),
    ]
    assert numbers(entries) == [3]
    assert [state(entries, 5, known_at=n) for n in (0, 1, 2, 3)] == [
        {},
        {"a": 10},
        {"a": 7},
        {"a": 8},
    ]
    assert state(entries, 4) == {}


def test_a_withdrawal_and_a_redaction_say_nothing_themselves():
    entries = [
        entry(1, 5, Moved("a", 10)),
        entry(2, 5, Withdrawn(), corrects=1),
        entry(3, 6, REDACTED),
    ]
    assert numbers(entries) == []
    assert numbers(entries, known_at=1) == [1]


def test_a_correction_speaks_where_the_line_stood_that_it_replaces():
    # The tank is filled and drained on one day: the right figure of the filling still comes first.
    entries = [entry(1, 5, Moved("a", 10)), entry(2, 5, Moved("a", -9))]
    assert judged(entries, Moved("a", 12), day=5, corrects=1) == Moved("a", 12)
    entries.append(entry(3, 5, Moved("a", 12), corrects=1))
    assert numbers(entries) == [3, 2]
    entries.append(entry(4, 5, Moved("a", 11), corrects=3))
    assert numbers(entries) == [4, 2]
    with pytest.raises(LaterEntryStandsInTheWay) as refused:
        judged(entries, Moved("a", 8), day=5, corrects=4)
    assert refused.value.facts["entry"] == 2


def test_a_correction_may_move_a_line_to_another_day():
    entries = [entry(1, 5, Moved("a", 10)), entry(2, 7, Moved("a", -9))]
    assert judged(entries, Moved("a", 10), day=6, corrects=1) == Moved("a", 10)
    with pytest.raises(LaterEntryStandsInTheWay) as refused:
        judged(entries, Moved("a", 10), day=8, corrects=1)
    assert refused.value.facts == {
        "entry": 2,
        "kind": "Moved",
        "on": FIRST + timedelta(days=7),
        "cause": "tank_empty",
    }


movements = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(1, 9)), min_size=1, max_size=8
).flatmap(
    lambda facts: st.tuples(
        st.just(facts),
        st.permutations(range(len(facts))),
        st.lists(st.integers(0, 30), min_size=len(facts), max_size=len(facts), unique=True),
    )
)


@given(movements)
def test_any_order_of_recording_gives_the_same_state_on_every_day(drawn):
    facts, order, days = drawn
    told = [entry(n, days[n], Moved(*facts[n])) for n in range(len(facts))]
    shuffled = [entry(n, days[i], Moved(*facts[i])) for n, i in enumerate(order)]
    for day in range(31):
        assert state(told, day) == state(shuffled, day)


@given(movements, st.data())
def test_a_correction_changes_as_of_and_not_as_known_then(drawn, data):
    facts, _, days = drawn
    entries = [entry(n + 1, days[n], Moved(*facts[n])) for n in range(len(facts))]
    then = [state(entries, day) for day in range(31)]
    wrong = data.draw(st.sampled_from(entries))
    right = Moved(wrong.fact.tank, wrong.fact.litres + data.draw(st.integers(1, 9)))
    entries.append(entry(len(entries) + 1, (wrong.on - FIRST).days, right, corrects=wrong.number))
    last = len(entries) - 1
    assert [state(entries, day, known_at=last) for day in range(31)] == then
    for day in range(31):
        more = right.litres - wrong.fact.litres if wrong.on <= FIRST + timedelta(days=day) else 0
        as_of = dict(then[day])
        if more:
            as_of[right.tank] += more
        assert state(entries, day) == as_of


# ---- judging what would result -----------------------------------------------------------------


def test_a_fact_is_judged_on_the_state_of_its_own_day():
    entries = [entry(1, 5, Moved("a", 10))]
    assert judged(entries, Moved("a", -10), day=5) == Moved("a", -10)
    with pytest.raises(TankEmpty):
        judged(entries, Moved("a", -1), day=4)


def test_a_fact_that_makes_a_later_entry_impossible_is_refused_and_names_it():
    entries = [entry(1, 1, Moved("a", 10)), entry(2, 8, Moved("a", -10))]
    with pytest.raises(LaterEntryStandsInTheWay) as refused:
        judged(entries, Moved("a", -1), day=4)
    assert refused.value.facts["entry"] == 2
    assert isinstance(refused.value.__cause__, TankEmpty)


def test_taking_back_what_later_entries_need_is_refused():
    entries = [entry(1, 1, Moved("a", 10)), entry(2, 8, Moved("a", -10))]
    with pytest.raises(LaterEntryStandsInTheWay):
        judged(entries, Withdrawn(), day=1, corrects=1)
    assert judged(entries, Withdrawn(), day=8, corrects=2) == Withdrawn()


def test_a_redaction_is_no_part_of_the_state():
    assert judged([entry(1, 1, Moved("a", 1))], REDACTED, day=2) == REDACTED


@pytest.mark.parametrize("number", [2, 99])
def test_only_a_standing_entry_can_be_corrected(number):
    entries = [
        entry(1, 1, Moved("a", 1)),
        entry(2, 1, Moved("a", 2), corrects=1),
        entry(3, 1, Withdrawn(), corrects=2),
    ]
    with pytest.raises(EntryNotStanding) as refused:
        judged(entries, Moved("a", 3), day=1, corrects=number)
    assert refused.value.facts == {"entry": number}


@given(movements, st.data())
def test_what_judge_accepts_leaves_every_entry_possible(drawn, data):
    facts, _, days = drawn
    entries = []
    for number, (tank, litres) in enumerate(facts, start=1):
        signed = data.draw(st.sampled_from((litres, -litres)))
        corrects = data.draw(st.sampled_from([None, *numbers(entries)]))
        try:
            fact = judged(entries, Moved(tank, signed), day=days[number - 1], corrects=corrects)
        except (TankEmpty, LaterEntryStandsInTheWay):
            continue
        entries.append(entry(len(entries) + 1, days[number - 1], fact, corrects=corrects))
    held = Tanks.initial()
    for each in journal.standing(entries):
        Tanks.check(held, each.fact, each.on)
        held = Tanks.applied(held, each)


# ---- conflicts ---------------------------------------------------------------------------------


def test_only_later_entries_that_touch_the_same_part_conflict():
    entries = [
        entry(1, 1, Moved("a", 1)),
        entry(2, 1, Moved("b", 1)),
        entry(3, 1, Withdrawn(), corrects=1),
        entry(4, 1, REDACTED),
    ]

    def theirs(fact, expected):
        return [
            each.number for each in journal.conflicts(entries, fact, law=Tanks, expected=expected)
        ]

    assert theirs(Moved("a", 1), 0) == [1]
    assert theirs(Moved("a", 1), 1) == []
    assert theirs(Moved("b", 1), 1) == [2]
    assert theirs(Withdrawn(), 0) == []
    assert theirs(REDACTED, 0) == []


# ---- digests -----------------------------------------------------------------------------------

HEADER = journal.Header(
    district=UUID(int=1),
    thread=UUID(int=2),
    no=3,
    number=4,
    on=FIRST,
    at=AT,
    by_person=UUID(int=5),
    by_post=None,
    for_unit=UUID(int=6),
    command_id=UUID(int=7),
    kind="matter.registered",
    version=1,
    algorithm=journal.ALGORITHM,
    previous="",
)


def test_the_header_is_one_value_a_line_in_the_order_of_its_names():
    lines = journal.header_text(HEADER).split("\n")
    assert len(lines) == len(journal.HEADER_FIELDS)
    told = dict(zip(journal.HEADER_FIELDS, lines, strict=True))
    assert told["district"] == "00000000-0000-0000-0000-000000000001"
    assert (told["no"], told["number"], told["on"]) == ("3", "4", "2020-01-01")
    assert told["at"] == "2020-06-01T08:30:00.000000Z"
    assert (told["by_post"], told["previous"]) == ("", "")


def test_a_digest_covers_header_and_body():
    stands = journal.entry_digest(HEADER, "{}")
    assert stands == sha256(f"{journal.header_text(HEADER)}\n{{}}".encode()).hexdigest()
    assert re.fullmatch(r"[0-9a-f]{64}", stands)
    assert journal.entry_digest(HEADER, "{ }") != stands


def test_a_moment_is_the_same_in_every_time_zone():
    elsewhere = AT.astimezone(timezone(timedelta(hours=8)))
    assert journal.moment(elsewhere) == journal.moment(AT)


def test_a_text_and_its_bytes_have_one_digest_and_each_salt_another():
    assert journal.text_digest("拨付", b"salt") == journal.text_digest("拨付".encode(), b"salt")
    assert journal.text_digest("拨付", b"salt") != journal.text_digest("拨付", b"tlas")


def test_a_refusal_carries_its_facts():
    refusal = NotFound(what="matter")
    assert (refusal.code, refusal.facts) == ("not_found", {"what": "matter"})
