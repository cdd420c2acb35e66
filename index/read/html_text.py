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
BREAK, RAISED = "\x00", "\x01"  # in the buffer: a line ends; a footnote mark begins or ends
RAISED_DIGIT = re.compile(rf"(?<=\d){RAISED}+(?=\d)")
LINE_BREAK = re.compile(rf"(?<=[{HAN}])\n|\n(?=[{HAN}])")
SPACE = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")


def clean_lines(raw: str) -> list[str]:
    """Text between two blocks as lines without needless space, none of them empty."""
    if RAISED in raw:
        raw = RAISED_DIGIT.sub(" ", raw).replace(RAISED, "")
    if not raw.isprintable():
        raw = INVISIBLE.sub("", raw)
    return [line for part in raw.split(BREAK) if (line := " ".join(part.split()))]


def join_lines(lines: Iterable[str]) -> str:
    """Lines as one: no space beside a Chinese character, one between anything else."""
    return LINE_BREAK.sub("", "\n".join(lines)).replace("\n", " ")
