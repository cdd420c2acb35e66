"""The languages of the pages: Chinese unless the person switches."""

from __future__ import annotations

from assistant.web.words import Words
from assistant.web.words_en import EN
from assistant.web.words_zh import ZH

CHOICES = [("中文", "zh"), ("English", "en")]
"""What the switch shows, and the value it gives to `words`."""


def words(language: str | None) -> Words:
    """The words of a language; Chinese where it is not known."""
    return EN if language == "en" else ZH
