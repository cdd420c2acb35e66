"""What real labels, sections and titles look like, a test for each case; bodies are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import NotAReport
from index.read import read_bytes
from index.reading import report_from_document
from index.report import Report
from index.script import to_traditional
from index.sidecar import Given
from tests.index.helpers import balanced, lines, table_four, table_three
from tests.index.surfaces import SURFACES, head, read_on, row, statuses

TITLE = "雾川市民政局2023年政府信息公开工作年度报告"
ONE = "本局全年工作平稳有序，依法办理申请，没有发生责任追究情形。"
FIVE = "存在的问题是人手不足，解读形式单一，下一步将加强培训。"
SIX = "本年度没有收取信息处理费，没有其他需要报告的事项。"
TITLES = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
]
NUMBERS = "一二三四五六"
TWO = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n3\n"
FOUR = ["1", "0", "0", "0", "1", *["0"] * 10]


def written(
    *,
    title: str = f"{TITLE}\n",
    numbers: str = NUMBERS,
    mark: str = "{}、",
    preamble: str = "",
    labels: dict[str, str] | None = None,
) -> str:
    """A report; ``numbers`` and ``mark`` are those printed before the titles of its sections."""
    bodies = [ONE, TWO, lines(table_three(balanced(), labels=labels)), lines(table_four(FOUR))]
    parts = [title, preamble]
    for number, name, text in zip(numbers, TITLES, [*bodies, FIVE, SIX], strict=True):
        parts.append(f"{mark.format(number)}{name}\n{text.strip()}\n")
    return "".join(parts)


def as_report(text: str, name: str = "x.txt") -> Report:
    return report_from_document(read_bytes(text.encode(), Path(name)), Given())


def sections(report: Report) -> list[int]:
    return [h.section for h in report.headings]


def whole(report: Report) -> bool:
    """Whether all three tables were read: 25 rows, 15 cells, 3 cells, all right."""
    got = {f.address: f for f in report.figures}
    return (
        row(got, "new") == [5, 2, 0, 0, 1, 0, 8]
        and len([f for f in got.values() if f.table == "t3"]) == 25 * 7
        and [f.value for f in got.values() if f.table == "t4"] == [int(v) for v in FOUR]
        and got["t2.rules.in_force"].value == 3
        and {f.status.value for f in got.values()} == {"verified", "printed"}
    )


# -- labels ----------------------------------------------------------------------------------------

LOST = [
    ("denied_other_law", "2.其他法律行政止公开"),
    ("denied_process", "6.属于四类过程信息"),
    ("notproc_petition", "1.信访举报类申请"),
    ("unable_not_held", "1.本机关掌握相关政府信息"),
    ("new", "一、本年新收政府信息公申请数量"),
    ("carried_out", "四、结转下年度继续办"),
]
WRITTEN = [
    ("denied_state_secret", "1、属于国家秘密"),
    ("denied_state_secret", "1．属于国家秘密"),
    ("denied_state_secret", "1 属于国家秘密"),
    ("denied_state_secret", "（1）属于国家秘密"),
    ("denied_state_secret", "1属于国家秘密"),
    ("other_other", "3.其它"),
    ("other_other", "3、其它"),
    ("denied_other_law", "2.其它法律行政法规禁止公开"),
    ("partial", "（二）部分公开（区分处理的，只计这一情形，不计其它情形）"),
    ("granted", "（⼀）予以公开"),
    ("denied_enforcement_file", "7.属于⾏政执法案卷"),
    ("granted", "（一）予以公開(kāi)"),
    ("denied_enforcement_file", "7.屬於行政執(zhí)法案卷"),
]
QUOTES = [
    *("“{}”", '"{}"', "「{}」", "『{}』", "'{}'", "‘{}’", "《{}》", "＂{}＂"),
    *("{}", "”{}“", "〝{}〞", "&quot;{}&quot;", "〈{}〉", "″{}″", "“{}“"),
]


@pytest.mark.parametrize(("key", "label"), [*LOST, *WRITTEN], ids=lambda value: value)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_label_with_lost_or_other_characters_keeps_its_row(surface, key, label) -> None:
    cells = balanced()
    got = read_on(surface, [*head(), *table_three(cells, labels={key: label})])
    assert row(got, key) == [int(v) for v in cells[key]]
    assert len(got) == 25 * 7
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("quotes", QUOTES)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_kind_of_quotation_mark(surface, quotes) -> None:
    if "&" in quotes and surface != "web":
        quotes = "“{}”"
    label = f"3.危及{quotes.format('三安全一稳定')}"
    values = ["2", "0", "0", "0", "0", "0", "2"]
    cells = balanced(denied_query=" ".join("0" * 7)) | {"denied_safety": values}
    got = read_on(surface, [*head(), *table_three(cells, labels={"denied_safety": label})])
    assert row(got, "denied_safety") == [2, 0, 0, 0, 0, 0, 2]
    assert statuses(got) == {"verified"}


@pytest.mark.parametrize("label", ["3.其他", "3.其它", "其他", "其它"])
@pytest.mark.parametrize("surface", SURFACES)
def test_other_organisations_are_not_other_handling(surface, label) -> None:
    cells = balanced(
        new="5 2 0 0 1 4 12", granted="3 1 0 0 1 0 5", result_total="5 1 0 0 1 4 11"
    ) | {"other_other": ["0", "0", "0", "0", "0", "4", "4"]}
    got = read_on(surface, [*head(), *table_three(cells, labels={"other_other": label})])
    assert got["t3.new.other_org"].value == 4
    assert row(got, "other_other") == [0, 0, 0, 0, 0, 4, 4]
    assert "t3.other.total" not in got
    assert statuses(got) == {"verified"}


# -- sections --------------------------------------------------------------------------------------


def test_a_report_as_it_should_be() -> None:
    report = as_report(written())
    assert sections(report) == [1, 2, 3, 4, 5, 6]
    assert whole(report)


@pytest.mark.parametrize(
    "numbers", ["一二三四五七", "一一二三四五", "一二三一二三", "一二三四五五", "二三四五六七"]
)
def test_section_numbers_that_restart_or_are_wrong(numbers) -> None:
    report = as_report(written(numbers=numbers))
    assert sections(report) == [1, 2, 3, 4, 5, 6]
    assert [p.section for p in report.passages if p.text != TITLE] == [1, 5, 6]
    assert whole(report)


@pytest.mark.parametrize("mark", ["## {}、", "# {}、", "## **{}、", "**{}、", "{}．", "{} 、"])
@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_markdown_before_a_section_number(mark, name) -> None:
    report = as_report(written(mark=mark), name)
    assert sections(report) == [1, 2, 3, 4, 5, 6]
    assert whole(report)


LISTS = [
    "本报告由" + "、".join(TITLES) + "六部分组成。\n",
    "本报告包括六个部分：" + "；".join(f"{n}、{t}" for n, t in zip(NUMBERS, TITLES, strict=True))
    + "。\n",
    "".join(f"{n}、{t}\n" for n, t in zip(NUMBERS, TITLES, strict=True)),
]  # fmt: skip


@pytest.mark.parametrize("preamble", LISTS, ids=["in a sentence", "numbered", "line by line"])
def test_a_list_of_the_six_parts_in_the_preamble(preamble) -> None:
    text = written(preamble=preamble)
    report = as_report(text)
    assert sections(report) == [1, 2, 3, 4, 5, 6]
    start = len(TITLE) + 1 + len(preamble)
    assert all(h.span[0] >= start for h in report.headings)
    assert whole(report)


# -- characters ------------------------------------------------------------------------------------

RADICALS = str.maketrans("一自行人工方生用长", "⼀⾃⾏⼈⼯⽅⽣⽤⻓")


def test_kangxi_radicals_throughout() -> None:
    text = written().translate(RADICALS)
    report = as_report(text)
    assert sections(report) == [1, 2, 3, 4, 5, 6]
    assert report.body.value == "雾川市民政局"
    assert whole(report)
    assert any("⼈" in p.text for p in report.passages)  # quoted as printed


def test_pinyin_residue_throughout() -> None:
    residue = {"开": "開(kāi)", "处": "處(chù)", "数": "數(shù)", "办": "辦(bàn)", "业": "業(yè)"}
    text = to_traditional(written())
    for plain, odd in residue.items():
        text = text.replace(to_traditional(plain), odd)
    report = as_report(text)
    assert sections(report) == [1, 2, 3, 4, 5, 6]
    assert whole(report)
    assert report.script.value == "zh-Hant"


@pytest.mark.parametrize("spam", ["欧洲杯赛事直播", "某某体育官网", "电竞投注平台入口"])
def test_spam_in_place_of_the_name_is_no_body(spam) -> None:
    report = as_report(written(title=f"{spam}2023年政府信息公开工作年度报告\n"))
    assert report.body.value is None
    assert report.year.value == "2023"
    assert spam not in report.title
    assert whole(report)


# -- parts that are not there ----------------------------------------------------------------------


def test_a_report_without_a_title() -> None:
    text = written(title="").replace(ONE, f"2023年，雾川市民政局认真落实条例，{ONE}")
    report = as_report(text)
    assert (report.body.value, report.body.confidence.value) == ("雾川市民政局", "likely")
    assert report.year.value == "2023"
    assert whole(report)


def test_a_report_without_a_title_or_a_name_invents_none() -> None:
    report = as_report(written(title=""))
    assert report.body.value is None
    assert report.title.startswith("（未署名）")
    assert whole(report)


def test_a_report_without_text() -> None:
    text = f"{TITLE}\n{TWO}{lines(table_three(balanced()))}{lines(table_four(FOUR))}"
    report = as_report(text)
    assert [p.text for p in report.passages] == [TITLE]
    assert report.body.value == "雾川市民政局"
    assert whole(report)


def test_a_report_without_tables() -> None:
    parts = [f"{n}、{t}\n{ONE}\n" for n, t in zip(NUMBERS, TITLES, strict=True)]
    report = as_report(f"{TITLE}\n{''.join(parts)}")
    assert report.figures == ()
    assert {c.code.partition("-")[0] for c in report.checks} == {"D"}
    assert sections(report) == [1, 2, 3, 4, 5, 6]
    assert "没有读到任何表格，因此没有表格数据（不等于零）。" in report.notes


def test_a_report_with_one_table_only() -> None:
    text = f"{TITLE}\n三、{TITLES[2]}\n{lines(table_three(balanced()))}六、{TITLES[5]}\n{SIX}\n"
    report = as_report(text)
    assert {f.table for f in report.figures} == {"t3"}
    assert {"没有读到第二部分的表格。", "没有读到第四部分的表格。"} <= set(report.notes)


def test_text_that_is_no_report_is_refused() -> None:
    with pytest.raises(NotAReport):
        as_report("今天天气很好。\n" * 20)
