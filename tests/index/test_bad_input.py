"""Bad input, from the file to the message: bounded time and memory, the file named, a next step.

Each case is checked in a process of its own, whose time and memory the system measures.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.errors import InputError
from index.read import ocr, read_bytes
from index.read.pdf import read_pdf
from index.reading import report_from_document
from index.sidecar import Given
from tests.index.helpers import balanced, example, table_three
from tests.index.packages import packed, rewritten, saved

TEXT = example("yanting-2023").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
MOST_SECONDS, MOST_BYTES = 20, 700 * 1024 * 1024


def pdf(draw: Callable[[Canvas], object], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scan(canvas: Canvas) -> None:
    picture = ImageReader(Image.new("RGB", (60, 84), "white"))
    canvas.drawImage(picture, 0, 0, *canvas._pagesize)


def pdf_of(content: bytes) -> bytes:
    """A PDF of one page, written by hand."""
    stream = zlib.compress(content, 9)
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n",
            b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(stream),
            stream + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n",
        )
    )


def entities(xml: bytes) -> bytes:
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>'.encode() + xml.replace(b"</", b"&l9;</", 1)


def overlapping(members: int, size: int) -> bytes:
    """A zip whose members are all the same bytes: its directory says so."""
    data = packed({f"{n:05}.txt": b"" for n in range(members)})
    kernel = packed({"x.txt": b"1\n" * (size // 2)})
    with zipfile.ZipFile(io.BytesIO(kernel)) as file:
        info = file.getinfo("x.txt")
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    directory = bytearray(data[start:end])
    at = 0
    while at < len(directory):
        for offset, value in ((16, info.CRC), (20, info.compress_size), (24, info.file_size)):
            directory[at + offset : at + offset + 4] = value.to_bytes(4, "little")
        directory[at + 10 : at + 12] = (8).to_bytes(2, "little")
        directory[at + 42 : at + 46] = bytes(4)
        at += 46 + directory[at + 28] + directory[at + 30]
    body = kernel[: kernel.index(b"PK\x01\x02")]
    tail = bytearray(data[end:])
    tail[16:20] = len(body).to_bytes(4, "little")
    return body + bytes(directory) + bytes(tail)


def rows_to_the_last(xml: bytes) -> bytes:
    blank = b"".join(b'<row r="%d"/>' % n for n in range(2, 1_048_577))
    return xml.replace(b"</sheetData>", blank + b"</sheetData>")


def sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    return saved(book)


WIDE = [str(n) for n in range(10_000)]
WHOLE = pdf(lambda canvas: canvas.drawString(60, 700, "report " * 50))
SHEET = "xl/worksheets/sheet1.xml"
NO_REPORT = "no section or table of an annual report"
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "encrypted PDF": (
        "a.pdf",
        lambda: pdf(lambda c: c.drawString(60, 700, "x"), encrypt=StandardEncryption("a", "b")),
        "locked with a password",
    ),
    "truncated PDF": ("a.pdf", lambda: WHOLE[: len(WHOLE) // 2], "incomplete"),
    "scanned PDF": ("a.pdf", lambda: pdf(scan), "scanned: pictures of pages"),
    "PDF bomb": ("a.pdf", lambda: pdf_of(b" " * 200_000_000), "unpacks to more"),
    "flat zip bomb": ("a.zip", lambda: packed({"a.txt": bytes(60_000_000)}), "zip bomb"),
    "large zip bomb": ("a.zip", lambda: packed({"a.txt": bytes(200_000_000)}), "too large"),
    "nested zip bomb": (
        "a.zip",
        lambda: packed({"b.zip": packed({"c.zip": packed({"d.txt": bytes(9_000_000)})})}),
        "archive within an archive",
    ),
    "overlapping zip bomb": ("a.zip", lambda: overlapping(3_000, 900_000), "overlaps another"),
    "archive in a member": (
        "a.zip",
        lambda: packed({"a.docx": packed({"b.txt": b"x"})}),
        "an archive",
    ),
    "200 MB of text": ("a.txt", lambda: b"200", "too large"),
    "200 MB of a PDF": ("a.pdf", lambda: b"200", "too large"),
    "200 MB of a page": ("a.html", lambda: b"200", "too large"),
    "45 MB in one line": ("a.txt", lambda: "公开".encode() * 7_500_000, "too large"),
    "45 MB of blanks": ("a.txt", lambda: b"x" + b" " * 45_000_000 + b"y", "too large"),
    "10,000 columns in a page": (
        "a.html",
        lambda: b"<table>" + b"<tr>" + b"".join(b"<td>%d" % n for n in range(10_000)) + b"</table>",
        NO_REPORT,
    ),
    "10,000 columns in a workbook": ("a.xlsx", lambda: sheet(WIDE, WIDE), NO_REPORT),
    "10,000 columns in markdown": (
        "a.md",
        f"|{'|'.join(WIDE)}|\n{'|---' * 10_000}|\n|{'|'.join(WIDE)}|\n".encode,
        NO_REPORT,
    ),
    "a page nested 10,000 deep": ("a.html", lambda: b"<div>" * 10_000 + b"x", "nested deeper"),
    "tables nested 10,000 deep": ("a.html", lambda: b"<table><tr><td>" * 10_000, "nested deeper"),
    "spans of a million": (
        "a.html",
        lambda: b"<table>" + b"<tr><td rowspan=1000000 colspan=1000000>1" * 900 + b"</table>",
        NO_REPORT,
    ),
    "spans of a million, many": (
        "a.html",
        lambda: b"<table><tr>" + b"<td rowspan=1000000>1" * 9_000 + b"<tr><td>2" * 9_000,
        "too many merged cells",
    ),
    "a million blank rows": (
        "a.xlsx",
        lambda: rewritten(sheet(["x", "y"]), {SHEET: rows_to_the_last}),
        NO_REPORT,
    ),
    "old Word": ("a.doc", lambda: OLE + "WordDocument".encode("utf-16-le"), "save it as .docx"),
    "old Excel": ("a.xls", lambda: OLE + "Workbook".encode("utf-16-le"), "save it as .xlsx"),
    "a renamed image": ("a.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(900), "an image"),
    "an empty file": ("a.html", lambda: b"", "the file is empty"),
    "a file of zero bytes": ("a.txt", lambda: bytes(5_000_000), "zero bytes"),
    "entities in a Word file": (
        "a.docx",
        lambda: rewritten(saved(docx.Document()), {"word/document.xml": entities}),
        "declares entities",
    ),
    "entities in a workbook": (
        "a.xlsx",
        lambda: rewritten(sheet(["x"]), {SHEET: entities}),
        "declares entities",
    ),
    "groups nested 100,000 deep": ("a.rtf", lambda: b"{\\rtf1" + b"{" * 100_000, "too large"),
}


def written(folder: Path, case: str) -> Path:
    name, make, _ = CASES[case]
    path = folder / name
    data = make()
    path.write_bytes(data)
    if case.startswith("200 MB"):
        os.truncate(path, 200_000_000)
    return path


# What wait4 tells counts the process it was forked from; the kernel tells its own peak.
MEASURED = """
import atexit, pathlib, re, sys
peak = pathlib.Path(sys.argv.pop(1))
status = pathlib.Path("/proc/self/status")
atexit.register(lambda: peak.write_text(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1]))
from assistant.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_told_within_bounds(tmp_path: Path, case: str) -> None:
    path = written(tmp_path, case)
    command = [sys.executable, "-c", MEASURED, str(tmp_path / "peak"), "check", str(path)]
    with (tmp_path / "out").open("w+") as out, (tmp_path / "errors").open("w+") as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    told = (tmp_path / "errors").read_text("utf-8").splitlines()
    said = (tmp_path / "out").read_text("utf-8")
    assert process.returncode == 2
    assert not said or said.startswith("读出 0 份，未读")  # many files are told in all
    for line in told:
        assert line.startswith(f"错误 error: {path}")
        assert CASES[case][2] in line
    assert told
    assert usage.ru_utime + usage.ru_stime < MOST_SECONDS
    assert int((tmp_path / "peak").read_text("utf-8")) * 1024 < MOST_BYTES


