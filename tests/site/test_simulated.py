"""The simulated district: the same seed gives the same ledger, marked on every page and file."""

import io
import re
from collections import Counter
from dataclasses import asdict
from datetime import date
from functools import partial

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from luoshi.base.models import JournalEntry, Line, Thread
from luoshi.base.rebuild import rebuilt
from luoshi.base.seals import proof_of, seal_line
from luoshi.base.verify import verified_entries
from luoshi.ledger import listing
from luoshi.ledger.board import goals_visible_to, matters_visible_to
from luoshi.ledger.models import Matter
from luoshi.organisation import queries
from luoshi.organisation.models import Account, District, Post, Unit
from luoshi.organisation.queries import DistrictVisitor
from luoshi.site.demo import simulated
from tests.site import demo_home
from tests.site.demo_home import AT
from tests.site.simulating import digests, simulate

SEED = 7
OPENING, SUMMER = date(2021, 1, 15), date(2020, 7, 31)
MARK = "watermark"  # the class of what lies across every page
CAVEAT = "Simulated data: nothing here happened, all of it is drawn from seed %(seed)s."


@pytest.fixture(scope="module")
def both(django_db_setup, django_db_blocker, run_folder, size):
    """Facts first, the simulated year beside them: the digests of the facts before it."""
    with django_db_blocker.unblock(), transaction.atomic():
        erqi = demo_home.built(run_folder).office.district
        before = digests(erqi)
        simulate(SEED, size["one_promise_in"])
        yield erqi, before
        transaction.set_rollback(True)


@pytest.fixture
def facts(both, db, settings):
    """The district of facts, as a visitor of a demo sees it."""
    settings.IS_DEMO, settings.OPENING_DAY = True, OPENING
    return DistrictVisitor(both[0])


@pytest.fixture
def made_up(facts):
    return queries.visitor_of(simulated.CODE)


@pytest.fixture
def visitor_of(facts):
    """A client who looks at the district of a code, signed in by a post where one is named."""

    def visitor_of_(code, post=""):
        client = Client()
        district = queries.the_district(code)
        client.post("/district/", {"district": str(district.pk)})
        if post:
            account = Account.objects.get(login=post)
            client.post("/sign-in/", {"post": str(account.pk)})
        return client

    return visitor_of_


# ---- the year


def test_the_year_has_all_that_a_year_has(made_up, size):
    kinds = Counter(JournalEntry.objects.filter(district=made_up.district).values_list("kind"))
    seen = {kind.removeprefix("matter.") for (kind,) in kinds if kind.startswith("matter.")}
    seen_always = {
        "registered", "responsibility_fixed", "target_fixed", "milestones_fixed", "assigned",
        "accepted", "stage_set", "progress_reported", "report_confirmed", "verified", "closed_out",
    }  # fmt: skip
    sometimes = {
        "report_returned", "change_requested", "change_decided", "suspended", "resumed",
    }  # fmt: skip
    assert seen >= seen_always | (sometimes if size["one_promise_in"] == 1 else set())
    colours = {spell.colour for spell in matters_visible_to(made_up, day=SUMMER)}
    assert len(colours) >= 3


def test_late_reports_are_late_and_every_moment_is_in_the_year(made_up):
    reports = JournalEntry.objects.filter(
        district=made_up.district, kind="matter.progress_reported"
    )
    days = [on.day for on in reports.values_list("on", flat=True)]
    assert any(day <= 5 for day in days)
    assert any(day > 5 for day in days)
    for on, at in JournalEntry.objects.filter(
        district=made_up.district, kind__startswith="matter."
    ).values_list("on", "at"):
        assert (
            abs((at.date() - on).days) <= 1
        )  # recorded when it was done; the day is ours, not UTC
        assert date(2020, 1, 1) <= on <= OPENING


def test_units_act_through_posts_and_never_verify_their_own(made_up):
    rows = JournalEntry.objects.filter(district=made_up.district, kind__startswith="matter.")
    acted = set(rows.values_list("by_post", flat=True))
    assert None not in acted
    assert acted <= set(Post.objects.values_list("pk", flat=True))
    verified = rows.filter(kind="matter.verified").values_list("for_unit", flat=True)
    reported = rows.filter(kind="matter.progress_reported").values_list("for_unit", flat=True)
    assert not set(verified) & set(reported)


# ---- never mixed with the facts


def test_a_district_knows_by_its_founding_that_it_is_simulated(facts, made_up):
    assert District.objects.get(pk=made_up.district).seed == SEED
    assert District.objects.get(pk=facts.district).seed is None
    assert queries.the_district().pk == facts.district
    first = JournalEntry.objects.filter(district=made_up.district).earliest("number")
    assert (first.kind, first.version) == ("district.district_founded", 2)
    assert f'"seed":{SEED}' in first.body


def test_the_facts_are_what_they_were_and_both_ledgers_hold(both, facts, made_up):
    assert digests(facts.district) == both[1]
    for visitor in (facts, made_up):
        last = Line.objects.get(pk=visitor.district).last_number
        assert list(verified_entries(district=visitor.district)) == list(range(1, last + 1))
        assert not [each for some in rebuilt(district=visitor.district) for each in some]
    roots = {seal_line(district=visitor.district, at=AT).root for visitor in (facts, made_up)}
    assert len(roots) == 2
    proof = proof_of(district=facts.district, number=len(both[1]))
    assert str(made_up.district) not in repr(asdict(proof))


