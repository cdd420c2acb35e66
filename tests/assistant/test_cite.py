"""Citation lookup: sentences and numbers back to their paragraphs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answering.cite import cite_text
from assistant.ask import Desk

SENTENCES = json.loads((Path(__file__).parents[1] / "golden" / "sentences.json").read_text("utf-8"))


@pytest.mark.parametrize("item", SENTENCES, ids=lambda item: item["quote"][:12])
def test_a_printed_sentence_is_found_in_its_file(desk: Desk, item: dict[str, str]) -> None:
    found = cite_text(item["quote"], desk.shelf.ledger)
    assert found.exact >= 1
    first = found.passages[0]
    assert first.source_file == item["file"]
    assert first.quote == desk.report(first.report).text[slice(*first.span)]


def test_a_number_is_found_in_text_and_tables_and_not_within_longer_ones(desk: Desk) -> None:
    found = cite_text("43", desk.shelf.ledger)
    assert {f.address for f in found.figures if "caizheng" in f.source_file} >= {"t3.new.total"}
    assert all("43" in p.quote for p in found.passages)
    assert not any("430" in p.quote and "43件" not in p.quote for p in found.passages)


def test_simplified_words_find_a_traditional_source(desk: Desk) -> None:
    found = cite_text("澜屿岛民通", desk.shelf.ledger)
    assert found.exact >= 1
    assert "瀾嶼" in found.passages[0].quote


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    found = cite_text("量子计算机采购", desk.shelf.ledger)
    assert (found.exact, found.figures) == (0, ())
