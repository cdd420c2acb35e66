"""Which body, year, period, script and form a document has, and how surely.

Each answer says where it was read. A name the text does not support is never invented: a
report without a title and without a body in its opening sentence has no body, and is listed
by what it does say.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from index.bodies.names import is_relative, is_spam
from index.bodies.text import body_of_text
from index.bodies.titles import find_title, is_short_of, yearless_body
from index.formats import Form
from index.report import Confidence, Document, Heading, Recognised
from index.script import Folded, detect_script, fold
from index.words import load_names

PERIOD = re.compile(
    r"(?P<year>20\d\d)\s*年\s*1\s*月\s*1\s*日\s*起?\s*[,，]?\s*(?:至|到|-|—|~|～|－)+\s*(?:20\d\d\s*年)?\s*12\s*月\s*31\s*日"
)
YEAR = re.compile(r"(?<![\d〔\[(（])(?P<year>20[012]\d)\s*年")
QUOTED = re.compile(r"[“\"「『]([^”\"」』“「『\n]{2,20})[”\"」』]")
NAME = re.compile(r"[\u3400-\u9fffA-Za-z0-9·+]{2,14}")
OPENING = 260
"""Characters of section one in which its subject and year are looked for."""
MOST_SAYINGS = 40


def recognise_script(document: Document) -> Recognised:
    """The script of the whole text."""
    return Recognised(
        value=detect_script(document.text), confidence=Confidence.CERTAIN, basis="全文用字"
    )


def recognise_form(
    form: Form | None, year: Recognised, forms: tuple[Form, ...], *, sure: bool = True
) -> Recognised:
    """The form by the shape of the tables, or by the year where no table is printed.

    ``sure`` is False where the tables fit several forms equally well.
    """
    if form is not None:
        return Recognised(
            value=form.id,
            confidence=Confidence.CERTAIN if sure else Confidence.INFERRED,
            basis="表格样式" if sure else "表格样式与年份",
        )
    if year.value is None:
        return Recognised()
    number = int(year.value)
    for candidate in forms:
        if candidate.covers(number):
            return Recognised(
                value=candidate.id, confidence=Confidence.INFERRED, basis="没有表格，由年份推断"
            )
    return Recognised()


def recognise_body_and_year(
    document: Document, headings: tuple[Heading, ...]
) -> tuple[Recognised, Recognised, Recognised]:
    """Body, year and period.

    The title is certain; a statistical period is certain for the year; what the rest of the text
    says of either is likely; the year named most often in the text is inferred.
    """
    first = headings[0].span[0] if headings else 0
    early = [b for b in document.blocks if b.span[0] < first or first == 0]
    title = find_title(early)
    folded = fold(document.text)
    period = _from_period(folded)
    year = title.year if title else Recognised()
    if year.value is None and period.value is not None:
        year = period.model_copy(update={"value": period.value.partition("/")[2][:4]})
    if year.value is None:
        year = _from_opening(document, headings)
    if year.value is None:
        year = _most_named_year(folded)
    body = title.body if title else Recognised()
    if body.value is None or is_relative(body.value):
        said = body_of_text(document, headings)
        if body.value is None or is_short_of(body.value, said.value or ""):
            body = said
    return (body if body.value else yearless_body(early)), year, period


def _from_period(folded: Folded) -> Recognised:
    match = PERIOD.search(folded.text)
    if match is None:
        return Recognised()
    year = match["year"]
    return Recognised(
        value=f"{year}-01-01/{year}-12-31",
        span=folded.span(*match.span()),
        confidence=Confidence.CERTAIN,
        basis="统计期限",
    )


def _from_opening(document: Document, headings: tuple[Heading, ...]) -> Recognised:
    """The first year that section one names (or the text)."""
    start = next((h.span[1] for h in headings if h.section == 1), 0)
    local = fold(document.text[start : start + OPENING])
    named = YEAR.search(local.text)
    if named is None:
        return Recognised()
    at = local.span(*named.span("year"))
    return Recognised(
        value=named["year"],
        span=(start + at[0], start + at[1]),
        confidence=Confidence.LIKELY,
        basis="第一部分首句",
    )


def _most_named_year(folded: Folded) -> Recognised:
    counts = Counter(match["year"] for match in YEAR.finditer(folded.text))
    counts.update(re.findall(r"(?<!\d)(20[012]\d)(?=版)", folded.text))
    if not counts:
        return Recognised()
    (year, times), *rest = counts.most_common(2)
    if rest and rest[0][1] == times:
        return Recognised()
    position = folded.text.index(year)
    return Recognised(
        value=year,
        span=folded.span(position, position + 4),
        confidence=Confidence.INFERRED,
        basis=f"正文出现最多的年份（{times} 次）",
    )


def distinctive_names(document: Document) -> tuple[str, ...]:
    """Names in quotation marks that this text uses, most frequent first, generic ones left out."""
    folded = fold(document.text).text
    generic = _generic_names()
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for match in QUOTED.finditer(folded):
        name = match[1].strip(" ,，。")
        if name in generic or is_spam(name) or not NAME.fullmatch(name):
            continue
        counts[name] += 1
        first.setdefault(name, match.start())
    ranked = sorted(counts, key=lambda n: (-counts[n], first[n]))
    return tuple(ranked[:MOST_SAYINGS])


@cache
def _generic_names() -> frozenset[str]:
    return frozenset(fold(name).text for name in load_names().generic_names)


def title_of(body: Recognised, year: Recognised, says: tuple[str, ...], source_file: str) -> str:
    """What to call a report in a list: body and year, or the year and what it says."""
    when = f"{year.value}年" if year.value else "年份不详"
    if body.value:
        return f"{body.value}{when}"
    return f"（未署名）{when} “{says[0]}”" if says else f"（未署名）{when} {source_file}"
