"""Abstracts: what of a report is kept beside hundreds of others, and how small that is."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

from index.across.abstract import Abstract, abstract_of
from index.report import Status
from tests.index.helpers import EXAMPLES, read_example, report

LARGEST = 18_000
"""Bytes of an abstract, without the strings and the cells that all of them share."""
SAID = (
    "澄岫县财政局2023年政府信息公开工作年度报告\n一、总体情况\n"
    "澄岫县财政局把公开目录改为{n}项并逐项写明负责的科室。\n"
    "五、存在的主要问题及改进情况\n一是2024年仍要把解读材料写得更短更清楚。\n"
    "六、其他需要报告的事项\n{fees}\n"
)


def abstract(text: str, **said: object) -> Abstract:
    return abstract_of(report(text.format(**{"n": 31, "fees": "无", **said})))


def marks(made: Abstract) -> list[int]:
    return [sentence.mark for sentence in made.narrative]


def test_an_abstract_has_the_cells_of_the_tables_as_they_were_read() -> None:
    read = read_example("yunxiu-2022")
    made = abstract_of(read)
    assert (made.report, made.body, made.year, made.form) == (
        read.id,
        read.body.value,
        2022,
        "2021",
    )
    assert list(made.cells) == [f.address for f in read.table_figures]
    for figure in read.table_figures:
        cell = made.cells[figure.address]
        assert (cell.value, cell.status) == (figure.value, figure.status)
        assert cell.label == f"{figure.row_label}·{figure.column_label}"


def test_a_report_is_placed_where_body_and_year_are_printed_or_set() -> None:
    assert abstract(SAID).placed
    nameless = SAID.partition("\n")[2]
    far = "公开栏逐项核对。" * 40  # beyond what opens the section
    said = nameless.replace("澄岫县财政局把", far + "把").replace("2024年", "2024年和2024年")
    unplaced = abstract_of(report(said.format(n=31, fees="无")))
    assert (unplaced.body, unplaced.year, unplaced.placed) == (None, 2024, False)
    named = abstract_of(report(said.format(n=31, fees="无"), body="澄岫县财政局"))
    assert not named.placed  # the year is the one that is named most
    named = abstract_of(report(said.format(n=31, fees="无"), body="澄岫县财政局", year=2023))
    assert named.placed


def test_a_value_that_may_not_be_stated_is_no_trusted_one() -> None:
    cells = [c for p in EXAMPLES for c in abstract_of(read_example(p.stem)).cells.values()]
    for status in Status:
        found = [c for c in cells if c.status is status and c.value is not None]
        stated = status in (Status.VERIFIED, Status.PRINTED)
        assert all((c.trusted == c.value) == stated for c in found)
    assert {c.status for c in cells} >= {Status.VERIFIED, Status.PRINTED, Status.FAILED}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_abstract_is_small(path: Path) -> None:
    made = abstract_of(read_example(path.stem))
    columns = [getattr(made.narrative, name) for name in made.narrative.__slots__]
    cells = {id(c): c for c in made.cells.values() if c.value != 0}.values()
    parts = [made, made.cells, made.narrative, *columns, *cells]
    assert sum(map(sys.getsizeof, parts)) < LARGEST


def test_equal_cells_of_different_reports_are_one_object() -> None:
    one, other = (abstract_of(read_example(f"yunxiu-{year}")).cells for year in (2021, 2022))
    same = [a for a in one if one[a] == other.get(a)]
    assert len(same) > 50
    assert all(one[a] is other[a] for a in same)


def test_an_abstract_can_be_sent_to_another_process() -> None:
    made = abstract_of(read_example("yunxiu-2022"))
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own


def test_a_sentence_keeps_its_place_and_its_address() -> None:
    read = read_example("lanyu-2022")
    passages = {p.number: p for p in read.passages}
    for sentence in abstract_of(read).narrative:
        passage = passages[sentence.passage]
        assert passage.section in {1, 5, 6}
        assert passage.span[0] <= sentence.span[0] < sentence.span[1] <= passage.span[1]
        assert sentence.address == f"prose.p{sentence.passage}.s{sentence.number}"
        assert read.text[slice(*sentence.span)].strip()


def test_a_mark_does_not_see_script_width_punctuation_list_marks_or_the_year() -> None:
    same = SAID.replace("2024", "２０２５").replace("一是", "（三）").replace("并逐项", "，并逐項")
    assert marks(abstract(SAID)) == marks(abstract(same))
    assert marks(abstract(SAID))[0] != marks(abstract(SAID, n=32))[0]


def test_a_number_among_many_words_makes_no_new_sentence() -> None:
    long = "把公开目录改为{n}项并逐项写明负责的科室，由撰稿人和审核人先后签字以后才能发布"
    few, many = SAID, SAID.replace("把公开目录改为{n}项并逐项写明负责的科室", long)
    assert marks(abstract(few)) != marks(abstract(few, n=32))
    assert marks(abstract(many)) == marks(abstract(many, n=32))
    assert marks(abstract(many))[0] != marks(abstract(few))[0]


def test_clauses_do_not_see_numbers() -> None:
    one, other = (set(abstract(SAID, n=n).narrative.clauses) for n in (31, 32))
    assert one == other


def test_the_name_of_the_body_counts_for_nothing() -> None:
    other = SAID.replace("澄岫县", "黛川区")
    assert marks(abstract(SAID)) == marks(abstract(other))


@pytest.mark.parametrize(
    "fees",
    [
        "本年度未收取信息处理费。",
        "本年度没有收取依申请公开信息处理费，没有其他需要报告的事项。",
        "本机关2023年依申请公开政府信息收取信息处理费0元。",
        "2023年，县政府严格落实《政府信息公开信息处理费管理办法》，收取政府信息公开信息处理费0元。",
        "本年度，县财政局未发生政府信息公开收费事项。",
        "三是全年政府信息公开事项未收取任何费用。",
        "本年度发出收费通知0件，总金额0元，实际收取0元。",
        "所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "根据《中华人民共和国政府信息公开条例》第五十条的规定，编制澄岫县财政局2023年政府信息公开工作年度报告。",
        "本报告电子版可在县政府门户网站查阅下载。",
        "如有疑问，请与澄岫县财政局办公室联系。",
    ],
)
def test_a_set_phrase_is_no_sentence_of_the_report(fees: str) -> None:
    assert marks(abstract(SAID, fees=fees)) == marks(abstract(SAID))


@pytest.mark.parametrize(
    "fees",
    [
        "本年度收取信息处理费两笔合计480元，均已按时缴入财政专户。",
        "办理人大代表关于公开预算编制说明的建议共计9件。",
    ],
)
def test_what_a_report_says_of_itself_is_a_sentence(fees: str) -> None:
    assert len(marks(abstract(SAID, fees=fees))) == 3
