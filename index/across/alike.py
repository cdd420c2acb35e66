"""Text that is not a report's own: last year's again, or that of another body.

Sentences are compared by their marks (`index.across.narrative`), so that thousands of reports are
held against each other without their text. Which bodies' texts may be alike is found by MinHash and
locality-sensitive hashing; what is said of two of them is then counted exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.across.abstract import Abstract
from index.across.findings import Place
from index.across.narrative import Sentence
from index.across.series import Series, body_key
from index.report import Check, Outcome, Strength, Term
from index.words.across import load_across
from index.words.checks import load_claims

Pair = tuple[Sentence, Sentence]
"""A sentence of a report, and the one of another report that is the same."""

TENTH = Decimal("0.1")
PERMUTATIONS = 64
CANDIDATES = 0.3
"""Similarity (Jaccard, of clauses) from which on two texts are looked at: well below any limit."""
CLOSEST = 5
"""Reports that each is held against: where hundreds are one text, not every pair of them."""


def check_alike(
    abstracts: Sequence[Abstract], *, copied: int | None = None, alike: int | None = None
) -> Iterator[Check]:
    """How much of each text is last year's or another body's, one check after the other.

    Args:
        abstracts: of all reports that are to be compared, in any order.
        copied: percent of a report's own sentences that may stand in last year's report; more is
            a warning. None takes that of ``words/across.yaml``.
        alike: the same for the report of another body.

    Yields:
        X-COPIED for each two consecutive reports of a body that have text enough and share a
        sentence (`info` where it holds), X-ALIKE only where the limit is exceeded, one of a report
        with its closest bodies. The left side has the sentences, each with its place
        (``r-…/prose.p12.s3``), the right side where they stand in the (closest) other report, one
        by one; both values are percentages.
    """
    texts = load_across().texts
    yield from _copied(abstracts, texts.copied if copied is None else copied)
    yield from _alike(abstracts, texts.alike if alike is None else alike)


def repeated(later: Abstract, earlier: Abstract) -> tuple[Pair, ...]:
    """Sentences that stand in both texts by their marks (`index.across.narrative`)."""
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
    """Of each report whose text is that of other bodies, one check; it shows the closest."""
    for one, others in _candidates([a for a in abstracts if a.placed and _long_enough(a)]):
        best: dict[str, tuple[Abstract, Sequence[Pair]]] = {}
        for other in others:
            pairs, key = shared(one, other), body_key(other.body or "")
            if _share(pairs, one) > limit and (key not in best or len(pairs) > len(best[key][1])):
                best[key] = other, pairs
        if best:
            closest, *further = sorted(best.values(), key=lambda found: -len(found[1]))
            check = _check("X-ALIKE", one, *closest, limit)
            said = [f"与{other.title} {_share(pairs, one)}%" for other, pairs in further]
            yield check.model_copy(update={"equation": "；".join((check.equation, *said))})


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
    claim, share = load_claims("across")[code], _share(pairs, one)
    fails = share > limit
    sign = ">" if fails else "≤"
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
        equation=f"{len(pairs)} / {len(one.narrative)} 句 = {share}% {sign} {limit}%",
        verifies=False,
        spans=tuple(mine.span for mine, _ in pairs),
    )


def _share(pairs: Sequence[Pair], one: Abstract) -> Decimal:
    """Percent of a report's own sentences."""
    return (Decimal(100 * len(pairs)) / len(one.narrative)).quantize(TENTH)


def _term(abstract: Abstract, sentence: Sentence) -> Term:
    return Term(
        address=f"{abstract.report}/{sentence.address}",
        label=f"{abstract.year}年·¶{sentence.passage} 第{sentence.number}句",
        value=None,
    )
