"""What understanding needs to know of the world."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.lexicon import Lexicon
from assistant.library.directory import Directory


@dataclass(frozen=True)
class Context:
    """What understanding needs to know of the world: the reports and the words."""

    directory: Directory
    lexicon: Lexicon
