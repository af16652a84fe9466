"""Which matter a row is, and which unit a name means."""

from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.sheets.likeness import NearIndex, bigrams, likeness, normal_title, numbers_in
from luoshi.rules.sheets.matching import Known, Matcher, twins
from luoshi.rules.sheets.names import nearest_unit
from luoshi.rules.sheets.rows import SheetRow

A, B = UUID(int=1), UUID(int=2)


def matched(row, *known, year=2021):
    match = Matcher(known, year=year).match(SheetRow(row=0, **row))
    return match.found.value, match.matter, match.candidates


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"title": "别的", "code": "2101-A"}, ("code", A)),
        ({"title": "别的", "office_no": "zd-1"}, ("office_no", A)),
        ({"title": "甲路（一期）建设工程"}, ("title", A)),
        ({"title": "甲路 1期 项目", "lead_unit": "区住建局"}, ("title", A)),
        ({"title": "甲路一期工程", "lead_unit": "区教育局"}, ("ask", None)),
        ({"title": "甲路一期工程", "code": "2101-Z"}, ("new", None)),
        ({"title": "甲路二期工程"}, ("new", None)),
        ({"title": "全新的事"}, ("new", None)),
        ({"title": "甲路排水改造一期"}, ("new", None)),
        ({"title": "", "serial": "1"}, ("new", None)),
    ],
)
def test_the_surest_key_decides_and_serial_numbers_never(row, found):
    known = Known(A, "甲路一期工程", "2101-a", "ZD-1", "区住建局", 2021)
    assert matched(row, known)[:2] == found


def test_the_same_title_of_another_year_is_asked_about():
    assert matched({"title": "甲路工程"}, Known(A, "甲路工程", year=2020))[0] == "ask"
    assert matched({"title": "甲路工程"}, Known(A, "甲路工程", year=2020), year=None)[0] == "title"


def test_titles_much_alike_are_asked_about_unless_their_codes_differ():
    known = Known(A, "商圈停车楼及连廊改造提升工程", "2101-A")
    assert matched({"title": "商圈停车楼和连廊改造提升"}, known) == ("ask", None, (A,))
    assert matched({"title": "商圈停车楼和连廊改造提升", "code": "Z"}, known)[0] == "new"


def test_two_matters_of_one_key_are_asked_about():
    known = (Known(A, "甲路工程"), Known(B, "甲路工程"))
    assert matched({"title": "甲路工程"}, *known) == ("ask", None, (A, B))


def test_rows_that_would_be_one_matter_are_asked_about():
    rows = [
        SheetRow(row=1, title="甲", code="A"),
        SheetRow(row=2, title="乙", code="a"),
        SheetRow(row=3, title="丙", office_no="1"),
        SheetRow(row=4, title="丁", office_no="1"),
        SheetRow(row=5, title="戊"),
        SheetRow(row=6, title="戊"),
        SheetRow(row=7, title="己", code="X"),
        SheetRow(row=8, title="己", code="Y"),
        SheetRow(row=9),
    ]
    found = [(p.row, p.facts["first_row"], p.facts["by"]) for p in twins(rows)]
    assert found == [(2, 2, "code"), (4, 4, "office_no"), (6, 6, "title")]


@pytest.mark.parametrize(
    ("title", "normal"),
    [
        ("甲路（一期）建设项目", "甲路1期"),
        ("甲乙 丙丁 Ａ区工程", "甲乙丙丁a区"),
        ("甲路工程", "甲路工程"),  # too short to lose its end
        ("“甲乙丙丁”改造工程", "甲乙丙丁"),
        ("12号线十二标段工程", "12号线12标段"),
    ],
)
def test_titles_are_compared_without_what_says_nothing(title, normal):
    assert normal_title(title) == normal
    assert numbers_in("甲1乙22") == ("1", "22")


def test_likeness_counts_repeated_pairs():
    assert bigrams("甲甲甲") == ("甲甲", "甲甲2")
    assert (bigrams("甲"), bigrams("")) == (("甲",), ())
    assert likeness(bigrams("甲乙丙"), bigrams("甲乙丁")) == Fraction(1, 2)
    assert likeness((), ("a",)) == 0


def test_a_name_that_only_shares_a_rare_pair_is_not_near():
    index = NearIndex([("a", "甲乙丙丁戊己"), ("b", "甲乙庚辛壬癸")], least=Fraction(7, 10))
    assert index.near("甲乙丙丁戊", most=3) == [("a", Fraction(8, 9))]
    assert index.near("庚辛壬子", most=3) == []


words = st.text(alphabet="甲乙丙丁1", max_size=8)


@given(st.lists(words, max_size=12), words)
def test_the_index_finds_exactly_what_is_alike(names, word):
    least = Fraction(7, 10)
    index = NearIndex(enumerate(names), least=least)
    alike = {
        place: share
        for place, name in enumerate(names)
        if numbers_in(name) == numbers_in(word)
        and (share := likeness(bigrams(word), bigrams(name))) >= least
    }
    assert dict(index.near(word, most=100)) == alike


KNOWN = [
    "二七区发展和改革委员会",
    "二七区住房和城乡建设局",
    "二七区城市管理局",
    "二七区财政局",
    "郑州市财政局",
    "二七区人力资源和社会保障局",
    "甲路街道办事处",
    "乙镇人民政府",
    "区政府办公室",
    "丙园区管理委员会",
]


@pytest.mark.parametrize(
    ("name", "nearest", "by"),
    [
        ("二七区财政局", "二七区财政局", "same"),
        ("区财政局", "二七区财政局", "place"),
        ("市财政局", "郑州市财政局", "place"),
        ("区发改委", "二七区发展和改革委员会", "short"),
        ("发改委", "二七区发展和改革委员会", "short"),
        ("区住建局", "二七区住房和城乡建设局", "short"),
        ("区城管局", "二七区城市管理局", "short"),
        ("区人社局", "二七区人力资源和社会保障局", "short"),
        ("甲路街道", "甲路街道办事处", "short"),
        ("甲路办事处", "甲路街道办事处", "short"),
        ("乙镇", "乙镇人民政府", "short"),
        ("区政府办", "区政府办公室", "short"),
        ("二七区城市管里局", "二七区城市管理局", "spelling"),
    ],
)
def test_the_nearest_unit_is_proposed_first(name, nearest, by):
    found = nearest_unit(name, KNOWN)
    assert (found[0].name, found[0].by.value) == (nearest, by)


def test_a_unit_of_another_level_or_of_no_likeness_is_not_proposed():
    assert [each.name for each in nearest_unit("市住建局", KNOWN)] == []
    assert nearest_unit("某某公司", KNOWN) == ()
    assert nearest_unit("—", KNOWN) == ()
    assert nearest_unit("区", KNOWN) == ()


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=4))
def test_any_name_gets_proposals_from_the_known_ones(name, known):
    assert {each.name for each in nearest_unit(name, known)} <= set(known)
