"""Reports into the stores: resumable, whole or not at all, and never double."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from index.build import Step, build, locked, rebuild
from index.errors import EmbedderMismatch, NoStore, StoreLocked
from index.sidecar import Given
from index.storage.ledger import Ledger
from index.storage.store import FIGURES, PASSAGES, VectorStore, figure_records, passage_records
from tests.index.helpers import FakeEmbedder, example

pytestmark = pytest.mark.slow
FAKE = FakeEmbedder()
T = TypeVar("T")
BODY = "临溪县雁汀镇人民政府"


class Killed(BaseException):
    """Stands for the end of the process; nothing in Gouji catches it."""


class Shelf:
    """A folder of reports and the store built from it."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.folder, self.store = folder, store
        folder.mkdir()

    def put(self, *names: str) -> None:
        for name in names:
            shutil.copy(example(name), self.folder)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def build(self, given: Given | None = None, embedder: FakeEmbedder = FAKE) -> dict[str, Step]:
        files = sorted(self.folder.glob("*.txt"))
        return {Path(s.path).name: s for s in build(files, self.store, embedder, given)}

    def outcomes(self) -> dict[str, str]:
        return {name.removesuffix(".txt"): step.outcome for name, step in self.build().items()}

    def look(self, at: Callable[[Ledger, VectorStore], T], embedder: FakeEmbedder = FAKE) -> T:
        ledger = Ledger(self.store)
        try:
            return at(ledger, VectorStore(self.store, ledger, embedder))
        finally:
            ledger.close()

    def ids(self) -> list[str]:
        return self.look(lambda ledger, _: [card.id for card in ledger.cards()])


@pytest.fixture
def shelf(tmp_path: Path, own_store: Path) -> Shelf:
    return Shelf(tmp_path / "reports", own_store)


def whole(shelf: Shelf, embedder: FakeEmbedder = FAKE) -> None:
    """The vectors are exactly those of the reports in the ledger, at rest and searchable."""

    def look(ledger: Ledger, vectors: VectorStore) -> None:
        reports = [ledger.report(card.id) for card in ledger.cards()]
        for name, records in ((FIGURES, figure_records), (PASSAGES, passage_records)):
            wanted = {key: text for r in reports for key, text, _ in records(r)}
            kept = vectors._collection(name).get(include=["documents"])
            assert dict(zip(kept["ids"], kept["documents"], strict=True)) == wanted
            assert vectors.count(name) == len(wanted)
        assert ledger.without_vectors() == []
        assert ledger.generation % 2 == 0
        assert vectors.available()
        assert ledger.setting("embedder") == embedder.name

    shelf.look(look, embedder)


def test_a_folder_is_built_and_unchanged_files_are_skipped(shelf: Shelf) -> None:
    shelf.put("yanting-2023", "yunxiu-2021")
    assert shelf.outcomes() == {"yanting-2023": "added", "yunxiu-2021": "added"}
    whole(shelf)
    before = shelf.look(lambda ledger, _: ledger.generation)
    assert shelf.outcomes() == {"yanting-2023": "unchanged", "yunxiu-2021": "unchanged"}
    assert shelf.look(lambda ledger, _: ledger.generation) == before
    assert shelf.look(lambda ledger, _: [c.title for c in ledger.cards()]) == [
        f"{BODY}2023年", "云岫市人民政府2021年"
    ]  # fmt: skip


def test_a_changed_file_replaces_its_report(shelf: Shelf) -> None:
    shelf.put("yanting-2023", "yunxiu-2021")
    shelf.build()
    before = set(shelf.ids())
    text = example("yanting-2023").read_text("utf-8")
    shelf.write("yanting-2023.txt", text.replace("乡村夜话", "田头夜话"))
    assert shelf.outcomes() == {"yanting-2023": "updated", "yunxiu-2021": "unchanged"}
    assert len(set(shelf.ids()) & before) == 1
    assert len(shelf.ids()) == 2
    whole(shelf)


