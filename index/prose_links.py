"""How the numbers of a sentence hang together: parts of a whole, shares, changes, lists."""

from __future__ import annotations

from decimal import Decimal

from index.context import Bound, FigureKind, When
from index.numbers import Mention
from index.prose_clauses import Item
from index.prose_labels import LIST_MARK, same_thing, words_of
from index.record import Number
from index.words.prose import ProseGrammar, load_prose

COUNTED = (FigureKind.COUNT, FigureKind.MONEY)
CHANGES = (FigureKind.CHANGE, FigureKind.POINTS, FigureKind.MULTIPLE)
LEAST_PARTS, NEAR = 2, 12
"""Numbers that make a list; numbers before a sentence among which its whole may be."""
HUNDRED = 100


def link(sentences: list[list[Item]]) -> None:
    """Fill in of, part, base and group of the numbers of a paragraph."""
    before: list[Item] = []
    for items in sentences:
        _lists(items)
        _parts(items, before)
        _shares(items, before)
        _changes(items, before)
        before = before + items


def _lists(items: list[Item]) -> None:
    """Numbers joined by 、, 和 or 及 are one enumeration."""
    for number, item in enumerate(items):
        if item.edge != "list" or item.group is not None or not number:
            continue
        first = items[number - 1].group or items[number - 1]
        first.group = item.group = first


# -- parts -----------------------------------------------------------------------------------


def _parts(items: list[Item], before: list[Item]) -> None:
    grammar = load_prose()
    for number, item in enumerate(items):
        if item.kind not in COUNTED or item.of is not None:
            continue
        if number and grammar.among.search(item.gap):
            last = items[number - 1]
            item.of = last if last.mention.unit == item.mention.unit else None
            continue
        opened = _opens_parts(items, number, grammar)
        if not opened:
            continue
        parts = _following_parts(items, number, grammar)
        whole = _whole(items[:number], before, parts, opened)
        if whole is None:
            continue
        parts = _closed_by_sum(parts, whole)
        for part in parts:
            part.of, part.group = whole, item
            if part.when is None or (part is not item and part.when is not whole.when):
                _inherit(part, whole)
        item.closed = len(parts) >= LEAST_PARTS and (
            bool(grammar.closing.search(parts[-1].label)) or opened == "listed"
        )


def _inherit(part: Item, whole: Item) -> None:
    """A part is of the time and the scope of its whole unless it says otherwise."""
    if part.when is None:
        part.period, part.when, part.year = whole.period, whole.when, whole.year
    if part.scope is None:
        part.scope = whole.scope


def _opens_parts(items: list[Item], number: int, grammar: ProseGrammar) -> str:
    """How parts begin at a number: ``worded`` (其中), ``listed`` (a bracket, a colon), or ""."""
    item = items[number]
    lead = item.gap.removesuffix(item.own)
    if grammar.parts.search(lead) or _begins_with_word(item, grammar):
        return "worded"
    first = number > 0 and all(i.bracket != item.bracket for i in items[:number])
    if item.bracket >= 0 and first and item.own and not grammar.comparing.search(item.outer):
        return "listed"
    lead = lead.strip("|")
    return (
        "listed"
        if number and lead.endswith(":") and lead.count(":") == len(lead.strip(":")) + 1
        else ""
    )


def _begins_with_word(item: Item, grammar: ProseGrammar) -> bool:
    return item.edge in {"stop", "bracket", "start"} and bool(grammar.parts_word.match(item.own))


