"""Orders to try a reader with: every surface, script, encoding and damage, alone and together."""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.writer.damages import DAMAGES
from tests.writer.figures import FORMS, SCALES
from tests.writer.order import Order, Shape
from tests.writer.scripts import SCRIPTS
from tests.writer.surfaces import SURFACES

SHAPES: tuple[Shape, ...] = ("full", "full", "empty_columns", "single_column", "all_zero")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")
TEXT_MOSTLY = {"pdf": 1, "docx": 1, "xlsx": 1, "html": 6}
"""How often a surface is drawn, against `OFTEN` for text: files of pages take long to write."""
OFTEN = 12
CHECKS = (
    "T3-BAL@total", "T3-BAL", "T3-ROW", "T3-SUM", "T3-SUM@total", "T3-NONNEG",
    "T4-SUM-REVIEW", "T4-SUM-LIT_DIRECT", "T4-SUM-LIT_AFTER_REVIEW", "T4-NONNEG",
)  # fmt: skip


def draw_order(seed: int, *, surfaces: Mapping[str, int] | None = None) -> Order:
    """A report of any kind; most are damaged, by up to three things at once.

    ``surfaces`` says how often each is drawn; None draws text mostly.
    """
    rng = random.Random(f"order/{seed}")  # noqa: S311 - nothing secret
    often = {s.name: TEXT_MOSTLY.get(s.name, OFTEN) for s in SURFACES.values() if not s.rare}
    weights = surfaces or often
    surface = SURFACES[rng.choices(list(weights), list(weights.values()))[0]]
    script = rng.choice(["simplified", "simplified", *SCRIPTS])
    encoding = (
        rng.choice(ENCODINGS) if script == "simplified" else rng.choice(["utf-8", "big5hkscs"])
    )
    if surface.flat and script == "pinyin":
        script = "traditional"  # the residue of one crawler, the flatness of another
    befalling = [n for n, damage in DAMAGES.items() if damage.on(surface) and not damage.rare]
    return Order(
        seed=seed,
        form=rng.choice(list(FORMS)),
        size=rng.choice(list(SCALES)),
        shape=rng.choice(SHAPES),
        surface=surface.name,
        script=script,
        encoding=encoding,
        damages=tuple(rng.sample(befalling, rng.choice([0, 1, 1, 2, 3]))),
        broken=tuple(rng.sample(CHECKS, rng.choice([0, 0, 0, 1, 2]))),
        agrees=rng.random() < 0.8,
        head_alone=rng.random() < 0.2,
        titled=rng.random() < 0.9,
    )
