"""The bundled embedder: what it promises about vectors, and that it finds by meaning."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from index.errors import EmbedderError
from index.storage.embed import MODEL_FOLDER, BundledEmbedder, bundled, load_embedder

# What people say, and how a report says it. Hardly a character pair is shared.
PARAPHRASES = {
    "转到下一年的": "结转下年度继续办理",
    "老百姓提的": "自然人",
    "公司提的": "商业企业",
    "律所提的": "法律服务机构",
    "我们没有这个信息": "本机关不掌握相关政府信息",
    "打官司": "行政诉讼",
    "红头文件": "行政规范性文件",
    "罚了多少次": "行政处罚",
    "发证批准": "行政许可",
    "同一个东西反复要": "重复申请",
    "全给了": "予以公开",
    "给了一部分": "部分公开",
    "不给看": "不予公开",
    "涉密": "属于国家秘密",
    "没交费": "申请人逾期未按收费通知要求缴纳费用",
    "carried forward to next year": "结转下年度继续办理",
    "not held by the agency": "本机关不掌握相关政府信息",
    "state secrets": "属于国家秘密",
    "litigation": "行政诉讼",
    "administrative licensing": "行政许可",
}

HELD_OUT = yaml.safe_load(Path(__file__).with_name("held_out.yaml").read_text("utf-8"))


def recall(vectors: tuple[np.ndarray, np.ndarray], answers: list[int]) -> float:
    """Share of the questions whose own row is the nearest."""
    questions, rows = vectors
    return float(np.mean(np.argmax(questions @ rows.T, axis=1) == np.array(answers)))


def bigrams(texts: list[str]) -> np.ndarray:
    """Vectors of character pairs, the baseline that needs no training."""
    known = sorted({t[i : i + 2] for t in texts for i in range(len(t) - 1)})
    table = np.array([[t.count(k) for k in known] for t in texts], dtype=float)
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    return table / np.where(lengths > 0, lengths, 1)


def test_vectors_have_length_one_and_are_the_same_every_time() -> None:
    embedder = load_embedder(None)
    texts = ["结转下年度继续办理", "How many requests?", "政务公开"]
    first, again = embedder.encode(texts), BundledEmbedder().encode(texts)
    assert first.shape == (3, embedder.dimensions)
    assert first.dtype == np.float32
    assert np.allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    assert np.array_equal(first, again)
    assert embedder.encode([]).shape == (0, embedder.dimensions)


def test_the_bundled_embedder_is_read_once() -> None:
    assert load_embedder(None) is load_embedder("bundled") is bundled()


def test_one_text_does_not_depend_on_the_others() -> None:
    embedder = load_embedder("bundled")
    texts = [f"第{i}条信息公开规定" for i in range(300)]
    together = embedder.encode(texts)
    assert np.allclose(together[299], embedder.encode(texts[299:])[0], atol=1e-6)


def test_width_and_case_do_not_matter() -> None:
    vectors = load_embedder(None).encode(["ＡＰＰ１２３４５", "app12345"])
    assert np.allclose(vectors[0], vectors[1], atol=1e-6)


def test_it_finds_by_meaning_what_shared_characters_do_not() -> None:
    rows = sorted(set(PARAPHRASES.values()))
    answers = [rows.index(row) for row in PARAPHRASES.values()]
    embedder = load_embedder(None)
    ours = recall((embedder.encode(list(PARAPHRASES)), embedder.encode(rows)), answers)
    both = bigrams([*PARAPHRASES, *rows])
    baseline = recall((both[: len(answers)], both[len(answers) :]), answers)
    assert ours >= 0.7
    assert ours > baseline + 0.3


def found(kind: str) -> tuple[float, float]:
    """Share of the held-out questions of a kind that find their passage: ours, bigrams'."""
    passages = [item["passage"] for item in HELD_OUT]
    answers = [i for i, item in enumerate(HELD_OUT) if kind in item]
    asked = [HELD_OUT[i][kind] for i in answers]
    embedder, pairs = load_embedder(None), bigrams([*asked, *passages])
    ours = recall((embedder.encode(asked), embedder.encode(passages)), answers)
    return ours, recall((pairs[: len(asked)], pairs[len(asked) :]), answers)


@pytest.mark.parametrize(
    ("kind", "floor", "margin"), [("far", 0.65, 0.4), ("near", 0.93, -0.04), ("english", 0.6, 0.5)]
)
def test_it_finds_passages_it_was_not_trained_on(kind: str, floor: float, margin: float) -> None:
    ours, baseline = found(kind)
    assert ours >= floor
    assert ours >= baseline + margin


def test_the_held_out_texts_are_not_trained_on() -> None:
    def runs(text: str, length: int) -> set[str]:
        kept = re.sub(r"\W|<.>|[0-9]", "", text.lower())
        return {kept[i : i + length] for i in range(len(kept) - length + 1)}

    root = Path(__file__).parents[2]
    lists = [root / "index" / "words" / name for name in ("synonyms.yaml", "english.yaml")]
    texts = [*(root / "scripts" / "training_text").rglob("*.yaml"), *lists]
    trained = "".join(path.read_text("utf-8") for path in texts)
    assert len(trained) > 10_000
    for text in (text for item in HELD_OUT for text in item.values()):
        length = 24 if text.isascii() else 12  # letters, characters
        assert not runs(text, length) & runs(trained, length), text


@pytest.mark.slow
def test_the_model_is_that_of_the_training_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "scripts")
    script = importlib.import_module("train_embedder")
    texts = script.read_texts(script.HERE / "training_text", script.HERE.parent / "index" / "words")
    made = script.build_tokenizer(script.choose_words(texts).shares, texts.domain)
    kept = json.loads((MODEL_FOLDER / "tokenizer.json").read_text("utf-8"))
    assert json.loads(made.to_str()) == kept, "run python scripts/train_embedder.py"


def test_a_text_without_a_known_word_is_all_zeros_and_finds_nothing() -> None:
    vectors = load_embedder(None).encode(["", "。。。", "公开"])
    assert not vectors[:2].any()
    assert np.isclose(np.linalg.norm(vectors[2]), 1, atol=1e-5)


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from index.storage.embed import load_embedder;"
        "load_embedder(None).encode(['公开']);"
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors() -> None:
    texts = ["结转下年度继续办理多少件", "老百姓提了几件申请", "press conference", "12345热线"]
    other = load_embedder(str(MODEL_FOLDER))
    assert np.allclose(load_embedder(None).encode(texts), other.encode(texts), atol=1e-5)
    assert other.name != load_embedder(None).name


def test_a_missing_or_damaged_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="train_embedder"):
        BundledEmbedder(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{broken", "utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"no")
    with pytest.raises(EmbedderError):
        BundledEmbedder(tmp_path)


@pytest.mark.slow
def test_an_unknown_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError):
        load_embedder(str(tmp_path / "no-such-model")).encode(["公开"])
