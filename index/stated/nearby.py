"""Whether a number of running text stands near what makes it one of a family: 办结44件 of requests.

What it belongs to is said in its label, or before it in the passage (a heading before that counts,
too), or a number of the family stands there; and no word of something else stands between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from index.prose.ranges import context_of
from index.report import Figure, Passage
from index.script import fold_same_length, without_spaces
from index.words.stated import Family, StatedWords

HEADING, FARTHEST = 60, 400
"""Characters before a passage in which its heading may stand, and before a number at all."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Nearby:
    """The words before the numbers of one report."""

    def __init__(self, text: str, passages: Sequence[Passage], words: StatedWords) -> None:
        """Take the text as it is; it is folded once."""
        self.text = fold_same_length(text)
        self.starts: Mapping[str, int] = {f"p{p.number}": p.span[0] for p in passages}
        self.narrowing = _compiled(words.narrowing)

    def words(self, start: int, end: int) -> str:
        """The folded text of a span of the source, without spaces and residue."""
        return without_spaces(self.text[start:end]).text if start < end else ""

    def is_of(
        self, figure: Figure, family: Family, before: Figure | None, tied: int | None
    ) -> bool:
        """Whether a number is one of a family.

        ``before`` is the number before it, after which its own words begin; ``tied`` where a number
        of the family ended before it in the passage. None: there is none.
        """
        topic, other = _compiled(family.topic), _compiled(family.other)
        if topic.search(figure.row_label):
            return True
        context = context_of(figure)
        here = context.whole[0]
        own = context.clause[0]
        if before is not None:
            own = max(own, min(context_of(before).whole[1], here))
        if tied is not None and not other.search(self.words(tied, own)):
            return True
        start = max(self.starts.get(figure.row, here) - HEADING, here - FARTHEST, 0)
        left = self.words(start, here)
        last = max((m.end() for m in topic.finditer(left)), default=None)
        if last is None:
            return False
        return not other.search(left, last, max(len(left) - len(self.words(own, here)), last))

    def is_narrowed(self, figure: Figure) -> bool:
        """Whether it is of several years, of the most or the least, or of each of several."""
        context = context_of(figure)
        left = self.words(context.sentence[0], context.whole[0]).rpartition(";")[2]
        return self.narrowing.search(left) is not None
