"""What a chat model is given to write about: passages and figures under keys, never as numbers.

The model reads what an item is about and writes its key; what is printed is put in afterwards.
``[[p1]]`` is a passage and becomes its citation, ``{{n1}}`` is words of a passage that hold a
number and becomes them as a quotation, ``{{f1}}`` is a figure and becomes the words for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from assistant.answer import CitedPassage
from assistant.helping.guard_words import without_numbers
from index.report import Record

KEY = re.compile(r"\[\[(p\d+)\]\]|\{\{([nf]\d+)\}\}")
CLAUSE = re.compile(r"[^,，。;；:：!！?？\n]+")
HIDDEN = "〔数〕"
"""What stands for a number where the model is shown what a key is about."""


class Item(Record):
    """One key: ``about`` is shown to the model, ``printed`` takes the key's place in its text.

    ``of`` is the key of the passage that words with a number stand in, None for others.
    """

    key: str
    about: str
    printed: str
    of: str | None = None

    @property
    def written(self) -> str:
        """The key as the model writes it."""
        return f"[[{self.key}]]" if self.key.startswith("p") else f"{{{{{self.key}}}}}"


class Material(Record):
    """All that a text may rest on: the items, and the words that it may use of the evidence.

    ``words`` are the texts of the evidence, numbers and names among them. ``cited``: every
    sentence must carry the key of a passage. ``complete``: every key must be there once.
    """

    items: tuple[Item, ...]
    words: str
    cited: bool = False
    complete: bool = False

    def item(self, key: str) -> Item | None:
        """The item of a key, None where there is none."""
        return next((item for item in self.items if item.key == key), None)

    def told(self) -> str:
        """The items as the model is told them, fenced."""
        return fenced("\n".join(f"{i.written} {i.about}" for i in self.items if i.of is None))

    def filled(self, text: str) -> str:
        """A text with what is printed in the place of its keys.

        Raises:
            KeyError: a key has no item; a text that the guard has passed has none such.
        """
        printed = {item.key: item.printed for item in self.items}
        return KEY.sub(lambda m: printed[m[1] or m[2]], text)


def fenced(text: str) -> str:
    """Words of others between marks that they cannot hold themselves, for a prompt.

    The mark is made of the words, so that whoever wrote them could not write it.
    """
    mark = sha256(text.encode()).hexdigest()[:12]
    return f"<<< {mark}\n{text}\n{mark} >>>"


def of_passages(passages: Sequence[CitedPassage], also: Iterable[str] = ()) -> Material:
    """Quotations as material; clauses that hold a number or a date are keys of their own.

    Args:
        passages: what the text is to rest on.
        also: words that may be used beside those of the quotations: the question's.
    """
    items: list[Item] = []
    number = 0
    for at, passage in enumerate(passages, 1):
        about, end = "", 0
        for clause in CLAUSE.finditer(passage.quote):
            hidden = without_numbers(clause[0], HIDDEN)
            if hidden == clause[0]:
                continue
            number += 1
            item = Item(
                key=f"n{number}", about=hidden, printed=f"“{clause[0].strip()}”", of=f"p{at}"
            )
            items.append(item)
            about += f"{passage.quote[end : clause.start()]}{item.written}（{hidden.strip()}）"
            end = clause.end()
        about += passage.quote[end:]
        items.append(Item(key=f"p{at}", about=about, printed=passage.citation))
    words = "\n".join((*(p.quote for p in passages), *(p.section_title for p in passages), *also))
    return Material(items=tuple(items), words=words, cited=True)


def of_figures(figures: Iterable[tuple[str, str]], words: str = "") -> Material:
    """Figures as material: what each is about, and how it is printed.

    Args:
        figures: (about, printed) of each, in order; the keys are ``f1``, ``f2`` and so on. What
            is said in ``about`` must hold no number.
        words: words that may be used beside those of ``about``.
    """
    items = [
        Item(key=f"f{number}", about=about, printed=printed)
        for number, (about, printed) in enumerate(figures, 1)
    ]
    told = "\n".join((*(item.about for item in items), words))
    return Material(items=tuple(items), words=told, complete=True)
