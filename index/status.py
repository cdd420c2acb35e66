"""How far things can be trusted: figures, what is recognised about a report, and checks."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far a figure can be trusted; exactly one per figure.

    ``verified``: read with certainty, a hard check covers it and every hard check that
    covers it and can be evaluated holds. ``printed``: read with certainty, no hard check
    covers it. ``failed``: a hard check that covers it does not hold. ``ambiguous``: the
    source leaves the value or its column open; candidates are kept. ``blank``: the cell is
    printed empty, ``/`` or a dash, and no check proves it to be 0.
    """

    VERIFIED = "verified"
    PRINTED = "printed"
    FAILED = "failed"
    AMBIGUOUS = "ambiguous"
    BLANK = "blank"


VERIFIED, PRINTED, FAILED = Status.VERIFIED, Status.PRINTED, Status.FAILED
"""What every figure is asked for; to ask the class for a member takes as long as a call."""
TRUSTED = frozenset({VERIFIED, PRINTED})
"""Statuses that may be stated as an answer."""


class Confidence(StrEnum):
    """How surely something was recognised."""

    SET = "set"  # given by the user: a sidecar file or an option
    CERTAIN = "certain"  # printed where the form puts it (the title, the table's shape)
    LIKELY = "likely"  # printed in running text that is about the report itself
    INFERRED = "inferred"  # concluded from something else that is printed
    UNKNOWN = "unknown"  # the text does not say


class Strength(StrEnum):
    """What a broken check means; only ``hard`` changes a figure's status."""

    HARD = "hard"
    EXPECTED = "expected"
    WARNING = "warning"
    INFO = "info"


HARD = Strength.HARD


class Outcome(StrEnum):
    """Result of one check. Not evaluable: an operand is ambiguous, or blank and not proven 0.

    A check with such an operand fails only where the others beside it are too much already.
    """

    HOLDS = "holds"
    FAILS = "fails"
    NOT_EVALUABLE = "not_evaluable"


HOLDS, FAILS, NOT_EVALUABLE = Outcome.HOLDS, Outcome.FAILS, Outcome.NOT_EVALUABLE
