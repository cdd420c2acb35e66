"""One question of a dialogue as it was heard, with what its words mean and what came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.query import Dialogue, Query
from assistant.understanding.context import Context
from assistant.understanding.earlier import Earlier
from assistant.understanding.heard import Heard
from assistant.understanding.meant import Meant
from assistant.understanding.selection import Selection
from index.report import ReportCard


@dataclass(frozen=True)
class Turn:
    """A question on its way to a query.

    ``cards`` are the reports that its words mean, before it is known what is asked of them, and
    ``named`` is False where nothing says so.
    """

    text: str
    heard: Heard
    selection: Selection
    dialogue: Dialogue
    context: Context
    meant: Meant
    earlier: Earlier
    cards: Sequence[ReportCard]
    named: bool

    @property
    def years(self) -> list[int]:
        """The years that the question is about."""
        return self.meant.years

    @property
    def last(self) -> Query | None:
        """The turn before, None at first."""
        return self.dialogue.last


def turn_of(
    text: str, heard: Heard, selection: Selection, dialogue: Dialogue, context: Context
) -> Turn:
    """The turn that a question is, once it has been listened to."""
    directory = context.directory
    meant = Meant(heard, selection, dialogue, directory)
    cards, named = meant.reports()
    earlier = Earlier(heard, selection, dialogue, meant.years, directory.by_id)
    return Turn(text, heard, selection, dialogue, context, meant, earlier, tuple(cards), named)
