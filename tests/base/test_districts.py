"""Two districts in one database: every command in both, and no trace of one in the other."""

import inspect
from copy import copy
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import transaction

from luoshi.base import queries as journal
from luoshi.base.models import JournalEntry, Line, Seal, StoredText, Thread
from luoshi.base.rebuild import rebuilt
from luoshi.base.seals import proof_of, seal_line
from luoshi.base.verify import verified_entries
from luoshi.clocks import commands as clocks
from luoshi.clocks.surroundings import surroundings
from luoshi.ledger import board, gaps, listing
from luoshi.ledger import commands as ledger
from luoshi.ledger import queries as matters
from luoshi.ledger.dossier import dossier
from luoshi.ledger.filters import Filters
from luoshi.organisation import commands as organisation
from luoshi.organisation import queries as organisation_queries
from luoshi.organisation.commands import NewUnit
from luoshi.organisation.judging import Difference
from luoshi.organisation.queries import DistrictVisitor
from luoshi.organisation.sheets import Part
from luoshi.rules.colour import ERQI_2017_D1
from luoshi.rules.journal import ChangedMeanwhile, CommandIdReused
from luoshi.rules.ledger import facts as f
from luoshi.rules.nodes import Ended, Renamed
from luoshi.rules.refusals import NotFound, Refusal
from tests.base.builders import AT, DAY, DUE, NEWEST, STEPS, TARGET, founded

LATER, LATEST = date(2020, 5, 10), date(2020, 11, 30)


