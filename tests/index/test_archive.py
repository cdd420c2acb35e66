"""Archives of reports and the packages of Office files: harmless whatever is in them."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.read import archive
from index.read.archive import Office, is_page_asset, member_name, members

TEXT = "青塘县财政局2023年政府信息公开工作年度报告".encode()


def packed(path: Path, entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return path


def packed_raw(path: Path, names: list[bytes], *, utf8: bool = False) -> Path:
    """A zip whose names are these bytes, which `zipfile` would not write by itself."""
    fillers = [f"{number:03}".ljust(len(name), "x") for number, name in enumerate(names)]
    data = packed(path, dict.fromkeys(fillers, TEXT)).read_bytes()
    for filler, name in zip(fillers, names, strict=True):
        data = data.replace(filler.encode(), name)
    if utf8:
        data = data.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\0\x08")
        data = data.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\0\x08")
    path.write_bytes(data)
    return path


def names(path: Path, suffixes: set[str] | None = None) -> list[str]:
    return [name for name, _ in members(path, suffixes)]


def refused(path: Path, suffixes: set[str] | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        list(members(path, suffixes))
    assert caught.value.place.startswith(str(path))
    assert caught.value.advice
    assert "\n" not in str(caught.value)
    return caught.value


def test_members_come_with_their_content_in_order(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"2023/b.txt": TEXT, "a.html": b"<html>", "empty.txt": b""})
    assert list(members(path)) == [("2023/b.txt", TEXT), ("a.html", b"<html>"), ("empty.txt", b"")]


def test_folders_residue_and_unknown_suffixes_are_left_out(tmp_path: Path) -> None:
    entries = dict.fromkeys(
        ["__MACOSX/._a.txt", ".DS_Store", ".git/x.txt", "~$a.docx", "logo.png", "in/A.TXT"], TEXT
    )
    path = packed(tmp_path / "a.zip", entries | {"in/": b""})
    assert names(path, {".txt", ".docx"}) == ["in/A.TXT"]
    assert names(path) == ["logo.png", "in/A.TXT"]


def test_of_two_members_of_one_name_the_later_is_read(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.zip", "w") as file,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        file.writestr("a.txt", b"first")
        file.writestr("a.txt", b"second")
    assert list(members(tmp_path / "a.zip")) == [("a.txt", b"second")]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "big5"])
def test_chinese_names_are_repaired(tmp_path: Path, encoding: str) -> None:
    name = (
        "政府信息公開工作年度報告.txt" if encoding == "big5" else "青塘县政府信息公开年度报告.txt"
    )
    assert names(packed_raw(tmp_path / "a.zip", [name.encode(encoding)])) == [name]


def test_a_backslash_within_a_gbk_character_parts_no_folder(tmp_path: Path) -> None:
    raw = "年报\\乗县政府信息公开工作年度报告.txt".encode("gbk")
    assert b"\\" in "乗".encode("gbk")
    assert names(packed_raw(tmp_path / "a.zip", [raw])) == ["年报/乗县政府信息公开工作年度报告.txt"]


def test_names_mangled_before_they_were_packed_are_repaired(tmp_path: Path) -> None:
    mangled = "政府信息公开年报.txt".encode("gbk").decode("cp437")
    path = packed(tmp_path / "a.zip", {mangled: TEXT, "résumé.txt": TEXT, "年报.txt": TEXT})
    assert names(path) == ["政府信息公开年报.txt", "résumé.txt", "年报.txt"]


def test_names_that_lead_out_are_harmless(tmp_path: Path) -> None:
    wild = ["../../etc/a.txt", "/b.txt", "C:\\Windows\\c.txt", "x/../d.txt", "..\\e\x07.txt"]
    path = packed(tmp_path / "a.zip", dict.fromkeys(wild, TEXT))
    assert names(path) == ["etc/a.txt", "b.txt", "Windows/c.txt", "x/d.txt", "e.txt"]
    info = zipfile.ZipInfo("..")
    assert member_name(info) == ""


@pytest.mark.parametrize("inner", ["in/更多.zip", "more.RAR", "x.7z", "x.tar.gz"])
def test_an_archive_within_is_refused_by_name_before_anything_is_read(
    tmp_path: Path, inner: str
) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT, inner: b"PK"})
    with pytest.raises(UnreadableFile, match="archive within") as caught:
        next(members(path, {".txt"}))
    assert caught.value.place == f"{path}/{inner}"


def test_an_archive_without_a_report_says_so(tmp_path: Path) -> None:
    assert "no report" in str(refused(packed(tmp_path / "a.zip", {"a.png": b"x"}), {".txt"}))
    assert "no report" in str(refused(packed(tmp_path / "b.zip", {})))


def test_what_is_no_zip_or_cut_off_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT * 50})
    whole = path.read_bytes()
    for data in (b"", b"Rar!\x1a\x07\0", whole[:-30], whole[: len(whole) // 2], b"\0" * 100_000):
        path.write_bytes(data)
        assert "cut off" in str(refused(path))
    path.write_bytes(whole.replace(whole[40:60], bytes(20)))
    assert "cut off" in str(refused(path))
    with pytest.raises(UnreadableFile, match="cannot be read"):
        list(members(tmp_path / "none.zip"))


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    error = refused(path)
    assert "encrypted" in error.message
    assert error.place == f"{path}/a.txt"


def test_an_unusual_method_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT}, zipfile.ZIP_LZMA)
    assert "unsupported method" in str(refused(path))


def test_a_bomb_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": bytes(20_000_000)})
    started = time.process_time()
    assert "zip bomb" in str(refused(path))
    assert time.process_time() - started < 0.5


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT * 20, "b.txt": TEXT * 20})
    monkeypatch.setattr(archive, "TOTAL_BYTES", len(TEXT) * 30)
    assert "too large" in str(refused(path))
    monkeypatch.setattr(archive, "MEMBER_BYTES", len(TEXT) * 10)
    assert refused(path).place == f"{path}/a.txt"
    monkeypatch.setattr(archive, "MOST_MEMBERS", 1)
    assert "超过 1 个文件" in str(refused(path))
    monkeypatch.setattr(archive, "DIRECTORY_BYTES", 10)
    assert "too large" in str(refused(path))


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT * 1000})
    size = (len(TEXT) * 1000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (100).to_bytes(4, "little")))
    assert "cut off" in str(refused(path))


def test_what_a_saved_page_brings_with_it_is_left_out(tmp_path: Path) -> None:
    files = ["年报.html", "年报_files/ad.html", "b.htm", "b.files/x/y.txt", "own_files/c.html"]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    kept = [name for name in files if not is_page_asset(tmp_path / name)]
    assert kept == ["年报.html", "b.htm", "own_files/c.html"]
    assert names(packed(tmp_path / "a.zip", dict.fromkeys(files, TEXT))) == kept


# -- Office packages -----------------------------------------------------------------------


def package(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return buffer.getvalue()


RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="x/officeDocument" Target="%s"/></Relationships>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("data", "message", "advice"),
    [
        (b"", "empty", "fetch it again"),
        (OLE + "WordDocument".encode("utf-16-le"), "old binary format", "save it as .docx"),
        (OLE + "Workbook".encode("utf-16-le"), "old binary format", "save it as .xlsx"),
        (OLE, "old binary format", "save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected", "without"),
        (b"%PDF-1.7", "a PDF, not .docx", "rename it"),
        (b"\xef\xbb\xbf\r\n <html><body>", "a web page", "rename it"),
        (b"{\\rtf1", "RTF", "rename it"),
        (b"\x89PNG\r\n\x1a\n", "an image", "rename it"),
        (b"\xff\xd8\xff\xe0", "an image", "rename it"),
        (b"PK\x03\x04 and no more", "cut off", "fetch it again"),
    ],
)
def test_what_is_no_office_file_is_told_apart(data: bytes, message: str, advice: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        Office(data, Path("in/年报.docx"), ".docx")
    assert caught.value.place == "in/年报.docx"
    assert message in caught.value.message
    assert advice in caught.value.advice


@pytest.mark.parametrize(
    "target", [b"word/document.xml", b"/word/document.xml", b"./word/document.xml"]
)
def test_parts_are_found_by_their_relations(target: bytes) -> None:
    office = Office(
        package({"_rels/.rels": RELATIONS % target, "Word\\Document.xml": b"<a/>"}),
        Path("x.docx"),
        ".docx",
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
    office = Office(package({"a.xml": xml}), Path("x.docx"), ".docx")
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
        monkeypatch.setattr(archive, "MOST_RATIO", 2_000)
    office = Office(package({"a.xml": xml}), Path("x.docx"), ".docx")
    with pytest.raises(UnreadableFile, match=message):
        office.tree("a.xml")


def test_strict_names_are_read_as_transitional_ones() -> None:
    xml = (
        b'<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main" '
        b'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships" r:id="1"/>'
    )
    root = Office(package({"a.xml": xml}), Path("x.docx"), ".docx").tree("a.xml")
    assert root is not None
    base = "http://schemas.openxmlformats.org"
    assert root.tag == f"{{{base}/wordprocessingml/2006/main}}d"
    assert list(root.attrib) == [f"{{{base}/officeDocument/2006/relationships}}id"]
