"""Workbook, page and notes: read back, opened, and proof against what a report may say."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from assistant.audit.corrections import load_corrections
from assistant.audit.letters import save_letters
from assistant.audit.matrix import matrix_of
from assistant.audit.names import load_check_names
from assistant.audit.notes import notes_of
from assistant.audit.outputs import MADE_BY, check_output, file_name
from assistant.audit.page import render_page
from assistant.audit.workbook import save_workbook
from assistant.outputs import plain_text, whole
from index.errors import LexiconError, OutputError
from index.formats import load_forms
from index.report import Strength
from index.words.checks import all_claims
from tests.assistant.audit_helpers import EXAMPLES, HOSTILE, audited, write_broken

SHEETS = [
    "概览 Summary",
    "问题清单 Findings",
    "单位×检查 Matrix",
    "整改通知 Notes",
    "未读文件 Unread",
]
SENTENCE = f"全年举办{HOSTILE}讲座100场，其中线上40场、线下50场、其他5场。"


def rows_of(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the Chinese half of their heads."""
    page = load_workbook(path)[sheet]
    head, *rows = list(page.iter_rows(values_only=True))
    keys = [str(title).split()[0] for title in head]
    return [dict(zip(keys, row, strict=True)) for row in rows]


# -- workbook --------------------------------------------------------------------------------


