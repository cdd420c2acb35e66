"""A draft in a model's words: joined where the guard lets it pass, else as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.answer import numbers_in
from assistant.cli import main
from assistant.draft.draft import draft_report
from assistant.draft.entries import Figures
from assistant.draft.model import Draft, Found, SentenceKind
from assistant.helping.phrasing import Writer
from assistant.helping.scripted import Line
from assistant.helping.worded import Worded, in_other_words
from index.reading import read_report
from index.storage.ledger import Ledger
from tests.assistant.model_helpers import always, scripted
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def draft() -> Draft:
    last, now = (read_report(EXAMPLES / f"yunxiu-{year}.txt") for year in (2021, 2022))
    values = {
        f.address: Found(value=f.value, source="x")
        for f in now.table_figures
        if f.value is not None
    }
    return draft_report("云岫市人民政府", 2022, [last], Figures(values=values))


def joining(message: str) -> str:
    """All keys of a message in one sentence."""
    keys = dict.fromkeys(re.findall(r"\{\{f\d+\}\}", message))
    return "，同时".join(keys) + "。"


def worded(draft: Draft, *lines: Line, **said: object) -> Worded:
    model = scripted(*lines, **said)  # type: ignore[arg-type]
    return in_other_words(draft, Writer(model, model.spending(), lambda _: ()))


def numbers_of(draft: Draft) -> list[str]:
    text = "".join(p.text for section in draft.sections for p in section.paragraphs)
    return sorted(numbers_in(text))


def test_sentences_side_by_side_are_joined_and_keep_their_figures_and_evidence(
    draft: Draft,
) -> None:
    done = worded(draft, speak=joining)
    assert done.by_model > 0
    assert (done.refused, done.trouble) == (0, "")
    assert numbers_of(done.draft) == numbers_of(draft)
    assert "，同时" in "".join(s.text for section in done.draft.sections for s in section.sentences)
    for before, after in zip(draft.sections, done.draft.sections, strict=True):
        cited = [{one for s in section.sentences for one in s.cited} for section in (before, after)]
        assert cited[0] == cited[1]
        gaps = [
            [s.text for s in section.sentences if s.kind is not SentenceKind.STATED]
            for section in (before, after)
        ]
        assert gaps[0] == gaps[1]


def test_a_model_that_writes_a_number_changes_nothing(draft: Draft) -> None:
    done = worded(draft, always("全年共办理九百九十九件，{{f1}}，{{f2}}。"))
    assert (done.draft, done.by_model) == (draft, 0)
    assert done.refused > 0


def test_a_model_that_cannot_be_reached_is_asked_once(draft: Draft) -> None:
    done = worded(draft, Line(fails="no route"))
    assert (done.draft, done.by_model) == (draft, 0)
    assert done.trouble


def test_without_a_model_the_switch_says_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_STORE", str(tmp_path / "none"))
    monkeypatch.delenv("GOUJI_MODEL", raising=False)
    done = CliRunner().invoke(main, ["draft", "云岫市人民政府", "2022", "--with-model"])
    assert done.exit_code == 2
    assert "GOUJI_MODEL" in done.stderr


def test_the_index_is_opened_once_though_names_are_looked_up_in_it_too(
    example_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "model.yaml"
    script.write_text("- reply: 好。\n", "utf-8")
    monkeypatch.setenv("GOUJI_STORE", str(example_store))
    monkeypatch.setenv("GOUJI_MODEL", f"scripted:{script}")
    opened: list[Path] = []

    class Counted(Ledger):
        def __init__(self, folder: Path) -> None:
            opened.append(folder)
            super().__init__(folder)

    monkeypatch.setattr("assistant.library.shelf.Ledger", Counted)
    done = CliRunner().invoke(main, ["draft", "云岫市人民政府", "2022", "--with-model"])
    assert done.exit_code == 0, done.stderr
    assert opened == [example_store]
