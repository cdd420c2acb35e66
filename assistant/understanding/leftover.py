"""What is left of a question when all that it names is taken out.

The *residual* is the heart of it: content words that nothing explained. A question with a
residual asks for more than the tables hold, and no figure of a neighbouring row may answer it.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lexicon import Lexicon, hint
from assistant.words.mentions import COUNTED, MASK, VERBAL
from index.segment import Word, words


def residual(text: str, seen: str, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """Content words of a question that are left, and whether each is a known word.

    Neighbouring words of which one is a single character make one word that is not known.

    Args:
        text: the folded question.
        seen: the same with all that is explained blotted out.
        lexicon: the words without content.
    """
    left: list[tuple[str, bool]] = []
    for run in _unexplained(text, seen, lexicon):
        if _is_common("".join(word.text for word in run), lexicon):
            continue
        if len(run) > 1 and any(_alone(word.text, lexicon) for word in run):
            left.append(("".join(word.text for word in run), False))
            continue
        left += [
            (word.text, True) for word in run if len(word.text) > 1 or word.text in lexicon.telling
        ]
    return left


def things_done(text: str, seen: str, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """What an English question says was done, where nothing explains it: were mediated.

    Other words like it (rounded, roughly) say nothing.
    """
    return [
        (match["done"], True)
        for match in hint("predicate_en").finditer(text)
        if MASK not in seen[slice(*match.span("done"))]
        and match["done"] not in lexicon.common
        and VERBAL.fullmatch(match["done"])
    ]


def _is_common(run: str, lexicon: Lexicon) -> bool:
    """Whether a run that was cut into characters is a word without content: 索|取."""
    return len(run) > 1 and run in lexicon.common


def _alone(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a single Chinese character that means nothing by itself."""
    return len(word) == 1 and not word.isascii() and word not in lexicon.telling


def _unexplained(text: str, seen: str, lexicon: Lexicon) -> Iterator[list[Word]]:
    """Runs of neighbouring words that are neither explained nor without content."""
    run: list[Word] = []
    for word in words(text):
        start, end = word.span
        known = _explained(seen[start:end], lexicon) or _says_nothing(word.text, lexicon)
        if run and (known or run[-1].span[1] != start):
            yield run
            run = []
        if not known:
            run.append(word)
    if run:
        yield run


def _explained(seen: str, lexicon: Lexicon) -> bool:
    """Whether enough of a word is blotted out: 寄 alone does not explain 邮寄."""
    left = seen.replace(MASK, "")
    return len(left) * 2 < len(seen) or (MASK in seen and _says_nothing(left, lexicon))


def loose_runs(text: str, seen: str) -> list[str]:
    """Runs of single characters that nothing explained, common ones too."""
    runs: list[str] = []
    run, end = "", -1
    for word in words(text):
        single = len(word.text) == 1 and not word.text.isascii()
        if not single or MASK in seen[slice(*word.span)]:
            runs, run = [*runs, run], ""
            continue
        run = run + word.text if word.span[0] == end else word.text
        end = word.span[1]
    return [found for found in (*runs, run) if found]


def says_something(run: str, lexicon: Lexicon) -> bool:
    """Whether single characters side by side hold one that is no common word: 的网."""
    return any(char not in lexicon.function and char not in lexicon.common for char in run)


def _says_nothing(word: str, lexicon: Lexicon) -> bool:
    if word in lexicon.telling:
        return False
    if word in lexicon.common or COUNTED.fullmatch(word) or VERBAL.fullmatch(word):
        return True
    return word.isascii() and len(word) == 1 and not word.isdigit()
