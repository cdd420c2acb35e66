"""The list of indexed reports, and one report's tables, as HTML. Pure functions, no gradio."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.found import OpenReport
from assistant.understanding.annex import has_annex
from assistant.web import equation, findings_view, grid
from assistant.web.cell import sign
from assistant.web.grid import Light
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.report import Check, Recognised, Report, ReportCard, Status

TABLES = ("t2", "t3", "t4", "annex")


def card_list(cards: Sequence[ReportCard], w: Words) -> str:
    """All reports, each a button; a box filters them, a tick leaves those that fail."""
    box = el(
        "input",
        type="search",
        placeholder=w.filter,
        aria_label=w.filter,
        data_gj="filter",
        autocomplete="off",
    ).removesuffix("</input>")
    tick = el("input", type="checkbox", data_gj="failing").removesuffix("</input>")
    tools = el("div", box + el("label", tick + esc(w.only_failing)), cls="gj-filter")
    items = join(el("li", _card(card, w)) for card in cards)
    return el("div", tools + el("ul", items, cls="gj-cards"), cls="gj-list")


def _card(card: ReportCard, w: Words) -> str:
    """A report in the list: title, file, the share of each status, the failing checks."""
    meta = [str(p) for p in (card.year, card.form and f"{w.form} {card.form}") if p]
    if has_annex(card):
        meta.append(w.not_comparable)
    total = sum(card.statuses.values())
    failing = (
        el("b", esc("≠ " + w.failing_count.format(n=card.failing)), cls="gj-badge gj-s-failed")
        if card.failing
        else el("b", esc(w.all_hold if total else w.no_tables_short), cls="gj-badge")
    )
    counts = [
        el("span", esc(f"{w.statuses[s].sign} {w.statuses[s].word} {n}"), cls=f"gj-s-{s}")
        for s in Status
        if (n := card.statuses.get(s.value, 0))
    ]
    bar = [
        el("i", "", cls=f"gj-bar-{s}", style=f"flex-grow:{n}")
        for s in Status
        if (n := card.statuses.get(s.value, 0))
    ]
    meta.append(w.figures.format(n=total))
    meta.append(w.passages.format(n=card.passages))
    inner = [
        el("span", el("strong", esc(card.title)) + failing, cls="gj-card-head"),
        el("span", esc(" · ".join(meta)), cls="gj-card-meta"),
        el("span", esc(card.source_file), cls="gj-card-meta gj-file"),
        el("span", join(bar), cls="gj-bar", aria_hidden="true") if total else "",
        el("span", join(counts), cls="gj-counts") if counts else "",
    ]
    return el(
        "button",
        join(inner),
        type="button",
        cls="gj-card",
        data_report=card.id,
        data_failing=str(card.failing),
        data_find=" ".join(str(p) for p in (card.title, card.body, card.year, card.source_file)),
    )


def report_view(
    report: Report, w: Words, found: Sequence[Check] = (), open_report: OpenReport | None = None
) -> str:
    """One report: what was recognised, what does not hold with its source, its tables in full.

    Args:
        report: the report.
        w: the words of the page.
        found: what does not hold in it and beside other reports; else only its hard checks.
        open_report: gives the reports that it is held against.
    """
    broken = equation.failing(report.checks)
    told = dict.fromkeys((*broken, *found))
    heading = el("h4", esc(w.report_findings.format(n=len(told)))) if told else ""
    parts = [
        el("h3", esc(report.title) + el("small", esc(report.source_file))),
        _recognised(report, w),
        heading,
        *(_finding(check, report, open_report, w) for check in told),
    ]
    light = Light(broken=frozenset(a for c in broken for a in c.addresses))
    tables = [(key, grid.table(report, key, light, w)) for key in TABLES]
    for key, table in tables:
        if table:
            parts += [el("h4", esc(grid.table_title(report, key, w))), grid.framed(table, w)]
    if not report.notes and not any(table for _, table in tables):
        parts.append(el("p", esc(w.no_tables), cls="gj-hint"))
    if report.notes:
        notes = el("ul", join(el("li", esc(n)) for n in report.notes))
        parts.append(el("h4", esc(w.notes)) + notes)
    return el("section", join(parts), cls="gj-exhibit", aria_label=report.title)


def _finding(check: Check, report: Report, open_report: OpenReport | None, w: Words) -> str:
    """A finding, and behind a click what is printed of it."""
    shown = equation.equation(check, w, report)
    if open_report is None:
        return shown
    printed = findings_view.sources(check, report, open_report, w)
    if not printed:
        return shown
    return shown + el("details", el("summary", esc(w.finding_place)) + printed, cls="gj-printed")


def _recognised(report: Report, w: Words) -> str:
    """Body, year, period, form and script, each with where it was read."""
    facts: list[tuple[str, Recognised]] = [
        (w.body, report.body),
        (w.year, report.year),
        (w.period, report.period),
        (w.form, report.form),
        (w.script, report.script),
    ]
    lines = []
    for name, fact in facts:
        value = w.scripts.get(fact.value, fact.value) if fact.value else w.unknown
        lines.append(el("dt", esc(name)) + el("dd", esc(value) + el("small", esc(fact.basis))))
    return el("dl", join(lines), cls="gj-facts")


def empty_store(w: Words) -> str:
    """What to do where nothing is indexed yet."""
    command = el("pre", el("code", esc("gouji build 年报文件夹/")))
    text = el("h3", esc(w.empty_title)) + el("p", esc(w.empty_text)) + command
    return el("div", text, cls="gj-empty")


def notice(text: str) -> str:
    """One sentence in place of a panel, for a store that cannot be read."""
    return el("p", esc(text), cls="gj-warn", role="alert")


def meanings(w: Words) -> str:
    """What each status means, for a panel that has nothing else to show yet."""
    lines = [
        el("dt", f"{sign(key, w)} {esc(word.word)}", cls=f"gj-s-{key}")
        + el("dd", esc(word.meaning))
        for key, word in w.statuses.items()
    ]
    return el("dl", join(lines), cls="gj-meanings")


def legend(w: Words) -> str:
    """The five statuses: sign, colour, word, and what each means."""
    items = [
        el("li", sign(key, w) + esc(word.word), cls=f"gj-s-{key}", title=word.meaning)
        for key, word in w.statuses.items()
    ]
    return el("ul", join(items), cls="gj-legend", aria_label=w.legend)
