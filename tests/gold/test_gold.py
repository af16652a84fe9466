"""The labels made by hand are well formed and point at what they say, where the texts are."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parents[2] / "shared" / "data" / "reports"  # beside the project, if at all
TEXTS = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
FIELDS = [
    *("doc", "start", "end", "value_start", "value_end", "kind", "value", "value_max"),
    *("comparator", "unit", "growth", "force", "period", "deadline", "deadline_stated", "domain"),
    *("project_spans", "project_may_spans", "subject_span", "responsible_span", "note"),
]
KINDS = {"target", "result", "baseline", "mechanism"}
DOMAINS = {
    *("care", "charity", "education", "housing", "transport", "ecology", "party", "service"),
    *("livelihood", "investment", "enterprise", "urban", "governance", "indicator", "project"),
}
ONE_TIME = r"(\d{4}(-\d{2}|H[12]|Q[1-4])?)"
PERIOD = re.compile(rf"({ONE_TIME}|\.\.)(/{ONE_TIME})?")
TAG = re.compile(
    r"\[(opt|dup|heading|caption|slogan|label \d+|portfolio|shared|full|standard|prelim|fragment"
    r"|dl:(explicit|inherited)|alt-(kind|domain|period|deadline):[^\]\s]+)\]"
)
LONGEST_UNIT = 4  # 万平方米: units are all the Chinese there may be
WRITTEN = str.maketrans("０１２３４５６７８９", "0123456789")
HAN = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"两": 2, "千": 1000}


def labels_of(name):
    """Give each label of a file with its place, as a fault would name it."""
    for number, line in enumerate((HERE / name).read_text(encoding="utf-8").splitlines(), start=1):
        yield f"{name}:{number}", json.loads(line)


def text_of(told):
    """Give the text that labels point into; skip where it is absent or another."""
    path = REPORTS / told["path"]
    if not path.exists():
        pytest.skip("the report is not at hand")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        pytest.skip("the report is another text")
    return content.decode()


def printed_numbers(quote):
    """Give every number that a printed value may stand for."""
    folded = re.sub(r"\s", "", quote.translate(WRITTEN))
    numbers = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", folded)}
    numbers |= {HAN[sign] for sign in folded if sign in HAN}
    if ten := re.search("([一二三四五六七八九])?十([一二三四五六七八九])?", folded):
        numbers.add(HAN.get(ten[1], 1) * 10 + HAN.get(ten[2], 0))
    if folded == "两位数":
        numbers.add(10)  # ten per cent or more
    if part := re.search(r"(\d)/(\d)", folded):
        numbers.add(round(int(part[1]) / int(part[2]), 3))
    return numbers


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_label_has_the_fields_of_the_schema(name):
    docs = {told["doc"] for told in TEXTS[name]}
    for where, label in labels_of(name):
        assert list(label) == FIELDS, where
        assert label["doc"] in docs, where
        assert label["kind"] in KINDS, where
        assert label["domain"] in DOMAINS, where
        assert label["comparator"] in {None, "=", ">=", "<=", ">", "<", "~"}, where
        assert label["force"] in {None, "hard", "stretch"}, where
        assert label["period"] is None or PERIOD.fullmatch(label["period"]), where
        assert TAG.sub("", label["note"]).strip() == "", where


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_value_comparator_and_unit_are_all_given_or_none(name):
    for where, label in labels_of(name):
        told = [label[field] is None for field in ("value", "comparator", "unit", "value_start")]
        assert len(set(told)) == 1, where
        assert label["value_max"] is None or label["value_max"] > label["value"], where
        assert label["value"] is not None or not label["growth"], where


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_only_a_target_has_a_deadline_and_it_is_a_day(name):
    for where, label in labels_of(name):
        if label["deadline"]:
            date.fromisoformat(label["deadline"])
            assert label["kind"] == "target", where
        assert label["deadline_stated"] == ("[dl:explicit]" in label["note"]), where
        assert bool(label["deadline"]) == ("[dl:" in label["note"]), where


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param(name, told, id=f"{name}-{told['doc']}")
        for name in sorted(TEXTS)
        for told in TEXTS[name]
    ],
)
def test_spans_lie_in_a_labelled_range_and_hold_what_is_printed(name, told):
    text = text_of(told)
    assert len(text) == told["chars"]
    for where, label in labels_of(name):
        if label["doc"] == told["doc"]:
            check_spans(where, label, told)
            check_value(where, label, text)


def check_spans(where, label, told):
    """Refuse a span outside its label, or a label outside the labelled ranges."""
    start, end = label["start"], label["end"]
    assert any(low <= start < end <= high for low, high in told["numbers"]), where
    inner = [label["subject_span"], label["responsible_span"]]
    inner += [*label["project_spans"], *label["project_may_spans"]]
    for low, high in [span for span in inner if span]:
        assert start <= low < high <= end, where


def check_value(where, label, text):
    """Refuse a value that its own characters do not print."""
    if label["value"] is None:
        return
    low, high = label["value_start"], label["value_end"]
    assert label["start"] <= low < high <= label["end"], where
    numbers = printed_numbers(text[low:high])
    assert label["value"] in numbers, where
    assert label["value_max"] is None or label["value_max"] in numbers, where


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_no_label_is_given_twice(name):
    fields = ("doc", "start", "end", "value_start", "subject_span")
    seen = [json.dumps([label[field] for field in fields]) for _, label in labels_of(name)]
    assert len(set(seen)) == len(seen)


def test_no_text_of_a_report_is_kept_here():
    kept = "".join((HERE / name).read_text(encoding="utf-8") for name in TEXTS)
    longest = max(len(run) for run in re.findall("[\u4e00-\u9fff]+", kept))
    assert longest <= LONGEST_UNIT
