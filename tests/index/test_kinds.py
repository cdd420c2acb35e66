"""What a file is by its content, whatever it is called."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from index.errors import UnreadableFile
from index.read import read_bytes
from index.read.kinds import KINDS, is_archive, kind_of
from tests.index.packages import packed, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PAGE = b"<!DOCTYPE html><html><body><p>\xe4\xb8\x80</p></body></html>"
MHT = (
    b"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n"
)


def zipped(*names: str) -> bytes:
    return packed(dict.fromkeys(names, b"x"), zipfile.ZIP_STORED)


def word() -> bytes:
    return saved(docx.Document())


def book() -> bytes:
    return saved(Workbook())


def cells(number: int) -> bytes:
    return "年度报告\n".encode() + b"<td>1</td>" * number


@pytest.mark.parametrize("suffix", ["", ".txt", ".md", ".html", ".doc", ".xls", ".pdf", ".x"])
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n%PDF-1.7\n", "pdf"),
        (word(), "docx"),
        (book(), "xlsx"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (PAGE, "html"),
        (b"\xef\xbb\xbf\n<!-- saved from url=(0014)about --> <HTML>", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>', "html"),
        (b"<meta charset=gbk><title>x</title>", "html"),
        (codecs.BOM_UTF16_LE + "<html><body>一".encode("utf-16-le"), "html"),
        (codecs.BOM_UTF16_BE + "<html><body>一".encode("utf-16-be"), "html"),
        (MHT, "mhtml"),
        (MHT.replace(b"\r\n", b"\n"), "mhtml"),
    ],
)
def test_content_decides_over_the_suffix(data: bytes, kind: str, suffix: str) -> None:
    assert kind_of(data, "x", suffix) == kind


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (b"x", ".txt", "text"),
        (b"x", ".md", "markdown"),
        (b"x", ".html", "html"),
        (b"x", "", "text"),
        (b"x", ".doc", "text"),
        (b"x", ".mht", "text"),
        (b"x", ".rtf", "text"),
        (b"# x\n", "", "markdown"),
        (b"x\n| a | b |\n|---|:---:|\n", "", "markdown"),
        (b"# x\n", ".txt", "text"),
        (b"a | b\n-----\n", "", "text"),
        (b"<table><tr><td>1", ".txt", "html"),
        (b"<table><tr><td>1", ".xls", "html"),
        (b"<table><tr><td>1", ".md", "markdown"),
        (PAGE, ".md", "html"),
        (cells(30), ".txt", "html"),
        (cells(30), ".md", "markdown"),
        (cells(5), ".txt", "text"),
        (b"1 < 2, a <b> c", ".txt", "text"),
        (b"see: %PDF-1.7", ".txt", "text"),
        (b"junk %PDF-1.7", ".pdf", "pdf"),
        (b"Content-Type: text/html is a header\n", ".txt", "text"),
    ],
)
def test_the_suffix_decides_where_content_leaves_it_open(
    data: bytes, suffix: str, kind: str
) -> None:
    assert kind_of(data, "x", suffix) == kind


REFUSED = {
    "empty": (b" \n", "empty", "fetch it again"),
    "zero bytes": (bytes(9_000), "zero bytes", "fetch it again"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "old binary", "save it as .docx"),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "old binary", "save it as .xlsx"),
    "Excel 5": (OLE + "Book".encode("utf-16-le"), "old binary", "save it as .xlsx"),
    "unknown OLE": (OLE, "old binary format", "save it as .docx"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected", "without"),
    "png": (b"\x89PNG\r\n\x1a\n", "an image", "OCR"),
    "jpeg": (b"\xff\xd8\xff\xe0", "an image", "OCR"),
    "gif": (b"GIF89a", "an image", "OCR"),
    "bmp": (b"BM\x36\0\0\0\0\0\0\0", "an image", "OCR"),
    "tiff": (b"II*\0", "an image", "OCR"),
    "webp": (b"RIFF\1\2\3\4WEBPVP8", "an image", "OCR"),
    "rar": (b"Rar!\x1a\7\0", "no .zip", "unpack it"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "no .zip", "unpack it"),
    "gzip": (b"\x1f\x8b\x08", "no .zip", "unpack it"),
    "tar": (b"a".ljust(257, b"\0") + b"ustar", "no .zip", "unpack it"),
    "zip": (zipped("a.txt"), "an archive", "unpack it"),
    "ofd": (zipped("OFD.xml", "Doc_0/Document.xml"), "an OFD", "export it as PDF"),
    "odt": (zipped("mimetype", "content.xml"), "OpenDocument", "save it as .docx"),
    "slides": (zipped("[Content_Types].xml", "ppt/x.xml"), "slides", "as text"),
    "cut zip": (word()[:900], "cut off", "fetch it again"),
    "Excel 2003": (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>',
        "Office 2003",
        "save it as .docx or .xlsx",
    ),
}


@pytest.mark.parametrize("suffix", ["", ".txt", ".docx", ".xlsx", ".html", ".pdf"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_no_reader_reads_is_told_by_its_true_name(case: str, suffix: str) -> None:
    data, message, advice = REFUSED[case]
    with pytest.raises(UnreadableFile) as caught:
        kind_of(data, "in/年报", suffix)
    assert caught.value.place == "in/年报"
    assert message in caught.value.message
    assert advice in caught.value.advice


def test_what_should_be_binary_and_is_nothing_known_is_damaged() -> None:
    for suffix in (".docx", ".pdf", ".xls"):
        with pytest.raises(UnreadableFile, match="damaged"):
            kind_of(b"\x01\0\x02 junk", "x", suffix)


@pytest.mark.parametrize("suffix", sorted(KINDS))
def test_every_suffix_leads_to_a_reader(suffix: str) -> None:
    assert read_bytes(PAGE, Path(f"x{suffix}")).text == "一\n"


def test_documents_are_no_archives(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    for data, expected in ((word(), False), (zipped("a.txt"), True), (PAGE, False), (b"", False)):
        path.write_bytes(data)
        assert is_archive(path) is expected
