"""Which years a question names: single ones, spans of them, and the newest reports."""

from __future__ import annotations

import re

from assistant.lexicon import hint
from assistant.words.mentions import full_year, mask
from index.amounts import parse_numeral
from index.report import Span

YEAR = re.compile(
    r"(?<![\d.〔])(?:民国|中华民国)?(?P<year>20\d\d"
    r"|(?<![近约过满达])1[01]\d(?=年(?!的?(?:来|间|里|前|后|以)))"
    r"|(?<![近约过满达这])\d\d(?=年|(?:、|和|与|跟|到|至|-|,)\d\d(?:[两三四五]?年|、))"
    r"|(?<=[和与跟到至、])\d\d(?=[两三四五]年))\s*(?:年度?)?"
    r"(?!\s*(?:[件条次万%]|个(?!人)|项(?!目)|号))"
)
RANGE = re.compile(
    r"(?<!\d)(?P<first>20\d\d|\d\d(?=年?(?:到|至)\d\d年))\s*年?(?:度)?\s*"
    r"(?:到|至|—+|-+|–|~|～|through|thru|until|to)\s*(?P<last>20\d\d|\d\d(?=年))"
)
SCHOOL_YEAR = re.compile(
    r"(?<!\d)(?:20)?\d\d\s*年?\s*(?:[-—–~～/]+|至|到)\s*(?P<year>(?:20)?\d\d)\s*学年度?"
)
"""A school year, which is called by the year in which it ends as its report is."""
SINCE = re.compile(r"(?<!\d)(20\d\d)\s*年?(?:度)?(?:以来|至今|起(?!诉)|到现在)|\bsince (20\d\d)")
COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "two": 2, "three": 3, "four": 4, "five": 5}


def find_years(text: str) -> list[tuple[int, Span]]:
    """Years in a folded question, two-digit ones (21年) included; of a school year the last."""
    school = [(full_year(int(m["year"])), m.span()) for m in SCHOOL_YEAR.finditer(text)]
    rest = mask(text, (span for _, span in school))
    return sorted(
        (*school, *((full_year(int(m["year"])), m.span()) for m in YEAR.finditer(rest))),
        key=lambda year: year[1],
    )


def years_between(text: str, latest: int = 0) -> list[int]:
    """Years within the spans of years that a folded question names: 2020, 2021 of 2019到2022.

    Args:
        text: the folded question.
        latest: the year up to which 2019年以来 goes.
    """
    since = [int(m[1] or m[2]) for m in SINCE.finditer(text)]
    spans = (
        sorted((full_year(int(m["first"])), full_year(int(m["last"]))))
        for m in RANGE.finditer(text)
    )
    within = [year for first, last in spans for year in range(first + 1, last)]
    return [*within, *(year for first in since for year in range(first + 1, latest + 1))]


def find_latest(text: str) -> tuple[int, list[Span]]:
    """How many of the newest reports a folded question means, and the words that say so."""
    found = list(hint("latest").finditer(text))
    counted = [m["count"] for m in found if m["count"]]
    number = (COUNTS.get(counted[0]) or parse_numeral(counted[0])) if counted else 1
    return (int(number or 0) if found else 0), [m.span() for m in found]
