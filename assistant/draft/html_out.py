"""A draft as a web page: one file, no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.draft.layout import Layout, Spot, form_for, layouts
from assistant.draft.model import Draft, DraftCell, DraftSection, DraftSentence
from assistant.draft.remarks import cells_of, remarks_on
from assistant.draft.style import Font, Style, load_style, numbered

LEGEND = (
    "底色：绿＝上年结转带入，蓝＝由分项计算，黄＝待填，红＝勾稽不平，紫＝需说明；鼠标停留可看说明"
)


def write_html(draft: Draft) -> bytes:
    """The page. What is told of a cell stands in its title, and is no text of the report."""
    return "\n".join(_lines(draft)).encode()


def _lines(draft: Draft) -> Iterator[str]:
    tables = {layout.section: layout for layout in layouts(form_for(draft.year))}
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield f"<title>{escape(draft.title)}</title>\n<style>\n{_css(load_style())}</style>\n</head>"
    yield f"<body>\n<h1>{escape(draft.title)}</h1>"
    if draft.failing:
        yield f'<p class="mark">{load_style().mark}</p>'
    for section in draft.sections:
        yield from _section(section)
        if section.number in tables:
            yield from _table(draft, tables[section.number])
    yield "</body>\n</html>\n"


def _section(section: DraftSection) -> Iterator[str]:
    yield f"<h2>{escape(numbered(section.number, section.title))}</h2>"
    for paragraph in section.paragraphs:
        tag = "h3" if paragraph.heading else "p"
        inner = "".join(map(_sentence, paragraph.sentences))
        yield f"<{tag}>{inner}</{tag}>"


def _sentence(sentence: DraftSentence) -> str:
    """A sentence, linked to the first cell of this draft that it rests on."""
    cell = next((c.address for c in sentence.cited if c.own), "")
    tag, link = ("a", f' href="#{cell}"') if cell else ("span", "")
    told = _title(sentence.told)
    return f'<{tag} class="{sentence.kind.value}"{link}{told}>{escape(sentence.text)}</{tag}>'


def _table(draft: Draft, layout: Layout) -> Iterator[str]:
    cells = cells_of(draft, layout)
    told = _title("\n".join(remarks_on(draft, cells.values())))
    yield f'<table class="{layout.table}"{told}>\n<colgroup>'
    yield "".join(f'<col style="width:{share:.2f}%">' for share in layout.shares())
    yield "</colgroup>"
    for number, spots in enumerate(layout.rows()):
        if number == 0 and layout.heads:
            yield "<thead>"
        if number == layout.heads:
            yield "</thead>\n<tbody>" if layout.heads else "<tbody>"
        inner = "".join(_cell(spot, cells.get(spot.address)) for spot in spots)
        yield f"<tr>{inner}</tr>"
    yield "</tbody>\n</table>"


def _cell(spot: Spot, cell: DraftCell | None) -> str:
    reach = f' rowspan="{spot.rows}"' if spot.rows > 1 else ""
    reach += f' colspan="{spot.columns}"' if spot.columns > 1 else ""
    if cell is None:
        return f'<th class="{spot.role}"{reach}>{escape(spot.text)}</th>'
    told = _title(f"{cell.label}：{cell.problem}" if cell.problem else "")
    return f'<td class="{cell.state}"{reach}{told} id="{cell.address}">{cell.printed}</td>'


def _title(text: str) -> str:
    return f' title="{escape(text)}"' if text else ""


def _css(style: Style) -> str:
    page, fonts, shades = style.page, style.fonts, style.shades

    def font(one: Font) -> str:
        names = [style.latin, one.name, *style.substitutes.get(one.name, ())]
        families = ", ".join(name if name.endswith("serif") else f'"{name}"' for name in names)
        line = one.line if one.line is not None else style.line
        return f"font: {one.size}pt/{line}pt {families};"

    lines = [
        f"@page {{ size: A4; margin: {page.top}mm {page.right}mm {page.bottom}mm {page.left}mm; }}",
        f"body {{ {font(fonts.text)} max-width: {page.text_width}mm; margin: 2em auto; }}",
        f"h1 {{ {font(fonts.title)} font-weight: normal; text-align: center; margin: 0 0 1em; "
        "text-wrap: balance; }",
        f"h2 {{ {font(fonts.heading)} font-weight: normal; text-indent: 2em; margin: 0; }}",
        f"h3 {{ {font(fonts.subheading)} font-weight: normal; text-indent: 2em; margin: 0; }}",
        "p { text-indent: 2em; margin: 0; text-align: justify; }",
        ".mark { color: #c00000; text-indent: 0; text-align: center; }",
        "a { color: inherit; text-decoration: none; } td:target { outline: 2pt solid #c00000; }",
        f".gap {{ background: #{shades.open}; }}",
        "table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: .5em 0; "
        f"{font(fonts.table)} }}",
        f"table.t4 {{ {font(fonts.narrow)} }}",
        "th, td { border: .5pt solid #000; padding: 2pt; text-align: center; font-weight: normal; "
        "overflow-wrap: anywhere; }",
        ".label { text-align: left; } td { height: 1.2em; }",
        "thead { display: table-header-group; } tr { break-inside: avoid; }",
        *(
            f"td.{state} {{ background: #{shade}; }}"
            for state, shade in shades.model_dump().items()
            if state != "head"
        ),
        f'body::before {{ content: "{LEGEND}"; display: block; font: 9pt sans-serif; color: #666; '
        "text-align: center; margin-bottom: 2em; }",
        "@media screen { a { border-bottom: .5pt dotted #999; } }",
        "@media print { body::before { display: none; } td.carried, td.computed "
        "{ background: none; } body { margin: 0; } }",
    ]
    return "\n".join(lines) + "\n"
