"""In which characters it is written: scripts, and the residue that converting them leaves."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Any

from index.words import load_phrases
from tests.writer.paper import Line, Paper, Table

Convert = Callable[[str, random.Random], str]
RESIDUE = 0.04
"""Share of the characters that a syllable of pinyin is left behind."""
ONE_WORD = ("优化", "计划", "群众", "网络", "规范性文件", "智能", "质量")
"""Mainland wording that the writer puts into Taiwan's; the reader's list has more."""


def in_script(paper: Paper, script: str, rng: random.Random) -> Paper:
    """The paper in another script, its tables too. The paper is changed in place."""
    for part in paper.parts:
        if isinstance(part, Line):
            part.text = SCRIPTS[script](part.text, rng)
        else:
            _convert_table(part, SCRIPTS[script], rng)
    return paper


def _convert_table(table: Table, convert: Convert, rng: random.Random) -> None:
    """All texts of a table; a head that is printed over several rows or columns is one text."""
    heads: dict[str, str] = {}

    def once(text: str) -> str:
        return heads.setdefault(text, convert(text, rng))

    table.note, table.column_head = convert(table.note, rng), convert(table.column_head, rng)
    table.columns = [(convert(column, rng), once(group)) for column, group in table.columns]
    table.heads = [
        (once(group), convert(block, rng), [convert(outcome, rng) for outcome in outcomes])
        for group, block, outcomes in table.heads
    ]
    for group in table.groups:
        group.caption = convert(group.caption, rng)
        group.heads = [convert(head, rng) for head in group.heads]
    for row in table.body():
        *above, own = row.labels or [""]
        row.labels = [*map(once, above), convert(own, rng)]
        for cell in row.cells:
            cell.text = convert(cell.text, rng)


def _simplified(text: str, _rng: random.Random) -> str:
    return text


def _traditional(text: str, _rng: random.Random) -> str:
    return text if text.isascii() else _converter("s2t").convert(text)  # type: ignore[no-any-return]


def _taiwan(text: str, _rng: random.Random) -> str:
    """Taiwan's characters (為, not 爲) and the phrases that conversion for Taiwan puts in."""
    wording = {mainland: phrase for phrase, mainland in load_phrases() if mainland in ONE_WORD}
    for mainland, phrase in wording.items():
        text = text.replace(mainland, phrase)
    return text if text.isascii() else _converter("s2tw").convert(text)  # type: ignore[no-any-return]


def _pinyin(text: str, rng: random.Random) -> str:
    """Traditional script with syllables left in brackets: 領(lǐng)導."""
    from pypinyin import Style, pinyin

    result = []
    for char in _traditional(text, rng):
        result.append(char)
        if "\u4e00" <= char <= "\u9fff" and rng.random() < RESIDUE:
            syllable = pinyin(char, style=Style.TONE)[0][0]
            if not syllable.isascii():  # without a tone it might be a word
                result.append(rng.choice([f"({syllable})", f"（{syllable}）"]))
    return "".join(result)


@cache
def _converter(name: str) -> Any:
    from opencc import OpenCC

    return OpenCC(name)


SCRIPTS: dict[str, Convert] = {
    "simplified": _simplified,
    "traditional": _traditional,
    "taiwan": _taiwan,
    "pinyin": _pinyin,
}
