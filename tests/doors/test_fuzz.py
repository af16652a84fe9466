"""Whatever is sent to whatever page by whomever, the answer is a page: never a fault of ours."""

from datetime import date
from functools import cache
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luoshi.ledger import verbs
from luoshi.rules.rights import Role
from tests.doors.streets import OWN, ROLES
from tests.doors.test_walk import addresses, filled
from tests.doors.unrendered import unrendered

NASTY = (
    "", " ", "0", "-1", "1e999", "NaN", "９９", "2026-02-30", "6月底", "9999-12-31", "0017-01-01",
    "=1+1", "'; DROP TABLE journal_entry;--", "<script>alert(1)</script>", "\x00", "\ud7ff",
    "🏗" * 50, "x" * 5000, "../../etc/passwd", "true", "[]", "{}", "110101199003070011",
    "00000000-0000-0000-0000-000000000000", "on", "老旧小区改造 >= 43 个",
)  # fmt: skip
words = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=40),
    st.integers().map(str),
    st.dates(date(1900, 1, 1)).map(str),
    st.uuids().map(str),
)


def pages(streets):
    """Every address there is, each verb's form as one of its own."""
    samples = streets.samples()
    listed = [filled(address, samples) for address, _view in addresses()]
    forms = [f"/matters/{streets.matters[OWN]}/{verb}/" for verb in verbs.ON_PAGES]
    return sorted({*listed, *forms})


def names_of_fields(client, path):
    """The names that a page's own form asks for, so that what is sent reaches its fields."""
    with unrendered() as told:
        answer = client.get(path)
    form = told[-1][1].get("form") if answer.status_code == 200 and told else None
    return sorted(form.fields) if form is not None and hasattr(form, "fields") else []


@pytest.fixture
def fields(streets):
    """The names of the fields of a page for a role; a page is asked once in a test."""
    return cache(lambda role, path: names_of_fields(streets.client(role), path))


@pytest.mark.parametrize("role", ROLES)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=settings().max_examples // 2,  # of each role
)
@given(data=st.data())
def test_no_page_breaks_whatever_is_typed(streets, fields, role, data):
    client = streets.client(role)
    path = data.draw(st.sampled_from(pages(streets)))
    known = fields(role, path)
    names = st.sampled_from([*known, "on", "known_at", "page", "sort", "next", "expected"])
    typed = data.draw(st.dictionaries(names, words, max_size=8))
    if data.draw(st.booleans()):
        typed["evidence"] = SimpleUploadedFile(
            data.draw(st.sampled_from(["a.pdf", "../b.xlsx", "c.exe", "。", "d.docm"])),
            data.draw(st.binary(max_size=300)),
        )
    send = client.post if data.draw(st.booleans()) else client.get
    asked = {
        name: value for name, value in typed.items() if send == client.post or name != "evidence"
    }
    assert send(path, asked).status_code < 500, (path, typed)


@given(path=st.text(max_size=60), number=st.uuids())
@example(path="/matters/%00/", number=UUID(int=0))
def test_no_address_breaks(streets, path, number):
    client = streets.client(Role.OFFICE)
    for address in ("/" + path.lstrip("/"), f"/matters/{number}/{path.replace('/', '')}/"):
        assert client.get(address).status_code < 500, address


test_no_address_breaks = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])(
    test_no_address_breaks
)
