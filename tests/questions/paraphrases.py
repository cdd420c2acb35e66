"""A generator of paraphrased questions over the sample reports, each with its exact expectation.

The truth is tests/golden, the words are phrasings.yaml and asking.yaml; no word comes from the
lexicon that is put to the test. The same questions come every time:

    python -m tests.questions.paraphrases > questions.jsonl
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from index.formats import load_forms
from tests.questions.speaker import Speaker
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
YEARLESS = 0.15
NO_YEARS = (2014, 2016, 2017, 2025)
UNTOLD = ("denied_", "notproc_", "unable_unclear", "unable_need_create", "other_no_")
"""Rows of table three of which the report without tables says nothing in its text either."""


class Asked(NamedTuple):
    """A question and what it expects."""

    text: str
    expect: dict[str, Any]


class Questions:
    """All forms of questions over one truth; each method makes one, or None if none fits."""

    def __init__(self, truth: Truth, words: dict[str, Any]) -> None:
        self.truth = truth
        self.words = words
        named = set(words["t3"]) | set(words["t2"])
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
        one_year = spot.status != "no_report" and not spot.report.startswith("yunxiu")
        alone = one_year and form == "look_up"
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
        spot = self._of_status(speaker, "blank")
        if spot.row == "result_total":  # the text of that report gives the number
            return None
        return self._refused(speaker, spot)

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
        rng = random.Random(f"{SEED} {form}")  # noqa: S311 (the same questions every time)
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
    rng = random.Random(SEED)  # noqa: S311 (the same sample every time)
    chosen = sorted(rng.sample(range(len(every)), size))
    return [every[i] for i in chosen]


if __name__ == "__main__":
    for question in paraphrases():
        print(json.dumps(question, ensure_ascii=False))
