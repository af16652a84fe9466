"""Reviews for other systems: with the version that was seen, and withdrawn as a whole."""

import pytest

from luoshi.intake.models import StagedStatement
from luoshi.intake.reports import commands
from luoshi.ledger.models import Matter
from tests.intake.reports import REPORT
from tests.ledger.town import AT

PARKING, PARK = 4, 8


@pytest.fixture
def report(town):
    return commands.take_in(REPORT.encode(), name="报告.txt", by=town.office, at=AT)


@pytest.fixture
def office(machine):
    return machine()


def state_of(number):
    return StagedStatement.objects.get(number=number).state


def test_what_another_decided_since_a_version_is_refused_with_who_and_when(report, office):
    (line,) = office.rows("/reports")
    seen = line["version"]
    address = f"/reports/{report.pk}/"
    assert office.post(f"{address}drop", {"numbers": [PARKING], "version": seen}).status_code == 200
    refused = office.post(f"{address}accept", {"numbers": [PARKING], "version": seen})
    assert refused.status_code == 409
    told = refused.json()
    assert told["code"] == "statement_changed"
    assert (told["facts"]["state"], told["facts"]["number"]) == ("dropped", PARKING)
    assert state_of(PARKING) == "dropped"
    rows = {row["number"]: row for row in office.rows(f"/reports/{report.pk}/statements")}
    assert rows[PARKING]["version"] == seen + 1
    again = {"numbers": [PARKING], "version": seen + 1}
    assert office.post(f"{address}accept", again).status_code == 200
    assert office.post(f"{address}write", {"version": seen}).status_code == 409
    assert not Matter.objects.exists()


def test_a_report_in_the_ledger_is_withdrawn_with_a_reason(report, office, town):
    address = f"/reports/{report.pk}/"
    office.post(f"{address}accept", {"numbers": [PARKING, PARK]})
    office.post(f"{address}write")
    assert Matter.objects.count() == 2
    kept = StagedStatement.objects.get(number=PARK).matter
    town.tell("place", kept, goals=(town.goal("品质"),))
    assert office.post(f"{address}withdraw").status_code == 422
    done = office.post(f"{address}withdraw", {"reason": "误传"})
    assert done.status_code == 200
    assert done.json()["result"] == {
        "taken": 1, "kept": [{"number": PARK, "matter": str(kept)}],
    }  # fmt: skip
    assert office.rows("/reports")[0]["state"] == "withdrawn"
    rows = office.rows(f"/reports/{report.pk}/statements", which="withdrawn")
    assert [row["number"] for row in rows] == [PARKING]


def test_a_report_of_which_nothing_is_in_the_ledger_goes_without_a_reason(report, office):
    done = office.post(f"/reports/{report.pk}/withdraw")
    assert done.json()["result"] == {"taken": 0, "kept": []}
    assert office.rows("/reports") == []
