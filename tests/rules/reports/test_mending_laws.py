"""What holds of every mended text, whatever was mended: offsets are true, no word is lost."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luoshi.rules.reports.mending import Kind, mend
from luoshi.rules.reports.mending.level import levelled

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "reports"  # if it is there
REAL = sorted(SHARED.glob("**/*.txt"))
UNDAMAGED = [path for path in REAL if path.parent == SHARED]
OWN = Path(__file__).parents[3] / "src/luoshi/site/demo/report/work_report_2026.txt"
HARD = (
    "一二三、（）。，；：\n\n\n \t\u3000"
    "0123456789%％．ａ#[]^?*—“”"
    "记者/文图政府工作报告第页"
    "图示意分享首各位代表县长年月日在会议上>\r\u200b\x0c-的之"
)
texts = st.one_of(st.text(st.sampled_from(HARD), max_size=150), st.text(max_size=60))
WORDS = re.compile("[\u4e00-\u9fffA-Za-z]")


def check(original):
    mended = mend(original)
    level = levelled(original)
    assert len(level) == len(original)
    assert len(mended.origin) == len(mended.text)
    parts = [mended.text[each.start : each.end] for each in mended.paragraphs]
    assert "\n".join(parts) == mended.text
    for part, paragraph in zip(parts, mended.paragraphs, strict=True):
        assert part
        assert "\n" not in part
        assert part.strip() == part.lstrip("\t").rstrip()  # the first cells of a row may be empty
        assert part.rstrip() == part
        places = mended.origin[paragraph.start : paragraph.end]
        assert all(before < after for before, after in pairwise(places))
        found = [level[place] for place in places]
        assert all(sign == one or one in "\n\t" for sign, one in zip(part, found, strict=True))
        start, end = mended.span(paragraph.start, paragraph.end)
        assert (level[start], level[end - 1]) == (part[0], part[-1])
    kept = WORDS.findall(mended.text)
    assert sorted(kept) == sorted(WORDS.findall(level))  # no word is lost, none is told twice
    for head in mended.headings:
        assert any(each.start <= head.start < head.end <= each.end for each in mended.paragraphs)
    return mended


@given(texts)
@example("一、\n一、\n")
@example("1.\n2.\n3.5%\n")
@example("# \n#\n##a\n")
@example("0\t0\n0%")
@example("\ud800\n\udfff，")
@example("把今年的各项工作抓紧抓好抓出成效。 记者 甲乙\n")
def test_any_text_mends_and_its_offsets_are_true(original):
    check(original)


@given(texts, st.data())
def test_every_span_quotes_what_it_came_from(original, data):
    mended = mend(original)
    start = data.draw(st.integers(0, len(mended.text)))
    end = data.draw(st.integers(start, len(mended.text)))
    first, last = mended.span(start, end)
    assert 0 <= first <= last <= len(original)
    quoted = levelled(original)[first:last]
    assert all(word in quoted for word in WORDS.findall(mended.text[start:end]))


@given(st.text(st.sampled_from("今年安排项目，。投资12亿元"), min_size=1, max_size=80))
def test_mending_what_is_mended_changes_nothing(original):
    once = mend(original)
    assert mend(once.text).text == once.text


@pytest.mark.parametrize("path", [OWN, *REAL], ids=lambda path: path.stem)
def test_reports_become_whole_sentences(path):
    mended = check(path.read_text())
    bodies = [
        mended.text[each.start : each.end]
        for each in mended.paragraphs
        if each.kind is Kind.BODY and each.end - each.start > 3
    ]
    whole = sum(body.rstrip("”）)")[-1] in "。；;！？?!：:" for body in bodies)
    assert whole >= 0.95 * len(bodies)
    assert max(map(len, bodies)) > 150  # columns were put together


@pytest.mark.skipif(not REAL, reason="the real reports are not here")
@given(st.data())
def test_real_reports_torn_anywhere_keep_their_offsets(data):
    original = data.draw(st.sampled_from(REAL)).read_text()
    start = data.draw(st.integers(0, len(original) - 1))
    piece = original[start : start + 600]
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(piece)))
        tear = data.draw(st.sampled_from(["\n", "\n\n", " ", "\u3000", "\n- 3 -\n", "\r\n", "[1]"]))
        piece = piece[:place] + tear + piece[place:]
    check(piece)


def sentences(texts):
    return [part for text in texts for part in re.split("(?<=[。！？])", text) if len(part) > 5]


@pytest.mark.parametrize("style", ["set in", "blank lines", "pages", "plain"])
@pytest.mark.parametrize("width", [14, 28, 44])
@pytest.mark.parametrize("path", [OWN, *UNDAMAGED], ids=lambda path: path.stem)
def test_a_report_set_anew_mends_to_the_same_sentences(path, width, style):
    """Every line broken at one width, in the manners of print and of programs."""
    paragraphs = [line.strip() for line in path.read_text().split("\n") if line.strip()]
    lines = []
    for paragraph in paragraphs:
        blank = "" if style == "plain" else "\u3000\u3000"
        lines += broken(blank + paragraph, width)
    if style == "pages":
        numbers = range(len(lines) // 30, 0, -1)
        for number in numbers:
            lines[number * 30 : number * 30] = [f"- {number} -", "示例省人民政府工作报告"]
    found = mend(("\n\n" if style == "blank lines" else "\n").join(lines))
    wanted = mend("\n".join(paragraphs))
    bodies = [
        [each.text[p.start : p.end] for p in each.paragraphs if p.kind is Kind.BODY]
        for each in (wanted, found)
    ]
    whole, again = map(sentences, bodies)
    least = 0.95 if style == "plain" else 0.97  # nothing shows there where a paragraph begins
    assert sum(one in set(again) for one in whole) >= least * len(whole)


def broken(text, width):
    """Lines of a text; a number is not broken and no line begins with a stop."""
    lines, room = [""], 0.0
    for sign in re.findall(r"[0-9.%A-Za-z]+|.", text):
        size = sum(0.5 if letter.isascii() else 1.0 for letter in sign)
        if room + size > width and not (sign in "，。、；：！？”）" and room <= width):
            lines.append("")
            room = 0.0
        lines[-1] += sign
        room += size
    return lines
