"""One character wrong in the name of a row: read as the name where it sounds or looks alike."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Kind
from assistant.ask import Desk
from assistant.lexicon.lookalikes import load_lookalikes
from assistant.words.within_names import slips_within

BODY = "云岫市2021年"


def cell(answer: Answer) -> tuple[str, str]:
    """Row and column of the only cell of an answer."""
    (figure,) = answer.figures
    return figure.row, figure.column


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("重付申请", "notproc_repeat"),
        ("重负申请", "notproc_repeat"),
        ("予已公开", "granted"),
        ("部分公井", "partial"),
        ("执法案券", "denied_enforcement_file"),
        ("没有现成言息", "unable_need_create"),
        ("本机关不掌屋", "unable_not_held"),
        ("国家秘蜜", "denied_state_secret"),
        ("正档理由大量反复申请", "notproc_mass"),
    ],
)
def test_a_row_is_heard_though_a_character_of_its_name_is_wrong(
    desk: Desk, name: str, row: str
) -> None:
    answer = desk.ask(f"{BODY}{name}几件")
    assert cell(answer) == (row, "total"), answer.text
    assert f"“{name[:2]}" in (answer.understood or ""), "it is said how it was read"


@pytest.mark.parametrize(
    ("question", "at"),
    [
        ("商业企亚提了几件申请", ("new", "commercial_enterprise")),
        ("科妍机构提了几件申请", ("new", "research_institution")),
        ("尚末审结的复议几件", ("review", "pending")),
        ("以执法案券为由没给公开的几件", ("denied_enforcement_file", "total")),
    ],
)
def test_columns_and_reasons_are_heard_so_too(
    desk: Desk, question: str, at: tuple[str, str]
) -> None:
    answer = desk.ask(BODY + question)
    assert cell(answer) == at, answer.text


def test_a_head_is_heard_and_no_neighbour(desk: Desk) -> None:
    """无发提供 leaves 提, which by itself is said of requests."""
    answer = desk.ask(f"{BODY}无发提供几件")
    rows = {f.row for f in answer.figures}
    assert answer.kind is Kind.COMPUTED and all(row.startswith("unable_") for row in rows)


@pytest.mark.parametrize(
    "name", ["重点申请", "重新申请", "部门公开", "无法提出", "行政诉求", "结果维护", "予以公示"]
)
def test_another_word_is_no_slip(desk: Desk, name: str) -> None:
    assert not [slip.name for slip in slips_within(f"{name}几件") if slip.written == name]
    understood = desk.ask(f"{BODY}{name}几件").understood or ""
    assert f"“{name}”按" not in understood


@pytest.mark.parametrize("act", ["行政征收", "行政确认", "行政裁决", "行政检查"])
def test_acts_that_no_form_counts_have_no_figure(desk: Desk, act: str) -> None:
    """Nor does a character of theirs name a row: 收."""
    assert desk.ask(f"{BODY}{act}多少件").value is None


def test_the_longest_name_is_taken_first() -> None:
    found = [slip.name for slip in slips_within("行政执法案券几件")]
    assert found == ["行政执法案卷", "执法案卷"]


def test_no_name_is_another_with_one_character_changed() -> None:
    """So that a name which stands there is read as no other."""
    for name in load_lookalikes().names:
        assert not [slip for slip in slips_within(name) if len(slip.name) == len(name)], name
