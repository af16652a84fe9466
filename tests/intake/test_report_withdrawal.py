"""A report that is in the ledger is withdrawn: what nothing stands on goes, the rest says so."""

from dataclasses import replace
from uuid import uuid4

import pytest

from luoshi.base.models import JournalEntry
from luoshi.base.rebuild import rebuilt
from luoshi.intake.models import ReportDocument, StagedStatement
from luoshi.intake.reports import commands, following, queries, refusals
from luoshi.intake.reports.commands import Seen
from luoshi.intake.reports.standing import brought_by
from luoshi.ledger.dossier.lost import lost_quotes
from luoshi.ledger.models import Matter
from luoshi.ledger.queries import ReasonMissing, history_of
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.refusals import NotAllowed
from tests.intake.reports import DAY, LATER, LATER_DAY
from tests.ledger.town import AT, LEAD

PARKING, SCHOOLS, PARK, MECHANISM = 4, 6, 8, 9


def statement(report, number):
    return StagedStatement.objects.get(document=report, number=number)


@pytest.fixture
def written(report, town):
    """The report with three promises and a way of working accepted and written."""
    commands.accept(report.pk, [PARKING, SCHOOLS, PARK, MECHANISM], by=town.office)
    commands.write(report.pk, by=town.office, at=AT)
    report.refresh_from_db()
    return report


@pytest.fixture
def withdraw(town):
    def withdrawn(report, reason="传错了年份", **given):
        done = commands.withdraw_written(report.pk, reason=reason, by=town.office, at=AT, **given)
        report.refresh_from_db()
        return done

    return withdrawn


def now(town, matter, on=LATER_DAY):
    return state_on(history_of(town.office, matter), on, law=law)


def test_what_nothing_stands_on_is_taken_back_and_no_entry_is_lost(written, town, withdraw):
    before = JournalEntry.objects.count()
    assert Matter.objects.count() == 3
    done = withdraw(written)
    assert (done.taken, done.kept) == (3, ())
    assert not Matter.objects.exists()
    assert JournalEntry.objects.count() > before
    assert (written.state, written.reason, written.counts["withdrawn"]) == (
        "withdrawn", "传错了年份", 4,
    )  # fmt: skip
    assert written.withdrawn_at == AT
    assert [found for some in rebuilt(district=town.district) for found in some] == []


def test_a_matter_on_which_others_recorded_stands_and_says_so(written, town, withdraw):
    matter = statement(written, PARKING).matter
    last = town.tell("place", matter, goals=(town.goal("品质"),), on=DAY)
    (kept,) = [one for one in brought_by(written) if one.stands]
    assert (kept.row.number, kept.blocker) == (PARKING, last.number)
    done = withdraw(written)
    assert done.taken == 2
    assert [(one.row.number, one.blocker) for one in done.kept] == [(PARKING, last.number)]
    state = now(town, matter)
    assert state.registered is not None
    assert state.quotes == ()
    entries = history_of(town.office, matter)
    (lost,) = lost_quotes(entries, {entries[-1].reason: "传错了年份"})
    assert (lost.quote.document, lost.reason) == (written.digest, "传错了年份")
    row = statement(written, PARKING)
    assert (row.state, row.problem) == ("written", "stands")


def test_a_result_is_taken_back_and_leaves_the_matter_of_another_report(
    written, take, town, withdraw
):
    matter = statement(written, PARKING).matter
    later = take(LATER)
    commands.take(later.pk, 1, choice={"matter": str(matter)}, by=town.office)
    commands.accept(later.pk, [1], by=town.office)
    commands.write(later.pk, by=town.office, at=AT)
    assert len(now(town, matter).reports) == 1
    assert {one.stands for one in brought_by(written)} == {False, True}  # a result stands on it
    withdraw(later)
    state = now(town, matter)
    assert state.reports == {}
    assert len(state.quotes) == 1  # that of the first report
    assert not any(one.stands for one in brought_by(written))
    assert withdraw(written).taken == 3


