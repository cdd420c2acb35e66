"""What a question says that makes less of a row than all of it, and that no column tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon import hint
from assistant.words.mentions import Mention, inside, mask, words_of

CHOOSING = frozenset({"which_reports", "how_many_reports"})
"""Operations that choose bodies; their words may hold a condition, and its number."""
WHOLES = frozenset({"new", "result_total"})
"""Rows that others are taken out of: 收到的申请里不予公开的."""


@dataclass(frozen=True)
class Told:
    """What was heard in a question, and the question without what it leaves out (``text``)."""

    rows: Sequence[Mention]
    columns: Sequence[Mention]
    acts: Sequence[Mention]
    text: str

    def undone(self, seen: str) -> list[str]:
        """What says that some cases of a row are meant, by an outcome that no column has.

        Args:
            seen: the question with all that is explained blotted out.
        """
        if self.columns or {m.kind for m in self.rows} != {"t4"}:
            return []
        return [m[0] for m in hint("undone").finditer(seen)]

    def narrowing(self) -> list[str]:
        """What makes less of a row, and names none: half of the year, one court."""
        found = hint("narrowing").finditer(self.text) if self.rows or self.columns else ()
        named = words_of([*self.rows, *self.columns, *self.acts])
        return [m[0] for m in found if not inside([m.span()], named)]

    def of_some(self) -> list[str]:
        """What became of requests where only all of them are named: 难以提供的, requests retracted.

        Bodies may be chosen by it: 没有收到申请的单位.
        """
        if any(m.key in CHOOSING for m in self.acts):
            return []
        if not self.rows or any(m.key not in WHOLES for m in self.rows):
            return []
        named = words_of([*self.rows, *self.columns, *self.acts])
        found = hint("of_some_requests").finditer(self.text)
        denied = [m[0] for row in self.rows if (m := self._denied(row)) is not None]
        spans = {m[0]: m.span("done") if m["done"] else m.span() for m in found}
        return [*denied, *(said for said, span in spans.items() if not inside([span], named))]

    def _denied(self, row: Mention) -> re.Match[str] | None:
        """What right before a row says that it is not meant: 不收的, 没答复的."""
        plain = mask(self.text, words_of(self.acts))
        return hint("denied_before").search(plain[: row.span[0]])
