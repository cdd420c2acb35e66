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

Same seed and same kind of machine, same vectors. Usage: ``python scripts/train_embedder.py``
(``--out DIR`` to train into another folder).
"""

from __future__ import annotations

import argparse
import itertools
import math
import re
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save as pack
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from training_text.pairs import HAN, YEARS, Pairs, Texts, read_texts

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "index" / "model"

SEED = 20240131
DIMENSIONS = 256
WORDS = 10_000
STEPS = 500
SCALE = 20.0  # of the cosines in the loss
RATE = 0.003
ANCHOR = 0.5  # what it costs a part to leave its random start
COMMON = 1e-3  # a word with this share of running text weighs half as much as a rare one
ALONE = 0.6  # a single character tells less than a word
LETTER = 0.05  # a letter or digit of something spelt out tells next to nothing

MARK = "▁"  # stands on both sides of a Latin word, so that none is found inside another
SIGNS = [*"0123456789%", *map(chr, range(ord("a"), ord("z") + 1)), MARK]
PLACE_COUNT = 100  # places rarer than this in jieba's dictionary are spelt in characters
WORD_LENGTHS = range(2, 5)
SHORTEST_STEM = 4


def main() -> None:
    """Train and save; print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    start = time.monotonic()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    rows, tokenizer = fit(read_texts(HERE / "training_text", HERE.parent / "index" / "words"))
    save(tokenizer, rows, arguments.out)
    print(f"{len(rows)} words, {time.monotonic() - start:.0f} s, saved in {arguments.out}")


def fit(texts: Texts) -> tuple[npt.NDArray[np.float32], Tokenizer]:
    """From the texts to the rows and the tokenizer that numbers them."""
    words = choose_words(texts)
    tokenizer = build_tokenizer(words.shares, texts.domain)
    pairs = Pairs(texts, tokenizer, words.places, SEED)
    return train(Parts.describe(tokenizer, words), pairs), tokenizer


# --- words


@dataclass
class Words:
    """The vocabulary with each word's share of running text, its places, its English stems."""

    shares: dict[str, float]
    places: list[str]
    stems: dict[str, str]


def choose_words(texts: Texts) -> Words:
    """The vocabulary; words that jieba does not know are given the share of a rare word."""
    import jieba

    jieba.setLogLevel(60)
    counts, places = {}, []
    for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines():
        word, count, kind = line.split(" ")
        if HAN.fullmatch(word) and (kind != "nr" or len(word) == 1):
            counts[word] = int(count)
            if kind == "ns" and len(word) in WORD_LENGTHS and int(count) >= PLACE_COUNT:
                places.append(word)
    total = sum(counts.values())
    frequent = sorted((w for w in counts if len(w) in WORD_LENGTHS), key=lambda w: (-counts[w], w))
    seen = sorted({w for line in texts.lines() for w in jieba.cut(line) if w in counts})
    characters = [
        bytes((high, low)).decode("gb2312", "ignore")
        for high, low in itertools.product(range(0xB0, 0xF8), range(0xA1, 0xFF))
    ]
    latin = {MARK + word + MARK: word for line in texts.lines() for word in latin_words(line)}
    stems = {MARK + form + MARK: w for w in sorted(latin.values()) for form in inflected(w)}
    chinese = [c for c in characters if c] + texts.domain + texts.asking + seen + places
    shares = {w: max(counts.get(w, 0), 1) / total for w in chinese + frequent[:WORDS]}
    shares |= dict.fromkeys(SIGNS, COMMON / LETTER)
    shares |= dict.fromkeys([*YEARS, "12345", *sorted(latin | stems)], 3e-5)
    return Words(shares, places, stems | latin)


def latin_words(line: str) -> list[str]:
    """The English words of a line."""
    return re.findall("(?<![a-z<])[a-z]+(?![a-z>])", line.lower())


def inflected(word: str) -> list[str]:
    """Other forms of an English word, right or wrong; the wrong ones are never asked for."""
    if len(word) < SHORTEST_STEM:
        return []
    stem = word.removesuffix("e")
    plural = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return [plural, stem + "ed", stem + "ing"]


def build_tokenizer(shares: dict[str, float], forced: list[str]) -> Tokenizer:
    """A Unigram tokenizer over these words, NFKC and lower case first; id 0 is the unknown.

    Letters and digits score low, so that a known English word or year is never spelt out. A
    forced word scores a little better than its parts together.
    """
    scores = {w: math.log(share) for w, share in shares.items()}
    scores |= dict.fromkeys((w for w in SIGNS if len(w) == 1), -18.0)
    for word in sorted(forced, key=len):
        scores[word] = max(scores[word], best_split(word, scores) + 0.5)
    tokenizer = Tokenizer(models.Unigram([("[UNK]", -30.0), *scores.items()], unk_id=0))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex("(?<![a-z])(?=[a-z])|(?<=[a-z])(?![a-z])"), MARK),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(rf"[^\p{{L}}\p{{N}}%{MARK}]+"), "removed"),
            pre_tokenizers.Split(Regex(rf"{MARK}[a-z]+{MARK}"), "isolated"),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    return tokenizer


def best_split(word: str, scores: dict[str, float]) -> float:
    """The best score of a word cut into two or more known pieces."""
    best = [0.0] + [-math.inf] * len(word)
    for begin, end in itertools.combinations(range(len(word) + 1), 2):
        piece = word[begin:end]
        if piece != word and piece in scores:
            best[end] = max(best[end], best[begin] + scores[piece])
    return best[-1]


