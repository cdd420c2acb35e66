"""What the cell of the turn before is set against, in the words of this turn: 占总受理量的多少."""

from __future__ import annotations

from assistant.lexicon import hint
from assistant.query import Operation

SETTING = {Operation.SHARE: "whole_alone", Operation.AVERAGE: "spread_over"}
"""Operations of two numbers of which the first may go without saying, each with its hint."""


def set_against(said: str, operation: Operation) -> str:
    """The words that name the second number where nothing names the first, else "".

    Args:
        said: the folded question without bodies and years.
        operation: a share is of a whole, an average is over what is counted.
    """
    name = SETTING.get(operation)
    found = hint(name).search(said.strip(" \x00,，")) if name is not None else None
    words = next((group for group in found.groups() if group), "") if found is not None else ""
    return words.strip(" \x00,，的")
