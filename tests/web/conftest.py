"""Hand-made reports and answers, and a desk that knows nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant.answer import (
    Alternative,
    Answer,
    Candidate,
    CitedFigure,
    CitedPassage,
    Clarify,
    Kind,
    Language,
    Reason,
    Refusal,
    Role,
)
from index.context import Bound, FigureKind, ProseContext
from index.errors import StoreLocked
from index.formats import Form, load_forms
from index.report import (
    Check,
    Confidence,
    Figure,
    Heading,
    Outcome,
    Passage,
    Recognised,
    Report,
    ReportCard,
    Span,
    Status,
    Strength,
    Term,
    card_of,
)

EVIL = (
    "<script>window.pwned=1</script><img src=x onerror='window.pwned=2'>"
    "![p](http://evil.example/p.png) [l](javascript:window.pwned=3) ${window.pwned=4} {{pwned}} "
    "http://evil.example/auto ```\nfence\n``` </td></table></div><b>bold</b> $$x$$\n\n# head"
)
FORM: Form = next(f for f in load_forms() if f.id == "2021")
BALANCE = ("t3.new.total", "t3.carried_in.total", "t3.result_total.total", "t3.carried_out.total")


@dataclass
class Paper:
    """A report being written: its text as it grows, and the place of all that was put in it."""

    text: str = ""
    figures: list[Figure] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words + "\n"
        return start, start + len(words)

    def section(self, number: int, title: str) -> None:
        self.headings.append(Heading(section=number, title=title, span=self.put(title)))

    def passage(self, words: str) -> None:
        last = self.headings[-1]
        self.passages.append(
            Passage(
                number=len(self.passages) + 1,
                section=last.section,
                section_title=last.title,
                text=words,
                span=self.put(words),
            )
        )

    def number(self, place: tuple[int, int], label: str, printed: str, **said: Any) -> None:
        """A number of the last passage; ``place`` are the number with hedge and unit in it."""
        passage = self.passages[-1]
        whole = (passage.span[0] + place[0], passage.span[0] + place[1])
        digits = whole[0] + self.text[slice(*whole)].index(printed)
        status, unit = said.pop("status", Status.PRINTED), said.pop("unit", "家")
        checks = said.pop("checks", ())
        stop = passage.text.find("。", place[0]) + 1 or len(passage.text)
        begin = passage.text.rfind("。", 0, place[0]) + 1
        sentence = (passage.span[0] + begin, passage.span[0] + stop)
        self.figures.append(
            Figure(
                table="prose",
                row=f"p{passage.number}",
                column=f"n{len(self.figures)}",
                row_label=label,
                column_label="",
                value=int(printed),
                printed=printed,
                unit=unit,
                status=status,
                span=(digits, digits + len(printed)),
                row_span=whole,
                checks=checks,
                prose=ProseContext(
                    kind=FigureKind.COUNT,
                    sentence=sentence,
                    clause=whole,
                    whole=whole,
                    before="",
                    after="",
                    **said,
                ),
            )
        )

    def row(self, table: str, row: Any, columns: Sequence[Any], cells: Sequence[Any]) -> None:
        """A row of figures; a cell is a number, or keyword arguments of `Figure`."""
        start, _ = self.put(row.label)
        made: list[dict[str, Any]] = []
        for cell in cells:
            given = {"value": cell} if isinstance(cell, int) else dict(cell)
            given = {"printed": str(given.get("value", "")), **given}
            given["span"] = self.put(given["printed"]) if given["printed"] else None
            made.append(given)
        whole = (start, len(self.text) - 1)
        for column, given in zip(columns, made, strict=True):
            known = {"value": None, "status": Status.VERIFIED, "unit": "件", **given}
            self.figures.append(
                Figure(
                    table=table,
                    row=row.key,
                    column=column.key,
                    row_label=row.label,
                    column_label=column.label,
                    row_span=whole,
                    **known,
                )
            )

    def finish(self, key: str, body: str, year: int, checks: tuple[Check, ...] = ()) -> Report:
        def said(value: str) -> Recognised:
            return Recognised(value=value, confidence=Confidence.CERTAIN, basis="标题")

        return Report(
            id=key,
            source_file=f"{body[:40]}{year}.txt".replace("/", "_"),
            path="x.txt",
            sha256="0" * 64,
            encoding="utf-8",
            text=self.text,
            title=f"{body}{year}年",
            body=said(body),
            year=said(str(year)),
            period=Recognised(),
            script=said("zh-Hans"),
            form=said("2021"),
            says=(),
            headings=tuple(self.headings),
            figures=tuple(self.figures),
            checks=checks,
            passages=tuple(self.passages),
        )


def write(totals: dict[str, Any], prose: str, section: str = "三、收到和处理情况") -> Paper:
    """Every row of table three, all 0 but the ``totals`` (its last column) that are given."""
    paper, columns, t4 = Paper(), FORM.tables.t3.columns, FORM.tables.t4
    paper.section(1, "一、总体情况")
    paper.passage(prose)
    paper.section(3, section)
    for row in FORM.tables.t3.rows:
        if row.cells is True:
            cells: list[Any] = [0] * (len(columns) - 1)
            if f"{row.key}.cells" in totals:
                cells = totals[f"{row.key}.cells"]
            paper.row("t3", row, columns, [*cells, totals.get(row.key, 0)])
    paper.section(4, "四、政府信息公开行政复议、行政诉讼情况")
    for block in t4.blocks:
        paper.row("t4", block, t4.outcomes, [0] * len(t4.outcomes))
    return paper


def failing(
    key: str,
    said: tuple[str, str, str],
    sides: tuple[Sequence[Term], Sequence[Term]],
    equation: str,
) -> Check:
    """A hard check that fails; ``said`` is the name of its place and its sentence, zh and en."""
    code, _, scope = key.partition("@")
    left, right = (sum(int(term.value or 0) for term in side) for side in sides)
    return Check(
        id=key,
        code=code,
        scope=scope,
        scope_label=said[0],
        strength=Strength.HARD,
        sentence=said[1],
        sentence_en=said[2],
        left=tuple(sides[0]),
        right=tuple(sides[1]),
        left_value=left,
        right_value=right,
        difference=left - right,
        outcome=Outcome.FAILS,
        equation=equation,
        verifies=True,
    )


def failing_balance() -> Check:
    values = dict(zip(BALANCE, (161, 2, 159, 2), strict=True))
    terms = [Term(address=a, label=f"{a}·总计", value=v) for a, v in values.items()]
    english = "new + carried over = outcomes total + carried forward"
    said = ("总计列", "一+二=三(七)总计+四", english)
    equation = "161 + 2 = 163 ≠ 159 + 2 = 161"
    return failing("T3-BAL@total", said, (terms[:2], terms[2:]), equation)


@pytest.fixture(scope="session")
def good() -> Report:
    totals = {"new": 12, "carried_in": 1, "granted": 10, "result_total": 10, "carried_out": 3}
    return write(totals, "全年办结依申请公开10件，按时办结率100%。").finish("good", "青溪市", 2021)


TOLD = "前一句说别的。全市约30家单位参加，<b>甲</b>类12家，乙类17家。后一句也说别的。"


def failing_parts() -> Check:
    numbers = (("总数", 30), ("甲类", 12), ("乙类", 17))
    terms = [
        Term(address=f"prose.p1.n{n}", label=label, value=v) for n, (label, v) in enumerate(numbers)
    ]
    english = "the parts of a complete list add up to the whole"
    said = ("¶1 总数", "列举无遗的各部分之和等于总数", english)
    return failing("P-PARTS@p1", said, (terms[:1], terms[1:]), "30 ≠ 12 + 17 = 29")


def tell(status: Status, check: Check | None = None) -> Report:
    """A report whose one paragraph says a total and its two parts."""
    paper = Paper()
    paper.section(1, "一、总体情况")
    paper.passage(TOLD)
    hedged = {"hedge": "约", "bound": Bound.ABOUT, "scope": "全市", "period": "全年"}
    for label, words, printed, said in (
        ("参加单位", "约30家", "30", hedged),
        ("甲类单位", "12家", "12", {}),
        ("乙类单位", "17家", "17", {}),
    ):
        at = TOLD.index(words)
        paper.number((at, at + len(words)), label, printed, status=status, **said)
    return paper.finish("told", "言溪县", 2021, (check,) if check else ())


def told(report: Report, kind: Kind = Kind.FIGURE) -> Answer:
    """An answer from the first number of the report's text, or a refusal of it."""
    passage = report.passages[0]
    quote = CitedPassage(
        citation="[¶1]",
        report=report.id,
        source_file=report.source_file,
        section=1,
        section_title="一、总体情况",
        span=passage.span,
        quote=passage.text,
    )
    role = Role.ANSWER if kind is Kind.FIGURE else Role.CONTEXT
    figure = cite(report, "prose.p1.n0", role, "[¶1]")
    refusal = Refusal(reason=Reason.FAILED_CHECK, message="不能作答。", checks=report.checks)
    return say(
        kind,
        "参加单位：约30家[¶1]。",
        figures=(figure,),
        passages=(quote,),
        checks=report.checks,
        refusal=None if kind is Kind.FIGURE else refusal,
    )


