"""Web archives: the page in them, by the encoding that its header names."""

from __future__ import annotations

import time
from email.encoders import encode_quopri
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.read import read_bytes
from index.read.mhtml import read_mhtml
from index.reading import report_from_document
from index.sidecar import Given
from tests.index.helpers import balanced, table_three


def page(text: str, *, charset: str | None, written: str = "utf-8") -> MIMENonMultipart:
    part = MIMENonMultipart("text", "html", **({"charset": charset} if charset else {}))
    part.set_payload(text.encode(written))
    encode_quopri(part)
    return part


def archive(*parts: MIMENonMultipart) -> bytes:
    whole = MIMEMultipart("related", type="text/html", boundary="----x")
    for part in parts:
        whole.attach(part)
    picture = MIMENonMultipart("image", "png")
    picture.set_payload("iVBORw0KGgo=")
    picture["Content-Transfer-Encoding"] = "base64"
    whole.attach(picture)
    return b"From: <Saved by Blink>\r\n" + bytes(whole)


CELLS = "".join(
    f"<tr><td>{label}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    for label, *cells in table_three(balanced())
)
HEADING = "三、收到和处理政府信息公开申请情况"
REPORT = f"<html><body><p>{HEADING}</p><table>{CELLS}</table></body></html>"


@pytest.mark.parametrize("name", ["年报.mht", "年报.doc", "年报.html"])
@pytest.mark.parametrize(
    ("charset", "written"), [("utf-8", "utf-8"), ("gb2312", "gbk"), (None, "gbk")]
)
def test_a_saved_page_gives_its_figures(name: str, charset: str | None, written: str) -> None:
    data = archive(page(REPORT, charset=charset, written=written))
    document = read_bytes(data, Path(name))
    report = report_from_document(document, Given(body="雾川市民政局", year=2023))
    expected = [int(cell) for _, *cells in table_three(balanced()) for cell in cells]
    assert [f.value for f in report.figures if f.table == "t3"] == expected
    assert document.sha256 != read_bytes(REPORT.encode(), Path("x.html")).sha256


@pytest.mark.parametrize(("header", "says"), [("gb2312", "big5"), ("big5", "gb2312")])
def test_the_header_goes_before_what_the_page_says(header: str, says: str) -> None:
    text = f"<html><meta charset={says}><body><p>一上计</p></body></html>"
    document = read_mhtml(archive(page(text, charset=header, written="gbk")), Path("x.mht"))
    either = {"gb2312": "一上计\n", "big5": "珨奻數\n"}  # the same bytes, and words in both
    assert document.text == either[header]


def test_of_several_pages_the_one_with_the_most_text_is_the_report() -> None:
    frame = page("<p>菜单</p>", charset="utf-8")
    empty = page("<script>1</script>", charset="utf-8")
    document = read_mhtml(archive(frame, page(REPORT, charset="utf-8"), empty), Path("x.mht"))
    assert HEADING in document.text


def test_an_archive_without_a_page_is_refused() -> None:
    mail = EmailMessage()
    mail.set_content("text")
    for data, message in (
        (archive(), "no page in this web archive"),
        (bytes(mail), "no page in this web archive"),
        (archive(page("<script>1</script>", charset="utf-8")), "the page holds no text"),
    ):
        with pytest.raises(UnreadableFile, match=message) as caught:
            read_mhtml(data, Path("in/x.mht"))
        assert caught.value.place == "in/x.mht"


def test_parts_within_parts_end_soon() -> None:
    nested = "".join(
        f'Content-Type: multipart/related; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(5_000)
    )
    many = b"\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x" * 30_000
    started = time.process_time()
    for data in (nested.encode(), b'Content-Type: multipart/related; boundary="b"\r\n' + many):
        with pytest.raises(UnreadableFile, match="too large"):
            read_mhtml(data, Path("x.mht"))
    assert time.process_time() - started < 3
