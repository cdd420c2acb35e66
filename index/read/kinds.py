"""What a file is, by its content; its suffix only where the content leaves it open.

Files are often not what they are called: a ``.doc`` that is a web page, an ``.html`` that is a
PDF, a picture that was renamed. What no reader reads is refused here, by its true name.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Literal

from index.errors import UnreadableFile
from index.read.names import printable
from index.read.refusals import damaged, empty, refuse
from index.read.zipped import open_zip

Kind = Literal["text", "markdown", "csv", "html", "mhtml", "rtf", "pdf", "docx", "xlsx"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "csv",
    ".tsv": "csv",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "docx",
    ".wps": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",
    ".et": "xlsx",
}
"""What is expected of a suffix."""
SUFFIXES = frozenset(KINDS) | {".ofd"}
"""Suffixes of files that may be reports; what is not read (``.ofd``, most ``.doc``) is told of."""
BINARY = frozenset({"pdf", "docx", "xlsx"})

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_NAMES = (
    ("EncryptedPackage", "文件有打开密码 (password-protected).", "取消密码后另存", ""),
    ("WordDocument", "这是旧版 Word 或 WPS 格式 (the old binary format).", "另存为", ".docx"),
    ("Workbook", "这是旧版 Excel 或 WPS 格式 (the old binary format).", "另存为", ".xlsx"),
    ("Book", "这是旧版 Excel 格式 (the old binary format).", "另存为", ".xlsx"),
)
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  ")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
IN_ZIP = (  # by a name among the members: what it is, and what to do
    ("OFD.xml", "OFD 版式文件 (an OFD)", "请用 OFD 阅读器导出 PDF (export it as PDF)."),
    ("content.xml", "OpenDocument 文件 (an OpenDocument)", "请另存为 .docx (save it as .docx)."),
    ("ppt/", "演示文稿 (slides)", "请提供报告的文本 (give the report as text)."),
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEAD, SAMPLE = 4_096, 1_048_576
"""Characters by which the beginning is judged, and bytes in which tags are counted."""
PROLOGUE = r"(?:\s|<\?[^>]*>|<!--.*?-->)*"
PAGE = re.compile(rf"{PROLOGUE}<(?:!doctype\s+html|html|head|body|meta)\b", re.I | re.S)
FRAGMENT = re.compile(
    rf"{PROLOGUE}<(?:title|table|t[rd]|div|p|span|font|center|style|script|h[1-6]|article)\b",
    re.I | re.S,
)
CLOSING = re.compile(rb"</(?:td|th|tr|p|div|span|table|h[1-6])\s*>", re.I)
LEAST_CLOSING = 20
"""Closing tags that make a web page of a text that begins otherwise."""
MIME = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*){1,40}\r?\n")
MIME_PAGE = re.compile(r"^content-type:\s*(?:multipart/related|text/html)", re.I | re.M)
OFFICE_XML = re.compile(r"<\?mso-application|schemas-microsoft-com:office:spreadsheet\"|/wordml\"")
MARKDOWN = re.compile(r"^#{1,6} |^\s*\|(?:\s*:?-{3,}:?\s*\|)+\s*$", re.M)


def kind_of(data: bytes, place: str, suffix: str) -> Kind:
    """The kind of a file; ``suffix`` (``.html``, lower case) decides where content does not.

    Raises:
        UnreadableFile: empty, or of a kind that is not read, with what to do about it.
    """
    if not data.strip():
        raise empty(place)
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data, place)
    _refuse_unread(data, place)
    if data.lstrip()[:5] == b"%PDF-" or (suffix == ".pdf" and b"%PDF-" in data[:1024]):
        return "pdf"
    start = _start(data)
    if start.startswith("{\\rtf"):
        return "rtf"
    if OFFICE_XML.search(start) and start.startswith("<"):
        reason = "这是 Office 2003 的 XML 格式 (the XML format of Office 2003)."
        raise refuse(place, reason, "请另存为 .docx 或 .xlsx (save it as .docx or .xlsx).")
    if (match := MIME.match(start)) and MIME_PAGE.search(match[0]):
        return "mhtml"
    return _kind_of_text(data, start, place, suffix)


def _kind_of_text(data: bytes, start: str, place: str, suffix: str) -> Kind:
    expected = KINDS.get(suffix)
    if PAGE.match(start):
        return "html"
    if expected == "markdown" or (expected is None and MARKDOWN.search(start)):
        return "markdown"
    if FRAGMENT.match(start) or len(CLOSING.findall(data[:SAMPLE])) >= LEAST_CLOSING:
        return "html"
    if expected in BINARY and _is_binary(data):
        raise damaged(place)
    return expected if expected in ("html", "markdown", "csv") else "text"


def _kind_of_zip(data: bytes, place: str) -> Kind:
    with open_zip(BytesIO(data), place) as archive:
        kind = office_kind(archive)
        if kind is not None:
            return kind
        names = {name.replace("\\", "/") for name in archive.namelist()}
    for part, what, advice in IN_ZIP:
        if any(name.startswith(part) for name in names):
            raise refuse(place, f"这是{what}.", advice)
    reason = "这是压缩包 (an archive)."
    raise refuse(place, reason, "请改名为 .zip，或解压后给出文件夹 (name it .zip, or unpack it).")


def office_kind(archive: zipfile.ZipFile) -> Literal["docx", "xlsx"] | None:
    """Which Office package a zip is, None where it is none."""
    names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    if "[content_types].xml" not in names and "_rels/.rels" not in names:
        return None
    folders = {name.partition("/")[0] for name in names}
    return "docx" if "word" in folders else "xlsx" if "xl" in folders else None


def is_archive(path: Path) -> bool:
    """Whether a file is a zip, and no document that is packed as one.

    Raises:
        UnreadableFile: it cannot be opened, or is a zip that is damaged.
    """
    place = str(printable(path))
    try:
        with path.open("rb") as file:
            if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return False
            with open_zip(file, place) as archive:
                return office_kind(archive) is None
    except OSError as error:
        reason = f"无法读取 (cannot be read): {error.strerror}."
        raise refuse(place, reason, "请检查路径和权限 (check path and permissions).") from error


def _refuse_unread(data: bytes, place: str) -> None:
    """Refuse what no reader reads, by what it is."""
    if data.startswith(OLE):
        raise _refused_ole(data, place)
    bmp = data[:2] == b"BM" and data[6:10] == bytes(4)
    if data.startswith(PICTURES) or bmp or data[8:12] in (b"WEBP", b"heic"):
        reason = "这是图片，没有文字 (an image)."
        advice = "请提供文字版，或转为 PDF 并做文字识别 (give its text, or a PDF after OCR)."
        raise refuse(place, reason, advice)
    if data.startswith(ARCHIVES) or data[257:262] == b"ustar":
        reason = "这是压缩包，但不是 .zip (an archive, but no .zip)."
        raise refuse(place, reason, "请解压后给出文件夹 (unpack it and give the folder).")
    if not data.strip(b"\0"):
        reason = "文件里只有空字节 (nothing but zero bytes)."
        raise refuse(place, reason, "下载没有完成，请重新下载 (fetch it again).")


def _refused_ole(data: bytes, place: str) -> UnreadableFile:
    for name, reason, action, suffix in OLE_NAMES:
        if name.encode("utf-16-le") in data:
            english = f"save it as {suffix}" if suffix else "save it without its password"
            return refuse(place, reason, f"请{action} {suffix}".rstrip() + f" ({english}).")
    reason = "这是旧版 Office 或 WPS 格式 (the old binary format)."
    return refuse(place, reason, "请另存为 .docx 或 .xlsx (save it as .docx or .xlsx).")


def _start(data: bytes) -> str:
    """The beginning as text, good enough for tags and names in ASCII."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) : 2 * HEAD].decode(encoding, "ignore").lstrip()
    return data[:HEAD].decode("latin-1").lstrip()


def _is_binary(data: bytes) -> bool:
    sample = data[:HEAD]
    return b"\0" in sample and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