class Life:
    """One district lives through every command there is; ``mark`` stands in all its words."""

    def __init__(self, district, mark):
        self.district, self.mark = district, mark
        self.called = set()
        self.organise()
        self.set_standards()
        self.matter, self.part = self.register("1"), self.register("2")
        self.work()
        self.change()
        self.end()

    def do(self, command, **given):
        self.called.add(command.__name__)
        return command(**given)

    def sent(self, on=DAY, by=None):
        return self.district.sent(on=on, by=by)

    def organise(self):
        district, unit = self.district, self.district.named("park")
        self.called |= {"found_district", "found_unit", "found_post", "hold_post", "found_goal"}
        hand = district.hand()
        expected = hand.pop("expected")
        self.do(
            organisation.found_unit, unit_id=unit, name=f"{self.mark}园区", kind="committee",
            parent=None, order=9, **hand,
        )  # fmt: skip
        fact = Renamed(name=f"{self.mark}新园区")
        hand = district.hand(on=LATER) | {"expected": expected}
        self.do(organisation.change_unit, unit_id=unit, fact=fact, **hand)
        self.account = self.do(
            organisation.make_account, login=f"login-{self.mark}", password=None,
            person=district.lead.person, district=district.id, made_by_demo=True,
        )  # fmt: skip
        self.reorganise(expected)
        self.keep_people()
        goal = district.named("board")
        self.do(
            ledger.found_goal, goal_id=goal, name=f"{self.mark}板块", kind="board",
            parent=district.goals[0], order=3, sent=self.sent(),
        )  # fmt: skip
        renamed = Renamed(name=f"{self.mark}新板块")
        self.do(ledger.change_goal, goal_id=goal, fact=renamed, sent=self.sent(LATER))
        self.do(ledger.end_goal, goal_id=goal, sent=self.sent(LATEST))

    def reorganise(self, expected):
        """Units that end, join and split; a post lent, delegated and recalled."""
        district, unit = self.district, self.district.named("park")
        parts = [
            NewUnit(name=f"{self.mark}园{side}", kind="committee", parent=None, order=1)
            for side in "东西"
        ]
        hand = {"on": LATEST, "by": district.office, "at": AT}
        first, second, third = (district.named(f"turn {n}") for n in range(3))
        self.do(
            organisation.split_unit, unit_id=unit, into=parts, expected=NEWEST, command_id=first,
            **hand,
        )  # fmt: skip
        made = [organisation.unit_made(first, place) for place in (0, 1)]
        joined = replace(parts[0], name=f"{self.mark}园")
        self.do(
            organisation.merge_units, unit_ids=made, into=joined, command_id=second,
            expected=dict.fromkeys(made, NEWEST), **hand,
        )  # fmt: skip
        whole = organisation.unit_made(second, 0)
        self.do(organisation.end_unit, unit_id=whole, expected=NEWEST, command_id=third, **hand)
        post, held = district.named("desk"), {"expected": NEWEST, "by": district.office, "at": AT}
        organisation.found_post(
            post_id=post, name=f"{self.mark}联络岗", unit=district.lead.unit, order=8,
            **{name: value for name, value in district.hand().items() if name != "expected"},
        )  # fmt: skip
        fact = Renamed(name=f"{self.mark}值班岗")
        ids = iter(district.named(f"act {n}") for n in range(9))
        held |= {"post_id": post, "on": LATER}
        self.do(organisation.change_post, fact=fact, command_id=next(ids), **held)
        holder, deputy = district.named("holder"), district.named("deputy")
        organisation.hold_post(person=holder, command_id=next(ids), **held)
        key = next(ids)
        self.do(
            organisation.delegate_post, person=deputy, first=LATER, last=LATEST, command_id=key,
            **held,
        )  # fmt: skip
        self.do(organisation.recall, key=key, command_id=next(ids), **held)
        found = Difference(
            Part.UNITS, 1, "found_unit", None, "new", f"{self.mark}科", "", "",
            {"name": f"{self.mark}科", "kind": "bureau", "parent": "", "order": 1, "territory": ""},
        )  # fmt: skip
        self.do(
            organisation.write_differences, differences=[found], on=LATER, command_id=next(ids),
            by=district.office, at=AT,
        )  # fmt: skip

    def keep_people(self):
        """Persons and contacts beside the journal."""
        by, person = self.district.office, self.district.named("clerk")
        said = {"person_id": person, "by": by, "day": LATER}
        self.do(
            organisation.keep_person, name=f"{self.mark}员", phone="", mail="", expected=0, **said
        )
        contact = {"contact_id": self.district.named("contact"), "by": by}
        self.do(
            organisation.keep_contact, unit=self.district.lead.unit, label=f"{self.mark}室",
            phone="", mail="", on=LATER, **contact,
        )  # fmt: skip
        self.do(organisation.end_contact, on=LATEST, **contact)
        self.do(organisation.erase_contact, **contact)
        self.do(organisation.erase_person, **said)

    def set_standards(self):
        document = f"{self.mark}文件"
        self.do(
            clocks.announce_year, year=2020, off=(), make_up=(), document=document,
            **self.district.hand(on=LATER),
        )  # fmt: skip
        rule = replace(ERQI_2017_D1, version=2, document=document)
        self.do(clocks.issue_colour_rule, rule=rule, **self.district.hand())

    def register(self, number):
        """A matter of its own; both districts use the same codes."""
        self.called.add("register")
        return self.district.registered(
            f"LJ-{number}", f"{self.mark}事项{number}", origin=f.Origin.ASSIGNED
        )

    def fix(self, matter, on=DAY):
        district = self.district
        self.do(ledger.place, matter_id=matter, goals=district.goals, sent=self.sent(on))
        stage = f.Stage.CONTINUING
        self.do(ledger.set_stage, matter_id=matter, stage=stage, sent=self.sent(on))
        self.do(
            ledger.fix_responsibility, matter_id=matter, lead_unit=district.lead.unit,
            responsible_post=district.lead.post, sent=self.sent(on),
        )  # fmt: skip
        self.do(
            ledger.fix_target, matter_id=matter, targets=(TARGET,),
            acceptance=f"{self.mark}标准", sent=self.sent(on),
        )  # fmt: skip
        self.do(
            ledger.fix_milestones, matter_id=matter, due=DUE, milestones=STEPS, sent=self.sent(on)
        )
        self.do(ledger.assign, matter_id=matter, sent=self.sent(on))
        self.do(ledger.accept, matter_id=matter, sent=self.sent(on, district.lead))

    def report(self, amount, on):
        sent = self.sent(on, self.district.lead)
        self.do(
            ledger.report_progress, matter_id=self.matter, measured_on=on, target="main",
            achieved=Decimal(amount), visible_progress=f"{self.mark}进展",
            problems=f"{self.mark}问题", sent=sent,
        )  # fmt: skip
        return sent.command_id

    def work(self):
        self.fix(self.matter)
        self.fix(self.part)
        parts = (f.Part(matter=self.part, mandatory=False),)
        self.do(ledger.divide, matter_id=self.matter, parts=parts, sent=self.sent())
        first, second = self.report(50, LATER), self.report(60, LATER)
        answer = {"matter_id": self.matter, "sent": self.sent(LATER)}
        self.do(ledger.confirm_report, report=first, **answer)
        answer["sent"] = self.sent(LATER)
        self.do(ledger.return_report, report=second, reason=f"{self.mark}退回", **answer)
        self.do(
            ledger.correct, matter_id=self.matter, change=None, reason=f"{self.mark}更正",
            entry=matters.last_entry_of(self.matter), sent=self.sent(LATER),
        )  # fmt: skip
        answer["sent"] = self.sent(LATER)
        self.do(ledger.return_report, report=second, reason=f"{self.mark}退回", **answer)
        digests = [text.digest for text in StoredText.objects.filter(text=f"{self.mark}问题")]
        self.do(
            ledger.redact, matter_id=self.matter, digests=digests, reason=f"{self.mark}遮除",
            sent=self.sent(LATER),
        )  # fmt: skip

    def go_the_units_way(self):
        """Inside the unit: sent back, reviewed, let out."""
        lead, unit = self.district.lead, self.district.lead.unit
        posts = {}
        for order, name in enumerate(("reviewer", "chief"), start=20):
            post, person = self.district.named(name), self.district.named(f"{name} himself")
            hand = self.district.hand()
            hand.pop("expected")
            organisation.found_post(
                post_id=post, name=f"{self.mark}{name}", unit=unit, order=order, **hand
            )
            organisation.hold_post(
                post_id=post, person=person, **self.district.hand() | {"expected": NEWEST}
            )
            posts[name] = replace(lead, post=post, person=person)
        way = {"reviewers": [posts["reviewer"].post], "head": posts["chief"].post}
        said = {"unit_id": unit, "on_paper": False}
        self.do(
            organisation.set_release, **way, **said,
            **self.district.hand() | {"expected": NEWEST},
        )  # fmt: skip

        def step(verb, key, who, **given):
            self.do(
                verb, matter_id=self.matter, submission=key, **given,
                sent=self.sent(LATER, posts[who]),
            )  # fmt: skip

        first = self.report(70, LATER)
        step(ledger.send_back_submission, first, "reviewer", reason=f"{self.mark}内部退回")
        second = self.report(71, LATER)
        step(ledger.review_submission, second, "reviewer")
        step(ledger.release_submission, second, "chief")
        self.do(ledger.confirm_report, matter_id=self.matter, report=second, sent=self.sent(LATER))
        self.do(
            organisation.set_release, reviewers=[], head=None, **said,
            **self.district.hand(on=LATER) | {"expected": NEWEST},
        )  # fmt: skip

    def change(self):
        self.go_the_units_way()
        words = {"matter_id": self.matter, "reason": f"{self.mark}缘由"}
        asked = self.sent(LATER, self.district.lead)
        revision = f.Revision(quantity=Decimal(250))
        self.do(ledger.request_change, revision=revision, sent=asked, **words)
        self.do(
            ledger.decide_change, request=asked.command_id, granted=True, sent=self.sent(LATER),
            **words,
        )  # fmt: skip
        self.do(ledger.suspend, sent=self.sent(date(2020, 6, 1)), **words)
        self.do(ledger.resume, sent=self.sent(date(2020, 7, 1)), **words)
        note = f"{self.mark}批示"
        self.do(ledger.write_note, matter_id=self.matter, note=note, sent=self.sent(LATER))
        quote = {"document": "ab" * 32, "title": "报告", "day": LATER, "start": 0, "end": 4}
        self.do(
            ledger.link_quote, matter_id=self.matter, quote=f"{self.mark}原文", **quote,
            sent=self.sent(LATER),
        )  # fmt: skip

    def end(self):
        checked = {"matter_id": self.matter}
        self.do(ledger.publish_rollup, sent=self.sent(LATEST))
        self.do(organisation.join_city, city=None, **self.district.hand(on=LATEST))
        self.do(ledger.verify, sent=self.sent(LATEST, self.district.checker), **checked)
        self.do(ledger.close_out, sent=self.sent(LATEST, self.district.checker), **checked)
        self.do(
            ledger.abolish, matter_id=self.part, reason=f"{self.mark}撤销", sent=self.sent(LATEST)
        )


