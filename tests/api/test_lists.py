"""Every list of every room: in pages and as CSV the same rows; what the page hides is refused."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from django.urls import resolve, reverse

from luoshi.accounts.models import ApiToken
from luoshi.organisation import commands as organisation
from luoshi.rules.rights import Role
from luoshi.site.api import house
from luoshi.site.checks import doors
from tests.api.answers import problem_of
from tests.doors.conftest import streets, walked
from tests.doors.test_api_walk import Knock, operations
from tests.doors.test_walk import filled
from tests.ledger.town import DAY, LEAD, SUPPORT

__all__ = ["streets", "walked"]
PAGES = {  # the page that shows what a list gives, by its name
    "matters": "board", "gaps": "gaps", "silence": "silence", "comparison": "compare",
    "figures": "figures", "goals": "goals", "rollups": "rollups", "units": "organisation",
    "people": "people", "imports": "imports", "reports": "reports", "inbox": "inbox",
    "receipts": "receipts", "burden": "burden", "accounts": "accounts", "rights": "rights",
    "invitations": "invitations", "administrators": "administrators", "audit": "audit",
    "tokens": "tokens", "roles": "roles", "calendar/years": "calendar",
    "reports/promises": "report_promises", "subscriptions": "subscriptions",
}  # fmt: skip
OWN = {"calendars": "calendars", "own/tokens": "own_tokens"}  # of who asks, by another verb
SINGLE = {"/api/v1/figures"}  # counts of one day
NO_LISTS = {  # pages without names in their address that show none, or one that stands elsewhere
    "front", "board_print", "api", "components", "export_organisation", "signing_rules",
    "healthz", "readyz", "metrics", "go_on", "no_post", "own_account",
}  # fmt: skip
FORMS = {  # what is typed there is sent by an operation of its verb, or by hand (BY_HAND)
    "subscribe", "bulk", "save_view", "publish_rollup", "register", "sign_in", "mfa_authenticate",
    "change_password", "mfa_activate_totp", "mfa_view_recovery_codes", "account_reauthenticate",
    "mfa_reauthenticate", "use_link", "sign_out", "choose_district", "choose_post",
    "mfa_deactivate_totp", "mfa_generate_recovery_codes", "new_token", "appoint_administrator",
    "inbox_read_all", "preferences", "burden_cap", "announce_year", "hand_in_units", "found_unit",
    "new_person", "set_language",
}  # fmt: skip


class Reader:
    """Reads lists with the token of a role."""

    def __init__(self, streets, role):
        self.send = Knock(streets, role)

    def get(self, path, **query):
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return self.send("GET", f"{path}?{asked}")

    def rows(self, path, **query):
        found = []
        while True:
            page = self.get(path, **query).json()
            found += page["items"]
            if page["next"] is None:
                return found
            query["cursor"] = page["next"]


@pytest.fixture
def reader(streets):
    return lambda role: Reader(streets, role)


def lists():
    """The paths of all lists, with their names in place."""
    schema = house.get_openapi_schema(path_prefix="api/v1")["paths"]
    return [
        path
        for path, methods in schema.items()
        if "limit" in {one["name"] for one in methods.get("get", {}).get("parameters", ())}
        and "text/csv" in methods["get"]["responses"][200]["content"]
    ]


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SECURITY, Role.AUDITOR])
def test_pages_of_any_length_and_csv_give_the_same_rows(streets, reader, role):
    client, tried = reader(role), 0
    samples = {name: str(value) for name, value in streets.samples().items()}
    verbs = {f"/{address}": verb for address, method, verb in operations() if method == "GET"}
    by_path = {address.replace("<uuid:", "{").replace(">", "}"): v for address, v in verbs.items()}
    for path in lists():
        verb = by_path.get(path)
        if verb is None or "{" in path.replace("{matter_id}", ""):
            continue
        asked = path.format(**samples)
        if not any(role == granted for granted, _scope in verb.grants):
            problem_of(client.get(asked), 403, "not_allowed")
            continue
        whole = client.rows(asked, limit=200)
        pieces = client.rows(asked, limit=3)
        key = "number" if whole and "number" in whole[0] and path.endswith("/audit") else None
        if key is None:
            assert pieces == whole, path
        else:  # each reading of the audit list stands in it
            assert [row[key] for row in pieces][-3:] == [row[key] for row in whole][-3:]
        answer = client.get(asked, limit=200, format="csv")
        if role != Role.OFFICE and answer.status_code == 403:
            continue  # who may read the list may not always take it out
        assert answer["Content-Type"].startswith("text/csv"), path
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(lines) - 1 >= len(whole), path
        tried += 1
    assert tried >= 3


def test_every_list_of_a_page_is_a_list_here():
    """A new page without names in its address says whether it shows a list, and which."""
    pages = {
        resolve(f"/{address}").view_name
        for address, view in doors()
        if not hasattr(view, "verbs") and "<" not in address
    }
    assert pages == {*PAGES.values(), *OWN.values(), *NO_LISTS, *FORMS}
    assert {f"/api/v1/{path}" for path in {**PAGES, **OWN}} <= {*lists(), *SINGLE}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PUBLIC])
def test_a_list_opens_where_its_page_opens(streets, reader, role):
    client, browser = reader(role), streets.client(role)
    for path, page in PAGES.items():
        shown = browser.get(reverse(page)).status_code
        assert shown in {200, 403}, page
        assert client.get(f"/api/v1/{path}").status_code == shown, (path, role)


def test_the_board_of_the_page_and_of_the_interface_are_one(streets, reader):
    office, browser = reader(Role.OFFICE), streets.client(Role.OFFICE)
    rows = office.rows("/api/v1/matters", as_of="2020-06-01", reasons="yes")
    page = browser.get("/board/?on=2020-06-01").context["rows"]
    assert [row["code"] for row in rows] == [line.code for line in page]
    now = office.get("/api/v1/matters", as_of="2020-06-01").json()["last_entry"]
    streets.here.assigned("D-9")
    assert len(office.rows("/api/v1/matters", as_of="2020-06-01")) == len(rows) + 1
    assert len(office.rows("/api/v1/matters", as_of="2020-06-01", known_at=now)) == len(rows)


def test_the_other_lists_of_the_ledger_tell_of_any_day(streets, reader):
    office, town = reader(Role.OFFICE), streets.here
    on = {"as_of": "2020-06-01"}
    assert {row["name"] for row in office.rows("/api/v1/goals", **on)} == {"三个区", "品质", "田园"}
    gaps = office.rows("/api/v1/gaps", **on, lack="measure")
    assert gaps
    assert all("measure" in row["lacks"] for row in gaps)
    assert office.rows("/api/v1/gaps", **on, limit=2) == office.rows("/api/v1/gaps", **on)
    silent = office.rows("/api/v1/silence", **on, limit=2)
    assert len({row["id"] for row in silent}) == len(silent) > 2
    assert office.rows("/api/v1/vacancies", **on)
    turned = office.rows("/api/v1/comparison", as_of="2020-06-01", against="2020-01-01")
    assert {row["became"] for row in turned} == {"new"}
    figures = office.get("/api/v1/figures", **on).json()
    assert sum(figures["standings"].values()) == len(office.rows("/api/v1/matters", **on))
    town.assigned("D-8")
    sums = office.rows("/api/v1/figures/sums", **on, measure="个")
    assert [(row["unit"], row["quantity"]) for row in sums] == [(str(town.unit(LEAD)), "100")]
    assert office.get("/api/v1/units/" + str(town.unit(LEAD)), **on).json()["unit"]["name"] == LEAD
    posts = office.rows("/api/v1/posts", **on, unit=town.unit(SUPPORT))
    assert [row["name"] for row in posts] == [f"{SUPPORT}负责人"]
    assert office.rows("/api/v1/calendar/years")[0]["working_days"] > 200
    assert office.rows("/api/v1/rules/colour")[0]["rule"]["in_force_from"]


def test_what_is_taken_out_as_csv_is_listed_as_on_the_page(streets, reader):
    office, auditor = reader(Role.OFFICE), reader(Role.AUDITOR)
    office.get("/api/v1/matters", as_of="2020-06-01")
    office.get("/api/v1/matters", as_of="2020-06-01", format="csv")
    lines = auditor.rows("/api/v1/audit", verb="export_ledger")
    assert [line["path"] for line in lines] == ["/api/v1/matters"]
    token = ApiToken.objects.get(account__login=f"{Role.OFFICE}@410103")
    assert lines[0]["token"] == str(token.pk)


def test_numbers_are_masked_in_lists_and_shown_on_purpose(streets, reader):
    office, officer, town = reader(Role.OFFICE), reader(Role.OFFICER), streets.here
    person = uuid4()
    organisation.keep_person(
        person_id=person, name="联系人", phone="13800005678", mail=None, expected=0,
        by=town.office, day=date(2021, 1, 15),
    )  # fmt: skip
    assert "13800005678" not in office.get("/api/v1/people").content.decode()
    path = f"/api/v1/people/{person}/reach"
    assert office.get(path).json()["phone"] == "13800005678"
    problem_of(officer.get(path), 403, "not_allowed")
    assert reader(Role.AUDITOR).rows("/api/v1/audit", verb="see_contact")


def test_units_and_posts_are_ordered_by_the_pages_commands(streets):
    send, town = Knock(streets, Role.OFFICE), streets.here

    def post(path, **body):
        import json

        return send.client.post(
            f"/api/v1{path}", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {send.secret}", "Idempotency-Key": str(uuid4())},
        )  # fmt: skip

    made = post(
        "/units",
        name="新设局",
        kind="department",
        parent=str(town.unit(LEAD)),
        order=7,
        on=str(DAY),
    )
    assert made.status_code == 200, made.content
    unit, seen = made.json()["result"]["id"], made.json()["entries"][0]["number"]
    renamed = post(f"/units/{unit}/rename", name="新设中心", expected=seen, on=str(DAY))
    assert renamed.status_code == 200, renamed.content
    stale = post(f"/units/{unit}/rename", name="又一个", expected=seen, on=str(DAY))
    problem_of(stale, 409, "changed_meanwhile")
    found = post("/posts", name="新岗", unit=unit, order=1, roles=["officer"], on=str(DAY))
    assert found.status_code == 200, found.content
    names = {row["name"] for row in send_rows(send, "/api/v1/units")}
    assert "新设中心" in names


def send_rows(send, path):
    return send("GET", f"{path}?limit=200").json()["items"]


def test_names_of_an_address_stand_for_what_they_say(streets):
    assert filled("api/v1/units/<uuid:unit_id>", streets.samples()).startswith("/api/v1/units/")


def test_the_record_of_a_unit_and_of_a_post_is_told_of_any_day(streets, reader):
    office, town = reader(Role.OFFICE), streets.here
    unit, post = town.unit(LEAD), town.post(LEAD)
    for path in (f"/api/v1/units/{unit}/record", f"/api/v1/posts/{post}/record"):
        rows = office.rows(path)
        assert rows
        assert all(row["what"] for row in rows)
        assert [row["number"] for row in rows] == sorted(
            (row["number"] for row in rows), reverse=True
        )
        first = rows[-1]["number"]
        assert [row["number"] for row in office.rows(path, known_at=first)] == [first]
        assert office.rows(path, as_of="1950-01-01") == []
    problem_of(office.get(f"/api/v1/units/{uuid4()}/record"), 404, "not_found")


def test_a_token_of_a_post_that_is_no_more_is_listed_too(streets, reader):
    reader(Role.OFFICE)
    login = f"{Role.OFFICE}@410103"
    ApiToken.objects.filter(account__login=login).update(post=uuid4())
    logins = [row["login"] for row in reader(Role.SECURITY).rows("/api/v1/tokens", limit=1)]
    assert logins.count(login) == 1