def test_the_workbook_reads_back_as_numbers_and_text(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = audited(EXAMPLES, tmp_path / "empty.txt")
    path = tmp_path / "a.xlsx"
    save_workbook(done, path)
    book = load_workbook(path)
    assert book.sheetnames == SHEETS
    findings = rows_of(path, SHEETS[1])
    assert len(findings) == len(done.findings)
    row = next(r for r in findings if r["代码"] == "T3-BAL")
    assert row["检查"] == "收办平衡"
    assert (row["单位"], row["年度"], row["左边"], row["右边"], row["差"]) == (
        "临溪县水务局",
        2020,
        62,
        57,
        5,
    )
    assert row["核对结果"] == "58 + 4 = 62 ≠ 55 + 2 = 57"
    assert "表三·结转下年度继续办理·总计 = 2（第 59 行" in row["单元格或原句"]
    assert {type(r["差"]) for r in findings if r["代码"].startswith("T")} == {int}
    (unread,) = rows_of(path, SHEETS[4])
    assert unread["文件"].endswith("empty.txt")
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet["A1"].font.bold
        assert sheet["A2"].alignment.wrap_text or sheet.max_row == 1


def test_the_matrix_of_the_workbook_counts_in_numbers_and_colours(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    save_workbook(audited(EXAMPLES), path)
    page = load_workbook(path)[SHEETS[2]]
    heads = [cell.value for cell in page[1]]
    row = next(r for r in page.iter_rows(min_row=2) if r[2].value == "linxi-shuiwu-2020.txt")
    broken, holds = row[heads.index("收办平衡\nT3-BAL")], row[heads.index("办理结果合计\nT3-SUM")]
    assert (broken.value, broken.number_format) == (1, '"✗ "0')
    assert holds.value == "✓"
    assert broken.fill.fgColor.rgb != holds.fill.fgColor.rgb


def test_nothing_that_a_report_says_becomes_a_formula(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, body in (("=1+1.txt", '=HYPERLINK("x")局'), ("+2.txt", "@SUM(A1)局")):
        write_broken(Path(), name)
        Path(f"{name}.gouji.yaml").write_text(f"body: '{body}'\n", "utf-8")
    save_workbook(audited(Path("=1+1.txt"), Path("+2.txt")), Path("a.xlsx"))
    cells = [c for page in load_workbook("a.xlsx") for row in page.iter_rows() for c in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    told = {c.value: c.quotePrefix for c in cells if isinstance(c.value, str)}
    assert told['=HYPERLINK("x")局'] and told["@SUM(A1)局"] and told["=1+1.txt"]
    assert not told["T3-ROW"]


# -- page ------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """Names of the elements of a page, its links and its anchors."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        found = dict(attrs)
        self.links.add(found.get("href") or found.get("src") or "")
        self.anchors.add(found.get("id") or "")


def test_the_page_escapes_what_a_report_says_and_loads_nothing(tmp_path: Path) -> None:
    page = "".join(render_page(audited(write_broken(tmp_path, sentence=SENTENCE))))
    elements = Elements(page)
    assert "script" not in elements.names
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert all(link.startswith("#") for link in elements.links - {""})
    assert not re.search(r"url\(|@import|https?://", page)


def test_every_link_of_the_page_leads_to_its_finding() -> None:
    done = audited(EXAMPLES)
    page = "".join(render_page(done))
    elements = Elements(page)
    assert {link.removeprefix("#") for link in elements.links - {""}} <= elements.anchors
    assert {f"f{n}" for n in range(1, len(done.findings) + 1)} <= elements.anchors
    assert page.count('<div class="finding ') == len(done.findings)
    assert "58 + 4 = 62 ≠ 55 + 2 = 57" in page


def test_the_page_of_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    page = "".join(render_page(audited(tmp_path)))
    assert "没有发现问题" in page
    assert "文件是空的" in page


# -- notes -----------------------------------------------------------------------------------


def test_a_note_says_what_is_wrong_where_by_which_article_and_what_is_asked() -> None:
    (note,) = [n for n in notes_of(audited(EXAMPLES)) if n.body == "临溪县水务局"]
    assert note.title == "关于核实更正\n政府信息公开工作年度报告的通知"
    assert note.greeting == "临溪县水务局："
    assert "《中华人民共和国政府信息公开条例》第五十条" in note.opening
    assert "2020年政府信息公开工作年度报告" in note.opening
    wrong = note.parts[0]
    assert wrong.heading == "一、请更正的问题（2处）"
    assert "总计列不平衡" in wrong.items[0].found
    assert wrong.items[0].equation == "58 + 4 = 62 ≠ 55 + 2 = 57"
    assert "表三·结转下年度继续办理·总计 = 2" in wrong.items[0].where
    assert "国办公开办函〔2019〕60号" in wrong.items[0].basis
    assert "更正" in wrong.items[0].ask
    assert "【" in note.parts[-1].paragraphs[0]


def test_what_asks_for_an_explanation_is_asked_so_and_information_is_not_told(
    tmp_path: Path,
) -> None:
    done = audited(write_broken(tmp_path))
    hard, *_ = [f for f in done.findings if f.strength is Strength.HARD]
    soft = tuple(hard.model_copy(update={"strength": s}) for s in (Strength.WARNING, Strength.INFO))
    (note,) = notes_of(type(done)(done.reports, (), soft))
    assert note.title == "关于核实政府信息公开工作年度报告\n有关情况的通知"
    assert [part.heading for part in note.parts] == ["一、请说明的问题（1处）", "二、办理要求"]
    assert notes_of(type(done)(done.reports, (), soft[1:])) == ()


def test_a_letter_opens_again_with_all_that_the_note_says(tmp_path: Path) -> None:
    done = audited(EXAMPLES / "linxi-shuiwu-2020.txt")
    save_letters(done, tmp_path, force=False)
    (path,) = tmp_path.iterdir()
    assert path.name == "核实通知-临溪县水务局.docx"
    letter = docx.Document(str(path))
    said = "\n".join(p.text for p in letter.paragraphs)
    (note,) = notes_of(done)
    for part in note.parts:
        assert part.heading in said
        for item in part.items:
            for text in (item.found, item.equation, *item.where, item.basis, item.ask):
                assert text in said
    section = letter.sections[0]
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert letter.core_properties.author == MADE_BY


def test_each_body_has_a_letter_of_its_own_whatever_it_is_called(tmp_path: Path) -> None:
    assert file_name("a/b\\c:d?.x", ()) == "a_b_c_d_x"
    assert file_name("甲局", {"甲局"}) == "甲局-2"
    assert file_name("../..", ()) == "_"
    assert len(file_name("长" * 300, ())) < 100


def test_every_check_has_words_for_its_note() -> None:
    rest = load_corrections().family("")
    for code in all_codes():
        assert load_corrections().family(code) is not rest, code


def test_every_check_has_a_short_name_and_no_other_has() -> None:
    names = load_check_names()
    assert set(names.names) == all_codes()
    assert {names.kind(code) for code in names.names} == set(names.kinds.values())
    assert max(map(len, names.names.values())) <= 8
    assert (names.name("Z-NEW"), names.kind("Z-NEW")) == ("Z-NEW", "")
    assert names.place("T3-BAL") < names.place("X-JUMP") < names.place("Z-NEW")


def test_checks_that_apply_to_no_report_have_no_column_and_are_counted() -> None:
    matrix = matrix_of(audited(EXAMPLES / "yunxiu-2021.txt"))
    assert "T3-BAL" in matrix.codes
    assert not [code for code in matrix.codes if code[0] in "AFX"]
    assert matrix.left_out + len(matrix.codes) == len(all_codes())
    assert sum(kind.columns for kind in matrix.kinds) == len(matrix.codes)


def all_codes() -> set[str]:
    forms = {i.code for form in load_forms() for i in (*form.identities, *form.across)}
    return forms | set(all_claims())


@pytest.mark.parametrize(
    ("change", "words"),
    [(("{scope}", "{cell}"), "cell"), (('[""]', '["Z-"]'), "rest"), (("note:", "notes:"), "note")],
)
def test_a_malformed_file_of_corrections_is_told(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    from assistant.audit.corrections import FILE

    path = tmp_path / "corrections.yaml"
    path.write_text(FILE.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(LexiconError, match=words):
        load_corrections(path)


# -- files -----------------------------------------------------------------------------------


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("before", "utf-8")
    with pytest.raises(RuntimeError), whole(path) as temporary:
        temporary.write_text("half", "utf-8")
        raise RuntimeError
    assert path.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
    with whole(path) as temporary:
        temporary.write_text("all", "utf-8")
    assert (path.read_text("utf-8"), list(tmp_path.iterdir())) == ("all", [path])


def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(OutputError, match=r"a\.xlsx"), whole(path):
        raise OSError(28, "No space left on device")
    assert path.read_bytes() == b"before"


def test_only_what_gouji_wrote_is_replaced_unasked(tmp_path: Path) -> None:
    done = audited(EXAMPLES / "linxi-shuiwu-2020.txt")
    book, page, other = tmp_path / "a.xlsx", tmp_path / "a.html", tmp_path / "b.html"
    save_workbook(done, book)
    page.write_text("".join(render_page(done)), "utf-8")
    other.write_text("<html>mine</html>", "utf-8")
    for path in (book, page, tmp_path / "new.xlsx"):
        check_output(path, force=False)
    with pytest.raises(OutputError, match="--force"):
        check_output(other, force=False)
    check_output(other, force=True)
    for path in (tmp_path, tmp_path / "no" / "a.xlsx"):
        with pytest.raises(OutputError):
            check_output(path, force=True)


def test_characters_that_no_file_can_hold_are_shown_as_such() -> None:
    assert plain_text("a\x00b\x1fc\ud800\n") == "a�b�c�\n"
