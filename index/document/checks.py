"""The report as a document: its sections, what they must say, its form and its day.

Checks return findings and never raise; none changes a figure's status. Codes, strengths, wording
and basis are data (``words/checks.yaml``), and so is what is looked for (``words/document.yaml``).
What a broken copy does not show is told as such, and is no fault of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index.document.deadlines import late
from index.document.facts import (
    COPY,
    Facts,
    Finding,
    outcome,
    part_label,
    title_of_form,
)
from index.document.outline import NUMERALS, Part
from index.document.text import (
    fee_is_reported,
    problems_are_named,
    topics_are_covered,
    unpaid_fees_were_asked_for,
)
from index.formats import Form
from index.report import Check, Heading, Outcome, Status, Strength, new_check, new_term
from index.words.checks import Claim, load_claims

SEVERAL = 3
"""Sections printed twice from which on the file is thought to hold two reports."""

# -- sections --------------------------------------------------------------------------------


def sections_in_order(facts: Facts) -> Iterator[Finding]:
    """D-SECTIONS: six sections, none missing, none behind a later one, none twice."""
    outline = facts.outline
    if not outline.parts:
        return
    lost = [n for n in outline.missing if facts.torn or n in outline.untitled]
    for number in outline.missing:
        if number not in lost:
            said = f"没有读到“{title_of_form(facts, number)}”"
            yield Finding(f"s{number}", part_label(number), said, Outcome.FAILS)
    if lost:
        said = "没有读到标题“" + "”“".join(title_of_form(facts, n) for n in lost) + "”"
        there = [part_label(n) for n in lost if n in outline.untitled]
        said += f"；{'、'.join(there)}有内容，只是没有标题" if there else COPY
        label = "、".join(map(part_label, lost))
        yield Finding("copy", label, said, Outcome.FAILS, strength=Strength.INFO)
    for heading in outline.moved:
        yield _again(facts, heading, "印在后面的部分之后")
    several = len({heading.section for heading in outline.twice}) >= SEVERAL
    for heading in outline.twice[:1] if several else outline.twice:
        what = "等多个部分印了两次，可能是两份报告" if several else "印了两次"
        yield _again(facts, heading, what, Strength.INFO if several else None)
    if not (outline.missing or outline.moved or outline.twice):
        spans = tuple(p.heading.span for p in outline.parts.values())
        yield Finding("all", "全文", "一至六部分齐全", Outcome.HOLDS, spans)


def _again(facts: Facts, heading: Heading, what: str, strength: Strength | None = None) -> Finding:
    """A finding on a heading that is not where the section's should be, or not the only one."""
    number = heading.section
    first = facts.outline.parts[number].heading.span
    spans = tuple(dict.fromkeys((first, heading.span)))
    said = f"“{title_of_form(facts, number)}”{what}"
    scope = f"s{number}.{heading.span[0]}"
    return Finding(scope, part_label(number), said, Outcome.FAILS, spans, strength)


def titles_are_official(facts: Facts) -> Iterator[Finding]:
    """D-TITLE: headings are called as the form calls them, or nearly so."""
    for part in facts.outline.parts.values():
        if not part.official:
            said = f"印作“{_printed(part)}”，统一格式为“{title_of_form(facts, part.number)}”"
            label, spans = part_label(part.number), (part.heading.span,)
            yield Finding(f"s{part.number}", label, said, Outcome.FAILS, spans)
    if facts.outline.parts and all(p.official for p in facts.outline.parts.values()):
        yield Finding("all", "全文", "标题与统一格式一致", Outcome.HOLDS)


def _printed(part: Part) -> str:
    return "".join(part.heading.title.split())


def sections_are_numbered(facts: Facts) -> Iterator[Finding]:
    """D-NUMBER: the numbers printed before the titles are those of the sections."""
    numbered = {n: p for n, p in facts.outline.parts.items() if p.heading.title[0] in NUMERALS}
    wrong = [p for n, p in numbered.items() if not _numbered(p.heading.title, NUMERALS[n - 1])]
    if wrong:
        said = "；".join(f"“{_printed(p)}”应为{NUMERALS[p.number - 1]}" for p in wrong)
        spans = tuple(p.heading.span for p in wrong)
        yield Finding("numbers", "各部分序号", said, Outcome.FAILS, spans)
    elif numbered:
        said = "序号" + "、".join(NUMERALS[n - 1] for n in sorted(numbered))
        yield Finding("numbers", "各部分序号", said, Outcome.HOLDS)


