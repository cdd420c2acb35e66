"""The glossary: English words, phrases first, and what reports print for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import LexiconError
from index.words import load_glossary, singular

LINES = """
terms:
  things:
    - press | 报刊
    - press conference | news conference | 新闻发布会
    - open-day event | 开放日
units:
  - session | 场 | 期
"""


@pytest.fixture
def glossary_file(tmp_path: Path) -> Path:
    path = tmp_path / "glossary.yaml"
    path.write_text(LINES, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two press conferences", [("press conferences", ("新闻发布会",))]),
        (
            "the press and a news conference",
            [("press", ("报刊",)), ("news conference", ("新闻发布会",))],
        ),
        ("open day events", [("open day events", ("开放日",))]),
        ("press, conference", [("press", ("报刊",))]),
        ("pressing conferences", []),
    ],
)
def test_the_longest_phrase_is_found(
    glossary_file: Path, text: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    glossary = load_glossary(glossary_file)
    assert [(words, names) for words, _, names in glossary.find(text)] == found


def test_words_that_count_are_no_terms(glossary_file: Path) -> None:
    glossary = load_glossary(glossary_file)
    assert glossary.find("three sessions") == []
    assert glossary.units_in("three sessions") == [("sessions", (6, 14), ("场", "期"))]


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("parties", "party"),
        ("boxes", "box"),
        ("press", "press"),
        ("analysis", "analysis"),
        ("gas", "gas"),
        ("letters", "letter"),
    ],
)
def test_a_plural_is_taken_for_one_of_its_kind(word: str, one: str) -> None:
    assert singular(word) == one


def test_a_file_without_units_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text("terms: {}\n", "utf-8")
    with pytest.raises(LexiconError):
        load_glossary(path)


def test_every_term_has_a_chinese_name() -> None:
    glossary = load_glossary()
    nameless = [p for p, names in {**glossary.terms, **glossary.units}.items() if not names]
    assert nameless == []