def test_names_that_lead_out_of_an_archive_lead_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    names = ["../../a.txt", "/etc/b.txt", "C:\\c.txt", "d/../../e.txt", "长" * 200 + ".txt"]
    path.write_bytes(packed(dict.fromkeys(names, TEXT)))
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "check", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    found = [line for line in done.stdout.splitlines() if "[" in line]
    assert [line.partition("[")[2].partition("]")[0] for line in found] == [
        "a.txt", "b.txt", "c.txt", "e.txt", names[-1]
    ]  # fmt: skip
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "a.zip"]


@pytest.mark.parametrize(
    ("installed", "words"),
    [
        ((), ["tesseract", "pip install 'gouji[ocr]'"]),
        (("tesseract",), ["已有 tesseract", "pip install 'gouji[ocr]'"]),
        (("tesseract", "ocrmypdf"), ["已有 ocrmypdf", "ocrmypdf --force-ocr -l chi_sim"]),
    ],
)
def test_what_recognises_a_scan_is_named_by_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: tuple[str, ...], words: list[str]
) -> None:
    for name in installed:
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="scanned") as caught:
        read_pdf(pdf(scan), Path("in/a.pdf"))
    assert ocr.ocr_advice() in caught.value.advice
    for word in words:
        assert word in caught.value.advice


LONG = 100_000
FEATURES = {
    "blanks": "x" + " " * LONG + "y",
    "full-width blanks": "x" + "\u3000" * LONG + "y",
    "line ends": "x" + "\n" * LONG + "y",
    "numbers of labels": "一、" * (LONG // 2),
    "brackets": "（" * LONG,
    "quotes": "“公开”" * (LONG // 4),
    "years": "2023年" * (LONG // 5),
    "titles": "云岫市人民政府2023年政府信息公开工作年度报告\n" * (LONG // 23),
    "captions": "第二十条第（一）项\n规章\n1\n2\n3\n" * (LONG // 20),
    "heads of table four": "行政复议\n行政诉讼\n结果维持\n" * (LONG // 15),
    "labels run together": "（一）予以公开0（二）部分公开1" * (LONG // 16),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_the_time_grows_with_the_length_and_no_faster(feature: str) -> None:
    started = time.process_time()
    document = read_bytes(FEATURES[feature].encode(), Path("a.txt"))
    try:
        report_from_document(document, Given())
    except InputError as error:
        assert NO_REPORT in str(error)
    assert time.process_time() - started < 5


def test_a_report_in_a_flattened_line_of_many_labels_is_cut_soon() -> None:
    rows = table_three(balanced())
    line = "".join(label + "".join(cells) for label, *cells in rows)
    started = time.process_time()
    report = report_from_document(read_bytes((line * 100).encode(), Path("a.txt")), Given())
    assert [str(f.value) for f in report.figures] == [cell for _, *cells in rows for cell in cells]
    assert time.process_time() - started < 5
