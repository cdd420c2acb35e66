"""Other text among reports is told from a report that was not recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import NotAReport, OtherText
from index.reading import read_report
from index.sidecar import Given

OTHER = {
    "today.txt": "今天天气很好，下午开会，请带笔记本。\n",
    "sums.csv": "日期,地点\n周一,三楼\n周二,四楼\n",
    "plan.md": "# To do\n\n- ask the printer\n- 买纸\n",
    "README.md": "# 这个文件夹\n\n这里是各单位的政府信息公开工作年度报告。\n",
    "说明.txt": "年度报告按单位存放，2023年的还没有收齐。\n",
    "目录.txt": "一、甲局年报\n二、乙局年报\n",
}
UNRECOGNISED = {
    "title.txt": "某处信息公开\n年度报告\n内容略。\n",
    "parted.txt": "信 息 公 开 工 作 年 报\n内容略。\n",
    "traditional.txt": "資訊公開不見了，只剩依申請兩個字。\n",
    "label.txt": "结转下年度继续办理\n3\n",
    "one-section.txt": "一、总体情况\n很好。\n",
    "甲局2023.txt": "扫描件，见附件。\n",
    "甲局年报.txt": "见附件。\n",
    "lost.txt": "\ufffd\ufffd\ufffd 12 \ue004\ue005 3\n",
    "fonts.txt": "(cid:12)(cid:7)(cid:98) 5\n",
    "signed.txt": "2022年，岚溪县水务局认真开展工作。\n",
}


def refusal(folder: Path, name: str, text: str, given: Given | None = None) -> NotAReport:
    path = folder / name
    path.write_text(text, "utf-8")
    with pytest.raises(NotAReport) as caught:
        read_report(path, given)
    return caught.value


@pytest.mark.parametrize("name", OTHER)
def test_what_nothing_speaks_for_is_other_text(tmp_path: Path, name: str) -> None:
    assert type(refusal(tmp_path, name, OTHER[name])) is OtherText


@pytest.mark.parametrize("name", UNRECOGNISED)
def test_what_anything_speaks_for_is_a_report_that_failed(tmp_path: Path, name: str) -> None:
    assert type(refusal(tmp_path, name, UNRECOGNISED[name])) is NotAReport


def test_what_the_user_says_of_a_file_makes_it_a_report(tmp_path: Path) -> None:
    given = Given(body="岚溪县水务局")
    assert type(refusal(tmp_path, "today.txt", OTHER["today.txt"], given)) is NotAReport
