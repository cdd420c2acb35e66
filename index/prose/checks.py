"""The checks on running text, all in one list, and what they mean for its figures.

The claims are found by `index.prose.claims`; codes, strengths and wording are data
(``words/checks.yaml``). Like those of the form, checks return findings and never raise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from index.checks import Cover
from index.prose.changes import changes_agree
from index.prose.claims import (
    Finding,
    Text,
    parts_add_up,
    repeated_numbers_agree,
    said_again,
    shares_agree,
    shares_make_a_hundred,
    term,
)
from index.prose.ranges import context_of
from index.record import altered
from index.report import Check, Figure, new_check
from index.status import FAILS, HOLDS
from index.words.checks import Claim, load_claims

PROSE_CHECKS: dict[str, Callable[[Text], Iterator[Finding]]] = {
    "P-PARTS": parts_add_up,
    "P-SHARE": shares_agree,
    "P-SHARES": shares_make_a_hundred,
    "P-CHANGE": changes_agree,
    "P-SAME": repeated_numbers_agree,
}
"""One function for each claim that running text makes about its numbers."""


def check_prose(figures: Sequence[Figure]) -> tuple[tuple[Figure, ...], tuple[Check, ...]]:
    """The numbers of running text with their statuses settled, and the checks on them."""
    text, claims = Text(figures), load_claims("prose")
    checks = tuple(
        _check(claims[code], finding)
        for code, find in PROSE_CHECKS.items()
        for finding in find(text)
    )
    cover = Cover((check, tuple(_covered(text, check))) for check in checks)
    return tuple([_settled(*addressed, cover) for addressed in text.at.items()]), checks


def _covered(text: Text, check: Check) -> Iterator[str]:
    """The numbers that a check covers; of a broken one also where the text says them again."""
    for address in check.addresses:
        yield address
        yield from said_again(text, address) if check.broken else ()


def _settled(address: str, figure: Figure, cover: Cover) -> Figure:
    ids = cover.ids.get(address)
    if ids is None:
        return figure
    status = cover.status(address) or figure.status
    return altered(figure, status=status, checks=tuple(ids))


def _check(claim: Claim, found: Finding) -> Check:
    """A finding as a check, called by the number that is its own: the first part, the share."""
    figure, (first, second) = found.about, found.values
    own = found.right[0] if found.right else figure
    place = f"{own.row}.{own.column}"
    return new_check(
        id=f"{claim.code}@{place}",
        code=claim.code,
        scope=place,
        scope_label=f"¶{figure.row.removeprefix('p')} {figure.row_label}",
        strength=found.strength or claim.strength,
        sentence=claim.zh,
        sentence_en=claim.en,
        left=tuple(term(f) for f in found.left),
        right=tuple(term(f) for f in found.right),
        left_value=first,
        right_value=second,
        difference=first - second if first is not None and second is not None else None,
        outcome=HOLDS if found.holds else FAILS,
        equation=found.said,
        verifies=found.verifies,
        spans=tuple(sorted({context_of(f).sentence for f in (figure, *found.left, *found.right)})),
    )
