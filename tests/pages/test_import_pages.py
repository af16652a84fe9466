"""The import pages: a messy sheet handed in, mended, decided, written, and withdrawn."""

from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.base.grids import limits
from luoshi.base.models import JournalEntry
from luoshi.intake.models import SheetImport
from luoshi.intake.views import writing
from luoshi.ledger.models import Matter
from tests.pages.sheets import HEAD, ROWS, many, messy

UNIT = "区教体局演示岗"


@pytest.fixture
def office(signed_in):
    return signed_in()


def hand_in(client, content=None, *, name="台账.xlsx", **given):
    said = {
        "import_id": str(uuid4()),
        "file": SimpleUploadedFile(name, messy() if content is None else content),
    }
    return client.post("/import/", said | given)


def handed_in(client, content=None, **given):
    """Hand a sheet in and return the address of its preview."""
    answer = hand_in(client, content, **given)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


def typed(page):
    """Return the values of a preview's form, as a browser would send them."""
    form = page.context["form"]
    said = {}
    for name in form.fields:
        value = form[name].value()
        if value is True:
            said[name] = "on"
        elif value not in {False, None}:
            said[name] = str(value)
    return said


def send(client, address, do="judge", **given):
    """Fill in what is given and press a button of the preview."""
    return client.post(address, typed(client.get(address)) | given | {"do": do})


def rows(client, address):
    return {row.title: row for row in client.get(address).context["rows"]}


def mended(client, address):
    """Mend both bad cells of the messy sheet."""
    answer = send(client, address, cell_5_6="4000", cell_6_7="2021年12月底")
    assert answer.status_code == 302
    return address


def test_sheets_are_the_offices_business(signed_in, office):
    address = handed_in(office)
    unit = signed_in(UNIT)
    for path in ("/import/", address, f"{address}writing/", f"{address}withdraw/"):
        assert Client().get(path)["Location"].startswith("/sign-in/")
        assert unit.get(path).status_code == 403
        assert unit.post(path).status_code == 403
    assert "/import/" in office.get("/board/").content.decode()
    assert "/import/" not in unit.get("/board/").content.decode()


