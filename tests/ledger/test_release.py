"""Inside a unit: officer, reviewer, head; nobody outside sees it, and one click lets it out."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.base.files import take
from luoshi.base.journal import Actor
from luoshi.base.models import Outbox, StoredFile
from luoshi.base.rebuild import rebuilt
from luoshi.base.spells import on_day
from luoshi.clocks.surroundings import surroundings
from luoshi.ledger import commands, dossier, inside, queries
from luoshi.ledger.models import Matter, MatterSpell
from luoshi.notices import commands as notices
from luoshi.notices.asking import last_of_burden
from luoshi.organisation import commands as organisation
from luoshi.rules.journal import ChangedMeanwhile, CommandIdReused
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import submission_refusals as stop
from luoshi.rules.ledger.reach import TooFarBack
from luoshi.rules.ledger.submissions import Outcome
from luoshi.rules.nodes import Ended, Moved
from luoshi.rules.posts import Charged, Lent
from luoshi.rules.refusals import NotAllowed, NotFound
from luoshi.rules.release import (
    PaperNeedsHead,
    PostNotOfUnit,
    ReleaseSet,
    SamePostTwice,
    WayLeadsNowhere,
)
from tests.ledger.team import Team
from tests.ledger.town import DAY, LEAD, STRANGER, SUPPORT

NEXT = DAY + timedelta(days=1)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def team(town):
    return Team(town)


@pytest.fixture
def matter(town):
    return town.assigned()


@pytest.fixture
def both(team):
    """Review by either reviewer, then the head."""
    team.set(team.reviewer, team.other, head=team.head)
    return team


def now_of(town, matter):
    return dossier.dossier(
        town.office, matter, day=DAY, known_at=None, around=surroundings(town.district, None)
    ).now


# ---- the unit's way -----------------------------------------------------------------------------


def test_a_unit_sets_its_own_way_and_no_other_units(town, team, snapshot):
    for by in (team.head, team.admin, town.office):
        team.set(team.reviewer, head=team.head, by=by)
    before = snapshot()
    for by in (team.officer, team.reviewer, town.actors[STRANGER]):
        with pytest.raises(NotAllowed):
            team.set(team.reviewer, by=by)
    assert snapshot() == before


def test_a_way_has_only_posts_that_report_for_the_unit(town, team):
    with pytest.raises(PostNotOfUnit):
        team.set(town.actors[STRANGER])
    with pytest.raises(PostNotOfUnit):
        team.set(team.admin)  # its role invites officers, it reports nothing
    with pytest.raises(SamePostTwice):
        team.set(team.head, head=team.head)
    with pytest.raises(PaperNeedsHead):
        team.set(team.reviewer, on_paper=True)


def test_no_other_road_puts_a_strange_post_into_a_way(town, team, snapshot):
    unit, before = town.unit(LEAD), snapshot()
    with pytest.raises(PostNotOfUnit):
        organisation.change_unit(
            unit_id=unit, fact=ReleaseSet(head=town.post(STRANGER)), on=DAY,
            expected=queries.last_entry_of(unit), **town.hand(),
        )  # fmt: skip
    assert snapshot() == before


def test_without_a_way_a_submission_is_out_at_once(team, matter):
    assert isinstance(team.report(matter).fact, f.ProgressReported)


def test_only_the_posts_below_the_end_wait(both, matter):
    assert isinstance(both.report(matter, by=both.head).fact, f.ProgressReported)
    assert isinstance(both.report(matter).fact, f.Submitted)
    assert isinstance(both.report(matter, by=both.reviewer).fact, f.Submitted)


def test_the_office_that_writes_for_a_unit_goes_no_way(town, both, matter):
    assert isinstance(both.report(matter, by=town.office).fact, f.ProgressReported)


def test_an_earlier_day_is_no_way_around(town, team, matter):
    team.set(head=team.head, on=NEXT)
    at = datetime.combine(NEXT, time(4), tzinfo=UTC)
    sent = town.sent(team.officer, DAY, matter, at=at)
    entry = commands.report_progress(
        matter_id=matter, measured_on=DAY, achieved=Decimal(1), sent=sent
    )
    assert (entry.on, type(entry.fact)) == (DAY, f.Submitted)


# ---- the way out --------------------------------------------------------------------------------


def test_officer_reviewer_head(town, both, matter):
    entry = both.report(matter, visible_progress="过半")
    assert now_of(town, matter).reports == {}
    both.step("review", matter, entry, both.reviewer)
    out = both.step("release", matter, entry, both.head, on=NEXT)
    report = now_of(town, matter).reports[entry.fact.id]
    assert (report.on, report.fact.measured_on, report.person) == (NEXT, DAY, both.head.person)
    assert out.fact.visible_progress == entry.fact.report.visible_progress
    spell = MatterSpell.objects.get(on_day(NEXT), thread=matter)
    assert spell.submitted == 40
    assert MatterSpell.objects.get(on_day(DAY), thread=matter).submitted is None


def test_a_request_goes_out_too(town, both, matter):
    asked = town.tell(
        "request_change", matter, both.officer, revision=f.Revision(due=date(2021, 6, 30)),
        reason="依据纪要",
    )  # fmt: skip
    key = asked.fact.id
    assert not now_of(town, matter).requests
    town.tell("review_submission", matter, both.other, submission=key)
    town.tell("release_submission", matter, both.head, submission=key)
    town.tell("decide_change", matter, request=key, granted=True, reason="同意")
    assert now_of(town, matter).plan.due == date(2021, 6, 30)


def test_sent_back_with_a_reason_and_mended(town, both, matter):
    entry = both.report(matter)
    with pytest.raises(queries.ReasonMissing):
        both.step("send_back", matter, entry, both.reviewer, reason=" ")
    both.step("send_back", matter, entry, both.reviewer, reason="数字有误")
    again = both.report(matter, 41)
    both.step("review", matter, again, both.other)
    both.step("release", matter, again, both.head)
    assert now_of(town, matter).reports[again.fact.id].fact.achieved == 41


@pytest.mark.parametrize("verb", ["review", "send_back", "release"])
def test_who_has_no_step_is_refused_and_nothing_changes(town, both, matter, snapshot, verb):
    entry = both.report(matter)
    what = {"reason": "数字有误"} if verb == "send_back" else {}
    before = snapshot()
    for by in (town.actors[STRANGER], town.actors[SUPPORT], both.admin):
        with pytest.raises(NotAllowed):
            both.step(verb, matter, entry, by, **what)
    with pytest.raises(stop.NotYourStep if verb != "release" else stop.ReviewFirst):
        both.step(verb, matter, entry, both.officer, **what)
    with pytest.raises(NotAllowed):
        both.step(verb, matter, entry, town.office, **what)
    assert snapshot() == before


def test_a_step_holds_from_its_own_day(both, town, matter):
    entry = both.report(matter)
    at = datetime.combine(NEXT, time(4), tzinfo=UTC)
    with pytest.raises(stop.StepNotToday):
        commands.review_submission(
            matter_id=matter, submission=entry.fact.id,
            sent=town.sent(both.reviewer, DAY, matter, at=at),
        )  # fmt: skip


def test_how_far_back_is_judged_when_it_is_submitted_and_a_late_release_shows_late(
    town, both, matter
):
    at = datetime(2020, 6, 20, 4, tzinfo=UTC)
    with pytest.raises(TooFarBack):
        commands.report_progress(
            matter_id=matter, measured_on=DAY, achieved=Decimal(1),
            sent=town.sent(both.officer, DAY, matter, at=at),
        )  # fmt: skip
    entry = both.report(matter)
    both.step("review", matter, entry, both.reviewer)
    both.step("release", matter, entry, both.head, on=date(2020, 6, 20))
    silent = MatterSpell.objects.get(on_day(date(2020, 6, 10)), thread=matter)
    assert silent.is_unreported or silent.colour == "unreported"
    assert silent.submitted is None


def test_the_same_command_again_is_the_same_entry(town, both, matter):
    entry = both.report(matter)
    sent = town.sent(both.reviewer, DAY, matter)
    one = commands.review_submission(matter_id=matter, submission=entry.fact.id, sent=sent)
    both.hold(both.reviewer.post, uuid4(), on=NEXT)  # whoever holds the post by then
    assert commands.review_submission(matter_id=matter, submission=entry.fact.id, sent=sent) == one
    with pytest.raises(CommandIdReused):
        commands.release_submission(matter_id=matter, submission=entry.fact.id, sent=sent)


def test_only_files_that_the_unit_submitted_itself_are_kept(town, both, matter):
    upload = scan()
    both.report(matter, evidence=(upload,))
    again = both.report(matter, 41, kept=(upload.digest,))
    assert [file.content for file in again.fact.report.evidence] == [upload.digest]
    nobody = Actor(district=town.district, person=uuid4(), roles=frozenset({"office"}))
    for by, digest in (
        (both.officer, "ab" * 32),
        (town.office, upload.digest),
        (nobody, upload.digest),
    ):
        with pytest.raises(NotFound):
            both.report(matter, 42, by=by, kept=(digest,))


# ---- two at once --------------------------------------------------------------------------------


def test_two_reviewers_at_once_see_what_the_other_did(town, both, matter):
    entry = both.report(matter)
    key = entry.fact.id
    seen = town.sent(both.reviewer, DAY, matter), town.sent(both.other, DAY, matter)
    commands.review_submission(matter_id=matter, submission=key, sent=seen[0])
    with pytest.raises(ChangedMeanwhile) as refused:
        commands.send_back_submission(
            matter_id=matter, submission=key, reason="数字有误", sent=seen[1]
        )
    facts = refused.value.facts
    assert (type(facts["theirs"]), type(facts["yours"])) == (
        f.SubmissionReviewed,
        f.SubmissionSentBack,
    )
    with pytest.raises(stop.NotYourStep):  # who saw it is told whose step it is now
        both.step("send_back", matter, entry, both.other, reason="数字有误")


def test_a_reviewer_meets_a_submission_that_was_replaced_meanwhile(town, both, matter):
    first = both.report(matter)
    seen = town.sent(both.reviewer, DAY, matter)
    both.report(matter, 41)
    with pytest.raises(ChangedMeanwhile):
        commands.review_submission(matter_id=matter, submission=first.fact.id, sent=seen)
    with pytest.raises(stop.SubmissionMoved) as refused:
        both.step("review", matter, first, both.reviewer)
    assert refused.value.facts["outcome"] == Outcome.REPLACED


def test_two_officers_at_once_see_both_figures(town, both, matter):
    seen = [town.sent(both.officer, DAY, matter) for _ in range(2)]
    for sent, achieved in zip(seen, (40, 41), strict=True):
        given = {"matter_id": matter, "measured_on": DAY, "achieved": Decimal(achieved)}
        if achieved == 40:
            commands.report_progress(**given, sent=sent)
            continue
        with pytest.raises(ChangedMeanwhile) as refused:
            commands.report_progress(**given, sent=sent)
    facts = refused.value.facts
    assert (facts["theirs"].report.achieved, facts["yours"].report.achieved) == (40, 41)


def test_what_nobody_submitted_takes_no_step(town, both, matter):
    with pytest.raises(stop.UnknownSubmission):
        town.tell("review_submission", matter, both.reviewer, submission=uuid4())


# ---- posts and holders --------------------------------------------------------------------------


def test_the_next_holder_goes_on(town, both, matter):
    entry = both.report(matter)
    both.hold(both.reviewer.post, None)
    both.hold(both.other.post, None)
    successor = Actor(
        district=town.district, person=uuid4(), post=both.reviewer.post, unit=town.unit(LEAD),
        roles=frozenset({"reviewer"}),
    )  # fmt: skip
    both.hold(successor.post, successor.person, on=NEXT)
    both.step("review", matter, entry, successor, on=NEXT)
    assert Matter.objects.get(pk=matter).inside_posts == str(both.head.post)


def test_a_vacant_review_is_skipped_by_the_head(both, matter):
    entry = both.report(matter)
    with pytest.raises(stop.ReviewFirst):
        both.step("release", matter, entry, both.head)
    for post in (both.reviewer.post, both.other.post):
        both.hold(post, None)
    with pytest.raises(stop.NotYourStep):
        both.step("release", matter, entry, both.officer)
    assert both.step("release", matter, entry, both.head).fact.released is not None


def leaves(town, post, fact):
    """Have a post leave its unit, or report for it no more."""
    organisation.change_post(
        post_id=post, fact=fact, on=DAY, expected=queries.last_entry_of(post), **town.hand()
    )


@pytest.mark.parametrize("how", ["moved", "lent", "charged", "ended"])
def test_nothing_is_submitted_that_nobody_of_the_unit_could_let_out(
    town, both, matter, snapshot, how
):
    waiting = both.report(matter)
    both.step("review", matter, waiting, both.reviewer)
    facts = {
        "moved": Moved(parent=town.unit(STRANGER)),
        "lent": Lent(key=uuid4(), unit=town.unit(STRANGER), first=DAY, last=date(2020, 12, 31)),
        "charged": Charged(duty="", roles=("unit_admin",)),
        "ended": Ended(),
    }
    leaves(town, both.head.post, facts[how])
    before = snapshot()
    with pytest.raises(WayLeadsNowhere) as refused:
        both.report(matter, 41)
    assert (refused.value.facts, snapshot()) == ({"posts": (both.head.post,)}, before)
    assert isinstance(both.report(matter, 41, by=town.office).fact, f.ProgressReported)
    both.set(both.reviewer, on=DAY)  # another way: what is submitted anew takes it
    again = both.report(matter, 42)
    both.step("release", matter, again, both.reviewer)
    assert now_of(town, matter).reports[again.fact.id].fact.achieved == 42


def test_a_reviewer_who_left_the_unit_stops_nothing(town, both, matter):
    for post in (both.reviewer.post, both.other.post):
        leaves(town, post, Moved(parent=town.unit(STRANGER)))
    entry = both.report(matter)
    assert both.step("release", matter, entry, both.head).fact.released is not None


def test_who_reviewed_does_not_let_out_with_another_post(town, both, matter):
    entry = both.report(matter)
    both.step("review", matter, entry, both.reviewer)
    as_head = Actor(
        district=town.district, person=both.reviewer.person, post=both.head.post,
        unit=town.unit(LEAD), roles=both.head.roles,
    )  # fmt: skip
    with pytest.raises(stop.OneStepEach):
        both.step("release", matter, entry, as_head)


def test_what_waits_goes_on_as_it_was_submitted_when_the_way_changes(both, matter):
    entry = both.report(matter)
    both.set(head=both.head)
    with pytest.raises(stop.ReviewFirst):
        both.step("release", matter, entry, both.head)
    again = both.report(matter, 41)  # submitted anew it takes the new way
    both.step("release", matter, again, both.head)


# ---- on paper -----------------------------------------------------------------------------------


def scan(name="报送单.pdf", content=PDF):
    return take(SimpleUploadedFile(name, content))


def test_the_signed_sheet_lets_out(town, team, matter):
    team.set(team.reviewer, head=team.head, on_paper=True)
    entry = team.report(matter, by=team.head)  # who heads the unit signs on paper too
    team.step("review", matter, entry, team.reviewer)
    with pytest.raises(stop.SheetNeeded):
        team.step("release", matter, entry, team.officer)
    pages = scan("x.png", PNG), scan()
    out = team.step("release", matter, entry, team.officer, sheet=pages)
    sheet, second = out.fact.released.sheet
    assert second.media_type == "application/pdf"
    assert (sheet.media_type, out.by.person) == ("image/png", team.officer.person)
    assert StoredFile.objects.filter(thread=matter, digest=sheet.content).exists()
    stored = dossier.evidence_file(town.actors[STRANGER], matter, sheet.content)
    assert stored is not None
    assert dossier.evidence_name(town.office, matter, sheet.content)[0] == "x.png"


def test_a_click_takes_no_sheet(both, matter):
    entry = both.report(matter)
    both.step("review", matter, entry, both.reviewer)
    with pytest.raises(stop.SheetNotAsked):
        both.step("release", matter, entry, both.head, sheet=(scan(),))


# ---- who sees it --------------------------------------------------------------------------------


def seen_by(visitor, matter):
    found = dossier.dossier(
        visitor, matter, day=DAY, known_at=None, around=surroundings(visitor.district, None)
    )
    return found, repr((found.thread, found.texts, found.reports, found.inside, found.spell))


def test_nobody_outside_the_unit_sees_what_waits(town, both, matter):
    upload = scan("照片.png", PNG)
    entry = both.report(matter, 77_777_777, visible_progress="秘而不宣", evidence=(upload,))
    mine, told = seen_by(both.reviewer, matter)
    assert "秘而不宣" in told
    assert len(mine.inside) == 1
    assert dossier.evidence_file(both.officer, matter, upload.digest)
    for visitor in (town.office, town.actors[STRANGER], town.actors[SUPPORT]):
        found, told = seen_by(visitor, matter)
        assert not found.inside
        for word in ("秘而不宣", "照片", "77777777", "submitted"):
            assert word not in told
        assert dossier.evidence_file(visitor, matter, upload.digest) is None
        assert not any("秘而不宣" in words for _digest, words in dossier.removable(found))
    both.step("review", matter, entry, both.reviewer)
    both.step("release", matter, entry, both.head)
    found, told = seen_by(town.office, matter)
    assert "秘而不宣" in told
    assert len(found.thread) == len(mine.thread) + 2
    assert dossier.evidence_file(town.office, matter, upload.digest)


def test_what_came_back_is_offered_to_be_mended_until_it_is(town, both, matter):
    entry = both.report(matter)
    both.step("send_back", matter, entry, both.reviewer, reason="数字有误")
    found, _told = seen_by(both.officer, matter)
    assert [line.sent_back for line in found.inside] == ["数字有误"]
    again = both.report(matter, 41)
    found, _told = seen_by(both.officer, matter)
    assert [line.submission.fact.id for line in found.inside] == [again.fact.id]
    assert dossier.submission_of(both.officer, found, entry.fact.id).sent_back == "数字有误"
    assert dossier.submission_of(town.office, found, entry.fact.id) is None
    assert dossier.submission_of(both.officer, found, uuid4()) is None


def test_what_waits_is_listed_in_the_unit_the_longest_first(town, both):
    matters = [town.assigned(f"S{n}") for n in range(3)]
    for number, each in enumerate(matters):
        both.report(each, on=DAY + timedelta(days=5 - number))
    listed = inside.waiting_in(both.reviewer)
    assert [row.id for row in listed.rows] == matters[::-1]
    assert (listed.total, listed.mine) == (3, 3)
    assert inside.waiting_in(both.head).mine == 0
    assert inside.waiting_in(town.actors[STRANGER]).total == 0
    nobody = Actor(district=town.district, person=uuid4())
    assert inside.waiting_in(nobody) == inside.WaitingInside((), 0, 0)
    assert inside.of_the_unit(nobody, now_of(town, matters[0])) == ()


def test_the_list_is_bounded_and_asks_three_queries(
    town, both, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(inside, "MOST", 2)
    for number in range(3):
        both.report(town.assigned(f"S{number}"))
    with django_assert_num_queries(3):
        listed = inside.waiting_in(both.reviewer)
    assert (len(listed.rows), listed.total) == (2, 3)


def test_the_steps_open_to_a_post_are_those_its_command_takes(town, both, matter):
    def steps(actor):
        one = now_of(town, matter).submissions[entry.fact.id]
        return inside.steps_open_to(actor, one, today=DAY)

    entry = both.report(matter)
    assert steps(both.reviewer) == ("review_submission", "send_back_submission")
    assert steps(both.head) == ("send_back_submission",)
    assert steps(both.officer) == ()
    both.step("review", matter, entry, both.reviewer)
    assert steps(both.head) == ("release_submission", "send_back_submission")
    assert steps(both.reviewer) == ()
    both.step("release", matter, entry, both.head)
    assert steps(both.head) == ()
    assert steps(Actor(district=town.district, person=uuid4())) == ()


# ---- corrections --------------------------------------------------------------------------------


def test_the_unit_takes_its_own_submission_back_until_a_step_is_taken(town, both, matter):
    entry = both.report(matter)
    said = {"entry": entry.number, "change": None, "reason": "误报"}
    for by in (town.actors[STRANGER], town.office):
        with pytest.raises(NotAllowed):
            town.tell("correct", matter, by, **said)
    town.tell("correct", matter, both.officer, **said)
    assert not now_of(town, matter).submissions
    assert Matter.objects.get(pk=matter).inside_unit is None
    found, _told = seen_by(town.office, matter)
    assert "误报" not in repr(found.texts)
    entry = both.report(matter)
    step = both.step("review", matter, entry, both.reviewer)
    with pytest.raises(stop.SubmissionMoved):
        town.tell("correct", matter, both.officer, **(said | {"entry": entry.number}))
    with pytest.raises(NotAllowed):
        town.tell("correct", matter, both.reviewer, **(said | {"entry": step.number}))


def test_who_wrote_or_reviewed_it_never_verifies(town, both, matter):
    entry = both.report(matter, 100)
    both.step("review", matter, entry, both.reviewer)
    both.step("release", matter, entry, both.head)
    town.tell("confirm_report", matter, report=entry.fact.id)
    for actor in (both.officer, both.reviewer, both.head):
        checker = Actor(
            district=town.district, person=actor.person, post=town.post("督查室"),
            unit=town.unit("督查室"), roles=frozenset({"supervision"}),
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            town.tell("verify", matter, checker)


# ---- notices ------------------------------------------------------------------------------------


def asked(matter):
    rows = Outbox.objects.filter(thread=matter, answered=None, dropped=None).exclude(ask="")
    return sorted((row.code, row.audience) for row in rows if "submission" in row.code)


def test_each_step_asks_the_next_and_settles_its_own(town, both, matter):
    entry = both.report(matter)
    reviewers = sorted(str(one.post) for one in (both.reviewer, both.other))
    assert asked(matter) == [("matter.submission_to_review", one) for one in reviewers]
    both.step("review", matter, entry, both.reviewer)
    assert asked(matter) == [("matter.submission_to_release", str(both.head.post))]
    both.step("send_back", matter, entry, both.head, reason="数字有误")
    assert asked(matter) == [("matter.submission_sent_back", str(both.officer.post))]
    again = both.report(matter, 41)
    assert asked(matter) == [("matter.submission_to_review", one) for one in reviewers]
    both.report(matter, 42)  # it takes the place of the one before
    assert len(asked(matter)) == 2
    assert Outbox.objects.filter(thread=matter, dropped__isnull=False).count() == 2
    assert again.fact.id


def test_out_of_the_unit_the_office_is_asked_and_the_writer_told(both, matter):
    entry = both.report(matter)
    both.step("review", matter, entry, both.reviewer)
    assert not Outbox.objects.filter(thread=matter, code="matter.report_submitted").exists()
    both.step("release", matter, entry, both.head)
    assert asked(matter) == []
    told = Outbox.objects.get(thread=matter, code="matter.submission_released")
    assert told.audience == str(both.officer.post)
    assert Outbox.objects.filter(thread=matter, code="matter.report_submitted").exists()


def test_on_paper_who_submitted_is_asked_for_the_scan(town, team, matter):
    team.set(head=team.head, on_paper=True)
    entry = team.report(matter)
    assert asked(matter) == [("matter.submission_to_sign", str(team.officer.post))]
    team.step("release", matter, entry, team.officer, sheet=(scan(),))
    assert asked(matter) == []
    assert not Outbox.objects.filter(code="matter.submission_released").exists()


def test_what_is_asked_inside_a_unit_counts_against_no_cap(town, both):
    matters = [town.assigned(f"S{number}") for number in range(3)]
    notices.set_cap(asks_per_week=1, on=DAY, expected=last_of_burden(town.office), **town.hand())
    for each in matters:
        both.report(each)


# ---- rebuild ------------------------------------------------------------------------------------


def test_rows_are_what_the_journal_gives(town, both, matter):
    entry = both.report(matter)
    row = Matter.objects.get(pk=matter)
    assert (row.inside_unit, row.inside_since) == (town.unit(LEAD), DAY)
    both.step("review", matter, entry, both.reviewer)
    assert not [each for some in rebuilt(district=town.district) for each in some]
    both.step("release", matter, entry, both.head)
    row = Matter.objects.get(pk=matter)
    assert (row.inside_unit, row.inside_since, row.inside_posts) == (None, None, "")
