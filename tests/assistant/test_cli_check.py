"""``gouji check`` as its users meet it: what it prints, how it ends, what it writes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.audit.outputs import is_output
from tests.assistant.audit_helpers import EXAMPLES, check, write_broken

BROKEN = EXAMPLES / "linxi-shuiwu-2020.txt"
CLEAN_2021 = EXAMPLES / "yunxiu-2021.txt"
CLEAN = EXAMPLES / "lanyu-2022.txt"
LIGHT = """
import sys
from assistant.cli import main
try:
    main(["check", {path!r}])
except SystemExit:
    pass
heavy = {{"openpyxl", "docx", "jinja2", "datasketch", "numpy", "pandas"}}
print("HEAVY", sorted(heavy & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--fail-on", "hard"), 1),
        (("--fail-on", "info"), 1),
        (("--fail-on", "never"), 0),
        (("--fail",), 1),
        (("--json",), 0),
        (("--json", "--fail"), 1),
        (("--json", "--fail-on", "warning"), 1),
    ],
)
def test_the_status_says_whether_anything_so_grave_was_found(
    options: tuple[str, ...], status: int
) -> None:
    assert check(BROKEN, *options)[0] == status
    if options != ("--fail-on", "info"):
        assert check(CLEAN, *options)[0] == 0


def test_a_warning_fails_only_where_it_is_asked_to(tmp_path: Path) -> None:
    text = (EXAMPLES / "jichuan-2017.txt").read_text("utf-8")
    path = tmp_path / "a.txt"
    path.write_text(text.replace("新闻发布会次数\n次\n2\n", "新闻发布会次数\n次\n20\n"), "utf-8")
    assert check(path)[0] == 0
    assert check(path, "--fail-on", "expected")[0] == 0
    assert check(path, "--fail-on", "warning")[0] == 1