def test_an_empty_list_teaches_and_a_full_one_shows_what_waits(office):
    assert office.get("/import/").context["imports"] == []
    handed_in(office)
    listed = office.get("/import/?page=9").context["imports"]
    assert [(one["rows"], one["ready"], one["waiting"], one["written"]) for one in listed] == [
        (4, 2, 2, 0)
    ]
    assert listed[0]["post"] == "区政府办公室演示岗"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("台账.xlsx", b""),
        ("台账.xlsx", b"PK\x03\x04 no zip"),
        ("台账.docx", b"PK\x03\x04 no zip"),
        ("台账.csv", "没有,表头\n甲,乙\n".encode()),
        ("台账.csv", b"\xff\xfe\x00\x81\x82"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(office, name, content):
    answer = hand_in(office, content, name=name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not SheetImport.objects.exists()


def test_a_file_too_large_is_not_kept_and_the_sentence_says_how_large(office, monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 2048)
    answer = hand_in(office, b"x" * 70_000, name="台账.csv")
    assert answer.status_code == 422
    assert len(answer.context["form"].errors["file"]) == 1
    assert not SheetImport.objects.exists()


def test_no_file_or_a_wrong_day_is_said_at_its_field(office):
    assert "file" in office.post("/import/", {"import_id": str(uuid4())}).context["form"].errors
    answer = hand_in(office, as_of="二月三十")
    assert set(answer.context["form"].errors) == {"as_of"}
    assert set(hand_in(office, as_of="2099-01-01").context["form"].errors) == {"as_of"}


def test_the_same_form_sent_twice_is_one_sheet(office):
    import_id = str(uuid4())
    first = hand_in(office, import_id=import_id)
    assert hand_in(office, import_id=import_id)["Location"] == first["Location"]
    assert SheetImport.objects.count() == 1


def test_an_upload_without_its_token_is_refused(signed_in, demo):
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in().cookies
    assert hand_in(client).status_code == 403


def test_the_preview_says_what_each_row_becomes_and_what_is_to_mend(office):
    page = office.get(handed_in(office))
    assert page.context["form"]["as_of"].value() == "2021-01-10"
    assert page.context["sheet"].as_of_guessed
    counts = {one["state"]: one["count"] for one in page.context["counts"]}
    assert counts == {"waiting": 2, "asked": 0, "ready": 2, "unchanged": 0}
    shown = {row.title: row for row in page.context["rows"]}
    good, bad = shown["演示一路道路改造"], shown["演示二路道路改造"]
    assert "区教体局" in {change.new for change in (*good.changes, *good.more)}
    assert good.is_new
    assert not good.url
    mend = next(one for one in bad.problems if one.weight == "bad")
    assert (mend.place, mend.field.value()) == ("G6", "四千多")
    assert "四千多" in mend.sentence
    assert "13800000000" not in page.content.decode()


def test_rows_are_filtered_by_state_in_the_address(office):
    address = handed_in(office)
    waiting = office.get(f"{address}?state=waiting").context["rows"]
    assert {row.state for row in waiting} == {"waiting"}
    assert office.get(f"{address}?state=written").context["rows"] == []
    assert len(office.get(f"{address}?state=nonsense&page=x").context["rows"]) == 4


def test_a_mended_cell_makes_its_row_good_and_can_be_mended_again(office):
    address = mended(office, handed_in(office))
    found = rows(office, address)
    assert {row.state for row in found.values()} == {"ready"}
    again = [one for one in found["演示二路道路改造"].problems if one.weight == "mended"]
    assert [(one.place, one.field.value()) for one in again] == [("G6", "4000")]
    send(office, address, cell_5_6="又写错")
    assert rows(office, address)["演示二路道路改造"].state == "waiting"


def test_a_bad_cell_over_several_rows_is_shown_at_each_and_mended_at_the_first(office):
    two = [(*row[:7], "", *row[8:]) for row in (ROWS[0], ROWS[4])]
    address = handed_in(office, messy(rows=two, merged=[(4, 5, 7, "二月三十")]))
    form = office.get(address).context["form"]
    assert (form["cell_4_7"].value(), form["cell_5_7"].value()) == ("二月三十", "二月三十")
    send(office, address, cell_4_7="2021-12-31")
    assert {row.state for row in rows(office, address).values()} == {"ready"}


def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_typed_is_lost(office):
    address = handed_in(office)
    answer = send(office, address, as_of="不是日期", cell_5_6="4000")
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"as_of"}
    assert form["cell_5_6"].value() == "4000"
    future = send(office, address, as_of="2099-01-01")
    assert set(future.context["form"].errors) == {"as_of"}
    assert send(office, address, as_of="").status_code == 422


def test_an_unknown_unit_is_given_a_known_one_by_name(office):
    address = handed_in(office)
    asked = office.get(address).context["questions"]["units"]
    assert "二七区不存在局" in {one["name"] for one in asked}
    other = next(one for one in asked if one["name"] == "二七区不存在局")["other"].name
    wrong = send(office, address, **{other: "没有这个局"})
    assert set(wrong.context["form"].errors) == {other}
    send(office, mended(office, address), **{other: "区教体局"})
    page = office.get(address)
    answered = {one["name"]: one["field"] for one in page.context["questions"]["units"]}
    assert dict(answered["二七区不存在局"].field.choices)[answered["二七区不存在局"].value()] == (
        "区教体局"
    )
    row = rows(office, address)["演示二路道路改造"]
    assert "区教体局" in {change.new for change in (*row.changes, *row.more)}


def test_rows_of_unknown_units_are_kept_back_where_that_was_chosen(office):
    address = mended(office, handed_in(office))
    send(office, address, unknown_units="refuse")
    assert rows(office, address)["演示二路道路改造"].state == "refused"
    send(office, address, do="write")
    told = [str(message) for message in office.get(address).context["messages"]]
    assert len(told) == 2
    assert [row.state for row in office.get(f"{address}?state=refused").context["rows"]]


def test_a_head_without_rows_is_told(office):
    page = office.get(handed_in(office, messy(rows=[])))
    assert page.context["rows"] == []
    assert page.context["total"] == 0


def test_a_new_unit_is_made_only_when_rows_are_written(office):
    address = mended(office, handed_in(office))
    asked = office.get(address).context["questions"]["units"]
    field = next(one for one in asked if one["name"] == "二七区不存在局")["field"].name
    send(office, address, **{field: "new"})
    assert "二七区不存在局" not in office.get("/organisation/").content.decode()
    send(office, address, do="write")
    assert "二七区不存在局" in office.get("/organisation/").content.decode()


def test_a_column_of_figures_is_asked_over_what_time_it_sums(office):
    address = handed_in(office)
    assert [one["head"]["head"] for one in office.get(address).context["questions"]["periods"]] == [
        "完成投资"
    ]
    send(office, address, period_6="year")
    row = rows(office, address)["演示一路道路改造"]
    assert "1200" in {change.new for change in (*row.changes, *row.more)}
    assert office.get(address).context["form"]["period_6"].value() == "year"


def test_amounts_without_a_unit_are_given_one_for_the_whole_sheet(office):
    address = handed_in(office, messy(unit_line=""))
    page = office.get(address)
    assert page.context["questions"]["money_unit"].value() == ""
    assert {row.state for row in page.context["rows"]} >= {"waiting"}
    send(office, address, money_unit="万元")
    found = rows(office, address)
    assert found["演示公园"].state == "ready"
    assert "年度计划投资800万元；总投资800万元" in {
        change.new for change in (*found["演示公园"].changes, *found["演示公园"].more)
    }
    assert office.get(address).context["form"]["money_unit"].value() == "万元"
    send(office, address, money_unit="")
    assert rows(office, address)["演示公园"].state == "waiting"


def test_a_column_can_be_read_another_way_and_back(office):
    address = handed_in(office) + "?columns=all"
    send(office, address, meaning_8="remarks")
    row = rows(office, address)["演示一路道路改造"]
    assert "主体封顶" not in {change.new for change in (*row.changes, *row.more)}
    send(office, address, meaning_8="progress")
    row = rows(office, address)["演示一路道路改造"]
    assert "主体封顶" in {change.new for change in (*row.changes, *row.more)}


def test_a_doubtful_column_is_asked_with_what_it_may_mean(office):
    head = (*HEAD[:5], "计划投资", *HEAD[6:])
    page = office.get(handed_in(office, messy(head=head)))
    asked = page.context["questions"]["columns"]
    assert [one["head"]["head"] for one in asked] == ["计划投资"]
    assert asked[0]["sentence"]
    assert asked[0]["field"].value() == ""
    assert page.context["problems"] == []


def test_only_what_was_seen_is_written(office):
    address = handed_in(office)
    before = JournalEntry.objects.count()
    answer = send(office, address, do="write", cell_5_6="4000")
    assert answer["Location"] == address
    assert JournalEntry.objects.count() == before
    assert send(office, address, do="write")["Location"] == address
    states = {row.title: row.state for row in rows(office, address).values()}
    assert states == {
        "演示一路道路改造": "written",
        "演示二路道路改造": "written",
        "演示学校新建": "waiting",
        "演示公园": "written",
    }
    assert rows(office, address)["演示公园"].url
    assert Matter.objects.filter(code__startswith="IMP-").count() == 3
    sheet = office.get(address).context["sheet"]
    assert not office.get(address).context["is_settled"]
    assert not sheet.as_of_guessed  # writing took the day that was shown


def test_a_row_that_waited_is_written_later_and_nothing_twice(office):
    address = handed_in(office)
    send(office, address, do="write")
    before = JournalEntry.objects.count()
    send(office, address, cell_5_6="4000", cell_6_7="2021年12月底")
    send(office, address, do="write")
    assert {row.state for row in rows(office, address).values()} == {"written"}
    assert office.get(address).context["is_settled"]
    assert Matter.objects.filter(title="演示一路道路改造").count() == 1
    assert JournalEntry.objects.count() > before
    assert send(office, address, do="write")["Location"] == address


def test_the_same_sheet_again_changes_nothing_and_a_changed_one_shows_old_and_new(office):
    send(office, mended(office, handed_in(office)), do="write")
    rest = [(*row[:6], "4000" if row[6] == "四千多" else row[6], *row[7:]) for row in ROWS[:2]]
    again = handed_in(office, messy(rows=rest))
    assert {row.state for row in rows(office, again).values()} == {"unchanged"}
    assert office.get(again).context["is_the_same"]
    later = [(*rest[0][:7], "2021年9月底前", *rest[0][8:])]
    changed = handed_in(office, messy(rows=later))
    row = rows(office, changed)["演示一路道路改造"]
    assert (row.state, row.is_new) == ("ready", False)
    assert ("2021-06-30", "2021-09-30") in {
        (change.old, change.new) for change in (*row.changes, *row.more)
    }
    assert row.url


def test_a_row_much_alike_is_asked_about(office):
    send(office, mended(office, handed_in(office)), do="write")
    alike = [("1", "演示一路道路改造提升", "", *ROWS[0][3:])]
    address = handed_in(office, messy(rows=alike))
    row = rows(office, address)["演示一路道路改造提升"]
    assert row.state == "asked"
    known = str(Matter.objects.get(code="IMP-01").pk)
    assert known in {value for value, _name in row.choice.field.choices}
    send(office, address, row_4=known)
    row = rows(office, address)["演示一路道路改造提升"]
    assert (row.state, row.choice.value()) != ("asked", "")
    send(office, address, row_4="new")
    assert rows(office, address)["演示一路道路改造提升"].is_new
    send(office, address, row_4="")
    assert rows(office, address)["演示一路道路改造提升"].state == "asked"


def test_two_rows_of_one_matter_are_asked_about(office):
    address = handed_in(office, messy(rows=[ROWS[0], ("2", *ROWS[0][1:])]))
    states = [row.state for row in office.get(address).context["rows"]]
    assert sorted(states) == ["asked", "ready"]
    send(office, address, row_5="new")
    assert office.get(address).context["form"]["row_5"].value() == "new"


def test_a_row_is_left_out_and_taken_back(office):
    address = handed_in(office)
    send(office, address, skip_4="on")
    assert rows(office, address)["演示一路道路改造"].state == "skipped"
    said = typed(office.get(address))
    said.pop("skip_4")
    office.post(address, said | {"do": "judge"})
    assert rows(office, address)["演示一路道路改造"].state == "ready"


def test_a_sheet_without_a_day_asks_for_it_first(office):
    address = handed_in(office, messy(title="重点项目台账"))
    page = office.get(address)
    assert page.context["sheet"].as_of is None
    assert page.context["rows"] == []
    assert send(office, address, do="write").status_code == 422
    send(office, address, as_of="2021-1-10")
    assert rows(office, address)


def test_a_sheet_is_withdrawn_with_its_reason(office):
    address = handed_in(office)
    send(office, address, do="write")
    assert office.post(f"{address}withdraw/", {"reason": " "}).status_code == 422
    page = office.get(f"{address}withdraw/")
    assert page.context["written"] == 2
    done = office.post(f"{address}withdraw/", {"reason": "传错了表"})
    assert done["Location"] == address
    page = office.get(address)
    assert page.context["sheet"].state == "withdrawn"
    assert not page.context["is_open"]
    assert {row.state for row in page.context["rows"]} >= {"withdrawn"}
    again = office.post(f"{address}withdraw/", {"reason": "再撤"})
    assert again.status_code == 422
    assert office.post(address, {"as_of": "2021-01-10", "unknown_units": "note"}).status_code == 422


def test_what_was_touched_since_stays_and_is_named(office):
    address = handed_in(office)
    send(office, address, do="write")
    matter = Matter.objects.get(code="IMP-04").pk
    form = office.get(f"/matters/{matter}/place/").context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value()}
    said["area"] = "城东"
    assert office.post(f"/matters/{matter}/place/", said).status_code == 302
    done = office.post(f"{address}withdraw/", {"reason": "传错了表"})
    assert [one["one"].code for one in done.context["kept"]] == ["IMP-04"]
    assert done.context["done"].rows == 1


