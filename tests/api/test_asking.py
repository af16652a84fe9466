"""How lists and single things are asked for: in pages, by HEAD, with words that are known."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.accounts import commands as accounts
from luoshi.base.api.turning import Turn, page_merged, page_of
from luoshi.base.models import Outbox
from luoshi.intake.models import StagedRow
from luoshi.ledger.commands.saved import save_view
from luoshi.notices.models import Delivery, InboxItem
from luoshi.organisation import commands as organisation
from luoshi.rules.rights import Role
from luoshi.rules.tokens import TokenReach
from tests.api.answers import problem_of
from tests.api.test_lists import Reader, lists
from tests.api.test_same_key import hand_in
from tests.doors.conftest import streets, walked
from tests.holders import found_post_of, name_to
from tests.ledger.town import FOUNDED, LEAD

__all__ = ["streets", "walked"]
DAY = "2020-06-01"
NOW = timezone.now()


def test_head_says_what_get_says_without_its_content(machine, town):
    office = machine("office")
    town.assigned("S1")
    whole = office.get("/matters", {"as_of": DAY})
    head = office.client.head(f"/api/v1/matters?as_of={DAY}", headers=office.headers())
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]
    assert int(head["Content-Length"]) == len(whole.content)
    refused = office.client.head("/api/v1/matters?as_of=soon", headers=office.headers())
    assert (refused.status_code, refused.content) == (422, b"")


def test_options_say_what_an_address_takes(machine, town):
    told = machine("office").client.options("/api/v1/matters")
    assert (told.status_code, told["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    matter = town.assigned()
    told = machine("office").client.options(f"/api/v1/matters/{matter}/accept")
    assert told["Allow"] == "OPTIONS, POST"


def test_a_slip_in_the_name_of_a_filter_is_said(machine, town):
    office, officer = machine("office"), machine("officer")
    told = problem_of(office.get("/matters", {"as_off": DAY, "color": "red"}), 422, "not_valid")
    pointers = {one["pointer"] for one in told["facts"]["errors"]}
    assert pointers == {"/query/as_off", "/query/color"}
    problem_of(office.get("/people", {"as_of": DAY}), 422, "not_valid")
    problem_of(office.get("/receipts", {"known_at": "1"}), 422, "not_valid")
    problem_of(officer.get("/people", {"as_of": DAY}), 403, "not_allowed")  # rights come first
    problem_of(officer.get(f"/matters/{town.assigned()}", {"asof": DAY}), 422, "not_valid")
    written = office.client.post(
        "/api/v1/views?dry=1", "{}", content_type="application/json",
        headers=office.headers(Idempotency_Key=str(uuid4())),
    )  # fmt: skip
    problem_of(written, 422, "not_valid")


@pytest.mark.parametrize("limit", ["0", "-1", "201", "1000000000", "x", "1.5", ""])
def test_a_page_has_one_to_two_hundred_rows(machine, town, limit):
    problem_of(machine("office").get("/matters", {"limit": limit}), 422, "not_valid")


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "0", "\u4e2d", "W10:1vP:x", "." * 3000])
def test_a_cursor_made_up_is_refused(machine, town, cursor):
    answer = machine("office").get("/units", {"cursor": cursor})
    assert answer.status_code == 422, answer.content


# ---- pages of queries ----------------------------------------------------------------------------


@pytest.fixture
def notices(db):
    """Items and messages of one moment and of later ones."""
    district, post = uuid4(), uuid4()

    def notice():
        return Outbox.objects.create(
            id=uuid4(), district=district, cause=1, thread=uuid4(), code="order",
            audience_kind="post", audience=str(post), facts="{}", at=NOW, by_person=uuid4(),
        )  # fmt: skip

    for step in (0, 0, 0, 1, 2):
        at = NOW + timedelta(seconds=step)
        InboxItem.objects.create(
            id=uuid4(), district=district, notice=notice(), person=uuid4(), post=post, at=at
        )
        Delivery.objects.create(
            id=uuid4(), district=district, notice=notice(), person=uuid4(), post=post,
            channel="file", state="waiting", at=at, not_before=at,
        )  # fmt: skip
    return InboxItem.objects.order_by("at", "pk"), Delivery.objects.order_by("at", "pk")


def turned(page, limit):
    """All rows of a list, page by page."""
    found, after = [], None
    while True:
        one = page(Turn(after, limit))
        found += one.rows
        if one.after is None:
            return found, one.total
        after = one.after


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 20])
def test_two_tables_are_one_list_in_pages(notices, limit):
    items, messages = notices
    found, total = turned(lambda turn: page_merged(notices, turn), limit)
    assert total == len(found) == 10
    assert [row for _place, row in found] == [
        one
        for at in sorted({item.at for item in items})
        for rows in (items, messages)
        for one in rows.filter(at=at)
    ]


@pytest.mark.parametrize("order", [("at", "pk"), ("-at", "pk"), ("-at", "-pk"), ("-pk",)])
def test_a_query_is_turned_over_in_its_own_order(notices, order):
    rows = notices[0].order_by(*order)
    for limit in (1, 2, 5, 9):
        assert turned(lambda turn, rows=rows: page_of(rows, turn), limit) == (list(rows), 5)
    page = page_of(rows, Turn(None, 2), is_counted=False)
    assert (len(page.rows), page.total) == (2, None)


# ---- how many queries a list takes ---------------------------------------------------------------


def grown(town):
    """Add some of everything that lists show."""
    for number in range(5):
        town.assigned(f"G-{number}", lead=LEAD)
        post, person = uuid4(), uuid4()
        found_post_of(
            town, post, name=f"岗{number}", unit=town.unit(LEAD), role="officer", on=FOUNDED
        )
        name_to(town, post, person, on=FOUNDED)
        organisation.keep_person(
            person_id=person, name=f"联系人{number}", phone=None, mail=None, expected=0,
            by=town.office, day=timezone.localdate(),
        )  # fmt: skip
        account = organisation.make_account(
            login=f"grown.{number}", password=None, person=person, district=town.district
        )
        accounts.make_token(
            account, post=post, label="系统", reach=TokenReach.READ, days=1,
            day=timezone.localdate(), at=timezone.now(),
        )  # fmt: skip
        save_view(name=f"视图{number}", query="", is_shared=True, by=town.office, at=timezone.now())


def queries_of(reader, path):
    """How many queries a list takes once its day is at hand."""
    reader.get(path, limit=200)
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get(path, limit=200)
    return answer, len(asked)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SECURITY, Role.SYSTEM])
def test_no_list_takes_more_queries_where_it_has_more_rows(streets, role):
    reader, town = Reader(streets, role), streets.here
    samples = {name: str(value) for name, value in streets.samples().items()}
    paths = [path.format(**samples) for path in lists() if "audit" not in path]
    before = {path: queries_of(reader, path) for path in paths}
    grown(town)
    more = 0
    for path, (first, asked) in before.items():
        answer, now = queries_of(reader, path)
        assert answer.status_code == first.status_code, path
        if answer.status_code == 200:
            more += len(answer.json()["items"]) > len(first.json()["items"])
            assert now <= asked, (
                f"{path}: {asked} queries for {len(first.json()['items'])} rows, {now} now"
            )
    assert more >= (3 if role != Role.SYSTEM else 1)


def test_a_list_without_a_day_tells_none(machine, town):
    office = machine("office")
    assert office.get("/views").json().keys() == {"items", "next", "total", "last_entry"}
    assert "known_at" not in office.get("/receipts", {"as_of": DAY}).json()
    day = {"as_of", "known_at"}
    assert office.get("/matters", {"as_of": DAY}).json().keys() >= day


def test_a_follower_ahead_of_the_line_is_told_so(machine, town):
    office = machine("office")
    last = office.get("/").json()["last_entry"]
    assert office.get("/journal", {"after": last}).json()["last"] == last
    told = problem_of(office.get("/journal", {"after": last + 1}), 422, "known_at_unknown")
    assert told["facts"] == {"known_at": last + 1, "last": last}


def test_what_is_wrong_with_a_field_is_said_in_its_words(machine):
    office = machine("office")
    sent = {"name": 1, "query": [], "is_shared": "yes", "more": 1}
    told = problem_of(office.post("/views", sent), 422, "not_valid")
    says = {one["pointer"]: one["sentences"]["en"] for one in told["facts"]["errors"]}
    assert says == {
        "/body/name": "Write a text.",
        "/body/query": "Write a text.",
        "/body/is_shared": "Write true or false.",
        "/body/more": "There is no such field.",
    }
    nowhere = problem_of(office.get("/nothing"), 404, "not_found")
    assert "/api/" in nowhere["sentences"]["en"]


def test_standards_and_roles_are_told_as_they_were_known(machine, town):
    office, system = machine("office"), machine("security")
    last = office.get("/").json()["last_entry"]
    years = office.rows("/calendar/years")
    assert years
    assert office.rows("/calendar/years", known_at=last) == years
    assert office.rows("/calendar/years", known_at=years[-1]["number"] - 1) != years
    assert office.rows("/calendar/years", known_at=0) == []
    assert office.rows("/rules/colour")
    assert office.rows("/rules/colour", known_at=0) == []
    assert system.rows("/roles", as_of=DAY)
    assert system.rows("/roles", as_of="2018-01-01") == []


def test_lists_are_narrowed_as_their_pages_are(machine, town):
    office, security = machine("office"), machine("security")
    town.assigned("S1")
    both = office.rows("/gaps", as_of=DAY, lack=["owner", "measure"])
    for one in ("owner", "measure"):
        whole = {row["id"] for row in office.rows("/gaps", as_of=DAY, lack=one)}
        assert {row["id"] for row in both} <= whole
    found = security.rows("/roles", role="security")
    assert found
    assert all("security" in row["roles"] for row in found)
    assert all("岗" in row["name"] for row in security.rows("/roles", q="岗"))
    sheet = hand_in(office, uuid4(), "项目代码,项目名称\n").json()["result"]["id"]
    for row, state in enumerate(("ready", "ready", "asked")):
        StagedRow.objects.create(sheet_id=sheet, row=row, state=state, is_new=True)
    rows = office.rows(f"/imports/{sheet}/rows")
    states = {row["state"] for row in rows}
    told = [office.rows(f"/imports/{sheet}/rows", state=state) for state in states]
    assert sum(map(len, told)) == len(rows) > 0
    problem_of(office.get(f"/imports/{sheet}/rows", {"state": "x"}), 422, "not_valid")
