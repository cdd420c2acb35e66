"""A draft looked through before anybody reads it: repetition, gaps, numbers, and its document.

The document is written and read again as `gouji check` reads any report, so that what is found
there is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from assistant.answer import numbers_in
from assistant.draft.docx_out import write_docx
from assistant.draft.layout import form_for
from assistant.draft.model import Draft, DraftSentence, Repeated, SelfCheck, SentenceKind
from assistant.draft.wordings import load_wordings
from index.across.abstract import abstract_of
from index.across.alike import repeated
from index.across.narrative import narrative_of
from index.read import read_bytes
from index.reading import report_from_document
from index.report import Check, Passage, Report
from index.sidecar import Given

MOST_REPEATED = 30
"""Per cent of the sentences that may be last year's without having been chosen."""
TENTH = Decimal("0.1")


def with_self_check(draft: Draft, last: Report | None) -> Draft:
    """The draft with what was found in it; ``last`` is the report that it carries on from."""
    passages = tuple(_passages(draft))
    narrative = narrative_of(passages, form_for(draft.year), draft.body)
    same = tuple(_repeated(draft, passages, last)) if last is not None else ()
    unchosen = sum(not sentence.kept for sentence in same)
    share = (Decimal(100 * unchosen) / max(len(narrative), 1)).quantize(TENTH)
    sentences = [s for section in draft.sections for s in section.sentences]
    found = SelfCheck(
        sentences=len(narrative),
        gaps=sum(sentence.kind is SentenceKind.GAP for sentence in sentences),
        repeated=same,
        share=share,
        exceeded=share > MOST_REPEATED,
        missing=tuple(_missing(draft)),
        unsupported=tuple(s.text for s in sentences if unsupported(s, draft)),
        findings=findings_of(draft),
    )
    return draft.model_copy(update={"self_check": found})


def unsupported(sentence: DraftSentence, draft: Draft) -> set[str]:
    """Numbers of a sentence that stand in nothing it cites; year and body are the draft's own."""
    return numbers_in(sentence.text) - numbers_in(sentence.told) - numbers_in(draft.title)


def findings_of(draft: Draft) -> tuple[Check, ...]:
    """Checks that fail in the document as it is written, the hard ones first."""
    document = read_bytes(write_docx(draft, comments=False), Path(f"{draft.title}.docx"))
    report = report_from_document(document, Given())
    failing = (check for check in report.checks if check.fails)
    return tuple(sorted(failing, key=lambda check: not check.broken))


def _passages(draft: Draft) -> Iterator[Passage]:
    """The draft's text without headings and gaps, as passages of a report."""
    number = 0
    for section in draft.sections:
        for paragraph in section.paragraphs:
            written = [s.text for s in paragraph.sentences if s.kind is not SentenceKind.GAP]
            text = "".join(written)
            if text and not paragraph.heading:
                yield Passage(
                    number=(number := number + 1),
                    section=section.number,
                    section_title=section.title,
                    text=text,
                    span=(0, len(text)),
                )


def _repeated(draft: Draft, passages: Sequence[Passage], last: Report) -> Iterator[Repeated]:
    """Sentences that were kept, and those that last year's report has too by their marks."""
    sentences = (s for section in draft.sections for s in section.sentences)
    kept = [s.text for s in sentences if s.kind is SentenceKind.KEPT]
    yield from (Repeated(text=text, last=text, kept=True) for text in kept)
    before = abstract_of(last)
    narrative = narrative_of(passages, form_for(draft.year), draft.body)
    for mine, theirs in repeated(replace(before, narrative=narrative), before):
        text = passages[mine.passage - 1].text[slice(*mine.span)]
        if text not in kept:
            yield Repeated(text=text, last=last.text[slice(*theirs.span)], kept=False)


def _missing(draft: Draft) -> Iterator[str]:
    """Topics of section one under whose heading nothing but gaps stands."""
    overview = load_wordings().overview
    section = next(s for s in draft.sections if s.number == overview.section)
    texts = [paragraph for paragraph in section.paragraphs if not paragraph.heading]
    for topic, paragraph in zip(overview.topics, texts, strict=True):
        if all(sentence.kind is SentenceKind.GAP for sentence in paragraph.sentences):
            yield topic.heading
