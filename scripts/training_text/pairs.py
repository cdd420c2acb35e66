"""The hand-written text beside this file, and the pairs that training is made of."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import torch
import yaml
from tokenizers import Tokenizer

BATCH = 256
SCRAPS = 128
DROPPED = 0.1  # share of tokens left out at each look, so that no single word decides
FRAMED = 0.5  # share of questions that stand in a frame: a body, a year, words of asking
JOINED = 0.4  # share of passages that go on about something else
FORMS = {"ask": 0.6, "english": 0.25, "say": 0.15}  # what stands for the question

HAN = re.compile(r"[\u4e00-\u9fff]+")
SYLLABLES = [
    "bai",
    "chang",
    "dong",
    "feng",
    "gu",
    "hai",
    "jin",
    "kun",
    "lin",
    "ming",
    "nan",
    "ping",
    "qing",
    "shan",
    "tai",
    "wu",
    "xin",
    "yang",
    "zhou",
]
BODIES = [
    "市",
    "县",
    "区",
    "镇",
    "街道",
    "教育局",
    "民政局",
    "水利局",
    "财政局",
    "人民政府",
    "行政审批局",
    "管委会",
    "统计局",
    "办公室",
]
YEARS = [str(year) for year in range(2008, 2036)]

Pair = tuple[Any, Any, set[Any]]
"""Two texts (or lists of token ids) that mean the same, and marks of what they mean."""


@dataclass
class Fact:
    """One thing a report may say: how it is printed, how it is asked for, in both languages."""

    say: list[str]
    ask: list[str]
    english: list[str]
    topic: str


@dataclass
class Texts:
    """All that is written in this folder."""

    facts: list[Fact] = field(default_factory=list)
    groups: list[list[str]] = field(default_factory=list)
    english: list[list[str]] = field(default_factory=list)
    domain: list[str] = field(default_factory=list)
    asking: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    frames_en: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Every line, of whatever kind."""
        for fact in self.facts:
            yield from itertools.chain(fact.say, fact.ask, fact.english)
        yield from itertools.chain(*self.groups, *self.english, self.frames, self.frames_en)


def read_texts(folder: Path, shared: Path) -> Texts:
    """Read the folder, and the word lists that the index has too (``shared``).

    In most files a line holds variants parted by ``|``.
    """

    def load(name: str) -> Any:
        home = folder if (folder / name).exists() else shared
        return yaml.safe_load((home / name).read_text("utf-8"))

    def variants(line: str) -> list[str]:
        return [part.strip() for part in line.split("|")]

    words = load("words.yaml")
    texts = Texts(frames=words["frames"], frames_en=words["frames_en"])
    texts.domain, texts.asking = words["domain"].split(), words["asking"].split()
    for path in [*sorted((folder / "facts").glob("*.yaml")), folder / "form.yaml"]:
        for entry in yaml.safe_load(path.read_text("utf-8")):
            texts.facts.append(Fact(*(variants(entry[k]) for k in ("say", "ask", "en")), path.stem))
    for name in ("synonyms.yaml", "plain.yaml"):
        texts.groups += [variants(line) for group in load(name).values() for line in group]
    texts.english = [variants(line) for line in load("english.yaml")]
    return texts


