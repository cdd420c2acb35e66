"""Train the bundled embedder: words and pairs in, the folder ``index/model`` out.

The road, one function a step::

    read_texts ─► choose_words ─► build_tokenizer ─► describe ─► train ─► save

- The words are those of jieba's dictionary by frequency, every character of GB 2312, the words of
  ``training_text/`` and the English there. A Unigram tokenizer segments by their frequency.
- A word's vector is the sum of trained parts: the word itself, its characters and its character
  pairs. So a word never trained still lies near the words that share its characters. Afterwards
  the parts are added up into one row a word, and the rows are stored as 8-bit integers.
- Training is contrastive (each question must find its own passage among the batch's) on the
  pairs of ``training_text/``, with scraps of random words so that plain matching is not lost.

Same seed, same machine type, same vectors. Usage: ``python scripts/train_embedder.py [--out DIR]``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "training_text"
OUT = HERE.parent / "index" / "model"

SEED = 20240131
DIMENSIONS = 256
WORDS = 15_000
STEPS = 1_500
BATCH = 256
SCALE = 20.0
RATE = 0.003
DROP = 0.15
ANCHOR = 0.02
COMMON = 1e-4  # a word this frequent weighs half as much as a rare one

HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z]+")
YEARS = [str(y) for y in range(2008, 2036)]
SUFFIXES = ["s", "es", "ed", "d", "ing", "ly", "er", "ion", "al"]
PLACES = "云溪 青梧 临泽 望川 白鹭 松原 安和 南屏 东岭 长汀 北港 金沙 石桥 平湖 大河 新城".split()
BODIES = "市 县 区 镇 街道 市教育局 区民政局 市水利局 县财政局 市人民政府 区行政审批局 管委会 市统计局".split()


@dataclass
class Fact:
    """One thing a report may say: how it is printed, how it is asked for, in both languages."""

    topic: str
    say: list[str]
    ask: list[str]
    english: list[str]


@dataclass
class Texts:
    """All of ``training_text/``."""

    facts: list[Fact] = field(default_factory=list)
    groups: list[list[str]] = field(default_factory=list)
    english: list[list[str]] = field(default_factory=list)
    domain: list[str] = field(default_factory=list)
    asking: list[str] = field(default_factory=list)


def main() -> None:
    """Train and save; print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    start = time.monotonic()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    texts = read_texts(TEXTS)
    words, shares = choose_words(texts)
    tokenizer = build_tokenizer(words, shares, texts.domain)
    rows = train(Parts.describe(tokenizer, shares), Pairs(texts, tokenizer))
    save(tokenizer, rows, arguments.out)
    print(f"{len(rows)} words, {time.monotonic() - start:.0f} s, saved in {arguments.out}")


# --- text and words


def read_texts(folder: Path) -> Texts:
    """Read the hand-written text; a line holds variants parted by ``|``."""

    def variants(line: str) -> list[str]:
        return [part.strip() for part in line.split("|")]

    texts = Texts()
    for path in [*sorted((folder / "facts").glob("*.yaml")), folder / "form.yaml"]:
        for entry in yaml.safe_load(path.read_text("utf-8")):
            fact = Fact(path.stem, *(variants(entry[key]) for key in ("say", "ask", "en")))
            texts.facts.append(fact)
    for lines in yaml.safe_load((folder / "synonyms.yaml").read_text("utf-8")).values():
        texts.groups += [variants(line) for line in lines]
    for line in yaml.safe_load((folder / "english.yaml").read_text("utf-8")):
        texts.english.append(variants(line))
    words = yaml.safe_load((folder / "words.yaml").read_text("utf-8"))
    texts.domain, texts.asking = words["domain"].split(), words["asking"].split()
    return texts


def every_line(texts: Texts) -> Iterator[str]:
    """All lines of the training text."""
    for fact in texts.facts:
        yield from itertools.chain(fact.say, fact.ask, fact.english)
    for group in itertools.chain(texts.groups, texts.english):
        yield from group


