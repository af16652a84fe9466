"""The board of any day: as many queries for sixty matters as for three, and counts that add up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from luoshi.clocks.surroundings import surroundings
from luoshi.ledger import board as boards
from luoshi.ledger import listing, queries
from luoshi.ledger.board import Filters, goals_visible_to, tally_by_goal
from luoshi.ledger.sums import UnitSum, shown_sums
from luoshi.organisation.queries import units_visible_to
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import Fix
from tests.ledger.town import BELOW, DAY, LEAD, STRANGER, SUPERVISION, TARGET

JULY = date(2020, 7, 15)


@pytest.fixture
def shown(town):
    """The board of a day."""

    def on(day=JULY, known_at=None, **given):
        filters = Filters(**given.pop("filters", {}))
        return boards.board(
            town.office,
            day=day,
            known_at=known_at,
            filters=filters,
            goals=goals_visible_to(town.office, day=day, known_at=known_at),
            units=units_visible_to(town.office, day=day, known_at=known_at),
            around=surroundings(town.district, None),
            **given,
        )

    return on


@pytest.fixture(scope="module")
def matters(founded_town):
    """Seven matters that differ in everything the board filters by."""
    town = founded_town
    done = town.assigned("S1", goals=(town.goal("田园"),))
    town.report(done, 60, on=date(2020, 6, 30))
    behind = town.assigned("S2", lead=STRANGER, goals=(town.goal("品质"), town.goal("田园")))
    town.tell("report_progress", behind, on=JULY, measured_on=JULY, achieved=Decimal(9))
    vague = town.published("S3", kind=f.MatterKind.PROJECT, goals=())
    town.tell("fix_target", vague, targets=(TARGET,))
    town.tell("set_stage", vague, stage=f.Stage.NEW_START, listed=True)
    resting = town.assigned("S4", title="河道清淤")
    town.tell("suspend", resting, reason="汛期")
    closed = town.verified("S5")
    town.tell("close_out", closed, town.actors[SUPERVISION])
    dropped = town.draft("S6")
    town.tell("abolish", dropped, reason="合并")
    town.draft("S7", title="100%_覆盖")
    return {"done": done, "behind": behind, "vague": vague, "resting": resting, "closed": closed}


def codes(board):
    return [row.spell.code for row in board.rows]


def test_the_board_shows_what_is_open(matters, shown):
    assert sorted(codes(shown())) == ["S1", "S2", "S3", "S4", "S7"]
    assert len(shown(filters={"with_closed": True}).rows) == 7
    assert codes(shown(day=DAY - timedelta(days=1))) == []


def test_the_counts_of_the_colours_add_up_whatever_is_chosen(matters, shown):
    everything = shown()
    counted = {}
    for row in everything.rows:
        counted[row.spell.colour] = counted.get(row.spell.colour, 0) + 1
    assert everything.colours == counted
    assert len(counted) >= 3
    assert everything.total == sum(counted.values()) == 5
    for colour, count in counted.items():
        chosen = shown(filters={"colours": (colour,)})
        assert (chosen.total, len(chosen.rows)) == (count, count)
        assert chosen.colours == counted
    two = tuple(counted)[:2]
    assert shown(filters={"colours": two}).total == sum(counted[colour] for colour in two)
    assert shown(filters={"colours": ("no such",)}).total == 0


def test_a_resting_matter_keeps_its_place_and_a_silent_one_is_unreported(matters, shown):
    colour = {row.spell.code: row.spell.colour for row in shown().rows}
    assert colour["S4"] == "suspended"
    assert colour["S3"] == "unreported"
    assert colour["S7"] == "ungraded"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"unit": STRANGER}, ["S2"]),
        ({"unit": LEAD}, ["S1", "S4"]),
        ({"kind": "project"}, ["S3"]),
        ({"missing": Fix.RESPONSIBILITY}, ["S3", "S7"]),
        ({"missing": Fix.TARGET}, ["S7"]),
        ({"goal": "田园"}, ["S1", "S2"]),
        ({"goal": "品质"}, ["S2", "S4", "S7"]),
        ({"goal": "三个区"}, ["S1", "S2", "S4", "S7"]),
        ({"text": "清淤"}, ["S4"]),
        ({"text": "s2"}, ["S2"]),
        ({"text": "%_"}, ["S7"]),
        ({"text": "_"}, ["S7"]),
        ({"text": "停车", "unit": LEAD}, ["S1"]),
        ({"text": STRANGER}, ["S2"]),
        ({"unit": "区政府"}, ["S1", "S2", "S4"]),
        ({"unit": BELOW}, []),
        ({"area": "老城"}, ["S1", "S2", "S3", "S4", "S7"]),
        ({"area": "新城"}, []),
        ({"source": "document"}, ["S1", "S2", "S3", "S4", "S7"]),
        ({"source": "meeting"}, []),
        ({"stage": "new_start"}, ["S3"]),
        ({"stage": "completed"}, []),
        ({"sponsor": LEAD}, []),
        ({"standing": "draft"}, ["S7"]),
        ({"standing": "abolished"}, ["S6"]),
        ({"due": "169"}, ["S1", "S2", "S4"]),
        ({"due": "168"}, []),
        ({"due": "late"}, []),
    ],
    ids=lambda value: "" if isinstance(value, list) else str(value),
)
def test_filters_narrow_the_board(town, matters, shown, filters, found):
    ids = {"unit": town.unit, "goal": town.goal, "sponsor": town.post}
    asked = {name: ids.get(name, str)(value) for name, value in filters.items()}
    narrowed = shown(filters=asked)
    assert sorted(codes(narrowed)) == found
    assert narrowed.total == sum(narrowed.colours.values()) == len(found)


PLAIN_SORTS = [sort for sort in boards.SORTS if sort != "unit"]


@pytest.mark.parametrize("sort", [*PLAIN_SORTS, *(f"-{sort}" for sort in PLAIN_SORTS)])
def test_every_sort_is_total_and_puts_what_is_empty_last(matters, shown, sort):
    rows = [row.spell for row in shown(sort=sort).rows]
    column = boards.SORTS[sort.lstrip("-")][0]
    values = [getattr(row, column) for row in rows]
    filled = [value for value in values if value is not None]
    assert values == filled + [None] * (len(values) - len(filled))
    assert filled == sorted(filled, reverse=sort.startswith("-"))


def test_units_sort_in_their_official_order(matters, shown):
    upwards, downwards = codes(shown(sort="unit")), codes(shown(sort="-unit"))
    assert set(upwards[:2]) == {"S1", "S4"}
    assert upwards[2] == "S2"
    assert downwards[0] == "S2"
    assert set(upwards[3:]) == set(downwards[3:]) == {"S3", "S7"}


def test_closed_matters_are_shown_when_their_colour_is_asked_for(matters, shown):
    assert codes(shown(filters={"colours": ("closed",)})) == ["S5", "S6"]


def test_a_past_due_day_is_late_until_the_matter_ends(matters, shown):
    after = date(2021, 1, 15)
    assert sorted(codes(shown(day=after, filters={"due": "late"}))) == ["S1", "S2", "S4"]
    both = {"due": "late", "with_closed": True}
    assert sorted(codes(shown(day=after, filters=both))) == ["S1", "S2", "S4"]


def test_the_first_day_is_that_of_the_first_matter(town, matters):
    assert boards.first_day(town.office) == DAY


def test_what_can_be_chosen_is_what_the_matters_have(town, matters):
    names = boards.names_visible_to(town.office, day=JULY)
    assert names.areas == ("老城",)
    assert names.sponsors == frozenset()
    assert [goal.name for goal in names.goals] == ["三个区", "品质", "田园"]


# ---- the sums


def test_sums_are_told_by_unit_and_follow_the_colours_chosen(matters, shown):
    everything = shown()
    assert everything.sums == (UnitSum("个", 4, Decimal(400), Decimal(60)),)
    resting = shown(filters={"colours": ("suspended",)})
    assert resting.sums == (UnitSum("个", 1, Decimal(100), Decimal(0)),)
    assert shown(filters={"text": "100%"}).sums == ()


def test_what_is_part_of_a_summed_matter_is_not_summed_twice(town, matters, shown):
    parts = (f.Part(matter=matters["behind"]), f.Part(matter=matters["vague"]))
    town.tell("divide", matters["done"], parts=parts)
    assert shown().sums == (UnitSum("个", 2, Decimal(200), Decimal(60)),)
    alone = shown(filters={"unit": town.unit(STRANGER)})
    assert alone.sums == (UnitSum("个", 1, Decimal(100), Decimal(0)),)


def test_money_of_every_unit_is_summed_in_the_one_chosen_and_shares_are_not():
    sums = (
        UnitSum("%", 2, Decimal(180), Decimal(90)),
        UnitSum("万元", 1, Decimal(500), Decimal(100)),
        UnitSum("个", 3, Decimal(9), Decimal(3)),
        UnitSum("亿元", 1, Decimal(2), Decimal("0.5")),
    )
    assert shown_sums(sums, "wan") == [
        UnitSum("万元", 2, Decimal(20500), Decimal(5100)),
        UnitSum("个", 3, Decimal(9), Decimal(3)),
    ]
    assert shown_sums(sums, "yi")[0] == UnitSum("亿元", 2, Decimal("2.05"), Decimal("0.51"))


def test_what_is_kept_is_counted_anew_after_the_next_entry(town, matters, shown):
    before = shown()
    assert shown() == before
    town.draft("S8")
    after = shown()
    assert after.total == before.total + 1
    assert "S8" in codes(after)


def test_an_unknown_sort_is_urgency(matters, shown):
    assert codes(shown(sort="'; drop")) == codes(shown(sort="urgency"))
    urgencies = [row.spell.urgency for row in shown().rows]
    assert urgencies == sorted(urgencies)


def test_pages_follow_each_other_without_gap_or_overlap(matters, shown):
    whole = codes(shown(size=None))
    paged = [code for start in (0, 2, 4) for code in codes(shown(start=start, size=2))]
    assert paged == whole
    assert codes(shown(start=40, size=2)) == []
    assert shown(start=2, size=2).total == len(whole)


def test_every_colour_tells_why(matters, shown):
    for row in shown().rows:
        if row.spell.level:
            assert str(row.verdict.level) == row.spell.level
            assert max(test.level for test in row.verdict.tests) == row.verdict.level


def test_what_is_recorded_later_does_not_change_what_was_known_then(town, matters, shown):
    known = queries.last_number(town.office)
    before = [(row.spell.code, row.spell.colour) for row in shown(known_at=known).rows]
    report = town.report(matters["behind"], 55, by=STRANGER, on=JULY)
    town.tell("confirm_report", matters["behind"], on=JULY, report=report)
    assert [(row.spell.code, row.spell.colour) for row in shown(known_at=known).rows] == before
    assert next(r for r in shown().rows if r.spell.code == "S2").spell.achieved == 55


def test_goals_that_were_moved_under_each_other_are_counted_once(town, matters):
    """Two clerks may do that at once; the count must still end."""
    circle = [
        boards.GoalOn(town.goal(name), name, "goal", town.goal(above), 1)
        for name, above in (("三个区", "品质"), ("品质", "三个区"))
    ]
    tally = tally_by_goal(town.office, day=JULY, goals=circle)
    assert sum(tally[town.goal("三个区")].values()) == sum(tally[town.goal("品质")].values()) == 3


def test_percent_is_told_with_one_decimal_and_only_where_there_are_figures():
    assert boards.percent_of(Decimal(103), Decimal(297)) == Decimal("34.7")
    assert boards.percent_of(None, Decimal(297)) is None
    assert boards.percent_of(Decimal(3), Decimal(0)) is None


# ---- the listing


def test_a_line_holds_what_the_command_line_promises(town, matters):
    line = next(line for line in listing.lines(town.office, day=JULY) if line["code"] == "S2")
    assert set(listing.HEAD) <= set(line)
    assert (line["lead_unit"], line["goals"]) == (STRANGER, sorted_goals(town))
    assert line["target"] == {"quantity": "100", "unit": "个", "comparator": "="}
    assert (line["achieved"], line["submitted"], line["due"]) == (None, "9", "2020-12-31")
    assert all(reason["sentence"] for reason in line["reasons"])


def sorted_goals(town):
    return [name for _, name in sorted((town.goal(name).hex, name) for name in ("品质", "田园"))]


def test_closed_matters_are_listed_on_request(town, matters):
    assert len(listing.lines(town.office, day=JULY)) == 5
    assert len(listing.lines(town.office, day=JULY, with_closed=True)) == 7


def test_beyond_the_announced_calendar_no_colour_is_told(town):
    with pytest.raises(listing.BeyondHorizon) as refused:
        listing.lines(town.office, day=date(2022, 1, 1))
    assert refused.value.facts == {"horizon": date(2021, 12, 31)}


def test_an_entry_that_is_not_written_yet_was_known_to_nobody(town, matters):
    last = queries.last_number(town.office)
    for known_at in (last + 1, -1):
        with pytest.raises(listing.KnownAtUnknown) as refused:
            listing.lines(town.office, day=JULY, known_at=known_at)
        assert refused.value.facts == {"known_at": known_at, "last": last}
    assert len(listing.lines(town.office, day=JULY, known_at=last)) == 5


@pytest.mark.parametrize("start", ["=1+1", "+86", "-3", "@cmd", "\tx", "\rx"])
def test_no_cell_starts_a_formula(start):
    assert listing.harmless(start) == f"'{start}"
    assert listing.harmless(f"约{start}") == f"约{start}"
