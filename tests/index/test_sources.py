"""Where reports come from: files, folders, archives and standard input, and what goes wrong."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from index.build import Step, build
from index.errors import InputError, SidecarError, UnreadableFile
from index.read import archive
from index.reading import read_report
from index.sources import (
    Places,
    Source,
    Sources,
    find_sources,
    path_of,
    source_of,
    source_of_stream,
)
from index.storage.ledger import Ledger
from tests.index.helpers import FakeEmbedder, example
from tests.index.packages import pack

TEXT = example("yanting-2023").read_bytes()
OTHER = example("yunxiu-2021").read_bytes()
STDIN = Path("-")


def names(sources: Sources) -> list[str]:
    found = [source.path.name for source in sources]
    assert len(sources) == len(found)
    return found


def fault(source: Source) -> InputError:
    with pytest.raises(InputError) as caught:
        source.load()
    assert caught.value.place
    assert caught.value.advice
    assert "\n" not in str(caught.value)
    return caught.value


# -- folders ---------------------------------------------------------------------------------


def test_reports_are_found_in_folders_and_by_name(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.TXT",
        "README.md",
        ".hidden.txt",
        "~$d.docx",
        "notes.odt",
        "sub/c.text",
        "sub/e.DOC",
        ".git/x.txt",
        "__MACOSX/y.txt",
        "a.txt.gouji.yaml",
        "页.html",
        "页_files/frame.html",
        "no_files/z.html",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    found = find_sources([tmp_path, tmp_path / "b.txt", tmp_path / "notes.odt"])
    assert names(found) == ["a.TXT", "b.txt", "z.html", "c.text", "e.DOC", "页.html", "notes.odt"]


def test_a_path_that_is_not_there_and_a_folder_without_reports_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such path"):
        find_sources([tmp_path / "none"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFile, match="no report in this folder"):
        find_sources([tmp_path / "empty"])


def test_links_are_followed_and_loops_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "deep").mkdir(parents=True)
    outside.mkdir()
    (inside / "a.txt").write_bytes(TEXT)
    (outside / "b.txt").write_bytes(OTHER)
    (inside / "deep" / "up").symlink_to(inside)
    (inside / "self").symlink_to(inside / "self")
    (inside / "self.txt").symlink_to(inside / "self.txt")
    (inside / "out").symlink_to(outside)
    (inside / "again.txt").symlink_to(inside / "a.txt")
    listed, opened = Path.iterdir, list[Path]()
    monkeypatch.setattr(Path, "iterdir", lambda path: opened.append(path) or listed(path))
    assert names(find_sources([inside])) == ["a.txt", "b.txt"]
    assert len(opened) == 4  # the folders, and the loop once more
    (lost,) = find_sources([inside / "self.txt"])
    assert "cannot be read" in str(fault(lost))


def test_what_may_not_be_opened_is_told_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut.txt").write_bytes(TEXT)
    (tmp_path / "shut.zip").write_bytes(b"PK\x03\x04")
    listed, opened = Path.iterdir, Path.open

    def iterdir(path: Path) -> object:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    def open_(path: Path, *rest: str, **named: str) -> object:
        if path.stem == "shut":
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "iterdir", iterdir)
    monkeypatch.setattr(Path, "open", open_)
    found = {source.path.name: source for source in find_sources([tmp_path])}
    assert list(found) == ["a.txt", "shut", "shut.txt", "shut.zip"]
    assert found["a.txt"].load() == TEXT
    for name in ("shut", "shut.txt", "shut.zip"):
        error = fault(found[name])
        assert error.place == str(tmp_path / name)
        assert "Permission denied" in error.message
        assert "check" in error.advice


def test_names_in_another_encoding_can_be_shown(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "云岫市政府信息公开年报.txt".encode("gbk")
    with Path(os.fsdecode(raw)).open("wb") as file:
        file.write(TEXT)
    (tmp_path / "a\nb.txt").write_bytes(b"")
    broken, whole = find_sources([tmp_path])
    assert (broken.path.name, whole.path.name) == ("ab.txt", "云岫市政府信息公开年报.txt")
    assert path_of(whole.place) == Path(os.path.realpath(os.fsdecode(raw)))
    assert whole.place.isprintable()
    assert Places().has(whole.place)
    assert read_report(whole).source_file == whole.path.name
    with pytest.raises(UnreadableFile) as caught:
        read_report(broken)
    assert caught.value.place == str(tmp_path / "ab.txt")


def test_files_whose_names_look_alike_are_all_taken(tmp_path: Path) -> None:
    for name, data in (("a.txt", TEXT), ("a\u200b.txt", OTHER)):
        (tmp_path / name).write_bytes(data)
    pack(tmp_path / "b.zip", {"a.txt": TEXT, "a\u200b.txt": OTHER})
    found = list(find_sources([tmp_path]))
    assert {source.path.name for source in found} == {"a.txt"}
    assert {source.load() for source in found} == {TEXT, OTHER}
    assert len({source.place for source in found}) == 4
    assert all(Places().has(source.place) for source in found)


def test_a_pipe_and_an_endless_file_are_read_within_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.read.MAX_BYTES", 100_000)
    end, start = os.pipe()
    os.write(start, TEXT)
    os.close(start)
    assert source_of(Path(f"/dev/fd/{end}")).load() == TEXT
    os.close(end)
    assert "too large" in str(fault(source_of(Path("/dev/zero"))))


# -- standard input --------------------------------------------------------------------------


def test_standard_input_is_read_by_what_it_holds() -> None:
    page = b"<html><body><p>" + "年报".encode() + b"</p></body></html>"
    for data, name, called in (
        (TEXT, None, "stdin.txt"),
        (page, None, "stdin.html"),
        (b"# x\n", None, "stdin.md"),
        (b"%PDF-1.7", None, "stdin.pdf"),
        (page, "in/年报.doc", "年报.doc"),
    ):
        (source,) = find_sources([STDIN, STDIN], io.BytesIO(data), name)
        assert (source.path.name, source.load()) == (called, data)
        assert not Places().has(source.place)
    assert source_of_stream(io.BytesIO(TEXT)).place != source_of_stream(io.BytesIO(page)).place


def test_standard_input_that_cannot_be_read_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    bad, good = find_sources([STDIN, tmp_path / "a.txt"], io.BytesIO(b""))
    assert str(fault(bad)).startswith("stdin: ")
    assert good.load() == TEXT
    monkeypatch.setattr("index.read.MAX_BYTES", 10)
    assert "too large" in str(fault(source_of_stream(io.BytesIO(TEXT), "x.txt")))


def test_a_name_is_for_standard_input_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    with pytest.raises(InputError, match="only for standard input"):
        find_sources([tmp_path / "a.txt"], io.BytesIO(), "b.txt")


# -- archives --------------------------------------------------------------------------------


def test_an_archive_gives_its_members_with_their_sidecars(tmp_path: Path) -> None:
    path = pack(
        tmp_path / "年报.zip",
        {
            "2023/a.txt": TEXT,
            "2023/a.txt.gouji.yaml": "body: 雾川市民政局\nyear: 2020\n".encode(),
            "2023/b.txt": TEXT,
            "2023/b.txt.gouji.yaml": b"boddy: x\n",
            "2023/logo.png": b"x",
        },
    )
    sources = find_sources([path])
    assert len(sources) == 2
    first, second = sources
    assert first.path == path / "2023" / "a.txt"
    assert first.place == f"{os.path.realpath(path)}/2023/a.txt"
    assert read_report(first).title == "雾川市民政局2020年"
    assert Places().has(first.place)
    assert not Places().has(f"{os.path.realpath(path)}/2023/none.txt")
    with pytest.raises(SidecarError) as caught:
        second.given()
    assert caught.value.place == f"{path}/2023/b.txt.gouji.yaml"


def test_archives_in_folders_are_taken_and_bad_ones_stop_no_other(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", {"x.txt": TEXT, "in.zip": b"PK"})
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 and no more")
    pack(tmp_path / "c.zip", {"x.png": b""})
    (tmp_path / "d.zip").write_bytes(b"Rar!\x1a\7\0")
    (tmp_path / "e.txt").write_bytes(OTHER)
    sources = list(find_sources([tmp_path]))
    told = [None if s.path.name in ("x.txt", "e.txt") else fault_or_reading(s) for s in sources]
    assert [s.path.name for s in sources] == ["x.txt", "in.zip", "b.zip", "c.zip", "d.zip", "e.txt"]
    for said, words in zip(
        told, [None, "within an archive", "cut off", "no report", "no .zip", None], strict=True
    ):
        assert (said is None) if words is None else (said is not None and words in said)


def fault_or_reading(source: Source) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_report(source)
    return str(caught.value)


def test_a_document_called_zip_is_that_document(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"<html><body><p>x</p></body></html>")
    (source,) = find_sources([tmp_path])
    assert source.load().startswith(b"<html>")


def test_one_member_is_held_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "a.zip", {f"{n}.txt": TEXT for n in range(5)})
    opened: list[str] = []
    real = archive.open_zip
    monkeypatch.setattr(
        archive, "open_zip", lambda f, place: opened.append(place) or real(f, place)
    )
    sources = find_sources([path])
    for source in sources:
        assert source.load() == TEXT
    assert len(opened) == 2  # to list them, and to read them one after the other


# -- into the index --------------------------------------------------------------------------

FAKE = FakeEmbedder()


def run(path: Path, store: Path) -> dict[str, Step]:
    return {s.path.removeprefix(f"{path}/"): s for s in build(find_sources([path]), store, FAKE)}


@pytest.mark.slow
def test_members_have_stable_ids_and_unchanged_ones_are_skipped(
    tmp_path: Path, own_store: Path
) -> None:
    path = pack(tmp_path / "a.zip", {"in/a.txt": TEXT, "b.txt": OTHER, "c.txt": b"\0" * 9})
    first = run(path, own_store)
    assert {n: s.outcome for n, s in first.items()} == {
        "in/a.txt": "added", "b.txt": "added", "c.txt": "failed"
    }  # fmt: skip
    assert first["c.txt"].message.startswith(f"{path}/c.txt: ")
    pack(path, {"z.txt": b"", "b.txt": OTHER + "补充一句话。\n".encode(), "in/a.txt": TEXT})
    second = run(path, own_store)
    assert {n: s.outcome for n, s in second.items()} == {
        "z.txt": "failed", "b.txt": "updated", "in/a.txt": "unchanged"
    }  # fmt: skip
    assert second["in/a.txt"].report == first["in/a.txt"].report
    ledger = Ledger(own_store)
    assert len(ledger.cards()) == 2
    ledger.close()


@pytest.mark.slow
def test_names_that_cannot_be_shown_are_known_at_the_next_build(
    tmp_path: Path, own_store: Path
) -> None:
    raw = os.fsencode(tmp_path) + b"/in/" + "年报.txt".encode("gb18030")
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(raw)).write_bytes(TEXT)
    (tmp_path / "in" / "z\u200b.txt").write_bytes(OTHER)
    pack(tmp_path / "in" / "z.zip", {"x.txt": TEXT, "z.txt": OTHER})

    def outcomes() -> list[str]:
        return [step.outcome for step in build(find_sources([tmp_path / "in"]), own_store, FAKE)]

    assert sorted(outcomes()) == ["added", "added", "duplicate", "duplicate"]
    assert sorted(outcomes()) == ["duplicate", "duplicate", "unchanged", "unchanged"]


@pytest.mark.slow
def test_an_archive_is_listed_once_a_build_whatever_copies_of_it_there_are(
    tmp_path: Path, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(pack(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": OTHER}), own_store)
    loose = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, data in zip(loose, (TEXT, OTHER), strict=True):
        path.write_bytes(data)
    opened: list[str] = []
    real = archive.open_zip
    monkeypatch.setattr(
        archive, "open_zip", lambda f, place: opened.append(place) or real(f, place)
    )
    assert [step.outcome for step in build(loose, own_store, FAKE)] == ["duplicate"] * 2
    assert len(opened) == 1


@pytest.mark.slow
def test_a_copy_of_a_member_is_taken_once_and_where_it_still_is(
    tmp_path: Path, own_store: Path
) -> None:
    path = pack(tmp_path / "a.zip", {"in/a.txt": TEXT})
    run(path, own_store)
    loose = tmp_path / "loose.txt"
    loose.write_bytes(TEXT)
    (step,) = build([loose], own_store, FAKE)
    assert (step.outcome, "a.txt" in step.message) == ("duplicate", True)
    (piped,) = build([source_of_stream(io.BytesIO(TEXT))], own_store, FAKE)
    assert piped.outcome == "duplicate"
    path.unlink()
    (step,) = build([loose], own_store, FAKE)
    assert step.outcome == "added"


@pytest.mark.slow
def test_standard_input_is_indexed_by_its_content(own_store: Path) -> None:
    def outcome(data: bytes) -> str:
        (step,) = build([source_of_stream(io.BytesIO(data), "x.txt")], own_store, FAKE)
        return step.outcome

    assert [outcome(TEXT), outcome(TEXT), outcome(OTHER), outcome(TEXT)] == [
        "added", "unchanged", "added", "unchanged"
    ]  # fmt: skip
