"""Shares of several reports or of several cells, side by side, ranked, or taken from each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.answer import Answer, Kind, Reason, Role, plain_number
from assistant.answering.arithmetic import rounded
from assistant.answering.cell import Cell
from assistant.answering.cell_names import pair_fields, say_of_pair, understood
from assistant.answering.comparing import MOST_RANKED
from assistant.answering.covering import checks_of
from assistant.answering.evidence import cite
from assistant.answering.lines import forms_remark
from assistant.answering.refusing import refuse_flawed, refuse_with
from assistant.answering.wording import say
from assistant.query import PAIR, Operation, Query


class Share(NamedTuple):
    """A cell and what it is a share of."""

    part: Cell
    whole: Cell

    @property
    def known(self) -> bool:
        """Whether both may be stated and the whole is not zero."""
        return self.part.value is not None and bool(self.whole.value)

    @property
    def nested(self) -> bool:
        """Whether the whole is among what its part sums: then it is no part."""
        return set(self.whole.figures) < set(self.part.figures)

    @property
    def askew(self) -> bool:
        """Whether part and whole are of two kinds of applicant, or of two outcomes."""
        of = {f.column for f in self.part.figures}, {f.column for f in self.whole.figures}
        tables = {f.table for f in (*self.part.figures, *self.whole.figures)}
        single = all(len(columns) == 1 and "total" not in columns for columns in of)
        return single and of[0] != of[1] and tables == {"t3"}

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
    flawed = refuse_flawed(query, cells)
    if flawed is not None:
        return flawed
    empty = next((s for s in shares if not s.known), None)
    if empty is not None:
        message = say_of_pair("share_of_zero", query.language, *empty)
        return refuse_with(query, Reason.OUT_OF_SCOPE, message, cells)
    itself = next((s.part for s in shares if s.part.figures == s.whole.figures), None)
    if itself is not None:
        return share_of_itself(query, itself)
    lines = [_line(query, share) for share in shares]
    formulas = [share.formula for share in shares]
    apart: Decimal | None = None
    if len(shares) == PAIR and shares[0].part.report.id != shares[1].part.report.id:
        told, apart = _apart(query, shares)
        lines.append(told)
        formulas.append(plain_number(apart))
    asked = query.points and apart is not None
    answer = _compared(query, cells, lines, formulas)
    if not asked:
        return answer
    stated = {"kind": Kind.COMPUTED, "value": apart, "unit": "个百分点"}
    return answer.model_copy(update=stated)


def _compared(
    query: Query, cells: Sequence[Cell], lines: Sequence[str], formulas: Sequence[str]
) -> Answer:
    """Shares side by side, with the cells they are of."""
    return Answer(
        kind=Kind.COMPARE,
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
    formulas = [share.formula for share in ranked]
    if query.apart is not None and len(ranked) > 1:
        ends = ranked[:PAIR] if query.apart == "next" else [ranked[0], ranked[-1]]
        told, apart = _apart(query, ends)
        lines.append(told)
        formulas.append(plain_number(apart))
    if without:
        lines.append(say("ranked_without", query.language, reports="；".join(without)))
    cells = [cell for share in ranked for cell in share]
    return _compared(query, cells, lines, formulas)


def _apart(query: Query, shares: Sequence[Share]) -> tuple[str, Decimal]:
    """How many points the shares of two reports are apart, in words and as a number."""
    high, low = sorted(shares, key=lambda s: s.exact, reverse=True)
    apart = rounded(high.exact - low.exact)
    fields = {"first": high.part.report.title, "second": low.part.report.title}
    name = "shares_apart" if apart else "compare_equal"
    return say(name, query.language, difference=plain_number(apart), **fields), apart


def ranks_shares(query: Query) -> bool:
    """Whether reports are ranked by a share and not by a count: 占比最高的是哪家."""
    return query.operation is Operation.RANK and bool(query.wholes)


def _line(query: Query, share: Share) -> str:
    value = plain_number(rounded(share.exact))
    return say_of_pair("computed_share", query.language, *share, value=value)
