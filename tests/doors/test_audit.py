"""What the middleware keeps of pages, and how the audit administrator reads it."""

from luoshi.audit import queries
from luoshi.audit.models import AuditLine
from luoshi.rules.rights import Role
from tests.doors.streets import OWN


def lines(streets):
    return list(AuditLine.objects.filter(district=streets.here.district).order_by("number"))


def test_reading_is_not_kept_writing_and_shut_doors_are(streets):
    office, officer = streets.client(Role.OFFICE), streets.client(Role.OFFICER)
    matter = streets.matters[OWN]
    office.get("/board/")
    office.get(f"/matters/{matter}/suspend/")
    assert lines(streets) == []
    officer.get(f"/matters/{matter}/suspend/")
    office.post(f"/matters/{matter}/suspend/", {})
    office.get("/board/export/csv/?on=2020-06-01")
    turned_away, refused, taken = lines(streets)
    assert (turned_away.verb, turned_away.outcome) == ("suspend", "turned_away")
    assert (turned_away.thing, turned_away.address) == (matter, "127.0.0.1")
    assert turned_away.post == streets.here.id("role", Role.OFFICER)
    assert (refused.outcome, refused.status) == ("refused", 422)
    assert (taken.verb, taken.outcome) == ("export_ledger", "done")
    assert list(queries.verified_lines(district=streets.here.district)) == [1, 2, 3]


def test_the_auditor_searches_in_words_and_takes_the_list_out(streets):
    streets.client(Role.OFFICER).get(f"/matters/{streets.matters[OWN]}/suspend/")
    streets.client(Role.JUDGE).get("/matters/register/")
    auditor = streets.client(Role.AUDITOR)
    page = auditor.get("/audit/").content.decode()
    assert "officer岗" in page
    assert "judge岗" in page
    found = auditor.get(f"/audit/?post={streets.here.id('role', Role.JUDGE)}").content.decode()
    table = found[found.index("<tbody>") :]
    assert "judge岗" in table
    assert "officer岗" not in table
    assert "没有" in auditor.get("/audit/?address=10.9.9.9").content.decode()
    for ending in ("csv", "xlsx"):
        answer = auditor.get(f"/audit/export/{ending}/?verb=register")
        assert "attachment" in answer["Content-Disposition"]
    text = auditor.get("/audit/export/csv/").content.decode("utf-8-sig")
    assert "export_audit" not in text  # told in words
    assert "127.0.0.1" in text
    assert auditor.get("/audit/export/exe/").status_code == 404


def test_a_search_that_cannot_be_read_says_so_and_shows_the_rest(streets):
    auditor = streets.client(Role.AUDITOR)
    page = auditor.get("/audit/?since=2026-13-45&thing=nothing")
    assert page.status_code == 200
    assert page.context["search"].errors.keys() == {"since", "thing"}


def test_reading_the_audit_list_stands_in_it(streets):
    streets.client(Role.AUDITOR).get("/audit/")
    (line,) = lines(streets)
    assert (line.verb, line.outcome) == ("read_audit", "done")


def test_who_writes_faster_than_a_hand_waits_and_others_do_not(streets, settings):
    settings.MOST_WRITES_A_MINUTE = 3
    officer, office = streets.client(Role.OFFICER), streets.client(Role.OFFICE)
    path = f"/matters/{streets.matters[OWN]}/report_progress/"
    assert [officer.post(path, {}).status_code for _ in range(4)] == [422, 422, 422, 429]
    assert officer.post(path, {})["Retry-After"] == "60"
    assert officer.get(path).status_code == 200
    assert office.post(f"/matters/{streets.matters[OWN]}/suspend/", {}).status_code == 422


def test_the_address_is_the_one_that_the_trusted_proxy_saw(streets, settings):
    forged = {"X-Forwarded-For": "1.1.1.1, 10.0.0.9"}
    officer = streets.client(Role.OFFICER)
    officer.get("/matters/register/", headers=forged)
    settings.PROXIES = 1
    officer.get("/matters/register/", headers=forged)
    officer.get("/matters/register/", headers={"X-Forwarded-For": ""})
    assert [line.address for line in lines(streets)] == ["127.0.0.1", "10.0.0.9", "127.0.0.1"]
