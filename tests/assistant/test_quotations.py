"""Quotations: the sentence that is meant, whole, and without the marks before it."""

from __future__ import annotations

import pytest

from assistant.answer import Kind
from assistant.answering.quoting import Sentences, quote
from assistant.ask import Desk
from assistant.lexicon import load_lexicon
from assistant.understanding.asked import ask_text
from tests.index.helpers import report

TEXT = """某县某局2023年政府信息公开工作年度报告
一、总体情况
4.平台建设。
县局建立“主办+复核”双人经办制度，网站栏目减为31个。
** 惠企政策出台后，当日上网，全年公布政策72条。
部门之间口径不一，同一事项在两处栏目写法不同，自查发现16处。
二、主动公开
无。
"""
OF_PROBLEMS = """某县某局2023年政府信息公开工作年度报告
本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、\
存在的主要问题及改进情况、其他需要报告的事项六部分组成。
一、总体情况
全年推进栏目建设，办理来信31封，答复老年人咨询12次。新收申请7件，均按时答复，推动热线与网站数据打通。
五、存在的主要问题及改进情况
主要问题：（1）通俗易懂的解读不多，乡镇栏目更新偏慢；（2）热线高峰时段难以打通；（3）老年人不习惯上网查询。
改进措施：（1）邀请讲解员用土话录制短视频；（2）夜间增设3个坐席；（3）在服务站张贴大字版指南，保留电话查询。
六、其他需要报告的事项
没有收取信息处理费。
"""


def first(question: str, text: str = TEXT) -> str:
    """The sentence that fits a question best, as it is quoted."""
    asked = ask_text(question, question, load_lexicon())
    return quote(Sentences(report(text)).score(asked)[0], []).quote


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("双人经办制度那句", "双人经办制度"),
        ("同一事项在两处栏目写法不同的那一句", "自查发现16处"),
        ("平台建设和双人制度", "双人经办制度"),
    ],
)
def test_a_sentence_is_quoted_and_no_heading(question: str, held: str) -> None:
    assert held in first(question)


def test_a_quotation_begins_with_its_words() -> None:
    assert first("惠企政策出台后多久上网").startswith("惠企政策")


def test_words_that_are_quoted_are_sought_as_they_stand(desk: Desk) -> None:
    answer = desk.ask("澜屿市文化广电和旅游局2024年报告里“双人办理制度”整改的那句话，给出原句")
    assert answer.kind is Kind.PASSAGE
    assert "双人办理制度" in answer.passages[0].quote


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("热线高峰打不进去，打算怎么解决", "夜间增设3个坐席"),
        ("不会上网的老年人怎么照顾", "大字版指南"),
        ("用土话讲解是怎么写的", "用土话录制"),
        ("what does it plan for elderly people", "大字版指南"),
    ],
)
def test_a_plan_is_found_by_the_problem_it_answers_to(question: str, held: str) -> None:
    assert held in first(question, OF_PROBLEMS)


@pytest.mark.parametrize(
    "question",
    [
        "报告承认老年人有什么困难",
        "自己说有哪些不足",
        "which shortcomings does it admit",
        "检讨了哪些问题",
    ],
)
def test_what_is_amiss_is_no_plan_and_no_list_of_sections(question: str) -> None:
    assert first(question, OF_PROBLEMS).startswith("主要问题")


def test_where_the_heading_of_problems_was_lost_they_are_found() -> None:
    before = "四、政府信息公开行政复议、行政诉讼情况\n本年没有行政复议和行政诉讼。\n"
    lost = OF_PROBLEMS.replace("五、存在的主要问题及改进情况\n", before)
    assert first("打算怎么改进", lost).startswith("改进措施")


def test_a_sentence_that_lists_the_sections_is_not_quoted() -> None:
    assert "新收申请7件" in first("主动公开和收到申请的情况怎么写的", OF_PROBLEMS)
