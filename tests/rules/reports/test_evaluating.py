"""Scores against labels: what counts as found, as right, as extra."""

import pytest

from luoshi.rules.reports.evaluating import ALL, Found, Share, evaluate, likeness

LABEL = {
    "doc": "示例",
    "kind": "target",
    "growth": False,
    "period": "2024",
    "comparator": "=",
    "unit": "个",
    "force": None,
}


def label(one, **other):
    row = LABEL | {
        "start": one.start,
        "end": one.end,
        "value": None if one.value is None else float(one.value),
        "domain": one.domain,
    }
    return (
        row
        | {"value_start": one.value_start, "subject": one.subject, "projects": list(one.projects)}
        | other
    )


@pytest.fixture
def three(planned):
    return planned("新建甲乙公园等公园3个，改造小区5个，新增车位8个。")


def test_all_right(three):
    scores = evaluate([label(one) for one in three], three).scores[ALL]
    assert (
        scores.numbers.hits,
        scores.numbers.f1,
        scores.numbers.precision,
        scores.numbers.recall,
    ) == (3, 1, 1, 1)
    assert all(share.value == 1 for share in scores.fields.values())
    assert scores.works.f1 == 1


def test_misses_and_extras_count_by_document_and_kind(three):
    first, second, _ = three
    gold = [label(first), label(second, value=6.0), label(second, doc="另一")]
    result = evaluate(gold, three)
    everything = result.scores[ALL].numbers
    assert (everything.hits, everything.missed, everything.extra) == (1, 2, 2)
    assert everything.f1 == pytest.approx(1 / 3)
    assert result.scores["doc 另一"].numbers.missed == 1
    assert result.scores["kind target"].numbers.hits == 1


def test_a_wrong_unit_is_not_found(three):
    assert evaluate([label(three[0], unit="家")], three).scores[ALL].numbers.hits == 0


def test_weak_labels_are_forgiven(three):
    first, second, third = three
    weak = label(second, value=6.0, note="[opt]")
    result = evaluate([label(first), weak, label(third)], three).scores[ALL].numbers
    assert (result.missed, result.extra) == (0, 0)


def test_precision_counts_only_inside_the_labelled_ranges(three):
    first = three[0]
    ranges = {"示例": [(0, first.end)]}
    result = evaluate([label(first)], three, numbered=ranges, unnumbered=ranges).scores[ALL]
    assert result.numbers.extra == 0
    without = evaluate([label(first)], three, numbered={}, unnumbered={}).scores[ALL]
    assert without.numbers.extra == 2


def test_second_answers_are_right_too(three):
    one = three[0]
    result = evaluate([label(one, kind="baseline", note="[alt-kind:target]")], three[:1])
    assert result.scores[ALL].fields["kind"].value == 1
    wrong = evaluate([label(one, kind="baseline", growth=True)], three[:1]).scores[ALL].fields
    assert (wrong["kind"].value, wrong["growth"].value) == (0, 0)


def test_only_stated_deadlines_are_judged(planned):
    stated = planned("6月底前新建公园3个。")
    assert (
        evaluate([label(stated[0], deadline="2024-06-30")], stated)
        .scores[ALL]
        .fields["deadline"]
        .right
        == 1
    )
    inherited = label(stated[0], deadline="2024-12-31", note="[dl:inherited]")
    assert "deadline" not in evaluate([inherited], stated).scores[ALL].fields
    told = label(stated[0], deadline="2024-12-31", deadline_stated=True)
    assert evaluate([told], stated).scores[ALL].fields["deadline"].value == 0


def test_gold_may_lack_fields(three):
    bare = {
        "doc": "示例",
        "start": three[0].start,
        "end": three[0].end,
        "value": 3,
        "unit": "个",
        "kind": "target",
    }
    fields = evaluate([bare], three).scores[ALL].fields
    assert set(fields) == {"kind"}


def test_statements_without_a_number_count_apart(planned):
    found = planned("新建甲乙大街，健全管理制度。")
    gold = [
        label(found[0], value=None, unit=None)
        if False
        else {
            "doc": "示例",
            "start": found[0].start,
            "end": found[0].end,
            "value": None,
            "kind": "target",
            "comparator": None,
            "projects": ["甲乙大街", "丙丁路"],
            "subject": None,
        }
    ]
    scores = evaluate(gold, found).scores[ALL]
    assert (scores.actions.hits, scores.actions.extra) == (1, 1)
    assert (scores.works.hits, scores.works.missed, scores.works.extra) == (1, 1, 0)
    assert "comparator" not in scores.fields
    less = evaluate([gold[0] | {"projects": []}], found).scores[ALL]
    assert less.works.extra == 1
    doubtful = evaluate([gold[0] | {"projects": [], "projects_may": ["甲乙大街"]}], found).scores[
        ALL
    ]
    assert (doubtful.works.hits, doubtful.works.missed, doubtful.works.extra) == (0, 0, 0)


def test_shares_of_nothing_are_none():
    assert (Share().value, Found().f1, Found().precision, Found().recall) == (
        None,
        None,
        None,
        None,
    )


def test_likeness_of_subjects():
    assert likeness("老旧小区改造", "老旧小区改造") == 1
    assert likeness("甲", "") == 0
    assert likeness("“”", "甲") == 0
    assert 0.5 < likeness("老旧小区", "老旧小区改造") < 1


def test_a_footnote_mark_in_a_name_does_not_matter(planned):
    (one,) = planned("深入实施“1530”工程，完善配套措施。")[:1]
    gold = label(one, projects=["“1530”^[20]工程"])
    assert evaluate([gold], [one]).scores[ALL].works.f1 == 1
