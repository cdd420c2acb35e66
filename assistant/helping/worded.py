"""The told paragraphs of a draft in a chat model's words: figures stay under keys, guarded.

The model joins sentences that are there already, each under a key that stands for it as it was
made from the cells. What the guard refuses stays as it was without a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from assistant.draft.model import Draft, DraftParagraph, DraftSection, DraftSentence, SentenceKind
from assistant.helping.guard_words import without_numbers
from assistant.helping.material import HIDDEN, of_figures
from assistant.helping.phrasing import Guarded, Writer
from index.report import Record

STOP = "。"
FEWEST = 2
"""Sentences beside each other that there is something to join in."""


class Worded(Record):
    """A draft as it was worded. ``by_model`` counts the passages that are the model's.

    ``refused`` counts faults of what it wrote, ``trouble`` says why it could not be asked, "" where
    it could.
    """

    draft: Draft
    by_model: int
    refused: int
    trouble: str = ""


def in_other_words(draft: Draft, writer: Writer) -> Worded:
    """A draft whose sentences on figures are joined by a model, where the guard lets them pass.

    Gaps, headings and what is kept from last year's report stay as they are, and so does every
    sentence's evidence.
    """
    tried: list[Guarded] = []
    sections = tuple(_section(section, writer, tried) for section in draft.sections)
    return Worded(
        draft=draft.model_copy(update={"sections": sections}),
        by_model=sum(guarded.by_model for guarded in tried),
        refused=sum(len(guarded.refused) for guarded in tried),
        trouble=next((guarded.trouble for guarded in tried if guarded.trouble), ""),
    )


def _section(section: DraftSection, writer: Writer, tried: list[Guarded]) -> DraftSection:
    task = f"本段属于“{section.title}”，把各项连成通顺的文字"
    paragraphs = tuple(
        paragraph
        if paragraph.heading
        else DraftParagraph(sentences=tuple(_sentences(paragraph, task, writer, tried)))
        for paragraph in section.paragraphs
    )
    return section.model_copy(update={"paragraphs": paragraphs})


def _sentences(
    paragraph: DraftParagraph, task: str, writer: Writer, tried: list[Guarded]
) -> Iterator[DraftSentence]:
    """The sentences of a paragraph, those on figures that stand side by side as one."""
    for told, run in groupby(paragraph.sentences, key=_is_told):
        sentences = list(run)
        if not told or len(sentences) < FEWEST or (tried and tried[-1].trouble):
            yield from sentences
            continue
        plain = "".join(sentence.text for sentence in sentences)
        figures = [(without_numbers(s.text, HIDDEN), s.text.rstrip(STOP)) for s in sentences]
        guarded = writer.phrase_draft(of_figures(figures), task, plain)
        tried.append(guarded)
        yield from [_joined(guarded.text, sentences)] if guarded.by_model else sentences


def _is_told(sentence: DraftSentence) -> bool:
    """Whether a sentence states figures with what they rest on, and ends as one."""
    ends = sentence.text.endswith(STOP)
    return sentence.kind is SentenceKind.STATED and bool(sentence.cited) and ends


def _joined(text: str, sentences: Iterable[DraftSentence]) -> DraftSentence:
    cited = dict.fromkeys(one for sentence in sentences for one in sentence.cited)
    return DraftSentence(text=text, kind=SentenceKind.STATED, cited=tuple(cited))
