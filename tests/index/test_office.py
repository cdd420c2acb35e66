"""The packages of Office files: their parts are found, bounded and harmless."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.read import zipped
from index.read.office import Office
from tests.index.packages import packed

RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="x/officeDocument" Target="%s"/></Relationships>'
)


def test_a_package_that_is_cut_off_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="cut off") as caught:
        Office(b"PK\x03\x04 and no more", Path("in/年报.docx"))
    assert caught.value.place == "in/年报.docx"


@pytest.mark.parametrize(
    "target", [b"word/document.xml", b"/word/document.xml", b"./word/document.xml"]
)
def test_parts_are_found_by_their_relations(target: bytes) -> None:
    office = Office(
        packed({"_rels/.rels": RELATIONS % target, "Word\\Document.xml": b"<a/>"}),
        Path("x.docx"),
    )
    assert office.main == "word/document.xml"
    root = office.tree(office.main)
    assert root is not None
    assert root.tag == "a"
    assert office.tree("none.xml") is None
    assert office.related(office.main) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_document_type_is_refused_so_that_no_entity_expands(encoding: str) -> None:
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    xml = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><x>&l9;</x>'.encode(encoding)
    office = Office(packed({"a.xml": xml}), Path("x.docx"))
    started = time.process_time()
    with pytest.raises(UnreadableFile, match="declares entities"):
        office.tree("a.xml")
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (b"<a>" * 300 + b"</a>" * 300, "嵌套"),
        (b"<a>" + b"<b/>" * 1_000_001 + b"</a>", "too large"),
        (b"<a><b></a>", "cut off"),
        (b'<?xml version="1.0" encoding="none"?><a/>', "cut off"),
        (b"", "cut off"),
        (bytes(5_000_000), "zip bomb"),
    ],
)
def test_xml_is_bounded(xml: bytes, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if message == "too large":
        monkeypatch.setattr(zipped, "MOST_RATIO", 2_000)
    office = Office(packed({"a.xml": xml}), Path("x.docx"))
    with pytest.raises(UnreadableFile, match=message):
        office.tree("a.xml")


def test_strict_names_are_read_as_transitional_ones() -> None:
    xml = (
        b'<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main" '
        b'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships" r:id="1"/>'
    )
    root = Office(packed({"a.xml": xml}), Path("x.docx")).tree("a.xml")
    assert root is not None
    base = "http://schemas.openxmlformats.org"
    assert root.tag == f"{{{base}/wordprocessingml/2006/main}}d"
    assert list(root.attrib) == [f"{{{base}/officeDocument/2006/relationships}}id"]
