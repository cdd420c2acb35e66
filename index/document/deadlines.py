"""By when a report had to be published: article 49 of the Regulation, or the user's own day."""

from __future__ import annotations

from datetime import date

from index.report import Check, Outcome, Recognised, new_check
from index.words.checks import load_claims
from index.words.document import Kind, load_document_words

FIRST_YEAR = 2019
"""The first report year to which article 49 applies."""


def kind_of(body: str | None) -> Kind | None:
    """What kind of body has this name, None where its name does not tell."""
    if body is None:
        return None
    for group in load_document_words().words.bodies:
        if body.endswith(group.ends):
            return group.kind
    return None


def due_date(kind: Kind | None, year: int) -> date | None:
    """The last day by article 49 for the report of a year.

    None where the article names none: for townships and sub-districts, for bodies that are
    neither governments nor their departments, and for years before it was in force.
    """
    days = load_document_words().words.deadlines
    if kind not in days or year < FIRST_YEAR:
        return None
    month, day = days[kind]
    return date(year + 1, month, day)


def late(
    published: Recognised, kind: Kind | None, year: int | None, due: date | None = None
) -> Check | None:
    """Whether a report was published in time (D-LATE).

    Args:
        published: the day of publication as printed.
        kind: of the body; `kind_of` tells it.
        year: the report's year.
        due: the user's own last day; None asks article 49.

    Returns:
        The check; None where no day is printed or none is due. It is not evaluable where the
        printed day lies before the end of the report's year.
    """
    if published.value is None or year is None:
        return None
    last = due or due_date(kind, year)
    if last is None:
        return None
    claim, day = load_claims("document")["D-LATE"], date.fromisoformat(published.value)
    by = "使用者设定的期限" if due else "规定期限"
    over = (day - last).days
    if day <= date(year, 12, 31):
        outcome, said = Outcome.NOT_EVALUABLE, f"{published.basis}{day}早于{year}年度结束"
    elif over > 0:
        outcome, said = Outcome.FAILS, f"{published.basis}{day} > {by}{last}，晚{over}天"
    else:
        outcome, said = Outcome.HOLDS, f"{published.basis}{day} ≤ {by}{last}"
    return new_check(
        id="D-LATE@published",
        code="D-LATE",
        scope="published",
        scope_label="公布日期",
        strength=claim.strength,
        sentence=claim.zh,
        sentence_en=claim.en,
        left=(),
        right=(),
        left_value=None,
        right_value=None,
        difference=None,
        outcome=outcome,
        equation=said,
        verifies=False,
        spans=(published.span,) if published.span else (),
    )
