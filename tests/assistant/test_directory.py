"""The directory only narrows down: what it leaves out would not have matched."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.answer import Kind
from assistant.answering.covering import covering_checks
from assistant.answering.listing import MOST_CANDIDATES
from assistant.answering.look_up import cells, rows_of
from assistant.ask import Desk
from assistant.lexicon import load_lexicon
from assistant.library.directory import Directory
from assistant.library.units import cores
from assistant.query import Measure
from assistant.understanding.bodies import select
from assistant.understanding.context import Context
from assistant.understanding.selection import Selection
from benchmarks.many import fill, reports
from index.report import ReportCard
from index.storage.ledger import Ledger
from tests.index.helpers import EXAMPLES, read_example

LEXICON = load_lexicon()
PLACES = [
    "云岫市", "云溪县", "芸岫市", "青棠区", "青塘县", "临溪县雁汀镇", "平潭综合实验区",
    "澜屿省云岫市",
]  # fmt: skip
UNITS = [
    "", "人民政府", "人民政府办公室", "办公厅", "水务局", "财政局", "行政审批局",
    "文化广电和旅游局", "人民法院", "局",
]  # fmt: skip
BODIES = [place + unit for place in PLACES for unit in UNITS] + ["政务服务中心", "水", "ABC中心"]
SAYINGS = ["青棠一码办", "一码办", "雁汀通APP", "好办", "云岫市政务地图"]
WORDS = [
    "云岫", "云秀", "芸岫", "青棠", "清堂", "临溪", "雁汀", "平潭", "澜屿", "云岫市", "云秀市",
    "清堂区", "临西县", "岫云", "云", "岫", "水务局", "审批局", "文旅局", "财政", "政府",
    "市政府", "府办", "政府办公室", "市府办", "办公厅", "法院", "局", "卫健委", "yunxiu", "yunxu",
    "yunxius", "qingtang", "qintang", "pingtan", "pingtanzonghe", "yanting", "nanjing", "county",
    "water", "bureau", "government", "office", "的", "和", "比", "、", "，", "那", "南京",
    "南京市", "苏州区", "扬州市教育局", "\x00", "一码办", "雁汀通app", "政务地图",
    "新收申请多少件", "去年", "哪家", "最多", " ",
]  # fmt: skip
TEXTS = {"a": "本报告由南京与苏州两地汇总。", "b": "", "c": "苏州、扬州与云岫。"}


class Everything(Directory):
    """A directory that leaves out nothing."""

    def candidates(self, text: str) -> Mapping[str, str]:
        return self._folded

    def saying(self, text: str) -> list[ReportCard]:
        return list(self.cards)

    def sayings_in(self, text: str) -> list[str]:
        names = {name.lower() for card in self.cards for name in card.says if len(name) > 2}
        return [name for name in names if name in text]

    def knows_place_of(self, name: str) -> bool:
        return any(core in name for body in self._folded.values() for core in cores(body))

    def mentioned(self, text: str) -> list[ReportCard]:
        named = {
            c.id: max((len(x) for x in cores(self._folded[c.body]) if x in text), default=0)
            for c in self.cards
            if c.body
        }
        most = max(named.values(), default=0)
        return [c for c in self.cards if most and named.get(c.id) == most]


def card(number: int, body: str | None, says: Collection[str]) -> ReportCard:
    """A report as it stands in a list."""
    return ReportCard(
        id=str(number) if body else "abc"[number % 3],
        source_file=f"{number}.txt",
        title=f"{body}{number}年",
        body=body,
        year=number,
        form=None,
        script=None,
        says=tuple(says),
        statuses={},
        failing=0,
        passages=0,
        notes=(),
    )


CARDS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(BODIES), st.sampled_from(BODIES), st.none()),
        st.lists(st.sampled_from(SAYINGS), max_size=2),
    ),
    max_size=14,
).map(lambda drawn: [card(n, body, says) for n, (body, says) in enumerate(drawn)])
QUESTIONS = st.lists(
    st.one_of(
        st.sampled_from(WORDS), st.sampled_from(BODIES), st.text("云岫青棠局市a", max_size=3)
    ),
    min_size=1,
    max_size=5,
).map(lambda words: "".join(words).lower())


def texts(ids: Collection[str]) -> list[tuple[str, str]]:
    return [(report, TEXTS[report]) for report in ids]


def seen(chosen: Selection) -> tuple[object, ...]:
    """A selection without what reports say, whose order among places of one length is open."""
    groups = sorted([c.year or 0 for c in group] for group in chosen.groups)
    return groups, chosen.named, chosen.missing, sorted(chosen.covered), chosen.by_content


@given(CARDS, QUESTIONS)
@example([card(0, "云岫市水务局", ()), card(1, "青棠区水务局", ())], "水务局")
@example([card(0, "云岫市人民政府", ()), card(1, "芸岫市", ())], "云秀市")
@example([card(0, "平潭综合实验区", ()), card(1, "云岫市", ())], "pingtanzhonghe bureau")
@example([card(0, None, ["青棠一码办"]), card(1, None, ()), card(2, "云岫市", ())], "一码办 南京")
@example([card(0, None, ["青棠一码办"]), card(1, None, ()), card(2, "云岫市", ())], "一码办")
@example([card(0, "云岫市", ["雁汀通APP"]), card(1, "青棠区", ())], "雁汀通app")
@example([card(0, "云岫市文化广电和旅游局", ()), card(1, "青棠区", ())], "文旅局")
@example([card(0, "梧溪县水务局", ()), card(1, "青棠区", ())], "wuxis water bureau")
@example([card(0, "云岫市", ()), card(1, "青棠区", ["云岫市政务地图"])], "云岫市政务地图")
@example([card(0, "云岫市水务局", ()), card(1, "青棠区", ())], "云岫市人民政府的")
def test_the_same_reports_are_selected_as_from_all(cards: list[ReportCard], text: str) -> None:
    few, all_of_them = Directory(cards, LEXICON, texts), Everything(cards, LEXICON, texts)
    chosen = select(text, Context(few, LEXICON))
    assert seen(chosen) == seen(select(text, Context(all_of_them, LEXICON)))
    assert few.mentioned(text) == all_of_them.mentioned(text)


def test_few_of_many_bodies_are_looked_at() -> None:
    cards = [card(n, r.body.value, ()) for n, r in enumerate(reports(300)) if r.body.value]
    directory = Directory(cards, LEXICON, texts)
    body = cards[100].body
    assert body is not None
    assert list(directory.candidates(f"{body}新收申请多少件")) == [body]
    assert len({c.body for c in cards}) > 90


def test_reports_of_bodies_keep_the_order_of_the_list() -> None:
    cards = [card(n, body, ()) for n, body in enumerate(["乙市", None, "甲市", "乙市", None])]
    directory = Directory(cards, LEXICON, texts)
    assert [c.year for c in directory.of_bodies(["甲市", "乙市"])] == [0, 2, 3]
    assert [c.year for c in directory.of_bodies([None])] == [1, 4]


def test_numbers_of_titles_are_known() -> None:
    directory = Directory([card(2021, "云岫市", ()), card(7, "３中", ())], LEXICON, texts)
    assert directory.title_numbers == {"2021", "3", "7"}


def test_a_desk_reads_the_list_once_and_notices_what_others_build(
    own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(own_store, 5)
    desk, question = Desk(own_store), "临溪县水务局2020年新收申请多少件"
    read: list[None] = []
    monkeypatch.setattr(
        desk.shelf.ledger, "cards", lambda: (read.append(None), Ledger.cards(desk.shelf.ledger))[1]
    )
    assert desk.ask(question).value is None
    assert desk.ask(question).value is None
    assert len(read) == 1
    other = Ledger(own_store)  # as another process would
    report = read_example("linxi-shuiwu-2020")
    other.put(report, place="x", reading="1")
    assert {f.report for f in desk.ask(question).figures} == {report.id}
    other.remove([report.id])
    other.close()
    assert desk.ask(question).figures == ()
    assert len(read) == 3


def test_what_is_asked_back_of_many_reports_is_bounded(
    own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(own_store, 40)
    desk = Desk(own_store)
    read: list[str] = []
    monkeypatch.setattr(desk.shelf, "report", read.append)
    answer = desk.ask("新收申请多少件")
    assert answer.kind is Kind.CLARIFY
    assert answer.clarify is not None
    assert len(answer.clarify.candidates) == MOST_CANDIDATES
    assert f"超过 {MOST_CANDIDATES} 份" in answer.text
    assert read == []  # no report is read whole


def test_reports_that_are_taken_together_are_read_once(
    example_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(example_store)
    looked_at: list[object] = []
    monkeypatch.setattr(desk.shelf, "outlines", lambda *of: looked_at.append(of) or ())
    assert desk.ask("云岫市新收申请总计平均多少件").value == Decimal("681.50")
    assert looked_at == []  # which of them have the cell is seen when they are read


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize(
    "measure",
    [
        Measure(table="t3", row="new"),
        Measure(table="t3", row="denied", column="organisations"),
        Measure(table="t3", row="carried_out", column="*"),
        Measure(table="t4", row="litigation", column="corrected"),
        Measure(table="t2", row="normative_docs"),
        Measure(table="annex", row="requests_received"),
    ],
    ids=lambda m: f"{m.table}.{m.row}",
)
def test_an_outline_has_the_cells_of_the_whole_report(
    example_store: Path, path: Path, measure: Measure
) -> None:
    shelf = Desk(example_store).shelf
    listed = next(c for c in shelf.reports() if c.source_file == path.name)
    (outline,) = shelf.outlines([listed], rows_of(measure))
    whole = shelf.report(listed.id)
    for one, other in zip(cells(outline, measure), cells(whole, measure), strict=True):
        assert (one.figures, one.summed, one.row, one.column) == (
            other.figures, other.summed, other.row, other.column,
        )  # fmt: skip
        assert covering_checks(outline, one.figures) == covering_checks(whole, one.figures)


def test_the_end_of_a_name_is_what_is_asked_about_where_a_report_is_called() -> None:
    cards = [card(0, None, ["某某通"]), card(1, None, ["青棠一码办", "云岫政务服务网"])]
    cards += [card(n, body, ()) for n, body in enumerate(BODIES[:3], 2)]
    directory = Directory(cards, LEXICON, lambda ids: [(i, "") for i in ids])
    chosen = select("某某通那份里服务网改造了几个", Context(directory, LEXICON))
    assert [[c.id for c in group] for group in chosen.groups] == [[cards[0].id]]
    chosen = select("某某通那份和服务网那份", Context(directory, LEXICON))
    assert len(chosen.groups) == 2


def test_a_service_of_a_place_is_no_report_of_the_place() -> None:
    cards = [card(0, None, ["某某通"]), card(2, "云岫市行政审批局", ()), card(4, "青棠区", ())]
    place = LEXICON.places[0]
    directory = Directory(cards, LEXICON, lambda ids: [(i, place) for i in ids])
    chosen = select(f"{place}政务服务网云岫市行政审批局站点有几个", Context(directory, LEXICON))
    assert [[c.id for c in group] for group in chosen.groups] == [[cards[1].id]]
    assert select(f"{place}那份报告", Context(directory, LEXICON)).groups == [[cards[0]]]