def test_what_the_user_sets_rereads_an_unchanged_file(shelf: Shelf) -> None:
    shelf.put("yimaban-2023")
    shelf.build()
    shelf.write("yimaban-2023.txt.gouji.yaml", "body: 青棠区数据局\n")
    assert shelf.outcomes() == {"yimaban-2023": "updated"}
    assert shelf.look(lambda ledger, _: ledger.cards()[0].title) == "青棠区数据局2023年"
    whole(shelf)
    step = shelf.build(Given(year=2022))["yimaban-2023.txt"]
    assert (step.outcome, step.title) == ("updated", "青棠区数据局2022年")
    assert len(shelf.ids()) == 1


def test_a_report_that_became_other_text_has_failed(shelf: Shelf) -> None:
    shelf.put("yanting-2023")
    shelf.put("yunxiu-2021")
    shelf.build()
    shelf.write("yanting-2023.txt", "今天天气很好。\n")
    assert shelf.build()["yanting-2023.txt"].outcome == "failed"


def test_one_bad_file_never_stops_the_rest(shelf: Shelf) -> None:
    shelf.put("yanting-2023")
    shelf.write("a-empty.txt", b"")
    shelf.write("b-pdf.txt", b"%PDF-1.7 ...")
    shelf.write("c-other.txt", "今天天气很好。\n")
    shelf.write("z-sidecar.txt", example("yunxiu-2021").read_bytes())
    shelf.write("z-sidecar.txt.gouji.yaml", "boddy: x\n")
    steps = shelf.build()
    assert {name: s.outcome for name, s in steps.items()} == {
        "a-empty.txt": "failed",
        "b-pdf.txt": "failed",
        "c-other.txt": "other",
        "yanting-2023.txt": "added",
        "z-sidecar.txt": "failed",
    }
    for name, step in steps.items():
        if step.outcome == "failed":
            assert step.report is None
            assert step.message.startswith(str(shelf.folder / name))
            assert "\n" not in step.message
    assert shelf.ids() == [steps["yanting-2023.txt"].report]
    whole(shelf)


def test_a_file_that_turned_bad_keeps_its_report(shelf: Shelf) -> None:
    shelf.put("yanting-2023")
    shelf.build()
    before = shelf.ids()
    shelf.write("yanting-2023.txt", b"\x00\x01\x02" * 100)
    assert shelf.outcomes() == {"yanting-2023": "failed"}
    assert shelf.ids() == before
    whole(shelf)


def test_the_same_content_twice_is_indexed_once(shelf: Shelf) -> None:
    shelf.put("yanting-2023")
    shelf.write("copy.txt", example("yanting-2023").read_bytes())
    steps = shelf.build()
    assert {n: s.outcome for n, s in steps.items()} == {
        "copy.txt": "added", "yanting-2023.txt": "duplicate"
    }  # fmt: skip
    assert "copy.txt" in steps["yanting-2023.txt"].message
    assert steps["copy.txt"].report == steps["yanting-2023.txt"].report
    assert len(shelf.ids()) == 1
    (shelf.folder / "copy.txt").unlink()
    assert shelf.outcomes() == {"yanting-2023": "added"}
    assert len(shelf.ids()) == 1
    whole(shelf)


def test_two_files_of_one_body_and_year_are_both_kept_and_said(shelf: Shelf) -> None:
    shelf.put("yanting-2023")
    text = example("yanting-2023").read_text("utf-8")
    shelf.write("zz.txt", text + "本报告为更正版，以此为准。\n")
    steps = shelf.build()
    assert [s.outcome for s in steps.values()] == ["added", "added"]
    assert steps["yanting-2023.txt"].message == ""
    assert "同一单位同一年另有文件 yanting-2023.txt" in steps["zz.txt"].message
    assert len(shelf.ids()) == 2
    whole(shelf)


# -- killed in the middle ---------------------------------------------------------------------


