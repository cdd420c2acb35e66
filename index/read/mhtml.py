"""Web archives (``.mht``, ``.mhtml``, and many a ``.doc``): the page in them, read as a page.

Browsers and Word save a page with its pictures as one mail message. A page may show others in
its frames; the one with the most text is the report.
"""

from __future__ import annotations

import hashlib
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from index.errors import UnreadableFile
from index.read.html import read_page
from index.read.refusals import refuse, too_large
from index.report import Document

MOST_PAGES, MOST_PARTS = 20, 20_000
NESTED = b"multipart/"
"""Parts that hold parts; a web archive has one."""


def read_mhtml(data: bytes, path: Path) -> Document:
    """Read a web archive; the header of a part names its encoding before the page does.

    Raises:
        UnreadableFile: no page is in it, or none that can be read.
    """
    place = str(path)
    if data.lower().count(NESTED) > MOST_PAGES or data.count(b"\n--") > MOST_PARTS:
        raise too_large(place, f"超过 {MOST_PAGES} 层或 {MOST_PARTS} 个部分")
    pages = [part for part in message_from_bytes(data).walk() if _is_page(part)]
    found: list[Document] = []
    fault: UnreadableFile | None = None
    for page in pages[:MOST_PAGES]:
        content = page.get_payload(decode=True)
        try:
            found.append(read_page(bytes(content), path, page.get_content_charset()))
        except UnreadableFile as error:
            fault = fault or error
    if not found:
        reason = "网页存档里没有网页 (no page in this web archive)."
        raise fault or refuse(place, reason, "请用浏览器打开后另存 (save the page anew).")
    document = max(found, key=lambda found: len(found.text))
    return document.model_copy(update={"sha256": hashlib.sha256(data).hexdigest()})


def _is_page(part: Message) -> bool:
    return part.get_content_type() in ("text/html", "application/xhtml+xml")
