"""Lists, and the parts of a whole: 其中, brackets, colons.

A whole is only named where the text leaves no other: after 新收81件,上年结转3件,其中… the parts
may be of both numbers together.
"""

from __future__ import annotations

from index.context import COUNTED, DURATION, EARLIER, SHARE
from index.equations import sum_of
from index.prose.clauses import Item
from index.prose.spelt_out import NEAR, SPELT_OUT, is_spelt_out, leave_nothing_out, spells_out
from index.words.prose import ProseGrammar, load_prose

LEAST_PARTS, LEAST_BARE = 2, 3
"""Numbers that make a list; and one that may be of parts though no word says so."""


def link_lists(items: list[Item]) -> None:
    """Numbers joined by 、, 和 or 及 are one enumeration."""
    for number, item in enumerate(items):
        if item.edge != "list" or item.group is not None or not number:
            continue
        first = items[number - 1].group or items[number - 1]
        first.group = item.group = first


# -- parts -----------------------------------------------------------------------------------


def link_parts(items: list[Item], before: list[Item]) -> None:
    """Fill in the whole of each part; ``before`` are the numbers of the sentences before."""
    grammar = load_prose()
    for number, item in enumerate(items):
        if item.kind not in COUNTED or item.of is not None:
            continue
        if number and grammar.among.search(item.gap):
            last = items[number - 1]
            item.of = last if last.mention.unit == item.mention.unit else None
            continue
        opened = _opens_parts(items, number, grammar) or _within_time(items, number, grammar)
        if not opened:
            continue
        parts = _following_parts(items, number, grammar)
        whole = _whole(items[:number], before, parts, opened)
        if whole is None:
            continue
        parts = _across_semicolons(items, number, whole, grammar) or _closed_by_sum(parts, whole)
        if opened == SPELT_OUT and is_spelt_out(whole, parts, items):
            leave_nothing_out(parts)
        _close_list(parts, whole, opened, grammar)
        if not _is_list_of(parts, whole, opened, items[number - 1]):
            continue
        for part in parts:
            part.of, part.group = whole, item
            if part.when is None or (part is not item and part.when is not whole.when):
                _inherit(part, whole)


def _close_list(parts: list[Item], whole: Item, opened: str, grammar: ProseGrammar) -> None:
    """What the end of a list, or the words round it, say of whether it leaves anything out."""
    close(parts, grammar)
    if grammar.closing_within.search(parts[-1].label):
        _tell_all(parts, whole)
    if opened == "made of":
        _made_of(parts, grammar)


def _is_list_of(parts: list[Item], whole: Item, opened: str, before: Item) -> bool:
    """Whether a list is of its whole where no word says so: then its sum must."""
    if opened == "bare":
        return _tells_all(parts, whole)
    return opened != "told apart" or _makes_up(parts, whole, before)


def close(parts: list[Item], grammar: ProseGrammar) -> None:
    """其他 or 其余 at the end of a list say that it leaves nothing out, or its names together."""
    if len(parts) < LEAST_PARTS:
        return
    if grammar.closing.search(parts[-1].label) or _is_complete(parts, grammar):
        leave_nothing_out(parts)


def _is_complete(parts: list[Item], grammar: ProseGrammar) -> bool:
    return any(
        len(names) == len(parts)
        and all(name.search(part.label) for name, part in zip(names, parts, strict=True))
        for names in grammar.complete
    )


def _tell_all(parts: list[Item], whole: Item) -> None:
    """A list whose last part are several things and all others leaves nothing out."""
    if len(parts) < LEAST_PARTS or sum_of(i.mention.value for i in parts) > whole.mention.value:
        return
    leave_nothing_out(parts)


def _made_of(parts: list[Item], grammar: ProseGrammar) -> None:
    """由A、B、C组成: nothing is left out, and the words round the list are no part of its names."""
    parts[0].label = grammar.made_of.sub("", parts[0].label)
    parts[-1].label = grammar.makes_up.sub("", parts[-1].label)
    leave_nothing_out(parts)


def _tells_all(parts: list[Item], whole: Item) -> bool:
    """Whether a list that no word makes one of parts is: nothing is left out, or hardly anything.

    More than the whole, but little, is worth a question.
    """
    if len(parts) < LEAST_BARE:
        return False
    if parts[-1].exhaustive or _adds_up(parts, whole):
        return True
    over = sum_of(i.mention.value for i in parts) - whole.mention.value
    return 0 < over <= whole.mention.value * NEAR


def _makes_up(parts: list[Item], whole: Item, before: Item) -> bool:
    """Whether three numbers or more are together the one straight before them, to the unit."""
    total = sum_of(i.mention.value for i in parts)
    return whole is before and len(parts) >= LEAST_BARE and total == whole.mention.value


def link_totals(items: list[Item]) -> None:
    """A total after its parts: 网站70条、微信30条,合计100条."""
    grammar = load_prose()
    for number, item in enumerate(items):
        if item.kind not in COUNTED or item.of is not None or item.edge != "stop" or not number:
            continue
        said = grammar.total_after.search(item.own)
        if said is None and grammar.counted_after.search(item.own) is None:
            continue
        parts = _counted_before(items[:number], item)
        # 合计100条 is of what stands there; 合计公开信息100条 may be of more.
        sure = said is not None and said.end() == len(item.own) and len(parts) == number
        parts = _closing_sum(parts, item) or parts
        if len(parts) < LEAST_PARTS or not (sure or _adds_up(parts, item)):
            continue
        for part in parts:
            part.of, part.group, part.exhaustive = item, parts[0], True


