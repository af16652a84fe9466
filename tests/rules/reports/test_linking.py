"""Promise, report, report: what became of a promise over several documents, in any order."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.rules.reports.dating import dated
from luoshi.rules.reports.likeness import Likeness, bare, grams
from luoshi.rules.reports.linking import Document, Outcome, Scope, linked
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read
from luoshi.rules.reports.spans import span_of
from luoshi.rules.reports.units import in_units

ERQI = Path(__file__).parents[4] / "shared/data/reports/erqi"


def document(name, text):
    mended = mend(text)
    when = dated(mended.text, year=None, day=None)
    return Document(name, when, tuple(read(mended, doc=name)))


def plan(year, words):
    return document(f"{year}", f"示例县{year}年政府工作报告\n二、{year}年工作安排\n{words}\n")


def review(year, words):
    return document(
        f"{year}年回顾", f"示例县{year + 1}年政府工作报告\n一、{year}年工作回顾\n{words}\n"
    )


def told(*documents):
    return [
        (one.statement.subject, one.outcome.value, [str(each.share) for each in one.answers])
        for one in linked(documents)
    ]


def test_kept_behind_under_way_silent_open():
    promised = plan(
        2024,
        "改造老旧小区100个。修建城市步道50公里。安置房回迁2000户。高新技术企业达到80家。",
    )
    later = review(2024, "改造老旧小区120个。修建城市步道30公里。高新技术企业总数达70家。")
    assert told(promised, later) == [
        ("老旧小区", "kept", ["1.2000"]),
        ("城市步道", "behind", ["0.6000"]),
        ("安置房回迁", "silent", []),
        ("高新技术企业", "behind", ["0.8750"]),
    ]
    assert {one.outcome for one in linked([promised])} == {Outcome.OPEN}


def test_half_a_year_is_under_way():
    half = document(
        "2024年中",
        "2024年7月30日在示例县全会上\n上半年：稳中有进\n完成老旧小区改造40个。\n下半年：再接再厉\n完成老旧小区改造100个。\n",
    )
    (promise,) = linked([half])
    assert (promise.outcome, promise.answers[0].share) == (Outcome.UNDER_WAY, Decimal("0.4000"))


def test_units_are_compared_without_their_multipliers():
    assert told(
        plan(2024, "旅游综合收入达到2亿元。"), review(2024, "旅游综合收入完成25000万元。")
    ) == [("旅游综合收入", "kept", ["1.2500"])]
    assert in_units(Decimal(3), "万平方米") == (30000, "平方米")
    assert in_units(Decimal(3), "家") == (3, "家")


def test_a_bound_is_kept_from_below():
    assert (
        told(plan(2024, "城镇调查失业率控制在5%以内。"), review(2024, "城镇调查失业率4%。"))[0][1]
        == "kept"
    )
    assert (
        told(plan(2024, "城镇调查失业率控制在5%以内。"), review(2024, "城镇调查失业率6%。"))[0][1]
        == "behind"
    )


def test_another_scope_is_no_share_of_the_promise():
    (promise,) = linked(
        [plan(2024, "新建公办幼儿园学位500个。"), review(2024, "新建幼儿园学位900个。")]
    )
    assert (promise.outcome, promise.answers[0].scope) == (Outcome.TOLD, Scope.OTHER)
    assert promise.answers[0].reasons[-1].code == "other_scope"
    (stock,) = linked([plan(2024, "新增科技型企业30家。"), review(2024, "科技型企业累计达300家。")])
    assert stock.outcome is Outcome.TOLD


def test_a_named_work_is_found_by_its_name():
    (promise,) = linked(
        [
            plan(2024, "加快推进甲乙水库建设，其他不变。"),
            review(2024, "甲乙水库竣工投产，其他不变。"),
        ]
    )
    assert promise.outcome is Outcome.TOLD
    assert [each.code for each in promise.answers[0].reasons] == [
        "same_subject",
        "same_work",
        "period",
    ]


def test_the_same_promise_again_is_told():
    again = plan(
        2024, "完成老旧小区改造100个。群众盼望已久的这件事，要一件一件办好。年内老旧小区改造100个。"
    )
    first = linked([again])[0]
    assert [one.quote for one in first.repeated] == ["老旧小区改造100个"] or len(
        first.repeated
    ) == 1


def test_what_cannot_answer_does_not():
    before = review(2022, "改造老旧小区120个。")
    promised = plan(2024, "改造老旧小区100个。")
    assert told(before, promised)[0][1] == "open"
    portfolio = review(2024, "100个老旧小区改造项目已开工20个。")
    assert all(
        each.statement.value != 100 for one in linked([promised, portfolio]) for each in one.answers
    )
    undated = document("无年", "推进老旧小区改造100个。")
    assert linked([undated])[0].outcome is Outcome.OPEN
    general = told(plan(2024, "抓好项目30个。"), review(2024, "完成项目50个。"))
    assert general == [("项目", "silent", [])]


def test_each_report_answers_one_promise():
    promised = plan(2024, "改造城镇老旧小区100个。改造城镇老旧小区管网200个。")
    later = review(2024, "改造城镇老旧小区120个。")
    assert [len(one.answers) for one in linked([promised, later])] == [1, 0]


def test_the_order_of_documents_does_not_matter():
    documents = [
        plan(2024, "改造老旧小区100个，修建步道50公里。"),
        review(2024, "改造老旧小区90个，修建步道50公里。"),
        plan(2023, "改造老旧小区80个。"),
        review(2023, "改造老旧小区80个。"),
    ]
    expected = linked(documents)
    for _ in range(5):
        random.shuffle(documents)
        assert linked(documents) == expected


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024H1", (date(2024, 1, 1), date(2024, 6, 30))),
        ("2024H2", (date(2024, 7, 1), date(2024, 12, 31))),
        ("2024Q3", (date(2024, 7, 1), date(2024, 9, 30))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2021/2025", (date(2021, 1, 1), date(2025, 12, 31))),
        ("../2024", None),
        (None, None),
        ("bald", None),
    ],
)
def test_days_of_a_period(period, span):
    assert span_of(period) == span


def test_subjects_are_alike_by_their_rare_letters():
    likeness = Likeness(["老旧小区改造任务", "老旧小区改造项目", "道路改造项目"])
    one, other, third = map(grams, ["老旧小区改造任务", "老旧小区改造项目", "道路改造项目"])
    assert likeness.between(one, one) == 1
    assert likeness.between(one, other) > likeness.between(one, third)
    assert likeness.between(grams(""), grams("")) == 0
    assert bare("全县甲、乙等重点“项目”") == "重点项目"


@pytest.mark.skipif(not ERQI.is_dir(), reason="the articles are not here")
def test_the_articles_of_one_district():
    documents = [
        document(path.name[:3], path.read_text(encoding="utf-8"))
        for path in sorted(ERQI.glob("*.txt"))
    ]
    found = {
        (str(one.statement.value), str(each.statement.value)): one.outcome
        for one in linked(documents)
        for each in one.answers
    }
    assert found[("297", "103")] is Outcome.UNDER_WAY
    assert found[("400", "470")] is Outcome.KEPT
    assert found[("31", "38.1")] is Outcome.KEPT
    assert found[("32", "24")] is Outcome.BEHIND
    assert found[("118", "54")] is Outcome.BEHIND
    assert found[("8000", "2085")] is Outcome.UNDER_WAY
    assert ("43", "82") not in found


def test_what_may_be_alike_is_found_by_rare_letters_as_by_comparing_all():
    drawn = random.Random(7)
    letters = "甲乙丙丁戊己庚辛山水"
    words = ["".join(drawn.choices(letters, k=5)) for _ in range(60)]
    plans = plan(2024, "".join(f"改造{word}小区{at}个。" for at, word in enumerate(words, 5)))
    later = review(2024, "".join(f"改造{word[1:]}小区{at}个。" for at, word in enumerate(words, 6)))
    likeness = Likeness(one.subject or "" for each in (plans, later) for one in each.statements)
    promises = linked([plans, later])
    best = {}
    for one in promises:
        near = [
            likeness.between(grams(one.statement.subject), grams(other.subject))
            for other in later.statements
        ]
        best[one.statement.start] = max(near)
    answered = {one.statement.start for one in promises if one.answers}
    assert answered
    assert all(best[start] >= 0.5 for start in answered)
    assert len(answered) >= 0.9 * sum(alike >= 0.5 for alike in best.values())


def test_what_was_reported_before_the_promise_is_no_answer():
    half = "2024年7月30日在示例县全会上\n上半年：稳中有进\n完成老旧小区改造40个。\n"
    late = "2024年12月1日在示例县全会上\n二、2024年工作安排\n完成老旧小区改造100个。\n"
    (promise,) = linked([document("半年", half), document("岁末", late)])
    assert (promise.answers, promise.outcome) == ((), Outcome.OPEN)