def _whole(earlier: list[Item], before: list[Item], parts: list[Item], opened: str) -> Item | None:
    """The number whose parts these are, None where the text leaves it open.

    One that they add up to, else the nearest, or the nearest of the part's unit. After a list
    (建议8件、提案12件,其中主办…) the parts may be of all its numbers together. In the sentence
    before, the only one that is no smaller than the first part.
    """
    first = parts[0]
    near = [i for i in earlier if i.bracket <= first.bracket]
    near = [i for i in near if i.kind in COUNTED and i.when is not When.EARLIER]
    across = not near and not earlier
    if across:
        near = [i for i in _last_sentence(before) if i.kind in COUNTED and i.bracket < 0]
    alike = [i for i in near if i.mention.unit == first.mention.unit]
    exact = [i for i in alike if _adds_up(parts, i)]
    if exact:
        return exact[0] if across else exact[-1]
    if opened == "listed" and near:
        return near[-1]
    if near and not across and near[-1] in alike:
        return None if _one_of_several(earlier, near[-1]) else near[-1]
    larger = [i for i in alike if i.mention.value >= first.mention.value]
    if larger:
        return larger[-1] if len(larger) == 1 or not across else None
    fits = near and near[-1].kind is first.kind and near[-1].mention.value >= first.mention.value
    return near[-1] if fits else None


def _one_of_several(earlier: list[Item], whole: Item) -> bool:
    """Whether a number stands in a list with others of its unit."""
    at = earlier.index(whole)
    while at and earlier[at].edge == "list":
        at -= 1
        if earlier[at].mention.unit == whole.mention.unit:
            return True
    return False


def _last_sentence(before: list[Item]) -> list[Item]:
    return [i for i in before if i.sentence == before[-1].sentence] if before else []


def _adds_up(parts: list[Item], whole: Item) -> bool:
    """Whether the first parts, two or more, are together the whole, to the unit."""
    total: Number = 0
    for count, part in enumerate(parts, 1):
        total += part.mention.value
        if count >= LEAST_PARTS and total == whole.mention.value:
            return all(i.mention.bound is None for i in (*parts[:count], whole))
    return False


def _following_parts(items: list[Item], number: int, grammar: ProseGrammar) -> list[Item]:
    """The first part and those that go on with it, up to where the list ends."""
    first = items[number]
    semicolons = first.bracket >= 0 or first.gap.removesuffix(first.own).endswith(":")
    parts, gap = [first], ""
    for item in items[number + 1 :]:
        gap += item.gap
        if item.bracket > first.bracket:
            continue
        if item.bracket < first.bracket:
            break
        if item.kind not in COUNTED:
            continue
        ends = ";" in gap and not semicolons
        if ends or item.mention.unit != first.mention.unit or not _may_be_part(item, grammar):
            break
        parts.append(item)
        gap = ""
    return parts


def _may_be_part(item: Item, grammar: ProseGrammar) -> bool:
    return bool(item.label) and grammar.not_part.search(item.own) is None


def _closed_by_sum(parts: list[Item], whole: Item) -> list[Item]:
    """The parts up to where they add up to the whole; all of them where they never do."""
    for count in range(LEAST_PARTS, len(parts)):
        if _adds_up(parts[:count], whole):
            return parts[:count]
    return parts


# -- shares ----------------------------------------------------------------------------------


def _shares(items: list[Item], before: list[Item]) -> None:
    grammar = load_prose()
    open_shares: list[Item] = []
    for number, item in enumerate(items):
        if item.kind is not FigureKind.SHARE:
            continue
        _share(items, number, before[-NEAR:], grammar)
        if item.part is not None and item.of is None:
            open_shares.append(item)
    if open_shares:
        _common_whole(items, before, open_shares)


def _share(items: list[Item], number: int, before: list[Item], grammar: ProseGrammar) -> None:
    """What a share is of: 占 with or without a whole, or …占比 with the name of the part."""
    item = items[number]
    earlier = [i for i in items[:number] if i.kind in COUNTED]
    if item.edge == "number" and item.own.startswith("的") and earlier and "占" in earlier[-1].own:
        item.of = earlier[-1]
        item.part = _last(earlier[:-1], item)
    elif earlier and grammar.parts_word.search(item.own) and not words_of(item.own, grammar):
        item.of = earlier[-1]
    elif (named := grammar.share_named.search(item.own)) is not None:
        name = words_of(named["part"], grammar)
        item.part = next((i for i in reversed(earlier) if same_thing(name, i)), None)
    elif (found := grammar.share_of.search(item.own)) is not None:
        if not item.own[: found.start()]:
            item.part = _last(earlier, item)
        item.of = _named_whole([*before, *earlier], found["whole"], item.part, grammar)
    if item.part is not None and item.of is None:
        item.of = item.part.of
    if item.part is None and grammar.share_of.search(item.own):
        item.label = LIST_MARK.sub("", item.own).strip("的")
    elif item.part is not None:
        rest = words_of(item.own, grammar).removeprefix(item.part.label)
        item.label = f"{item.part.label}{'占' if '占' not in rest else ''}{rest or '比'}"