def _closing_sum(parts: list[Item], total: Item) -> list[Item]:
    """The last of some numbers, two or more, that are together a total; empty if none are."""
    starts = range(len(parts) - LEAST_PARTS + 1)
    return next((parts[at:] for at in starts if _adds_up(parts[at:], total)), [])


def _counted_before(earlier: list[Item], total: Item) -> list[Item]:
    """The numbers straight before a total that may be its parts: of its unit, of no other whole."""
    parts: list[Item] = []
    for item in reversed(earlier):
        alike = item.mention.unit == total.mention.unit and item.kind is total.kind
        if not alike or item.of is not None or item.when is EARLIER or item.bracket >= 0:
            break
        parts.insert(0, item)
    return parts


def _inherit(part: Item, whole: Item) -> None:
    """A part is of the time and the scope of its whole unless it says otherwise."""
    if part.when is None:
        part.period, part.when, part.year = whole.period, whole.when, whole.year
    if part.scope is None:
        part.scope = whole.scope


def _opens_parts(items: list[Item], number: int, grammar: ProseGrammar) -> str:
    """How parts begin at a number: by a word (其中), in a bracket or after a colon, or "".

    ``spelt out``: 具体为A、B. ``made of``: 由A、B组成. ``bare``: a list straight after a number,
    which may be its whole.
    ``told apart``: the same with commas, which only its sum can show.
    """
    item = items[number]
    lead = item.gap.removesuffix(item.own)
    if spells_out(item, grammar):
        return SPELT_OUT
    if grammar.parts.match(lead) or _begins_with_word(item, grammar):
        return "worded"
    opens = item.bracket >= 0 and bool(item.own) and _is_first_in_bracket(items, number)
    if opens and not grammar.comparing.search(item.outer):
        return "listed"
    lead = lead.strip("|")
    if number and lead.endswith(":") and lead.count(":") == len(lead.strip(":")) + 1:
        return "listed"
    return _opens_list(items, number, grammar)


def _is_first_in_bracket(items: list[Item], number: int) -> bool:
    """Whether a number opens its bracket, a number standing before that."""
    return number > 0 and all(i.bracket != items[number].bracket for i in items[:number])


def _within_time(items: list[Item], number: int, grammar: ProseGrammar) -> str:
    """As `_opens_parts`, where a time stands between: 派单90张,其中两小时内到场的81张."""
    time = items[number - 1] if number else None
    if time is None or time.kind is not DURATION or time.clause != items[number].clause:
        return ""
    return "worded" if _opens_parts(items, number - 1, grammar) == "worded" else ""


def _opens_list(items: list[Item], number: int, grammar: ProseGrammar) -> str:
    """Whether a list that begins at a number is what the number before it is made of."""
    item = items[number]
    if not number or item.edge != "stop" or item.group not in (None, item):
        return ""
    listed = [i for i in items[number:] if i.group is item] if item.group is not None else []
    if items[number - 1].mention.unit != item.mention.unit:
        return ""
    if len(listed) < LEAST_PARTS:
        return "told apart" if item.mention.value < items[number - 1].mention.value else ""
    if grammar.made_of.search(item.own) and grammar.makes_up.search(listed[-1].after):
        return "made of"
    return "bare"


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
    near = [i for i in near if i.kind in COUNTED and i.when is not EARLIER]
    across = not near and not earlier
    if across:
        near = [i for i in _last_sentence(before) if i.kind in COUNTED and i.bracket < 0]
    alike = [i for i in near if i.mention.unit == first.mention.unit]
    exact = [i for i in alike if _adds_up(parts, i)]
    if exact:
        return exact[0] if across else exact[-1]
    if _of_several(alike, parts):
        return None
    if opened == "listed" and near:
        return near[-1]
    if near and not across and near[-1] in alike:
        small = near[-1].mention.value < first.mention.value
        return None if small or _one_of_several(earlier, near[-1]) else near[-1]
    larger = [i for i in alike if i.mention.value >= first.mention.value]
    if larger:
        return larger[-1] if len(larger) == 1 or not across else None
    fits = near and near[-1].kind is first.kind and near[-1].mention.value >= first.mention.value
    return near[-1] if fits else None


def _of_several(alike: list[Item], parts: list[Item]) -> bool:
    """Whether the parts are those of the last numbers together: 新收81件,上年结转3件,其中…."""
    total = sum_of(i.mention.value for i in parts)
    return any(total == sum_of(i.mention.value for i in alike[at:]) for at in range(len(alike) - 1))


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
    for count in range(LEAST_PARTS, len(parts) + 1):
        if sum_of(i.mention.value for i in parts[:count]) == whole.mention.value:
            return all(i.mention.bound is None for i in (*parts[:count], whole))
    return False


def _across_semicolons(
    items: list[Item], number: int, whole: Item, grammar: ProseGrammar
) -> list[Item]:
    """The parts where they go on behind semicolons, each with its share, to the whole's sum.

    Empty where they do not add up to it so.
    """
    parts = _following_parts(items, number, grammar, semicolons=True)
    closed = _closed_by_sum(parts, whole)
    after = [items[at + 1] for at, item in enumerate(items[:-1]) if item in closed]
    shared = len(after) == len(closed) and all(i.kind is SHARE for i in after)
    return closed if shared and _adds_up(closed, whole) else []


def _following_parts(
    items: list[Item], number: int, grammar: ProseGrammar, *, semicolons: bool = False
) -> list[Item]:
    """The first part and those that go on with it, up to where the list ends."""
    first = items[number]
    semicolons |= first.bracket >= 0 or first.gap.removesuffix(first.own).endswith(":")
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
