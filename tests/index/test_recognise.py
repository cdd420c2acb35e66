"""Body, year, period, script, form and sections: where they were read and how surely."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from index.bodies.names import is_spam
from index.errors import NotAReport
from index.report import Recognised, Report
from index.script import fold_running
from tests.index.helpers import (
    EXAMPLES,
    balanced,
    lines,
    read_example,
    report,
    table_three,
)

TITLE = "雾川市人民政府2023年政府信息公开工作年度报告\n"
OPENING = "本年度工作平稳有序，依法办理申请，未发生责任追究情形。"
TITLES = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def write(head: str = "", opening: str = OPENING, titles: list[str] = TITLES) -> str:
    """A report without tables."""
    one, two, three, four, five, six = titles
    return (
        f"{head}{one}\n{opening}\n{two}\n{three}\n{four}\n"
        f"{five}\n问题是人手不足，办理时间偏长。\n{six}\n没有其他事项。\n"
    )


def printed(got: Report, found: Recognised) -> str | None:
    return None if found.span is None else got.text[slice(*found.span)]


def said(found: Recognised) -> tuple[str | None, str, str]:
    return found.value, found.confidence.value, found.basis


NAMED = yaml.safe_load((Path(__file__).parent / "bodies_named.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", NAMED, ids=lambda case: "|".join(map(str, case.values()))[:60])
def test_whose_report_it_is(case: dict[str, Any]) -> None:
    head, tail = (case.get(key, "").replace("|", "\n") for key in ("head", "tail"))
    got = report(write(f"{head}\n" if head else "", case.get("opening", OPENING)) + tail)
    assert got.body.value == case.get("body"), got.body
    if "year" in case:
        assert got.year.value == str(case["year"])
    if got.body.value is not None:
        name = printed(got, got.body)
        assert name is not None
        assert fold_running(name).text == got.body.value


@pytest.mark.parametrize(
    ("head", "body", "year"),
    [
        (TITLE, "雾川市人民政府", "2023"),
        ("2023年雾川市人民政府政府信息公开工作年度报告\n", "雾川市人民政府", "2023"),
        ("雾川市2023年政府信息公开工作年度报告\n", "雾川市", "2023"),
        ("雾川市教育局2023年度政府信息公开工作报告\n", "雾川市教育局", "2023"),
        ("# 雾川市教育局２０２３年政府信息公开年度报告\n", "雾川市教育局", "2023"),
        ("霧川市人民政府2023年政府信息公開工作年度報告\n", "雾川市人民政府", "2023"),
        ("霧川市領(lǐng)導辦公室2023年政府信息公開(kāi)工作年度報告\n", "雾川市领导办公室", "2023"),
        ("雾川市⼈民政府2023年政府信息公开⼯作年度报告\n", "雾川市人民政府", "2023"),
    ],
)
def test_the_title_is_certain(head: str, body: str, year: str) -> None:
    got = report(write(head))
    assert said(got.body) == (body, "certain", "标题")
    assert said(got.year)[1:] == ("certain", "标题")
    assert got.year.value == year
    assert got.title == f"{body}{year}年"
    name = printed(got, got.body)
    assert name is not None
    assert head.startswith((name, "# " + name, "2023年" + name))


def test_a_title_broken_over_two_lines() -> None:
    got = report(write("雾川市人民政府\n2023年政府信息公开工作年度报告\n"))
    assert said(got.body) == ("雾川市人民政府", "certain", "标题")
    assert printed(got, got.body) == "雾川市人民政府"
    assert said(got.year) == ("2023", "certain", "标题")


@pytest.mark.parametrize(
    "head",
    [
        "欧洲杯直播2023年政府信息公开工作年度报告\n",
        "澳门娱乐城官网局\n2023年政府信息公开工作年度报告\n",
        "首页\n2023年政府信息公开工作年度报告\n",
        "2023年政府信息公开工作年度报告\n",
    ],
)
def test_spam_or_nothing_in_place_of_the_name_is_no_body(head: str) -> None:
    got = report(write(head))
    assert got.body == Recognised()
    assert said(got.year) == ("2023", "certain", "标题")
    assert got.title == "（未署名）2023年 report.txt"


def test_spam_words() -> None:
    assert is_spam("欧洲杯直播")
    assert not is_spam("雾川市人民政府")


def test_the_title_of_another_report_that_is_mentioned_is_no_title() -> None:
    got = report(write("《雾川市教育局2022年政府信息公开工作年度报告》已经发布。\n"))
    assert got.body == Recognised()
    assert said(got.year)[1] == "inferred"


@pytest.mark.parametrize(
    ("opening", "body", "year"),
    [
        ("2022年，雾川市教育局认真贯彻落实条例。", "雾川市教育局", "2022"),
        ("雾川市教育局始终坚持公开为常态。", "雾川市教育局", None),
        ("2022年，我局认真贯彻落实条例。", None, "2022"),
        ("2022年，雾川市足球博彩投注局认真贯彻落实条例。", None, "2022"),
    ],
)
def test_the_opening_sentence_is_likely(opening: str, body: str | None, year: str | None) -> None:
    got = report(write("", opening))
    assert (got.body.value, got.year.value) == (body, year)
    for found in (got.body, got.year):
        if found.value is None:
            assert found == Recognised()
        else:
            assert said(found)[1:] == ("likely", "第一部分首句")
            assert printed(got, found) == found.value


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("统计期限为2022年1月1日至12月31日。", "2022年1月1日至12月31日"),
        ("期限自2022年1月1日起，至2022年12月31日止。", "2022年1月1日起，至2022年12月31日"),
        ("（2022年1月1日—2022年12月31日）", "2022年1月1日—2022年12月31日"),
        ("從2022年1月1日到12月31日", "2022年1月1日到12月31日"),
    ],
)
def test_a_statistical_period_gives_the_year(words: str, period: str) -> None:
    got = report(write(f"{words}\n"))
    assert said(got.period) == ("2022-01-01/2022-12-31", "certain", "统计期限")
    assert printed(got, got.period) == period
    assert said(got.year) == ("2022", "certain", "统计期限")


def test_the_year_named_most_often_is_inferred_and_a_tie_says_nothing() -> None:
    long = "依法公开。" * 60
    got = report(write("", long + "2021年起推行，2022年完善，2022年底评估。"))
    assert said(got.year) == ("2022", "inferred", "正文出现最多的年份（2 次）")
    assert printed(got, got.year) == "2022"
    assert report(write("", long + "2021年起推行，2022年完善。")).year == Recognised()


def test_a_nameless_report_is_listed_by_what_it_says() -> None:
    got = report(write("", "我们推广“雾川码上办”，“雾川码上办”接入“放管服”事项，又推“小雾帮办”。"))
    assert got.body == Recognised()
    assert got.says == ("雾川码上办", "小雾帮办")
    assert got.title == "（未署名）年份不详 “雾川码上办”"


def test_the_nameless_example() -> None:
    got = read_example("yimaban-2023")
    assert got.body == Recognised()
    assert said(got.year) == ("2023", "likely", "第一部分首句")
    assert got.says[0] == "青棠一码办"
    assert got.title == "（未署名）2023年 “青棠一码办”"
    assert said(got.form) == ("2021", "certain", "表格样式")


OLD_TWO = (
    "第二十条第（五）项\n信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n行政许可\n5\n-1\n9\n"
)


@pytest.mark.parametrize(("form", "two", "year"), [("2019", OLD_TWO, 2023), ("2021", "", 2019)])
def test_the_form_is_told_by_the_tables_not_by_the_year(form: str, two: str, year: int) -> None:
    three = two + lines(table_three(balanced(form), form))
    titles = [*TITLES[:2], f"{TITLES[2]}\n{three.rstrip()}", *TITLES[3:]]
    got = report(write(titles=titles), year=year)
    assert said(got.form) == (form, "certain", "表格样式")
    assert got.year.value == str(year)
    assert len([f for f in got.figures if f.status == "verified"]) == len(balanced(form)) * 7


@pytest.mark.parametrize(
    ("year", "form"),
    [
        (2014, "2014"),
        (2018, "2014"),
        (2019, "2019"),
        (2020, "2019"),
        (2021, "2021"),
        (2030, "2021"),
    ],
)
def test_without_tables_the_form_is_inferred_from_the_year(year: int, form: str) -> None:
    got = report(write(), year=year)
    assert said(got.form) == (form, "inferred", "没有表格，由年份推断")


def test_without_tables_and_year_or_before_2014_there_is_no_form() -> None:
    assert report(write()).form == Recognised()
    assert report(write(), year=2013).form == Recognised()


def headings(got: Report) -> list[tuple[int, str]]:
    assert all(got.text[slice(*h.span)] == h.title for h in got.headings)
    return [(h.section, h.title) for h in got.headings]


def test_a_preamble_that_lists_the_parts_is_not_taken_for_them() -> None:
    text = write(TITLE + "目录\n" + "\n".join(TITLES) + "\n")
    got = report(text)
    assert headings(got) == list(enumerate(TITLES, 1))
    assert got.headings[0].span[0] == text.rindex(TITLES[0])
    assert {p.section for p in got.passages if "平稳有序" in p.text} == {1}
    inline = TITLE + f"本报告由{'、'.join(t[2:] for t in TITLES)}六部分组成。\n"
    assert headings(report(write(inline))) == list(enumerate(TITLES, 1))


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (6, "七、其他需要报告的事项"),
        (6, "四、其他需要報告的事項"),
        (6, "## 六、其他需要报告的事项"),
        (3, "一、收到和处理政府信息公开申请情况（数据填报）"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (5, "五、政府信息公开工作存在的主要问题及改进情况"),
        (1, "总体情况"),
    ],
)
def test_the_title_decides_not_the_number(number: int, title: str) -> None:
    titles = [*TITLES[: number - 1], title, *TITLES[number:]]
    got = report(write(TITLE, titles=titles))
    assert [section for section, _ in headings(got)] == [1, 2, 3, 4, 5, 6]
    assert headings(got)[number - 1][1] in title
    assert got.notes == ("没有读到任何表格，因此没有表格数据（不等于零）。",)


@pytest.mark.parametrize("text", ["今天天气很好。\n", "一、总体情况\n很好。\n", "规章\n1\n2\n"])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(NotAReport) as caught:
        report(text)
    assert caught.value.place == "report.txt"
    assert "政府信息公开工作年度报告" in caught.value.advice


SECTIONS = {"jichuan-2017": [1, 2, 3, 7, 4, 5, 6, 8]}
"""Before 2019: fees had a section of their own, and a table was annexed."""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_what_was_read_somewhere_is_printed_there(path: Path) -> None:
    got = read_example(path.stem)
    assert [s for s, _ in headings(got)] == SECTIONS.get(path.stem, [1, 2, 3, 4, 5, 6])
    assert printed(got, got.year) == got.year.value
    if path.stem != "lanyu-2022":
        assert printed(got, got.body) == got.body.value
    assert got.script.value == ("zh-Hant" if path.stem == "lanyu-2022" else "zh-Hans")