def _last(earlier: list[Item], item: Item) -> Item | None:
    """The number straight before, not within a bracket that the share is outside of."""
    level = [i for i in earlier if i.bracket <= item.bracket]
    return level[-1] if level else None


def _named_whole(
    earlier: list[Item], words: str, part: Item | None, grammar: ProseGrammar
) -> Item | None:
    name = words_of(words, grammar)
    for total in sorted(grammar.total_words, key=len, reverse=True):
        name = name.removesuffix(total)
    if len(name) < LEAST_PARTS:
        return None
    counted = [i for i in earlier if i.kind in COUNTED and i is not part]
    return next((i for i in reversed(counted) if same_thing(name, i)), None)


def _common_whole(items: list[Item], before: list[Item], shares: list[Item]) -> None:
    """The whole that a sentence does not name: the number that most of its shares agree on."""
    near = [i for i in before[-NEAR:] if i.sentence != items[0].sentence] + items
    known = [i.of for i in near if i.kind is FigureKind.SHARE and i.of is not None]
    for whole in [*reversed(known), *(i for i in reversed(near) if i.kind in COUNTED)]:
        agree = [s for s in shares if s.part is not whole and _agrees(s, whole)]
        most = len(agree) >= LEAST_PARTS and len(agree) * LEAST_PARTS > len(shares)
        if most or (len(agree) == len(shares) and whole in known):
            for share in shares:
                share.of = whole
            return


def _agrees(share: Item, whole: Item) -> bool:
    if share.part is None or not whole.mention.value:
        return False
    exact = share.part.mention.value * Decimal(HUNDRED) / whole.mention.value
    return agrees(share.mention, exact)


def agrees(printed: Mention, exact: Decimal) -> bool:
    """Whether a printed percentage is an exact one, rounded or cut off at its last digit."""
    step = Decimal(printed.step)
    difference = exact - printed.value
    return -step / 2 <= difference < step


# -- changes ---------------------------------------------------------------------------------


def _changes(items: list[Item], before: list[Item]) -> None:
    grammar = load_prose()
    for number, item in enumerate(items):
        if item.kind not in CHANGES or (item.kind is not FigureKind.CHANGE and not item.direction):
            continue
        earlier = items[:number]
        name = _changing(item, grammar)
        item.of = _changed(earlier, before, name)
        since = earlier.index(item.of) + 1 if item.of in earlier else max(number - 1, 0)
        item.base = next((i for i in reversed(earlier[since:]) if i.when is When.EARLIER), None)
        if item.of is not None and not name:
            item.label = f"{item.of.label}{item.own}"
        if item.base is not None and not item.base.label:
            item.base.label = item.of.label if item.of is not None else name


def _changing(item: Item, grammar: ProseGrammar) -> str:
    """What grew or fell, by its own clause; "" where it does not say."""
    words = grammar.change.sub("", words_of(item.own, grammar))
    return words_of(grammar.comparing.sub("", words), grammar).strip("比较同")


def _changed(earlier: list[Item], before: list[Item], name: str) -> Item | None:
    """The number that changed: the nearest of that name, or the nearest if none is named."""
    levels = [
        i
        for i in (*before, *earlier)
        if i.kind not in CHANGES
        and i.when is not When.EARLIER
        and i.mention.bound is not Bound.UP_TO
    ]
    if name:
        return next((i for i in reversed(levels) if same_thing(name, i)), None)
    return levels[-1] if levels and levels[-1] in earlier else None