def test_codes_numbers_units_and_goals_are_of_one_district_only(facts, made_up):
    codes = [
        {line["code"] for line in listing.lines(visitor, day=OPENING, with_closed=True)}
        for visitor in (facts, made_up)
    ]
    assert all(codes)
    assert not codes[0] & codes[1]
    assert all(code.startswith("模拟-") for code in codes[1])
    for told in (queries.units_visible_to, goals_visible_to):
        one, other = ({each.id for each in told(each, day=OPENING)} for each in (facts, made_up))
        assert one
        assert other
        assert not one & other
    strange = Thread.objects.filter(district=facts.district).values_list("pk", flat=True)
    bodies = JournalEntry.objects.filter(district=made_up.district).values_list("body", flat=True)
    ids = {str(thread) for thread in strange}
    named = {found for body in bodies for found in re.findall(r"[0-9a-f-]{36}", body)}
    assert not ids & named


# ---- pages, files and prints


def pages(client):
    """Every page of the ledger that is read, and those that a post may open."""
    district = queries.the_district(simulated.CODE)
    day = {"day": OPENING}
    visitor = DistrictVisitor(district.pk)
    matter = Matter.objects.filter(district=district.pk).first()
    goal = goals_visible_to(visitor, **day)[0]
    unit = Unit.objects.filter(district=district.pk).first()
    yield from ("/board/", "/board/print/", "/gaps/", "/compare/", "/figures/", "/goals/")
    yield from (f"/goals/{goal.id}/", f"/units/{unit.pk}/", "/organisation/")
    yield from (f"/matters/{matter.pk}/", f"/matters/{matter.pk}/why/")
    if client.session.get("_auth_user_id"):
        yield from ("/matters/register/", "/import/")
        yield f"/matters/{matter.pk}/abolish/"


@pytest.mark.parametrize("post", ["", f"{simulated.NAME}区政府办公室演示岗"])
def test_every_page_of_it_carries_strip_and_watermark(visitor_of, post):
    client = visitor_of(simulated.CODE, post)
    for path in pages(client):
        answer = client.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        assert f'class="{MARK}"' in text, path
        assert "strip--simulated" in text, path
        assert "simulated-word" in text, path  # for paper
        assert simulated.NAME in text, path


def test_no_page_of_the_facts_does(visitor_of, facts):
    client = visitor_of("410103")
    for path in ("/board/", "/gaps/", "/compare/", "/figures/", "/goals/", "/organisation/"):
        text = client.get(path).content.decode()
        assert MARK not in text
        assert "strip--simulated" not in text
        assert "模拟-" not in text
    assert CAVEAT % {"seed": SEED} not in client.get("/board/export/csv/").content.decode()


@pytest.mark.parametrize("path", ["/board/export/", "/gaps/export/", "/compare/export/"])
def test_every_file_of_it_says_so_above_the_table(visitor_of, path):
    with translation.override("zh-hans"):
        told = gettext(CAVEAT) % {"seed": SEED}
    client = visitor_of(simulated.CODE)
    text = client.get(f"{path}csv/").content.decode("utf-8-sig")
    assert told in text.splitlines()[1]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}xlsx/").content))
    cells = [row[0].value for row in book.active.iter_rows(max_row=3)]
    assert any(told in str(cell) for cell in cells)
    assert "SIMULATED" in str(cells[0]) or "模拟" in str(cells[0])


def test_a_demo_is_looked_at_by_district_and_back_again(visitor_of, facts, made_up):
    client = Client()
    assert simulated.NAME in client.get("/board/").content.decode()  # offered in the bar
    for district, mark in ((made_up, True), (facts, False)):
        answer = client.post("/district/", {"district": str(district.district)})
        assert answer.url == "/board/"
        assert (MARK in client.get("/board/").content.decode()) is mark
    client.post("/district/", {"district": "nonsense"})
    assert MARK not in client.get("/board/").content.decode()


def test_a_post_acts_in_its_own_district_and_is_left_by_changing_it(visitor_of, facts, made_up):
    client = visitor_of(simulated.CODE, f"{simulated.NAME}住房和城乡建设局演示岗")
    matter = Matter.objects.filter(district=facts.district).first()
    assert client.get(f"/matters/{matter.pk}/").status_code == 404
    client.post("/sign-out/")
    assert MARK in client.get("/board/").content.decode()
    listed = client.get("/sign-in/").content.decode()
    assert listed.index("区教体局演示岗") < listed.index(f"{simulated.NAME}区委督查室演示岗")
    signed_in = visitor_of("410103", "区教体局演示岗")
    signed_in.post("/district/", {"district": str(made_up.district)})
    assert "_auth_user_id" not in signed_in.session


def test_outside_a_demo_nobody_chooses_a_district(facts, made_up, settings):
    settings.IS_DEMO = False
    client = Client()
    client.post("/district/", {"district": str(made_up.district)})
    assert "district" not in client.session
    assert client.get("/board/").status_code == 302


# ---- the command


def test_the_command_adds_it_once_and_refuses_another_seed(both, db, settings, tmp_path, capsys):
    settings.DEMO_MARK, settings.IS_DEMO = tmp_path / "demo.json", True
    settings.DEMO_MARK.write_text('{"opens_on": "2021-01-15"}')
    count = JournalEntry.objects.count()
    demo = partial(call_command, "demo", "--no-serve", "--simulate")
    demo("--seed", str(SEED))
    assert JournalEntry.objects.count() == count
    with pytest.raises(CommandError, match=f"seed {SEED}"):
        demo("--seed", "8")
    call_command("board", "--on", "2021-01-15", "--district", simulated.CODE)
    said = capsys.readouterr()
    assert f"种子 {SEED}" in said.err
    assert "模拟-" in said.out
