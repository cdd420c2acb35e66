"""One conversation as the browser session keeps it, and how it reads in the chat.

A conversation lives on the server, one per browser session, and is never shared. The chat
shows what `messages` makes of it; nothing is read back from the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from assistant.answer import Answer, Kind, Language, ModelUse, Reason, Role
from assistant.query import PROSE
from assistant.web.cell import signed_word
from assistant.web.evidence import cite_id
from assistant.web.markup import chat_esc, join
from assistant.web.words import Words
from index.report import Status
from index.script import to_traditional

Message = dict[str, Any]
MOST_CANDIDATES = 12
STREAM_STEPS = 24
"""An answer appears in at most so many steps."""
SHORTEST_STEP = 4
REASON_STATUS = {Reason.FAILED_CHECK: Status.FAILED, Reason.AMBIGUOUS: Status.AMBIGUOUS}
"""How a refusal is signed; the others are signed as blank."""


@dataclass
class Turn:
    """A question and what came of it: an answer, an error in one sentence, or nothing yet."""

    question: str
    answer: Answer | None = None
    error: str | None = None


@dataclass
class Conversation:
    """The turns so far, the desk's own dialogue, and which turn's evidence is shown.

    ``turn_taking`` is held while a question is answered: the next one waits its turn.
    """

    dialogue: Any = None
    turns: list[Turn] = field(default_factory=list)
    shown: int | None = None
    turn_taking: Lock = field(default_factory=Lock, repr=False)


def messages(conversation: Conversation, w: Words, partial: str | None = None) -> list[Message]:
    """The conversation as chat messages; ``partial`` is how much of the last answer is out."""
    out: list[Message] = []
    last = len(conversation.turns) - 1
    for number, turn in enumerate(conversation.turns):
        out.append({"role": "user", "content": _span("gj-q", chat_esc(turn.question))})
        if number == last and partial is not None:
            out.append(_bot(_span("gj-a gj-partial", chat_esc(partial) + _span("gj-caret", ""))))
        elif turn.answer is not None:
            out.append(_answer(turn.answer, number, w))
        elif turn.error is not None:
            out.append(_bot(_span("gj-a gj-error", f"⚠ {chat_esc(turn.error)}")))
        else:
            out.append(_bot(_span("gj-a gj-wait", chat_esc(w.working))))
    return out


def spoken(answer: Answer) -> str:
    """What the chat says of an answer: a question back comes without its list of buttons."""
    return (answer.clarify.message if answer.clarify else "") or answer.text


def steps(text: str) -> Iterator[str]:
    """The text as it grows on the screen: whole prefixes, the last one complete."""
    size = max(SHORTEST_STEP, -(-len(text) // STREAM_STEPS))
    for end in range(size, len(text) + size, size):
        yield text[:end]


def _bot(content: str) -> Message:
    return {"role": "assistant", "content": content}


def _span(cls: str, inner: str, tag: str = "div") -> str:
    return f'<{tag} class="{cls}">{inner}</{tag}>'


def _answer(answer: Answer, turn: int, w: Words) -> Message:
    """A finished answer: verdict, text with its citations as links, how it was understood."""
    parts = [_verdict(answer, w), _span("gj-text", _linked(answer, turn), "p")]
    if answer.understood:
        parts.append(_span("gj-understood", chat_esc(answer.understood), "p"))
    if answer.model is not None:
        parts.append(_span("gj-understood gj-model", chat_esc(_helped(answer.model, w)), "p"))
    if answer.clarify is None:
        links = [_link(w.copy, "gj-copy", "gj-tool")]
        if answer.figures or answer.passages or answer.checks:
            links.insert(0, _link(w.see_evidence, f"gj-{turn}", "gj-tool gj-see"))
        parts.append(_span("gj-tools", join(links), "p"))
    if answer.alternatives:
        parts.append(_span("gj-mean", chat_esc(w.did_you_mean), "p"))
    reason = f" gj-r-{answer.refusal.reason}" if answer.refusal else ""
    message = _bot(_span(f"gj-a gj-k-{answer.kind}{reason}", join(parts)))
    if answer.alternatives:
        message["options"] = [
            {"value": other.question, "label": other.label} for other in answer.alternatives
        ]
    if answer.clarify is not None:
        candidates = [c for c in answer.clarify.candidates if c.question]
        message["options"] = [
            {"value": c.question, "label": c.title or c.question}
            for c in candidates[:MOST_CANDIDATES]
        ]
        left = len(answer.clarify.candidates) - len(message["options"])
        if left > 0:
            more = _span("gj-understood", chat_esc(w.more_candidates.format(n=left)), "p")
            message["content"] = message["content"].removesuffix("</div>") + more + "</div>"
    return message


def _helped(use: ModelUse, w: Words) -> str:
    """What a language model had to do with an answer, and what it cost."""
    did = ((use.understood, w.model_understood), (use.phrased, w.model_phrased))
    parts = [words for done, words in (*did, (use.offered, w.model_offered)) if done]
    parts += [use.trouble] if use.trouble else []
    parts.append(w.model_cost.format(calls=use.calls, tokens=use.tokens))
    return w.model + " · ".join(parts)


def _verdict(answer: Answer, w: Words) -> str:
    """The first line: the status of what is stated, or why nothing is."""
    if answer.refusal is not None:
        reason = answer.refusal.reason
        status = REASON_STATUS.get(reason, Status.BLANK)
        text = f"{w.statuses[status].sign} {w.reasons[reason]}"
        return _span(f"gj-verdict gj-s-{status}", chat_esc(text), "p")
    stated = [f.status for f in answer.figures if f.role is not Role.CONTEXT]
    kind = w.drafted if _is_draft(answer) else w.kinds.get(answer.kind, "")
    if not stated:
        text = kind
        return _span("gj-verdict gj-info", chat_esc(text), "p") if text else ""
    order = (Status.FAILED, Status.AMBIGUOUS, Status.BLANK, Status.PRINTED, Status.VERIFIED)
    weakest = min(stated, key=order.index)
    of_text = {f.table for f in answer.figures if f.role is not Role.CONTEXT} == {PROSE}
    text = " · ".join(p for p in (signed_word(weakest, w, prose=of_text), kind) if p)
    return _span(f"gj-verdict gj-s-{weakest}", chat_esc(text), "p")


def _is_draft(answer: Answer) -> bool:
    """Whether it is new text that rests on passages, where others quote them."""
    quotes = any(passage.quote in answer.text for passage in answer.passages)
    return answer.kind is Kind.PASSAGE and not quotes


def _linked(answer: Answer, turn: int) -> str:
    """The answer's text with each citation key, in the script it is told in, as a link."""
    keys: dict[str, str] = {}
    cited = [*(f.citation for f in answer.figures), *(p.citation for p in answer.passages)]
    for number, key in enumerate(cited):
        if key:
            keys.setdefault(key, cite_id(turn, number))
            if answer.language is Language.HANT:
                keys.setdefault(to_traditional(key), cite_id(turn, number))
    return _link_keys(spoken(answer), keys)


def _link_keys(text: str, keys: dict[str, str]) -> str:
    """Escaped text in which every known key is a link; of two that fit, the longer one."""
    if not keys:
        return chat_esc(text)
    longest_first = sorted(keys, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    return join(_link(p, keys[p], "gj-cite") if p in keys else chat_esc(p) for p in parts)


def _link(text: str, target: str, cls: str) -> str:
    return f'<a class="{cls}" href="#{target}">{chat_esc(text)}</a>'
