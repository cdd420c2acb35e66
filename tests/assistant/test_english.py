"""Questions in English: bodies, rows and numbers of the text, and what must not be answered."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Kind, Reason
from assistant.ask import Desk
from assistant.lexicon import load_lexicon
from assistant.library.english_bodies import body_phrases, fits
from assistant.words.slips import put_right_latin

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("question", "where", "value"),
    [
        (
            "What did the water bureau of Linxi hand down in penalties in 2020?",
            "linxi-shuiwu-2020/t2.penalty.decisions",
            37,
        ),
        (
            "Lawsuits begun with no prior reconsideration, Yunxiu 2022, how many?",
            "yunxiu-2022/t4.lit_direct.total",
            3,
        ),
        (
            "How many requests in Yunxiu lapsed in 2022 since the fee had not been paid?",
            "yunxiu-2022/t3.other_no_payment.total",
            0,
        ),
        (
            "How many requests came from firms rather than citizens in Yunxiu in 2021?",
            "yunxiu-2021/t3.new.commercial_enterprise",
            48,
        ),
        (
            "Number of cases held over in Yunxiu from 2021 into 2022",
            "yunxiu-2021/t3.carried_out.total",
            22,
        ),
        (
            "How did the licence items of the Linxi water bureau change in 2020?",
            "linxi-shuiwu-2020/t2.licensing.change",
            -2,
        ),
    ],
)
def test_a_cell_is_found(desk: Desk, question: str, where: str, value: int) -> None:
    answer = desk.ask(question)
    assert answer.kind is Kind.FIGURE, answer.text
    (figure,) = answer.figures
    assert f"{Path(figure.source_file).stem}/{figure.address}" == where
    assert answer.value == value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many news briefings did Yunxiu give in 2022?", 33),
        ("How many people attended training in Yunxiu in 2021?", 1120),
        ("How many training classes were held in Yunxiu in 2021?", 6),
        ("Yunxiu 2021: how many requests were submitted by letter?", 251),
        ("What was the hotline's connection rate in Yunxiu in 2022?", Decimal("98.2")),
        ("How many problems did inspectors report to Yanting in 2023?", 11),
    ],
)
def test_a_number_of_the_text_is_found(desk: Desk, question: str, value: int) -> None:
    answer = desk.ask(question)
    assert answer.value == value, answer.text
    assert answer.figures[0].table == "prose"


@pytest.mark.parametrize(
    "question",
    [
        "How many requests did pensioners file in Yunxiu in 2021?",
        "How many requests came to Yunxiu by carrier pigeon in 2021?",
        "How many reconsiderations were mediated in Yunxiu in 2021?",
        "How many requests did Yunxiu get in March 2022?",
        "How many licences did Yunxiu issue to foreign restaurants in 2022?",
        "How many requests were upheld in Yunxiu in 2021?",
        "How many requests were filed anonymously in Yunxiu in 2021?",
        "How many licence applications were there in Yunxiu in 2021?",
        "How many tourists came to Lanyu in 2024?",
        "How many employees does the Yunxiu government have?",
        "How many people were punished in Yunxiu in 2021?",
    ],
)
def test_what_no_row_says_keeps_its_figure_away(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text
    assert answer.kind is Kind.REFUSAL


@pytest.mark.parametrize(
    "question",
    [
        "How many requests did the Briarholt education bureau receive in 2023?",
        "Penalties by the bureau of culture of Briarholt, 2024?",
        "Briarholt County, 2022: how many requests were refused?",
        "How many requests did the tax bureau of Yunxiu receive in 2021?",
        "Requests received by the forestry bureau in 2023?",
        "Compare the requests of Yunxiu and Briarholt City in 2022.",
    ],
)
def test_a_body_that_is_not_indexed_is_never_another(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is None, answer.text
    assert answer.refusal is not None
    assert answer.refusal.reason is Reason.NO_REPORT


@pytest.mark.parametrize(
    ("question", "stem"),
    [
        ("How many requests did the finance bureau receive in 2023?", "qingtang-caizheng-2023"),
        ("Requests received by the culture and tourism bureau of Lanyu, 2024?", "lanyu-wenlv-2024"),
        ("How many requests did Qingtang's approval bureau get in 2019?", "qingtang-shenpi-2019"),
        (
            "How many requests did the Qingtnag finance bureau get in 2023?",
            "qingtang-caizheng-2023",
        ),
    ],
)
def test_a_body_is_known_by_what_it_does(desk: Desk, question: str, stem: str) -> None:
    answer = desk.ask(question)
    assert {Path(f.source_file).stem for f in answer.figures} == {stem}, answer.text


@pytest.mark.parametrize(
    ("text", "units", "names"),
    [
        ("the briarholt education bureau", ("education",), ("briarholt",)),
        ("the bureau of public security", ("security",), ()),
        ("old birch lake district government", (), ("birch", "lake")),
        ("the government procurement of the office", (), ()),
        ("science and tehcnology commission", ("science", "technology"), ()),
        ("requests the bureau received", (), ()),
    ],
)
def test_the_name_of_a_body_is_read(
    text: str, units: tuple[str, ...], names: tuple[str, ...]
) -> None:
    phrases = body_phrases(text, LEXICON)
    assert [(p.units, p.names) for p in phrases] == ([(units, names)] if units or names else [])


def test_a_unit_fits_a_name_only_with_all_its_words() -> None:
    assert fits(["culture", "tourism"], "某市文化和旅游局", LEXICON.bodies)
    assert not fits(["culture", "health"], "某市文化和旅游局", LEXICON.bodies)


@pytest.mark.parametrize(
    ("text", "lost", "right"),
    [
        ("press confrence", ["confrence"], "press conference"),
        ("penaltys", ["penaltys"], "penalty"),
        ("conferences", ["conferences"], "conferences"),
        ("fins", ["fins"], "fins"),
        ("reconference", ["reconference"], "reconference"),
    ],
)
def test_a_slip_is_put_right_where_one_word_is_next_to_it(
    text: str, lost: list[str], right: str
) -> None:
    found, slips = put_right_latin(text, lost, {"conference", "penalty", "fine"})
    assert found == right
    assert bool(slips) == (text != right)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Total number of lawsuits and reconsiderations in Yunxiu in 2021?", 44),
        ("Year-on-year change in coercive measures in Yunxiu in 2022?", -227),
        ("Fully and partially granted requests in Yunxiu in 2021, the total of both?", 365),
        ("Share of case-file refusals in all concluded requests, Yunxiu 2022?", Decimal("1.77")),
        ("Requests answered with full disclosure plus duplicates, Yunxiu 2022?", 330),
    ],
)
def test_what_is_computed_is_of_the_rows_that_are_meant(
    desk: Desk, question: str, value: int
) -> None:
    answer = desk.ask(question)
    assert answer.kind in (Kind.COMPUTED, Kind.COMPARE)
    assert answer.value == value, answer.text


def test_a_name_with_an_apostrophe_is_a_name(desk: Desk) -> None:
    answer = desk.ask("How many disclosure requests did Huai'an city receive in 2023?")
    assert answer.value is None, answer.text
    assert "Huaian" in answer.text
