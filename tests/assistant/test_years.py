"""Which years a question is about: spans, the newest, and those that are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from assistant.answer import Kind, Reason
from assistant.ask import Desk
from assistant.understanding.years import find_latest, find_years, years_between
from index.build import build
from index.storage.embed import load_embedder
from tests.writer import Order, write_years

YEARS = (2019, 2020, 2021, 2022, 2023)


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[int, int]]:
    """A store with five yearly reports of one body, and what each newly received."""
    folder = tmp_path_factory.mktemp("series")
    written = write_years(Order(seed=41), YEARS)
    files = [one.save(folder) for one in written]
    steps = list(build(files, folder / "store", load_embedder(None)))
    assert {s.outcome for s in steps} == {"added"}
    received = {
        year: int(one.figures.values["t3.new.total"] or 0)
        for year, one in zip(YEARS, written, strict=True)
    }
    assert len(set(received.values())) > 3
    return folder / "store", received


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("22-23学年收费多少", [2023]),
        ("2022—2023学年度新收几件", [2023]),
        ("2021到2022学年和2023年", [2022, 2023]),
        ("2022-2023年新收", [2022, 2023]),
    ],
)
def test_a_school_year_is_called_by_its_last(text: str, years: list[int]) -> None:
    assert [year for year, _ in find_years(text)] == years


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("2019到2022年新收", [2020, 2021]),
        ("2019年至2021年", [2020]),
        ("2019-2022", [2020, 2021]),
        ("from 2022 to 2019", [2020, 2021]),
        ("19到22年", [2020, 2021]),
        ("2021年以来", [2022, 2023]),
        ("since 2020", [2021, 2022, 2023]),
        ("2022年起诉", []),
        ("2019和2022年", []),
        ("2019到2020年", []),
    ],
)
def test_the_years_of_a_span_are_those_between_its_ends(text: str, between: list[int]) -> None:
    assert years_between(text, 2023) == between


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("近三年平均每年新收多少", 3),
        ("最近2年", 2),
        ("过去五年的趋势", 5),
        ("最新一年的申请量", 1),
        ("the latest report", 1),
        ("over the last three years", 3),
        ("新收多少", 0),
        ("最近公开了多少", 0),
    ],
)
def test_how_many_of_the_newest_reports_are_meant(text: str, count: int) -> None:
    assert find_latest(text)[0] == count


def test_a_span_of_years_has_all_of_them(series: tuple[Path, Mapping[int, int]]) -> None:
    store, received = series
    desk = Desk(store)
    trend = desk.ask("2019到2023年新收申请的趋势")
    assert [(f.year, f.value) for f in trend.figures] == list(received.items())
    most = desk.ask("2020至2022年哪年新收申请最多")
    best = max((2020, 2021, 2022), key=lambda year: received[year])
    assert most.figures[0].year == best
    assert {f.year for f in most.figures} <= {2020, 2021, 2022}
    total = desk.ask("2020到2022年三年累计新收申请多少件")
    assert total.value == received[2020] + received[2021] + received[2022]


def test_a_change_over_a_span_is_that_of_its_ends(series: tuple[Path, Mapping[int, int]]) -> None:
    store, received = series
    answer = Desk(store).ask("2019到2023年新收申请的变化是多少件")
    assert answer.value is not None
    assert abs(answer.value) == abs(received[2023] - received[2019])


def test_the_newest_reports_are_meant_where_the_question_says_so(
    series: tuple[Path, Mapping[int, int]],
) -> None:
    store, received = series
    desk = Desk(store)
    newest = desk.ask("最新一年新收申请多少件")
    assert (newest.value, newest.figures[0].year) == (received[2023], 2023)
    mean = desk.ask("近三年平均每年新收申请多少件")
    assert {f.year for f in mean.figures} == {2021, 2022, 2023}
    assert mean.kind is Kind.COMPUTED
    assert abs(float(mean.value or 0) - sum(received[y] for y in (2021, 2022, 2023)) / 3) < 0.006


@pytest.mark.parametrize(
    "question", ["2018、2019、2020年一共新收申请多少件", "2017年和2019年平均新收申请多少件"]
)
def test_nothing_is_added_up_of_years_of_which_one_is_not_there(
    series: tuple[Path, Mapping[int, int]], question: str
) -> None:
    answer = Desk(series[0]).ask(question)
    assert answer.value is None, answer.text
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.NO_REPORT


def test_what_one_year_carries_out_is_held_against_what_the_next_has_carried_in(
    series: tuple[Path, Mapping[int, int]],
) -> None:
    answer = Desk(series[0]).ask("2021年的结转下年度跟2022年的上年结转差几件")
    assert [(f.year, f.row) for f in answer.figures] == [
        (2021, "carried_out"),
        (2022, "carried_in"),
    ]
    assert answer.value == 0


def test_the_newest_years_are_those_of_the_body_talked_about(
    series: tuple[Path, Mapping[int, int]],
) -> None:
    store, received = series
    desk = Desk(store)
    talk = desk.new_dialogue()
    desk.ask("2020年新收申请多少件", talk)
    answer = desk.ask("近两年呢，一共多少件", talk)
    assert answer.value == received[2022] + received[2023], answer.text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("2019到2023年哪年新收申请最多，比最少的那年多几件", max),
        ("2019到2023年新收申请哪年最少，跟最多的差多少件", min),
        ("2019到2023年新收申请的极差是多少", max),
        ("2019至2023 which year had the most requests, and how many more than the fewest?", max),
    ],
)
def test_a_ranking_tells_how_far_its_ends_are_apart(
    series: tuple[Path, Mapping[int, int]], question: str, first: Callable[[Iterable[int]], int]
) -> None:
    """It begins with the end that is named first, and with no other."""
    store, received = series
    answer = Desk(store).ask(question)
    high, low = max(received.values()), min(received.values())
    assert answer.formula is not None and answer.formula.endswith(f"{high} - {low} = {high - low}")
    assert answer.figures[0].value == first(received.values())


@pytest.mark.parametrize(
    "question",
    [
        "四年间（2019到2023）新收申请涨了多少件",
        "2019年到2023年这四年里新收申请增加了多少件",
        "从2019到2023，四年下来新收申请多了多少件",
        "2019至2023這幾年新收申請共增長多少件",
        "How much did the requests received grow over the four years from 2019 to 2023?",
    ],
)
def test_how_long_a_span_is_does_not_make_its_change_one_of_each_year(
    series: tuple[Path, Mapping[int, int]], question: str
) -> None:
    store, received = series
    answer = Desk(store).ask(question)
    assert abs(int(answer.value or 0)) == abs(received[2023] - received[2019]), answer.text
    assert {f.year for f in answer.figures} == {2019, 2023}


@pytest.mark.parametrize(
    "question", ["2019到2023五年间每年新收申请多少件", "2019到2023五年的新收申请对比一下"]
)
def test_each_year_of_a_span_is_told_where_it_is_asked_for(
    series: tuple[Path, Mapping[int, int]], question: str
) -> None:
    answer = Desk(series[0]).ask(question)
    assert [f.year for f in answer.figures] == list(YEARS)


def test_the_first_of_a_ranking_is_told_from_the_second(
    series: tuple[Path, Mapping[int, int]],
) -> None:
    store, received = series
    answer = Desk(store).ask("2019到2023年哪年新收申请最多，比第二名多几件")
    high, second = sorted(received.values(), reverse=True)[:2]
    assert answer.formula is not None
    assert answer.formula.endswith(f"{high} - {second} = {high - second}")


@pytest.mark.parametrize("question", ["哪年新收申请增幅最大", "新收申请增长最快的是哪一年"])
def test_the_greatest_change_is_not_the_greatest_number(
    series: tuple[Path, Mapping[int, int]], question: str
) -> None:
    answer = Desk(series[0]).ask(f"2019到2023年{question}")
    assert answer.value is None and not answer.figures


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("那2022年呢", [2022]),
        ("那21年呢", [2021]),
        ("近10年", []),
        ("这10年", []),
        ("111年的呢", [2022]),
        ("110年来", []),
    ],
)
def test_a_year_that_a_word_leads_up_to_is_one(said: str, years: list[int]) -> None:
    assert [year for year, _ in find_years(said)] == years