def test_what_could_not_be_read_outranks_what_was_found(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    status, out, err = check(BROKEN, bad)
    assert status == 2
    assert "T3-BAL" in out
    assert "未读 1 份" in out
    assert err.startswith(f"错误 error: {bad}: 文件是空的")
    assert check(bad, "--fail-on", "never")[0] == 2


def test_other_text_among_reports_is_said_briefly_and_disturbs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(CLEAN.read_bytes())
    (tmp_path / "会议.md").write_text("周一开会，请带笔记本。\n", "utf-8")
    book = tmp_path.parent / f"{tmp_path.name}.xlsx"
    status, out, err = check(tmp_path, "--xlsx", str(book))
    assert (status, len(err.splitlines())) == (0, 1)
    assert err.startswith("不是年度报告，未核对：") and "会议.md" in err
    assert "会议.md" not in out and "未读 1" not in out
    unread = [[c.value for c in row] for row in load_workbook(book)["未读文件 Unread"]]
    assert unread[-1][0].endswith("会议.md") and "不是年度报告" in unread[-1][1]


def test_a_report_that_is_not_recognised_is_still_told_loudly(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(CLEAN.read_bytes())
    (tmp_path / "甲局年报.md").write_text("见附件。\n", "utf-8")
    status, _, err = check(tmp_path)
    assert (status, "没有找到年度报告" in err, "不是年度报告，" in err) == (2, True, False)


def test_other_text_alone_was_meant_as_a_report(tmp_path: Path) -> None:
    (tmp_path / "会议.md").write_text("周一开会，请带笔记本。\n", "utf-8")
    status, _, err = check(tmp_path)
    assert (status, "没有找到年度报告" in err) == (2, True)


def test_few_reports_are_told_one_by_one_and_many_in_a_summary() -> None:
    status, out, _ = check(BROKEN)
    assert (status, out.count("  ✗ "), "读出" in out) == (1, 2, False)
    status, out, _ = check(EXAMPLES)
    assert "  ✗ T3-BAL 一+二=三(七)总计+四（总计列）：58 + 4 = 62 ≠ 55 + 2 = 57" in out
    assert "读出 10 份，未读 0 份" in out
    assert "10 read, 0 not read" in out


def test_a_summary_of_many_fits_on_a_screen(tmp_path: Path) -> None:
    for number in range(30):
        write_broken(tmp_path, f"{number}.txt", f"第{number}号。")
    status, out, _ = check(tmp_path)
    assert status == 1
    assert "读出 30 份" in out
    assert len(out.splitlines()) <= 45
    assert max(map(len, out.splitlines())) <= 80


def test_json_has_the_reports_as_ever_and_the_findings_beside_them() -> None:
    status, out, err = check("--json", BROKEN, CLEAN)
    data = json.loads(out)
    assert (status, err) == (0, "")
    assert out == json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    assert list(data) == ["reports", "findings", "across"]
    assert [r["source_file"] for r in data["reports"]] == [BROKEN.name, CLEAN.name]
    assert list(data["reports"][0]) == [
        "source_file", "id", "org", "year", "format", "script", "title", "recognised", "notes",
        "figures", "checks",
    ]  # fmt: skip
    first = data["findings"][0]
    assert (first["check"], first["left"], first["difference"]) == ("T3-BAL@total", 62, 5)
    assert first["places"][0]["span"] == [1754, 1756]


def test_json_of_nothing_is_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    status, out, _ = check("--json", tmp_path)
    assert (status, json.loads(out)) == (2, {"reports": [], "findings": [], "across": []})


def test_standard_input_is_checked_like_a_file() -> None:
    status, out, _ = check("-", "--name", "年报.txt", stdin=BROKEN.read_bytes())
    assert status == 1
    assert out.startswith("临溪县水务局2020年  [年报.txt]")


def test_workbook_page_and_notes_are_written_together(tmp_path: Path) -> None:
    book, page, notes = tmp_path / "a.xlsx", tmp_path / "a.html", tmp_path / "new" / "notes"
    arguments = (EXAMPLES, "--xlsx", book, "--html", page, "--notes", notes)
    status, out, _ = check(*arguments)
    assert status == 1
    assert load_workbook(book)["问题清单 Findings"].max_row > 4
    assert "58 + 4 = 62" in page.read_text("utf-8")
    assert "核实通知-临溪县水务局.docx" in {path.name for path in notes.iterdir()}
    assert out.count("已写入") == 3
    assert check(*arguments)[0] == 1  # over its own files


def test_a_report_is_never_overwritten_by_a_slip(tmp_path: Path) -> None:
    report = write_broken(tmp_path, "a.html")
    before = report.read_bytes()
    status, out, err = check(report, "--html", report)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "同一文件" in err
    assert report.read_bytes() == before


def test_outputs_among_the_reports_are_passed_over_by_the_next_run(tmp_path: Path) -> None:
    write_broken(tmp_path)
    book, page = tmp_path / "b.xlsx", tmp_path / "c.html"
    command = (tmp_path, "--xlsx", book, "--html", page, "--notes", tmp_path / "notes")
    first, again = check(*command), check(*command)
    assert first[2] == ""
    assert again[:2] == first[:2]
    assert len(again[2].splitlines()) == 1
    assert again[2].startswith("跳过 3 个")


@pytest.mark.parametrize("data", [b"PK\x03\x04 cut off", b"<html>gouji check</html>"])
def test_what_has_not_the_mark_is_no_output(data: bytes) -> None:
    assert not is_output(data)


@pytest.mark.parametrize("option", ["--xlsx", "--html"])
def test_an_output_that_cannot_be_written_is_told_before_the_work(
    tmp_path: Path, option: str
) -> None:
    status, out, err = check(BROKEN, option, tmp_path / "no" / f"a.{option[2:]}")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith("错误 error:")


def test_a_folder_for_notes_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", "utf-8")
    assert check(BROKEN, "--notes", tmp_path / "notes")[0] == 2
    status, _, err = check(BROKEN, "--notes", tmp_path / "notes" / "deeper")
    assert (status, err.startswith("错误 error:")) == (2, True)


def test_a_check_without_outputs_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT.format(path=str(BROKEN))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "HEAVY []"


KILLED = """
import os, signal
from assistant.audit import workbook
from assistant.cli import main
from openpyxl import Workbook
def save(self, path):
    with open(path, "wb") as file:
        file.write(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
Workbook.save = save
main(["check", {report!r}, "--xlsx", {book!r}])
"""


def test_a_killed_check_leaves_the_workbook_of_before(tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    check(BROKEN, "--xlsx", book)
    before = book.read_bytes()
    code = KILLED.format(report=str(BROKEN), book=str(book))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert book.read_bytes() == before


def write_published(folder: Path, day: str) -> Path:
    """A sample report of 2021 that says when it was published."""
    text = CLEAN_2021.read_text("utf-8")
    path = folder / "published.txt"
    path.write_text(f"{text.rstrip()}\n发布日期：{day}\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("options", "late"),
    [((), False), (("--due", "01-20"), True), (("--due", "02-10"), False)],
)
def test_the_users_own_day_goes_before_that_of_the_regulation(
    tmp_path: Path, options: tuple[str, ...], late: bool
) -> None:
    path = write_published(tmp_path, "2022-01-25")
    status, out, _ = check("--json", path, *options)
    found = [f for f in json.loads(out)["findings"] if f["code"] == "D-LATE"]
    assert (status, len(found)) == (0, int(late))
    if late:
        assert "2022-01-20" in found[0]["equation"]
        assert found[0]["places"][0]["printed"]
    (of_report,) = [c for c in json.loads(out)["reports"][0]["checks"] if c["code"] == "D-LATE"]
    assert of_report["outcome"] == ("fails" if late else "holds")


@pytest.mark.parametrize("day", ["1月20日", "02-29", "13-01", "2022-01-20"])
def test_a_day_that_is_none_is_told(day: str) -> None:
    status, _, err = check(CLEAN, "--due", day)
    assert (status, "MM-DD" in err) == (2, True)


def test_a_government_is_held_against_its_units(tmp_path: Path) -> None:
    units = tmp_path / "units.yaml"
    units.write_text("云岫市人民政府: [青棠区财政局, 没有报告的局]\n", "utf-8")
    report, unit = CLEAN_2021, EXAMPLES / "qingtang-caizheng-2023.txt"
    _, out, _ = check("--json", report, unit, "--units", units)
    found = {f["code"]: f for f in json.loads(out)["findings"]}
    assert "没有报告的局" in found["X-UNITS-MISSING"]["equation"]
    assert check(report, "--units", tmp_path / "no.yaml")[0] == 2
    units.write_text("- 甲局\n", "utf-8")
    status, _, err = check(report, "--units", units)
    assert (status, "units.yaml" in err) == (2, True)


def test_an_output_takes_no_other_s_place(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    report = folder / "a.html"
    report.write_text(CLEAN.read_text("utf-8"), "utf-8")
    before = report.read_bytes()
    page, book = tmp_path / "o.html", tmp_path / "o.xlsx"
    for options, said in (
        (("--xlsx", book, "--html", book), "可用后缀"),
        (("--xlsx", tmp_path / "o.txt"), "可用后缀：.xlsx"),
        (("--xlsx", folder), "可用后缀"),
        (("--html", report, "--force"), "所读文件夹里的报告"),
        (("--notes", report), "是文件，不是文件夹"),
    ):
        status, _, err = check(folder, *options)
        assert (status, said in err) == (2, True), options
    status, _, err = check(report, "--html", report, "--force")
    assert (status, "同一文件" in err) == (2, True)
    (tmp_path / "d.xlsx").mkdir()
    status, _, err = check(report, "--xlsx", tmp_path / "d.xlsx")
    assert (status, "是文件夹" in err) == (2, True)
    assert report.read_bytes() == before
    assert not page.exists()
    assert not book.exists()


def test_nothing_is_written_where_a_note_cannot_be(tmp_path: Path) -> None:
    page, notes = tmp_path / "o.html", tmp_path / "notes"
    assert check(BROKEN, "--notes", notes)[0] == 1
    (note,) = notes.iterdir()
    note.write_text("mine", "utf-8")
    status, _, err = check(BROKEN, "--html", page, "--notes", notes)
    assert (status, note.name in err, page.exists()) == (2, True, False)


def test_that_no_note_was_needed_is_told(tmp_path: Path) -> None:
    status, out, _ = check(CLEAN, "--notes", tmp_path / "notes")
    assert status == 0
    assert "没有要通知的单位" in out
    assert "已写入" not in out


def test_a_government_without_a_report_is_told(tmp_path: Path) -> None:
    units = tmp_path / "units.yaml"
    units.write_text("无名县人民政府: [无名县财政局]\n", "utf-8")
    status, _, err = check(CLEAN, "--units", units)
    assert status == 0
    assert "没有读到“无名县人民政府”的报告" in err
    status, _, err = check(CLEAN, "--units", tmp_path / "none.yaml")
    assert (status, "none.yaml" in err) == (2, True)