def ranked(*reports: Report, kind: Kind = Kind.COMPARE) -> Answer:
    """The same cell of several reports, the most first."""
    figures = [cite(r, "t3.result_total.total", Role.ANSWER, f"[{r.id}]") for r in reports]
    figures.sort(key=lambda f: -(f.value or 0))
    return say(kind, "排名。", figures=tuple(figures), formula="159; 10")


@pytest.fixture(scope="session")
def bad() -> Report:
    failed = [{"value": v, "status": Status.FAILED} for v in (161, 2, 159, 2)]
    totals = dict(zip((a.split(".")[1] for a in BALANCE), failed, strict=True))
    return write(totals, "主动公开信息二百条。").finish("bad", "临川县", 2022, (failing_balance(),))


@pytest.fixture(scope="session")
def evil() -> Report:
    """Hostile in every text; one cell is open, one blank, one a blank proven 0."""
    opened = {"status": Status.AMBIGUOUS, "candidates": (3, 5), "printed": EVIL}
    blank = {"status": Status.BLANK, "printed": "/"}
    zero = {"value": 0, "printed": "", "mark": "blank"}
    cells = {"new.cells": [opened, blank, zero, 0, 0, 0]}
    return write({**cells, "new": 8}, EVIL, f"三、{EVIL}").finish("evil", f"坏{EVIL}", 2023)


