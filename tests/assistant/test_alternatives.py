"""Other readings offered with an answer: each is a question that is answered as it is labelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Alternative, Answer, CitedFigure, Kind, Language, Role
from assistant.answering.defaults import load_defaults
from assistant.ask import Desk
from assistant.helping.alternatives import MOST, offer
from assistant.query import Measure, Operation, Query
from index.formats import load_forms

ROWS = {
    "t2": ("normative_docs", "licensing"),
    "t3": ("new", "granted", "denied_state_secret", "carried_out"),
    "t4": ("review", "lit_direct"),
}
COLUMNS = {"natural_person", "total", "in_force", "decisions", "corrected"}
NAMES = {
    "云岫市2021年结转下年度多少件": ["自然人", "上年结转政府信息公开申请数量", "2022 年"],
    "云岫市2022年老百姓提了几件申请": ["总计", "2021 年"],
    "云岫市2021年不予公开的申请里属于国家秘密的有多少件": ["不予公开"],
    "澜屿市2022年规范性文件多少件": ["本年制发件数"],
    "Yunxiu 2021: requests from companies?": ["Total", "2022"],
}


def used(answer: Answer) -> list[CitedFigure]:
    """The figures that an answer states or sums."""
    return [f for f in answer.figures if f.role is not Role.CONTEXT]


def fits(label: str, answer: Answer) -> bool:
    """Whether the figures are of the row, column or year, or of the text, that a label names."""
    figures = used(answer)
    if not figures:
        return False
    first = figures[0]
    if label.startswith(("正文里的数：", "In the text: ")):
        return first.table == "prose" and first.row_label in label
    if label.startswith(("表格里的数：", "In the tables: ")):
        return first.table != "prose" and first.row_label in label
    if label == f"{first.year} 年":
        return True
    return label in answer.text


@pytest.mark.slow
@pytest.mark.parametrize("stem", ["yunxiu-2021", "qingtang-shenpi-2019"])
def test_every_alternative_is_answered_as_labelled(desk: Desk, stem: str) -> None:
    (card,) = [c for c in desk.reports() if Path(c.source_file).stem == stem]
    tried = 0
    for figure in desk.report(card.id).figures:
        if figure.row not in ROWS.get(figure.table, ()) or figure.column not in COLUMNS:
            continue
        question = f"{card.title}“{figure.row_label}”（{figure.column_label}）是多少"
        talk = desk.new_dialogue()
        answer = desk.ask(question, talk, offer=True)
        assert len(answer.alternatives) <= MOST
        for other in answer.alternatives:
            alone, within = desk.ask(other.question), desk.ask(other.question, talk)
            assert fits(other.label, alone), other
            assert [f.address for f in used(alone)] == [f.address for f in used(within)], other
            assert used(alone) != used(answer)
            tried += 1
    assert tried > 8


@pytest.mark.parametrize(("question", "labels"), NAMES.items())
def test_what_was_likely_meant_is_offered(desk: Desk, question: str, labels: list[str]) -> None:
    offered = [other.label for other in desk.ask(question, offer=True).alternatives]
    assert set(labels) <= set(offered)


def test_text_and_tables_offer_each_other(desk: Desk) -> None:
    of_table = desk.ask("云岫市2021年新收申请多少件", offer=True)
    (text,) = [o for o in of_table.alternatives if o.label.startswith("正文里的数")]
    of_text = desk.ask(text.question, offer=True)
    assert used(of_text)[0].table == "prose"
    (table,) = [o for o in of_text.alternatives if o.label.startswith("表格里的数")]
    assert used(desk.ask(table.question))[0].address == used(of_table)[0].address


def test_nothing_is_offered_where_no_single_cell_is_meant(desk: Desk) -> None:
    for question in (
        "你好",
        "北京市2021年新收多少件",
        "云岫市2021年和2022年新收申请哪年多",
        "新收多少件",
    ):
        assert desk.ask(question, offer=True).alternatives == ()


def test_a_refused_cell_offers_others_and_states_nothing(desk: Desk) -> None:
    answer = desk.ask("临溪县水务局2020年新收多少件", offer=True)
    assert answer.kind is Kind.REFUSAL
    for other in answer.alternatives:
        assert desk.ask(other.question).refusal is None


def test_a_question_that_is_answered_with_another_cell_is_not_offered(desk: Desk) -> None:
    query = Query(
        text="云岫市2021年新收多少件",
        language=Language.HANS,
        operation=Operation.LOOK_UP,
        measures=(Measure(table="t3", row="new"),),
    )
    answer, other = desk.ask(query.text), desk.ask("云岫市2021年予以公开多少件")
    assert offer(query, answer, desk.reports(), lambda _: (query, other)).alternatives == ()


def test_a_plain_question_tries_no_others(desk: Desk) -> None:
    assert desk.ask("云岫市2021年结转下年度多少件").alternatives == ()


def test_alternatives_are_part_of_the_json(desk: Desk) -> None:
    data = desk.ask("云岫市2021年结转下年度多少件", offer=True).to_json()
    assert [Alternative(**o) for o in data["alternatives"]]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云岫市2021年结转下年度多少件", "云岫市人民政府2021年 · 表三 · 结转下年度继续办理 · 总计"),
        ("云岫市2021年微信公众号有多少个", "云岫市人民政府2021年 · 正文 · 微信公众号"),
        (
            "Yunxiu 2021: requests from companies?",
            "Table 3 · Requests newly received this year · Commercial enterprises",
        ),
        (
            "云岫市2021年新收申请里哪类申请人最多",
            "表三 · 本年新收政府信息公开申请数量 · 自然人、商业企业、",
        ),
        (
            "云岫市2021年和2022年新收申请哪年多",
            "云岫市人民政府2021年、云岫市人民政府2022年 · 表三 · 本年新收",
        ),
    ],
)
def test_the_line_of_what_was_understood_names_table_row_and_column(
    desk: Desk, question: str, said: str
) -> None:
    assert said in desk.ask(question).understood


def test_nearby_cells_are_cells_of_the_forms() -> None:
    nearby = load_defaults().nearby
    forms = [f for f in load_forms() if f.annex is None]
    rows = {
        "t3": {r.key for f in forms for r in f.tables.t3.rows},
        "t4": {b.key for f in forms for b in f.tables.t4.blocks},
    }
    columns = {
        "t2": {c.key for f in forms for g in f.tables.t2.groups for c in g.columns},
        "t3": {c.key for f in forms for c in f.tables.t3.columns} | {"organisations"},
        "t4": {o.key for f in forms for o in f.tables.t4.outcomes},
    }
    for table, known in nearby.rows.items():
        assert {*known, *(k for keys in known.values() for k in keys)} <= rows[table]
    for table, known in nearby.columns.items():
        named = {*known, *(k for keys in known.values() for k in keys)} - {"*"}
        assert named <= columns[table]
