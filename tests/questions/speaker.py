"""Who asks: chooses words for cells, bodies and years, and makes a whole question of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from index.script import to_traditional
from tests.questions.spots import Spot

SLIPPED, TAIWAN = 0.03, 0.5
"""Shares of the Chinese questions with a slip, and of traditional ones with words of Taiwan."""
DIGITS_ZH = "〇一二三四五六七八九"


@dataclass
class Speaker:
    """Chooses words in one language; what it chose is kept in ``phrasings``."""

    rng: random.Random
    lang: str
    words: dict[str, Any]
    phrasings: list[str]

    @property
    def key(self) -> str:
        return "en" if self.lang == "en" else "zh"

    def pick(self, *path: str) -> str:
        node = self.words
        for part in path:
            node = node[part]
        return str(self.rng.choice(node[self.key]))

    def knows(self, spot: Spot) -> bool:
        if spot.table == "t2":
            return f"{spot.row}.{spot.column}" in self.words["t2"]
        return spot.table != "t3" or spot.row in self.words["t3"]

    def noted(self, name: str, text: str) -> str:
        self.phrasings.append(f"{name}: {text}")
        return text

    def what(self, spot: Spot) -> str:
        """A name of a cell."""
        if spot.table == "t2":
            name = f"{spot.row}.{spot.column}"
            return self.noted(f"t2.{name}", self.pick("t2", name))
        if spot.table == "t4":
            block = self.noted(f"t4.{spot.row}", self.pick("blocks", spot.row))
            if spot.column == "total":
                return block
            outcome = self.noted(f"t4.*.{spot.column}", self.pick("outcomes", spot.column))
            return self.pick("of_block").format(block=block, outcome=outcome)
        row = self.noted(f"t3.{spot.row}", self.pick("t3", spot.row))
        if spot.column == "total":
            return row
        column = self.noted(f"t3.*.{spot.column}", self.pick("columns", spot.column))
        return self.noted("by_column", self.pick("by_column")).format(what=row, column=column)

    def body(self, spot: Spot) -> str:
        name = (
            spot.report if spot.report in self.words["bodies"] else spot.report.rpartition("-")[0]
        )
        return self.noted("body", self.pick("bodies", name))

    def year(self, year: int) -> str:
        if self.lang == "en":
            return str(year)
        spelt = "".join(DIGITS_ZH[int(d)] for d in str(year))
        wide = "".join(chr(ord(d) + 0xFEE0) for d in str(year))
        ways = {
            "2021年": f"{year}年",
            "2021年度": f"{year}年度",
            "21年": f"{year % 100}年",
            "二〇二一年": f"{spelt}年",
            "二零二一年": f"{spelt.replace('〇', '零')}年",
            "2021": f"{year}",
            "２０２１年": f"{wide}年",
        }
        name = self.rng.choice([*ways, "2021年", "2021年", "2021"])
        self.phrasings.append(f"year: {name}")
        return ways[name]

    def sentence(self, form: str, **parts: str) -> str:
        """A whole question: a form filled, politeness, a slip, the script."""
        template = self.noted(form, self.pick(form))
        text = template.format(**parts).replace("的的", "的").replace("在里", "")
        text = text.replace("  ", " ").removeprefix("，")
        opening, ending = self.pick("openings"), self.pick("endings")
        if self.lang == "en":
            text = opening + text + ending
            return text[0].upper() + text[1:]
        text = opening + text + ending
        if self.rng.random() < SLIPPED:
            slips = [(a, b) for a, b in self.words["slips"].items() if a in text]
            if slips:
                right, wrong = self.rng.choice(slips)
                text = text.replace(right, self.noted("slip", wrong), 1)
        if self.lang == "zh-Hans":
            return text
        text = to_traditional(text)
        if self.rng.random() < TAIWAN:
            for ours, theirs in self.words["taiwan"].items():
                text = text.replace(to_traditional(ours), theirs)
        return text
