"""The grader: its verdicts, one kind at a time, and those of the grader beside the real reports."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from assistant.evaluation import Graded
from assistant.grading import base_amount, fault_of, judge
from assistant.places import find_place
from tests.questions.conftest import as_items

PLACE = {"seed": "a.txt", "table": "三", "row": "三(一)予以公开", "column": "总计"}
FIGURE = {"source_file": "a.txt", "table": "t3", "row": "granted", "column": "total"}
OTHER_ROW = {**FIGURE, "row": "partial"}
BANKS = (
    "examples-1.jsonl",
    "examples-2.jsonl",
    "examples-3.jsonl",
    "examples-5.jsonl",
    "questions_public.jsonl",
)
REFUSED = {"value": None, "refusal": {"reason": "not_reported"}, "figures": []}


def figure(value: Any, status: str = "verified", role: str = "answer", **place: Any) -> Any:
    return {**FIGURE, "value": value, "unit": "件", "status": status, "role": role, **place}


def answer(value: Any = None, *figures: Any, **fields: Any) -> dict[str, Any]:
    return {"value": value, "unit": "件", "figures": list(figures), "text": "", **fields}


def verdict(expect: dict[str, Any], given: dict[str, Any]) -> str:
    found = judge(expect, given)
    words = {"right": found.correct, "wrong": found.wrong_figure, "refused": found.needless_refusal}
    return " ".join(word for word, holds in words.items() if holds) or "not right"


UNVERIFIED = {"kind": "refuse_unverified", "where": [PLACE]}
MISSING = {"kind": "refuse_missing"}
ONE = {"kind": "figure", "value": 7, "unit": "件", **PLACE}
TWO = {"kind": "compare", "values": [{"value": 7, **PLACE}], "answer": "多3件"}
NAMES = {"kind": "figures", "values": ["公众号", "微博"]}
SHARE = {"kind": "computed", "value": 33.33, "unit": "%", "inputs": [{"value": 7, **PLACE}]}
QUOTE = {"kind": "passage", "quote": "公開“一次”", "seed": "a.txt"}
CLARIFY = {"kind": "clarify", "candidates": {"a.txt": 1, "b.txt": 2}}
REFUSAL = {"refusal": {"reason": "failed_check"}}
ABSENT = {"refusal": {"reason": "blank"}}
BACK = {"clarify": {"candidates": [{"source_file": "a.txt"}, {"source_file": "b.md"}]}}


@pytest.mark.parametrize(
    ("expect", "given", "word"),
    [
        (ONE, answer(7, figure(7)), "right"),
        (ONE, answer(7, figure(7, source_file="a.html")), "right"),
        (ONE, answer(7, figure(7, **OTHER_ROW)), "wrong"),
        (ONE, answer(7, figure(7, source_file="b.txt")), "wrong"),
        (ONE, answer(8, figure(8)), "wrong"),
        (ONE, answer(None, **REFUSAL), "refused"),
        (ONE, answer(None, **BACK), "refused"),
        (ONE, answer(None, figure(9, role="context")), "not right"),
        (ONE, answer(None, figure(9, status="failed")), "not right"),
        (TWO, answer(None, figure(7), text="多 3 件"), "right"),
        (TWO, answer(None, figure(7), text="多 4 件"), "not right"),
        (TWO, answer(None, figure(7), figure(8), text="多 4 件"), "wrong"),
        (NAMES, answer(None, text="有政务微博和公众号。"), "right"),
        (NAMES, answer(None, text="有政务微博。"), "not right"),
        (NAMES, answer(None), "not right"),
        (NAMES, answer(None, text="有政务微博和公众号。", **REFUSAL), "refused"),
        ({"kind": "figures", "values": []}, answer(None), "not right"),
        (SHARE, answer(33.3333, figure(7, role="input"), unit="%"), "right"),
        (SHARE, answer(33.4, figure(7, role="input"), unit="%"), "wrong"),
        (SHARE, answer(33.33, figure(6, role="input"), unit="%"), "wrong"),
        (SHARE, answer(33.33, figure(6), figure(5), unit="%"), "right"),
        (QUOTE, answer(passages=[{"quote": "公开 「一次」。", "source_file": "a.txt"}]), "right"),
        (QUOTE, answer(passages=[{"quote": "公开一次", "source_file": "b.txt"}]), "not right"),
        (QUOTE, answer(passages=[{"quote": "公开一次" * 200}]), "not right"),
        (UNVERIFIED, answer(None, **REFUSAL), "right"),
        (UNVERIFIED, answer(None, figure(7, status="failed")), "right"),
        (UNVERIFIED, answer(7, figure(7, status="failed")), "wrong"),
        (UNVERIFIED, answer(None, **ABSENT), "not right"),
        (MISSING, answer(None, **ABSENT), "right"),
        (MISSING, answer(None, **REFUSAL), "not right"),
        ({**MISSING, "accept_also": ["refuse_unverified"]}, answer(None, **REFUSAL), "right"),
        (MISSING, answer(0, figure(0)), "wrong"),
        (CLARIFY, answer(None, **BACK), "right"),
        (CLARIFY, answer(7, figure(7)), "wrong"),
    ],
)
def test_verdict(expect: dict[str, Any], given: dict[str, Any], word: str) -> None:
    assert verdict(expect, given) == word


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [
        ("1,234", "件", "1234"),
        (7.22, "万元", "72200"),
        ("172.6万", "件", "1726000"),
        ("93.5%", "%", "93.5"),
        ("-14", "项", "-14"),
        (None, "件", "None"),
        ("无", "件", "None"),
    ],
)
def test_numbers_are_compared_in_base_units(value: Any, unit: str, amount: str) -> None:
    got = base_amount(value, unit)
    assert (got is None) == (amount == "None")
    assert got is None or float(got) == float(amount)


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        (("三", "三(三)不予公开·2.其他法律行政法规禁止公开", "其他"),
         "t3 denied_other_law other_org"),
        (("三", "三（六）其他处理·3.其他", "总计"), "t3 other_other total"),
        (("三", "三(六)其他处理", "总计"), "t3 other total"),
        (("三", "三(六)其他处理·1.申请人无正当理由逾期不补正", "自然人"),
         "t3 other_no_correction natural_person"),
        (("二", "规范性文件", "本年新制作数量"), "t2 normative_docs made"),
        (("二", "行政事业性收费", "本年收费金额(单位:万元)"), "t2 fees amount"),
        (("四", "(数据行)", "行政诉讼·复议后起诉·总计"), "t4 lit_after_review total"),
        (("四", "(数据行)", "行政复议·其他结果"), "t4 review other"),
        (("narrative", None, None), "None None None"),
    ],
)  # fmt: skip
def test_places_of_question_files_are_found(place: tuple[Any, Any, Any], keys: str) -> None:
    found = find_place(*place)
    assert f"{found.table} {found.row} {found.column}" == keys


def test_an_expectation_that_cannot_be_graded_is_told() -> None:
    assert fault_of({"kind": "guess"}) == "kind 'guess'"
    assert fault_of({"kind": "figure", "seed": "a.txt"}) == "printed / value"
    assert fault_of(ONE) is None


def mutations(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An answer made wrong, or wrong in another way, each in one thing."""

    def changed(**fields: Any) -> dict[str, Any]:
        return {**copy.deepcopy(answer), **fields}

    figures = answer["figures"]

    def each(**fields: Any) -> dict[str, Any]:
        return changed(figures=[{**f, **fields} for f in figures])

    yield changed(**REFUSED)
    yield changed(value=None, refusal={"reason": "ambiguous"})
    yield changed(value=None, refusal=None, clarify=BACK["clarify"])
    yield changed(value=(answer["value"] or 0) + 1, refusal=None)
    yield changed(value=None, refusal=None, clarify=None)
    yield changed(unit="万元")
    yield changed(unit=None)
    yield changed(text="", passages=[])
    yield changed(figures=[])
    yield each(row="carried_out")
    yield each(column="natural_person")
    yield each(table="t2")
    yield each(source_file="elsewhere.txt")
    yield each(status="failed")
    yield each(role="context")
    yield each(role="input")
    yield each(value=1234567)
    yield {}


@pytest.mark.slow
@pytest.mark.parametrize("name", BANKS)
def test_verdicts_are_those_of_the_other_grader(
    name: str, grader: ModuleType, run_bank: Callable[[str], list[Graded]]
) -> None:
    seen: Counter[tuple[bool, bool, bool]] = Counter()
    for item, given in as_items(run_bank(name)):
        for one in (given, *mutations(given)):
            ours = judge(item["expect"], one)
            verdicts = (ours.correct, ours.wrong_figure, ours.needless_refusal)
            assert verdicts == grader.grade(item, one), (item, one)
            seen[verdicts] += 1
    assert len(seen) >= 4  # right, wrong, refused, and none of these
