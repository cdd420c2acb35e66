"""The text of a web page: spaces that count, line breaks that do not."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Characters between which a line break means nothing: Chinese ones and their punctuation. Not
# among them are signs that count in a number (full-width comma, stop, plus and minus, dashes).
HAN = (
    "\u2018-\u201f\u2e80-\u2fdf\u3001-\u303f\u3400-\u9fff\uf900-\ufaff"
    "\uff01\uff08\uff09\uff1a\uff1b\uff1f\U00020000-\U0003ffff"
)
INVISIBLE = re.compile("[\x02-\x08\x0e-\x1b\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# In the buffer: a line ends; other text begins or ends; the mark of a note begins, and ends.
BREAK, APART, LIFTED, LOWERED = "\x00", "\x01", "\x02", "\x03"
MARKS = re.compile(f"[{APART}{LIFTED}{LOWERED}]")
NOTE = re.compile(rf"(?<=\d){LIFTED}+\s*(\d[\d,、，]*)\s*{LOWERED}+")
"""Digits raised beside a number mark a note: ``22[1]``."""
MARKED_DIGIT = re.compile(rf"(?<=\d)[{APART}{LIFTED}{LOWERED}]+(?=\d)")
LINE_BREAK = re.compile(rf"(?<=[{HAN}])\n|\n(?=[{HAN}])")
SPACE = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")


def clean_lines(raw: str) -> list[str]:
    """Text between two blocks as lines without needless space, none of them empty."""
    if not raw.isprintable() and MARKS.search(raw):
        raw = MARKS.sub("", MARKED_DIGIT.sub(" ", NOTE.sub(r"[\1]", raw)))
    if not raw.isprintable():
        raw = INVISIBLE.sub("", raw)
    return [line for part in raw.split(BREAK) if (line := " ".join(part.split()))]


def join_lines(lines: Iterable[str]) -> str:
    """Lines as one: no space beside a Chinese character, one between anything else."""
    return LINE_BREAK.sub("", "\n".join(lines)).replace("\n", " ")
