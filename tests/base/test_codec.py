"""Bodies of today and of every version before: what was sealed once is read for ever."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.base.codec import Codec, FactKind
from luoshi.base.threads import kinds
from luoshi.rules.audit import SegmentClosed, SegmentDropped
from luoshi.rules.burden import AsksAllowed, CapSet
from luoshi.rules.colour import Band, ColourRule, Comparator, Level
from luoshi.rules.journal import PersonalDataInBody, Redacted, TextDigest, Withdrawn
from luoshi.rules.ledger import facts as f
from luoshi.rules.nodes import (
    Bounded,
    Classed,
    DistrictFounded,
    Ended,
    Founded,
    Moved,
    Ordered,
    Renamed,
)
from luoshi.rules.posts import Charged, Delegated, Held, Lent, Recalled
from luoshi.rules.release import ReleaseSet
from luoshi.rules.rollup import ColourCount, RollupPublished
from luoshi.rules.standards import YearAnnounced

BODIES = Path(__file__).with_name("bodies.json")
A, B = UUID(int=0xA), UUID(int=0xB)
WORDS, FILE = TextDigest("ab" * 32), TextDigest("cd" * 32)
DAY, DUE = date(2020, 4, 10), date(2020, 12, 31)
STEP = f.Milestone(key="s", title="开工", due=DAY, weight=Decimal("0.5"))
CHECK = {"done_by_units": (A,), "verified_by_unit": B, "verified_by_person": B}


# ---- a toy with a history ----------------------------------------------------------------------


@dataclass(frozen=True)
class Paid:
    """Today's version: an amount with its unit, for a payee."""

    amount: Decimal
    unit: str
    payee: str = ""


def _with_unit(fact):
    return {**fact, "unit": "元"}


def _in_wan(fact):
    return {**fact, "amount": str(Decimal(fact["amount"]) / 10_000), "unit": "万元"}


TOY = Codec((FactKind("toy.paid", Paid, version=3, upcasters={1: _with_unit, 2: _in_wan}),))


@pytest.mark.parametrize(
    ("version", "fact"),
    [
        (1, {"amount": "30000"}),
        (2, {"amount": "30000", "unit": "元"}),
        (3, {"amount": "3", "unit": "万元"}),
    ],
)
def test_an_old_body_is_read_as_todays(version, fact):
    body = json.dumps({"fact": fact, "corrects": 7, "reason": WORDS})
    read = TOY.decode("toy.paid", version, body)
    assert read.fact == Paid(amount=Decimal(3), unit="万元")
    assert (read.corrects, read.reason) == (7, WORDS)


def test_what_is_written_is_todays_version():
    fact = Paid(amount=Decimal("1.50"), unit="万元")
    assert TOY.kind_of(fact).version == 3
    assert TOY.encode(fact) == '{"fact":{"amount":"1.50","payee":"","unit":"万元"}}'


def test_a_body_without_correction_says_nothing_of_one():
    assert TOY.encode(Withdrawn(), corrects=3, reason=WORDS) == (
        f'{{"corrects":3,"fact":{{}},"reason":"{WORDS}"}}'
    )


texts = st.text(st.characters(codec="utf-8", exclude_characters="0123456789"), max_size=20)
payments = st.builds(
    Paid, amount=st.decimals(allow_nan=False, allow_infinity=False), unit=texts, payee=texts
)


@given(payments)
def test_what_is_settled_comes_back_for_ever(fact):
    settled = TOY.settled(fact)
    body = TOY.encode(settled)
    assert TOY.decode("toy.paid", 3, body).fact == settled
    assert TOY.encode(settled) == body == TOY.encode(fact)
    assert TOY.settled(settled) == settled
    keys = re.findall(r'"(amount|payee|unit)":', body)
    assert keys == sorted(keys)


@pytest.mark.parametrize("amount", [0.5, 1e300, float("nan"), float("-inf"), Decimal("NaN"), None])
def test_no_float_and_no_hole_gets_into_a_body(amount):
    with pytest.raises(TypeError, match="does not come back"):
        TOY.settled(Paid(amount=amount, unit="元"))


