"""Lists, and the parts of a whole: 其中, brackets, colons.

A whole is only named where the text leaves no other: after 新收81件,上年结转3件,其中… the parts
may be of both numbers together.
"""

from __future__ import annotations

from index.checks import sum_of
from index.context import COUNTED, When
from index.prose_clauses import Item
from index.words.prose import ProseGrammar, load_prose

LEAST_PARTS = 2
"""Numbers that make a list."""


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
        close(parts, grammar)


def close(parts: list[Item], grammar: ProseGrammar) -> None:
    """其他 and 其余 at the end of a list say that it leaves nothing out."""
    if len(parts) >= LEAST_PARTS and grammar.closing.search(parts[-1].label):
        for part in parts:
            part.exhaustive = True


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
    if grammar.parts.match(lead) or _begins_with_word(item, grammar):
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
