"""A question file run and graded: what `gouji eval` counts and tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from assistant.answer import Answer
from assistant.ask import Desk
from assistant.batch import answer_each, read_questions
from assistant.grading import Verdict, fault_of, judge
from index.errors import InputError
from index.record import Record

ALL = "total"
HEADS = ("", "", "题数 n", "答对 correct", "错数 wrong figures", "误拒 needless refusals")
WIDE = 100
"""Characters of a line."""
LONGEST_SAID = 300
"""Characters of an answer that are told."""


class Graded(Record):
    """One question with its answer and the verdict; ``language`` is that of the question."""

    id: str
    question: str
    kind: str
    language: str
    expect: Mapping[str, Any]
    answer: Answer
    verdict: Verdict


class Tally(Record):
    """How many questions of one sort were answered how."""

    by: Literal["kind", "language", "total"]
    name: str
    n: int = 0
    correct: int = 0
    wrong_figures: int = 0
    needless_refusals: int = 0


def read_bank(path: Path) -> list[dict[str, Any]]:
    """The questions of a file, each with an ``expect`` that can be graded.

    Raises:
        InputError: the file cannot be read, or a line is no question with an expectation.
    """
    items = read_questions(path)
    for item in items:
        expect = item.get("expect")
        fault = fault_of(expect) if isinstance(expect, dict) else "expect"
        if fault is not None:
            raise InputError(
                f"问题 {item['id']} 的 expect 不全或不识 (incomplete or unknown): {fault}",
                place=str(path),
                advice="各字段见 docs/evaluation.md (see docs/evaluation.md).",
            )
    if not items:
        raise InputError("问题文件是空的 (no question in it).", place=str(path))
    return items


def grade_each(items: Iterable[dict[str, Any]], desk: Desk) -> Iterator[Graded]:
    """Ask each question and grade the answer, in order; dialogues are kept apart."""
    for item, answer in answer_each(items, desk):
        yield Graded(
            id=str(item["id"]),
            question=item["question"],
            kind=item["expect"]["kind"],
            language=str(item.get("lang") or answer.language.value),
            expect=item["expect"],
            answer=answer,
            verdict=judge(item["expect"], answer.to_json()),
        )


def tally(graded: Sequence[Graded]) -> list[Tally]:
    """Counts by kind of expectation, by language, and of all."""
    kinds = [
        _count("kind", name, [g for g in graded if g.kind == name])
        for name in sorted({g.kind for g in graded})
    ]
    languages = [
        _count("language", name, [g for g in graded if g.language == name])
        for name in sorted({g.language for g in graded})
    ]
    return [*kinds, *languages, _count("total", ALL, graded)]


def _count(by: Literal["kind", "language", "total"], name: str, graded: Sequence[Graded]) -> Tally:
    return Tally(
        by=by,
        name=name,
        n=len(graded),
        correct=sum(g.verdict.correct for g in graded),
        wrong_figures=sum(g.verdict.wrong_figure for g in graded),
        needless_refusals=sum(g.verdict.needless_refusal for g in graded),
    )


def expected(expect: Mapping[str, Any]) -> Any:
    """What an expectation asks for, shortly: its numbers, its quote, or its remark."""
    if "value" in expect:
        return f"{expect['value']}{expect.get('unit') or ''}"
    if "values" in expect:
        return [
            f"{v.get('value')}{v.get('unit') or ''}" if isinstance(v, Mapping) else str(v)
            for v in expect["values"]
        ]
    return expect.get("quote") or expect.get("note") or expect["kind"]


def table_lines(tallies: Sequence[Tally]) -> list[str]:
    """The counts in columns; the same in a pipe and on any terminal."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="")
    for head in HEADS:
        table.add_column(head, justify="right" if head else "left", no_wrap=True)
    for one in tallies:
        counts = (one.n, one.correct, one.wrong_figures, one.needless_refusals)
        table.add_row(one.by, one.name, *map(str, counts))
    console = Console(width=WIDE, highlight=False, color_system=None)
    with console.capture() as captured:
        console.print(table)
    return [line.rstrip() for line in captured.get().splitlines()]


def told_wrong(graded: Graded) -> str:
    """A question that was not answered right: what was expected, said and understood."""
    verdict, answer = graded.verdict, graded.answer
    faults = ["错数 wrong figure"] if verdict.wrong_figure else []
    faults += ["误拒 needless refusal"] if verdict.needless_refusal else []
    reason = f"（{answer.refusal.reason.value}）" if answer.refusal is not None else ""
    said = " ".join(answer.text.split())
    return "\n".join(
        [
            f"✗ {graded.id} [{'，'.join([graded.kind, *faults])}] {graded.question}",
            f"  应为 expected: {expected(graded.expect)}",
            f"  答作 said{reason}: {said[:LONGEST_SAID]}",
            f"  读作 understood: {answer.understood or '—'}",
        ]
    )


def as_data(graded: Sequence[Graded]) -> dict[str, Any]:
    """Counts, and the questions that were not answered right, as plain JSON data."""
    return {
        "counts": [one.model_dump(mode="json") for one in tally(graded)],
        "not_right": [_plain(g) for g in graded if not g.verdict.correct],
    }


def _plain(graded: Graded) -> dict[str, Any]:
    answer = graded.answer
    return {
        **graded.model_dump(mode="json", include={"id", "question", "kind", "language", "expect"}),
        "wrong_figure": graded.verdict.wrong_figure,
        "needless_refusal": graded.verdict.needless_refusal,
        "answer": answer.to_json(),
    }
