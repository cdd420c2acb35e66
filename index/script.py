"""Folding text for reading, without losing the place in the source.

Parsing and search work on *folded* text: simplified characters, half-width forms, no pinyin
residue. Offsets of folded text always lead back to the source (`Folded.span`), because what
is shown and cited is the source as printed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from index.report import Span

if TYPE_CHECKING:
    from opencc import OpenCC

# A syllable of pinyin in brackets after a character, left by machine conversion: 領(lǐng)導.
PINYIN = re.compile(
    r"[(\uff08](?<=[\u3400-\u9fff].)"  # the bracket first: the engine skips to it
    r"(?=[a-zü\u0101\u00e1\u01ce\u00e0\u0113\u00e9\u011b\u00e8\u012b\u00ed\u01d0\u00ec"
    r"\u014d\u00f3\u01d2\u00f2\u016b\u00fa\u01d4\u00f9\u01d6\u01d8\u01da\u01dc\u00fc]{1,6}[)\uff09])"
    r"[a-z\u00e0-\u01dc\u00fc]*[\u00e0-\u01dc\u00fc][a-z\u00e0-\u01dc\u00fc]*[)\uff09]"
    r"|[(\uff08](?<=[\u3400-\u9fff].)(?:de|le|zhe|ma|ne|ba|men|zi)[)\uff09]"
)
SPACE = re.compile(r"\s")
SPACES = re.compile(r"(?<![0-9A-Za-z.,:])\s+|\s+(?![0-9A-Za-z]|\.\d)")
RESIDUE = re.compile(f"{PINYIN.pattern}|{SPACES.pattern}")
# Blocks of Unicode with compatibility forms: Latin-1, general punctuation, enclosed and radical
# forms, CJK compatibility ideographs, half- and full-width forms.
COMPATIBLE = ((0xA0, 0x180), (0x2000, 0x2200), (0x2460, 0x2500), (0x2E80, 0x3100), (0x3130, 0x3400),
              (0xF900, 0xFB00), (0xFE10, 0xFE70), (0xFF00, 0xFFF0))  # fmt: skip
MOSTLY, CLEARLY = 9, 2
"""How many times more characters make a text simplified, or traditional."""
FEW_LINES = 30
"""Lines that are converted at once, to see whether they say enough."""
LONG = 1_000
"""Characters from which a text is no label or cell."""
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
MARKUP = re.compile(TAG.pattern + r"|&(?:[a-zA-Z]{2,8}|#x?[0-9a-fA-F]{1,6});")
"""What markdown may have within a text besides its own signs."""
NOT_LABEL = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")


class Folded(NamedTuple):
    """Folded text and the way back.

    ``cuts`` lists (position in the folded text, characters dropped before it), so that an
    offset is mapped by adding what was dropped up to there. ``start`` is where in the source the
    text begins.
    """

    text: str
    positions: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    start: int = 0

    def offset(self, position: int) -> int:
        """Offset in the source of a position in the folded text."""
        index = bisect_right(self.positions, position) - 1
        return self.start + position + (self.dropped[index] if index >= 0 else 0)

    def span(self, start: int, end: int) -> Span:
        """Span in the source of ``text[start:end]``; residue at its end is not included."""
        if not self.positions:
            return self.start + start, self.start + (end if end > start else start)
        if end <= start:
            return self.offset(start), self.offset(start)
        return self.offset(start), self.offset(end - 1) + 1


@cache
def _converter(name: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(name)


def to_simplified(text: str) -> str:
    """Text in simplified script, of the same length character for character."""
    converted: str = _converter("t2s").convert(text)
    if len(converted) == len(text):
        return converted
    single = [_converter("t2s").convert(char) for char in text]
    return "".join(new if len(new) == 1 else old for new, old in zip(single, text, strict=True))


def to_traditional(text: str) -> str:
    """Text in traditional script, for answers to readers of it; never for quotations."""
    converted: str = _converter("s2tw").convert(text)
    return converted


def half_width(text: str) -> str:
    """NFKC character by character, only where one character stays one (１→1, ⼀→一, （→()."""
    if text.isascii():
        return text
    return _halved_long(text) if len(text) > LONG else _halved(text)


def _halved(text: str) -> str:
    pattern, table = _half_width_table()
    return pattern.sub(lambda match: table[match[0]], text)


@lru_cache(maxsize=8)
def _halved_long(text: str) -> str:
    """A whole document, as `_fold_long`."""
    return _halved(text)


@cache
def _half_width_table() -> tuple[re.Pattern[str], dict[str, str]]:
    """Half-width forms by character, and what finds these characters in a text."""
    table = {}
    for start, end in COMPATIBLE:
        for code in range(start, end):
            folded = unicodedata.normalize("NFKC", chr(code))
            if folded.isspace():
                folded = " "
            mark = unicodedata.category(chr(code)) == "No"  # ², ①: footnotes, not digits
            if len(folded) == 1 and folded != chr(code) and not mark:
                table[chr(code)] = folded
    return re.compile(f"[{re.escape(''.join(table))}]"), table


def fold_same_length(text: str) -> str:
    """Simplified script and half-width forms; offsets stay source offsets."""
    if text.isascii():
        return text
    return _fold_long(text) if len(text) > LONG else to_simplified(half_width(text))


@lru_cache(maxsize=8)
def _fold_long(text: str) -> str:
    """A whole document, which several steps look at, is folded once."""
    return to_simplified(half_width(text))


def fold(text: str) -> Folded:
    """`fold_same_length` with pinyin residue dropped and the way back kept."""
    folded = fold_same_length(text)
    if "(" not in folded or PINYIN.search(folded) is None:
        return Folded(folded)
    return _without(folded, PINYIN)


def fold_running(text: str) -> Folded:
    """`fold` for running text: line breaks and spaces are dropped too.

    A space stays only between Latin letters or digits (a point or comma may stand between),
    where it keeps two words or two numbers apart: ``1. 3个`` is no 1.3.
    """
    return without_spaces(fold_same_length(text))


def without_spaces(folded: str, start: int = 0) -> Folded:
    """`fold_running` of a text that `fold_same_length` has folded, or of its part at ``start``."""
    if "(" in folded and PINYIN.search(folded) is not None:
        return _without(folded, RESIDUE, start)
    if SPACE.search(folded) is not None:
        return _without(folded, SPACES, start)
    return Folded(folded, start=start)


def _without(folded: str, residue: re.Pattern[str], start: int = 0) -> Folded:
    kept, positions, dropped = [], [], []
    length = total = last = 0
    for match in residue.finditer(folded):
        kept.append(folded[last : match.start()])
        length += match.start() - last
        total += match.end() - match.start()
        positions.append(length)
        dropped.append(total)
        last = match.end()
    kept.append(folded[last:])
    return Folded("".join(kept), tuple(positions), tuple(dropped), start)


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """A label reduced to what identifies it: folded, no markup, spaces, brackets or stops."""
    if "<" in text or "&" in text:
        text = MARKUP.sub("", text)
    return NOT_LABEL.sub("", fold(text).text).replace("其它", "其他")


def detect_script(text: str) -> str:
    """``zh-Hant``, ``zh-Hans``, or ``mixed`` by the characters that folding changes.

    Some characters are the same in both scripts, and conversion to traditional changes some that
    traditional text has too (后, 里, 台), so that one script needs only clearly more.
    """
    folded = fold_same_length(text)
    if folded == half_width(text):
        return "zh-Hans"
    widths = len(_half_width_table()[0].findall(text))
    hant, hans = sum(map(ne, text, folded)) - widths, 0
    if not hant:
        return "zh-Hans"
    lines = [line for line in text.splitlines() if not line.isascii()]
    for start in range(0, len(lines), FEW_LINES):
        some = lines[start : start + FEW_LINES]
        changed = to_traditional("\n".join(some)).split("\n")
        hans += sum(sum(map(ne, *pair)) for pair in zip(some, changed, strict=True))
        if hant * MOSTLY <= hans:
            return "zh-Hans"
    return "zh-Hant" if hans * CLEARLY <= hant else "mixed"
