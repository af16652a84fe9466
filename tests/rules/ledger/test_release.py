"""A submission on its way out of a unit: whose step it is, what it becomes, what nobody sees."""

import inspect
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.journal import (
    Entry,
    LaterEntryStandsInTheWay,
    Signature,
    Withdrawn,
    judge,
    standing,
    state_on,
)
from luoshi.rules.ledger import decide, law, release
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import refusals as no
from luoshi.rules.ledger import submission_refusals as stop
from luoshi.rules.ledger.clock import colour_facts, figures, late_day
from luoshi.rules.ledger.state import Answer
from luoshi.rules.ledger.submissions import Outcome, unseen_by
from luoshi.rules.refusals import Refusal
from luoshi.rules.release import AT_ONCE, ReleaseSet, Staff, Step
from tests.rules.ledger.cases import AT, DAY, LEAD, OTHER, RESPONSIBILITY, WORDS, Story, named

NEXT, LATER = DAY + timedelta(days=1), DAY + timedelta(days=20)
WRITER, REVIEWER, HEAD, DEPUTY = (named(name) for name in ("writer", "reviewer", "head", "deputy"))
DESK, REVIEW, CHIEF = (named(name) for name in ("desk", "review post", "chief post"))
BOTH = ReleaseSet(reviewers=(REVIEW,), head=CHIEF)
REVIEWED = ReleaseSet(reviewers=(REVIEW,))
HEADED = ReleaseSet(head=CHIEF)
PAPER = ReleaseSet(reviewers=(REVIEW,), head=CHIEF, on_paper=True)
SCAN = f.Evidence(name=WORDS, content=WORDS, size=9, media_type="application/pdf")
STAFF = Staff(frozenset({(DESK, WRITER), (REVIEW, REVIEWER), (CHIEF, HEAD)}))
POSTS = {WRITER: DESK, REVIEWER: REVIEW, HEAD: CHIEF, DEPUTY: CHIEF}
KEY = named("r1")


def hand(person, unit=LEAD, post=None):
    return Signature(person=person, post=post or POSTS.get(person), unit=unit)


class Inside(Story):
    """A matter whose lead unit has a way of its own."""

    def by(self, person, fact, on=DAY, unit=LEAD, corrects=None):
        number = len(self.entries) + 1
        entry = Entry(
            number, number, on, AT, hand(person, unit), type(fact).__name__, fact, corrects
        )
        self.entries.append(entry)
        return self

    def submitted(self, achieved=40, on=DAY, way=BOTH, key="r1", person=WRITER):
        state = self.state(on)
        told = decide.report_progress(
            state, on=on, report=named(key), measured_on=on, achieved=Decimal(achieved)
        )
        return self.by(
            person,
            release.submitted(state, told, way=way, of_the_unit=way.posts, by=hand(person)),
            on,
        )

    def asked_inside(self, on=DAY, way=BOTH, key="q1", **revision):
        state = self.state(on)
        told = decide.request_change(
            state, on=on, request=named(key), revision=f.Revision(**revision), reason=WORDS
        )
        return self.by(
            WRITER,
            release.submitted(state, told, way=way, of_the_unit=way.posts, by=hand(WRITER)),
            on,
        )

    def reviewed(self, on=DAY, key="r1"):
        return self.by(
            REVIEWER, release.review_submission(self.state(on), on=on, submission=named(key)), on
        )

    def sent_back(self, on=DAY, key="r1", person=REVIEWER):
        fact = release.send_back_submission(
            self.state(on), on=on, submission=named(key), reason=WORDS
        )
        return self.by(person, fact, on)

    def let_out(self, on=DAY, key="r1", sheet=(), person=HEAD):
        fact = release.release_submission(self.state(on), on=on, submission=named(key), sheet=sheet)
        return self.by(person, fact, on)

    def one(self, key="r1", day=date.max):
        return self.state(day).submissions[named(key)]


def begun():
    story = Inside()
    story.assigned()
    return story


# ---- the way ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "post", "is_out"),
    [
        (AT_ONCE, DESK, True),
        (AT_ONCE, None, True),
        (REVIEWED, DESK, False),
        (REVIEWED, REVIEW, True),  # the end of the way itself
        (HEADED, CHIEF, True),
        (BOTH, REVIEW, False),
        (BOTH, CHIEF, True),
        (PAPER, CHIEF, False),  # a sheet is to be signed whoever submits
    ],
)
def test_what_the_end_of_the_way_submits_is_out_at_once(way, post, is_out):
    state = begun().state()
    told = decide.report_progress(state, on=DAY, report=KEY, measured_on=DAY, achieved=Decimal(1))
    by = Signature(person=WRITER, post=post, unit=LEAD)
    fact = release.submitted(state, told, way=way, of_the_unit=way.posts, by=by)
    assert isinstance(fact, f.ProgressReported) == is_out


