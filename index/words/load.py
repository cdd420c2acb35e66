"""Reading a data file of words: checked against its model, its faults told in one way."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from index.errors import LexiconError

T = TypeVar("T")
U = TypeVar("U")


def read_words(path: Path, kind: type[T]) -> T:
    """What a YAML file holds, as ``kind``: a model, or a type such as ``dict[str, str]``.

    Raises:
        LexiconError: the file is missing, not UTF-8, no YAML, or not of that kind.
    """
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return TypeAdapter(kind).validate_python(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise _malformed(path, error) from error


def compile_words(path: Path, kind: type[T], compiled: Callable[[T], U]) -> U:
    """The same, its patterns compiled.

    Raises:
        LexiconError: as `read_words`, or a pattern does not compile.
    """
    words = read_words(path, kind)
    try:
        return compiled(words)
    except re.error as error:
        raise _malformed(path, error) from error


def _malformed(path: Path, error: Exception) -> LexiconError:
    return LexiconError(f"词表有误 (malformed): {error}", place=path.name)
