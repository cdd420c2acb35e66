"""★ The first half of the road: a file to a proven report, one call a step.

`read_report` needs no store; `index.build` takes what it yields into the ledger and Chroma.
"""

from __future__ import annotations

from pathlib import Path

from index.annex import read_annex
from index.document.checks import check_document
from index.document.facts import facts_of
from index.document.headings import choose_headings, find_headings, find_titles
from index.document.several import first_report
from index.document.signs import refused
from index.figures import settle_figures
from index.formats import Form, load_forms
from index.paragraphs import find_paragraphs
from index.passages import find_passages
from index.prose.checks import check_prose
from index.prose.figures import prose_figures
from index.read import read_bytes
from index.recognise import (
    distinctive_names,
    recognise_body_and_year,
    recognise_form,
    recognise_script,
    title_of,
)
from index.report import Check, Confidence, Document, Figure, Heading, Recognised, Report, Status
from index.sidecar import Given
from index.sources import Source, source_of
from index.stated.checks import check_stated
from index.stated.reach import Reach
from index.tables.finding import likely_forms, read_tables
from index.tables.rows import RawTables
from index.words.stated import load_stated

RECOGNISED = "文字来自扫描件的识别层，可能有误：没有勾稽关系证明的数字不作答案，请与图像核对。"
OTHER = "文件中还有另一份报告（{}{}年），没有读取；请另存为单独的文件。"
LEAST_LABELS = 6
"""Labels of a form that must be found before its tables are believed to be there."""
LEAST_HEADINGS = 2
"""Section headings that make a text without tables a report."""


def read_report(source: Source | Path, given: Given | None = None) -> Report:
    """One report, from its bytes to checked figures and passages.

    Args:
        source: a file, or what `index.sources` found.
        given: what the user sets about it; goes before its sidecar, which goes before the text.

    Raises:
        UnreadableFile: it cannot be opened or decoded.
        NotAReport: it is no annual report on information disclosure.
        SidecarError: its sidecar is malformed.
    """
    source = source_of(source) if isinstance(source, Path) else source
    settings = (given or Given()).over(source.given())
    return report_from_document(read_bytes(source.load(), source.path), settings)


def report_from_document(document: Document, given: Given) -> Report:
    """The road of one document: recognise, place, check, cut into passages.

    Raises:
        NotAReport: neither tables nor section headings nor a title are there; `OtherText` where
            nothing speaks for a report.
    """
    forms = load_forms()
    document, other = first_report(document, forms[-1], given)
    raw, sure = _best_tables(document, forms, given.year)
    titles, form = _titles(document, raw, forms)
    headings = choose_headings(titles, form)
    body, year, period = recognise_body_and_year(document, headings)
    if raw is None and len(headings) < LEAST_HEADINGS and body.confidence is not Confidence.CERTAIN:
        known = _as_given(body, given.body), _as_given(year, given.year)
        raise refused(document, headings, *known)
    body, year = _as_given(body, given.body), _as_given(year, given.year)
    figures, checks = settle_figures(raw) if raw else ((), ())
    says = distinctive_names(document)
    blocks = raw.blocks if raw else document.blocks
    paragraphs = find_paragraphs(document.text, blocks, headings, raw)
    passages = find_passages(document.text, paragraphs)
    number = int(year.value) if year.value else None
    prose, claims = check_prose(prose_figures(document.text, paragraphs, passages, number))
    found: tuple[Figure, ...] = (*figures, *prose)
    stated: tuple[Check, ...] = ()
    if raw is not None and raw.form.annex is None and not document.recognised:
        reach = Reach(body.value, number, load_stated())
        found, stated = check_stated(found, raw.form, document.text, passages, reach)
    facts = facts_of(document, titles, raw, form, figures, body=body, year=year, sure=sure)
    return Report(
        id=f"r-{document.sha256[:12]}",
        source_file=document.source_file,
        path=document.path,
        sha256=document.sha256,
        encoding=document.encoding,
        text=document.text,
        title=title_of(body, year, says, document.source_file),
        body=body,
        year=year,
        period=period,
        script=recognise_script(document),
        form=recognise_form(raw.form if raw else None, year, forms, sure=sure),
        says=says,
        headings=headings,
        figures=tuple(map(_doubted, found)) if document.recognised else found,
        checks=(*checks, *claims, *stated, *check_document(facts)),
        passages=passages,
        notes=(
            *([RECOGNISED] if document.recognised else []),
            *([OTHER.format(*other)] if other else []),
            *_notes(raw, document.pictures),
        ),
        published=facts.published,
    )


