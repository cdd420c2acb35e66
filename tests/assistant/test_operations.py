"""What is done with cells: sums, shares of what is named, years beside bodies, earlier turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Kind, Role
from assistant.ask import Desk


def places(answer: Answer, *roles: Role) -> list[str]:
    """The cells of an answer: report/row.column."""
    return [
        f"{Path(f.source_file).stem}/{f.address}"
        for f in answer.figures
        if not roles or f.role in roles
    ]


def cells(report: str, *addresses: str) -> list[str]:
    return [f"{report}/t3.{address}" for address in addresses]


SUMS = [
    (
        "云岫市2021年涉及商业秘密没让公开的跟属于查询事项被拒的合起来多少件",
        "denied_third_party.total",
        "denied_query.total",
    ),
    ("云岫市2022年企业和律所合计提了多少", "new.commercial_enterprise", "new.legal_service_org"),
    (
        "云岫市2021年不予处理里重复申请与要出版物的一共几件",
        "notproc_repeat.total",
        "notproc_publication.total",
    ),
    (
        "云岫市2022年其他处理中除了逾期不补正之外的有几件",
        "other_no_payment.total",
        "other_other.total",
    ),
]


@pytest.mark.parametrize(("question", "addresses"), [(q, a) for q, *a in SUMS])
def test_a_sum_is_of_the_cells_named_and_no_other(
    desk: Desk, question: str, addresses: list[str]
) -> None:
    """Heads beside their own rows are no operands, nor are rows that are to be left out."""
    answer = desk.ask(question)
    year = "2021" if "2021" in question else "2022"
    assert places(answer) == cells(f"yunxiu-{year}", *addresses), answer.text
    assert answer.value == sum(int(f.value or 0) for f in answer.figures)


@pytest.mark.parametrize("said", ["除自然人以外的申请人总共", "机构（非个人）一共"])
def test_all_but_natural_persons_are_the_organisations(desk: Desk, said: str) -> None:
    answer = desk.ask(f"云岫市2021年{said}提了几件申请")
    assert answer.value == 690 - 612
    assert {f.column for f in answer.figures}.isdisjoint({"natural_person", "total"})


def test_what_is_concluded_is_all_but_what_is_pending(desk: Desk) -> None:
    assert desk.ask("云岫市2021年已审结的复议有几件").value == 30 - 4
    assert desk.ask("云岫市2022年已审结的复议里维持的占比").value == 70


def test_a_figure_is_not_added_twice(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年已审结的复议和维持的复议合计")
    assert answer.value in (None, 30), answer.text


def test_a_share_of_another_whole_than_the_question_states_is_refused(desk: Desk) -> None:
    assert desk.ask("云岫市2022年那70件里不予公开的占比").value is None
    assert desk.ask("云岫市2022年不予公开的67件里个人占多少比例").value is not None


def test_a_bureau_does_not_answer_for_all_departments(desk: Desk) -> None:
    answer = desk.ask("澜屿全市2024年各部门加起来新收多少件")
    assert answer.kind is Kind.REFUSAL, answer.text


@pytest.mark.parametrize(
    ("question", "kind", "addresses"),
    [
        (
            "云岫市2022年直接起诉多还是复议后起诉多",
            Kind.COMPARE,
            ["t4.lit_direct.total", "t4.lit_after_review.total"],
        ),
        (
            "云岫市2022年公益组织的办结了几件，不掌握的几件",
            Kind.LIST,
            ["t3.result_total.public_interest_org", "t3.unable_not_held.public_interest_org"],
        ),
        (
            "云岫市2022年规范性文件制发减废止是多少",
            Kind.COMPUTED,
            ["t2.normative_docs.issued", "t2.normative_docs.repealed"],
        ),
    ],
)
def test_all_cells_that_are_named_are_told(
    desk: Desk, question: str, kind: Kind, addresses: list[str]
) -> None:
    answer = desk.ask(question)
    assert answer.kind is kind
    assert places(answer) == [f"yunxiu-2022/{a}" for a in addresses], answer.text


def test_a_net_increase_is_a_change_of_what_there_is(desk: Desk) -> None:
    assert desk.ask("2022年云岫市规范性文件净增几件").value == 89 - 87


def test_a_number_in_per_cent_is_no_number_of_requests(desk: Desk) -> None:
    """The text prints a rise of 8.3 %, and both levels."""
    answer = desk.ask("云岫市2021年新收比上年多几件")
    assert (answer.value, answer.unit) == (690 - 637, "件"), answer.text


def test_reports_without_a_kind_of_applicant(desk: Desk) -> None:
    answer = desk.ask("哪家没有科研机构申请")
    assert {f.column for f in answer.figures} == {"research_institution"}


def test_the_most_of_a_year_is_looked_for_in_every_report(desk: Desk) -> None:
    answer = desk.ask("2022年哪家新收多")
    assert answer.text.startswith("最多的是云岫市人民政府2022年：673件。")


def test_a_change_of_one_cell_stated_is_from_the_year_before(desk: Desk) -> None:
    talk = desk.new_dialogue()
    desk.ask("云岫市2022年行政强制多少件", talk)
    assert desk.ask("降了几件", talk).value == 2184 - 1957


def test_a_sum_of_which_one_part_is_not_understood_is_refused(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年重复申请和口头咨询的合计几件")
    assert answer.value is None, answer.text


def test_one_cell_of_several_years_is_added_up(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年和2022年一共办结多少件")
    expected = [*cells("yunxiu-2021", "result_total.total"), "yunxiu-2022/t3.result_total.total"]
    assert places(answer) == expected
    assert answer.kind is Kind.COMPUTED
    assert all(f"{year}年 本年度办理结果" in answer.text for year in (2021, 2022))


SHARES = [
    ("云岫市2021年不予公开的申请里，内部事务的占比", ["denied_internal.total"], 75),
    ("云岫市2022年予以公开加部分公开占办结总数的比例", ["granted.total", "partial.total"], 677),
    ("云岫市2022年办结总数占新收加上年结转的百分之几", ["result_total.total"], 673 + 22),
]


@pytest.mark.parametrize(("question", "part", "whole"), SHARES)
def test_a_share_is_of_what_is_named(
    desk: Desk, question: str, part: list[str], whole: int
) -> None:
    answer = desk.ask(question)
    report = "yunxiu-2021" if "2021" in question else "yunxiu-2022"
    assert places(answer)[: len(part)] == cells(report, *part)
    values = [f.value for f in answer.figures]
    assert sum(int(v or 0) for v in values[len(part) :]) == whole, answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("云岫市2021年律所申请的公开率", 44.44),  # of what was concluded for them
        ("云岫市2022年的办结率是多少", 97.41),  # of what was to be handled
        ("云岫市2022年败诉率多少", 8.33),
        ("云岫市2022年企业占新收比例比上年提高几个百分点", 2.4),
        ("云岫市2022年自然人占新收的比例比2021年低几个百分点", 3.41),
        ("云岫市企业申请2022年同比增长多少", 31.25),
    ],
)
def test_rates_and_points_between_shares(desk: Desk, question: str, value: float) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.COMPUTED
    assert float(answer.value or 0) == value, answer.text


def test_each_of_several_parts_has_a_share_of_its_own(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年个人申请、企业申请各占新收的比例")
    assert answer.value is None
    assert "85.29%" in answer.text
    assert "9.36%" in answer.text


def test_reports_are_ranked_by_a_share_where_one_is_named(desk: Desk) -> None:
    """The most requests are those of another report."""
    answer = desk.ask("不予公开占新收的比例最高的是哪家")
    assert answer.text.startswith("比例最高的是澜屿市人民政府办公室2022年：15.91%。")
    assert answer.kind is Kind.COMPARE


def test_a_bound_in_chinese_numerals_chooses_reports(desk: Desk) -> None:
    answer = desk.ask("哪几份报告新收不到五十件")
    names = ("青棠一码办", "青棠区财政局", "澜屿市人民政府办公室", "霁川县")
    assert "符合条件的有 4 份" in answer.text
    assert all(name in answer.text.splitlines()[0] for name in names)


def test_a_bound_without_a_number_chooses_none(desk: Desk) -> None:
    assert desk.ask("新收超过平均水平的是哪几家").kind is Kind.REFUSAL


def test_a_total_and_a_part_of_it_are_two_cells_and_no_sum(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年一共收到几件申请，其中企业几件")
    assert places(answer) == cells("yunxiu-2021", "new.total", "new.commercial_enterprise")
    assert answer.value is None


def test_the_items_there_are_now_are_those_before_and_their_change(desk: Desk) -> None:
    answer = desk.ask("青棠区行政审批局2019年行政许可现在有多少项")
    assert (answer.value, answer.unit) == (212, "项")


def test_a_sum_over_all_reports_is_refused_with_a_cell_that_is_not_known(desk: Desk) -> None:
    assert desk.ask("全部报告加起来新收多少件").kind is Kind.REFUSAL


def test_only_years_that_are_not_indexed_are_said_to_be_missing(desk: Desk) -> None:
    answer = desk.ask("云岫市从2020年到2022年新收增长了多少")
    assert "没有收录云岫市人民政府2020年的报告" in answer.text


def test_a_head_that_is_broken_down_gives_its_rows(desk: Desk) -> None:
    answer = desk.ask("云岫市2022年无法提供的各种情形分别多少件")
    rows = ["unable_not_held.total", "unable_need_create.total", "unable_unclear.total"]
    assert places(answer) == cells("yunxiu-2022", *rows)


def test_a_year_belongs_to_the_body_beside_it(desk: Desk) -> None:
    answer = desk.ask("云岫市2021年和澜屿市政府办2022年，谁的部分公开更多")
    assert places(answer) == ["yunxiu-2021/t3.partial.total", "lanyu-2022/t3.partial.total"]


def test_years_of_several_bodies_are_asked_of_each(desk: Desk) -> None:
    answer = desk.ask("云岫市和澜屿市政府办2022年各新收多少件")
    assert places(answer) == ["yunxiu-2022/t3.new.total", "lanyu-2022/t3.new.total"]


def test_a_row_in_quotation_marks_names_no_report(desk: Desk) -> None:
    """A report that writes of “不予公开” is not meant by it."""
    answer = desk.ask("一码办2023年过程性信息不予公开的有几件")
    assert places(answer) == ["yimaban-2023/t3.denied_process.total"]


@pytest.mark.parametrize("opening", ["查询：", "劳驾问下，", "你好，麻烦帮我查一下", "请教一下，"])
def test_courtesies_ask_for_nothing(desk: Desk, opening: str) -> None:
    answer = desk.ask(f"{opening}云岫市2022年行政查询不公开的几件")
    assert places(answer) == cells("yunxiu-2022", "denied_query.total"), answer.text


def test_these_several_years_is_no_duration(desk: Desk) -> None:
    answer = desk.ask("云岫市这几年逐年新收多少申请")
    assert [p.split("/")[1] for p in places(answer)] == ["t3.new.total"] * 2


def test_later_turns_compute_with_earlier_ones(desk: Desk) -> None:
    talk = desk.new_dialogue()
    values = [
        desk.ask(question, talk).value
        for question in (
            "云岫市2022年予以公开多少件",
            "部分公开呢",
            "加起来呢",
            "两者差多少",
            "两项合计占办结总数的百分之几",
            "2021年同样算",
        )
    ]
    assert [float(v) for v in values if v is not None] == [322, 78, 400, 244, 59.08, 52.67]


@pytest.mark.parametrize(
    ("turns", "values"),
    [
        (  # organisations, and a difference of the two kinds
            ("云岫市2021年新收多少", "个人的呢", "单位的呢", "差多少"),
            [690, 612, 78, 534],
        ),
        (  # a share goes on, and the two are taken from each other
            ("云岫市2022年企业占新收的比例", "2021年呢", "相差几个百分点"),
            [9.36, 6.96, 2.4],
        ),
        (  # a sum goes on as a part
            ("云岫市2022年国家秘密几件", "内部事务呢", "两者之和", "占不予公开的比例"),
            [2, 7, 9, 13.43],
        ),
        (  # 其中 is out of the cell before
            ("云岫市2022年无法提供合计", "其中不掌握占多少", "2021年呢"),
            [156, 89.1, 88.65],
        ),
        (  # 降了百分之几 asks for no share, and a share is of its own report
            ("云岫市2021年新收多少", "2022年呢", "降了百分之几", "其中企业占比"),
            [690, 673, 2.46, 9.36],
        ),
        (  # all of a list, or its first two
            ("云岫市2021年新收、办结、结转分别多少", "前两项差多少"),
            [None, 3],
        ),
    ],
)
def test_what_is_left_out_is_taken_from_the_turns_before(
    desk: Desk, turns: tuple[str, ...], values: list[float | None]
) -> None:
    talk = desk.new_dialogue()
    answers = [desk.ask(turn, talk) for turn in turns]
    assert [None if a.value is None else float(a.value) for a in answers] == values


def test_which_is_more_after_two_shares_compares_the_shares(desk: Desk) -> None:
    talk = desk.new_dialogue()
    for question in ("青棠区财政局2023年办结率多少", "一码办的呢"):
        desk.ask(question, talk)
    assert "6.82 个百分点" in desk.ask("哪家高", talk).text


def test_a_share_of_what_no_turn_says_is_refused(desk: Desk) -> None:
    talk = desk.new_dialogue()
    desk.ask("云岫市2022年许可多少件", talk)
    assert desk.ask("许可占三项的比例", talk).value is None


def test_the_whole_of_a_share_may_be_all_that_a_turn_names(desk: Desk) -> None:
    talk = desk.new_dialogue()
    desk.ask("云岫市2021年维持的复议几件", talk)
    answer = desk.ask("占复议总数的比例", talk)
    assert answer.value == 60
    assert places(answer) == ["yunxiu-2021/t4.review.upheld", "yunxiu-2021/t4.review.total"]


def test_what_two_bodies_stated_is_added_up(desk: Desk) -> None:
    talk = desk.new_dialogue()
    desk.ask("青棠区财政局2023年不掌握的几件", talk)
    desk.ask("一码办呢", talk)
    assert desk.ask("一共呢", talk).value == 11 + 4


def test_a_list_of_bodies_is_chosen_by_a_condition_within_its_words(desk: Desk) -> None:
    answer = desk.ask("列出新收自然人申请超过600件的单位")
    assert {(f.org, f.year, f.value) for f in answer.figures} == {("云岫市人民政府", 2021, 612)}


@pytest.mark.parametrize(
    "question",
    [
        "青棠区行政审批局2019年行政许可项目比上年增加几项",
        "青棠区行政审批局2019行政许可的项目较上年增减多少",
    ],
)
def test_what_the_form_says_of_the_change_is_one_cell(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert [(f.address, f.role) for f in answer.figures] == [("t2.licensing.change", "answer")]
