"""Which body, year, period, script and form a document has, and how surely.

Each answer says where it was read. A name the text does not support is never invented: a
report without a title and without a body in its opening sentence has no body, and is listed
by what it does say.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from index.formats import Form
from index.report import Block, Confidence, Document, Heading, Recognised, Span
from index.script import Folded, detect_script, fold
from index.words import load_names

HAN = "[\u3400-\u9fff·（）()]"
REPORT = r"政[府务]信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?报告"
TITLE_END = "告"
"""The last character of every title, in both scripts."""
YEAR_FIRST = re.compile(rf"(?P<year>20\d\d)\s*年?度?\s*(?P<body>{HAN}{{2,40}}?)?\s*{REPORT}")
BODY_FIRST = re.compile(rf"(?P<body>{HAN}{{2,40}}?)?\s*(?P<year>20\d\d)\s*年?度?\s*{REPORT}")
APPENDED = re.compile(
    r"^[#*\s]*附(?:件|录)?\s*[\d一二三四五六七八九十]{0,2}\s*[:：、.]?\s*|[#*\s]+$"
)
"""What marks a report that is appended to another one, and markup."""
LONGEST_TITLE = 70
LONGEST_NAME = 30
MOST_TITLE_BLOCKS = 40
TITLE_LINE = re.compile(r"[\u3400-\u9fff0-9（）()·\s]+")
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

    The title is certain; a statistical period is certain for the year; the opening sentence
    of section one is likely; the year named most often in the text is inferred.
    """
    folded = fold(document.text)
    title_body, title_year = _from_title(document, headings)
    period = _from_period(folded)
    opening_body, opening_year = _from_opening(document, headings)
    body = title_body if title_body.value else opening_body
    year = title_year
    if year.value is None and period.value is not None:
        year = period.model_copy(update={"value": period.value[:4]})
    if year.value is None:
        year = opening_year if opening_year.value else _most_named_year(folded)
    return body, year, period


def _from_title(document: Document, headings: tuple[Heading, ...]) -> tuple[Recognised, Recognised]:
    """Body and year of the title: one line, else two or three short ones that belong together."""
    first = headings[0].span[0] if headings else len(document.text)
    early = [b for b in document.blocks if b.span[0] < first or first == 0][:MOST_TITLE_BLOCKS]
    for lines in (1, 2, 3):
        for number in range(len(early) - lines + 1):
            found = _title_in(early[number : number + lines])
            if found is not None:
                return found
    return _year_of_title(early)


def _title_in(blocks: list[Block]) -> tuple[Recognised, Recognised] | None:
    """Body and year where these lines are a title that names a body."""
    joined = "".join(b.text for b in blocks)
    if TITLE_END not in joined or len(joined) > LONGEST_TITLE or not _joinable(blocks):
        return None
    folded = fold(joined)
    for pattern in (BODY_FIRST, YEAR_FIRST):
        match = pattern.search(folded.text)
        if match is None or not match["body"] or not _is_title(folded.text, match):
            continue
        body = _title_body(folded, match, blocks)
        if body.value is not None or is_spam(match["body"]):
            return body, _title_year(folded, match, blocks)
    return None


def title_in_line(block: Block) -> tuple[str, str] | None:
    """Body and year of a line that is a title and nothing else."""
    found = _title_in([block])
    if found is None or found[0].value is None or found[1].value is None:
        return None
    line = APPENDED.sub("", fold(block.text).text).strip()
    whole = any(pattern.fullmatch(line) for pattern in (BODY_FIRST, YEAR_FIRST))
    return (found[0].value, found[1].value) if whole else None


def _joinable(blocks: list[Block]) -> bool:
    """Whether lines may be one title: short, of words only, the first with a body or a year."""
    if len(blocks) == 1:
        return True
    texts = [fold(b.text).text for b in blocks]
    endings = (*load_names().body_endings, *load_names().place_endings)
    plain = all(len(t) <= LONGEST_NAME and TITLE_LINE.fullmatch(t) for t in texts)
    return plain and (texts[0].endswith(endings) or YEAR.search(texts[0]) is not None)


def _year_of_title(blocks: list[Block]) -> tuple[Recognised, Recognised]:
    """The year of a title that names no body."""
    for block in blocks:
        if len(block.text) > LONGEST_TITLE:
            continue
        folded = fold(block.text)
        match = BODY_FIRST.search(folded.text)
        if match and _is_title(folded.text, match):
            return Recognised(), _title_year(folded, match, [block])
    return Recognised(), Recognised()


def _title_year(folded: Folded, match: re.Match[str], blocks: list[Block]) -> Recognised:
    return Recognised(
        value=match["year"],
        span=_span_in(blocks, folded.span(*match.span("year"))),
        confidence=Confidence.CERTAIN,
        basis="标题",
    )


def _span_in(blocks: list[Block], span: Span) -> Span:
    """A span of joined lines as one of the source; over a break it covers the break."""
    places = [b.span[0] + i for b in blocks for i in range(len(b.text))]
    return places[span[0]], places[span[1] - 1] + 1


def _is_title(text: str, match: re.Match[str]) -> bool:
    around = text[: match.start()] + text[match.end() :]
    return "《" not in around and len(around.strip()) <= len(match[0])


def _title_body(folded: Folded, match: re.Match[str], blocks: list[Block]) -> Recognised:
    raw = match["body"]
    name = raw.strip("()（）· ").removeprefix("关于")
    if not name or is_spam(name) or name in load_names().body_endings:
        return Recognised()
    start = match.start("body") + raw.index(name)
    return Recognised(
        value=name,
        span=_span_in(blocks, folded.span(start, start + len(name))),
        confidence=Confidence.CERTAIN,
        basis="标题",
    )


def is_spam(name: str) -> bool:
    """Whether a name carries words that hijacked copies put in place of the body."""
    return any(word in name for word in load_names().spam)


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


@cache
def _subject() -> re.Pattern[str]:
    names = load_names()
    endings = "|".join(map(re.escape, names.body_endings))
    verbs = "|".join(map(re.escape, names.opening_verbs))
    places = "|".join(map(re.escape, names.place_endings))
    body = rf"[\u3400-\u9fff]{{2,8}}(?:{places})[\u3400-\u9fff]{{0,14}}?(?:{endings})"
    return re.compile(
        rf"^\s*(?:(?P<year>20\d\d)\s*年度?[,，、]?\s*)?(?P<body>{body})\s*(?=[,，]|{verbs})"
    )


def _from_opening(
    document: Document, headings: tuple[Heading, ...]
) -> tuple[Recognised, Recognised]:
    """Subject and year of the sentence that opens section one (or the text)."""
    start = next((h.span[1] for h in headings if h.section == 1), 0)
    local = fold(document.text[start : start + OPENING])
    body, year = Recognised(), Recognised()
    match = _subject().search(local.text.lstrip("|"))
    shift = len(local.text) - len(local.text.lstrip("|"))
    if match and not is_spam(match["body"]):
        at = local.span(match.start("body") + shift, match.end("body") + shift)
        body = Recognised(
            value=match["body"],
            span=(start + at[0], start + at[1]),
            confidence=Confidence.LIKELY,
            basis="第一部分首句",
        )
    named = YEAR.search(local.text)
    if named:
        at = local.span(*named.span("year"))
        year = Recognised(
            value=named["year"],
            span=(start + at[0], start + at[1]),
            confidence=Confidence.LIKELY,
            basis="第一部分首句",
        )
    return body, year


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