def choose_words(texts: Texts) -> tuple[list[str], dict[str, float]]:
    """The vocabulary and each word's share of running text (an estimate for the forced ones)."""
    import jieba

    counts: dict[str, int] = {}
    path = Path(jieba.__file__).with_name("dict.txt")
    for line in path.read_text("utf-8").splitlines():
        word, count, kind = line.split(" ")
        if HAN.fullmatch(word) and (kind != "nr" or len(word) == 1):
            counts[word] = int(count)
    total = sum(counts.values())
    frequent = sorted((w for w in counts if 2 <= len(w) <= 4), key=lambda w: (-counts[w], w))
    jieba.setLogLevel(60)
    seen = {w for line in every_line(texts) for w in jieba.cut(line) if HAN.fullmatch(w)}
    characters = [bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xF8)
                  for b in range(0xA1, 0xFF)]  # fmt: skip
    latin = {w for line in every_line(texts) for w in LATIN.findall(line.lower())}
    signs = [*"0123456789%", *map(chr, range(ord("a"), ord("z") + 1)), *SUFFIXES]
    wanted = [*signs, *YEARS, "12345", *sorted(latin), *filter(None, characters), *texts.domain,
              *texts.asking, *sorted(w for w in seen if w in counts), *frequent[:WORDS]]  # fmt: skip
    words = list(dict.fromkeys(wanted))
    shares = {w: max(counts.get(w, 0), 1) / total for w in words}
    return words, shares | dict.fromkeys(signs, 2e-3) | dict.fromkeys(latin, 3e-5)


def build_tokenizer(words: list[str], shares: dict[str, float], forced: list[str]) -> Tokenizer:
    """A Unigram tokenizer over these words, NFKC and lower case first; id 0 is the unknown.

    Letters and digits score low, so that a known English word or year is never spelt out. A forced
    word scores a little better than its parts together.
    """
    scores = {w: math.log(shares[w]) for w in words}
    scores |= {w: -18.0 for w in words if len(w) == 1 and w.isascii()}
    scores |= {w: -14.0 for w in SUFFIXES}
    scores |= {w: -9.0 for w in words if w.isascii() and len(w) > 1 and w not in SUFFIXES}
    for word in sorted(forced, key=len):
        scores[word] = max(scores[word], best_split(word, scores) + 0.5)
    vocabulary = [("[UNK]", -30.0), *((w, scores[w]) for w in words)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}%]+"), "removed"),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    return tokenizer


def best_split(word: str, scores: dict[str, float]) -> float:
    """The best score of a word cut into two or more known pieces."""
    best = [0.0] + [-math.inf] * len(word)
    for end in range(1, len(word) + 1):
        for begin in range(end):
            piece = word[begin:end]
            if piece != word and piece in scores:
                best[end] = max(best[end], best[begin] + scores[piece])
    return best[-1]


# --- the model in training


@dataclass
class Parts:
    """Which trained parts make up each word: one padded row of part ids and their weights."""

    ids: torch.Tensor
    weights: torch.Tensor
    importance: torch.Tensor
    count: int

    @classmethod
    def describe(cls, tokenizer: Tokenizer, shares: dict[str, float]) -> Parts:
        """Take words apart into themselves, their characters and their character pairs."""
        words = [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]
        table = [word_parts(w) for w in words]
        table[0] = {}
        index = {p: i for i, p in enumerate(dict.fromkeys(p for row in table for p in row))}
        width = max(map(len, table))
        ids = torch.zeros(len(words), width, dtype=torch.long)
        weights = torch.zeros(len(words), width)
        for i, row in enumerate(table):
            for j, (part, weight) in enumerate(row.items()):
                ids[i, j], weights[i, j] = index[part], weight
        share = torch.tensor([shares.get(w, 1.0) for w in words])
        single = torch.tensor([0.6 if len(w) == 1 else 1.0 for w in words])
        return cls(ids, weights, single * COMMON / (COMMON + share), len(index))


def word_parts(word: str) -> dict[str, float]:
    """Parts of a word with weights whose squares sum to 1."""
    size = 3 if word.isascii() else 1
    padded = f"^{word}$" if word.isascii() else word
    small = [padded[i : i + size] for i in range(len(padded) - size + 1)] if len(word) > 1 else []
    pairs = [word[i : i + 2] for i in range(len(word) - 1)] if len(word) > 2 and size == 1 else []
    parts = {word: 1.0}
    for group, weight in ((small, 0.8), (pairs, 0.8)):
        for part in group:
            parts[part] = parts.get(part, 0.0) + weight / math.sqrt(len(group))
    norm = math.sqrt(sum(w * w for w in parts.values()))
    return {p: w / norm for p, w in parts.items()}