def _numbered(title: str, numeral: str) -> bool:
    return title[:1] == numeral and title[1:2] not in NUMERALS


# -- form, day, body ---------------------------------------------------------------------------


def form_is_that_of_the_year(facts: Facts) -> Iterator[Finding]:
    """D-FORM: the tables are those prescribed for the year, no row of an older form among them."""
    year = facts.number
    if year is None or not facts.form_seen:
        return
    fits = facts.form.covers(year)
    said = f"{year}年度报告用“{facts.form.name}”（{_years(facts.form)}）"
    yield Finding("form", "表格", said, outcome(holds=fits))
    for row in facts.form.tables.t3.rows:
        heads = facts.cells("t3", row.key) if row.cells == "when_children_absent" else ()
        if heads:
            children = sum(r.parent == row.key for r in facts.form.tables.t3.rows)
            said = f"“{row.number}{row.label}”只印一行，该年度格式分为{children}行"
            spans = tuple(dict.fromkeys(f.row_span for f in heads if f.row_span))
            strength = Strength.WARNING
            yield Finding(f"t3.{row.key}", "表三", said, Outcome.FAILS, spans, strength)


def _years(form: Form) -> str:
    first, last = form.years
    return f"{first}年度起" if last is None else f"{first}至{last}年度"


def townships_make_no_rules(facts: Facts) -> Iterator[Finding]:
    """D-RULES: townships and sub-districts have no 规章; open cells prove nothing."""
    cells = facts.cells("t2", "rules")
    if facts.kind != "township" or not cells:
        return
    printed = tuple(f for f in cells if f.value)
    if printed:
        said = "、".join(f"{f.column_label}{f.value}" for f in printed)
        said = f"{facts.body.value}的{printed[0].row_label}：{said}"
        yield Finding("t2.rules", "表二规章", said, Outcome.FAILS, terms=printed)
    elif all(f.status is not Status.AMBIGUOUS for f in cells):
        yield Finding("t2.rules", "表二规章", "规章为0", Outcome.HOLDS)


# -- all of them -------------------------------------------------------------------------------

DOCUMENT_CHECKS: dict[str, Callable[[Facts], Iterator[Finding]]] = {
    "D-SECTIONS": sections_in_order,
    "D-TITLE": titles_are_official,
    "D-NUMBER": sections_are_numbered,
    "D-FEE": fee_is_reported,
    "D-FEE-T3": unpaid_fees_were_asked_for,
    "D-EMPTY": problems_are_named,
    "D-TOPICS": topics_are_covered,
    "D-FORM": form_is_that_of_the_year,
    "D-RULES": townships_make_no_rules,
}
"""One function for each demand; D-LATE is `deadlines.late`, which may be given a day."""


def check_document(facts: Facts) -> tuple[Check, ...]:
    """The checks on a report as a document, in the order of their list."""
    claims = load_claims("document")
    checks = [
        _check(claims[code], found)
        for code, find in DOCUMENT_CHECKS.items()
        for found in find(facts)
    ]
    in_time = late(facts.published, facts.kind, facts.number)
    return (*checks, in_time) if in_time is not None else tuple(checks)


def _check(claim: Claim, found: Finding) -> Check:
    terms = tuple(
        new_term(address=f.address, label=f"{f.row_label}{f.column_label}", value=f.value)
        for f in found.terms
    )
    return new_check(
        id=f"{claim.code}@{found.scope}",
        code=claim.code,
        scope=found.scope,
        scope_label=found.label,
        strength=found.strength or claim.strength,
        sentence=claim.zh,
        sentence_en=claim.en,
        left=terms,
        right=(),
        left_value=None,
        right_value=None,
        difference=None,
        outcome=found.outcome,
        equation=found.said,
        verifies=False,
        spans=found.spans,
    )