def test_who_writes_for_another_unit_or_for_none_goes_no_way():
    state = Inside().published().state()
    told = decide.report_progress(state, on=DAY, report=KEY, measured_on=DAY, started_on=DAY)
    assert release.submitted(state, told, way=BOTH, of_the_unit=(), by=hand(WRITER)) is told
    led = begun().state()
    assert release.submitted(led, told, way=BOTH, of_the_unit=(), by=hand(WRITER, OTHER)) is told


def test_a_submission_without_content_is_none():
    with pytest.raises(ValueError, match="without content"):
        _ = f.Submitted(way=BOTH).id


# ---- what waits ---------------------------------------------------------------------------------


def test_what_waits_is_no_report_and_colours_nothing():
    before, story = begun().state(), begun().submitted()
    state = story.state()
    assert state.reports == {}
    assert figures(state, lambda day: day) == ()
    assert facts_of(state) == facts_of(before)
    assert [one.fact.id for one in state.waiting_inside] == [KEY]


def facts_of(state):
    known = figures(state, lambda day: day)
    return colour_facts(state, known, registered_on=DAY, parts_complete=True)


def test_silence_goes_on_until_it_is_let_out_and_the_answer_is_due_from_then():
    story = begun().submitted().reviewed(NEXT).let_out(LATER)
    assert story.state(LATER - timedelta(days=1)).reports == {}
    report = story.state(LATER).reports[KEY]
    assert (report.fact.measured_on, report.on, report.answer) == (DAY, LATER, Answer.WAITING)
    assert late_day(report, lambda day: day + timedelta(days=7)) == LATER + timedelta(days=8)
    assert facts_of(story.state(NEXT)).reported_until is None
    assert facts_of(story.state(LATER)).reported_until == DAY


def test_review_and_head_each_take_their_step():
    story = begun().submitted()
    assert (story.one().step, story.one().next_posts) == (Step.REVIEW, (REVIEW,))
    story.reviewed()
    assert (story.one().step, story.one().next_posts) == (Step.RELEASE, (CHIEF,))
    story.let_out()
    assert story.one().outcome == Outcome.RELEASED
    assert [type(step.fact) for step in story.one().taken] == [
        f.SubmissionReviewed,
        f.ProgressReported,
    ]
    assert story.state().reports[KEY].fact.released == f.Released()
    assert story.state().waiting_inside == ()


def test_a_request_goes_the_same_way():
    story = begun().asked_inside(due=date(2021, 6, 30))
    assert story.state().requests == {}
    story.reviewed(key="q1").let_out(key="q1")
    assert story.state().requests[named("q1")].answer == Answer.WAITING
    assert story.decided(granted=True).state().plan.due == date(2021, 6, 30)


def test_whoever_wrote_reviewed_or_let_out_reported():
    story = begun().submitted().reviewed().let_out()
    assert story.state().reporters == {WRITER, REVIEWER, HEAD}
    back = begun().submitted().sent_back()
    assert back.state().reporters == {WRITER}


def test_a_later_submission_takes_the_place_of_one_that_waits():
    story = begun().submitted().asked_inside(due=date(2021, 6, 30)).submitted(50, key="r2")
    assert story.one("r1").outcome == Outcome.REPLACED
    assert [one.fact.id for one in story.state().waiting_inside] == [named("q1"), named("r2")]
    with pytest.raises(stop.SubmissionMoved) as refused:
        story.let_out(key="r1")
    assert refused.value.facts["outcome"] == Outcome.REPLACED


def test_what_the_head_reports_himself_takes_the_place_of_what_waits_too():
    story = begun().submitted()
    told = decide.report_progress(
        story.state(), on=DAY, report=named("r2"), measured_on=DAY, achieved=Decimal(45)
    )
    story.by(HEAD, release.submitted(story.state(), told, way=BOTH, of_the_unit=(), by=hand(HEAD)))
    assert story.one().outcome == Outcome.REPLACED
    assert set(story.state().reports) == {named("r2")}
    assert begun().submitted().reported(45, DAY, "r3").one().outcome == Outcome.REPLACED


