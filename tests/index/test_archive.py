"""Archives of reports: what is in them, by which name, and no harm from any of it."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.read import SUFFIXES, archive, zipped
from index.read.archive import Archive, member_name
from index.sources import find_sources
from tests.index.packages import pack

TEXT = "青塘县财政局2023年政府信息公开工作年度报告".encode()


def packed_raw(path: Path, names: list[bytes], *, utf8: bool = False) -> Path:
    """A zip whose names are these bytes, which `zipfile` would not write by itself."""
    fillers = [f"{number:03}".ljust(len(name), "x") for number, name in enumerate(names)]
    data = pack(path, dict.fromkeys(fillers, TEXT)).read_bytes()
    for filler, name in zip(fillers, names, strict=True):
        data = data.replace(filler.encode(), name)
    if utf8:
        data = data.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\0\x08")
        data = data.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\0\x08")
    path.write_bytes(data)
    return path


def members(path: Path, suffixes: frozenset[str] = SUFFIXES) -> list[tuple[str, bytes]]:
    """Names and contents, read as a build reads them: one after the other."""
    reports = Archive(path, suffixes)
    with reports.opened():
        return [(member.name, reports.read(member)) for member in reports.members]


def names(path: Path) -> list[str]:
    return [member.name for member in Archive(path, SUFFIXES).members]


def refused(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        members(path)
    assert caught.value.place.startswith(str(path))
    assert caught.value.advice
    assert "\n" not in str(caught.value)
    return caught.value


def test_members_come_with_their_content_in_order(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"2023/b.txt": TEXT, "a.html": b"<html>", "empty.txt": b""})
    assert members(path) == [("2023/b.txt", TEXT), ("a.html", b"<html>"), ("empty.txt", b"")]


def test_a_member_is_read_by_itself_and_leaves_nothing_open(tmp_path: Path) -> None:
    reports = Archive(pack(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": b"other"}), SUFFIXES)
    assert [reports.read(member) for member in reversed(reports.members)] == [b"other", TEXT]
    (tmp_path / "a.zip").unlink()
    with pytest.raises(UnreadableFile, match="cannot be read"):
        reports.read(reports.members[0])


def test_what_stands_beside_a_member_is_found(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"in/a.txt": TEXT, "in/a.txt.x": b"beside", "b.txt": TEXT})
    reports = Archive(path, SUFFIXES, beside=".x")
    assert [reports.read_beside(member) for member in reports.members] == [b"beside", None]


def test_folders_residue_and_unknown_suffixes_are_left_out(tmp_path: Path) -> None:
    entries = dict.fromkeys(
        [
            "__MACOSX/._a.txt",
            ".DS_Store",
            ".git/x.txt",
            "~$a.docx",
            "logo.png",
            "in/A.TXT",
            "ReadMe.md",
            "a.txt.gouji.yaml",
        ],
        TEXT,
    )
    path = pack(tmp_path / "a.zip", entries | {"in/": b""})
    assert names(path) == ["in/A.TXT"]


def test_of_two_members_of_one_name_the_later_is_read(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.zip", "w") as file,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        file.writestr("a.txt", b"first")
        file.writestr("a.txt", b"second")
    assert members(tmp_path / "a.zip") == [("a.txt", b"second")]


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
    path = pack(tmp_path / "a.zip", {mangled: TEXT, "résumé.txt": TEXT, "年报.txt": TEXT})
    assert names(path) == ["政府信息公开年报.txt", "résumé.txt", "年报.txt"]


def test_names_that_lead_out_are_harmless(tmp_path: Path) -> None:
    wild = ["../../etc/a.txt", "/b.txt", "C:\\Windows\\c.txt", "x/../d.txt", "..\\e\x07.txt"]
    path = pack(tmp_path / "a.zip", dict.fromkeys(wild, TEXT))
    assert names(path) == ["etc/a.txt", "b.txt", "Windows/c.txt", "x/d.txt", "e.txt"]
    info = zipfile.ZipInfo("..")
    assert member_name(info) == ""


@pytest.mark.parametrize("inner", ["in/更多.zip", "more.RAR", "x.7z", "x.tar.gz"])
def test_an_archive_within_is_refused_by_name_and_stops_no_other(
    tmp_path: Path, inner: str
) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT, inner: b"PK", "b.txt": TEXT})
    reports = Archive(path, SUFFIXES)
    assert [m.name for m in reports.members if m.fault is None] == ["a.txt", "b.txt"]
    with pytest.raises(UnreadableFile, match="archive within") as caught:
        reports.read(reports.members[1])
    assert caught.value.place == f"{path}/{inner}"


def test_an_archive_without_a_report_says_so(tmp_path: Path) -> None:
    assert "no report" in str(refused(pack(tmp_path / "a.zip", {"a.png": b"x"})))
    assert "no report" in str(refused(pack(tmp_path / "b.zip", {})))


def test_what_is_no_zip_or_cut_off_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT * 50})
    whole = path.read_bytes()
    for data in (b"", b"Rar!\x1a\x07\0", whole[:-30], whole[: len(whole) // 2], b"\0" * 100_000):
        path.write_bytes(data)
        assert "cut off" in str(refused(path))
    path.write_bytes(whole.replace(whole[40:60], bytes(20)))
    assert "cut off" in str(refused(path))
    with pytest.raises(UnreadableFile, match="cannot be read"):
        members(tmp_path / "none.zip")


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    error = refused(path)
    assert "encrypted" in error.message
    assert error.place == f"{path}/a.txt"


def test_an_unusual_method_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT}, zipfile.ZIP_LZMA)
    assert "unsupported method" in str(refused(path))


def test_a_bomb_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": bytes(20_000_000)})
    started = time.process_time()
    assert "zip bomb" in str(refused(path))
    assert time.process_time() - started < 0.5


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT * 20, "b.txt": TEXT * 20})
    monkeypatch.setattr(archive, "TOTAL_BYTES", len(TEXT) * 30)
    assert "too large" in str(refused(path))
    monkeypatch.setattr(zipped, "MEMBER_BYTES", len(TEXT) * 10)
    assert refused(path).place == f"{path}/a.txt"
    monkeypatch.setattr(zipped, "MOST_MEMBERS", 1)
    assert "超过 1 个文件" in str(refused(path))
    monkeypatch.setattr(zipped, "DIRECTORY_BYTES", 10)
    assert "too large" in str(refused(path))


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT * 1000})
    size = (len(TEXT) * 1000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (100).to_bytes(4, "little")))
    assert "cut off" in str(refused(path))


def test_what_a_saved_page_brings_with_it_is_left_out(tmp_path: Path) -> None:
    files = ["年报.html", "年报_files/ad.html", "b.htm", "b.files/x/y.txt", "own_files/c.html"]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    kept = ["年报.html", "b.htm", "own_files/c.html"]
    found = {str(source.path.relative_to(tmp_path)) for source in find_sources([tmp_path])}
    assert found == set(kept)
    assert names(pack(tmp_path / "a.zip", dict.fromkeys(files, TEXT))) == kept


def test_members_whose_names_look_alike_are_all_read(tmp_path: Path) -> None:
    alike = {"a\u200b.txt": b"first", "a.txt": b"second", "a\u200d.txt": b"third"}
    path = pack(tmp_path / "a.zip", alike)
    assert members(path) == [("a.txt", data) for data in alike.values()]
    assert [m.key for m in Archive(path, SUFFIXES).members] == list(alike)


def test_members_over_each_other_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    names_ = ["a.txt", "b.txt", "c.txt", "d.txt"]
    path = pack(tmp_path / "a.zip", dict.fromkeys(names_, TEXT), zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    data[entries[2] + 42 : entries[2] + 46] = data[entries[1] + 42 : entries[1] + 46]
    path.write_bytes(data)  # c.txt is now said to be where b.txt is
    reports = Archive(path, SUFFIXES)
    assert [m.name for m in reports.members if m.fault is not None] == ["b.txt", "c.txt"]
    with pytest.raises(UnreadableFile, match="overlaps another member"):
        reports.read(reports.members[2])
    assert reports.read(reports.members[3]) == TEXT


def test_one_bad_member_stops_no_other(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT, "bomb.txt": bytes(20_000_000), "c.txt": TEXT})
    reports = Archive(path, SUFFIXES)
    assert [m.name for m in reports.members if m.fault is None] == ["a.txt", "c.txt"]
    with pytest.raises(UnreadableFile, match="zip bomb"):
        reports.read(reports.members[1])


def test_names_over_255_bytes_and_thousands_of_members_are_read(tmp_path: Path) -> None:
    long = "云岫市人民政府办公室关于公开政府信息公开工作年度报告的通知" * 20 + ".txt"
    path = pack(tmp_path / "a.zip", {long: TEXT} | {f"{n}.txt": b"x" for n in range(5_000)})
    started = time.process_time()
    found = members(path)
    assert found[0] == (long, TEXT) and len(found) == 5_001
    assert time.process_time() - started < 5


def test_a_directory_for_large_archives_is_measured_too(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"a.txt": TEXT})
    whole = path.read_bytes()
    end = whole.index(b"PK\x05\x06")
    start = whole.index(b"PK\x01\x02")
    record = b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes([45, 0, 45, 0]) + bytes(8)
    for number in (1, 1, end - start, start):
        record += number.to_bytes(8, "little")
    locator = b"PK\x06\x07" + bytes(4) + end.to_bytes(8, "little") + (1).to_bytes(4, "little")
    tail = b"PK\x05\x06" + bytes(4) + b"\xff" * 4 + b"\xff" * 8 + bytes(2)
    path.write_bytes(whole[:end] + record + locator + tail)
    assert members(path) == [("a.txt", TEXT)]
