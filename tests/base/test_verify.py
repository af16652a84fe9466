"""Whatever is changed in the stored tables, verify finds it and names the first bad number."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import assume, given
from hypothesis import strategies as st

from luoshi.base.models import JournalEntry, Line, Seal, Thread
from luoshi.base.seals import NothingToSeal, digests_between, seal_digest, seal_line
from luoshi.base.verify import JournalBroken, verified_entries
from luoshi.rules.journal import HEADER_FIELDS, Header, entry_digest
from luoshi.rules.merkle import root_of
from tests.base.builders import AT, ON_ONE_LEDGER, founded, lift_triggers, undone
from tests.kept_rows import put_back, taken

NOTHING = object()


@pytest.fixture(scope="module")
def kept():
    """What a fixture made once for this file."""
    return {}


@pytest.fixture
def sealed(db, kept):
    """A district with two seals, and some entries after them; its triggers are lifted."""
    if kept:
        put_back(kept["rows"])
    else:
        kept.update(district=sealed_district(), rows=taken())
    lift_triggers()
    return kept["district"]


def sealed_district():
    district = founded()
    district.first = district.matter("LJ-1")
    seal_line(district=district.id, at=AT)
    district.second = district.matter("LJ-2")
    for day in (1, 2, 3):
        district.report(district.first, day, on=date(2020, 5, day))
    seal_line(district=district.id, at=AT)
    district.third = district.matter("LJ-3")
    return district


def verified(district):
    return list(verified_entries(district=district.id))


def broken(district):
    with pytest.raises(JournalBroken) as found:
        verified(district)
    return found.value.facts


def run(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def stored(model, column, value):
    field = model._meta.get_field(column)
    return None if value is None else field.get_db_prep_save(value, connection)


def put(model, key, column, value):
    """Write one stored value past every door, by SQL."""
    where = " AND ".join(f'"{name}" = %s' for name in key)
    values = [stored(model, column, value), *(stored(model, name, key[name]) for name in key)]
    run(f'UPDATE {model._meta.db_table} SET "{column}" = %s WHERE {where}', values)


def take_away(model, key):
    where = " AND ".join(f'"{name}" = %s' for name in key)
    values = [stored(model, name, each) for name, each in key.items()]
    run(f"DELETE FROM {model._meta.db_table} WHERE {where}", values)


# ---- changes, and the number that verify must name ---------------------------------------------


def other_value(draw, old):
    """Another value of the same type."""
    match old:
        case bool() | int():
            new = draw(st.integers(1, 200))
        case UUID():
            new = draw(st.uuids())
        case datetime():
            new = old + timedelta(microseconds=draw(st.integers(-(10**9), 10**9)))
        case date():
            new = old + timedelta(days=draw(st.integers(-400, 400)))
        case str() if len(old) == 64:
            new = draw(st.text("0123456789abcdef", min_size=64, max_size=64))
        case str():
            place = draw(st.integers(0, len(old)))
            letter = draw(st.sampled_from("0aA ,}二"))
            new = old[:place] + letter + old[place + draw(st.integers(0, 1)) :]
        case None:
            new = draw(st.uuids())
    return NOTHING if new == old else new


def change_entry(draw, district):
    row = draw(st.sampled_from(list(JournalEntry.objects.filter(district=district.id))))
    columns = [*HEADER_FIELDS, "body", "digest"]
    column = draw(st.sampled_from([name for name in columns if name not in {"number", "no"}]))
    new = other_value(draw, getattr(row, column))
    if column == "algorithm" and new is not NOTHING:
        new = new[:16]
    if column == "kind" and new is not NOTHING:
        new = new[:64]
    if new is NOTHING or (isinstance(new, str) and new == getattr(row, column)):
        return NOTHING
    put(JournalEntry, {"district": district.id, "number": row.number}, column, new)
    return row.number


def change_number(draw, district):
    last = Line.objects.get(pk=district.id).last_number
    number = draw(st.integers(1, last))
    if draw(st.booleans()):
        new = last + draw(st.integers(1, 5))
        put(JournalEntry, {"district": district.id, "number": number}, "number", new)
    else:
        key = {"district": district.id, "number": number}
        put(JournalEntry, key, "no", draw(st.integers(1000, 2000)))
    return number


def swap_entries(draw, district):
    last = Line.objects.get(pk=district.id).last_number
    first, second = sorted(
        draw(st.lists(st.integers(1, last), min_size=2, max_size=2, unique=True))
    )
    for old, new in ((first, 10**6), (second, first), (10**6, second)):
        put(JournalEntry, {"district": district.id, "number": old}, "number", new)
    return first


def swap_bodies(draw, district):
    rows = list(JournalEntry.objects.filter(district=district.id).order_by("number"))
    first, second = draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique=True))
    if first.body == second.body:
        return NOTHING
    for row, body in ((first, second.body), (second, first.body)):
        put(JournalEntry, {"district": district.id, "number": row.number}, "body", body)
    return min(first.number, second.number)


def remove_entry(draw, district):
    number = draw(st.integers(1, Line.objects.get(pk=district.id).last_number))
    take_away(JournalEntry, {"district": district.id, "number": number})
    return number


def remove_tail(draw, district):
    last = Line.objects.get(pk=district.id).last_number
    first = draw(st.integers(1, last))
    for number in range(first, last + 1):
        take_away(JournalEntry, {"district": district.id, "number": number})
    return first


def remove_thread(draw, district):
    heads = list(Thread.objects.filter(district=district.id).order_by("pk"))
    head = draw(st.sampled_from(heads))
    first = JournalEntry.objects.filter(thread=head.pk).order_by("no").first().number
    take_away(JournalEntry, {"thread": head.pk})
    take_away(Thread, {"id": head.pk})
    return first


def add_entry(draw, district):
    """One more entry at the end of a thread, chained as it should be or not."""
    head = draw(st.sampled_from(list(Thread.objects.filter(district=district.id).order_by("pk"))))
    row = JournalEntry.objects.filter(thread=head.pk).order_by("no").last()
    row.number = Line.objects.get(pk=district.id).last_number + 1
    row.no, row.previous = row.no + 1, row.digest
    if draw(st.booleans()):
        row.digest = entry_digest(header_of(row), row.body)
    JournalEntry.objects.bulk_create([row])
    return row.number


def change_head(draw, district):
    head = draw(st.sampled_from(list(Thread.objects.filter(district=district.id).order_by("pk"))))
    column = draw(
        st.sampled_from(["id", "district", "kind", "count", "last_number", "last_digest"])
    )
    old = getattr(head, column)
    new = (
        draw(st.sampled_from(["unit", "matter", "none"]))
        if column == "kind"
        else (other_value(draw, old))
    )
    if new is NOTHING or new == old:
        return NOTHING
    put(Thread, {"id": head.pk}, column, new)
    return head.last_number


def remove_head(draw, district):
    head = draw(st.sampled_from(list(Thread.objects.filter(district=district.id).order_by("pk"))))
    take_away(Thread, {"id": head.pk})
    return head.last_number


def add_head(draw, district):
    number = draw(st.integers(1, 90))
    Thread.objects.create(
        id=draw(st.uuids()), district=district.id, kind="matter", count=1, last_number=number,
        last_digest="0" * 64,
    )  # fmt: skip
    return number


def change_counter(draw, district):
    line = Line.objects.get(pk=district.id)
    column = draw(st.sampled_from(["last_number", "last_at", "seals", "last_seal"]))
    new = other_value(draw, getattr(line, column))
    if new is NOTHING:
        return NOTHING
    put(Line, {"district": district.id}, column, new)
    if column == "last_number":
        return min(line.last_number, new) + 1
    sealed = Seal.objects.filter(district=district.id).order_by("no").last().last_number
    return line.last_number if column == "last_at" else sealed + 1


def remove_counter(draw, district):
    last = Line.objects.get(pk=district.id).last_number
    take_away(Line, {"district": district.id})
    return last + 1


def remove_tail_and_fit_counter(draw, district):
    """Cut the tail off and set the counter to fit; the heads tell."""
    last = Line.objects.get(pk=district.id).last_number
    kept = draw(st.integers(1, last - 1))
    cut_after(district, kept)
    bad = []
    for head in Thread.objects.filter(district=district.id, last_number__gt=kept):
        left = JournalEntry.objects.filter(thread=head.pk).order_by("no").last()
        bad.append(left.number if left else head.last_number)
    return min(bad)


def remove_tail_and_fit_all_but_seals(draw, district):
    """Cut off what was sealed and set counter and heads to fit; the seal tells."""
    seals = list(Seal.objects.filter(district=district.id).order_by("no"))
    kept = draw(st.integers(1, seals[-1].last_number - 1))
    cut_after(district, kept)
    for head in Thread.objects.filter(district=district.id, last_number__gt=kept):
        left = JournalEntry.objects.filter(thread=head.pk).order_by("no").last()
        if left is None:
            take_away(Thread, {"id": head.pk})
        else:
            Thread.objects.filter(pk=head.pk).update(
                count=left.no, last_number=left.number, last_digest=left.digest
            )
    return next(seal.first_number for seal in seals if seal.last_number > kept)


def cut_after(district, kept):
    for number in range(kept + 1, Line.objects.get(pk=district.id).last_number + 1):
        take_away(JournalEntry, {"district": district.id, "number": number})
    left = JournalEntry.objects.get(district=district.id, number=kept)
    Line.objects.filter(pk=district.id).update(last_number=kept, last_at=left.at)


def change_seal(draw, district):
    seal = draw(st.sampled_from(list(Seal.objects.filter(district=district.id).order_by("no"))))
    column = draw(st.sampled_from([f.attname for f in Seal._meta.concrete_fields]))
    new = other_value(draw, getattr(seal, column))
    if new is NOTHING:
        return NOTHING
    if column == "no":
        new += 10  # beside the other one
    if column == "algorithm":
        new = new[:16]
    if new == getattr(seal, column):
        return NOTHING
    put(Seal, {"district": district.id, "no": seal.no}, column, new)
    return seal.first_number


def remove_seal(draw, district):
    seal = draw(st.sampled_from(list(Seal.objects.filter(district=district.id).order_by("no"))))
    take_away(Seal, {"district": district.id, "no": seal.no})
    return seal.first_number


def add_seal(draw, district):
    line = Line.objects.get(pk=district.id)
    seal = next_seal(district, line)
    if draw(st.booleans()):
        seal.root = "0" * 64
        seal.digest = seal_digest(seal)
    Seal.objects.bulk_create([seal])
    return seal.first_number if seal.root == "0" * 64 else seal.last_number + 1


def next_seal(district, line):
    last = Seal.objects.filter(district=district.id).order_by("no").last()
    seal = Seal(
        district=district.id,
        no=last.no + 1,
        first_number=last.last_number + 1,
        last_number=line.last_number,
        algorithm=last.algorithm,
        root=root_of(digests_between(district.id, last.last_number + 1, line.last_number)),
        at=AT,
        previous=last.digest,
    )
    seal.digest = seal_digest(seal)
    return seal


OF_ENTRIES = (
    change_entry, change_number, swap_entries, swap_bodies, remove_entry, remove_tail,
    remove_thread, add_entry,
)  # fmt: skip
OF_THE_REST = (
    change_head, remove_head, add_head, change_counter, remove_counter, change_seal, remove_seal,
    add_seal, remove_tail_and_fit_counter, remove_tail_and_fit_all_but_seals,
)  # fmt: skip


def header_of(row):
    return Header(**{name: getattr(row, name) for name in HEADER_FIELDS})


@pytest.mark.parametrize("change", [*OF_ENTRIES, *OF_THE_REST], ids=lambda each: each.__name__)
@ON_ONE_LEDGER
@given(data=st.data())
def test_any_change_is_found_and_the_first_bad_number_named(sealed, change, data):
    with undone():
        number = change(data.draw, sealed)
        assume(number is not NOTHING)
        assert broken(sealed)["number"] == number


@pytest.mark.long
@ON_ONE_LEDGER
@given(data=st.data())
def test_several_changes_are_found_too(sealed, data):
    with undone():
        # an entry is named before all that only shows when every entry was read
        others = (change_head, remove_head, add_head, change_seal, remove_seal)
        changes = data.draw(st.lists(st.sampled_from(others), max_size=3, unique=True))
        number = data.draw(st.sampled_from(OF_ENTRIES))(data.draw, sealed)
        assume(number is not NOTHING)
        for change in changes:
            change(data.draw, sealed)
        assert broken(sealed)["number"] == number


def test_what_was_not_touched_holds(district):
    last = Line.objects.get(pk=district.id).last_number
    assert verified(district) == list(range(1, last + 1))
    seal_line(district=district.id, at=AT)
    assert verified(district) == list(range(1, last + 1))
    with pytest.raises(NothingToSeal) as refused:
        seal_line(district=district.id, at=AT)
    assert refused.value.facts == {"last_number": last}


def test_numbers_before_the_first_bad_one_are_told(district):
    lift_triggers()
    put(JournalEntry, {"district": district.id, "number": 9}, "body", "{}")
    told = []
    with pytest.raises(JournalBroken) as found:
        told.extend(verified_entries(district=district.id))
    assert (told, found.value.facts["what"]) == (list(range(1, 9)), "digest")


def test_a_neighbours_journal_is_another(district, other):
    lift_triggers()
    put(JournalEntry, {"district": other.id, "number": 3}, "body", "{}")
    assert verified(district)
    assert broken(other)["number"] == 3


def test_a_thread_moved_to_a_neighbour_is_missed_here_and_found_there(district, other):
    lift_triggers()
    matter = district.matter()
    first = JournalEntry.objects.filter(thread=matter).order_by("no").first().number
    put(JournalEntry, {"thread": matter}, "district", other.id)
    put(Thread, {"id": matter}, "district", other.id)
    assert broken(district)["number"] == first
    assert broken(other)["number"] == first


def test_a_moment_that_runs_backwards_is_found_even_if_every_digest_fits(district):
    lift_triggers()
    matter = district.matter()
    row = JournalEntry.objects.filter(thread=matter).order_by("no").first()
    row.at -= timedelta(days=1)
    for each in rechained(row, JournalEntry.objects.filter(thread=matter, no__gt=row.no)):
        rewrite(each)
    assert broken(district)["what"] == "moment_runs_backwards"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps ids as ids")
@pytest.mark.parametrize(
    ("table", "column"),
    [("journal_entry", "thread"), ("journal_entry", "command_id"), ("journal_thread", "id")],
)
def test_an_id_that_no_lookup_finds_any_more_is_found(district, table, column):
    lift_triggers()
    matter = district.matter()
    key = "id" if table == "journal_thread" else "thread"
    run(f"UPDATE {table} SET {column} = '{{' || {column} || '}}' WHERE {key} = %s", [matter.hex])
    first = JournalEntry.objects.order_by("number").filter(thread=matter).first()
    assert broken(district)["what"] == "spelling"
    assert first is None or column != "thread"


# ---- what cannot be found from inside ----------------------------------------------------------


def rechained(row, following):
    """Give an entry and those after it in its thread the digests that fit."""
    row.digest = entry_digest(header_of(row), row.body)
    yield row
    for each in following.order_by("no"):
        each.previous = row.digest
        each.digest = entry_digest(header_of(each), each.body)
        row = each
        yield row


def rewrite(row):
    key = {"district": row.district, "number": row.number}
    for column in ("at", "body", "previous", "digest"):
        put(JournalEntry, key, column, getattr(row, column))
    last = JournalEntry.objects.filter(thread=row.thread).order_by("no").last()
    put(Thread, {"id": row.thread}, "last_digest", last.digest)


def rewritten(row):
    """Rewrite an entry and all that hangs on it: the thread, its head, every seal, the line."""
    for each in rechained(row, JournalEntry.objects.filter(thread=row.thread, no__gt=row.no)):
        rewrite(each)
    previous = ""
    for seal in Seal.objects.filter(district=row.district).order_by("no"):
        seal.root = root_of(digests_between(row.district, seal.first_number, seal.last_number))
        seal.previous = previous
        previous = seal.digest = seal_digest(seal)
        key = {"district": row.district, "no": seal.no}
        for column in ("root", "previous", "digest"):
            put(Seal, key, column, getattr(seal, column))
    put(Line, {"district": row.district}, "last_seal", previous)


def test_a_consistent_rewrite_is_not_found_from_inside_only_by_a_printed_root(sealed):
    district = sealed
    printed = Seal.objects.filter(district=district.id).order_by("no").last().root
    row = JournalEntry.objects.filter(thread=district.first).order_by("no").last()
    row.body = row.body.replace('"achieved":"3"', '"achieved":"9"')
    rewritten(row)
    assert verified(district) == list(range(1, Line.objects.get(pk=district.id).last_number + 1))
    assert Seal.objects.filter(district=district.id).order_by("no").last().root != printed


def test_rewriting_all_but_the_seals_is_found(sealed):
    district = sealed
    row = JournalEntry.objects.filter(thread=district.first).order_by("no").last()
    row.body = row.body.replace('"achieved":"3"', '"achieved":"9"')
    for each in rechained(row, JournalEntry.objects.none()):
        rewrite(each)
    second = Seal.objects.filter(district=district.id).order_by("no").last()
    assert broken(district) == {
        "what": "seal_root", "number": second.first_number, "thread": None
    }  # fmt: skip
