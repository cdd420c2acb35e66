"""What the shelf keeps of a report is of the report as it is now."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.ask import Desk
from assistant.library import shelf as module
from assistant.library.shelf import Shelf
from index.build import build
from index.report import Recognised, Report
from index.sidecar import Given
from index.storage.embed import load_embedder
from index.storage.ledger import Ledger
from tests.index.helpers import example, read_example

OLD = "linxi-shuiwu-2020"


def body_of(report: Report) -> str | None:
    """What is prepared of a report here."""
    return report.body.value


@pytest.fixture
def ledger(own_store: Path) -> Ledger:
    """A ledger with one report."""
    ledger = Ledger(own_store, create=True)
    ledger.put(read_example(OLD), place="x", reading="1")
    return ledger


def renamed(report: Report, body: str) -> Report:
    """The same report, of another body."""
    return report.model_copy(update={"body": Recognised(value=body)})


@pytest.mark.slow
def test_a_report_built_again_under_another_name_is_asked_under_it(tmp_path: Path) -> None:
    file, store, embedder = tmp_path / "r.txt", tmp_path / "store", load_embedder(None)
    shutil.copy(example(OLD), file)

    def built(body: str) -> None:
        (step,) = build([file], store, embedder, Given(body=body))
        assert step.outcome in ("added", "updated")

    def cited(body: str) -> list[str]:
        answer = desk.ask(f"{body}2020年微信公众号推文多少篇")
        return [f.citation for f in answer.figures] + [p.citation for p in answer.passages]

    built("甲县水务局")
    desk = Desk(store)
    before = cited("甲县水务局")
    built("乙县水务局")
    assert before
    assert cited("乙县水务局") == [citation.replace("甲县", "乙县") for citation in before]


def test_what_was_prepared_of_a_report_goes_with_its_old_reading(
    ledger: Ledger, own_store: Path
) -> None:
    shelf = Shelf(own_store)
    (card,) = shelf.reports()
    before = shelf.prepared(card.id, body_of)
    ledger.put(renamed(shelf.report(card.id), "乙县水务局"), place="x", reading="2")
    assert shelf.reports()[0].id == card.id
    assert (before, shelf.prepared(card.id, body_of)) == (card.body, "乙县水务局")


def test_what_is_made_while_the_store_changes_is_not_kept(ledger: Ledger, own_store: Path) -> None:
    shelf = Shelf(own_store)
    (card,) = shelf.reports()
    made: list[str | None] = []

    def slowly(report: Report) -> str | None:
        made.append(report.body.value)
        if len(made) == 1:  # as another thread would, in the meantime
            ledger.put(renamed(report, "乙县水务局"), place="x", reading="2")
            shelf.reports()
        return report.body.value

    assert shelf.prepared(card.id, slowly) == card.body
    assert shelf.prepared(card.id, slowly) == "乙县水务局"
    assert shelf.prepared(card.id, slowly) == "乙县水务局"
    assert len(made) == 2


def test_what_was_let_go_while_it_was_made_is_still_given(
    ledger: Ledger, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 0)
    shelf = Shelf(own_store)
    (card,) = shelf.reports()
    assert shelf.prepared(card.id, body_of) == card.body
