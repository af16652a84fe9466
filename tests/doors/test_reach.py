"""Telephone and mail: masked for all, shown on purpose, each reading listed."""

from uuid import uuid4

from luoshi.audit.models import AuditLine
from luoshi.base.verify import verified_entries
from luoshi.organisation import commands as organisation
from luoshi.rules.rights import Role
from tests.ledger.town import DAY, LEAD

PHONE = "13800005678"


def test_a_number_is_shown_to_who_may_see_it_and_the_reading_is_listed(streets):
    town, contact, person = streets.here, uuid4(), uuid4()
    organisation.keep_contact(
        contact_id=contact, unit=town.unit(LEAD), label="值班", phone=PHONE, mail="", on=DAY,
        by=town.office,
    )  # fmt: skip
    organisation.keep_person(
        person_id=person, name="联系人", phone=PHONE, mail=None, expected=0, by=town.office, day=DAY
    )
    office, officer = streets.client(Role.OFFICE), streets.client(Role.OFFICER)
    unit_page = f"/organisation/units/{town.unit(LEAD)}/"
    for client in (office, officer):
        page = client.get(unit_page).content.decode()
        assert PHONE not in page
        assert "138****5678" in page
    for path in (
        f"/organisation/contacts/{contact}/reach/", f"/organisation/people/{person}/reach/",
    ):  # fmt: skip
        answer = office.post(path)
        assert PHONE in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"
        assert officer.post(path).status_code == 403
        assert office.get(path).status_code == 405
    shown = AuditLine.objects.filter(verb="see_contact", outcome="done", method="POST")
    assert [line.thing for line in shown.order_by("number")] == [contact, person]
    organisation.erase_person(person_id=person, by=town.office, day=DAY)
    assert PHONE not in office.post(f"/organisation/people/{person}/reach/").content.decode()
    assert list(verified_entries(district=town.district))
