"""Running text to passages that keep their place; table cells make none."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraphs import find_paragraphs
from index.passages import LONGEST, find_passages, sentences, split_sentences
from index.segment import terms
from tests.index.helpers import (
    EXAMPLES,
    balanced,
    document,
    lines,
    padded,
    pipes,
    read_example,
    report,
    table_four,
    table_three,
)

TITLE = "雾川市人民政府2023年政府信息公开工作年度报告"
PROSE = "本年度工作平稳有序，主动公开各项信息，依法办理申请。"
LAST = "本年度没有收取信息处理费，也没有其他需要报告的事项。"


def write(layout=lines, after_three: str = "", after_four: str = "") -> str:
    """A report with tables three and four."""
    four = table_four(["1", "2", "0", "0", "3", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"])
    return (
        f"{TITLE}\n一、总体情况\n{PROSE}\n三、收到和处理政府信息公开申请情况\n"
        f"{layout(table_three(balanced()))}{after_three}"
        f"四、政府信息公开行政复议、行政诉讼情况\n{layout(four)}{after_four}"
        f"五、存在的主要问题及改进情况\n六、其他需要报告的事项\n{LAST}\n"
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_passage_of_an_example_is_its_span(path: Path) -> None:
    got = read_example(path.stem)
    assert [p.number for p in got.passages] == list(range(1, len(got.passages) + 1))
    assert len(got.passages) >= 10
    end = 0
    for passage in got.passages:
        assert got.text[slice(*passage.span)] == passage.text
        assert passage.span[0] >= end
        assert len(passage.text) <= LONGEST
        end = passage.span[1]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_passages_hold_all_prose_and_no_cell(path: Path) -> None:
    got = read_example(path.stem)
    text = "".join(p.text for p in got.passages)
    for section in (1, 5, 6):
        start = next(h.span[1] for h in got.headings if h.section == section)
        end = min([h.span[0] for h in got.headings if h.span[0] > start], default=len(got.text))
        prose = "".join(got.text[start:end].split())
        held = "".join("".join(p.text.split()) for p in got.passages if p.section == section)
        assert held == prose
    assert "属于国家秘密" not in text
    assert "屬於國家秘密" not in text
    assert "涉及国家秘密" not in text


def test_the_section_of_a_passage_is_that_of_the_heading_before_it() -> None:
    got = read_example("yunxiu-2021")
    titles = {h.section: h.title for h in got.headings}
    for passage in got.passages:
        before = [h for h in got.headings if h.span[0] <= passage.span[0]]
        assert passage.section == (before[-1].section if before else 0)
        assert passage.section_title == titles.get(passage.section, "")
    assert {p.section for p in got.passages} == {0, 1, 5, 6}


@pytest.mark.parametrize("layout", [lines, padded, pipes])
def test_cells_and_headings_make_no_passage(layout) -> None:
    got = report(write(layout))
    assert [p.text for p in got.passages] == [TITLE, PROSE, LAST]
    assert [p.section for p in got.passages] == [0, 1, 6]


@pytest.mark.parametrize(
    "note",
    [
        "注：新收申请含上年结转的3件申请",
        "備註: 數據截至年底，不含涉密事項",
        "说明：不含区县数据，由区县自行公布",
    ],
)
def test_a_note_under_a_table_is_a_passage(note: str) -> None:
    got = report(write(after_three=f"{note}\n"))
    assert note in [p.text for p in got.passages]
    within = write().replace("（二）部分公开", f"{note}\n（二）部分公开", 1)
    assert note in [p.text for p in report(within).passages]


def test_a_paragraph_between_two_tables_is_a_passage() -> None:
    paragraph = "以上数据由各科室报送，经办公室核对。"
    got = report(write(after_three=f"{paragraph}\n", after_four=f"{LAST}\n"))
    assert [p.text for p in got.passages] == [TITLE, PROSE, paragraph, LAST, LAST]
    assert [p.section for p in got.passages] == [0, 1, 3, 4, 6]


def test_a_short_line_is_kept_if_it_ends_like_a_sentence() -> None:
    read = document("没有其他事项。\n（一）主动公开\n特此报告\n")
    paragraphs = find_paragraphs(read.text, read.blocks, (), None)
    assert [p.text for p in find_passages(read.text, paragraphs)] == ["没有其他事项。"]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    one = "依法公开。" * 40
    two = "甲" * 250 + "；" + "乙" * 100 + "。"
    text = one + two + "丙。"
    parts = [text[slice(*span)] for span in split_sentences(text)]
    assert parts == [one, "甲" * 250 + "；", "乙" * 100 + "。丙。"]


def test_a_sentence_longer_than_a_passage_is_kept_whole() -> None:
    text = "甲" * 500 + "。乙。"
    assert [text[slice(*s)] for s in split_sentences(text)] == ["甲" * 500 + "。", "乙。"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲。乙！丙？丁", ["甲。", "乙！", "丙？", "丁"]),
        ("他说“好。”再说。", ["他说“好。”", "再说。"]),
        ("（见附件。）下文。", ["（见附件。）", "下文。"]),
        ("增长3.5%。其中1.2万件。", ["增长3.5%。", "其中1.2万件。"]),
        ("  甲。 | 乙。 ", ["甲。", "乙。"]),
    ],
)
def test_single_sentences(text: str, parts: list[str]) -> None:
    assert [text[slice(*span)] for span in sentences(text)] == parts
    assert sentences(text, 100) == [(100 + a, 100 + b) for a, b in sentences(text)]


WORDS = st.lists(st.sampled_from(["公开", "申请", "。", "；", "！", "”", "（", "）", " ", "3.5%"]))


@given(WORDS.map("".join), st.integers(5, 60))
def test_cutting_loses_nothing_and_keeps_the_order(text: str, longest: int) -> None:
    spans = split_sentences(text, 7, longest)
    parts = [text[a - 7 : b - 7] for a, b in spans]
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part == part.strip() and part for part in parts)
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


@given(WORDS.map("".join), st.integers(5, 60))
def test_a_cut_is_never_within_a_clause(text: str, longest: int) -> None:
    for start, _ in split_sentences(text, 0, longest)[1:]:
        before = text[:start].rstrip()
        assert before.endswith(("。", "；", "！", "”", "）"))


WRAPPED = """一、总体情况
全年通过政府门户网站主动公开各类政府信息，
及时回应社会关切，不断提升政务公开的质量和
水平，受到群众好评。
（一）主动公开方面坚持应公开尽公开的要求不
动摇，持续推进基础信息公开和重点领域公开，
完善制度规范，加强队伍建设，提高服务能力和
水平。
（二）依申请公开方面严格按照条例要求做好登
记、审核、办理、答复、归档等各项工作，进一
步提高答复质量。
"""


def test_lines_broken_within_a_sentence_are_one_passage() -> None:
    text = f"{TITLE}\n{WRAPPED}六、其他需要报告的事项\n{LAST}\n"
    got = report(text)
    passages = [p.text.replace("\n", "") for p in got.passages]
    assert passages[0] == TITLE
    assert passages[1].startswith("全年通过政府门户网站")
    assert passages[1].endswith("受到群众好评。")
    assert [p[:3] for p in passages[2:4]] == ["（一）", "（二）"]
    assert passages[3].endswith("进一步提高答复质量。")
    assert all(got.text[slice(*p.span)] == p.text for p in got.passages)


def test_lines_of_different_lengths_are_not_joined() -> None:
    headings = "".join(f"第{n}项工作\n加强政务公开工作力度的第{n}个方面\n" for n in range(20))
    read = document(headings)
    assert len(find_paragraphs(read.text, read.blocks, (), None)) == len(read.blocks)


def test_a_word_that_a_line_breaks_is_found() -> None:
    assert "包括" in terms("其中包\n括")
    assert terms("1\n2") == ["1", "2"]