class Pairs:
    """Endless batches of pairs that mean the same, each batch of one kind."""

    KINDS = ("facts", "facts", "swaps", "groups", "facts", "english", "scraps")

    def __init__(
        self, texts: Texts, tokenizer: Tokenizer, places: Sequence[str], seed: int
    ) -> None:
        """Keep the texts; all chance comes from one seeded generator."""
        self.texts = texts
        self.tokenizer = tokenizer
        self.places = list(places)
        self.draw = random.Random(seed)
        self.group_of = {m: g for g in texts.groups for m in g if len(m) > 1 and HAN.fullmatch(m)}
        self.encoded = cache(lambda text: tokenizer.encode(text).ids)
        self.members_in = cache(lambda line: [m for m in self.group_of if m in line])

    def batch(self, step: int) -> tuple[list[list[int]], list[list[int]], torch.Tensor]:
        """Token ids of both sides, and which other pairs mean the same and are no negatives."""
        made = getattr(self, self.KINDS[step % len(self.KINDS)])()
        sides = [(self.ids(left), self.ids(right), marks) for left, right, marks in made]
        kept = [side for side in sides if side[0] and side[1]]
        same = torch.tensor([[not a[2].isdisjoint(b[2]) for b in kept] for a in kept])
        return [k[0] for k in kept], [k[1] for k in kept], same.fill_diagonal_(False)

    def ids(self, text: str | list[int]) -> list[int]:
        """Token ids without the unknown, some of them dropped."""
        found = [i for i in (text if isinstance(text, list) else self.encoded(text)) if i]
        return [i for i in found if self.draw.random() > DROPPED] or found

    def facts(self) -> list[Pair]:
        """Questions against passages; a passage may go on about something else."""
        made: list[Pair] = []
        for i in self.some(range(len(self.texts.facts))):
            fact, marks = self.texts.facts[i], {i}
            form = self.draw.choices(list(FORMS), list(FORMS.values()))[0]
            asked = self.framed(self.draw.choice(getattr(fact, form)), form)
            said = self.draw.choice(fact.say)
            if self.draw.random() < JOINED:
                j = self.draw.randrange(len(self.texts.facts))
                other = self.draw.choice(self.texts.facts[j].say)
                said = self.draw.choice((f"{said}。{other}", f"{other}。{said}"))
                marks.add(j)
            made.append((self.filled(asked), self.filled(said), marks))
        return made

    def swaps(self) -> list[Pair]:
        """A line, and the same line with up to three words put in other words."""
        made: list[Pair] = []
        for i in self.some(range(len(self.texts.facts))):
            line = self.draw.choice(self.texts.facts[i].say + self.texts.facts[i].ask)
            found, other = self.members_in(line), line
            for member in self.draw.sample(found, min(3, len(found))):
                choices = [m for m in self.group_of[member] if HAN.fullmatch(m)]
                other = other.replace(member, self.draw.choice(choices))
            made.append((self.filled(line), self.filled(other), {i}))
        return made

    def groups(self) -> list[Pair]:
        """Two members of a group of synonyms."""
        return [(*self.draw.sample(g, 2), set(g)) for g in self.some(self.texts.groups)]

    def english(self) -> list[Pair]:
        """An English word and its Chinese, or another form of it."""
        return [(*self.draw.sample(g, 2), set(g)) for g in self.some(self.texts.english)]

    def scraps(self) -> list[Pair]:
        """A few words against many that hold them: keeps every word telling itself apart."""
        made: list[Pair] = []
        for i in range(SCRAPS):
            many = self.draw.sample(range(1, self.tokenizer.get_vocab_size()), 9)
            made.append((many[: self.draw.randint(1, 4)], many, {i}))
        return made

    def some(self, items: Sequence[Any]) -> list[Any]:
        """A batch of them, in random order."""
        return self.draw.sample(items, min(BATCH, len(items)))

    def framed(self, text: str, form: str) -> str:
        """The question as it might stand in a longer one, now and then."""
        if form == "say" or self.draw.random() > FRAMED:
            return text
        if form == "english":
            body = "".join(self.draw.choices(SYLLABLES, k=2))
            frame = self.draw.choice(self.texts.frames_en)
        else:
            body = self.draw.choice(self.places) + self.draw.choice(BODIES)
            frame = self.draw.choice(self.texts.frames)
        frame = frame.replace("<b>", body).replace("<y>", self.draw.choice(YEARS))
        return frame.replace("<x>", text)

    def filled(self, text: str) -> str:
        """Numbers, shares and amounts of money for the blanks of a template."""
        draw = self.draw
        text = re.sub("<n>", lambda _: str(draw.randint(1, 10 ** draw.randint(1, 4))), text)
        text = re.sub("<p>", lambda _: f"{draw.randint(100, 999) / 10}%", text)
        return re.sub("<m>", lambda _: f"{draw.randint(10, 9999) / 100}亿元", text)
