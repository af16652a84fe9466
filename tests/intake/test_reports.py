"""A report comes in, is reviewed, and what is accepted enters the ledger with its sentence."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from luoshi.base.models import JournalEntry
from luoshi.base.papers.refusals import PaperEmpty
from luoshi.base.texts import texts_of
from luoshi.intake.models import ReportText, StagedStatement
from luoshi.intake.reports import commands, queries, refusals
from luoshi.intake.reports.commands.taking import digest_of
from luoshi.intake.reports.views.showing import Scene, card_of
from luoshi.ledger.models import Matter
from luoshi.ledger.queries import history_of
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.intake.reports import DAY, LATER, LATER_DAY, REPORT
from tests.ledger.town import AT, LEAD, SUPPORT, UNITS

PARKING, BY_DECEMBER, SCHOOLS, PARK, MECHANISM, REVENUE = 4, 5, 6, 8, 9, 10


@pytest.fixture
def write(town):
    return lambda report: commands.write(report.pk, by=town.office, at=AT)


def statement(report, number):
    return StagedStatement.objects.get(document=report, number=number)


def state_of(town, matter, on=date.max):
    return state_on(history_of(town.office, matter), on, law=law)


def accept(town, report, *numbers):
    commands.accept(report.pk, numbers, by=town.office)


# ---- handing in ---------------------------------------------------------------------------------


def test_a_report_waits_with_its_day_title_sections_and_counts(report, town):
    assert (report.title, report.day, report.year) == ("小城区政府工作报告", DAY, 2020)
    assert report.day_guessed
    assert report.counts["target"] == 6
    assert report.counts["result"] == 3
    assert report.counts["all"] == report.counts["open"] == 10
    text = queries.text_of(town.district, report.digest)
    assert text == REPORT
    for row in queries.statements_of(report):
        assert text[row.start : row.end] == row.row["quote"]


def test_nothing_of_a_report_is_in_the_journal_before_it_is_written(report, town):
    before = JournalEntry.objects.count()
    accept(town, report, PARKING)
    assert JournalEntry.objects.count() == before
    assert not Matter.objects.exists()


def test_what_is_said_at_hand_in_goes_before_what_the_text_says(take):
    day = date(2020, 3, 9)
    report = take(title="另名", place="邻区", day=day, year=2021)
    assert (report.title, report.place, report.day, report.year) == ("另名", "邻区", day, 2021)
    assert not report.day_guessed


def test_a_given_year_does_not_keep_the_day_from_being_read(take):
    report = take(year=2021)
    assert (report.day, report.year, report.day_guessed) == (DAY, 2021, True)


def test_a_report_without_a_day_or_a_statement_is_refused(take):
    with pytest.raises(refusals.ReportDayMissing):
        take("今年新增停车位2000个。")
    with pytest.raises(refusals.NothingStated):
        take("天气很好。", day=DAY)
    with pytest.raises(PaperEmpty):
        take("")
    assert not ReportText.objects.exists()


def test_a_unit_takes_no_report_in(town):
    with pytest.raises(NotAllowed):
        commands.take_in(REPORT.encode(), name="x.txt", by=town.actors[LEAD], at=AT)


def test_a_withdrawn_report_leaves_nothing(report, town):
    commands.withdraw(report.pk, by=town.office)
    assert not StagedStatement.objects.exists()
    assert not ReportText.objects.exists()
    with pytest.raises(NotFound):
        queries.document_visible_to(town.office, report.pk)


def test_the_text_stays_while_another_report_has_it(report, take, town):
    again = take(place="邻区")
    commands.withdraw(report.pk, by=town.office)
    assert queries.text_of(town.district, again.digest) == REPORT


# ---- the acts of a review -----------------------------------------------------------------------


def test_accept_and_drop_are_counted_and_undone(report, town):
    accept(town, report, PARKING, SCHOOLS)
    commands.drop(report.pk, [PARK], by=town.office)
    report.refresh_from_db()
    assert (report.counts["accepted"], report.counts["dropped"]) == (2, 1)
    assert commands.undo(report.pk, by=town.office) == [PARK]
    assert set(commands.undo(report.pk, by=town.office)) == {PARKING, SCHOOLS}
    report.refresh_from_db()
    assert report.counts["open"] == report.counts["all"]
    with pytest.raises(refusals.NothingToUndo):
        commands.undo(report.pk, by=town.office)


def test_all_of_a_filter_that_are_sure_enough_are_accepted_at_once(report, town):
    done = commands.accept_all(report.pk, asked="target", least=0.9, by=town.office)
    assert (done.count, done.left) == (4, 0)
    assert statement(report, PARK).state == "open"
    assert commands.accept_all(report.pk, asked="target", least=0.9, by=town.office).count == 0


def test_mending_writes_the_fields_and_says_that_a_person_did(report, town):
    fields = {"subject": "公共停车泊位", "value": "2,100", "deadline": "2020-11-30", "unit": "个"}
    commands.mend(
        report.pk, PARKING, fields=fields, choice={"lead": str(town.unit(LEAD))}, by=town.office
    )
    row = statement(report, PARKING)
    assert row.state == "accepted"
    assert (row.row["subject"], row.row["value"]) == ("公共停车泊位", 2100)
    assert (row.row["deadline"], row.row["deadline_stated"]) == ("2020-11-30", True)
    assert (row.row["rule"], row.row["value_start"]) == ("reviewer", None)
    assert row.choice == {"lead": str(town.unit(LEAD))}
    commands.undo(report.pk, by=town.office)
    row = statement(report, PARKING)
    assert (row.row["subject"], row.choice, row.state) == ("停车位", {}, "open")


def test_mending_nothing_keeps_the_readers_rule(report, town):
    before = statement(report, PARKING).row
    commands.mend(report.pk, PARKING, fields={"subject": before["subject"]}, by=town.office)
    assert statement(report, PARKING).row == before


def test_a_field_is_emptied_and_its_gap_is_told(report, town):
    emptied = {"deadline": "", "value": "", "comparator": "", "kind": "target"}
    commands.mend(report.pk, SCHOOLS, fields=emptied, by=town.office)
    row = statement(report, SCHOOLS)
    assert (row.row["deadline"], row.row["deadline_stated"], row.row["value"]) == (None, None, None)
    assert {"day", "measure"} <= set(row.gaps)


def test_a_value_may_have_decimals(report, town):
    commands.mend(report.pk, REVENUE, fields={"value": "6.5", "comparator": ">="}, by=town.office)
    assert statement(report, REVENUE).row["value"] == 6.5


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "promise"},
        {"value": "many"},
        {"value": "NaN"},
        {"comparator": "!="},
        {"deadline": "soon"},
    ],
)
def test_what_a_field_cannot_be_is_refused(report, town, fields):
    with pytest.raises(refusals.ValueUnclear):
        commands.mend(report.pk, PARKING, fields=fields, by=town.office)


def test_what_is_no_id_is_refused(report, town):
    for choice in ({"lead": "nobody"}, {"supporting": ["nobody"]}):
        with pytest.raises(refusals.ValueUnclear):
            commands.take(report.pk, PARKING, choice=choice, by=town.office)


def test_a_choice_is_kept_and_taken_back(report, town):
    commands.take(report.pk, PARKING, choice={"lead": str(town.unit(LEAD))}, by=town.office)
    commands.take(report.pk, PARKING, choice={"matter": "new"}, by=town.office)
    assert set(statement(report, PARKING).choice) == {"lead", "matter"}
    commands.take(report.pk, PARKING, choice={"lead": ""}, by=town.office)
    assert set(statement(report, PARKING).choice) == {"matter"}


def test_a_statement_is_split_and_the_value_stays_where_it_is_printed(report, town):
    commands.split(report.pk, PARKING, at=2, by=town.office)
    first, second = statement(report, PARKING), statement(report, 11)
    assert (first.row["quote"], second.row["quote"]) == ("新增", "停车位2000个")
    assert (first.row["value"], second.row["value"]) == (None, 2000)
    assert commands.undo(report.pk, by=town.office) == [PARKING]
    assert statement(report, PARKING).row["quote"] == "新增停车位2000个"
    assert not StagedStatement.objects.filter(document=report, number=11).exists()


def test_the_second_part_has_no_value_where_it_stands_in_the_first(report, town):
    commands.mend(report.pk, PARK, fields={"subject": "滨河公园"}, by=town.office)
    commands.split(report.pk, PARK, at=4, by=town.office)
    assert statement(report, PARK).state == "open"
    assert statement(report, 11).row["value"] is None


@pytest.mark.parametrize("at", [0, 10, 99])
def test_a_statement_is_not_split_outside_itself(report, town, at):
    with pytest.raises(refusals.CannotSplitHere):
        commands.split(report.pk, PARKING, at=at, by=town.office)


def test_two_statements_become_one_and_two_again(report, town):
    commands.join(report.pk, PARKING, by=town.office)
    row = statement(report, PARKING)
    assert row.row["quote"] == "新增停车位2000个，由城管局牵头负责，12月底前完成划线"
    assert row.row["responsible"] == "城管局"
    assert (statement(report, BY_DECEMBER).state, row.row["value"]) == ("joined", 2000)
    with pytest.raises(refusals.StatementSettled):
        accept(town, report, BY_DECEMBER)
    commands.undo(report.pk, by=town.office)
    assert statement(report, BY_DECEMBER).state == "open"


def test_joining_keeps_the_quote_where_the_text_was_removed(report, town):
    commands.remove_text(report.digest, by=town.office)
    commands.join(report.pk, PARKING, by=town.office)
    assert statement(report, PARKING).row["quote"] == "新增停车位2000个"


def test_nothing_follows_the_last_statement_or_one_that_is_not_there(report, town):
    for number in (REVENUE, 99):
        with pytest.raises(refusals.NoNextStatement):
            commands.join(report.pk, number, by=town.office)


def test_an_act_on_a_statement_that_is_not_there_is_refused(report, town):
    with pytest.raises(NotFound):
        accept(town, report, 99)
    with pytest.raises(NotFound):
        commands.accept(uuid4(), [1], by=town.office)
    with pytest.raises(NotAllowed):
        commands.accept(report.pk, [1], by=town.actors[LEAD])


# ---- into the ledger ----------------------------------------------------------------------------


def test_an_accepted_target_becomes_a_matter_with_its_sentence(report, town, write):
    choice = {
        "lead": str(town.unit(LEAD)),
        "supporting": [str(town.unit(SUPPORT))],
        "sponsor": str(town.post(UNITS[1][0])),
    }
    commands.take(report.pk, PARKING, choice=choice, by=town.office)
    accept(town, report, PARKING)
    outcome = write(report)
    assert (outcome.written, outcome.kept) == (1, {})
    row = statement(report, PARKING)
    state = state_of(town, row.matter)
    assert row.state == "written"
    assert state.registered.origin == f.Origin.PUBLISHED
    (source,) = state.registered.sources
    assert (source.title, source.day) == ("小城区政府工作报告", DAY)
    assert source.place == "二、2020年重点工作"
    assert state.leading_target.quantity == Decimal(2000)
    assert state.responsibility.lead_unit == town.unit(LEAD)
    assert state.responsibility.sponsoring_post == town.post(UNITS[1][0])
    (quote,) = state.quotes
    assert quote.document == digest_of(REPORT)
    assert REPORT[quote.start : quote.end] == texts_of(row.matter)[quote.quote]
    report.refresh_from_db()
    assert report.state == "written"
    with pytest.raises(refusals.ReportInLedger):
        commands.withdraw(report.pk, by=town.office)
    with pytest.raises(refusals.StatementSettled):
        commands.drop(report.pk, [PARKING], by=town.office)


def test_writing_again_writes_nothing_again(report, town, write):
    accept(town, report, PARKING, PARK, MECHANISM)
    assert write(report).written == 2  # a way of working is read and kept, and is no matter
    before = JournalEntry.objects.count()
    assert write(report).written == 0
    assert JournalEntry.objects.count() == before
    assert Matter.objects.count() == 2


def test_nothing_is_undone_behind_the_ledger(report, town, write):
    accept(town, report, PARKING)
    write(report)
    with pytest.raises(refusals.NothingToUndo):
        commands.undo(report.pk, by=town.office)


def test_what_is_no_matter_is_read_and_kept(report, town, write):
    accept(town, report, MECHANISM)
    assert write(report).written == 0
    commands.drop(report.pk, [PARK], by=town.office)
    report.refresh_from_db()
    assert report.state == "review"
    commands.undo(report.pk, by=town.office)
    with pytest.raises(refusals.StatementSettled):
        commands.undo(report.pk, by=town.office)


def test_a_result_answers_its_matter_with_a_confirmed_report(report, take, town, write):
    accept(town, report, PARKING)
    write(report)
    matter = statement(report, PARKING).matter
    later = take(LATER)
    accept(town, later, 1)
    assert write(later).kept == {1: "no_matter"}
    commands.take(later.pk, 1, choice={"matter": str(matter)}, by=town.office)
    assert write(later).written == 1
    state = state_of(town, matter)
    (told,) = state.reports.values()
    assert (told.fact.achieved, told.fact.measured_on) == (Decimal(2150), date(2020, 12, 31))
    assert told.answer == "granted"
    assert [quote.report for quote in state.quotes] == [None, told.fact.report]
    assert told.on == LATER_DAY


def test_a_result_in_another_unit_waits(report, take, town, write):
    accept(town, report, PARKING)
    write(report)
    later = take(LATER)
    matter = str(statement(report, PARKING).matter)
    commands.mend(later.pk, 1, fields={"unit": "处"}, choice={"matter": matter}, by=town.office)
    assert write(later).kept == {1: "other_unit"}


def test_a_result_in_words_is_a_report_without_a_figure(report, take, town, write):
    accept(town, report, PARK)
    write(report)
    later = take(LATER)
    matter = str(statement(report, PARK).matter)
    commands.mend(later.pk, 2, fields={"value": ""}, choice={"matter": matter}, by=town.office)
    assert write(later).written == 1
    (told,) = state_of(town, UUID(matter)).reports.values()
    assert told.fact.achieved is None


def test_the_same_promise_again_is_asked_about_and_linked(report, take, town, write):
    accept(town, report, PARKING)
    write(report)
    matter = statement(report, PARKING).matter
    again = take(REPORT.replace("健全督查督办机制", "健全督查机制"), day=date(2020, 4, 1))
    accept(town, again, PARKING)
    assert write(again).kept == {PARKING: "undecided"}
    commands.take(again.pk, PARKING, choice={"matter": str(matter)}, by=town.office)
    assert write(again).written == 1
    assert Matter.objects.count() == 1
    assert len(state_of(town, matter).quotes) == 2


def test_the_same_words_may_be_another_promise(report, take, town, write):
    accept(town, report, PARKING)
    write(report)
    again = take(REPORT + "\n。", day=date(2020, 4, 1))
    commands.take(again.pk, PARKING, choice={"matter": "new"}, by=town.office)
    accept(town, again, PARKING)
    assert write(again).written == 1
    assert Matter.objects.count() == 2


def test_a_matter_that_is_not_there_and_a_unit_not_in_force_keep_a_statement_back(
    report, town, write
):
    commands.take(report.pk, PARKING, choice={"lead": str(uuid4())}, by=town.office)
    accept(town, report, PARKING)
    assert write(report).kept == {PARKING: "unit_not_in_force"}
    commands.take(report.pk, SCHOOLS, choice={"matter": str(uuid4())}, by=town.office)
    accept(town, report, SCHOOLS)
    assert write(report).kept[SCHOOLS] == "not_found"
    assert not Matter.objects.exists()


# ---- the text outside the journal ---------------------------------------------------------------


def test_a_removed_text_comes_back_when_the_same_is_supplied(report, town):
    commands.remove_text(report.digest, by=town.office)
    assert queries.text_of(town.district, report.digest) is None
    digest = commands.supply_text(REPORT.encode(), name="x.txt", by=town.office)
    assert digest == report.digest
    assert queries.text_of(town.district, digest) == REPORT


def test_who_leads_and_sponsors_the_matter_alike_is_proposed(report, take, town, write):
    office = UNITS[1][0]
    choice = {"lead": str(town.unit(SUPPORT)), "sponsor": str(town.post(office))}
    commands.take(report.pk, PARKING, choice=choice, by=town.office)
    accept(town, report, PARKING)
    write(report)
    later = take(LATER)
    posts, units = {office: town.post(office)}, {SUPPORT: town.unit(SUPPORT)}
    scene = Scene(LATER, units, posts, queries.promises_now(town.office), {})
    cards = [card_of(row, scene, scene.names) for row in queries.statements_of(later)]
    proposals = {one["do"]: one["because"] for one in cards[3]["proposals"]}
    assert f"lead:{town.unit(SUPPORT)}" in proposals
    assert f"sponsor:{town.post(office)}" in proposals
    commands.take(later.pk, 4, choice={"sponsor": str(town.post(office))}, by=town.office)
    card = card_of(statement(later, 4), scene, scene.names)
    assert not any(one["do"].startswith("sponsor") for one in card["proposals"])


def test_words_that_were_overlooked_are_added_and_taken_back(report, town):
    number = commands.add(report.pk, quote=" 由城管局牵头负责 ", by=town.office)
    row = statement(report, number)
    assert REPORT[row.start : row.end] == row.row["quote"] == "由城管局牵头负责"
    assert (row.kind, row.row["rule"], row.state) == ("target", "reviewer", "open")
    assert "measure" in row.gaps
    assert commands.undo(report.pk, by=town.office) == []
    assert not StagedStatement.objects.filter(document=report, number=number).exists()


@pytest.mark.parametrize("quote", ["", "  ", "并无此句"])
def test_words_that_do_not_stand_in_the_text_are_not_added(report, town, quote):
    with pytest.raises(refusals.QuoteNotFound):
        commands.add(report.pk, quote=quote, by=town.office)


def test_nothing_is_added_where_the_text_was_removed(report, town):
    commands.remove_text(report.digest, by=town.office)
    with pytest.raises(refusals.QuoteNotFound):
        commands.add(report.pk, quote="由城管局牵头负责", by=town.office)