def commands_of(module):
    return {
        name
        for name, each in inspect.getmembers(module, inspect.isfunction)
        if (not name.startswith("_") and "at" in inspect.signature(each).parameters)
        or name in getattr(module, "__all__", ())
    } - {"Sent", "matter_of", "node_change", "unit_made"}


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker):
    """Both lives, lived once for the tests of this file and taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Life(founded(), "甲"), Life(founded("410102", "中原区"), "乙")
        transaction.set_rollback(True)


@pytest.fixture
def lives(lived, db):
    """Both districts, each with its whole life; what a test calls is no part of it."""
    mine, theirs = map(copy, lived)
    mine.called, theirs.called = set(mine.called), set(theirs.called)
    return mine, theirs


def read_by(visitor):
    """Everything that queries give a visitor, in words."""
    last = matters.last_number(visitor)
    found = {"last": last, "lines": [line.pk for line in journal.lines(visitor.district)]}
    found["threads"] = journal.count_threads(visitor.district)
    found["district"] = organisation_queries.district_named(visitor.district).name
    for known_at in (None, last // 2, last):
        around = surroundings(visitor.district, known_at)
        found["around", known_at] = around
        for day in (DAY, LATER, LATEST, date(2021, 3, 1)):
            when = {"day": day, "known_at": known_at}
            goals = board.goals_visible_to(visitor, **when)
            found[day, known_at] = [
                goals,
                organisation_queries.units_visible_to(visitor, **when),
                organisation_queries.posts_visible_to(visitor, **when),
                listing.lines(visitor, with_closed=True, **when),
                board.tally_by_goal(visitor, goals=goals, **when),
                gaps.gaps(visitor, filters=Filters(), goals=goals, size=50, **when),
            ]
    ids = matters.matter_ids_of(visitor, ["LJ-1", "LJ-2"])
    found["ids"] = ids
    for matter in ids.values():
        found[matter] = dossier(
            visitor, matter, day=LATEST, known_at=None, around=surroundings(visitor.district, None)
        )
        wholes = matters.wholes_of(visitor, matter, day=LATEST, known_at=None)
        found["wholes", matter] = [whole.title for whole in wholes]
    return found


def test_every_command_was_called_in_both(lives):
    every = commands_of(ledger) | commands_of(clocks) | commands_of(organisation)
    every |= {"make_account"}
    for life in lives:
        assert life.called >= every, every - life.called


def test_no_row_count_code_or_number_of_the_other_is_read(lives):
    mine, _ = lives
    seen = [read_by(DistrictVisitor(life.district.id)) for life in lives]
    for life, other, found in zip(lives, reversed(lives), seen, strict=True):
        told = repr(found)
        assert life.mark in told
        assert other.mark not in told
        for strange in Thread.objects.filter(district=other.district.id).values_list(
            "pk", flat=True
        ):
            assert str(strange) not in told
    # both lived alike: had one been counted into the other, the figures would differ
    assert seen[0]["last"] == seen[1]["last"] == Line.objects.get(pk=mine.district.id).last_number
    assert seen[0]["threads"] == seen[1]["threads"]
    for key in ((LATER, None), (LATEST, None)):
        assert [len(part or ()) for part in seen[0][key][:4]] == [
            len(part or ()) for part in seen[1][key][:4]
        ]


def test_numbers_roots_proofs_and_rebuilds_are_of_one_district(lives):
    mine, theirs = lives
    last = Line.objects.get(pk=mine.district.id).last_number
    seal = seal_line(district=mine.district.id, at=AT)
    assert (seal.first_number, seal.last_number) == (1, last)
    assert not Seal.objects.filter(district=theirs.district.id).exists()
    assert list(verified_entries(district=mine.district.id)) == list(range(1, last + 1))
    assert not [each for some in rebuilt(district=mine.district.id) for each in some]
    proof = proof_of(district=mine.district.id, number=last)
    assert str(theirs.district.id) not in repr(asdict(proof))
    assert seal_line(district=theirs.district.id, at=AT).root != seal.root


def matter_commands(life, strange):
    """Every command that names a matter, given one of the other district."""
    sent, words = life.district.sent, {"reason": "误"}
    here = {"matter_id": strange.matter}
    yield lambda: ledger.place(goals=(), sent=sent(), **here)
    yield lambda: ledger.set_stage(stage=f.Stage.CONTINUING, sent=sent(), **here)
    yield lambda: ledger.fix_responsibility(lead_unit=life.district.lead.unit, sent=sent(), **here)
    yield lambda: ledger.fix_target(targets=(TARGET,), sent=sent(), **here)
    yield lambda: ledger.fix_milestones(due=DUE, sent=sent(), **here)
    yield lambda: ledger.report_progress(measured_on=DAY, sent=sent(), **here)
    yield lambda: ledger.confirm_report(report=UUID(int=1), sent=sent(), **here)
    yield lambda: ledger.return_report(report=UUID(int=1), sent=sent(), **words, **here)
    yield lambda: ledger.request_change(revision=f.Revision(due=DUE), sent=sent(), **words, **here)
    yield lambda: ledger.decide_change(
        request=UUID(int=1), granted=True, sent=sent(), **words, **here
    )
    for command in (ledger.assign, ledger.accept, ledger.verify, ledger.close_out):
        yield lambda command=command: command(sent=sent(), **here)
    for command in (ledger.suspend, ledger.resume, ledger.abolish):
        yield lambda command=command: command(sent=sent(), **words, **here)
    yield lambda: ledger.write_note(note="批示", sent=sent(), **here)
    yield lambda: ledger.divide(parts=(), sent=sent(), **here)
    yield lambda: ledger.correct(entry=1, change=None, sent=sent(), **words, **here)
    yield lambda: ledger.redact(digests=[], sent=sent(), **words, **here)
    yield lambda: ledger.change_goal(goal_id=strange.district.goals[0], fact=Ended(), sent=sent())
    yield lambda: ledger.end_goal(goal_id=strange.district.goals[0], sent=sent())
    yield lambda: organisation.change_unit(
        unit_id=strange.district.lead.unit, fact=Ended(), **life.district.hand()
    )
    yield lambda: organisation.hold_post(
        post_id=strange.district.lead.post, person=None, **life.district.hand()
    )
    yield lambda: dossier(
        DistrictVisitor(life.district.id), strange.matter, day=DAY, known_at=None,
        around=surroundings(life.district.id, None),
    )  # fmt: skip


def test_what_belongs_to_the_other_is_not_found_by_any_command(lives):
    for life, strange in (lives, lives[::-1]):
        before = list(JournalEntry.objects.order_by("district", "number").values_list("digest"))
        for command in matter_commands(life, strange):
            with pytest.raises(NotFound):
                command()
        after = list(JournalEntry.objects.order_by("district", "number").values_list("digest"))
        assert after == before


def test_goals_units_posts_and_parts_of_the_other_are_not_in_force_here(lives):
    mine, theirs = lives
    sent, strange = mine.district.sent, theirs.district
    for command in (
        lambda: mine.district.registered("LJ-3", goals=strange.goals),
        lambda: mine.district.registered("LJ-4", verifier_unit=strange.lead.unit),
        lambda: ledger.fix_responsibility(
            matter_id=mine.part, lead_unit=strange.lead.unit, sent=sent()
        ),
        lambda: ledger.fix_responsibility(
            matter_id=mine.part, lead_unit=mine.district.lead.unit,
            responsible_post=strange.lead.post, sent=sent(),
        ),
        lambda: ledger.divide(
            matter_id=mine.part, parts=(f.Part(matter=theirs.matter),), sent=sent()
        ),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            command()
        assert refused.value.code in {
            "goal_not_in_force", "unit_not_in_force", "post_not_in_force", "unknown_part",
        }  # fmt: skip


def test_the_same_command_id_stands_for_a_command_of_each(lives):
    shared = UUID(int=99)
    for life in lives:
        sent = replace(life.district.sent(), command_id=shared, expected=NEWEST)
        goal = life.district.goals[1]
        entry = ledger.change_goal(goal_id=goal, fact=Renamed(name=f"{life.mark}战役"), sent=sent)
        assert entry.fact.name == f"{life.mark}战役"
        with pytest.raises((CommandIdReused, ChangedMeanwhile)):
            ledger.change_goal(goal_id=goal, fact=Renamed(name="另名"), sent=sent)


def test_an_account_acts_in_its_own_district_only(lives):
    for life, other in (lives, lives[::-1]):
        posts = organisation_queries.posts_of(life.account, day=DAY)
        assert [post.id for post in posts] == [life.district.lead.post]
        actor = organisation_queries.actor_for(life.account, other.district.lead.post, day=DAY)
        assert (actor.district, actor.post) == (life.district.id, life.district.lead.post)
