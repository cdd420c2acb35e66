"""Blocks to raw tables: values anchored on the labels of the form.

A value belongs to the row whose LABEL it follows, never to a position in the file. What the
values mean (which column each belongs to) is decided later, by `index.placing`.
"""

from __future__ import annotations

from index.formats import Form
from index.report import Block
from index.rows import RawTables
from index.runon import cut_run_ons
from index.table_four import read_t4
from index.table_three import find_t3, read_t3
from index.table_two import read_t2

__all__ = ["RawTables", "read_tables"]


def read_tables(blocks: tuple[Block, ...], form: Form) -> RawTables:
    """Find the three tables of ``form`` among the blocks."""
    blocks = cut_run_ons(blocks, form)
    raw = RawTables(form, blocks=blocks)
    start = find_t3(blocks, form)
    read_t2(blocks[:start], form, raw)
    end = read_t3(blocks, start, form, raw) if start is not None else 0
    read_t4(blocks, end, form, raw)
    raw.score = sum(len(g.columns) + len(g.rows) for g in raw.t2) + len(raw.t3) + len(raw.heads)
    return raw
