"""What a chat model may add to an answer: another hearing of the question, and sentences.

Figures and their statuses are not its business. A question is put again in words of the form,
where it was not understood, and answered on the same road as any other; quotations are put into
a sentence or two, which stand above them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Alternative, Answer, Kind, ModelUse
from assistant.answering.wording import say
from assistant.helping.alternatives import OF_A_CELL
from assistant.helping.model import Model
from assistant.helping.phrasing import Writer
from assistant.helping.rewording import Reworded, agreed, contradiction, not_understood, read
from assistant.helping.spending import Spending
from assistant.library.directory import Directory
from assistant.query import Dialogue, Query
from index.errors import ModelError

log = logging.getLogger(__name__)

Told = tuple[Query, Answer]
Ask = Callable[[str, Dialogue], Told]


@dataclass(frozen=True)
class Helper:
    """A model, and what becomes of a reading that nobody else vouches for (`Settings`)."""

    model: Model
    reading: Literal["offer", "answer"] = "offer"

    def help(self, told: Told, talk: Dialogue, before: Dialogue, asking: Asking) -> Told:
        """A question and its answer with what the model can add.

        Args:
            told: the question as it was understood, and its answer.
            talk: the dialogue with it, which is changed where the question is understood anew.
            before: the dialogue as it was before the question.
            asking: how the same desk answers questions by itself.
        """
        spending = self.model.spending()
        query, answer = told
        use = ModelUse()
        try:
            if not_understood(query, answer):
                query, answer, use = self._heard(told, talk, before, asking, spending)
        except ModelError as error:
            use = ModelUse(trouble=str(error))
        if not use.trouble:
            answer, use = self._phrased(query, answer, use, asking, spending)
        if use == ModelUse() and not spending.calls:
            return query, answer
        cost = {"tokens": spending.tokens, "calls": spending.calls}
        return query, answer.model_copy(update={"model": use.model_copy(update=cost)})

    def _heard(
        self, told: Told, talk: Dialogue, before: Dialogue, asking: Asking, spending: Spending
    ) -> tuple[Query, Answer, ModelUse]:
        """The answer of the question as the model hears it, or the same with that on offer.

        Answered is what the bundled embedder hears as well, or what the user said should be.
        """
        query, answer = told
        known = asking.directory.by_id
        cards = [known[report] for report in query.reports] if query.named else []
        reworded = read(query, cards, self.model, spending)
        if reworded is None:
            return query, answer, ModelUse()
        trial = before.copy()
        again, other = asking.ask(reworded.question, trial)
        why = contradiction(query, again, reworded) or ("" if _states(other) else "no answer")
        if why:
            log.info("a reading of the model was not used: %s", why)
            return query, answer, ModelUse()
        if self.reading == "offer" and not agreed(query, reworded):
            offered = Alternative(
                label=_told("offer_model", reworded, query), question=reworded.question
            )
            alternatives = (offered, *answer.alternatives)
            answer = answer.model_copy(update={"alternatives": alternatives})
            return query, answer, ModelUse(offered=True)
        talk.become(trial)
        heard = _told("by_model", reworded, query)
        other = other.model_copy(update={"understood": other.understood + heard})
        return again, other, ModelUse(understood=heard)

    def _phrased(
        self, query: Query, answer: Answer, use: ModelUse, asking: Asking, spending: Spending
    ) -> tuple[Answer, ModelUse]:
        """An answer about passages with a sentence or two above its quotation."""
        writer = Writer(self.model, spending, asking.directory.names_in)
        written = writer.phrase_answer(answer, query.text)
        use = use.model_copy(update={"refused": len(written.refused), "trouble": written.trouble})
        if not written.by_model:
            return answer, use
        text = f"{written.text}\n{answer.text}"
        return answer.model_copy(update={"text": text}), use.model_copy(update={"phrased": True})


@dataclass(frozen=True)
class Asking:
    """How a desk answers by itself: ``ask`` takes a question and the dialogue it stands in."""

    directory: Directory
    ask: Ask


def _states(answer: Answer) -> bool:
    """Whether an answer states something, or says what is wrong with the cell asked for."""
    if answer.refusal is not None:
        return answer.refusal.reason in OF_A_CELL
    return bool(answer.figures) or answer.kind is Kind.CLARIFY


def _told(name: str, reworded: Reworded, query: Query) -> str:
    """What the model took for what, in a sentence."""
    joined = say(f"{name}_and", query.language)
    return say(
        name,
        query.language,
        written=joined.join(words for words, _ in reworded.pairs),
        read=joined.join(term.words for _, term in reworded.pairs),
    )
