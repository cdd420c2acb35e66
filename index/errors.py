"""Errors that Gouji shows to people.

::

    GoujiError
    ├── InputError             something the user gave cannot be used
    │   ├── UnreadableFile     not text, empty, or in no encoding that is known
    │   ├── NotAReport         readable, but no annual report on information disclosure
    │   │   └── OtherText      and nothing in it speaks for one
    │   └── SidecarError       a report's sidecar file is malformed
    ├── OutputError            a file that was asked for cannot be written
    ├── FormatError            a form definition (index/formats/*.yaml) is malformed
    ├── LexiconError           a lexicon or prompt file is malformed
    ├── EmbedderError          the embedder asked for cannot be loaded
    ├── ModelError             the chat model asked for cannot be set up, reached or understood
    └── StoreError             the store cannot be used as it is
        ├── NoStore            nothing was built yet
        ├── StoreLocked        another process is writing
        └── EmbedderMismatch   the index was built with another embedder

Each carries what it is about (``place``) and what to do next (``advice``), in Chinese and
English, so that a command prints one clear sentence and exits with status 2.
"""

from __future__ import annotations


class GoujiError(Exception):
    """Base: ``message`` says what is wrong, ``place`` where, ``advice`` what to do next."""

    def __init__(self, message: str, *, place: str = "", advice: str = "") -> None:
        """Keep the parts apart, so that callers can show them as they need."""
        self.message = message
        self.place = place
        self.advice = advice
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the parts when the error comes from another process."""
        return _again, (type(self), self.message, self.place, self.advice)

    def __str__(self) -> str:
        """One line: place, message and advice."""
        head = f"{self.place}: " if self.place else ""
        tail = f" {self.advice}" if self.advice else ""
        return f"{head}{self.message}{tail}"


def _again(kind: type[GoujiError], message: str, place: str, advice: str) -> GoujiError:
    return kind(message, place=place, advice=advice)


class InputError(GoujiError):
    """Something the user gave cannot be used."""


class UnreadableFile(InputError):
    """The file is empty, binary, or in no encoding that is known."""


class NotAReport(InputError):
    """The text is readable but is no annual report on information disclosure."""


class OtherText(NotAReport):
    """The text is plainly something else: among reports it is passed over, and said to be."""


class SidecarError(InputError):
    """The sidecar beside a report is malformed."""


class OutputError(GoujiError):
    """A file cannot be written; what was there before is left as it is."""


class FormatError(GoujiError):
    """A form definition is malformed; ``place`` names file and line."""


class LexiconError(GoujiError):
    """A lexicon or prompt file is malformed; ``place`` names file and line."""


class EmbedderError(GoujiError):
    """The embedder asked for cannot be loaded; ``place`` is its name or folder."""


class ModelError(GoujiError):
    """The chat model cannot be set up, reached or understood; ``place`` is its name."""


class StoreError(GoujiError):
    """The store cannot be used as it is."""


class NoStore(StoreError):
    """Nothing was built in this store yet."""


class StoreLocked(StoreError):
    """Another process is writing to the store."""


class EmbedderMismatch(StoreError):
    """The vectors in the store come from another embedder than the one configured."""
