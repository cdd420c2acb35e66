"""Numbers in running text: where they stand, and what only looks like one.

Works on folded running text (`index.script.fold_running`). What counts as a number and what does
not (years, document numbers, names) is data: ``words/numerals.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.context import DURATION, OTHER
from index.quantities import HEDGE, Mention, counted, hundredths, tenths
from index.words.numerals import HAN, NumberGrammar, load_numerals
from index.words.patterns import CHINESE

BEFORE = 16
"""Characters before a numeral that can make it a date, a rank or part of a name."""
STOPS = frozenset(',;:。、()!?"“”》 ')
"""What may follow a number that has no measure word."""
GLUE, GLUED = " .", re.compile(r"(?:[0-9A-Za-z] |\d\.)\Z")
"""Before a numeral: then it is the rest of something that is not clear."""
COMMA = re.compile(r"\d,\d{3}(?!\d)")
"""A thousand apart from its number: the one or the other may be meant."""
JOINS = re.compile(r"[、和与及]|以及")


def find_numbers(text: str) -> list[Mention]:
    """The numbers of a folded text in reading order."""
    return _mixed_units(_shared_units(text, list(_candidates(text))))


def _candidates(text: str) -> Iterator[Mention]:
    """Numbers one by one; a bare one (kind ``other``, no unit) is still to be judged."""
    grammar = load_numerals()
    names = [m.span() for m in grammar.name.finditer(text)]
    at, name = 0, 0
    while (begin := grammar.start.search(text, at)) is not None:
        start = begin.start()
        while name < len(names) and names[name][1] <= start:
            name += 1
        if name < len(names) and names[name][0] <= start:
            at = names[name][1]
            continue
        match = grammar.number.match(text, start)
        if match is None or _idle(text, match, grammar):
            at = begin.end()
            continue
        masked = _masked(text, start, grammar)
        if masked is not None:
            at = max(masked, _numeral_end(match))
            continue
        mention = _mention(text, match, grammar)
        at = mention.whole[1] if mention is not None else _numeral_end(match)
        if mention is not None:
            yield mention


def _numeral_end(match: re.Match[str]) -> int:
    return match.end("digits") if match["digits"] else match.end("share")


def _idle(text: str, match: re.Match[str], grammar: NumberGrammar) -> bool:
    """Whether a Chinese numeral counts nothing: 一 in 统一 and most others in these texts."""
    if match["part"] or match["digits"][0] not in HAN:
        return False
    if match["unit"] or match["tenths"] or match["more"]:
        return False
    return not (match["scale"] or text.startswith(grammar.words.zero_nouns, match.end()))


def _masked(text: str, start: int, grammar: NumberGrammar) -> int | None:
    """End of what only looks like a number, None where it is one."""
    left, last = max(start - BEFORE, 0), text[start - 1 : start]
    glued = last in GLUE and GLUED.search(text, max(start - 2, 0), start)
    if glued or (last == "," and COMMA.match(text, max(start - 2, 0))):
        return start + 1
    found = grammar.right.match(text, start)
    if found is not None:
        return found.end()
    if last not in grammar.before_ends and CHINESE.match(last):
        return None
    if grammar.before.search(text, left, start) is None:
        return None
    for before, at in grammar.after:
        found = at.match(text, start)
        if found is not None and before.search(text, left, start) is not None:
            return found.end()
    return None


def _mention(text: str, match: re.Match[str], grammar: NumberGrammar) -> Mention | None:
    if match["part"]:
        return hundredths(text, match, grammar)
    if match["tenths"]:
        return tenths(text, match, grammar)
    mention = counted(text, match, grammar)
    if mention is None or not match["digits"][0].isdigit():
        return mention if mention is not None and _han_counts(text, match, mention) else None
    if mention.unit or _bare_counts(text, mention, grammar):
        return mention
    return mention._replace(kind=OTHER) if _joined(text, mention) else None


def _han_counts(text: str, match: re.Match[str], mention: Mention) -> bool:
    """Whether a Chinese numeral is a number here: it needs a measure word, 一 more than that."""
    grammar = load_numerals()
    words, digits, start = grammar.words, match["digits"], match.start()
    if grammar.not_after.search(text, max(start - HEDGE, 0), start) is not None:
        return False
    if digits in "零〇":
        return text.startswith(words.zero_nouns, mention.whole[1])
    if not mention.unit and not match["more"] and not match["scale"]:
        return False
    if len(digits) > 1 or digits in "十百千万亿" or match["scale"]:
        return True
    if digits == "一" and not match["more"]:
        said = grammar.one.search(text, max(start - HEDGE, 0), start)
        return mention.unit in words.one_before or (
            said is not None and mention.unit in words.single_before
        )
    if mention.unit == "年":
        return grammar.year_span.search(text, max(start - HEDGE, 0), start) is not None
    return mention.unit in words.single_before or (match["unit"] or "") in words.halves


def _bare_counts(text: str, mention: Mention, grammar: NumberGrammar) -> bool:
    """Whether a number without a unit counts: 下载量132.9万, 粉丝数54373, 0复议."""
    start, end = mention.span
    if mention.value == 0 and text.startswith(grammar.words.zero_nouns, end):
        return text[start:end] == "0"
    following = text[mention.whole[1] : mention.whole[1] + 1]
    if following and following not in STOPS:
        return False
    left = text[max(mention.whole[0] - BEFORE, 0) : mention.whole[0]]
    return grammar.quantity.search(left) is not None


def _joined(text: str, mention: Mention) -> bool:
    """Whether another numeral follows that may share its unit with this one: 402、251、37件."""
    join = JOINS.match(text, mention.span[1])
    return join is not None and text[join.end() : join.end() + 1].isdigit()


def _shared_units(text: str, mentions: list[Mention]) -> list[Mention]:
    """Bare numbers take the unit of the number they are joined to, or are none."""
    result: list[Mention] = []
    for mention in reversed(mentions):
        if mention.kind is not OTHER or mention.unit:
            result.append(mention)
            continue
        following = result[-1] if result else None
        join = JOINS.match(text, mention.span[1])
        if following is None or join is None or join.end() != following.whole[0]:
            continue
        result.append(mention._replace(unit=following.unit, kind=following.kind))
    return result[::-1]


def _mixed_units(mentions: list[Mention]) -> list[Mention]:
    """3小时20分 is one time."""
    result: list[Mention] = []
    for mention in mentions:
        last = result[-1] if result else None
        joined = _together(last, mention) if last is not None else None
        if joined is not None:
            result[-1] = joined
        else:
            result.append(mention)
    return result


def _together(first: Mention, second: Mention) -> Mention | None:
    if first.whole[1] != second.whole[0]:
        return None
    for mixed in load_numerals().words.mixed:
        if first.unit in mixed.major and second.unit in mixed.minor:
            return first._replace(
                span=(first.span[0], second.whole[1]),
                whole=(first.whole[0], second.whole[1]),
                value=first.value * mixed.factor + second.value,
                unit=mixed.unit,
                kind=DURATION,
                hedge=first.hedge or second.hedge,
                bound=first.bound or second.bound,
            )
    return None
