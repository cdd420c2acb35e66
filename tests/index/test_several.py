"""A file with two reports: the first is read and the other one told, or both are left open."""

from __future__ import annotations

import pytest

from index.report import Report
from tests.index.helpers import lines, report, table_three, zeros
from tests.index.surfaces import head

SECTIONS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def written(title: str, count: int, sections: int = 6) -> str:
    row = f"{count} 0 0 0 0 0 {count}"
    cells = zeros(new=row, granted=row, result_total=row)
    text = f"{title}\n"
    for number, heading in enumerate(SECTIONS[:sections], 1):
        text += f"{heading}\n"
        text += lines([*head(), *table_three(cells)]) if number == 3 else "说明如下。\n"
    return text


OWN = "云岫县人民政府2023年政府信息公开工作年度报告"


def new(found: Report) -> object:
    return next(f.value for f in found.figures if f.address == "t3.new.total")


@pytest.mark.parametrize(
    "title",
    [
        "云岫县人民政府2022年政府信息公开工作年度报告",
        "附件1：云岫县人民政府2022年政府信息公开工作年度报告",
        "2022年云岫县人民政府政府信息公开工作年度报告",
    ],
)
def test_the_first_of_two_reports_is_read_and_the_other_told(title: str) -> None:
    found = report(written(OWN, 8) + "附：另一份报告\n" + written(title, 5))
    assert (new(found), found.year.value, found.body.value) == (8, "2023", "云岫县人民政府")
    assert any("另一份报告" in note for note in found.notes)
    assert {f.span[1] <= len(found.text) for f in found.figures if f.span} == {True}
    assert "5" not in {f.printed for f in found.figures}


@pytest.mark.parametrize(
    ("title", "sections"),
    [
        (OWN, 6),  # the same body and year: a second version
        ("云岫县档案局2022年政府信息公开工作年度报告", 6),  # of another body
        ("另见2022年数据", 6),
        ("本报告与云岫县人民政府2022年政府信息公开工作年度报告口径一致", 6),
        ("云岫县人民政府2022年政府信息公开工作年度报告", 3),  # no whole report
    ],
)
def test_what_is_no_second_report_leaves_tables_that_differ_open(title: str, sections: int) -> None:
    found = report(written(OWN, 8) + written(title, 5, sections))
    assert new(found) is None
    assert not any("另一份报告" in note for note in found.notes)


def test_a_list_of_reports_ends_nothing() -> None:
    listed = "".join(f"云岫县人民政府{y}年政府信息公开工作年度报告\n" for y in (2022, 2021))
    for text in (written(OWN, 8) + listed, OWN + "\n" + listed + written(OWN, 8)):
        assert new(report(text)) == 8


def test_a_year_that_the_user_sets_and_the_first_does_not_have_leaves_both_open() -> None:
    text = written(OWN, 8) + written("云岫县人民政府2022年政府信息公开工作年度报告", 5)
    assert new(report(text, year=2022)) is None
    assert new(report(text, year=2023)) == 8
