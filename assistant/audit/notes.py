"""Notes that go back to the bodies: what must be corrected, what must be explained, by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.audit.audit import Audit
from assistant.audit.corrections import Corrections, load_corrections
from assistant.audit.findings import Finding
from assistant.audit.places import Place
from index.report import Record, Strength

ASKING = frozenset({Strength.EXPECTED, Strength.WARNING})
MOST_PLACES = 6
"""Cells and sentences of a finding that a note names; a long sum names its column anyway."""
NUMERALS = "一二三四五六七八九十"


class Item(Record):
    """One finding as a body is told of it; ``basis`` is "" for plain arithmetic."""

    found: str
    equation: str
    where: tuple[str, ...]
    basis: str
    ask: str


class Part(Record):
    """A numbered part of a note: its heading, what it says, its items."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


class Note(Record):
    """A note to one body. ``body`` is what its file is called by."""

    body: str
    title: str
    greeting: str
    opening: str
    parts: tuple[Part, ...]
    signature: tuple[str, ...]


def notes_of(audit: Audit) -> tuple[Note, ...]:
    """A note for each body that has something to correct or to explain."""
    forms = {looked.owner.path: looked.owner.form for looked in audit.reports}
    told = [f for f in audit.findings if f.strength is not Strength.INFO]
    return tuple(
        _note(list(findings), forms) for _, findings in groupby(told, lambda f: f.body or f.title)
    )


def _note(findings: Sequence[Finding], forms: dict[str, str | None]) -> Note:
    words, first = load_corrections(), findings[0]
    wrong = [f for f in findings if f.strength is Strength.HARD]
    unclear = [f for f in findings if f.strength in ASKING]
    said = words.note
    parts = [
        Part(
            heading=heading.format(count=len(chosen)),
            items=tuple(_item(finding, words) for finding in chosen),
        )
        for heading, chosen in ((said.correct, wrong), (said.explain, unclear))
        if chosen
    ]
    demands = [said.until]
    demands += [said.until_correct] if wrong else []
    demands += [said.until_explain] if unclear else []
    parts.append(Part(heading=said.asks, paragraphs=tuple(demands)))
    laws = dict.fromkeys(words.law(forms.get(finding.path)) for finding in findings)
    return Note(
        body=first.body or first.title,
        title=said.title if wrong else said.title_explain,
        greeting=said.greeting.format(body=first.body or said.unnamed),
        opening=said.opening.format(laws="、".join(laws), reports=_reports(findings)),
        parts=tuple(
            part.model_copy(update={"heading": f"{NUMERALS[number]}、{part.heading}"})
            for number, part in enumerate(parts)
        ),
        signature=(said.signature, said.date),
    )


def _reports(findings: Sequence[Finding]) -> str:
    """``2021年、2022年政府信息公开工作年度报告``; a report without a year by its file."""
    names = dict.fromkeys(f"{f.year}年" if f.year else f"（{f.source_file}）" for f in findings)
    return f"{'、'.join(names)}政府信息公开工作年度报告"


def _item(finding: Finding, words: Corrections) -> Item:
    family = words.family(finding.code)
    found = family.found.format(scope=finding.about, sentence=finding.sentence)
    year = f"{finding.year}年：" if finding.year else ""
    return Item(
        found=f"{year}{found}",
        equation=finding.equation,
        where=tuple(_told_to_body(finding)),
        basis=finding.basis,
        ask=family.ask,
    )


def _told_to_body(finding: Finding) -> Iterator[str]:
    """Cells and sentences as the body finds them in its own copy: by page, not by character.

    A number of running text is told by its sentence.
    """
    sentences = any(place.is_sentence for place in finding.places)
    places = [p for p in finding.places if not (sentences and p.address.startswith("prose."))]
    for place in places[:MOST_PLACES]:
        page = f"（第 {place.page} 页）" if place.page is not None else ""
        yield f"{_other_file(place, finding)}{place.words}{page}"
    yield from _rest(len(places), MOST_PLACES)


def places_told(finding: Finding, most: int) -> Iterator[str]:
    """Cells and sentences with their places, at most some; another report's with its file."""
    for place in finding.places[:most]:
        where = f"（{place.where}）" if place.where else ""
        yield f"{_other_file(place, finding)}{place.words}{where}"
    yield from _rest(len(finding.places), most)


def _rest(count: int, most: int) -> Iterator[str]:
    if count > most:
        yield f"……等共 {count} 处"


def _other_file(place: Place, finding: Finding) -> str:
    return f"{place.source_file} " if place.source_file != finding.source_file else ""
