"""What befalls labels: other wording, cut in two, characters lost, lost altogether."""

from __future__ import annotations

import re
from random import Random

from index.formats import Form
from tests.writer.figures import Figures
from tests.writer.losses import NOTHING, Loss, loss_of_row
from tests.writer.paper import Line, Paper, Row
from tests.writer.surfaces import Surface

NUMBERED = re.compile(r"^(?:（([一二三四五六七八])）|([一二三四])、|(\d)\.)(.*)$", re.DOTALL)
BRACKETS = ("（{}）", "({})", "（{})", "{}、")
COUNTS = ("{}.", "{}、", "{}．", "{}. ", "({})")
QUOTES = ("“{}”", '"{}"', "「{}」", "『{}』", "‘{}’", "{}", "＂{}＂")
RADICALS = str.maketrans("一人大行自文用生立", "⼀⼈⼤⾏⾃⽂⽤⽣⽴")
LONG = 6
"""Characters of a label from which on one or two may be lost and it is still told."""


def label_variants(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Other brackets, stops and quotation marks; 其它 for 其他."""
    brackets, counts, quotes = rng.choice(BRACKETS), rng.choice(COUNTS), rng.choice(QUOTES)
    other = rng.random() < 0.4

    def vary(label: str) -> str:
        found = NUMBERED.match(label)
        if found and found[1]:
            label = brackets.format(found[1]) + found[4]
        elif found and found[3]:
            label = counts.format(found[3]) + found[4]
        label = re.sub("“(.+?)”", lambda m: quotes.format(m[1]), label)
        return label.replace("其他", "其它") if other else label

    for row in _rows_of_three(paper):
        row.labels = [vary(label) for label in row.labels]
    return NOTHING


def cut_labels(paper: Paper, _figures: Figures, _surface: Surface, rng: Random) -> Loss:
    """Labels and heads broken over two lines."""
    rows = _rows_of_three(paper)
    for row in rng.sample(rows, min(5, len(rows))):
        row.labels[-1] = _cut(row.labels[-1], rng)
    table = paper.table("t3")
    if table is not None and rng.random() < 0.7:
        table.columns = [(_cut(c, rng) if len(c) > 3 else c, g) for c, g in table.columns]
    disputes = paper.table("t4")
    if disputes is not None and rng.random() < 0.5:
        disputes.heads = [(g, b, [_cut(o, rng) for o in outs]) for g, b, outs in disputes.heads]
    return NOTHING


def _cut(text: str, rng: Random) -> str:
    if len(text) < 4 or "\n" in text:
        return text
    at = rng.randint(2, len(text) - 2)
    return f"{text[:at]}\n{text[at:]}"


def lost_characters(paper: Paper, figures: Figures, surface: Surface, rng: Random) -> Loss:
    """One or two characters of some labels, which are still part of no other official label."""
    total = NOTHING
    rows = [row for row in _rows_of_three(paper) if len(row.labels[-1]) > LONG]
    official = _labels(figures.form)
    for row in rng.sample(rows, min(2, len(rows))):
        label = row.labels[-1]
        for _ in range(rng.randint(1, 2)):
            at = rng.randrange(3, len(label))
            label = label[:at] + label[at + 1 :]
        if sum(_within(_plain(label), other) for other in official) != 1:
            continue
        row.labels[-1] = label
        total |= _unlabelled(paper, row, surface)
    return total


def lost_heads(paper: Paper, _figures: Figures, _surface: Surface, _rng: Random) -> Loss:
    """Tables of which only the labels of rows and the values are printed."""
    for table in paper.tables():
        table.note = table.column_head = ""
        table.columns = [("", "") for _ in table.columns]
        table.heads = [("", "", ["" for _ in outcomes]) for _, _, outcomes in table.heads]
        for group in table.groups:
            group.caption, group.heads = "", ["" for _ in group.heads]
    return NOTHING


def lost_labels(paper: Paper, _figures: Figures, surface: Surface, rng: Random) -> Loss:
    """Rows whose own label is gone; in a list their cells may be taken for the row's before."""
    total = NOTHING
    rows = _rows_of_three(paper)
    for row in rng.sample(rows, min(rng.randint(1, 2), len(rows))):
        row.labels[-1] = ""
        total |= _unlabelled(paper, row, surface)
    return total


def _unlabelled(paper: Paper, row: Row, surface: Surface) -> Loss:
    """A row that may not be told by its label, and the one before it where rows run on."""
    rows = [row]
    body = _rows_of_three(paper)
    if not surface.keeps_rows and body.index(row) > 0:
        rows.append(body[body.index(row) - 1])
    total = NOTHING
    for one in rows:
        total |= loss_of_row(one)
    return total


def radicals(paper: Paper, _figures: Figures, _surface: Surface, _rng: Random) -> Loss:
    """Kangxi radicals in place of the characters that look like them, as some PDFs give."""
    for part in paper.parts:
        if isinstance(part, Line):
            part.text = part.text.translate(RADICALS)
    for row in paper.rows():
        row.labels = [label.translate(RADICALS) for label in row.labels]
    return NOTHING


def _rows_of_three(paper: Paper) -> list[Row]:
    table = paper.table("t3")
    return [row for row in table.body() if row.key] if table is not None else []


def _labels(form: Form) -> list[str]:
    t3 = form.tables.t3.rows
    return [_plain(label) for row in t3 for label in {row.label, *row.aliases}]


def _plain(label: str) -> str:
    return re.sub(r"[^\u3400-\u9fff]+", "", re.sub(NUMBERED, r"\4", label))


def _within(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)
