"""A change that the report prints answers where the report of the year before is not indexed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Reason, Role
from assistant.ask import Desk
from index.build import build
from index.storage.embed import load_embedder
from tests.index.helpers import EXAMPLES

PRINTED, REPORT = "新收申请43件，比上年多9件", "qingtang-caizheng-2023"


@pytest.fixture(scope="module")
def fallen(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over one sample report whose requests fell, as its text says in other words."""
    folder = tmp_path_factory.mktemp("fallen")
    (sample,) = (path for path in EXAMPLES if path.stem == REPORT)
    text = sample.read_text("utf-8")
    assert PRINTED in text
    file = folder / sample.name
    file.write_text(text.replace(PRINTED, "受理申请43件，申请数量较去年回落12.3%"), "utf-8")
    assert [s.outcome for s in build([file], folder / "store", load_embedder(None))] == ["added"]
    return Desk(folder / "store")


@pytest.mark.parametrize(
    "question",
    [
        "新收申请比上一年少了百分之几",
        "收到的申请跟上年比降幅多少",
        "受理的申请比去年减少百分之多少",
        "新收申請較上一年下降幾成",
        "新收申请跌了百分之几",
        "By what percentage did requests received fall compared with the year before?",
    ],
)
def test_it_is_stated_as_printed_with_its_sentence(fallen: Desk, question: str) -> None:
    answer = fallen.ask(f"青棠区财政局2023年{question}")
    assert (answer.value, answer.unit) == (Decimal("12.3"), "%"), answer.text
    assert [f.role for f in answer.figures] == [Role.ANSWER]
    assert "回落" in answer.passages[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "新收申请比去年增长百分之几",
        "新收申请比去年多了多少件",
        "个人申请比上一年少了百分之几",
        "不予公开比上一年少了百分之几",
        "行政复议比上一年少了百分之几",
    ],
)
def test_no_other_change_is(fallen: Desk, question: str) -> None:
    """Of another way, in another unit, of a part or of another row."""
    answer = fallen.ask(f"青棠区财政局2023年{question}")
    assert answer.value is None, answer.text
    assert answer.refusal is not None and answer.refusal.reason is Reason.NO_REPORT
