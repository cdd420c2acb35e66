"""How the numbers of a sentence hang together: shares and changes; parts are in `prose_parts`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from index.context import (
    CHANGE,
    CHANGES,
    COUNTED,
    EARLIER,
    MULTIPLE,
    SHARE,
    UP_TO,
)
from index.prose.clauses import Item
from index.prose.labels import same_thing, words_of
from index.prose.parts import LEAST_PARTS, close, link_lists, link_parts, link_totals
from index.prose.ranges import base_of, fits
from index.words.prose import ProseGrammar, load_prose, unmarked

NEAR = 12
"""Numbers before a sentence among which its whole may be."""


def link(sentences: list[list[Item]]) -> None:
    """Fill in of, part, base and group of the numbers of a paragraph."""
    before: list[Item] = []
    for items in sentences:
        link_lists(items)
        link_parts(items, before)
        link_totals(items)
        _shares(items, before)
        _changes(items, before)
        before = before + items


# -- shares ----------------------------------------------------------------------------------


def _shares(items: list[Item], before: list[Item]) -> None:
    grammar = load_prose()
    open_shares: list[Item] = []
    for number, item in enumerate(items):
        if item.kind is not SHARE:
            continue
        _share(items, number, before[-NEAR:], grammar)
        if item.part is not None and item.of is None:
            open_shares.append(item)
    if open_shares:
        _common_whole(items, before, open_shares)
    word = grammar.share_word
    listed = [i for i in items if i.kind is SHARE and word in i.label]
    if len(listed) >= LEAST_PARTS and len({id(i.of) for i in listed}) == 1:
        for item in listed:
            item.group = item.group or listed[0]
        close(listed, grammar)


def _share(items: list[Item], number: int, before: list[Item], grammar: ProseGrammar) -> None:
    """What a share is of: 占 with or without a whole, or …占比 with the name of the part."""
    item = items[number]
    if item.part is not None:  # 占比分别为…
        item.of = item.part.of
        return
    if grammar.from_before.of(item.own) or grammar.to_before.of(item.own):
        return  # 占比由3%提高到5%
    earlier = [i for i in items[:number] if i.kind in COUNTED]
    of_its_part = True
    among = item.edge == "number" and not words_of(item.own, grammar)
    if among and earlier and grammar.share_word in earlier[-1].own:
        item.of, item.part = earlier[-1], _last(earlier[:-1], item)
    elif earlier and grammar.parts_word.search(item.own) and not words_of(item.own, grammar):
        item.of = earlier[-1]
    elif (named := grammar.share_named.search(item.own)) is not None:
        item.part = _called(words_of(named["part"], grammar), earlier)
    elif (found := grammar.share_of.search(item.own)) is not None:
        called = item.own[: found.start()]
        item.part = _called(words_of(called, grammar), earlier) if called else _last(earlier, item)
        name = _whole_name(found["whole"], grammar)
        of_its_part = not name
        item.of = _called(name, [i for i in (*before, *earlier) if i is not item.part])
        if found["whole"] and not name and item.part is not None and item.part.of is None:
            item.of = _only_other(earlier, item.part)
    if item.part is not None and item.of is None and of_its_part:
        item.of = item.part.of
    _name_share(item, grammar)


def _name_share(item: Item, grammar: ProseGrammar) -> None:
    """A share is called by its part: 网站占比."""
    if item.part is not None:
        rest = words_of(item.own, grammar).removeprefix(item.part.label)
        named = rest if grammar.share_word in rest else f"{grammar.share_word}{rest}"
        item.label = item.part.label + (named if rest else grammar.share_name)
    elif grammar.share_of.search(item.own):
        item.label = unmarked(item.own, grammar).strip("的")


def _last(earlier: list[Item], item: Item) -> Item | None:
    """The number straight before, not within a bracket that the share is outside of."""
    level = [i for i in earlier if i.bracket <= item.bracket]
    return level[-1] if level else None


def _only_other(earlier: list[Item], part: Item) -> Item | None:
    """What 占总数 is of: the one number of its sentence that the part may be of."""
    others = [i for i in earlier if i is not part and i.mention.unit == part.mention.unit]
    fits = len(others) == 1 and others[0].mention.value >= part.mention.value
    return others[0] if fits and others[0].when is not EARLIER else None


def _whole_name(words: str, grammar: ProseGrammar) -> str:
    """What a share is of, without words for "in all"; "" where only these are there."""
    name = words_of(words, grammar)
    for total in sorted(grammar.total_words, key=len, reverse=True):
        name = name.removesuffix(total)
    return name


def _called(name: str, items: Sequence[Item]) -> Item | None:
    """The count that is called so, one of that very name before others; None where it is open."""
    if len(name) < LEAST_PARTS:
        return None
    counted = [i for i in items if i.kind in COUNTED and i.when is not EARLIER]
    named = [i for i in counted if i.label == name] or [i for i in counted if name in i.label]
    return named[-1] if len({i.mention.value for i in named}) == 1 else None


def _common_whole(items: list[Item], before: list[Item], shares: list[Item]) -> None:
    """The whole that a sentence does not name: the number that most of its shares agree on."""
    near = [i for i in before[-NEAR:] if i.sentence != items[0].sentence] + items
    known = [i.of for i in near if i.kind is SHARE and i.of is not None]
    for whole in [*reversed(known), *(i for i in reversed(near) if i.kind in COUNTED)]:
        told = whole in known
        fitting = [s for s in shares if s.part is not whole and (told or _same_unit(s, whole))]
        beside = [i for i in items if i.kind is SHARE and i.of is whole]
        agree = [s for s in (*fitting, *beside) if _agrees(s, whole)]
        most = len(agree) >= LEAST_PARTS and len(agree) * LEAST_PARTS > len(shares) + len(beside)
        if most or (told and len(agree) == len(shares) + len(beside)):
            for share in fitting:
                share.of, share.implied = whole, True
            return


def _same_unit(share: Item, whole: Item) -> bool:
    return share.part is not None and share.part.mention.unit == whole.mention.unit


def _agrees(share: Item, whole: Item) -> bool:
    if share.part is None or not whole.mention.value:
        return False
    printed = share.mention
    exact = share.part.mention.value * base_of(printed.unit) / whole.mention.value
    return fits(Decimal(printed.value), exact, Decimal(printed.step))


# -- changes ---------------------------------------------------------------------------------


def _changes(items: list[Item], before: list[Item]) -> None:
    grammar = load_prose()
    for number, item in enumerate(items):
        if item.kind is MULTIPLE and grammar.times_of.search(item.own):
            item.of, item.base = _times_of(items[:number])
            continue
        if item.kind not in CHANGES or (item.kind is not CHANGE and not item.direction):
            continue
        if item.of is not None:
            continue  # 同比分别增长…
        earlier = items[:number]
        name = _changing(item, grammar)
        item.of = _changed(earlier, before, name, item)
        item.base = _compared_with(item, earlier, grammar) or _in_bracket(items, number)
        said = unmarked(grammar.scope.sub("", item.own), grammar).removeprefix(item.period or "")
        changed = item.of or item.base
        item.label = f"{changed.label}{said}" if changed is not None and not name else said
        if item.base is not None and not item.base.label:
            item.base.label = item.of.label if item.of is not None else name


def _compared_with(item: Item, earlier: list[Item], grammar: ProseGrammar) -> Item | None:
    """The earlier number of a change: in its own clause, or straight before it.

    A change that says what it is compared with and has no number there has none: 比2019年下降66%.
    """
    last = earlier[-1] if earlier else None
    if last is None:
        return None
    if last.when is EARLIER and (last.mention.span[0] >= item.own_start or item.edge == "number"):
        return last
    if last.when is EARLIER and grammar.year_on_year.search(item.own):
        return last if _is_year_before(last, item.of, grammar) else None
    if grammar.compared.search(item.own):
        return None
    if last.when is EARLIER:
        return last
    return item.of.base if item.of is last else None


def _is_year_before(last: Item, now: Item | None, grammar: ProseGrammar) -> bool:
    """Whether a number is of the year before another's: it says 上年, or both print their years."""
    if last.year is not None:
        return now is not None and now.year is not None and now.year - last.year == 1
    return grammar.last_year.search(last.period or "") is not None


