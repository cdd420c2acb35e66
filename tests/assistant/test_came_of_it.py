"""What came in is no answer to what came of it; a text may be asked for what is in a language."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Desk
from index.build import build
from index.storage.embed import load_embedder

TEXT = """雾川市教育局2023年政府信息公开工作年度报告
一、总体情况
“局长信箱”收到来信318封，答复305封。教师资格认定受理1,204人，认定1,166人。
网站发布信息2,210条（中文2,100条，英文110条）。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
人手不足。
六、其他需要报告的事项
无。
"""


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over one report."""
    folder: Path = tmp_path_factory.mktemp("one")
    (folder / "report.txt").write_text(TEXT, "utf-8")
    assert [
        s.outcome for s in build([folder / "report.txt"], folder / "store", load_embedder(None))
    ]
    return Desk(folder / "store")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("雾川市教育局局长信箱收到几封来信", 318),
        ("雾川市教育局局长信箱回了几封信", None),
        ("雾川市教育局教师资格认定受理多少人", 1204),
        ("雾川市教育局教师资格认定有几个人没通过", None),
        ("雾川市教育局网站英文信息发了几条", 110),
    ],
)
def test_a_number_is_of_what_became_of_it(one: Desk, question: str, value: int | None) -> None:
    answer = one.ask(question)
    assert answer.value == value, answer.text


@pytest.mark.parametrize("wish", ["，英文作答", "？给我英文的", "，请用英文回答"])
def test_the_language_of_the_answer_is_no_thing_asked_for(desk: Desk, wish: str) -> None:
    assert desk.ask(f"云岫市2021年新收申请多少件{wish}").value == 690
