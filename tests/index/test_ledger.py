"""The ledger: what is put in comes back, and is found by its words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from index.errors import NoStore, StoreError
from index.report import Report, card_of
from index.segment import terms
from index.storage.ledger import FILE, Ledger
from tests.index.helpers import EXAMPLES, example, read_example, report

Library = tuple[Ledger, dict[str, str]]


@pytest.fixture
def ledger(tmp_path: Path):
    opened = Ledger(tmp_path, create=True)
    yield opened
    opened.close()


def put(ledger: Ledger, got: Report, place: str = "") -> list[str]:
    return ledger.put(got, place=place or got.source_file, reading="1")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_report_comes_back_as_it_was_put(ledger: Ledger, path: Path) -> None:
    got = read_example(path.stem)
    assert put(ledger, got) == []
    back = ledger.report(got.id)
    assert back == got
    for one, other in zip(back.figures, got.figures, strict=True):
        assert type(one.value) is type(other.value)
    assert ledger.cards() == (card_of(got),)


@pytest.mark.parametrize("printed", ["18652.37", "1,234.50", "0.10", "100.00", "7"])
def test_money_comes_back_with_every_printed_digit(ledger: Ledger, printed: str) -> None:
    text = example("yunxiu-2021").read_text("utf-8").replace("18652.37", printed)
    got = report(text)
    put(ledger, got)
    figure = ledger.report(got.id).figure("t2.fees.amount")
    assert figure is not None
    assert str(figure.value) == printed.replace(",", "")
    assert isinstance(figure.value, Decimal) == ("." in printed)
    assert got.id in [r for r, _ in ledger.figures_of_value(printed.replace(",", ""))]


def test_figures_are_found_by_their_value(ledger: Ledger) -> None:
    for name in ("yunxiu-2021", "yunxiu-2022"):
        put(ledger, read_example(name))
    found = ledger.figures_of_value("690")
    assert [(f.address, f.value) for _, f in found] == [("t3.new.total", 690)]
    assert len(ledger.figures_of_value("0", limit=3)) == 3
    assert ledger.figures_of_value("123456789") == []


def test_an_unknown_report_and_passage(ledger: Ledger) -> None:
    with pytest.raises(KeyError):
        ledger.report("r-none")
    got = read_example("yanting-2023")
    put(ledger, got)
    assert ledger.passage(got.id, 1) == got.passages[0]
    assert ledger.passage(got.id, 99) is None
    assert ledger.known("elsewhere") is None
    assert ledger.place_of("r-none") is None


def test_a_file_read_anew_replaces_its_earlier_reading(ledger: Ledger) -> None:
    text = example("yanting-2023").read_text("utf-8")
    before, after = report(text), report(text.replace("乡村夜话", "田头夜话"))
    put(ledger, before, "/in/a.txt")
    assert put(ledger, after, "/in/a.txt") == [before.id]
    assert [card.id for card in ledger.cards()] == [after.id]
    assert ledger.search("乡村夜话 夜话", reports=[before.id]) == []
    assert {found.report for found in ledger.search("夜话")} == {after.id}
    assert ledger.known("/in/a.txt") == (after.id, after.sha256, "1")


def test_the_same_content_from_another_place_is_kept_once(ledger: Ledger) -> None:
    got = read_example("yanting-2023")
    put(ledger, got, "/in/a.txt")
    assert put(ledger, got, "/in/b.txt") == []
    assert len(ledger.cards()) == 1
    assert ledger.place_of(got.id) == "/in/b.txt"
    assert len(ledger.search("乡村夜话", limit=50)) == len(
        {f.passage.number for f in ledger.search("乡村夜话", limit=50)}
    )


def test_removing_takes_everything_along(ledger: Ledger) -> None:
    one, other = (read_example(n) for n in ("yanting-2023", "yunxiu-2021"))
    put(ledger, one)
    put(ledger, other)
    ledger.remove([other.id])
    assert [card.id for card in ledger.cards()] == [one.id]
    assert ledger.figures_of_value("690") == []
    assert {f.report for f in ledger.search("政府信息公开", limit=100)} == {one.id}
    with pytest.raises(KeyError):
        ledger.report(other.id)


def test_a_report_is_written_whole_or_not_at_all(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = example("yanting-2023").read_text("utf-8")
    before, after = report(text), report(text + "补充一句，供测试之用。\n")
    put(ledger, before, "/in/a.txt")

    def fail(_: str) -> list[str]:
        raise RuntimeError("killed")

    monkeypatch.setattr("index.storage.writing.terms", fail)
    with pytest.raises(RuntimeError):
        put(ledger, after, "/in/a.txt")
    monkeypatch.undo()
    assert ledger.report(before.id) == before
    assert [card.id for card in ledger.cards()] == [before.id]
    assert ledger.search("乡村夜话")[0].report == before.id


# -- searching -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory):
    """A ledger of all examples, which no test changes, and their names by id."""
    opened = Ledger(tmp_path_factory.mktemp("library"), create=True)
    names = {}
    for path in EXAMPLES:
        got = read_example(path.stem)
        put(opened, got)
        names[got.id] = path.stem
    yield opened, names
    opened.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("雁汀鸣镝", "yanting-2023"),
        ("河长随手拍", "linxi-shuiwu-2020"),
        ("青棠一码办", "yimaban-2023"),
        ("海岛开放日", "lanyu-2022"),
        ("海島開放日", "lanyu-2022"),
        ("規範性文件 停航", "lanyu-2022"),
        ("離島碼頭自助窗口", "lanyu-2022"),
        ("雁(yàn)汀鳴(míng)鏑", "yanting-2023"),
        ("舒适度", "lanyu-wenlv-2024"),
        ("ＰＰＰ", "qingtang-caizheng-2023"),
        ("46.83", "linxi-shuiwu-2020"),
    ],
)
def test_a_passage_is_found_by_its_words_in_any_script(
    library: Library, query: str, first: str
) -> None:
    ledger, names = library
    found = ledger.search(query)
    assert names[found[0].report] == first
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    assert ledger.report(found[0].report).passages[found[0].passage.number - 1] == found[0].passage


def holding(library: Library, words: set[str]) -> set[tuple[str, int]]:
    """Report and number of every passage with one of some terms."""
    ledger, names = library
    return {
        (report_id, passage.number)
        for report_id in names
        for passage in ledger.report(report_id).passages
        if words & set(terms(passage.text))
    }


@pytest.mark.parametrize("word", ["渔业", "漁業", "民宿", "洪水", "低保"])
def test_a_word_of_two_characters_finds_every_passage_that_holds_it(
    library: Library, word: str
) -> None:
    found = library[0].search(word, limit=200)
    assert len(terms(word)) == 1
    assert found
    assert {(f.report, f.passage.number) for f in found} == holding(library, set(terms(word)))


def test_pinyin_residue_in_the_text_does_not_hide_it(ledger: Ledger) -> None:
    text = example("yanting-2023").read_text("utf-8").replace("宅基地", "宅(zhái)基(jī)地")
    got = report(text)
    put(ledger, got)
    (found, *_) = ledger.search("宅基地")
    assert "宅(zhái)基(jī)地" in found.passage.text


def test_search_within_some_reports(library: Library) -> None:
    ledger, names = library
    chosen = [i for i, name in names.items() if name.startswith("yunxiu")]
    found = ledger.search("政府信息公开申请", limit=50, reports=chosen)
    assert {f.report for f in found} == set(chosen)
    assert ledger.search("政府信息公开申请", reports=[]) == []
    assert len(ledger.search("政府信息公开申请", limit=4)) == 4


@pytest.mark.parametrize("query", ["", "？！", "\"' OR 1=1 --", "*", "NEAR(", 'terms:"x"'])
def test_a_query_is_words_never_syntax(library: Library, query: str) -> None:
    found = library[0].search(query, limit=200)
    assert {(f.report, f.passage.number) for f in found} == holding(library, set(terms(query)))


def test_terms_of_a_text() -> None:
    assert terms("政务公开") == ["政务", "务公", "公开"]
    assert terms("水。PPP项目3.5万") == ["水", "ppp", "项目", "3.5", "万"]
    assert terms("規範性檔案") == terms("规范性文件")
    assert terms("領(lǐng)導") == terms("领导") == ["领导"]
    assert terms("") == []


# -- the store as a file ----------------------------------------------------------------------


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoStore) as caught:
        Ledger(tmp_path / "none")
    assert caught.value.place == str(tmp_path / "none")
    assert "gouji build" in caught.value.advice
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("junk", [b"garbage" * 1000, b"SQLite format 3\0" + b"x" * 5000])
@pytest.mark.parametrize("create", [False, True])
def test_a_damaged_ledger_is_refused_and_left_alone(
    tmp_path: Path, junk: bytes, create: bool
) -> None:
    (tmp_path / FILE).write_bytes(junk)
    with pytest.raises(StoreError) as caught:
        Ledger(tmp_path, create=create)
    assert caught.value.place == str(tmp_path / FILE)
    assert "damaged" in caught.value.message
    assert "gouji build" in caught.value.advice
    assert (tmp_path / FILE).read_bytes() == junk


def test_a_ledger_of_another_version_is_refused(tmp_path: Path) -> None:
    first = Ledger(tmp_path, create=True)
    first.set("schema", "0")
    first.close()
    for create in (False, True):
        with pytest.raises(StoreError, match="another version"):
            Ledger(tmp_path, create=create)


def test_another_database_is_no_ledger(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / FILE}")
    with engine.begin() as db:
        db.execute(sa.text("CREATE TABLE other (x)"))
    engine.dispose()
    with pytest.raises(StoreError, match="is none"):
        Ledger(tmp_path)


def test_two_handles_see_each_other_s_settings(tmp_path: Path) -> None:
    one = Ledger(tmp_path, create=True)
    other = Ledger(tmp_path)
    assert (one.setting("embedder"), one.generation) == (None, 0)
    with one.writing_vectors():
        assert other.generation == 1
    assert other.generation == 2
    with pytest.raises(RuntimeError), one.writing_vectors():
        raise RuntimeError("killed")
    assert other.generation == 3
    with one.writing_vectors():
        assert other.generation == 5
    assert other.generation == 6
    one.close()
    other.close()


def test_every_change_of_the_reports_is_a_new_revision(ledger: Ledger, tmp_path: Path) -> None:
    got = read_example("yunxiu-2021")
    seen = [ledger.revision]
    put(ledger, got)
    seen.append(ledger.revision)
    other = Ledger(tmp_path)
    put(other, got)
    seen.append(ledger.revision)
    other.remove([got.id])
    other.close()
    seen.append(ledger.revision)
    assert seen == sorted(set(seen))


def test_rows_of_many_reports_are_those_of_each_and_of_no_other_row(ledger: Ledger) -> None:
    both = [read_example("yunxiu-2021"), read_example("linxi-shuiwu-2020")]
    for got in both:
        put(ledger, got)
    wanted = [("t3", "new"), ("t4", "review")]
    found = ledger.rows([r.id for r in both], wanted)
    for got in both:
        figures = tuple(f for f in got.figures if (f.table, f.row) in wanted)
        covering = {check for f in figures for check in f.checks}
        assert found[got.id] == (figures, tuple(c for c in got.checks if c.id in covering))
        assert covering
    assert ledger.rows([both[0].id], [("t3", "ne")]) == {}
    assert ledger.rows([both[0].id], []) == {}
    assert ledger.rows([both[0].id], [("t3", "new")]).keys() == {both[0].id}


def test_texts_come_without_the_rest_of_the_report(ledger: Ledger) -> None:
    got = read_example("yimaban-2023")
    put(ledger, got)
    assert list(ledger.texts([got.id, "r-none"])) == [(got.id, got.text)]
