"""Looks that tell quickly that nothing is there tell the same as the long way round."""

import re

from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.reports.grammar import presence, sizes_by
from luoshi.rules.reports.kinds import force_of
from luoshi.rules.reports.naming import MANY_OWN, own_letters, trimmed
from luoshi.rules.reports.words import times
from luoshi.rules.reports.words.generic import GENERIC

LETTERS = "甲乙丙丁("
WORDS = st.text(LETTERS, min_size=1, max_size=4)
LOOKS = re.compile(r"\n *\(\?=\[.*\n *\(\?=.*(?=\n)")  # the two at the head of a time word
LONG_WAY = re.compile(LOOKS.sub("", times.TIME.pattern), re.VERBOSE)


@given(st.sets(WORDS, min_size=1, max_size=8), st.text(LETTERS, max_size=12))
def test_a_pattern_of_presence_finds_what_any_of_the_words_is_in(words, text):
    found = re.compile(presence(words)).search(text) is not None
    assert found == any(word in text for word in words)


@given(st.sets(WORDS, min_size=1, max_size=8), WORDS)
def test_sizes_by_their_first_letter_miss_no_word(words, word):
    sizes = sizes_by(words, slice(1)).get(word[:1], ())
    assert list(sizes) == sorted({len(one) for one in words if one[0] == word[0]}, reverse=True)


@given(st.from_regex(LONG_WAY))
def test_the_first_two_letters_of_a_time_word_hide_none(text):
    quick = [(one.span(), one.lastgroup) for one in times.TIME.finditer(text)]
    assert quick == [(one.span(), one.lastgroup) for one in LONG_WAY.finditer(text)]
    assert times.TIME.pattern != LONG_WAY.pattern


@given(st.lists(st.sampled_from([*sorted(GENERIC)[::40], "甲", "乙", "的"]), max_size=6))
def test_own_letters_are_what_no_general_word_covers(words):
    own, head = own_letters("".join(words))
    assert own[-1] == min(sum(word in "甲乙" for word in words), MANY_OWN)
    assert len(own) == len("".join(words)) + 1
    assert head <= len("".join(words))


def test_what_is_done_is_cut_off_as_far_as_it_goes():
    assert trimmed("甲乙路改造提升项目前期工作") == "甲乙路改造提升项目"
    assert trimmed("甲乙河的水环境综合治理及配套设施建设") == "甲乙河"
    assert trimmed("甲乙大桥") == "甲乙大桥"
    assert trimmed("于建设") == ""


def test_the_word_of_promise_nearest_to_the_number_holds():
    assert force_of("确保甲、力争") == "stretch"
    assert force_of("力争甲，务必") == "hard"
    assert force_of("计划") is None
