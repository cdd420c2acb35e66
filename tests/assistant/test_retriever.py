"""The retriever as a part of somebody else's LangChain chain."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.runnables import RunnableLambda

from assistant.ask import Desk
from assistant.retriever import PassageRetriever


def test_it_plugs_into_a_chain_and_keeps_the_place(example_store: Path) -> None:
    retriever = PassageRetriever.open(example_store, limit=3)
    chain = retriever | RunnableLambda(lambda documents: documents[0])
    first = chain.invoke("青棠一码办")
    assert first.metadata["source_file"] == "yimaban-2023.txt"
    report = Desk(example_store).report(first.metadata["report"])
    assert report.text[slice(*first.metadata["span"])] == first.page_content


def test_it_can_be_narrowed_to_reports(example_store: Path) -> None:
    cards = Desk(example_store).reports()
    chosen = next(c.id for c in cards if c.source_file == "yunxiu-2022.txt")
    documents = PassageRetriever.open(example_store, reports=(chosen,)).invoke("信息公开")
    assert documents
    assert {d.metadata["report"] for d in documents} == {chosen}


@pytest.mark.parametrize("limit", [0, 51])
def test_its_limit_is_bounded(example_store: Path, limit: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        PassageRetriever.open(example_store, limit=limit)