def test_a_payee_with_a_number_is_refused_and_an_amount_is_not():
    with pytest.raises(PersonalDataInBody):
        TOY.encode(Paid(amount=Decimal(1), unit="元", payee="13812345678"))
    assert "13812345678" in TOY.encode(Paid(amount=Decimal(13812345678), unit="元"))


def test_words_deep_in_a_fact_are_looked_at_too():
    codec = kinds()["matter"].codec
    source = f.Source(kind=f.SourceKind.DOCUMENT, title="致13812345678", day=DAY)
    with pytest.raises(PersonalDataInBody):
        codec.encode(replace(REGISTERED, sources=(source,)))


# ---- one body of every kind and version, for ever ----------------------------------------------

REGISTERED = f.MatterRegistered(
    code="LJ-1",
    title="老旧小区改造",
    kind=f.MatterKind.PROGRAMME,
    origin=f.Origin.PUBLISHED,
    sources=(f.Source(kind=f.SourceKind.DOCUMENT, title="工作安排", day=DAY, place="第3条"),),
    goals=(A, B),
    area="全区",
    verifier_unit=B,
)
RULE = ColourRule(
    code="D1",
    version=1,
    reader=1,
    in_force_from=DAY,
    in_force_to=DUE,
    document="发文",
    report_due_day=5,
    bands=(
        Band(level=Level.GREEN, at_least=Decimal("1.00")),
        Band(level=Level.RED, at_least=Decimal(0)),
    ),
    soon_days=7,
    late_blue_days=7,
    late_yellow_days=15,
    start_yellow_month_ends=1,
    start_red_month_ends=3,
    two_yellow_month_ends=True,
    answer_working_days=5,
)
SHEET = f.Evidence(name=WORDS, content=FILE, size=9, media_type="application/pdf")
WAY = ReleaseSet(reviewers=(A,), head=B, on_paper=True)
SAMPLES = {
    "withdrawn": Withdrawn(),
    "redacted": Redacted(digests=(WORDS,), reason=FILE, approved_by=A),
    "calendar.year_announced": YearAnnounced(
        year=2020, off=(date(2020, 1, 1),), make_up=(date(2020, 1, 19),), document="国办发明电"
    ),
    "rule_set.colour_issued": RULE,
    "audit.segment_closed": SegmentClosed(day=DAY, first_number=7, count=3, digest=WORDS),
    "audit.segment_dropped": SegmentDropped(day=DAY),
    "burden.cap_set": CapSet(asks_per_week=5),
    "burden.asks_allowed": AsksAllowed(posts=(A, B), week=date(2020, 4, 6), reason=WORDS),
    "matter.registered": REGISTERED,
    "matter.placed": f.MatterPlaced(goals=(A,), area="侯寨"),
    "matter.stage_set": f.StageSet(stage=f.Stage.CONTINUING, listed=True),
    "matter.responsibility_fixed": f.ResponsibilityFixed(
        lead_unit=A, supporting_units=(B,), responsible_post=A, sponsoring_post=B
    ),
    "matter.target_fixed": f.TargetFixed(
        targets=(
            f.Target(
                key="main",
                quantity=Decimal("297.5"),
                unit="个",
                comparator=Comparator.AT_LEAST,
                subject="小区",
                baseline=Decimal(0),
                leads=True,
            ),
        ),
        acceptance=WORDS,
    ),
    "matter.milestones_fixed": f.MilestonesFixed(
        due=DUE,
        start=DAY,
        start_inferred=True,
        due_inferred=True,
        planned_start=DAY,
        milestones=(STEP,),
        plan=(f.Planned(day=DUE, amount=Decimal(297)),),
    ),
    "matter.assigned": f.MatterAssigned(),
    "matter.accepted": f.MatterAccepted(unit=A),
    "matter.progress_reported": f.ProgressReported(
        report=A,
        measured_on=DAY,
        target="main",
        achieved=Decimal(103),
        started_on=DAY,
        milestones_done=(f.MilestoneDone(key="s", done_on=DAY),),
        visible_progress=WORDS,
        problems=WORDS,
        evidence=(SHEET,),
        released=f.Released(sheet=(SHEET,)),
    ),
    "matter.report_confirmed": f.ReportConfirmed(report=A),
    "matter.report_returned": f.ReportReturned(report=A, reason=WORDS),
    "matter.change_requested": f.ChangeRequested(
        request=A,
        revision=f.Revision(due=DUE, quantity=Decimal(200), milestones=(STEP,), exempt_until=DUE),
        reason=WORDS,
        released=f.Released(),
    ),
    "matter.change_decided": f.ChangeDecided(request=A, granted=True, reason=WORDS),
    "matter.verified": f.MatterVerified(**CHECK),
    "matter.closed_out": f.MatterClosedOut(**CHECK),
    "matter.suspended": f.MatterSuspended(reason=WORDS),
    "matter.resumed": f.MatterResumed(reason=WORDS),
    "matter.divided": f.MatterDivided(
        parts=(f.Part(matter=A, mandatory=False, derived=True, share=Decimal(43)),)
    ),
    "matter.abolished": f.MatterAbolished(reason=WORDS),
    "unit.classed": Classed(kind="bureau"),
    "unit.bounded": Bounded(territory="老城"),
    "post.charged": Charged(duty="head", roles=("office",)),
    "post.delegated": Delegated(key=B, person=A, first=DAY, last=DUE),
    "post.lent": Lent(key=B, unit=A, first=DAY, last=DUE),
    "post.recalled": Recalled(key=B),
    "matter.note_written": f.NoteWritten(note=WORDS),
    "matter.quote_linked": f.QuoteLinked(
        document="ef" * 32, title="工作安排", day=DAY, start=12, end=27, quote=WORDS, report=B
    ),
    "matter.submitted": f.Submitted(
        way=WAY, report=f.ProgressReported(report=A, measured_on=DAY, evidence=(SHEET,))
    ),
    "matter.submission_reviewed": f.SubmissionReviewed(submission=A),
    "matter.submission_sent_back": f.SubmissionSentBack(submission=A, reason=WORDS),
    "unit.release_set": WAY,
    "rollup.published": RollupPublished(
        day=DAY,
        known_at=9,
        matters=3,
        colours=(ColourCount(colour="red", count=1),),
        closed=1,
        abolished=1,
        late=1,
    ),
} | {
    f"{node}.{name}": fact
    for node in ("district", "unit", "post", "goal")
    for name, fact in {
        "district_founded": DistrictFounded(code="410103", name="二七区", seed=7),
        "founded": Founded(
            name="住建局",
            kind="bureau",
            parent=A,
            order=3,
            note="注",
            roles=("lead", "office"),
            duty="head",
            territory="老城",
        ),
        "renamed": Renamed(name="住房局"),
        "moved": Moved(parent=B),
        "ordered": Ordered(order=9),
        "held": Held(person=A, acting=True, until=DUE),
        "ended": Ended(successors=(B,)),
    }.items()
}