def _best_tables(
    document: Document, forms: tuple[Form, ...], given_year: int | None
) -> tuple[RawTables | None, bool]:
    """The tables in the form whose labels fit best, and whether no other fits as well.

    Between forms that fit equally well the year decides, else the newest is taken. An annexed
    table is looked for only where tables two to four are not: a report that has both belongs to
    the newer form.
    """
    likely = likely_forms(document.blocks, tuple(f for f in forms if f.annex is None))
    read = [read_tables(document.blocks, form, document.text) for form in likely]
    score = max((raw.score for raw in read), default=0)
    if score < LEAST_LABELS:
        read = [read_annex(document.blocks, form, document.text) for form in forms if form.annex]
        score = max((raw.score for raw in read), default=0)
    if not score:
        return None, False
    best = [raw for raw in read if raw.score == score]
    if len(best) == 1:
        return best[0], True
    year = given_year
    if year is None:
        named = recognise_body_and_year(document, find_headings(document, forms[-1]))[1]
        year = int(named.value) if named.value else None
    fitting = [raw for raw in best if year is not None and raw.form.covers(year)]
    return (fitting or best)[-1], False


def _titles(
    document: Document, raw: RawTables | None, forms: tuple[Form, ...]
) -> tuple[tuple[Heading, ...], Form]:
    """Places of section titles, and the form whose titles they are.

    Where no table tells the form, the one that most headings are called by; else the newest.
    Before 2019 no form prescribed headings.
    """
    if raw is not None:
        within = raw.region if raw.form.annex is not None else ()
        return find_titles(document, raw.form, within), raw.form
    newest = forms[-1]
    candidates = [newest, *(form for form in forms if form.annex is not None)]
    titles = {form.id: find_titles(document, form) for form in candidates}
    best = max(candidates, key=lambda form: len(choose_headings(titles[form.id], form)))
    return titles[best.id], best


def _as_given(read: Recognised, given: str | int | None) -> Recognised:
    if given is None:
        return read
    return Recognised(value=str(given), confidence=Confidence.SET, basis="由使用者设定")


def _doubted(figure: Figure) -> Figure:
    """A figure of recognised text: what no identity covers may have been misread."""
    if figure.status is not Status.PRINTED or figure.value is None:
        return figure
    open_ = {"status": Status.AMBIGUOUS, "value": None, "candidates": (figure.value,)}
    return figure.model_copy(update=open_)


def _notes(raw: RawTables | None, pictures: int) -> tuple[str, ...]:
    """Remarks on tables that the reader did not find, for the list of reports."""
    if raw is not None and raw.form.annex is not None:
        return _annex_notes(raw)
    notes = []
    if raw is None:
        notes.append("没有读到任何表格，因此没有表格数据（不等于零）。")
        if pictures:
            notes.append(
                f"文中有 {pictures} 幅图片，表格可能是图片；请提供文字版，或先做文字识别。"
            )
    else:
        if not raw.t2:
            notes.append("没有读到第二部分的表格。")
        if not raw.t3:
            notes.append("没有读到第三部分的表格。")
        if raw.t4 is None:
            notes.append("没有读到第四部分的表格。")
        notes.extend(_repeated(raw, "t3"))
    return tuple(notes)


def _repeated(raw: RawTables, table: str) -> list[str]:
    labels = "、".join(raw.form.names[table][0][key] for key in dict.fromkeys(raw.repeated))
    return [f"下列行出现两次，数值存疑：{labels}。"] if labels else []


def _annex_notes(raw: RawTables) -> tuple[str, ...]:
    """That an annexed table is no table three, and which of its rows continue there."""
    pairs = raw.form.annex.comparable if raw.form.annex is not None else ()
    rows = "、".join(raw.form.names["annex"][0][pair.row] for pair in pairs)
    return (
        f"本报告所附为“{raw.form.name}”，分类与2019年以后的表二至表四不同，数字不可直接比较；"
        f"可对照的只有：{rows}。",
        *_repeated(raw, "annex"),
    )
