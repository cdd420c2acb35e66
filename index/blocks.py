"""A file as read: its decoded text, and the pieces of it that keep their place."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import Field, SkipValidation

from index.record import Record, Span


class Block(NamedTuple):
    """A piece of the source that keeps its place.

    ``table``, ``row`` and ``column`` (all from 0) are given where the surface shows a grid,
    and are None where it does not: in scraped text a cell is a line like any other.
    ``page`` counts from 1 and is None for surfaces without pages. ``run`` marks digits cut from
    a text in which cells ran together: they may be more than one number.
    """

    text: str
    span: Span
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    run: bool = False


class Document(Record):
    """A file as read: decoded text and its blocks in reading order, nothing interpreted."""

    source_file: str = Field(description="name of the file, without its folder")
    path: str = Field(description="path as the user gave it, for messages and reopening")
    sha256: str = Field(description="of the bytes read")
    encoding: str
    text: str
    blocks: SkipValidation[tuple[Block, ...]]
    pictures: int = Field(default=0, description="pictures in it that may hold text")
    recognised: bool = Field(default=False, description="text of pictures, recognised by a program")
