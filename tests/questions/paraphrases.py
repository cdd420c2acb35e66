"""A generator of paraphrased questions over the sample reports, each with its exact expectation.

The truth is tests/golden, the words are phrasings.yaml and asking.yaml; no word comes from the
lexicon that is put to the test. The same questions come every time:

    python -m tests.questions.paraphrases > questions.jsonl
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from index.formats import load_forms
from index.script import to_traditional
from tests.questions.spots import Spot, Truth, load_truth

HERE = Path(__file__).parent
SEED = 20240115
LANGUAGES = ("zh-Hans",) * 6 + ("zh-Hant",) * 2 + ("en",) * 2
COUNTS = {
    "look_up": 3600,
    "sum": 350,
    "change": 300,
    "share": 350,
    "compare": 400,
    "most": 120,
    "doubtful": 350,
    "doubtful_share": 60,
    "blank": 80,
    "not_reported": 60,
    "no_body": 150,
    "no_year": 150,
    "unnamed": 40,
}
TRIES = 60
SLIPPED, YEARLESS, TAIWAN = 0.03, 0.15, 0.5
DIGITS_ZH = "〇一二三四五六七八九"
NO_YEARS = (2014, 2016, 2017, 2025)
UNTOLD = ("denied_", "notproc_", "unable_unclear", "unable_need_create", "other_no_")
"""Rows of table three of which the report without tables says nothing in its text either."""


class Said(NamedTuple):
    """Words, and which phrasing they are: ``t3.partial: 半公开的``."""

    text: str
    phrasing: str


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


class Asked(NamedTuple):
    """A question and what it expects."""

    text: str
    expect: dict[str, Any]


class Questions:
    """All forms of questions over one truth; each method makes one, or None if none fits."""

    def __init__(self, truth: Truth, words: dict[str, Any]) -> None:
        self.truth = truth
        self.words = words
        named = {*words["t3"], *words["t2"]}
        self.spots = [
            s
            for s in truth.spots
            if s.table == "t4" or s.row in named or f"{s.row}.{s.column}" in named
        ]

    def known(self, speaker: Speaker, *tables: str) -> Spot:
        """A cell whose value is known; totals as often as all other columns of table three."""
        table = speaker.rng.choice(tables or ("t3", "t3", "t3", "t3", "t3", "t2", "t4"))
        total = speaker.rng.random() < 0.6
        return speaker.rng.choice(self.pools[table, total if table == "t3" else None])

    @cached_property
    def pools(self) -> dict[tuple[str, bool | None], list[Spot]]:
        pools: dict[tuple[str, bool | None], list[Spot]] = {}
        for spot in self.spots:
            if spot.status == "known":
                total = spot.column == "total" if spot.table == "t3" else None
                pools.setdefault((spot.table, total), []).append(spot)
        return pools

    def totals(self, report: str) -> list[Spot]:
        """Known totals of the rows of table three in a report."""
        return [s for s in self.pools["t3", True] if s.report == report]

    def ask(self, speaker: Speaker, spot: Spot) -> str:
        form = "money" if spot.unit == "万元" or spot.column == "amount" else "look_up"
        alone = not spot.report.startswith("yunxiu") and form == "look_up"
        year = speaker.year(spot.year)
        if alone and speaker.rng.random() < YEARLESS and speaker.lang != "en":
            year = ""
        return speaker.sentence(
            form, body=speaker.body(spot), year=year, what=speaker.what(spot), unit=spot.unit
        )

    def look_up(self, speaker: Speaker) -> Asked | None:
        spot = self.known(speaker)
        return Asked(self.ask(speaker, spot), {"kind": "figure", **spot.item()})

    def sum(self, speaker: Speaker) -> Asked | None:
        first = self.known(speaker, "t3")
        others = [s for s in self.totals(first.report) if s.row not in (first.row, "result_total")]
        if first.column != "total" or first.row == "result_total":
            return None
        second = speaker.rng.choice(others)
        text = speaker.sentence(
            "sum",
            body=speaker.body(first),
            year=speaker.year(first.year),
            what=speaker.what(first),
            other=speaker.what(second),
        )
        return Asked(text, computed(first.value + second.value, "件", first, second))

    def change(self, speaker: Speaker) -> Asked | None:
        late = speaker.rng.choice(self.truth.of("yunxiu-2022"))
        early = self.truth.find("yunxiu-2021", late)
        if early is None or early.value == late.value or not speaker.knows(late):
            return None
        if late.unit == "万元":
            return None
        text = speaker.sentence(
            "rise" if late.value > early.value else "fall",
            body=speaker.body(late),
            year=speaker.year(late.year),
            before=speaker.year(early.year),
            what=speaker.what(late),
        )
        return Asked(text, computed(abs(late.value - early.value), late.unit, late, early))

    def _share(self, speaker: Speaker, part: Spot, whole: Spot) -> str:
        return speaker.sentence(
            "share",
            body=speaker.body(part),
            year=speaker.year(part.year),
            what=speaker.what(part),
            other=speaker.noted(f"of.{whole.row}", speaker.pick("denominators", whole.row)),
        )

    def share(self, speaker: Speaker) -> Asked | None:
        part = self.known(speaker, "t3")
        row = speaker.rng.choice(("new", "result_total"))
        whole = self.truth.find(part.report, replace(part, row=row))
        outside = part.row in ("new", "carried_in", "result_total", "carried_out")
        if part.column != "total" or outside or whole is None or whole.status != "known":
            return None
        expect = computed(round(part.value / whole.value * 100, 4), "%", part, whole)
        return Asked(self._share(speaker, part, whole), {**expect, "tolerance": 0.01})

    def compare(self, speaker: Speaker) -> Asked | None:
        one = self.known(speaker)
        alike = [
            s
            for s in (self.truth.find(name, one) for name in self.truth.reports)
            if s and s.status == "known" and s.org != one.org and s.value != one.value
        ]
        if not alike or one.column == "amount" or (one.column != "total" and one.table == "t3"):
            return None
        two = speaker.rng.choice(alike)
        text = speaker.sentence(
            "compare",
            body=speaker.body(one),
            year=speaker.year(one.year),
            body2=speaker.body(two),
            year2=speaker.year(two.year),
            what=speaker.what(one),
        )
        answer = f"差{abs(one.value - two.value)}{one.unit}"
        return Asked(
            text, {"kind": "compare", "values": [one.item(), two.item()], "answer": answer}
        )

    def most(self, speaker: Speaker) -> Asked | None:
        one = self.known(speaker)
        every = [self.truth.find(name, one) for name in self.truth.with_tables]
        known = sorted((s for s in every if s and s.status == "known"), key=lambda s: s.value)
        if len(known) < len(every) or known[-1].value == known[-2].value:
            return None
        text = speaker.sentence("most", what=speaker.what(one))
        return Asked(text, {"kind": "compare", "values": [known[-1].item()]})

    def _refused(self, speaker: Speaker, spot: Spot) -> Asked:
        if spot.status in ("failed", "ambiguous"):
            reason = "failed_check" if spot.status == "failed" else "ambiguous"
            expect = {"kind": "refuse_unverified", "where": [spot.where()], "reason": reason}
        else:
            expect = {"kind": "refuse_missing", "reason": spot.status}
        return Asked(self.ask(speaker, spot), expect)

    def _of_status(self, speaker: Speaker, *statuses: str) -> Spot:
        return speaker.rng.choice([s for s in self.spots if s.status in statuses])

    def doubtful(self, speaker: Speaker) -> Asked | None:
        return self._refused(speaker, self._of_status(speaker, "failed", "ambiguous"))

    def doubtful_share(self, speaker: Speaker) -> Asked | None:
        whole = self._of_status(speaker, "failed")
        if whole.row not in ("new", "result_total") or whole.column != "total":
            return None
        parts = [s for s in self.totals(whole.report) if s.row.startswith(("granted", "un", "den"))]
        text = self._share(speaker, speaker.rng.choice(parts), whole)
        expect = {"kind": "refuse_unverified", "where": [whole.where()], "reason": "failed_check"}
        return Asked(text, expect)

    def blank(self, speaker: Speaker) -> Asked | None:
        return self._refused(speaker, self._of_status(speaker, "blank"))

    def not_reported(self, speaker: Speaker) -> Asked | None:
        spot = self.known(speaker, "t3", "t2")
        if spot.table == "t3" and (spot.column != "total" or not spot.row.startswith(UNTOLD)):
            return None
        there = replace(spot, report="yanting", year=2023, status="not_reported")
        return self._refused(speaker, there)

    def no_body(self, speaker: Speaker) -> Asked | None:
        spot = self.known(speaker)
        body = speaker.noted("stranger", speaker.pick("strangers"))
        text = speaker.sentence(
            "look_up",
            body=body,
            year=speaker.year(spot.year),
            what=speaker.what(spot),
            unit=spot.unit,
        )
        return Asked(text, {"kind": "refuse_missing", "reason": "no_report"})

    def no_year(self, speaker: Speaker) -> Asked | None:
        spot = self.known(speaker)
        there = replace(spot, year=speaker.rng.choice(NO_YEARS), status="no_report")
        if spot.report.startswith("yimaban"):
            return None
        return self._refused(speaker, replace(there, report=f"{there.body}-{there.year}"))

    def unnamed(self, speaker: Speaker) -> Asked | None:
        spot = self.known(speaker, "t3")
        if spot.column != "total":
            return None
        candidates = {f"{name}.txt": None for name in self.truth.with_tables}
        text = speaker.sentence("unnamed", what=speaker.what(spot))
        return Asked(text, {"kind": "clarify", "candidates": candidates})


def computed(value: float, unit: str, *inputs: Spot) -> dict[str, Any]:
    return {
        "kind": "computed",
        "value": value,
        "unit": unit,
        "inputs": [spot.item() for spot in inputs],
    }


def paraphrases() -> Iterator[dict[str, Any]]:
    """All questions, without one that is asked twice."""
    words: dict[str, Any] = {}
    for name in ("phrasings.yaml", "asking.yaml"):
        words |= yaml.safe_load((HERE / name).read_text("utf-8"))
    questions = Questions(load_truth(load_forms()), words)
    seen: set[str] = set()
    for form, count in COUNTS.items():
        make: Callable[[Speaker], Asked | None] = getattr(questions, form)
        rng = random.Random(f"{SEED} {form}")  # noqa: S311 - nothing secret
        made = 0
        for _ in range(count * TRIES):
            speaker = Speaker(rng, rng.choice(LANGUAGES), words, [])
            asked = make(speaker)
            if asked is None or asked.text in seen:
                continue
            seen.add(asked.text)
            made += 1
            yield {
                "id": f"{form}-{made:04}",
                "lang": speaker.lang,
                "question": asked.text,
                "expect": asked.expect,
                "phrasings": speaker.phrasings,
            }
            if made == count:
                break
        if made < count:
            raise ValueError(f"only {made} of {count} questions of the form {form}")


def sample(size: int) -> list[dict[str, Any]]:
    """A fixed part of the questions, each form in its share."""
    every = list(paraphrases())
    numbers = random.Random(SEED)  # noqa: S311 - nothing secret
    chosen = sorted(numbers.sample(range(len(every)), size))
    return [every[i] for i in chosen]


if __name__ == "__main__":
    for question in paraphrases():
        print(json.dumps(question, ensure_ascii=False))