def train(parts: Parts, pairs: Pairs) -> np.ndarray:
    """Fit the parts to the pairs; return one row a word.

    ``moved`` is how far the parts have left their random start, which costs a little (ANCHOR).
    """
    first = torch.randn(parts.count, DIMENSIONS) / math.sqrt(DIMENSIONS)
    values = torch.nn.Parameter(first.clone())
    volume = torch.nn.Parameter(torch.log(parts.importance.clamp(min=1e-3)))
    sparse = torch.optim.SparseAdam([values], lr=RATE)
    dense = torch.optim.Adam([volume], lr=RATE)

    def rows(ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        found = torch.nn.functional.embedding(parts.ids[ids], values, sparse=True)
        moved = ((found - first[parts.ids[ids]]).square().sum(-1) * (parts.weights[ids] > 0)).sum()
        made = (found * parts.weights[ids][..., None]).sum(1)
        return made * volume[ids].exp()[:, None], moved

    for step in range(STEPS):
        left, right, same = pairs.batch(step)
        batch = left + right
        flat = torch.tensor(list(itertools.chain.from_iterable(batch)))
        used, where = torch.unique(flat, return_inverse=True)
        owner = torch.repeat_interleave(torch.tensor([len(ids) for ids in batch]))
        made, moved = rows(used)
        sums = torch.zeros(len(batch), DIMENSIONS).index_add(0, owner, made[where])
        vectors = torch.nn.functional.normalize(sums)
        scores = vectors[: len(left)] @ vectors[len(left) :].T * SCALE
        scores = scores.masked_fill(same, -1e4)
        target = torch.arange(len(left))
        loss = (
            torch.nn.functional.cross_entropy(scores, target)
            + torch.nn.functional.cross_entropy(scores.T, target)
        ) / 2
        total = loss + ANCHOR * moved / len(left)
        for optimiser in (sparse, dense):
            optimiser.param_groups[0]["lr"] = RATE * (1 - 0.95 * step / STEPS)
            optimiser.zero_grad()
        total.backward()
        sparse.step()
        dense.step()
        if step % 250 == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    with torch.no_grad():
        made = rows(torch.arange(len(parts.ids)))[0]
        made[0] = 0.0
    return made.numpy()


class Pairs:
    """Endless batches of pairs that mean the same, each batch of one kind."""

    KINDS = ("facts", "facts", "groups", "swaps", "english", "scraps")

    def __init__(self, texts: Texts, tokenizer: Tokenizer) -> None:
        """Keep the texts; all chance comes from one seeded generator."""
        self.texts = texts
        self.tokenizer = tokenizer
        self.random = random.Random(SEED)
        self.vocabulary = tokenizer.get_vocab_size()
        longest = sorted((m for g in texts.groups for m in g if HAN.fullmatch(m)), key=len)
        self.group_of = {m: g for g in texts.groups for m in g}
        self.members = [m for m in reversed(longest) if len(m) > 1]

    def batch(self, step: int) -> tuple[list[list[int]], list[list[int]], torch.Tensor]:
        """Token ids of both sides, and which other pairs mean the same and are no negatives."""
        made = getattr(self, self.KINDS[step % len(self.KINDS)])()
        ids = [tuple(map(self.ids, pair[:2])) for pair in made]
        keep = [i for i, (left, right) in enumerate(ids) if left and right]
        meanings = [made[i][2] for i in keep]
        same = torch.tensor([[bool(a & b) for b in meanings] for a in meanings])
        same.fill_diagonal_(False)
        return [ids[i][0] for i in keep], [ids[i][1] for i in keep], same

    def ids(self, text: str | list[int]) -> list[int]:
        """Ids with some of them dropped, so that no single word decides."""
        found = text if isinstance(text, list) else self.tokenizer.encode(text).ids
        kept = [i for i in found if i and self.random.random() > DROP]
        return kept or [i for i in found if i]

    def fill(self, text: str) -> str:
        """Numbers, shares and amounts for the blanks of a template."""
        draw = self.random
        text = re.sub("<n>", lambda _: str(draw.randint(1, 10 ** draw.randint(1, 4))), text)
        text = re.sub("<p>", lambda _: f"{draw.randint(100, 999) / 10}%", text)
        return re.sub("<m>", lambda _: f"{draw.randint(10, 9999) / 100}亿元", text)

    def framed(self, text: str) -> str:
        """The text with a body and a year before it, and a word of asking, now and then."""
        draw = self.random
        if draw.random() < 0.4:
            body = draw.choice(PLACES) + draw.choice(BODIES)
            text = f"{body}{draw.choice(YEARS)}年{text}"
        if draw.random() < 0.3:
            text += draw.choice(self.texts.asking)
        return text

    def facts(self) -> list[tuple[str, str, set[int]]]:
        """Questions against passages; a passage may go on about something else."""
        draw, made = self.random, []
        chosen = draw.sample(range(len(self.texts.facts)), min(BATCH, len(self.texts.facts)))
        for i in chosen:
            fact, meaning = self.texts.facts[i], {i}
            form = draw.random()
            asked = draw.choice(fact.english if form < 0.2 else fact.say if form < 0.35 else fact.ask)
            said = draw.choice(fact.say if draw.random() < 0.9 else fact.ask)
            if draw.random() < 0.4:
                j = draw.randrange(len(self.texts.facts))
                other = draw.choice(self.texts.facts[j].say)
                said = draw.choice((f"{said}。{other}", f"{other}。{said}"))
                meaning = {i, j}
            made.append((self.framed(self.fill(asked)), self.fill(said), meaning))
        return made

    def groups(self) -> list[tuple[str, str, set[str]]]:
        """Two members of a group of synonyms."""
        return self.two_of(self.texts.groups)

    def english(self) -> list[tuple[str, str, set[str]]]:
        """An English word and its Chinese, or another English form of it."""
        return self.two_of(self.texts.english)

    def two_of(self, groups: Sequence[list[str]]) -> list[tuple[str, str, set[str]]]:
        chosen = self.random.sample(list(groups), min(BATCH, len(groups)))
        return [(*self.random.sample(g, 2), set(g)) for g in chosen]

    def swaps(self) -> list[tuple[str, str, set[int]]]:
        """A line and the same line with one to three words put in other words."""
        draw, made = self.random, []
        for i in draw.sample(range(len(self.texts.facts)), min(BATCH, len(self.texts.facts))):
            line = draw.choice(self.texts.facts[i].say + self.texts.facts[i].ask)
            other = line
            found = [m for m in self.members if m in line]
            for member in draw.sample(found, min(3, len(found))):
                choices = [m for m in self.group_of[member] if HAN.fullmatch(m)]
                other = other.replace(member, draw.choice(choices))
            made.append((self.fill(line), self.fill(other), {i}))
        return made

    def scraps(self) -> list[tuple[list[int], list[int], set[int]]]:
        """A few words against many that hold them: keeps every word telling itself apart."""
        draw, made = self.random, []
        for i in range(BATCH):
            text = [draw.randrange(1, self.vocabulary) for _ in range(draw.randint(3, 12))]
            made.append((draw.sample(text, max(1, len(text) // 3)), text, {i}))
        return made


# --- the folder


def save(tokenizer: Tokenizer, rows: np.ndarray, folder: Path) -> None:
    """Save the folder as sentence-transformers does, the rows as 8-bit integers with a scale each.

    ``embeddings`` times ``weights`` is a layout that sentence-transformers reads by itself.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=rows), Normalize()], device="cpu"
    )
    model.save_pretrained(str(folder), create_model_card=False)
    scales = np.abs(rows).max(axis=1) / 127
    divisor = np.where(scales > 0, scales, 1.0)[:, None]
    packed = {
        "embeddings": np.rint(rows / divisor).astype(np.int8),
        "weights": scales.astype(np.float32),
    }
    save_file(packed, folder / "model.safetensors")


if __name__ == "__main__":
    main()