def test_many_rows_are_written_in_pieces_that_can_be_left_and_gone_on_with(office, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 2)
    monkeypatch.setattr(writing, "A_PIECE", 4)
    address = handed_in(office, many(10))
    assert send(office, address, do="write")["Location"] == f"{address}writing/"
    page = office.get(f"{address}writing/")
    assert (page.context["done"], page.context["total"]) == (0, 10)
    assert office.post(f"{address}writing/").context["done"] == 4
    assert office.get(address).context["is_interrupted"]
    part = office.post(f"{address}writing/", headers={"HX-Request": "true"})
    assert 'value="8"' in part.content.decode()
    assert "<html" not in part.content.decode()
    last = office.post(f"{address}writing/", headers={"HX-Request": "true"})
    assert last["HX-Redirect"] == address
    assert office.get(f"{address}writing/")["Location"] == address
    assert Matter.objects.filter(code__startswith="BULK-").count() == 10


def test_writing_what_was_withdrawn_meanwhile_leads_back_with_a_sentence(office, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 2)
    address = handed_in(office, many(5))
    office.post(f"{address}withdraw/", {"reason": "传错了表"})
    assert office.post(f"{address}writing/")["Location"] == address


def test_an_unknown_sheet_is_not_found(office):
    assert office.get(f"/import/{UUID(int=7)}/").status_code == 404


def test_a_page_of_a_long_sheet_asks_the_database_as_little_as_one_of_a_short(
    office, django_assert_max_num_queries
):
    address = handed_in(office, many(60))
    with django_assert_max_num_queries(20):
        page = office.get(address)
    assert len(page.context["rows"]) == 50
    assert len(office.get(f"{address}?page=2").context["rows"]) == 10


def test_answers_of_the_last_sheet_of_the_same_head_are_taken_over(office):
    address = mended(office, handed_in(office))
    asked = office.get(address).context["questions"]["units"]
    field = next(one for one in asked if one["name"] == "二七区不存在局")["field"].name
    send(office, address, period_6="year", skip_8="on", **{field: "new"})
    send(office, address, do="write")
    again = handed_in(office)
    assert office.get(again).context["form"]["period_6"].value() == "year"
    send(office, again, cell_5_6="4000")
    found = rows(office, again)
    units = [one["name"] for one in office.get(again).context["questions"]["units"]]
    assert units == ["区城管局"]  # the other one was founded, and has its name
    assert found["演示二路道路改造"].state == "unchanged"
    assert found["演示一路道路改造"].state == "unchanged"
    assert found["演示公园"].state == "ready"  # what was said of a row is not taken over
