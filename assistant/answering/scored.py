"""A number of running text, and how well it fits a question."""

from __future__ import annotations

from dataclasses import dataclass

from index.report import Figure, Report


@dataclass(frozen=True)
class Scored:
    """A number of running text and how well it fits.

    ``own`` is what label and clause explain, ``lost`` how many words of the question stand
    nowhere near it, ``of_kind`` whether none is and it is of a kind that was asked for,
    ``unasked`` how many words its label has that were not asked for, ``lumped`` whether it counts
    several things of which only one was, ``contested`` whether a word of the question is the own of
    another number of its sentence. ``beyond`` are words of the question that its
    sentence lacks, ``untold`` those that label, subject, whole and clause do not say, and ``fit``
    is what unit, kind, time and scope speak for it.
    """

    report: Report
    figure: Figure
    score: float
    own: float = 0.0
    lost: int = 0
    of_kind: bool = False
    unasked: int = 0
    lumped: bool = False
    contested: bool = False
    beyond: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()
    fit: float = 0.0
