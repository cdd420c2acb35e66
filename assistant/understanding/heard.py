"""What was recognised in a question, as the words beside it are understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.words.mentions import Mention
from index.report import Number


@dataclass
class Heard:
    """All that was recognised in one question.

    ``residual`` are content words that nothing explained, ``unknown`` those of them that are no
    known word, ``foreign`` those that name a column of another table, ``loose`` runs of single
    characters that may be a slip, ``strange`` runs of one or more with a character that is no
    common word. ``content`` is the question as search words, ``said`` the whole of it but bodies
    and years. ``one_report``: a single report is named, ``several``: each of several is asked for,
    ``left_out``: rows only to be left out, ``negated``: columns that are not meant. ``operations``
    are the keys of the actions, ``acts`` their mentions.
    """

    text: str
    rows: list[Mention] = field(default_factory=list)
    columns: list[Mention] = field(default_factory=list)
    acts: list[Mention] = field(default_factory=list)
    claimed: Number | None = None
    residual: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    content: str = ""
    said: str = ""
    one_report: bool = False
    several: bool = False
    left_out: list[Mention] = field(default_factory=list)
    negated: list[Mention] = field(default_factory=list)

    @property
    def tables(self) -> set[str]:
        """Tables that the rows belong to."""
        return {m.kind for m in self.rows}

    @property
    def blocking(self) -> list[str]:
        """The words left over that keep a table figure away.

        Where only a weak word names a row (办, 提), a stray character too: 网办率.
        """
        if self.rows and not any(m.strong for m in self.rows):
            return [*self.residual, *self.strange]
        return self.residual

    @property
    def operations(self) -> set[str]:
        """Keys of the operations that some words name."""
        return {m.key for m in self.acts}
