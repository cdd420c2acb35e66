"""The three tables of a draft as fields to fill in, laid out as the form prints them."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.draft.layout import Layout, Spot, form_for, layouts
from assistant.draft.model import Draft, DraftCell, Origin
from assistant.draft.style import numbered
from assistant.web.draft_outcome import FOLLOWING, shown_state
from assistant.web.draft_session import LONGEST_REASON
from assistant.web.markup import el, esc, join
from assistant.web.words import Words

FIGURES = ".xlsx,.csv,.json"
FROM_LAST = (Origin.CARRIED, Origin.OVERRIDING)


def sheet(draft: Draft, typed: Mapping[str, str], w: Words, override: str = "") -> str:
    """All tables, the field that takes a filled-in file, and that for a reason to override.

    ``override`` is why 上年结转 may be changed, "" where it is fixed.
    """
    cells = {cell.address: cell for cell in draft.cells}
    titles = {section.number: section.title for section in draft.sections}
    parts = [el("h3", esc(draft.title)), _tools(w)]
    if any(cell.origin in FROM_LAST for cell in draft.cells):
        parts.append(_override(override, w))
    for layout in layouts(form_for(draft.year)):
        title = numbered(layout.section, titles[layout.section])
        parts += [el("h4", esc(title)), _table(layout, cells, typed, title, bool(override))]
    return el("section", join(parts), cls="gj-sheet", aria_label=draft.title)


def _tools(w: Words) -> str:
    field = el("input", type="file", accept=FIGURES, data_gj="figures").removesuffix("</input>")
    return el("div", el("label", esc(w.draft_upload) + field), cls="gj-draft-tools")


def _override(reason: str, w: Words) -> str:
    """What a change of 上年结转 means, and the field for its reason, which alone allows it."""
    field = el(
        "input",
        type="text",
        value=reason,
        placeholder=w.draft_override_like,
        maxlength=LONGEST_REASON,
        autocomplete="off",
        data_gj="override",
    ).removesuffix("</input>")
    inner = el("summary", esc(w.draft_override)) + el(
        "p", esc(w.draft_override_warn), cls="gj-warn"
    )
    label = el("label", esc(w.draft_override_reason) + field)
    return el("details", inner + label, cls="gj-override", open=bool(reason))


def _table(
    layout: Layout,
    cells: Mapping[str, DraftCell],
    typed: Mapping[str, str],
    title: str,
    free: bool,
) -> str:
    rows = [
        el("tr", join(_spot(spot, cells, typed, free) for spot in row)) for row in layout.rows()
    ]
    columns = join(
        el("col", style=f"width:{share:.2f}%").removesuffix("</col>") for share in layout.shares()
    )
    inner = el("colgroup", columns) + el("tbody", join(rows))
    table = el("table", inner, cls=f"gj-fill gj-fill-{layout.table}", aria_label=title)
    return el("div", table, cls="gj-frame", tabindex=0, role="region", aria_label=title)


def _spot(spot: Spot, cells: Mapping[str, DraftCell], typed: Mapping[str, str], free: bool) -> str:
    tall = spot.rows if spot.rows > 1 else None
    wide = spot.columns if spot.columns > 1 else None
    if not spot.address:
        inner, role = esc(spot.text), f"gj-fill-{spot.role}"
        return el("th", inner, cls=role, rowspan=tall, colspan=wide)
    field = _field(cells[spot.address], spot, typed.get(spot.address, ""), free)
    return el("td", field, rowspan=tall, colspan=wide)


def _field(cell: DraftCell, spot: Spot, typed: str, free: bool) -> str:
    """A cell's field: what is carried is fixed unless ``free``; else it shows where it is empty."""
    fixed = cell.origin is Origin.CARRIED and not free
    return el(
        "input",
        type="text",
        inputmode="decimal" if spot.kind == "money" else "numeric",
        autocomplete="off",
        maxlength=20,
        id=f"gj-cell-{cell.address}",
        data_address=cell.address,
        data_state=shown_state(cell),
        aria_label=cell.label,
        title=cell.problem or cell.label,
        value=cell.printed if fixed else typed,
        placeholder=cell.printed if cell.origin in FOLLOWING else None,
        readonly=fixed,
    ).removesuffix("</input>")
