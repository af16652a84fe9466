"""Words are found by the first letters of their readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from luoshi.base.initials import OURS, initials_of, initials_of_each


@pytest.mark.parametrize(
    ("words", "initials"),
    [
        ("老旧小区改造", "ljxqgz"),
        ("重点项目", "zdxm"),
        ("重庆路改造", "cqlgz"),
        ("重建长江路", "cjcjl"),
        ("银行", "yh"),
        ("行政审批", "xzsp"),
        ("会计", "kj"),
        ("长效机制", "cxjz"),
        ("海绵城市调蓄池", "hmcstxc"),
        ("二七区（二期）", "eqqeq"),
        ("2020年5G基站", "2020n5gjz"),
        ("Smart Park·A座", "smartparkaz"),
        ("绿化女儿河", "lhneh"),
        ("", ""),
        ("——！", ""),
    ],
)
def test_initials_are_those_of_the_common_reading(words, initials):
    assert initials_of(words) == initials


WORDS = [
    "大厦", "调度", "乐园", "便民", "地铁", "参与", "给水", "处理", "重新", "增长", "校核",
    "应急", "降雨", "行业", "音乐", "供给", "车站", "传统", "调整", "调研", "都市", "系统",
    "省会", "曲阜", "解放", "提供", "中转站", "成都", "差异", "朝鲜", "弹性", "恶臭", "六安",
    "还款", "没收", "宿舍", "校正", "协调", "空调", "长期", "重组", "传承", "西藏", "种植",
    "曾经", "便宜", "厦门", "联系", "称职", "落后", "荥阳", "曝光",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_read_as_its_dictionary_reads_it(word):
    assert initials_of(word) == "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


@pytest.mark.parametrize(("word", "initials"), OURS.items())
def test_words_of_our_own_are_needed(word, initials):
    assert initials_of(word) == initials
    assert "".join(lazy_pinyin(word, style=Style.FIRST_LETTER)) != initials


@given(st.text())
def test_initials_are_small_letters_and_digits_alone(words):
    assert all(sign.isalnum() or not sign.isprintable() for sign in initials_of(words))
    assert initials_of(words) == initials_of(words).casefold()


@given(st.lists(st.sampled_from([*WORDS, *OURS]) | st.text(max_size=4)))
def test_initials_of_many_are_those_of_each(parts):
    many = ["".join(parts), *parts, "".join(reversed(parts))]
    assert initials_of_each(many) == [initials_of(words) for words in many]


def test_initials_of_nothing_are_none():
    assert initials_of_each([]) == []
    assert initials_of_each(["重点\n项目", ""]) == ["zdxm", ""]
