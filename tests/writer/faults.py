"""What is wrong with a report as a document: each fault breaks one of its checks (D-…).

A fault changes the paper that is laid out, as its author would have written it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.writer.figures import Figures
from tests.writer.paper import Cell, Line, Paper
from tests.writer.prose import Prose, fill_in, load_words

Fault = Callable[[Paper, Figures, Prose, Random], None]
LAST_DAY = (4, 1)
"""From this day of the next year on every report is late."""
TEXTS, LAST = (0, 4, 5), 5
"""Sections that have no table, from 0, and the last one."""


def sections(paper: Paper) -> list[int]:
    """Where the sections begin among the parts."""
    parts = enumerate(paper.parts)
    return [at for at, p in parts if isinstance(p, Line) and p.kind == "heading"]


def missing_section(paper: Paper, _figures: Figures, _prose: Prose, rng: Random) -> None:
    """A section is left out, stands behind one that follows it, or is printed again at the end."""
    edges, how = [*sections(paper), len(paper.parts)], rng.choice(["out", "moved", "again"])
    number = rng.choice(TEXTS) if how == "again" else rng.randrange(6)
    own = paper.parts[edges[number] : edges[number + 1]]
    if how != "again":
        del paper.parts[edges[number] : edges[number + 1]]
    if how == "moved" and number == LAST:
        paper.parts[edges[LAST - 1] : edges[LAST - 1]] = own
    elif how != "out":
        paper.parts.extend(own)


def mistitled(paper: Paper, _figures: Figures, _prose: Prose, rng: Random) -> None:
    """A section with a title of its own."""
    number = rng.randrange(6)
    heading = paper.parts[sections(paper)[number]]
    assert isinstance(heading, Line)
    heading.text = heading.text[:2] + load_words()["mistitled"][number + 1]


def misnumbered(paper: Paper, _figures: Figures, _prose: Prose, rng: Random) -> None:
    """A section with another number, or numbers that begin anew."""
    headings = [paper.parts[at] for at in sections(paper)]
    first = rng.choice([0, 3, 5])
    for number, heading in enumerate(headings[first:]):
        assert isinstance(heading, Line)
        numeral = {0: "二三四五六七", 3: "一二三", 5: "七"}[first][number]
        heading.text = numeral + heading.text[1:]


def _instead(paper: Paper, prose: Prose, number: int, kind: str, rng: Random) -> None:
    """A sentence of a kind instead of the text of a section."""
    edges = [*sections(paper), len(paper.parts)]
    text = fill_in(rng.choice(load_words()[kind]), prose, rng)
    paper.parts[edges[number - 1] + 1 : edges[number]] = [Line(text)]


def no_fee(paper: Paper, _figures: Figures, prose: Prose, rng: Random) -> None:
    """Section six says nothing of the fee."""
    _instead(paper, prose, 6, "feeless", rng)


def no_notice(paper: Paper, figures: Figures, prose: Prose, rng: Random) -> None:
    """Section six says that no notice of the fee was sent, although some did not pay."""
    if not any(figures.row("t3", "other_no_payment").values()):
        raise ValueError("nobody failed to pay")
    _instead(paper, prose, 6, "unasked", rng)


def empty_five(paper: Paper, _figures: Figures, prose: Prose, rng: Random) -> None:
    """Section five has set phrases alone."""
    _instead(paper, prose, 5, "empty", rng)


def no_topic(paper: Paper, _figures: Figures, _prose: Prose, rng: Random) -> None:
    """Section one leaves the requests out, or says nothing but those."""
    edges = sections(paper)
    requests = paper.parts[edges[0] + 2]
    keep = [requests] if rng.random() < 0.5 else [
        p for p in paper.parts[edges[0] + 1 : edges[1]] if p is not requests
    ]  # fmt: skip
    paper.parts[edges[0] + 1 : edges[1]] = keep


def other_form(_paper: Paper, _figures: Figures, _prose: Prose, _rng: Random) -> None:
    """The form of other years; the year is drawn with the text (`prose.year_of_other_form`)."""


def late(paper: Paper, _figures: Figures, prose: Prose, rng: Random) -> None:
    """A day of publication after every deadline."""
    first = date(prose.year + 1, *LAST_DAY)
    print_day(paper, prose, first + timedelta(days=rng.randrange(250)), rng)


def in_time(paper: Paper, prose: Prose, rng: Random) -> None:
    """A day of publication before every deadline."""
    print_day(paper, prose, date(prose.year + 1, 1, rng.randint(2, 31)), rng)


def print_day(paper: Paper, prose: Prose, day: date, rng: Random) -> None:
    """The day as a site prints it over a report, or a body under it."""
    words = load_words()
    printed = rng.choice(words["days"]).format(y=day.year, m=day.month, d=day.day)
    where = rng.choice(["head", "foot"])
    line = rng.choice(words["dates"][where]).format(day=printed, body=prose.body)
    paper.parts.insert(0 if where == "head" else len(paper.parts), Line(line, "stray"))


def rules(paper: Paper, _figures: Figures, _prose: Prose, rng: Random) -> None:
    """A township reports rules that it has made."""
    cells = [c for c in paper.cells() if c.address.startswith("t2.rules.")]
    cell: Cell = rng.choice(cells)
    cell.text = str(rng.randint(1, 9))


FAULTS: dict[str, Fault] = {
    "D-SECTIONS": missing_section,
    "D-TITLE": mistitled,
    "D-NUMBER": misnumbered,
    "D-FEE": no_fee,
    "D-FEE-T3": no_notice,
    "D-EMPTY": empty_five,
    "D-TOPICS": no_topic,
    "D-FORM": other_form,
    "D-LATE": late,
    "D-RULES": rules,
}
"""By the check that is broken."""
