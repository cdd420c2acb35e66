"""What the user sets about a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import SidecarError
from index.reading import read_report
from index.report import Confidence, Recognised
from index.sidecar import Given, read_sidecar
from tests.index.helpers import example, report

TEXT = example("yanting-2023").read_text("utf-8")
BODY = "临溪县雁汀镇人民政府"


def test_given_body_and_year_go_before_the_text() -> None:
    got = report(TEXT, body="雾川市民政局", year=2020)
    set_ = {"span": None, "confidence": Confidence.SET, "basis": "由使用者设定"}
    assert got.body == Recognised(value="雾川市民政局", **set_)
    assert got.year == Recognised(value="2020", **set_)
    assert got.title == "雾川市民政局2020年"
    assert report(TEXT, year=2020).body.value == BODY


def sidecar(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    (tmp_path / "report.txt.gouji.yaml").write_text(text, "utf-8")
    return path


def test_a_sidecar_is_read_and_options_go_before_it(tmp_path: Path) -> None:
    path = sidecar(tmp_path, "body: 雾川市民政局\nyear: 2020\n")
    assert read_sidecar(path) == Given(body="雾川市民政局", year=2020)
    assert read_report(path).title == "雾川市民政局2020年"
    assert read_report(path, Given(year=2022)).title == "雾川市民政局2022年"
    assert read_sidecar(tmp_path / "other.txt") == Given()
    assert read_sidecar(sidecar(tmp_path, "")) == Given()


BAD = ["boddy: 雾川", "year: last", "year: 1999", "body: x", "- a", "a: [", "5", "#" * 70_000]


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:12])
def test_a_bad_sidecar_is_refused(tmp_path: Path, text: str) -> None:
    path = sidecar(tmp_path, text)
    with pytest.raises(SidecarError) as caught:
        read_report(path)
    assert caught.value.place == f"{path}.gouji.yaml"
    assert "只能写 body 和 year" in caught.value.advice