# --- the model in training


@dataclass
class Parts:
    """Which trained parts make up each word: a padded row of part ids a word, and their weights."""

    ids: torch.Tensor
    weights: torch.Tensor
    importance: torch.Tensor
    count: int

    @classmethod
    def describe(cls, tokenizer: Tokenizer, vocabulary: Words) -> Parts:
        """Take words apart into themselves, their characters and their character pairs."""
        words = [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]
        table = [word_parts(w, vocabulary.stems.get(w)) for w in words]
        index = {p: i for i, p in enumerate(dict.fromkeys(itertools.chain(*table)))}
        width = max(map(len, table))
        ids = torch.zeros(len(words), width, dtype=torch.long)
        weights = torch.zeros(len(words), width)
        for i, row in enumerate(table):
            for j, (part, weight) in enumerate(row.items()):
                ids[i, j], weights[i, j] = index[part], weight
        share = torch.tensor([vocabulary.shares.get(w, 1.0) for w in words])
        alone = torch.tensor([ALONE if len(w) == 1 else 1.0 for w in words])
        return cls(ids, weights, alone * COMMON / (COMMON + share), len(index))


def word_parts(word: str, stem: str | None) -> dict[str, float]:
    """Parts of a word with weights whose squares sum to 1; an English word's are its stem's."""
    word, padded, sizes = (stem, f"^{stem}$", [3]) if stem else (word, word, [1, 2])
    parts = {word: 1.0}
    for size in sizes:
        found = [padded[i : i + size] for i in range(len(padded) - size + 1)]
        for part in found if len(found) > 1 else []:
            parts[part] = parts.get(part, 0.0) + 0.8 / math.sqrt(len(found))
    norm = math.sqrt(sum(w * w for w in parts.values()))
    return {p: w / norm for p, w in parts.items()}


def train(parts: Parts, pairs: Pairs) -> npt.NDArray[np.float32]:
    """Fit the parts to the pairs; return one row a word, that of the unknown being 0."""
    start = torch.randn(parts.count, DIMENSIONS) / math.sqrt(DIMENSIONS)
    values = torch.nn.Parameter(start.clone())
    volume = torch.nn.Parameter(torch.log(parts.importance))
    optimisers = [torch.optim.SparseAdam([values], lr=RATE), torch.optim.Adam([volume], lr=RATE)]
    for step in range(STEPS):
        left, right, same = pairs.batch(step)
        flat = torch.tensor(list(itertools.chain(*left, *right)))
        used, where = torch.unique(flat, return_inverse=True)
        mine = parts.weights[used] > 0
        needed, which = torch.unique(parts.ids[used][mine], return_inverse=True)
        found = torch.nn.functional.embedding(needed, values, sparse=True)
        rows = add_up(found, which, mine.sum(1), parts.weights[used][mine])
        rows = rows * volume[used].exp()[:, None]
        sums = add_up(rows, where, torch.tensor([len(bag) for bag in left + right]))
        loss = contrast(torch.nn.functional.normalize(sums), same)
        moved = (found - start[needed]).square().sum()
        for optimiser in optimisers:
            optimiser.param_groups[0]["lr"] = RATE * (1 - 0.95 * step / STEPS)
            optimiser.zero_grad()
        (loss + ANCHOR * moved / len(left)).backward()
        for optimiser in optimisers:
            optimiser.step()
        if step % 200 == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    with torch.no_grad():
        mine = parts.weights > 0
        table = add_up(values, parts.ids[mine], mine.sum(1), parts.weights[mine])
        table *= volume.exp()[:, None]
    table[0] = 0.0
    return table.numpy()


def add_up(
    rows: torch.Tensor,
    which: torch.Tensor,
    counts: torch.Tensor,
    weights: torch.Tensor | None = None,
) -> torch.Tensor:
    """Sums of rows: the first of the first ``counts[0]`` that ``which`` names, and so on."""
    begins = counts.cumsum(0) - counts
    return torch.nn.functional.embedding_bag(
        which, rows, begins, mode="sum", per_sample_weights=weights
    )


def contrast(vectors: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
    """Each left must find its own right among all, and the other way round.

    ``same`` marks the others that would be right too; they are left out.
    """
    left, right = vectors.chunk(2)
    scores = (left @ right.T * SCALE).masked_fill(same, -math.inf)
    target = torch.arange(len(left))
    ways = [torch.nn.functional.cross_entropy(s, target) for s in (scores, scores.T)]
    return (ways[0] + ways[1]) / 2


# --- the folder


def save(tokenizer: Tokenizer, rows: npt.NDArray[np.float32], folder: Path) -> None:
    """Save the folder as sentence-transformers does, the rows as 8-bit integers with a scale each.

    ``embeddings`` times ``weights`` is a layout that sentence-transformers reads by itself.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=rows), Normalize()], device="cpu"
    )
    model.save_pretrained(str(folder), create_model_card=False)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    scales = np.abs(rows).max(axis=1) / 127
    divisor = np.where(scales > 0, scales, 1.0)[:, None]
    packed = {
        "embeddings": np.rint(rows / divisor).astype(np.int8),
        "weights": scales.astype(np.float32),
    }
    (folder / "model.safetensors").unlink()  # as it was saved, readable by the owner only
    (folder / "model.safetensors").write_bytes(pack(packed))


if __name__ == "__main__":
    main()
