"""Text that is not a report's own: last year's again, or that of another body.

Sentences are compared by their marks (`index.narrative`), so that thousands of reports are held
against each other without their text. Which bodies' texts may be alike is found by MinHash and
locality-sensitive hashing; what is said of two of them is then counted exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.abstract import Abstract
from index.findings import Place
from index.narrative import Sentence
from index.report import Check, Outcome, Strength, Term
from index.series import Series, body_key
from index.words.across import load_across
from index.words.checks import load_claims

Pair = tuple[Sentence, Sentence]
"""A sentence of a report, and the one of another report that is the same."""

PERMUTATIONS = 64
CANDIDATES = 0.3
"""Similarity (Jaccard, of clauses) from which on two texts are looked at: well below any limit."""
CLOSEST = 5
"""Reports that each is held against: where hundreds are one text, not every pair of them."""


def check_alike(
    abstracts: Sequence[Abstract], *, copied: int | None = None, alike: int | None = None
) -> tuple[Check, ...]:
    """How much of each text is last year's or another body's.

    Args:
        abstracts: of all reports that are to be compared, in any order.
        copied: percent of a report's own sentences that may stand in last year's report; more is
            a warning. None takes that of ``words/across.yaml``.
        alike: the same for the report of another body.

    Returns:
        X-COPIED for each two consecutive reports of a body that have text enough and share a
        sentence (`info` where it holds), X-ALIKE only where the limit is exceeded. The left side
        has the sentences, each with its place (``r-…/prose.p12.s3``), the right side where they
        stand in the other report, one by one; both values are percentages.
    """
    texts = load_across().texts
    return (
        *_copied(abstracts, texts.copied if copied is None else copied),
        *_alike(abstracts, texts.alike if alike is None else alike),
    )


def repeated(later: Abstract, earlier: Abstract) -> tuple[Pair, ...]:
    """Sentences that stand in both texts by their marks (`index.narrative`)."""
    first = {sentence.mark: sentence for sentence in reversed(tuple(earlier.narrative))}
    return tuple((s, first[s.mark]) for s in later.narrative if s.mark in first)


def shared(one: Abstract, other: Abstract) -> tuple[Pair, ...]:
    """Sentences of one text most of whose clauses stand in the other, whatever their numbers."""
    home = {
        clause: sentence
        for sentence in reversed(tuple(other.narrative))
        for clause in sentence.clauses
    }
    pairs = []
    for sentence in one.narrative:
        found = [home[clause] for clause in sentence.clauses if clause in home]
        if len(found) * 2 > len(sentence.clauses):
            pairs.append((sentence, max(found, key=found.count)))
    return tuple(pairs)


def _copied(abstracts: Sequence[Abstract], limit: int) -> Iterator[Check]:
    for later, earlier in Series(abstracts).pairs():
        pairs = repeated(later, earlier)
        if pairs and _long_enough(later) and _long_enough(earlier):
            yield _check("X-COPIED", later, earlier, pairs, limit)


def _alike(abstracts: Sequence[Abstract], limit: int) -> Iterator[Check]:
    """Of each report and each other body, the report that it shares most with."""
    for one, others in _candidates([a for a in abstracts if a.placed and _long_enough(a)]):
        best: dict[str, Check] = {}
        for other in others:
            check = _check("X-ALIKE", one, other, shared(one, other), limit)
            key = body_key(other.body or "")
            if check.outcome is Outcome.FAILS and (
                key not in best or len(check.left) > len(best[key].left)
            ):
                best[key] = check
        yield from best.values()


def _candidates(abstracts: Sequence[Abstract]) -> Iterator[tuple[Abstract, list[Abstract]]]:
    """Reports whose text may be alike another body's of that year or the one before: the closest.

    Nothing is imported where there is only one body.
    """
    if len({body_key(a.body or "") for a in abstracts}) < len(("one", "other")):
        return
    from datasketch import MinHash, MinHashLSH

    by_id = {a.report: a for a in abstracts}
    clauses = (set(a.narrative.clauses) for a in by_id.values())
    sketches = MinHash.generator(clauses, num_perm=PERMUTATIONS, hashfunc=int)
    sketch_of = dict(zip(by_id, sketches, strict=True))
    index = MinHashLSH(threshold=CANDIDATES, num_perm=PERMUTATIONS)
    for report, sketch in sketch_of.items():
        index.insert(report, sketch)
    for report, sketch in sketch_of.items():
        near = [r for r in index.query(sketch) if _may_be_source(by_id[r], by_id[report])]
        near.sort(key=lambda r: (-sketch.jaccard(sketch_of[r]), r))
        yield by_id[report], [by_id[r] for r in near[:CLOSEST]]


def _may_be_source(other: Abstract, one: Abstract) -> bool:
    """Whether a report is another body's, of the same year or the year before."""
    years = (one.year or 0) - (other.year or 0)
    return years in (0, 1) and body_key(other.body or "") != body_key(one.body or "")


def _long_enough(abstract: Abstract) -> bool:
    return len(abstract.narrative) >= load_across().texts.sentences


def _check(code: str, one: Abstract, other: Abstract, pairs: Sequence[Pair], limit: int) -> Check:
    """A finding on one report beside another."""
    claim, total = load_claims("across")[code], len(one.narrative)
    share = (Decimal(100 * len(pairs)) / total).quantize(Decimal("0.1"))
    fails = share > limit
    return Check(
        id=Place("text", "", other.report).id_of(code),
        code=code,
        scope="text",
        scope_label=f"与{other.title}",
        strength=claim.strength if fails else Strength.INFO,
        sentence=claim.zh,
        sentence_en=claim.en,
        left=tuple(_term(one, mine) for mine, _ in pairs),
        right=tuple(_term(other, theirs) for _, theirs in pairs),
        left_value=share,
        right_value=limit,
        difference=share - limit,
        outcome=Outcome.FAILS if fails else Outcome.HOLDS,
        equation=f"{len(pairs)} / {total} 句 = {share}% {'>' if fails else '≤'} {limit}%",
        verifies=False,
        spans=tuple(mine.span for mine, _ in pairs),
    )


def _term(abstract: Abstract, sentence: Sentence) -> Term:
    return Term(
        address=f"{abstract.report}/{sentence.address}",
        label=f"{abstract.year}年·¶{sentence.passage} 第{sentence.number}句",
        value=None,
    )
