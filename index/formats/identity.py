"""A relation that a form demands, of one report or of two consecutive ones."""

from __future__ import annotations

from typing import Literal

from index.record import Record
from index.report import Strength

LAST = "last."
"""Stands before a key of the report of the year before."""


class Identity(Record):
    """A relation the form demands, applied over columns, rows or cells of one table.

    ``over: columns``: ``left`` and ``right`` are rows, summed in each column. ``over: rows``:
    they are columns, summed in each row; nothing on the right is 0. ``over: cells``: each value
    is a non-negative whole number (money may have decimals). ``scope`` narrows it to some rows or
    columns; where it holds for the ``whole`` of them, a breach of another is of strength `info`.
    ``relation`` says how the left side stands to the right. ``verifies: false`` marks a relation
    whose holding proves nothing about the value.
    """

    code: str
    strength: Strength
    table: Literal["t2", "t3", "t4", "annex"]
    over: Literal["columns", "rows", "cells"]
    relation: Literal["equal", "at_least"] = "equal"
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    whole: str | None = None
    verifies: bool = True
    zh: str
    en: str
    basis: str


def key_of(key: str) -> tuple[str, bool]:
    """A key of a row or column, and whether it is that of the year before (``last.total``)."""
    return key.removeprefix(LAST), key.startswith(LAST)
