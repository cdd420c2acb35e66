"""Bytes of a PDF to its pages, within limits of time and memory.

What cannot be read, or not as a whole, is refused with the reason and the next step: a file
that was cut off, a locked one, a scan, one that unpacks to more than a report holds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from threading import Lock
from time import monotonic
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as c  # type: ignore[import-untyped]

from index.errors import UnreadableFile
from index.read.ocr import ocr_advice
from index.read.pdf_page import Page, read_page
from index.read.refusals import refuse

MAX_PAGES = 300
"""A report has five to thirty pages."""
MAX_SECONDS, MAX_LOAD = 60.0, 1_000_000
"""Time for each half of the work, and characters and rules of all pages together."""
MAX_DRAWN, MAX_UNPACKED = 8 * 1024 * 1024, 320 * 1024 * 1024
"""Bytes that one stream of drawing, and all streams but pictures, may unpack to."""
MAX_STREAMS, CHUNK, MOST_RATIO = 20_000, 1 << 16, 1_032
"""The last: to how many bytes one may unpack."""
MAX_UNMAPPED = 0.2
"""Share of characters whose font does not say which they are."""
HEAD, TAIL = 1_024, re.compile(rb"\d\s+\d+\s+obj\b")
DICTIONARY = 2_048
"""Bytes before a stream in which its dictionary is looked for."""
PICTURE = re.compile(rb"/Subtype\s*/Image\b")
FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:CIDFontType0C|Type1C|OpenType)\b")
DEFLATED = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b")
ZLIB_HEAD = 2
SET = re.compile(rb"[37]\s+Tr\b")
"""The operator that sets text so that it does not print."""
TWICE = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\s*/(?:FlateDecode|Fl|LZWDecode|LZW)\b")
PDFIUM = Lock()
"""Pdfium may be entered by one thread at a time."""


def open_pages(data: bytes, place: str) -> list[Page]:
    """The pages of a PDF.

    Raises:
        UnreadableFile: not a PDF, damaged, locked with a password, without pages, with more
            pages or more drawn on a page than a report has, or pictures of pages (a scan).
    """
    _refuse_damaged(data, place)
    hides = _refuse_packed(data, place)
    with PDFIUM:
        pages = _pages(data, place, hides=hides)
    _refuse_pictures(pages, place)
    return pages


def _damaged(place: str) -> UnreadableFile:
    message = "PDF 不完整、已损坏或没有页面 (the PDF is incomplete, damaged or without pages)."
    return refuse(place, message, "请重新下载 (fetch it again).")


def _refuse_damaged(data: bytes, place: str) -> None:
    """Refuse what is no PDF, and a PDF that was cut off: pdfium would read what is left of it."""
    if b"%PDF-" not in data[:HEAD]:
        raise refuse(
            place,
            "这不是 PDF 文件 (not a PDF).",
            "请核对文件，或重新下载 (check the file, or fetch it again).",
        )
    end = data.rfind(b"startxref")
    if end < 0 or TAIL.search(data, end):
        raise _damaged(place)


def _refuse_packed(data: bytes, place: str) -> bool:
    """Refuse a file whose streams unpack to more than a report holds, before pdfium does it.

    This stops the plain bombs. What else a crafted file makes pdfium do within one page (forms
    that call each other, one stream drawn a thousand times) is stopped by `index.read.apart`. A
    stream that breaks off is refused too: pdfium would draw the page as far as it goes.

    Returns whether there may be text that does not print.
    """
    left, hides, clear = MAX_UNPACKED, b"/Encrypt" in data, b"/Encrypt" not in data
    streams = list(_streams(data))
    for stream in streams:
        size, whole = 0, True
        if not stream.font:
            size, whole, found = _unpacked(stream.packed, min(left, MAX_DRAWN))
            hides |= found or not stream.deflated
        left -= size
        if size > MAX_DRAWN or left < 0 or len(streams) > MAX_STREAMS or stream.twice:
            raise _packed(place)
        if clear and not whole and stream.proper and stream.deflated:
            raise _damaged(place)
    fonts = sorted((s.packed for s in streams if s.font), key=len)
    while fonts and sum(map(len, fonts)) * MOST_RATIO > left:  # else they cannot be too much
        left -= _unpacked(fonts.pop(), left)[0]
        if left < 0:
            raise _packed(place)
    return hides


def _packed(place: str) -> UnreadableFile:
    message = "PDF 展开后过大，不是正常的报告 (the PDF unpacks to more than a report holds)."
    return refuse(place, message, "请另存为 PDF 后重试 (print it to a new PDF and try again).")


class _Stream(NamedTuple):
    """A stream that is no picture: its bytes, and what is said about it.

    ``proper``: it does not begin within another one; ``twice``: it is packed more than once.
    """

    packed: memoryview
    font: bool
    deflated: bool
    twice: bool
    proper: bool


def _streams(data: bytes) -> Iterator[_Stream]:
    end, view = 0, memoryview(data)
    for start in _starts(data):
        if proper := end < start:
            end = data.find(b"endstream", start)
            end = len(data) if end < 0 else end
        about = data[max(0, start - DICTIONARY) : start].rpartition(b" obj")[2]
        if PICTURE.search(about) is None:
            font, deflated, twice = (m.search(about) is not None for m in (FONT, DEFLATED, TWICE))
            yield _Stream(view[start + ZLIB_HEAD : end], font, deflated, twice, proper)


def _starts(data: bytes) -> Iterator[int]:
    """Where the streams begin, after the word and the end of its line."""
    at = data.find(b"stream")
    while at >= 0:
        if data[at - 3 : at] != b"end":
            head = data[at + 6 : at + 8]
            yield at + 6 + (head == b"\r\n") + (head[:1] in (b"\r", b"\n"))
        at = data.find(b"stream", at + 6)


def _unpacked(packed: memoryview, most: int) -> tuple[int, bool, bool]:
    """How many bytes a stream unpacks to, counted to just over ``most``, and if it is whole.

    Its checksum is not looked at: there are programs that write a wrong one. The third is
    whether it sets text so that it does not print.
    """
    unpacker, size, found, last = zlib.decompressobj(-zlib.MAX_WBITS), 0, False, b""
    try:
        for at in range(0, len(packed), CHUNK):
            piece: bytes | memoryview = packed[at : at + CHUNK]
            while piece and size <= most and not unpacker.eof:
                part = unpacker.decompress(piece, CHUNK)
                size += len(part)
                near = last + part
                found = found or (b"Tr" in near and SET.search(near) is not None)
                last, piece = near[-8:], unpacker.unconsumed_tail
            if size > most or unpacker.eof:
                break
    except zlib.error:
        return size, False, found
    return size, unpacker.eof or len(packed) <= ZLIB_HEAD, found


def _pages(data: bytes, place: str, *, hides: bool) -> list[Page]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY):
            raise refuse(
                place,
                "PDF 已加密，需要密码 (the PDF is locked with a password).",
                "请先解除密码再交来 (remove the password first).",
            ) from None
        raise _damaged(place) from None
    try:
        with closing(pdf):
            return _read_pages(pdf, place, hides=hides)
    except pypdfium2.PdfiumError:
        raise _damaged(place) from None


def _read_pages(pdf: pypdfium2.PdfDocument, place: str, *, hides: bool) -> list[Page]:
    if len(pdf) > MAX_PAGES:
        raise refuse(
            place,
            f"PDF 有 {len(pdf)} 页，不是一份报告 ({len(pdf)} pages: not one report).",
            f"请拆分为每份报告一个文件，不超过 {MAX_PAGES} 页 (split it).",
        )
    pages, load, until = [], 0, monotonic() + MAX_SECONDS
    for number in range(1, len(pdf) + 1):
        with closing(pdf[number - 1]) as page:
            pages.append(read_page(page, number, place, hides=hides))
        load += pages[-1].load
        if load > MAX_LOAD or monotonic() > until:
            raise too_much(number, place)
    return pages


def too_much(page: int, place: str) -> UnreadableFile:
    """The error for a file that takes too long or holds too much, found at a page."""
    return refuse(
        place,
        f"内容过多，读到第 {page} 页为止 (too much on the pages up to {page}).",
        "请拆分，或另存为文本 (split it, or save it as text).",
    )


def _refuse_pictures(pages: list[Page], place: str) -> None:
    """Refuse a scan, and a report some of whose pages are scans: its figures would be missing.

    A first page that is a picture is a cover.
    """
    chars = sum(len(page.chars) for page in pages)
    unmapped = sum(page.unmapped for page in pages)
    scans = [str(page.number) for page in pages if page.scanned]
    if scans and (chars == unmapped or scans != ["1"]):
        which = f"第 {'、'.join(scans[:5])} 页" if chars else "各页"
        raise refuse(
            place,
            f"{which}是扫描图像，没有文字 (scanned: pictures of pages, without text).",
            f"{ocr_advice()}，并核对数字 (then check its numbers).",
        )
    if chars == 0:
        raise refuse(
            place,
            "PDF 里没有文字，页面空白或文字已转为图形 (no text: empty pages or shapes).",
            f"请核对文件；{ocr_advice()}。",
        )
    if unmapped > chars * MAX_UNMAPPED:
        raise refuse(
            place,
            "字体没有注明文字编码，文字无法读出 (its fonts do not say which characters they show).",
            f"{ocr_advice()}。",
        )