def _times_of(earlier: list[Item]) -> tuple[Item | None, Item | None]:
    """A次,是上年B次的3倍: of what a multiple is, and of which earlier number."""
    if len(earlier) < LEAST_PARTS or earlier[-1].when is not EARLIER:
        return None, None
    before, now = earlier[-1], earlier[-2]
    alike = before.mention.unit == now.mention.unit and now.when is not EARLIER
    return (now, before) if alike else (None, None)


def _in_bracket(items: list[Item], number: int) -> Item | None:
    """The earlier number in a bracket straight after a change: 同比增长10%(上年40件)."""
    after = items[number + 1] if number + 1 < len(items) else None
    if after is None or after.edge != "bracket" or after.when is not EARLIER:
        return None
    straight = after.gap.removesuffix(after.own) == "("
    return after if straight and items[number].of is not None else None


def _changing(item: Item, grammar: ProseGrammar) -> str:
    """What grew or fell, by its own clause; "" where it does not say."""
    words = grammar.change.pattern.sub("", words_of(item.own, grammar))
    return words_of(grammar.comparing.sub("", words), grammar).strip(grammar.comparers)


def _changed(earlier: list[Item], before: list[Item], name: str, change: Item) -> Item | None:
    """The number that changed: the nearest of that name, or the nearest if none is named.

    A change behind a bracket is of none in it: 发布信息90条(不含转载的60条),比上年少3条.
    """
    levels = [
        i
        for i in (*before, *earlier)
        if i.kind not in CHANGES and i.when is not EARLIER and i.mention.bound is not UP_TO
    ]
    if name:
        return next((i for i in reversed(levels) if same_thing(name, i)), None)
    level = [i for i in levels if i.sentence != change.sentence or i.bracket <= change.bracket]
    return level[-1] if level and level[-1] in earlier else None
