"""What is found in the text of a draft, and citations that can be left out."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from assistant.draft.draft import draft_report
from assistant.draft.entries import Figures
from assistant.draft.model import Draft, DraftParagraph, DraftSentence, Found, SentenceKind
from assistant.draft.narrative import Choices
from assistant.draft.outputs import WRITERS
from assistant.draft.remarks import self_check_lines
from assistant.draft.self_check import with_self_check
from index.reading import read_report
from index.report import Report
from tests.assistant.draft.pairs import trusted
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def last() -> Report:
    return read_report(EXAMPLES / "yunxiu-2021.txt")


def make(last: Report, choices: Choices | None = None) -> Draft:
    this = trusted(read_report(EXAMPLES / "yunxiu-2022.txt"))
    values = {a: Found(value=v, source="x") for a, v in this.items()}
    return draft_report("云岫市人民政府", 2022, [last], Figures(values=values), choices)


def with_sentences(draft: Draft, *texts: str, kind: SentenceKind = SentenceKind.STATED) -> Draft:
    """The draft with sentences of somebody's own at the end of section one."""
    added = DraftParagraph(sentences=tuple(DraftSentence(text=t, kind=kind) for t in texts))
    first = draft.sections[0]
    *before, end = first.paragraphs
    joined = DraftParagraph(sentences=(*end.sentences, *added.sentences))
    section = first.model_copy(update={"paragraphs": (*before, joined)})
    return draft.model_copy(update={"sections": (section, *draft.sections[1:])})


def test_a_fresh_draft_repeats_nothing(last: Report) -> None:
    found = with_self_check(make(last), last).self_check
    assert found is not None
    assert found.repeated == ()
    assert (found.share, found.exceeded) == (0, False)
    assert found.missing == ("政府信息公开平台建设",)
    assert found.unsupported == ()
    assert found.gaps > 5
    assert not [check for check in found.findings if check.broken]


def test_what_is_last_years_is_shown_and_limited(last: Report) -> None:
    passages = [p for p in last.passages if p.section == 1]
    own = [s for p in passages for s in p.text.split("。") if len(s) > 30][:12]
    copied = [f"{sentence}。".replace("2021年", "2022年") for sentence in own]
    draft = with_self_check(with_sentences(make(last), *copied), last)
    found = draft.self_check
    assert found is not None
    assert len(found.repeated) >= 10
    assert found.exceeded
    assert found.share > Decimal(30)
    lines = list(self_check_lines(found))
    assert any("超过上限" in line for line in lines)
    assert any(line == f"= {found.repeated[0].text}" for line in lines)
    assert found.unsupported  # numbers that nothing is cited for


def test_what_the_clerk_keeps_is_told_apart(last: Report) -> None:
    draft = with_self_check(make(last, Choices(keep=(1, 3))), last)
    assert draft.self_check is not None
    assert [one.kept for one in draft.self_check.repeated] == [True, True]
    assert (draft.self_check.share, draft.self_check.exceeded) == (0, False)
    assert any("选定沿用" in line for line in self_check_lines(draft.self_check))


def test_failing_tables_are_found_in_the_document(last: Report) -> None:
    draft = make(last)
    cells = tuple(
        c.model_copy(update={"value": 1}) if c.address == "t3.result_total.total" else c
        for c in draft.cells
    )
    found = with_self_check(draft.model_copy(update={"cells": cells}), last).self_check
    assert found is not None
    assert {check.code for check in found.findings if check.broken} >= {"T3-BAL"}


def test_the_json_has_it(last: Report) -> None:
    data = json.loads(WRITERS[".json"](with_self_check(make(last), last)))
    assert data["self_check"]["share"] == 0
    assert data["self_check"]["missing"] == ["政府信息公开平台建设"]


def comments(data: bytes) -> list[str]:
    return [comment.text for comment in Document(io.BytesIO(data)).comments]


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md", ".json"])
def test_citations_are_there_and_can_be_left_out(suffix: str, last: Report) -> None:
    draft = make(last)
    key = "云岫市人民政府2021年 表三·本年新收政府信息公开申请数量·总计：690"
    cited, bare = WRITERS[suffix](draft), WRITERS[suffix](draft.without_citations())
    if suffix == ".docx":
        assert any(key in text for text in comments(cited))
        assert not any(key in text for text in comments(bare))
    else:
        assert key in cited.decode()
        assert key not in bare.decode()
    assert len(bare) < len(cited)


def test_a_sentence_of_the_page_links_to_its_cell(last: Report) -> None:
    page = WRITERS[".html"](make(last)).decode()
    assert '<a class="stated" href="#t3.new.total" title="2022年 表三·' in page
    assert 'id="t3.new.total"' in page


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md"])
def test_the_text_reads_back_with_its_figures(suffix: str, last: Report, tmp_path: Path) -> None:
    draft = make(last, Choices(fee=Decimal(0), keep=(1,)))
    path = tmp_path / f"draft{suffix}"
    path.write_bytes(WRITERS[suffix](draft))
    report = read_report(path)
    assert trusted(report) == trusted(read_report(EXAMPLES / "yunxiu-2022.txt"))
    written = "".join(p.text for p in report.passages)
    paragraphs = [p for p in draft.sections[0].paragraphs if not p.heading]
    for said in (sentence for paragraph in paragraphs for sentence in paragraph.sentences):
        assert said.text.rstrip("。") in written
    assert "690" not in written  # what is cited is no text
