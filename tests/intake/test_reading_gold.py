"""Labels of ours and of others are read, placed in their texts and scored."""

import hashlib
import json

import pytest

from luoshi.intake.reading.documents import When
from luoshi.intake.reading.gold import read_gold
from luoshi.intake.reading.refusals import GoldTextMissing, GoldTextOther, GoldUnclear
from luoshi.intake.reading.scoring import as_data, figures_of, lines_of
from tests.intake.reading import FIRST, two_reports

DOC = "甲县2023.txt"
WHEN = When()


@pytest.fixture
def gold(tmp_path):
    """Write labels beside their texts; gives what is read of them."""
    two_reports(tmp_path)

    def made(*rows, texts=None, folder=None):
        path = tmp_path / "gold.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_bytes("\n".join([*lines, ""]).encode(errors="surrogatepass"))
        if texts is not None:
            (tmp_path / "texts.json").write_text(json.dumps({path.name: texts}))
        return read_gold(path, folder, WHEN)

    return made


def label(quote, **fields):
    """A label by its words alone, as other people's gold gives them."""
    row = {"doc": DOC, "quote": quote, "kind": "target", "value": None, "unit": None}
    return row | fields


ESTATES = {
    "value": 297, "unit": "个", "subject": "老旧小区", "period": "2023", "comparator": "=",
    "growth": False, "deadline": "2023-12-31", "deadline_stated": False, "projects": [],
}  # fmt: skip
PLANTS = {
    "value": 2, "unit": "座", "subject": "污水处理厂", "period": "2023", "comparator": "=",
    "deadline": "2023-06-30", "deadline_stated": True, "projects": ["污水处理厂"],
}  # fmt: skip


def test_labels_with_words_only_are_placed_and_scored(gold):
    labels = gold(
        label("改造老旧小区297个", **ESTATES),
        label("6月底前建成污水处理厂2座", **PLANTS),
        label("不在文中的话", value=1, unit="个"),
    )
    assert (len(labels.labels), labels.unplaced) == (2, 1)
    figures = figures_of(labels)["all"]
    assert (figures["numbers"].found.hits, figures["numbers"].found.missed) == (2, 0)
    assert figures["numbers"].found.extra > 0  # the rest of the text is labelled by nobody
    assert figures["kind"].right.value == 1.0
    assert (figures["deadline"].found.f1, figures["deadline"].right.of) == (1.0, 1)
    assert figures["subject"].right.of == 2


def test_ranges_bound_where_a_false_find_counts(gold):
    start = FIRST.index("改造老旧小区")
    entry = {"doc": DOC, "path": DOC, "numbers": [[start, start + 12]], "everything": [[0, 0]]}
    entry["sha256"] = hashlib.sha256(FIRST.encode()).hexdigest()
    labels = gold(label("改造老旧小区297个", **ESTATES), texts=[entry])
    figures = figures_of(labels)
    assert figures["all"]["numbers"].found.extra == 0
    assert list(figures) == ["all", f"doc {DOC}", "kind target"]


def test_a_wrong_field_is_a_find_and_a_miss(gold):
    labels = gold(label("改造老旧小区297个", **ESTATES | {"period": "2021", "subject": "桥"}))
    figures = figures_of(labels)["all"]
    for name in ("period", "subject"):
        assert (figures[name].found.extra, figures[name].found.missed) == (1, 1)
        assert figures[name].right.value == 0.0
    assert figures["comparator"].found.f1 == 1.0


def test_offsets_that_do_not_hold_give_way_to_the_words(gold):
    start = FIRST.index("改造老旧小区297个")
    by_bytes = label("改造老旧小区297个", start=3 * start, end=3 * start + 30, **ESTATES)
    labels = gold(by_bytes, {**label(None), "start": 10**6, "end": 10**6 + 5})
    assert (labels.labels[0]["start"], labels.unplaced) == (start, 1)


def test_our_own_labels_give_words_by_offsets(gold):
    start = FIRST.index("改造老旧小区297个")
    row = {"doc": DOC, "start": start, "end": start + 10, "kind": "target", "value": 297}
    row |= {"unit": "个", "subject_span": [start + 2, start + 6], "project_spans": None}
    row["project_may_spans"] = [[start + 2, start + 6]]
    labels = gold(row).labels
    assert (labels[0]["subject"], labels[0]["projects"]) == ("老旧小区", [])
    assert labels[0]["projects_may"] == ["老旧小区"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("{", "JSON"),
        ("[]", "JSON"),
        ("\ud800", "JSON"),
        (label("话") | {"doc": None}, "doc"),
        (label(""), "start"),
        (label("话", kind="promise"), "kind"),
        (label("话", value="3"), "value"),
        (label("话", value=True), "value"),
        (label("话", unit=3), "unit"),
        (label("话", subject=[1]), "subject"),
        (label("话", projects="甲"), "projects"),
        (label("话", note=1), "note"),
        ({"doc": DOC, "start": 5, "end": 5, "kind": "target"}, "start"),
    ],
)
def test_a_line_that_is_no_label_is_named(gold, row, field):
    with pytest.raises(GoldUnclear) as refused:
        gold(label("改造老旧小区297个", **ESTATES), "", row)
    assert (refused.value.facts["line"], refused.value.facts["field"]) == (3, field)


def test_texts_that_are_missing_or_others_are_refused(gold, tmp_path):
    with pytest.raises(GoldTextMissing):
        gold(label("话", doc="乙.txt"))
    with pytest.raises(GoldTextMissing):
        gold(label("话"), folder=tmp_path / "nowhere")
    with pytest.raises(GoldTextOther):
        gold(label("话"), texts=[{"doc": DOC, "sha256": "0" * 64}])


@pytest.mark.parametrize("beside", ["{", "[]", '{"gold.jsonl": [{}]}', '{"gold.jsonl": 3}'])
def test_what_stands_beside_the_labels_must_be_readable(gold, tmp_path, beside):
    (tmp_path / "texts.json").write_text(beside)
    with pytest.raises(GoldUnclear):
        gold(label("话"))


def test_the_figures_in_words_and_as_data(gold):
    labels = gold(label("改造老旧小区297个", **ESTATES), label("不在", value=1, unit="个"))
    figures = figures_of(labels)
    lines = list(lines_of(figures, labels))
    assert "1" in lines[0]
    assert any("1.000" in line for line in lines)
    data = as_data(figures, labels)
    assert (data["labels"], data["unplaced"]) == (1, 1)
    assert data["scores"]["all"]["kind"] == {
        "precision": 1.0, "recall": 1.0, "f1": 1.0, "hits": 1, "extra": 0, "missed": 0,
        "accuracy": 1.0, "of": 1,
    }  # fmt: skip


def test_without_a_label_nothing_is_scored(gold):
    labels = gold("")
    assert len(list(lines_of(figures_of(labels), labels))) == 1
