"""Shares of several reports or of several cells, side by side, ranked, or taken from each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.answer import Answer, Kind, Reason, Role, plain_number
from assistant.answering.compose import (
    checks_of,
    forms_remark,
    refuse_cell,
    refuse_with,
    understood,
)
from assistant.answering.compute import MOST_RANKED, UNTITLED, pair_fields, rounded
from assistant.answering.evidence import Cell, cite
from assistant.answering.wording import say
from assistant.query import Operation, Query

PAIR = 2


class Share(NamedTuple):
    """A cell and what it is a share of."""

    part: Cell
    whole: Cell

    @property
    def known(self) -> bool:
        """Whether both may be stated and the whole is not zero."""
        return self.part.value is not None and bool(self.whole.value)

    @property
    def exact(self) -> Decimal:
        """Per cent, not rounded; of a share that is known."""
        return Decimal(self.part.value or 0) * 100 / Decimal(self.whole.value or 1)

    @property
    def formula(self) -> str:
        """The division and what it comes to, rounded."""
        sides = f"{plain_number(self.part.value or 0)} / {plain_number(self.whole.value or 0)}"
        return f"{sides} * 100 = {plain_number(rounded(self.exact))}"


def shares_answer(query: Query, shares: Sequence[Share]) -> Answer:
    """Several shares, each with its whole; of two reports, how many points they are apart."""
    cells = [cell for share in shares for cell in share]
    flawed = next((c for c in cells if c.value is None), None)
    if flawed is not None:
        return refuse_cell(query, flawed, context=cells)
    empty = next((s for s in shares if not s.known), None)
    if empty is not None:
        message = say("share_of_zero", query.language, **pair_fields(*empty)).lstrip(UNTITLED)
        return refuse_with(query, Reason.OUT_OF_SCOPE, message, cells)
    itself = next((s.part for s in shares if s.part.figures == s.whole.figures), None)
    if itself is not None:
        return share_of_itself(query, itself)
    lines = [_line(query, share) for share in shares]
    formulas = [share.formula for share in shares]
    apart: Decimal | None = None
    if len(shares) == PAIR and shares[0].part.report.id != shares[1].part.report.id:
        high, low = sorted(shares, key=lambda s: s.exact, reverse=True)
        apart = rounded(high.exact - low.exact)
        fields = {"first": high.part.report.title, "second": low.part.report.title}
        name = "shares_apart" if apart else "compare_equal"
        lines.append(say(name, query.language, difference=plain_number(apart), **fields))
        formulas.append(f"{plain_number(rounded(high.exact - low.exact))}")
    asked = query.points and apart is not None
    return Answer(
        kind=Kind.COMPUTED if asked else Kind.COMPARE,
        value=apart if asked else None,
        unit="个百分点" if asked else None,
        formula="; ".join(formulas),
        text="\n".join((*lines, *forms_remark(query, cells))),
        language=query.language,
        figures=tuple(f for c in cells for f in cite(c, Role.INPUT)),
        checks=checks_of(cells),
        understood=understood(query, cells),
    )


def share_of_itself(query: Query, cell: Cell) -> Answer:
    """What is said where part and whole are one: which part is meant was not heard."""
    message = say("share_of_itself", query.language, **pair_fields(cell, cell))
    return refuse_with(query, Reason.OUT_OF_SCOPE, message, [cell])


def rank_shares(query: Query, shares: Sequence[Share], without: Sequence[str]) -> Answer:
    """Reports by a share, of those in which it is known.

    Args:
        query: the question.
        shares: those that are known, at least one.
        without: titles of the reports that are left out.
    """
    falling = query.order == "most"
    ranked = sorted(shares, key=lambda s: s.exact, reverse=falling)
    first = [s for s in ranked if s.exact == ranked[0].exact]
    head = say(
        "ranked_share_most" if falling else "ranked_share_least",
        query.language,
        first="、".join(s.part.report.title for s in first),
        value=plain_number(rounded(ranked[0].exact)),
    )
    lines = [head, *(_line(query, s) for s in ranked[:MOST_RANKED])]
    if without:
        lines.append(say("ranked_without", query.language, reports="；".join(without)))
    cells = [cell for share in ranked for cell in share]
    return Answer(
        kind=Kind.COMPARE,
        formula="; ".join(share.formula for share in ranked),
        text="\n".join((*lines, *forms_remark(query, cells))),
        language=query.language,
        figures=tuple(f for c in cells for f in cite(c, Role.INPUT)),
        checks=checks_of(cells),
        understood=understood(query, cells),
    )


def ranks_shares(query: Query) -> bool:
    """Whether reports are ranked by a share and not by a count: 占比最高的是哪家."""
    return query.operation is Operation.RANK and bool(query.wholes)


def _line(query: Query, share: Share) -> str:
    value = plain_number(rounded(share.exact))
    line = say("computed_share", query.language, value=value, **pair_fields(*share))
    return line.lstrip(UNTITLED)