def test_a_promise_and_its_result_of_one_report_go_together(report, town, withdraw):
    commands.accept(report.pk, [PARKING], by=town.office)
    commands.write(report.pk, by=town.office, at=AT)
    matter = str(statement(report, PARKING).matter)
    commands.mend(
        report.pk, 1, fields={"period": "2019"}, choice={"matter": matter}, by=town.office
    )
    assert commands.write(report.pk, by=town.office, at=AT).kept == {}
    assert withdraw(report).taken == 2
    assert not Matter.objects.exists()


def test_a_part_of_another_matter_stands(written, town, withdraw):
    whole, part = (statement(written, number).matter for number in (PARKING, SCHOOLS))
    town.tell("divide", whole, parts=(f.Part(matter=part, share=None, mandatory=True),), on=DAY)
    found = {one.row.number: one.blocker for one in brought_by(written) if one.stands}
    assert found[SCHOOLS] == 0
    assert found[PARKING] > 0
    assert withdraw(written).taken == 1


def test_what_somebody_took_back_before_is_left_as_it_is(written, town, withdraw):
    matter = statement(written, PARK).matter
    link = next(one for one in history_of(town.office, matter) if one.kind == "matter.quote_linked")
    town.tell("correct", matter, entry=link.number, change=None, reason="误录", on=DAY)
    assert withdraw(written).taken == 3
    assert not Matter.objects.exists()


def test_a_line_that_somebody_mended_keeps_its_matter(written, town, withdraw):
    matter = statement(written, PARKING).matter
    entry = next(
        one for one in history_of(town.office, matter) if one.kind == "matter.target_fixed"
    )
    town.tell(
        "correct", matter, entry=entry.number, change=lambda fact: fact, reason="漏字", on=DAY
    )
    assert [one.row.number for one in withdraw(written).kept] == [PARKING]


def test_a_withdrawal_has_a_reason_and_a_right(written, town, withdraw):
    with pytest.raises(ReasonMissing):
        withdraw(written, reason=" ")
    with pytest.raises(NotAllowed):
        commands.withdraw_written(written.pk, reason="x", by=town.actors[LEAD], at=AT)
    assert Matter.objects.count() == 3


def test_nothing_is_withdrawn_that_the_reader_has_not_seen(written, town, withdraw):
    seen = Seen(version=written.version, desk="mine", at=AT)
    colleague = replace(town.office, person=uuid4())
    commands.drop(written.pk, [1], by=colleague, seen=Seen(desk="theirs", at=AT))
    with pytest.raises(refusals.ReviewMoved):
        withdraw(written, seen=seen)


def test_a_withdrawn_report_is_closed_and_counts_nowhere(written, take, town, withdraw):
    take(LATER)
    assert following.followed(town.office).promises
    withdraw(written)
    for act in (commands.accept, commands.drop):
        with pytest.raises(refusals.ReportWithdrawn):
            act(written.pk, [1], by=town.office)
    with pytest.raises(refusals.ReportWithdrawn):
        withdraw(written)
    places = {found.pk for found in following.followed(town.office).documents.values()}
    assert written.pk not in places


def test_the_same_text_comes_in_again_and_brings_what_was_decided(written, take, town, withdraw):
    commands.drop(written.pk, [10], by=town.office)
    withdraw(written)
    again = take(place="邻区", year=2020)
    assert statement(again, PARKING).state == "accepted"
    assert statement(again, 10).state == "dropped"
    assert statement(again, 1).state == "open"
    assert queries.titles_of(town.office, again.digest) == again
    assert again.lost == 0
    assert commands.write(again.pk, by=town.office, at=AT).written == 3
    codes = set(Matter.objects.values_list("code", flat=True))
    assert len(codes) == 3
    assert ReportDocument.objects.count() == 2