def stored_bodies():
    """The bodies sealed so far: lines are added for new kinds and versions, never changed."""
    return json.loads(BODIES.read_text())


def codec_of(name):
    return next(kind.codec for kind in kinds().values() if name in kind.codec.by_name)


def test_every_kind_and_every_version_of_it_has_a_stored_body():
    declared = {
        (name, version)
        for kind in kinds().values()
        for name, fact in kind.codec.by_name.items()
        for version in range(1, fact.version + 1)
    }
    assert {(each["kind"], each["version"]) for each in stored_bodies()} == declared
    assert set(SAMPLES) == {name for name, _ in declared}


@pytest.mark.parametrize(
    "stored", stored_bodies(), ids=lambda each: f"{each['kind']} {each['version']}"
)
def test_a_stored_body_is_read_for_ever(stored):
    codec = codec_of(stored["kind"])
    read = codec.decode(stored["kind"], stored["version"], stored["body"])
    assert (read.corrects, read.reason) == (12, WORDS)
    if stored["version"] == codec.by_name[stored["kind"]].version:
        assert read.fact == SAMPLES[stored["kind"]]
        assert codec.encode(read.fact, corrects=12, reason=WORDS) == stored["body"]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_fact_comes_back_as_it_was(name):
    assert codec_of(name).settled(SAMPLES[name]) == SAMPLES[name]


def test_a_kind_that_nobody_knows_is_no_fact():
    with pytest.raises(KeyError):
        TOY.decode("toy.stolen", 1, '{"fact":{}}')
    with pytest.raises(msgspec.ValidationError):
        TOY.decode("toy.paid", 3, '{"fact":{"amount":"1"}}')