def test_a_report_of_the_office_leaves_what_waits():
    story = begun().submitted()
    story.kept(f.ProgressReported(report=named("r2"), measured_on=DAY), by_unit=OTHER)
    assert story.one().outcome == Outcome.WAITING


def test_sent_back_it_is_mended_and_submitted_again():
    story = begun().submitted().reviewed().sent_back(person=HEAD)
    assert story.one().outcome == Outcome.SENT_BACK
    story.submitted(50, key="r2").reviewed(key="r2").let_out(key="r2")
    assert story.state().reports[named("r2")].fact.achieved == 50


def test_what_another_unit_submitted_while_it_led_waits_for_nobody():
    story = begun().submitted()
    story.told("fix_responsibility", NEXT, **(RESPONSIBILITY | {"lead_unit": OTHER}))
    assert story.state(DAY).waiting_inside
    assert not story.state(NEXT).waiting_inside


def test_a_verified_matter_waits_for_no_report_but_for_a_request():
    story = begun().submitted().asked_inside(due=date(2021, 6, 30))
    verified = story.verified().state()
    assert [one.is_report for one in verified.waiting_inside] == [False]
    with pytest.raises(no.ReportedAfterwards):
        story.reviewed().let_out()
    assert not story.closed().state().waiting_inside
    assert not Inside().registered().state().waiting_inside


# ---- who may ------------------------------------------------------------------------------------

WAITING = begun().submitted().one()
READY = begun().submitted().reviewed().one()
ALONE = Staff(frozenset({(DESK, WRITER), (REVIEW, WRITER), (CHIEF, WRITER)}))


def test_a_reviewer_reviews_and_nobody_else():
    release.check_may_review(WAITING, hand(REVIEWER), STAFF)
    for person in (WRITER, HEAD):
        with pytest.raises(stop.NotYourStep):
            release.check_may_review(WAITING, hand(person), STAFF)


def test_one_person_takes_one_step_however_many_posts_he_holds():
    as_reviewer, as_head = hand(WRITER, post=REVIEW), hand(REVIEWER, post=CHIEF)
    with pytest.raises(stop.OneStepEach):
        release.check_may_review(WAITING, as_reviewer, STAFF)
    with pytest.raises(stop.OneStepEach):
        release.check_may_release(READY, as_head, STAFF)


def test_who_is_alone_in_a_unit_takes_every_step():
    release.check_may_review(WAITING, hand(WRITER, post=REVIEW), ALONE)
    release.check_may_release(WAITING, hand(WRITER, post=CHIEF), ALONE)


def test_the_head_waits_for_a_review_that_somebody_can_give():
    with pytest.raises(stop.ReviewFirst) as refused:
        release.check_may_release(WAITING, hand(HEAD), STAFF)
    assert refused.value.facts["posts"] == (REVIEW,)
    release.check_may_release(READY, hand(HEAD), STAFF)


def test_a_vacant_review_is_skipped_by_the_head_alone():
    vacant = Staff(frozenset({(DESK, WRITER), (CHIEF, HEAD)}))
    release.check_may_release(WAITING, hand(HEAD), vacant)
    with pytest.raises(stop.NotYourStep):
        release.check_may_release(WAITING, hand(WRITER), vacant)
    own = Staff(frozenset({(DESK, WRITER), (REVIEW, WRITER), (CHIEF, HEAD)}))
    release.check_may_release(WAITING, hand(HEAD), own)  # its only reviewer wrote it


def test_whoever_holds_or_acts_for_the_post_goes_on():
    later = Staff(STAFF.persons | {(CHIEF, DEPUTY)})
    release.check_may_release(READY, hand(DEPUTY), later)
    assert later.of((CHIEF,)) == {HEAD, DEPUTY}


def test_a_submission_is_sent_back_by_whose_step_it_is_and_by_the_head():
    for one, person in ((WAITING, REVIEWER), (WAITING, HEAD), (READY, HEAD)):
        release.check_may_send_back(one, hand(person))
    for one, person in ((WAITING, WRITER), (READY, REVIEWER), (READY, WRITER)):
        with pytest.raises(stop.NotYourStep):
            release.check_may_send_back(one, hand(person))


def test_without_a_head_a_reviewer_lets_out():
    one = begun().submitted(way=REVIEWED).one()
    assert (one.step, one.next_posts) == (Step.RELEASE, (REVIEW,))
    release.check_may_release(one, hand(REVIEWER), STAFF)
    release.check_may_send_back(one, hand(REVIEWER))
    with pytest.raises(stop.NothingToReview):
        begun().submitted(way=REVIEWED).reviewed()


