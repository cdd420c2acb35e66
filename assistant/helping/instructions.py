"""What a chat model is told: the plain files of ``prompts/``, loaded, checked and filled in.

A file begins with what it is: ``purpose`` in a sentence, ``used_by`` the module that fills it in,
``placeholders`` the names of what is filled in. In the text they stand as ``$name``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Template

import yaml
from pydantic import ValidationError

from index.errors import LexiconError
from index.report import Record
from prompts import FOLDER

FRONT = re.compile(r"---\n(?P<front>.*?)\n---\n(?P<text>.*)", re.DOTALL)


class _Front(Record):
    purpose: str
    used_by: str
    placeholders: tuple[str, ...]


class Instructions(Record):
    """One prompt: who uses it, what for, and its text with ``$placeholders``."""

    name: str
    purpose: str
    used_by: str
    placeholders: tuple[str, ...]
    text: str

    def filled(self, **fields: str) -> str:
        """The text with every placeholder filled in, once: what is filled in is never read again.

        Raises:
            LexiconError: other fields are given than the file names.
        """
        if set(fields) != set(self.placeholders):
            raise LexiconError(
                f"占位符不符 (fields differ): {sorted(fields)}, {sorted(self.placeholders)}",
                place=self.name,
            )
        return Template(self.text).substitute(fields)


@cache
def load_instructions(folder: Path = FOLDER) -> dict[str, Instructions]:
    """All prompts of a folder by name, checked.

    Raises:
        LexiconError: a file has no front matter, lacks a part of it, or its text has other
            placeholders than it names.
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.md"))}


def _read(path: Path) -> Instructions:
    found = FRONT.fullmatch(path.read_text("utf-8"))
    if found is None:
        raise LexiconError("没有说明头 (no front matter).", place=path.name)
    try:
        front = _Front.model_validate(yaml.load(found["front"], Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as error:
        raise LexiconError(f"说明头有误 (malformed): {error}", place=path.name) from error
    text = Template(found["text"].strip())
    if not text.is_valid() or set(text.get_identifiers()) != set(front.placeholders):
        raise LexiconError(
            f"占位符与说明头不符 (placeholders differ): {front.placeholders}", place=path.name
        )
    return Instructions(
        name=path.stem,
        purpose=front.purpose,
        used_by=front.used_by,
        placeholders=front.placeholders,
        text=text.template,
    )
