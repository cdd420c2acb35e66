"""Whose report a question means, for bodies of every kind and all that they are called."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ask import Desk
from assistant.lexicon import load_lexicon
from assistant.library.directory import Directory
from assistant.understanding.bodies import select
from assistant.understanding.context import Context
from assistant.understanding.selection import Selection
from assistant.understanding.years import find_years
from assistant.words.mentions import mask
from index.build import build
from index.report import ReportCard
from index.script import fold, to_traditional
from index.storage.embed import load_embedder
from tests.writer import Order, write_report

HERE = Path(__file__).parent
ASKED = [
    "{}2023年新收申请多少件",
    "请问{}去年收到几件申请？",
    "2023年，{}那份报告里不予公开的有几件",
]
ASKED_IN_ENGLISH = [
    "How many requests did {} receive in 2023?",
    "Requests refused by {} in 2023",
]


def table(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text("utf-8"))
    return found


HELD = table("whose.yaml")


@cache
def context() -> Context:
    """All the bodies, each with a report."""
    cards = [
        ReportCard(
            id=str(number),
            source_file=f"{number}.txt",
            title=f"{held['body']}2023年",
            body=held["body"],
            year=2023,
            script="zh-Hans",
            form="2021",
            says=(),
            statuses={},
            failing=0,
            passages=0,
            notes=(),
        )
        for number, held in enumerate(HELD)
    ]
    return Context(Directory(cards, load_lexicon(), lambda _: []), load_lexicon())


def heard(question: str) -> Selection:
    text = fold(question).text.lower()
    return select(mask(text, (span for _, span in find_years(text))), context())


def called(held: dict[str, Any]) -> list[tuple[str, str]]:
    """(sentence, name) of each way to ask."""
    body = held["body"]
    chinese = [body, to_traditional(body), *held["zh"]]
    return [
        *((sentence, name) for sentence in ASKED for name in chinese),
        *((sentence, name) for sentence in ASKED_IN_ENGLISH for name in held["en"]),
    ]


@pytest.mark.parametrize("held", HELD, ids=lambda held: held["body"])
def test_a_body_is_found_by_what_people_call_it(held: dict[str, Any]) -> None:
    wrong = {}
    for sentence, name in called(held):
        chosen = heard(question := sentence.format(name))
        bodies = {card.body for card in chosen.cards}
        if bodies != {held["body"]} or chosen.missing or chosen.of_place:
            wrong[question] = (bodies, chosen.missing, chosen.of_place)
    assert not wrong


@pytest.mark.parametrize("strange", table("whose_not.yaml"), ids=lambda s: s["names"][0])
def test_a_body_that_is_not_held_finds_no_other(strange: dict[str, Any]) -> None:
    wrong = {}
    for name in strange["names"]:
        for sentence in ASKED_IN_ENGLISH if name[0].isascii() else ASKED:
            chosen = heard(question := sentence.format(name))
            if chosen.cards and not chosen.missing and not chosen.of_place:
                wrong[question] = {card.body for card in chosen.cards}
    assert not wrong


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over a written report of each body."""
    folder = tmp_path_factory.mktemp("everybody")
    reports = [
        write_report(Order(seed=500 + number), body=held["body"], year=2023).save(folder)
        for number, held in enumerate(HELD)
    ]
    steps = list(build(reports, folder / "store", load_embedder(None)))
    assert {step.outcome for step in steps} == {"added"}
    return Desk(folder / "store")


@pytest.mark.slow
@pytest.mark.parametrize("held", HELD, ids=lambda held: held["body"])
def test_words_of_a_name_are_no_words_of_the_question(
    everybody: Desk, held: dict[str, Any]
) -> None:
    wrong = {}
    for sentence, names in ((ASKED[0], held["zh"]), (ASKED_IN_ENGLISH[0], held["en"])):
        for name in names:
            answer = everybody.ask(question := sentence.format(name))
            told = {(figure.org, figure.address) for figure in answer.figures}
            if told != {(fold(held["body"]).text, "t3.new.total")}:
                wrong[question] = answer.text
    assert not wrong


@pytest.mark.parametrize(
    ("question", "bodies"),
    [
        ("铁路公安那份，新收申请多少件", {"穗岚铁路公安局苇渡铁路公安处"}),
        (
            "现行有效规范性文件，民族乡2023和卫健局2023谁多",
            {"库兰县阿依布拉克哈萨克族乡人民政府", "沱岭苗族侗族自治县卫生健康局"},
        ),
        (
            "霁原市住建局和泊川省能源局2023年哪家收得多",
            {"霁原市住房和城乡建设局", "泊川省能源局"},
        ),
        ("霁原市和霁原市住建局2023年各收多少", {"霁原市人民政府", "霁原市住房和城乡建设局"}),
    ],
)
def test_two_bodies_or_one_called_by_its_report(question: str, bodies: set[str]) -> None:
    assert {card.body for card in heard(question).cards} == bodies
