"""What stands in the table of entries, and that nothing there is ever changed."""

import json
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from luoshi.base.journal import record
from luoshi.base.models import JournalEntry, Line, StoredText, Thread
from luoshi.base.rebuild import rebuilt
from luoshi.base.threads import entries_of
from luoshi.ledger import commands as ledger
from luoshi.ledger.models import Matter
from luoshi.ledger.projection import GOALS, MATTERS
from luoshi.organisation.projection import UNITS
from luoshi.rules.journal import (
    DayBeforeDistrict,
    DayInFuture,
    PersonalDataInBody,
    text_digest,
)
from luoshi.rules.nodes import Founded, Renamed
from luoshi.rules.refusals import NotFound
from tests.base.builders import AT, DAY, change_of, command_of

CHANGES = {
    "update": "UPDATE journal_entry SET body = body WHERE number = 1",
    "delete": "DELETE FROM journal_entry WHERE number = 1",
    "truncate": "TRUNCATE journal_entry",
    "replace": "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE number = 1",
}
NOT_SPOKEN = {"sqlite": {"truncate"}, "postgresql": {"replace"}}


@pytest.mark.parametrize("change", sorted(CHANGES.keys() - NOT_SPOKEN[connection.vendor]))
def test_the_database_itself_refuses_to_change_an_entry(district, change):
    before = list(JournalEntry.objects.order_by("number").values())
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(CHANGES[change])
    assert list(JournalEntry.objects.order_by("number").values()) == before


def test_numbers_have_no_gap_and_heads_and_line_follow(district):
    matter = district.matter()
    numbers = JournalEntry.objects.filter(district=district.id).order_by("number")
    found = list(numbers.values_list("number", flat=True))
    assert found == list(range(1, len(found) + 1))
    assert Line.objects.get(pk=district.id).last_number == found[-1]
    head = Thread.objects.get(pk=matter)
    thread = list(JournalEntry.objects.filter(thread=matter).order_by("no"))
    assert [row.no for row in thread] == list(range(1, head.count + 1))
    assert [row.previous for row in thread] == ["", *(row.digest for row in thread[:-1])]
    assert (head.last_number, head.last_digest) == (thread[-1].number, thread[-1].digest)


def test_a_refused_command_leaves_no_gap(district):
    last = Line.objects.get(pk=district.id).last_number
    with pytest.raises(NotFound):
        ledger.redact(
            matter_id=district.named("none"), digests=[], reason="误", sent=district.sent()
        )
    assert Line.objects.get(pk=district.id).last_number == last


def test_the_moment_never_runs_backwards(district):
    early = AT.replace(year=2025)
    unit = district.lead.unit
    entry = record(
        change_of(UNITS, unit, Renamed(name="住建局")), command=command_of(district, at=early)
    )[0]
    assert entry.at == AT
    assert Line.objects.get(pk=district.id).last_at == AT


@pytest.mark.parametrize(
    ("on", "refusal"),
    [(date(2026, 3, 3), DayInFuture), (date(17, 6, 30), DayBeforeDistrict)],
)
def test_a_day_that_cannot_be_meant_is_refused(district, on, refusal):
    with pytest.raises(refusal):
        district.registered(goals=(), sent=district.sent(on=on))


def test_today_is_the_districts_day(district):
    # half past midnight in Zhengzhou is still yesterday in UTC
    district.registered(sent=district.sent(on=date(2026, 3, 3), at=AT.replace(hour=16, minute=30)))


# ---- the body ----------------------------------------------------------------------------------


def body_of(thread):
    return JournalEntry.objects.filter(thread=thread).order_by("-no").first().body


def test_a_body_is_canonical(district):
    matter = district.matter()
    body = body_of(matter)
    kept = json.dumps(json.loads(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert body == kept
    assert unicodedata.is_normalized("NFC", body)
    fact = json.loads(body)["fact"]
    assert (fact["due"], fact["start"]) == ("2020-12-31", "2020-01-01")
    assert [step.get("weight") for step in fact["milestones"]] == [None, "0.5"]


def test_a_text_in_another_form_is_one_text_in_entry_row_and_rebuild(district):
    title = unicodedata.normalize("NFD", "Café 街区改造")
    matter = district.registered(title=title)
    assert entries_of(matter, MATTERS)[0].fact.title == unicodedata.normalize("NFC", title)
    assert Matter.objects.get(pk=matter).title == unicodedata.normalize("NFC", title)
    assert not [each for some in rebuilt(district=district.id) for each in some]


@pytest.mark.parametrize("amount", [0.1, 1.0, float("nan"), float("inf"), Decimal("NaN")])
def test_what_would_come_back_as_something_else_is_not_recorded(district, amount):
    fact = Founded(name="指标", kind="goal", order=amount)
    with pytest.raises(TypeError, match="does not come back"):
        record(change_of(GOALS, district.named("g"), fact), command=command_of(district))


def found_goal(district, name):
    ledger.found_goal(
        goal_id=district.named("g"), name=name, kind="goal", parent=None, order=1,
        sent=district.sent(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("联系13812345678", "phone"),
        ("张三11010519491231002X", "id_card"),
        ("账户6222020000000000125", "bank_card"),
    ],
)
def test_a_persons_number_is_refused_in_every_text_of_a_body(district, name, what):
    for write in (
        lambda: found_goal(district, name),
        lambda: district.registered(title=name),
        lambda: district.registered(area=name),
    ):
        with pytest.raises(PersonalDataInBody) as refused, transaction.atomic():
            write()
        assert refused.value.facts == {"what": what}
    assert not JournalEntry.objects.filter(body__contains=name).exists()


def test_an_amount_of_eleven_digits_is_no_telephone(district):
    matter = district.matter()
    district.report(matter, "13812345678", on=DAY)
    assert '"13812345678"' in body_of(matter)


# ---- beside the body ---------------------------------------------------------------------------


def test_equal_texts_have_unequal_digests_and_stand_outside(district):
    matter = district.matter()
    for day in (1, 2):
        district.report(
            matter, day, on=date(2020, 5, day), visible_progress="正在施工", problems="正在施工"
        )
    kept = list(StoredText.objects.filter(thread=matter, text="正在施工"))
    assert len({text.digest for text in kept}) == len({bytes(t.salt) for t in kept}) == 4
    for text in kept:
        assert text_digest(text.text, bytes(text.salt)) == text.digest
    bodies = "".join(JournalEntry.objects.values_list("body", flat=True))
    assert "施工" not in bodies
    assert all(text.digest in bodies for text in kept)


def test_names_of_persons_are_random_ids(district):
    row = JournalEntry.objects.filter(district=district.id).last()
    assert row.by_person == district.office.person


# ---- another's thread --------------------------------------------------------------------------


def test_a_thread_of_another_kind_or_district_is_not_found(district, other):
    post, unit = district.lead.post, district.lead.unit
    for thread in (post, other.lead.unit):
        with pytest.raises(NotFound):
            record(change_of(UNITS, thread, Renamed(name="局")), command=command_of(district))
    record(change_of(UNITS, unit, Renamed(name="局")), command=command_of(district))
