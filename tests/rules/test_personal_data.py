"""What must never be sealed for ever, and what only looks like it; all numbers are made up."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.personal_data import found_in, masked_mail, masked_phone

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def check_of(seventeen):
    """The check character of GB 11643-1999."""
    return CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, seventeen, strict=True)) % 11]


def luhn_of(digits):
    """The check digit of ISO/IEC 7812-1 for the digits before it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


births = (
    st.dates(min_value=date(1900, 1, 1))
    .map(lambda day: f"{day:%Y%m%d}")
    .filter(lambda day: day[:2] in {"19", "20"})
)
identities = st.builds(
    lambda area, born, last: area + born + last,
    st.integers(110000, 659999).map(str),
    births,
    st.integers(0, 999).map("{:03d}".format),
)
around = st.sampled_from(
    ["{}", "联系人{}，", "（{}）", "号码：{}；另附", '"{}"', "电话 {} 转", "-{}-"]
)


@given(identities, around)
def test_an_identity_number_is_found(seventeen, words):
    number = seventeen + check_of(seventeen)
    assert found_in(words.format(number)) == "id_card"
    assert found_in(words.format(number.lower())) == "id_card"


@given(identities, st.integers(1, 9))
def test_an_identity_number_with_another_check_digit_is_a_code(seventeen, step):
    right = check_of(seventeen)
    last = str((int(right) + step) % 10) if right != "X" else str(step)
    number = seventeen + last
    if luhn_of(seventeen) != last:
        assert found_in(f"项目代码{number}") is None


@given(st.integers(3, 9), st.integers(0, 999_999_999), around, st.sampled_from(["", " ", "-"]))
def test_a_mobile_number_is_found(second, rest, words, gap):
    digits = f"1{second}{rest:09d}"
    number = gap.join((digits[:3], digits[3:7], digits[7:]))
    assert found_in(words.format(number)) == "phone"


@given(st.integers(15, 18), st.data(), around)
def test_a_bank_card_is_found(length, data, words):
    digits = "62" + data.draw(st.text("0123456789", min_size=length - 2, max_size=length - 2))
    card = digits + luhn_of(digits)
    assert found_in(words.format(card)) in {"bank_card", "id_card"}
    assert found_in(words.format(digits + str((int(card[-1]) + 1) % 10))) != "bank_card"


def test_the_first_pattern_that_is_real_is_named():
    assert found_in("代码123456789012345678，电话13812345678") == "phone"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "老旧小区改造297个，完成103个",
        "项目代码201741010359032145",  # eighteen digits, no check character
        "2020-410103-47-03-012345",
        "投资13812345678901元",  # fourteen digits
        "0371-68181234",
        "12345热线",
        "第138号",
        "23812345678",
        "0.13812345678",
        "面积38.1平方公里，投资150亿元",
        "A13812345678",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert found_in(text) is None


@given(st.uuids(allow_nil=True))
def test_a_uuid_is_no_number(drawn):
    assert found_in(str(drawn)) is None
    assert found_in(str(uuid.uuid5(drawn, "thread"))) is None


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_digest_is_no_number(digest):
    assert found_in(f'"reason":"{digest}"') is None


@given(st.decimals(0, 10**9, places=2))
def test_an_amount_below_eleven_digits_is_no_number(amount):
    assert found_in(str(Decimal(amount))) is None


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        (" 0371-68630000 ", "037******0000"),
        ("6863000", "***3000"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_telephone_is_shown_with_its_middle_hidden(phone, shown):
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(
    ("mail", "shown"), [("zhang@example.com", "z***@example.com"), ("", ""), ("nobody", "n***")]
)
def test_an_address_is_shown_with_its_name_hidden(mail, shown):
    assert masked_mail(mail) == shown