def cite(report: Report, address: str, role: Role, citation: str = "") -> CitedFigure:
    figure = report.figure(address)
    assert figure is not None
    return CitedFigure.of(
        figure,
        report=report.id,
        source_file=report.source_file,
        org=report.body.value,
        year=int(report.year.value or 0),
        role=role,
        citation=citation or f"[表三·{figure.row_label}·{figure.column_label}]",
    )


def say(kind: Kind, text: str, **more: Any) -> Answer:
    return Answer(kind=kind, text=text, language=Language.HANS, **more)


def stated(report: Report) -> Answer:
    figure = cite(report, "t3.carried_out.total", Role.ANSWER)
    return say(
        Kind.FIGURE,
        f"{report.title}结转下年度继续办理 {figure.printed} 件{figure.citation}。",
        value=figure.value,
        unit="件",
        figures=(figure,),
        understood=f"我理解为：{report.title} · 表三 · 结转下年度继续办理 · 总计",
        alternatives=(
            Alternative(label="<i>正文里的数</i>", question="青溪的正文说了多少家？"),
            Alternative(label="2022 年", question="临川县2022年结转下年度多少件？"),
        ),
    )


def refused(report: Report) -> Answer:
    message, checks = "不能作答：161 + 2 = 163 ≠ 159 + 2 = 161。", report.checks
    return say(
        Kind.REFUSAL,
        message,
        figures=tuple(cite(report, a, Role.CONTEXT) for a in (BALANCE[3], *BALANCE[:3])),
        refusal=Refusal(reason=Reason.FAILED_CHECK, message=message, checks=checks),
        checks=checks,
        understood="我理解为：临川县 2022 年 · 表三 · 结转下年度继续办理 · 总计",
    )


def quoted(report: Report, words: str) -> Answer:
    passage = report.passages[0]
    start = passage.span[0] + passage.text.index(words)
    quote = report.text[slice(*passage.span)]
    cited = CitedPassage(
        citation="[¶1]",
        report=report.id,
        source_file=report.source_file,
        section=passage.section,
        section_title=passage.section_title,
        span=passage.span,
        quote=quote,
        marks=((start, start + len(words)),),
    )
    return say(Kind.PASSAGE, f"报告写道：{quote}[¶1]", passages=(cited,))


def which(reports: Sequence[ReportCard]) -> Answer:
    candidates = [
        Candidate(
            report=r.id,
            source_file=r.source_file,
            org=r.body,
            year=r.year,
            title=r.title,
            question=f"{r.title}结转下年度继续办理多少件？",
        )
        for r in reports
    ]
    back = Clarify(message="请问是哪一份？", candidates=tuple(candidates))
    return say(Kind.CLARIFY, back.message, clarify=back)


class FakeDesk:
    """Answers by a word of the question; a dialogue is the list of questions asked in it."""

    def __init__(self, *reports: Report) -> None:
        self._reports = {r.id: r for r in reports}
        self.new_dialogue: Callable[[], list[str]] = list

    def reports(self) -> list[ReportCard]:
        return [card_of(r) for r in self._reports.values() if r.id not in ("told", "next")]

    def report(self, report_id: str) -> Report:
        return self._reports[report_id]

    def findings(self, report_id: str) -> list[Check]:
        return [c for c in self._reports[report_id].checks if c.outcome is Outcome.FAILS]

    def ask(self, question: str, dialogue: Any = None, *, offer: bool = False) -> Answer:
        dialogue.append(question)
        if "锁" in question:
            raise StoreLocked("库正在被另一个程序写入。", advice="请等它写完再问。")
        if "崩" in question:
            raise RuntimeError("secret traceback")
        if "几问" in question:
            text = f"这段对话里问过 {len(dialogue)} 次：{'；'.join(dialogue)}"
            return say(Kind.CHAT, text)
        if "坏" in question:
            return quoted(self._reports["evil"], "<script>")
        if "临川" in question:
            return refused(self._reports["bad"])
        if "正文" in question:
            return told(self._reports["told"])
        if "排名" in question:
            return ranked(self._reports["good"], self._reports["next"])
        if "青溪" in question:
            return stated(self._reports["good"])
        return which(self.reports())


@pytest.fixture(scope="session")
def later() -> Report:
    """The report after `good`, of the same body."""
    totals = {"new": 30, "carried_in": 3, "granted": 25, "result_total": 25, "carried_out": 8}
    return write(totals, "无。").finish("next", "青溪市", 2022)


@pytest.fixture(scope="session")
def desk(good: Report, bad: Report, evil: Report, later: Report) -> FakeDesk:
    return FakeDesk(good, bad, evil, later, tell(Status.PRINTED))