def killed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, method: Callable[..., None]) -> None:
    """One build that dies in `VectorStore.add`."""
    with monkeypatch.context() as patch:
        patch.setattr(VectorStore, "add", method)
        with pytest.raises(Killed):
            shelf.build()


def before_writing(*_: object) -> None:
    raise Killed


def half_written(self: VectorStore, reports: list, add=VectorStore.add) -> None:
    add(self, reports[:1])
    raise Killed


def all_written(self: VectorStore, reports: list, add=VectorStore.add) -> None:
    add(self, reports)
    raise Killed


@pytest.mark.parametrize("method", [before_writing, half_written, all_written])
def test_a_build_killed_before_the_vectors_were_taken_is_completed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, method: Callable[..., None]
) -> None:
    shelf.put("yanting-2023", "yunxiu-2021")
    killed(shelf, monkeypatch, method)
    state = shelf.look(lambda ledger, v: (len(ledger.without_vectors()), v.available()))
    assert state == (2, False)
    assert shelf.outcomes() == {"yanting-2023": "unchanged", "yunxiu-2021": "unchanged"}
    whole(shelf)


def test_a_build_killed_between_files_goes_on_with_the_next(shelf: Shelf) -> None:
    shelf.put("yanting-2023", "yunxiu-2021")
    steps = build(sorted(shelf.folder.glob("*.txt")), shelf.store, FAKE)
    assert next(steps).outcome == "added"
    with pytest.raises(Killed):
        steps.throw(Killed)  # type: ignore[attr-defined]
    assert len(shelf.ids()) == 1
    assert shelf.outcomes() == {"yanting-2023": "unchanged", "yunxiu-2021": "added"}
    whole(shelf)


def test_the_generation_is_odd_while_vectors_are_written(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def add(self: VectorStore, reports: list, add=VectorStore.add) -> None:
        other = Ledger(shelf.store)
        seen.append((other.generation, VectorStore(shelf.store, other, FAKE).available()))
        other.close()
        add(self, reports)

    shelf.put("yanting-2023")
    monkeypatch.setattr(VectorStore, "add", add)
    shelf.build()
    assert seen == [(1, False)]
    assert shelf.look(lambda ledger, v: (ledger.generation, v.available())) == (2, True)


# -- locks and embedders ----------------------------------------------------------------------


def test_a_second_writer_is_refused(shelf: Shelf) -> None:
    shelf.put("yanting-2023")
    shelf.build()
    with locked(shelf.store):
        with pytest.raises(StoreLocked) as caught:
            shelf.build()
        with pytest.raises(StoreLocked):
            rebuild(shelf.store, FAKE)
    assert caught.value.place == str(shelf.store)
    assert "try again" in caught.value.advice
    assert shelf.outcomes() == {"yanting-2023": "unchanged"}


def test_another_embedder_is_refused_until_the_vectors_are_rebuilt(shelf: Shelf) -> None:
    other = FakeEmbedder("other@2")
    other.dimensions = 32
    shelf.put("yanting-2023", "yunxiu-2021")
    shelf.build()
    with pytest.raises(EmbedderMismatch) as caught:
        shelf.build(embedder=other)
    assert "fake@1" in caught.value.message
    assert "other@2" in caught.value.message
    assert "gouji rebuild" in caught.value.advice
    whole(shelf)
    assert rebuild(shelf.store, other) == 2
    whole(shelf, other)
    with pytest.raises(EmbedderMismatch):
        shelf.build()


def test_there_is_nothing_to_rebuild_without_a_store(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        rebuild(tmp_path / "none", FAKE)


def test_a_rebuild_killed_while_writing_is_completed_by_the_next_build(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put("yanting-2023", "yunxiu-2021")
    shelf.build()
    with monkeypatch.context() as patch:
        patch.setattr(VectorStore, "add", half_written)
        with pytest.raises(Killed):
            rebuild(shelf.store, FAKE)
    assert shelf.outcomes() == {"yanting-2023": "unchanged", "yunxiu-2021": "unchanged"}
    whole(shelf)
