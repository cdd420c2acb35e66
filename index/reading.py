"""★ The first half of the road: a file to a proven report, one call a step.

`read_report` needs no store; `index.build` takes what it yields into the ledger and Chroma.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.annex import read_annex
from index.errors import NotAReport, UnreadableFile
from index.figures import settle_figures
from index.formats import Form, load_forms
from index.passages import find_passages
from index.read import SUFFIXES, read_document
from index.read.archive import is_page_asset
from index.recognise import (
    distinctive_names,
    find_headings,
    recognise_body_and_year,
    recognise_form,
    recognise_script,
    title_of,
)
from index.report import Confidence, Document, Heading, Recognised, Report
from index.sidecar import Given, read_sidecar
from index.tables import RawTables, read_tables

LEAST_LABELS = 6
"""Labels of a form that must be found before its tables are believed to be there."""
LEAST_HEADINGS = 2
"""Section headings that make a text without tables a report."""


def read_report(path: Path, given: Given | None = None) -> Report:
    """One file, from its bytes to checked figures and passages.

    Args:
        path: the file.
        given: what the user sets about it; goes before its sidecar, which goes before the text.

    Raises:
        UnreadableFile: the file cannot be decoded.
        NotAReport: it is no annual report on information disclosure.
        SidecarError: its sidecar is malformed.
    """
    settings = (given or Given()).over(read_sidecar(path))
    document = read_document(path)
    return report_from_document(document, settings)


def report_from_document(document: Document, given: Given) -> Report:
    """The road of one document: recognise, place, check, cut into passages.

    Raises:
        NotAReport: neither tables nor section headings nor a title are there.
    """
    forms = load_forms()
    raw, sure = _best_tables(document, forms, given.year)
    headings, old = _headings(document, raw, forms)
    body, year, period = recognise_body_and_year(document, headings)
    if raw is None and len(headings) < LEAST_HEADINGS and body.confidence is not Confidence.CERTAIN:
        raise NotAReport(
            "没有找到年度报告的章节或表格 (no section or table of an annual report was found).",
            place=document.path,
            advice="请确认这是政府信息公开工作年度报告 (check that it is one).",
        )
    body, year = _as_given(body, given.body), _as_given(year, given.year)
    figures, checks = settle_figures(raw) if raw else ((), ())
    says = distinctive_names(document)
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
        figures=figures,
        checks=checks,
        passages=find_passages(raw.blocks if raw else document.blocks, headings, raw),
        notes=_notes(headings, raw, old=old),
    )


def _best_tables(
    document: Document, forms: tuple[Form, ...], given_year: int | None
) -> tuple[RawTables | None, bool]:
    """The tables in the form whose labels fit best, and whether no other fits as well.

    Between forms that fit equally well the year decides, else the newest is taken. An annexed
    table is looked for only where tables two to four are not: a report that has both belongs to
    the newer form.
    """
    read = [read_tables(document.blocks, form) for form in forms if form.annex is None]
    score = max((raw.score for raw in read), default=0)
    if score < LEAST_LABELS:
        read = [read_annex(document.blocks, form) for form in forms if form.annex is not None]
        score = max((raw.score for raw in read), default=0)
    if score < LEAST_LABELS:
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


def _headings(
    document: Document, raw: RawTables | None, forms: tuple[Form, ...]
) -> tuple[tuple[Heading, ...], bool]:
    """Headings, and whether they are those of the years before 2019, which no form prescribed.

    Where no table tells the form, the one that most headings are called by; else the newest.
    """
    if raw is not None:
        within = raw.region if raw.form.annex is not None else ()
        return find_headings(document, raw.form, within), raw.form.annex is not None
    newest = find_headings(document, forms[-1])
    older = [find_headings(document, form) for form in forms if form.annex is not None]
    most = max(older, key=len, default=newest)
    return (most, True) if len(most) > len(newest) else (newest, False)


def _as_given(read: Recognised, given: str | int | None) -> Recognised:
    if given is None:
        return read
    return Recognised(value=str(given), confidence=Confidence.SET, basis="由使用者设定")


def _notes(headings: tuple[Heading, ...], raw: RawTables | None, *, old: bool) -> tuple[str, ...]:
    """Remarks on what the reader did not find, for the list of reports."""
    if raw is not None and raw.form.annex is not None:
        return _annex_notes(raw)
    notes = []
    if raw is None:
        notes.append("没有读到任何表格，因此没有表格数据（不等于零）。")
    else:
        if not raw.t2:
            notes.append("没有读到第二部分的表格。")
        if not raw.t3:
            notes.append("没有读到第三部分的表格。")
        if raw.t4 is None:
            notes.append("没有读到第四部分的表格。")
        notes.extend(_repeated(raw, "t3"))
    missing = [n for n in range(1, 7) if n not in {h.section for h in headings}]
    if missing and headings and not old:
        notes.append(
            "没有读到第" + "、".join("一二三四五六"[n - 1] for n in missing) + "部分的标题。"
        )
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


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Files to read: those named, and those with a known suffix in the folders named.

    Raises:
        UnreadableFile: a path does not exist, or a folder holds no report.
    """
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UnreadableFile(
                "路径不存在 (no such path).", place=str(path), advice="请检查路径 (check it)."
            )
        if not path.is_dir():
            files.append(path)
            continue
        inside = sorted(p for p in path.rglob("*") if _may_be_report(p))
        if not inside:
            raise UnreadableFile(
                f"文件夹里没有报告 ({', '.join(sorted(SUFFIXES))}; no report in this folder).",
                place=str(path),
                advice="请指定报告所在的文件夹 (name the folder of the reports).",
            )
        files.extend(inside)
    return list(dict.fromkeys(files))


def _may_be_report(path: Path) -> bool:
    """Whether a file found in a folder is worth reading: no hidden file, no README, no asset."""
    return (
        path.is_file()
        and path.suffix.lower() in SUFFIXES
        and not path.name.startswith((".", "~$"))
        and path.stem.lower() != "readme"
        and not is_page_asset(path)
    )
