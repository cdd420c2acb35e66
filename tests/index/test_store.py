"""Chroma: what is written there, and what is near."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import EmbedderMismatch
from index.storage import store as module
from index.storage.ledger import Ledger
from index.storage.store import FIGURES, PASSAGES, VectorStore, figure_records, passage_records
from tests.index.helpers import ROOT, FakeEmbedder, read_example

pytestmark = pytest.mark.slow
NAMES = ("yanting-2023", "yunxiu-2021", "lanyu-2022")
REPORTS = {name: read_example(name) for name in NAMES}


def fill(folder: Path, *names: str) -> tuple[Ledger, VectorStore]:
    ledger = Ledger(folder, create=True)
    vectors = VectorStore(folder, ledger, FakeEmbedder())
    for name in names:
        ledger.put(REPORTS[name], place=name, reading="1")
    with ledger.writing_vectors():
        vectors.add([REPORTS[name] for name in names])
    return ledger, vectors


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory):
    """Three examples in a store that no test changes."""
    ledger, vectors = fill(tmp_path_factory.mktemp("filled"), *NAMES)
    yield vectors
    ledger.close()


def test_one_record_for_each_row_and_each_passage() -> None:
    got = REPORTS["yunxiu-2021"]
    rows = {(f.table, f.row) for f in got.table_figures}
    records = list(figure_records(got))
    assert {(m["table"], m["row"]) for _, _, m in records} == rows
    assert len(records) == len(rows) == len({key for key, _, _ in records})
    texts = {key.split("/")[1]: text for key, text, _ in records}
    assert texts["t3.carried_out"] == (
        "云岫市人民政府2021年 结转下年度继续办理：自然人 19，商业企业 2，科研机构 1，"
        "社会公益组织 0，法律服务机构 0，其他 0，总计 22"
    )
    passages = list(passage_records(got))
    assert [text for _, text, _ in passages] == [p.text for p in got.passages]
    assert [key for key, _, _ in passages] == [f"{got.id}/p{p.number}" for p in got.passages]


def test_an_open_cell_is_a_dash_in_the_record_never_a_number() -> None:
    got = read_example("qingtang-shenpi-2019")
    text = next(t for key, t, _ in figure_records(got) if key.endswith("t3.other"))
    assert "商业企业 —" in text
    assert "总计 4" in text


@pytest.mark.parametrize(
    ("text", "name", "wording"),
    [
        ("组织“乡村夜话”政策宣讲，发放明白纸", "yanting-2023", "乡村夜话"),
        ("开展老旧小区改造、秋粮收购、中考招生新闻发布会", "yunxiu-2021", "秋粮收购"),
        ("在离岛码头设置政务公开自助视窗，可查询、列印档案", "lanyu-2022", "自助視窗"),
        ("在離島碼頭設置政務公開自助視窗，可查詢、列印檔案", "lanyu-2022", "自助視窗"),
    ],
)
def test_the_passage_nearest_in_wording_comes_first(
    filled: VectorStore, text: str, name: str, wording: str
) -> None:
    near = filled.near(PASSAGES, text, limit=5)
    assert len(near) == 5
    assert near[0].report == REPORTS[name].id
    passage = REPORTS[name].passages[int(near[0].key.removeprefix("p")) - 1]
    assert wording in passage.text
    assert [n.similarity for n in near] == sorted((n.similarity for n in near), reverse=True)


def test_the_row_nearest_in_wording_comes_first(filled: VectorStore) -> None:
    words = "云岫市人民政府2021年 结转下年度继续办理：自然人、商业企业、科研机构、总计"
    near = filled.near(FIGURES, words, limit=3)
    assert (near[0].report, near[0].key) == (REPORTS["yunxiu-2021"].id, "t3.carried_out")


def test_a_text_is_nearest_to_itself(filled: VectorStore) -> None:
    passage = REPORTS["lanyu-2022"].passages[3]
    near = filled.near(PASSAGES, passage.text, limit=1)
    assert (near[0].report, near[0].key) == (REPORTS["lanyu-2022"].id, "p4")
    assert near[0].similarity == pytest.approx(1, abs=1e-5)


def test_all_records_are_there_and_no_more_than_asked(filled: VectorStore) -> None:
    passages = sum(len(r.passages) for r in REPORTS.values())
    assert filled.count(PASSAGES) == passages
    assert len(filled.near(PASSAGES, "公开", limit=500)) == passages
    assert len(filled.near(FIGURES, "公开", limit=2)) == 2


def test_writing_twice_doubles_nothing_and_removing_takes_one_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 7)
    ledger, vectors = fill(tmp_path, "yanting-2023", "yunxiu-2021")
    rows = {(f.table, f.row) for f in REPORTS["yunxiu-2021"].table_figures}
    counts = [len(rows), sum(len(REPORTS[n].passages) for n in ("yanting-2023", "yunxiu-2021"))]
    assert [vectors.count(FIGURES), vectors.count(PASSAGES)] == counts
    vectors.add(list(REPORTS.values())[:2])
    assert [vectors.count(FIGURES), vectors.count(PASSAGES)] == counts
    vectors.remove([REPORTS["yunxiu-2021"].id])
    left = len(REPORTS["yanting-2023"].passages)
    assert [vectors.count(FIGURES), vectors.count(PASSAGES)] == [0, left]
    assert {n.report for n in vectors.near(PASSAGES, "公开", limit=99)} == {
        REPORTS["yanting-2023"].id
    }
    vectors.clear()
    assert [vectors.count(FIGURES), vectors.count(PASSAGES)] == [0, 0]
    ledger.close()


def test_vectors_that_are_absent_or_being_written_are_not_searched(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, create=True)
    vectors = VectorStore(tmp_path, ledger, FakeEmbedder())
    assert not vectors.available()
    assert vectors.near(PASSAGES, "公开") == []
    assert not (tmp_path / module.FOLDER).exists()
    ledger.close()
    ledger, vectors = fill(tmp_path, "yanting-2023")
    assert len(vectors.near(PASSAGES, "公开")) == len(REPORTS["yanting-2023"].passages)
    with ledger.writing_vectors():
        assert not vectors.available()
        assert vectors.near(PASSAGES, "公开") == []
    ledger.close()


def test_a_reader_sees_what_another_handle_wrote_since(tmp_path: Path) -> None:
    ledger, vectors = fill(tmp_path, "yanting-2023")
    reader_ledger = Ledger(tmp_path)
    reader = VectorStore(tmp_path, reader_ledger, FakeEmbedder())
    before = len(reader.near(PASSAGES, "公开", limit=99))
    with ledger.writing_vectors():
        vectors.add([REPORTS["lanyu-2022"]])
    after = len(reader.near(PASSAGES, "公开", limit=99))
    assert after - before == len(REPORTS["lanyu-2022"].passages)
    reader_ledger.close()
    ledger.close()


WRITER = """
import sys
from pathlib import Path
from tests.index.test_store import REPORTS, FakeEmbedder, Ledger, VectorStore
ledger = Ledger(Path(sys.argv[1]))
with ledger.writing_vectors():
    VectorStore(Path(sys.argv[1]), ledger, FakeEmbedder()).add([REPORTS["lanyu-2022"]])
"""


def test_a_reader_sees_what_another_process_wrote_since(tmp_path: Path) -> None:
    ledger, reader = fill(tmp_path, "yanting-2023")
    before = len(reader.near(PASSAGES, "公开", limit=99))
    subprocess.run([sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, check=True)
    near = reader.near(PASSAGES, REPORTS["lanyu-2022"].passages[3].text, limit=99)
    assert len(near) - before == len(REPORTS["lanyu-2022"].passages)
    assert (near[0].report, near[0].key) == (REPORTS["lanyu-2022"].id, "p4")
    ledger.close()


def test_vectors_of_another_embedder_are_refused(tmp_path: Path) -> None:
    ledger, _ = fill(tmp_path, "yanting-2023")
    with pytest.raises(EmbedderMismatch) as caught:
        VectorStore(tmp_path, ledger, FakeEmbedder("other@2"))
    assert caught.value.place == str(tmp_path)
    ledger.close()
