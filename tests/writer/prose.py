"""What is said: an invented body, its year, and prose for the six sections.

The sentences are those of ``words.yaml``. Numbers that the tables have too are taken from the
figures, and are off by a little where the order asks for that.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.writer.claims import CLAIMS, claimed, stated
from tests.writer.figures import FORMS, Figures
from tests.writer.order import OF_TEXT, Order

WORDS = Path(__file__).parent / "words.yaml"
PLACEHOLDER = re.compile(r"\{([a-z]+)(?::(\d+)-(\d+))?\}")
CHOICE = re.compile(r"\{([^{}|]+(?:\|[^{}|]+)+)\}")
OVERVIEW = ("disclosure", "requests", "management", "platforms", "supervision")
"""What section one is about, in the order in which reports tell it."""
TEXTS = {1: OVERVIEW, 5: ("problems", "improvements"), 6: ("others",)}
"""Kinds of sentences by section."""
NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class Said:
    """A number of the prose that a table has too: where, and whether both agree."""

    address: str
    printed: str
    agrees: bool


@dataclass(frozen=True)
class Prose:
    """The text of a report. ``title`` is empty where none is printed."""

    body: str
    year: int
    title: str
    preamble: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    said: tuple[Said, ...]


def draw_prose(
    order: Order, figures: Figures, body: str | None = None, year: int | None = None
) -> Prose:
    """Body, year and text of one report; ``body`` and ``year`` None are drawn."""
    rng = order.rng("prose")
    drawn_body, drawn_year = draw_body(order, rng), draw_year(figures, rng)
    if "D-FORM" in order.faults:
        drawn_year = year_of_other_form(order)
    writer = _Writer(figures, body or drawn_body, year or drawn_year, order, rng)
    sections = []
    for section in figures.form.sections:
        heading = f"{NUMERALS[section.number - 1]}、{section.title}"
        kinds = TEXTS.get(section.number, ())
        sections.append((heading, tuple(writer.paragraph(kind) for kind in kinds)))
    if order.states or set(order.broken) & set(OF_TEXT):
        heading, paragraphs = sections[0]
        sections[0] = (heading, (*paragraphs, *writer.claims(order)))
    return Prose(
        body=writer.body,
        year=writer.year,
        title=writer.sentence("titles") if order.titled else "",
        preamble=(writer.sentence("preambles"),),
        sections=tuple(sections),
        said=tuple(writer.said),
    )


def draw_body(order: Order, rng: random.Random) -> str:
    """The name of an invented body of the size ordered."""
    words = load_words()
    pattern: str = rng.choice(words["bodies"][order.size])
    return pattern.format(place=rng.choice(words["places"]))


def draw_year(figures: Figures, rng: random.Random) -> int:
    """A year that the form was prescribed for."""
    first, last = figures.form.years
    return rng.randint(first, last or first + 4)


def year_of_other_form(order: Order) -> int:
    """A year since 2019 for which the form ordered was not prescribed."""
    years = [year for year in range(2019, 2026) if not FORMS[order.form].covers(year)]
    return order.rng("D-FORM").choice(years)


def fill_in(text: str, prose: Prose, rng: random.Random) -> str:
    """A sentence with its names and numbers; it may name no figure of a table."""
    names = _names(prose.body, prose.year, rng)
    return PLACEHOLDER.sub(lambda found: _drawn(found, rng) or names[found[1]], text)


@cache
def load_words() -> dict[str, Any]:
    """The word file."""
    loaded: dict[str, Any] = yaml.safe_load(WORDS.read_text("utf-8"))
    return loaded


class _Writer:
    """Fills sentences in, and remembers which numbers the tables have too."""

    def __init__(
        self, figures: Figures, body: str, year: int, order: Order, rng: random.Random
    ) -> None:
        self.figures, self.body, self.year = figures, body, year
        self.rng, self.wording = rng, order.rng("wording")
        self.said: list[Said] = []
        self.names = _names(body, year, rng)
        self.addresses = _addresses(figures, rng)
        self.wrong = (
            "" if order.agrees else "came"
        )  # the first number of every sentence on requests

    def paragraph(self, kind: str) -> str:
        """One sentence of a kind, or two of them."""
        sentences: list[str] = load_words()[kind]
        count = 1 if kind == "requests" else self.rng.randint(1, min(2, len(sentences)))
        return "".join(self.fill(text) for text in self.rng.sample(sentences, count))

    def claims(self, order: Order) -> Iterator[str]:
        """A sentence for each check of running text, with a number off where it is broken."""
        words, rng = load_words(), order.rng("claims")
        for code in OF_TEXT:
            broken = code in order.broken
            if code in CLAIMS:
                text, numbers = claimed(code, words, rng, broken=broken)
            else:
                text, numbers = stated(code, words, self.figures, rng, broken=broken)
            yield re.sub(r"\{([a-z]+)\}", lambda m, n=numbers: (n | self.names)[m[1]], text)

    def sentence(self, kind: str) -> str:
        """One sentence of a kind."""
        return self.fill(self.rng.choice(load_words()[kind]))

    def fill(self, text: str) -> str:
        """A sentence in words of its own, with its names and numbers."""
        chosen = CHOICE.sub(lambda found: self.wording.choice(found[1].split("|")), text)
        return PLACEHOLDER.sub(self._value, chosen)

    def _value(self, found: re.Match[str]) -> str:
        name, number = found[1], _drawn(found, self.rng)
        if number is not None:
            return number
        if name in self.names:
            return self.names[name]
        if name == "outcome":
            row = self.addresses["settled"].split(".")[1]
            return self.figures.form.t3_rows[row].label
        address = self.addresses[name]
        value = int(self.figures.values[address])
        stated = value + self.rng.randint(1, 7) if name == self.wrong else value
        self.said.append(Said(address, str(stated), stated == value))
        return str(stated)


def _names(body: str, year: int, rng: random.Random) -> dict[str, str]:
    """What sentences call the report's body, place and years."""
    app: str = rng.choice(load_words()["apps"])
    return {
        "body": body,
        "place": body[:2],
        "app": app.format(place=body[:2]),
        "year": str(year),
        "last": str(year - 1),
        "next": str(year + 1),
    }


def _drawn(found: re.Match[str], rng: random.Random) -> str | None:
    """A number within the bounds of a placeholder, None where it has none."""
    name, low, high = found.groups()
    if low is None:
        return None
    number = rng.randint(int(low), int(high))
    return str(number) if name == "n" else f"{number}.{rng.randint(1, 9)}"


def _addresses(figures: Figures, rng: random.Random) -> Mapping[str, str]:
    """Addresses of the figures that sentences name, by what the sentences call them."""
    identities = figures.form.identities
    across = next(i for i in identities if i.table == "t3" and i.over == "rows")
    down = next(
        i for i in identities if i.table == "t3" and i.over == "columns" and len(i.left) == 1
    )
    balance = next(
        i for i in identities if i.table == "t3" and i.over == "columns" and i is not down
    )
    disputes = next(i for i in identities if i.table == "t4" and i.over == "rows")
    total, done = across.left[0], down.left[0]
    outcomes = [row for row in down.right if row in figures.rows]
    return {
        "came": f"t3.{balance.left[0]}.{total}",
        "before": f"t3.{balance.left[1]}.{total}",
        "done": f"t3.{done}.{total}",
        "after": f"t3.{next(k for k in balance.right if k != done)}.{total}",
        "persons": f"t3.{balance.left[0]}.{across.right[0]}",
        "settled": f"t3.{rng.choice(outcomes)}.{total}",
        "reviews": f"t4.{disputes.scope[0]}.{disputes.left[0]}",
    }
