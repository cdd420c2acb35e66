"""On which day a report was published, as far as its text says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from index.amounts import parse_numeral
from index.report import Confidence, Document, Heading, Recognised, new_recognised
from index.script import fold_same_length
from index.words import load_names
from index.words.document import load_document_words

YEAR_DIGITS = str.maketrans("零○〇Oo一二三四五六七八九", "00000123456789")
DAY = re.compile(
    r"(?P<year>20\d\d)\s*(?P<sep>[-/.年])\s*(?P<month>\d{1,2})\s*(?:(?P=sep)|月)\s*(?P<day>\d{1,2})(?!\d)\s*日?"
    r"|(?P<han_year>二[零〇○Oo][零〇○Oo一二三四五六七八九]{2})\s*年\s*(?P<han_month>[一二三四五六七八九十]{1,2})\s*月"
    r"\s*(?P<han_day>[一二三四五六七八九十]{1,3})\s*日"
)
"""A day in figures or in Chinese numerals."""
HEAD, TAIL = 1_500, 300
"""Characters at the beginning and the end of a text in which its day of publication may stand."""
LONGEST_LINE = 200
"""Characters of a line about the text, not of it."""


def recognise_published(document: Document, headings: tuple[Heading, ...]) -> Recognised:
    """The day of publication (``2024-01-26``), with where it is printed.

    A label (发布日期) is certain; that of the day on which the text was made (成文日期) and a day
    under the signature are likely. Other days of the text are none.
    """
    text = fold_same_length(document.text)
    first = min(headings[0].span[0] if headings else HEAD, HEAD)
    last = max(first, len(text) - TAIL)
    days = [
        _Day(match, value)
        for match in (*DAY.finditer(text, 0, first), *DAY.finditer(text, last))
        if (value := _date(match)) is not None
    ]
    for label, confidence in load_document_words().dated:
        for day in days:
            said = label.search(day.before)
            if said is not None and day.is_no_sentence():
                return day.recognised(confidence, f"标注“{said['label']}”")
    signed = [day for day in days if day.match.start() >= last and _signed(day)]
    return signed[-1].recognised(Confidence.LIKELY, "落款日期") if signed else Recognised()


@dataclass(frozen=True)
class _Day:
    """A day that is printed."""

    match: re.Match[str]
    value: date

    @property
    def before(self) -> str:
        """What stands before it in its line."""
        text, start = self.match.string, self.match.start()
        return text[text.rfind("\n", 0, start) + 1 : start]

    @property
    def after(self) -> str:
        """What stands behind it in its line."""
        text, end = self.match.string, self.match.end()
        stop = text.find("\n", end)
        return text[end : stop if stop >= 0 else len(text)]

    def is_no_sentence(self) -> bool:
        """Whether its line is one about the text, not one of it."""
        line = self.before + self.after
        return len(line) <= LONGEST_LINE and "。" not in line

    def recognised(self, confidence: Confidence, basis: str) -> Recognised:
        """It as the day of publication."""
        return new_recognised(
            value=self.value.isoformat(),
            span=self.match.span(),
            confidence=confidence,
            basis=basis,
        )


def _signed(day: _Day) -> bool:
    """Whether a day has a line of its own, or ends one behind the name of a body."""
    before = day.before.strip(" |\u3000")
    signature = before.endswith(load_names().body_endings)
    return not day.after.strip(" |)\u3000") and (not before.strip("(") or signature)


def _date(match: re.Match[str]) -> date | None:
    """The day that is printed, None where there is no such day."""
    year = match["year"] or match["han_year"].translate(YEAR_DIGITS)
    month, day = (match[name] or parse_numeral(match[f"han_{name}"]) for name in ("month", "day"))
    try:
        return date(int(year), int(month or 0), int(day or 0))
    except ValueError:
        return None
