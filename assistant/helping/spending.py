"""What a question may cost a chat model, and what it has cost so far."""

from __future__ import annotations

from dataclasses import dataclass

LATIN_PER_TOKEN = 4
"""Characters of a token in texts of Latin letters; a Chinese character is about a token."""


@dataclass
class Spending:
    """The tokens of one question: ``limit`` may be spent, ``tokens`` are, in ``calls`` calls.

    A reply that was kept from an earlier question costs nothing and is no call.
    """

    limit: int
    tokens: int = 0
    calls: int = 0

    @property
    def left(self) -> int:
        """Tokens that may still be spent; never below 0."""
        return max(0, self.limit - self.tokens)

    def pay(self, tokens: int) -> None:
        """Count one call."""
        self.tokens += tokens
        self.calls += 1


def tokens_about(text: str) -> int:
    """About how many tokens a text is, for models that do not say."""
    latin = sum(char.isascii() for char in text)
    return len(text) - latin + -(-latin // LATIN_PER_TOKEN)
