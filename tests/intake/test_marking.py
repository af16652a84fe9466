"""Where the text beside the statements begins."""

from types import SimpleNamespace

import pytest

from luoshi.intake.reports.marking import bounds

HEAD = "政府工作报告\n2020年3月2日\n"


def begun(text, quote):
    start = text.index(quote)
    row = SimpleNamespace(start=start, end=start + len(quote))
    return text[bounds(text, [row])[0] :]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (f"{HEAD}{'序' * 300}新建学校3所。", HEAD),  # near the beginning: all of it
        (f"{'序' * 900}\n短行\n{'句' * 50}新建学校3所。", "句" * 50 + "新"),
        (f"{'序' * 900}\n{'句' * 400}新建学校3所。", "句"),
        (f"{'序' * 900}。{'句' * 400}新建学校3所。", "句"),
        (f"{'序' * 900}{'句' * 400}新建学校3所。", "句" * 120 + "新"),
    ],
)
def test_the_text_begins_where_a_line_or_a_sentence_does(text, begins):
    assert begun(text, "新建学校3所").startswith(begins)


def test_without_a_statement_the_text_begins_at_its_beginning():
    assert bounds(HEAD, []) == (0, len(HEAD))