def test_on_paper_anybody_of_the_unit_brings_the_scan_and_nothing_but_a_scan():
    story = begun().submitted(way=PAPER).reviewed()
    assert story.one().next_posts == (DESK,)
    release.check_may_release(story.one(), hand(WRITER), STAFF)
    with pytest.raises(stop.SheetNeeded):
        story.let_out()
    with pytest.raises(stop.SheetNoScan):
        story.let_out(sheet=(SCAN, replace(SCAN, media_type="text/plain")))
    story.let_out(sheet=(SCAN,), person=WRITER)
    assert story.state().reports[KEY].fact.released.sheet == (SCAN,)
    with pytest.raises(stop.SheetNotAsked):
        begun().submitted().let_out(sheet=(SCAN,))


def test_without_a_post_nobody_is_waited_for_on_paper():
    state = begun().state()
    told = decide.report_progress(state, on=DAY, report=KEY, measured_on=DAY, achieved=Decimal(1))
    by = Signature(person=WRITER, unit=LEAD)
    story = begun()
    story.entries.append(
        Entry(
            99,
            99,
            DAY,
            AT,
            by,
            "s",
            release.submitted(state, told, way=HEADED, of_the_unit=HEADED.posts, by=by),
        )
    )
    assert story.one().next_posts == (CHIEF,)
    paper = f.Submitted(way=replace(HEADED, on_paper=True), report=told)
    story.entries[-1] = story.entries[-1]._replace(fact=paper)
    assert story.one().next_posts == ()


def test_a_step_holds_from_the_day_it_is_taken():
    release.check_today(DAY, DAY)
    for on in (DAY - timedelta(days=1), NEXT):
        with pytest.raises(stop.StepNotToday):
            release.check_today(on, DAY)


# ---- what cannot be -----------------------------------------------------------------------------


def test_what_was_never_submitted_takes_no_step():
    story = begun()
    for step in (story.reviewed, story.sent_back, story.let_out):
        with pytest.raises(stop.UnknownSubmission):
            step()
    with pytest.raises(stop.UnknownSubmission):  # not on a day before it was submitted
        begun().submitted(on=NEXT).let_out(DAY)


def test_one_is_reviewed_once_and_waits_no_more_when_it_is_out():
    story = begun().submitted().reviewed()
    with pytest.raises(stop.NothingToReview):
        story.reviewed()
    story.let_out()
    for step in (story.reviewed, story.sent_back, story.let_out):
        with pytest.raises(stop.SubmissionMoved):
            step()


def test_what_waits_gets_out_by_no_other_road():
    story = begun().submitted()
    with pytest.raises(no.ReportExists):
        story.reported(40, DAY)
    with pytest.raises(no.ReportExists):
        story.submitted()
    draft = f.ProgressReported(report=KEY, measured_on=DAY)
    with pytest.raises(no.ReportExists):
        law.check(begun().reported(40, DAY).state(), f.Submitted(way=BOTH, report=draft), DAY)


def test_what_is_let_out_is_judged_on_the_matter_as_it_is_by_then():
    story = begun().submitted()
    story.told("abolish", reason=WORDS)
    with pytest.raises(no.MatterClosed):
        story.let_out()


def test_every_refusal_of_a_step_is_raised_here():
    declared = {
        name
        for name, kind in inspect.getmembers(stop, inspect.isclass)
        if issubclass(kind, Refusal) and kind is not Refusal
    }
    text = inspect.getsource(inspect.getmodule(begun))
    assert all(f"stop.{name})" in text for name in declared), declared
    codes = [getattr(stop, name).code for name in declared]
    assert len(set(codes)) == len(codes)


# ---- corrections --------------------------------------------------------------------------------


def corrected(story, number, fact, on=DAY):
    """Judge a correction of a line by the whole history, and keep it."""

    def proposed(told):
        following = len(story.entries) + 1
        return Entry(following, following, on, AT, hand(WRITER), "c", told, number)

    def decided(state):
        return fact if isinstance(fact, Withdrawn) else decide.correct(state, on=on, fact=fact)

    told = judge(story.entries, law=law, on=on, corrects=number, decide=decided, proposed=proposed)
    story.entries.append(proposed(told))
    return story


