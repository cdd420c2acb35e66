"""A finding: a check that does not hold, with its report, its places and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pydantic import field_serializer

from assistant.audit.places import Finder, Place
from index.formats import form_named
from index.report import Check, Number, Record, Report, Span, Strength, Term, json_number
from index.words.checks import all_claims

STRENGTHS = tuple(Strength)
"""From what must be corrected to what may interest."""
STRENGTH_WORDS = {
    Strength.HARD: ("必须更正", "must be corrected"),
    Strength.EXPECTED: ("应予说明", "asks for an explanation"),
    Strength.WARNING: ("请予核对", "look again"),
    Strength.INFO: ("供参考", "for information"),
}
PASSAGE = re.compile(r"^¶\d+ ")
MOST_PLACES = 30
"""Operands of a finding that are shown: the longest sum of the forms has fewer."""


class OfReport(Record):
    """Which report it is about; ``body`` and ``year`` are None where that does not say."""

    report: str
    title: str
    body: str | None
    year: int | None
    source_file: str
    path: str


class Finding(OfReport):
    """One thing that does not agree, in the words in which it is told.

    ``places`` are the cells that are operands, left side first, and the sentences it is about;
    those of another report say so by their ``source_file``. ``basis`` is the article or notice, ""
    for plain arithmetic.
    """

    code: str
    check: str
    strength: Strength
    scope: str
    sentence: str
    sentence_en: str
    equation: str
    left: Number | None
    right: Number | None
    difference: Number | None
    places: tuple[Place, ...]
    basis: str

    @property
    def about(self) -> str:
        """Its scope without the number of a passage (``¶12``), by which only Gouji counts."""
        return PASSAGE.sub("", self.scope)

    @property
    def place(self) -> Place | None:
        """Where to look first."""
        found = (p for p in self.places if p.span is not None)
        return next(found, self.places[0] if self.places else None)

    @field_serializer("left", "right", "difference", when_used="json")
    def _numbers(self, value: Number | None) -> int | float | None:
        return json_number(value)


class Owner(OfReport):
    """The report that a finding belongs to; ``form`` is None where no form is known."""

    form: str | None


def owner_of(report: Report) -> Owner:
    """What a finding says about its report."""
    return Owner(
        report=report.id,
        title=report.title,
        body=report.body.value,
        year=int(report.year.value) if report.year.value else None,
        source_file=report.source_file,
        path=report.path,
        form=report.form.value,
    )


def findings_of(report: Report, finder: Finder) -> tuple[Finding, ...]:
    """What does not hold within a report, the gravest first."""
    owner = owner_of(report)
    failing = (check for check in report.checks if check.fails)
    found = (finding(owner, check, places_within(check, finder)) for check in failing)
    return tuple(sorted(found, key=lambda f: STRENGTHS.index(f.strength)))


def finding(owner: Owner, check: Check, places: tuple[Place, ...]) -> Finding:
    """A failing check as a finding of a report."""
    return Finding(
        **owner.model_dump(exclude={"form"}),
        code=check.code,
        check=check.id,
        strength=check.strength,
        scope=check.scope_label,
        sentence=check.sentence,
        sentence_en=check.sentence_en,
        equation=check.equation,
        left=check.left_value,
        right=check.right_value,
        difference=check.difference,
        places=places,
        basis=basis_of(check.code, owner.form),
    )


def places_within(check: Check, finder: Finder) -> tuple[Place, ...]:
    """Cells and sentences of a check within one report."""
    cells = operands(check, lambda term: finder.cell(term.address, term.label))
    return (*cells, *(finder.sentence(span) for span in _sentences(check, finder)))


def operands(check: Check, place_of: Callable[[Term], Place | None]) -> tuple[Place, ...]:
    """Places of the operands; zeros of a long sum are left out, as in its equation."""
    terms = dict.fromkeys((*check.left, *check.right))
    shown = [t for t in terms if t.value != 0] if len(terms) > MOST_PLACES // 3 else list(terms)
    places = (place_of(term) for term in shown[:MOST_PLACES])
    return tuple(place for place in places if place is not None)


def _sentences(check: Check, finder: Finder) -> tuple[Span, ...]:
    """Sentences that a check names, and those in which its operands stand, each once."""
    figures = (finder.figures.get(address) for address in check.addresses)
    own = (f.prose.sentence for f in figures if f is not None and f.prose is not None)
    return tuple(dict.fromkeys((*check.spans, *own)))


@cache
def basis_of(code: str, form_id: str | None) -> str:
    """What a demand rests on: the claim says it, or the form with its document; "" for neither."""
    claim = all_claims().get(code)
    if claim is not None:
        return claim.basis
    form = form_named(form_id)
    identity = form.identity(code) if form is not None else None
    if form is None or identity is None:
        return ""
    return f"{form.document}《{form.name}》：{identity.basis}"
