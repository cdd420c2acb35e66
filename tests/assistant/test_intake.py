"""The progress bar of a build: one step a report, members of archives among them."""

from __future__ import annotations

import pytest

from assistant.intake import progress
from index.build import Step


def shown(step: Step) -> str:
    return step.path.rpartition("/")[2]


def steps(*names: str) -> list[Step]:
    return [Step(path=f"in/年报.zip/{name}", outcome="added") for name in names]


def test_the_bar_counts_reports_and_names_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "200")
    for last, name in (("b[1].txt", "b[1].txt"), ("长" * 200 + ".txt", "长" * 36 + ".txt")):
        done = steps("2023/a.txt", "c.txt", last)
        assert list(progress(iter(done), len(done), "…", shown)) == done
        assert f"3/3\x1b[0m {name}\n" in capsys.readouterr().err


def test_nothing_is_shown_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(list(progress(iter(steps("a", "b")), 2, "…", shown))) == 2
    assert capsys.readouterr() == ("", "")
