"""What follows from the figures of a draft: checks, text, self-check, and files to take away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from assistant.draft.last_problems import Problem
from assistant.draft.model import Cited, Draft, DraftCell, DraftParagraph, DraftSentence, Origin
from assistant.draft.outputs import SHEET
from assistant.draft.remarks import equation_of, overridden, self_check_lines
from assistant.draft.style import numbered
from assistant.web.markup import el, esc, join
from assistant.web.words import Words
from index.report import Check

FOLLOWING = (Origin.COMPUTED, Origin.ZERO, Origin.CARRIED)
"""Origins of values that show in a field where nothing was typed."""
FORMATS = (".docx", ".html", ".md", ".json", SHEET)
"""Files that can be taken away; the last is the sheet to fill in."""


def outcome(draft: Draft, problems: Sequence[Problem], keep: frozenset[int], w: Words) -> str:
    """The panel beside the tables. ``problems`` are those of last year's report."""
    parts = [
        _states(draft),
        _downloads(w),
        _verdict(draft, w),
        _self_check(draft, w),
        _last_problems(problems, keep, w),
        *(_text(draft, w)),
    ]
    return el("section", join(parts), cls="gj-outcome", aria_label=w.draft_outcome)


def _states(draft: Draft) -> str:
    """What the fields of the tables have to show, for the script beside them."""
    states = {
        cell.address: [
            shown_state(cell),
            cell.printed if cell.origin in FOLLOWING else "",
            cell.problem or cell.label,
        ]
        for cell in draft.cells
    }
    return el("div", hidden=True, data_states=json.dumps(states, ensure_ascii=False))


def shown_state(cell: DraftCell) -> str:
    """A cell's state; `doubted` where it is open because something is wrong with it."""
    return "doubted" if cell.origin is Origin.OPEN and cell.problem else cell.state


def _downloads(w: Words) -> str:
    buttons = (
        el("button", esc(w.draft_files[suffix]), type="button", data_download=suffix)
        for suffix in FORMATS
    )
    return el("div", join(buttons), cls="gj-downloads", role="group", aria_label=w.draft_download)


def _verdict(draft: Draft, w: Words) -> str:
    """How many cells are filled, and every check that fails with its equation."""
    counts = {origin: sum(c.origin is origin for c in draft.cells) for origin in Origin}
    told = w.draft_counts.format(
        given=counts[Origin.GIVEN] + counts[Origin.ZERO],
        carried=counts[Origin.CARRIED],
        computed=counts[Origin.COMPUTED],
        open=counts[Origin.OPEN],
    )
    if counts[Origin.OVERRIDING]:
        told = w.draft_overridden.format(told=told, n=counts[Origin.OVERRIDING])
    source = draft.last.title if draft.last is not None else w.draft_no_last
    lines = [el("p", esc(told)), el("p", esc(w.draft_last.format(title=source)), cls="gj-hint")]
    lines += [
        el("p", _to_cell(cell.address, esc(overridden(cell))), cls="gj-ask")
        for cell in draft.cells
        if cell.origin is Origin.OVERRIDING
    ]
    failing = [check for check in draft.checks if check.fails]
    if not draft.failing:
        lines.append(el("p", esc(w.draft_balances), cls="gj-s-verified"))
    lines += [_check(check) for check in failing]
    lines += [el("p", esc(str(problem)), cls="gj-warn") for problem in draft.problems]
    return el("div", join(lines), cls="gj-verdict", role="status", aria_live="polite")


def _check(check: Check) -> str:
    own = [a for a in check.addresses if "/" not in a]
    sign = "≠" if check.broken else "?"
    text = el("b", sign) + " " + esc(equation_of(check))
    return el("p", _to_cell(own[0], text) if own else text, cls="gj-eq" * check.broken or "gj-ask")


def _self_check(draft: Draft, w: Words) -> str:
    title = el("h4", esc(w.draft_self_check))
    again = el("button", esc(w.draft_look), type="button", data_gj="look")
    if draft.self_check is None:
        return el("div", title + el("p", esc(w.draft_stale), cls="gj-hint") + again)
    lines = [el("li", esc(line)) for line in self_check_lines(draft.self_check)]
    known = {equation_of(check) for check in draft.checks}
    lines += [
        el("li", esc(("≠ " if check.broken else "? ") + equation_of(check)))
        for check in draft.self_check.findings
        if equation_of(check) not in known
    ]
    return el("div", title + el("ul", join(lines)), cls="gj-self-check")


def _last_problems(problems: Sequence[Problem], keep: frozenset[int], w: Words) -> str:
    """Last year's problems, each with a tick that says it again."""
    if not problems:
        return ""
    items = []
    for number, problem in enumerate(problems, 1):
        tick = el("input", type="checkbox", data_keep=str(number), checked=number in keep)
        label = tick.removesuffix("</input>") + esc(problem.text)
        where = el("small", esc(f" ¶{problem.passage.number}"))
        items.append(el("li", el("label", label) + where))
    head = el("h4", esc(w.draft_problems)) + el("p", esc(w.draft_keep), cls="gj-hint")
    return el("div", head + el("ol", join(items)), cls="gj-problems")


def _text(draft: Draft, w: Words) -> Iterator[str]:
    """The sections of text, every sentence with what it rests on."""
    for section in draft.sections:
        if section.paragraphs:
            yield el("h4", esc(numbered(section.number, section.title)))
            yield from (_paragraph(paragraph, w) for paragraph in section.paragraphs)


def _paragraph(paragraph: DraftParagraph, w: Words) -> str:
    if paragraph.heading:
        return el("h5", esc(paragraph.text))
    written = el("p", join(map(_sentence, paragraph.sentences)), cls="gj-drafted")
    cited = list(dict.fromkeys(c for s in paragraph.sentences for c in s.cited))
    if not cited:
        return written
    summary = el("summary", esc(w.draft_rests.format(n=len(cited))))
    return written + el("details", summary + el("ul", join(map(_cited, cited))), cls="gj-cites")


def _sentence(sentence: DraftSentence) -> str:
    own = next((c.address for c in sentence.cited if c.own), "")
    text = esc(sentence.text)
    inner = _to_cell(own, text) if own else text
    return el("span", inner, cls=f"gj-{sentence.kind.value}", title=sentence.told or None)


def _cited(cited: Cited) -> str:
    text = esc(cited.key)
    quote = el("q", esc(cited.quote)) if cited.quote else ""
    return el("li", (_to_cell(cited.address, text) if cited.own else text) + quote)


def _to_cell(address: str, markup: str) -> str:
    """A link to the field of a cell."""
    return el("a", markup, href=f"#gj-cell-{address}")