def test_a_submission_is_put_right_while_it_waits():
    story = begun().submitted(40)
    number, fact = story.entries[-1].number, story.entries[-1].fact
    right = replace(fact, report=replace(fact.report, achieved=Decimal(41)))
    corrected(story, number, right)
    assert story.one().fact.report.achieved == 41
    assert [each.person for each in story.one().writers] == [WRITER, WRITER]
    wrong = replace(fact, report=replace(fact.report, target="nothing"))
    with pytest.raises(no.UnknownTarget):
        corrected(story, story.entries[-1].number, wrong)


def test_a_submission_is_taken_back_while_nothing_followed():
    story = begun().submitted()
    corrected(story, story.entries[-1].number, Withdrawn())
    assert story.state().submissions == {}
    moved = begun().submitted().reviewed()
    with pytest.raises(LaterEntryStandsInTheWay):
        corrected(moved, moved.entries[-2].number, Withdrawn())


def test_a_release_that_is_taken_back_leaves_it_waiting():
    story = begun().submitted().reviewed().let_out()
    corrected(story, story.entries[-1].number, Withdrawn())
    assert story.one().outcome == Outcome.WAITING
    assert story.state().reports == {}


def test_what_was_let_out_is_corrected_like_any_report():
    story = begun().submitted().reviewed().let_out()
    out = story.entries[-1]
    corrected(story, out.number, replace(out.fact, achieved=Decimal(39)))
    assert story.state().reports[KEY].fact.achieved == 39
    assert story.one().outcome == Outcome.RELEASED


def test_what_waits_inside_never_stands_in_the_way_of_the_office():
    story = begun().submitted(on=NEXT)
    plan = next(e for e in story.entries if isinstance(e.fact, f.MilestonesFixed))
    corrected(story, plan.number, replace(plan.fact, milestones=plan.fact.milestones[:1]))
    story.told("abolish", DAY, reason=WORDS)  # before it was submitted
    assert not story.state().waiting_inside


# ---- what others see ----------------------------------------------------------------------------


def test_another_unit_sees_nothing_until_it_is_out():
    story = begun().submitted().reviewed()
    inside = frozenset(e.number for e in story.entries[-2:])
    known = story.state().submissions
    assert unseen_by(story.entries, known, OTHER) == inside
    assert unseen_by(story.entries, known, None) == inside
    assert unseen_by(story.entries, known, LEAD) == frozenset()
    story.let_out()
    assert unseen_by(story.entries, story.state().submissions, OTHER) == frozenset()


def test_what_came_back_or_was_taken_back_stays_inside():
    story = begun().submitted().sent_back()
    assert len(unseen_by(story.entries, story.state().submissions, OTHER)) == 2
    gone = begun().submitted()
    corrected(gone, gone.entries[-1].number, Withdrawn())
    assert len(unseen_by(gone.entries, gone.state().submissions, OTHER)) == 2


# ---- any order ----------------------------------------------------------------------------------


@given(st.integers(0, 2**32), st.lists(st.sampled_from(["r", "b", "o"]), max_size=4))
def test_the_way_in_any_order_of_recording_gives_the_same_state_on_every_day(seed, steps):
    """Facts of different days, recorded in any order that the law takes one by one."""
    random = Random(seed)
    story = begun()
    day, key = DAY, 0
    story.submitted(10, day, key="s0")
    for step in steps:
        day += timedelta(days=1)
        try:
            if step == "r":
                story.reviewed(day, f"s{key}")
            elif step == "o":
                story.let_out(day, f"s{key}")
            else:
                story.sent_back(day, f"s{key}")
        except Refusal:
            key += 1
            story.submitted(10 + key, day, key=f"s{key}")
    base, told = story.entries[:5], story.entries[5:]
    shuffled = told.copy()
    random.shuffle(shuffled)
    renumbered = [
        entry._replace(number=len(base) + place) for place, entry in enumerate(shuffled, start=1)
    ]
    for offset in range(8):
        on = DAY + timedelta(days=offset)
        told_so = state_on([*base, *told], on, law=law)
        recorded_so = state_on([*base, *renumbered], on, law=law)
        assert outcomes(told_so) == outcomes(recorded_so)
        assert facts_of(told_so) == facts_of(recorded_so)
    assert len(standing(story.entries)) == len(story.entries)


def outcomes(state):
    reports = {key: (one.fact, one.on, one.answer) for key, one in state.reports.items()}
    known = {
        key: (one.outcome, one.step, [(step.fact, step.on) for step in one.taken])
        for key, one in state.submissions.items()
    }
    return reports, known, state.reporters
