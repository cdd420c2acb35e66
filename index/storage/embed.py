"""Texts to vectors: the bundled embedder, or any other that sentence-transformers can load.

The bundled one (``index/model``) is a table of word vectors and a tokenizer: the vector of a text
is the sum of its words' rows, brought to length 1. Reading it needs neither torch nor
sentence_transformers, which would give the same vectors after a dozen seconds of importing.
Callers fold traditional characters to simplified ones first (``index/script.py``); width and
upper case are folded by the tokenizer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.errors import EmbedderError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from sentence_transformers import SentenceTransformer

BUNDLED = "bundled"
MODEL_FOLDER = Path(__file__).parents[1] / "model"
_AT_ONCE = 256  # texts summed in one go; bounds the memory of a long batch


class Embedder(Protocol):
    """What turns texts into vectors.

    ``name`` is the identity recorded beside the vectors: it ends in a hash of the model's
    content, so that another model under the same name is noticed. ``dimensions`` is the length
    of a vector.
    """

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of the texts as rows, shape (len(texts), dimensions), each of length 1.

        A text in which the model knows no word at all may be given a row of zeros.
        """
        ...


def load_embedder(name: str | None) -> Embedder:
    """The embedder of this name.

    Args:
        name: None, "" or "bundled" for the bundled one; otherwise a folder or a model's name
            on the Hugging Face hub.

    Raises:
        EmbedderError: it cannot be found, downloaded or read.
    """
    if not name or name == BUNDLED:
        return bundled()
    return SentenceTransformerEmbedder(name)


@cache
def bundled() -> BundledEmbedder:
    """The bundled embedder, read when first needed and then kept: every store shares it.

    Raises:
        EmbedderError: a file of it is missing or malformed.
    """
    return BundledEmbedder()


class BundledEmbedder:
    """A static embedding folder read with tokenizers and numpy alone."""

    name: str
    dimensions: int

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        """Read the folder.

        Raises:
            EmbedderError: a file is missing or malformed.
        """
        from hashlib import sha256

        import numpy as np
        from safetensors import SafetensorError
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        try:
            words = (folder / "tokenizer.json").read_bytes()
            table = (folder / "model.safetensors").read_bytes()
            self._tokenizer = Tokenizer.from_str(words.decode("utf-8"))
            tensors = load(table)
            self._rows = tensors["embeddings"]
            self._scales = tensors["weights"].astype(np.float32)[:, None]
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise _broken(folder, error) from error
        except Exception as error:  # tokenizers raises bare Exception for a malformed file
            if type(error) is not Exception:
                raise
            raise _broken(folder, error) from error
        count = self._tokenizer.get_vocab_size()
        if self._rows.ndim != 2 or not len(self._rows) == len(self._scales) == count:  # noqa: PLR2004 - a table
            raise _broken(folder, ValueError(f"{self._rows.shape} rows for {count} words"))
        self.dimensions = int(self._rows.shape[1])
        self.name = f"gouji-static-{self.dimensions}@{sha256(words + table).hexdigest()[:12]}"

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of the texts as rows of length 1; zeros where no word is known."""
        import numpy as np

        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            part = list(texts[start : start + _AT_ONCE])
            found = self._tokenizer.encode_batch(part, add_special_tokens=False)
            bags = [(i, e.ids) for i, e in enumerate(found, start) if e.ids]
            if not bags:
                continue
            ids = np.concatenate([b for _, b in bags])
            begins = np.cumsum([0, *(len(b) for _, b in bags[:-1])])
            rows = self._rows[ids] * self._scales[ids]
            sums[[i for i, _ in bags]] = np.add.reduceat(rows, begins, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        unit = sums / np.where(lengths > 0, lengths, np.float32(1))
        return unit.astype(np.float32, copy=False)


class SentenceTransformerEmbedder:
    """Any model that sentence-transformers loads, by folder or by its name on the hub.

    A name that is not a folder is downloaded at first use, which the user asked for by
    configuring it, and found in the local cache afterwards.
    """

    name: str
    dimensions: int

    def __init__(self, name: str) -> None:
        """Load the model; importing takes a dozen seconds.

        Raises:
            EmbedderError: the library is missing, the model cannot be found, reached or read.
        """
        self._model = _sentence_transformer(name)
        folder = Path(name).expanduser()
        label = folder.resolve().name if folder.is_dir() else name
        self.name = f"{label}@{_content_hash(self._model)}"
        self.dimensions = int(self.encode(["公开"]).shape[1])

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of the texts as rows of length 1."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def _sentence_transformer(name: str) -> SentenceTransformer:
    """Load a model, whatever goes wrong being told with advice."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EmbedderError(
            f"这个向量模型需要 sentence-transformers（{error}）。 It is not installed.",
            place=name,
            advice="请安装 sentence-transformers，或不设 GOUJI_EMBEDDER 而用自带模型。 "
            "Install it, or unset GOUJI_EMBEDDER to use the bundled model.",
        ) from error
    folder = Path(name).expanduser()
    try:
        return SentenceTransformer(str(folder) if folder.is_dir() else name)
    except Exception as error:  # hub, httpx, transformers and torch each raise their own kinds
        raise EmbedderError(
            f"无法加载向量模型（{_first_line(error)}）。 The embedding model cannot be loaded.",
            place=name,
            advice="请检查名称；离线时请先联网下载一次，或把 GOUJI_EMBEDDER 设为本地模型文件夹；"
            "不设则用自带模型。 Check the name; when offline, give a local folder, or unset "
            "GOUJI_EMBEDDER to use the bundled model.",
        ) from error


def _content_hash(model: SentenceTransformer) -> str:
    """Twelve hex digits over the model's weights, the same wherever it was loaded from."""
    from hashlib import sha256

    import torch

    digest = sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()[:12]


def _broken(folder: Path, error: Exception) -> EmbedderError:
    return EmbedderError(
        f"自带向量模型缺失或损坏（{_first_line(error)}）。 The model folder is missing or damaged.",
        place=str(folder),
        advice="请重新安装，或运行 python scripts/train_embedder.py 重新生成。 "
        "Reinstall, or rebuild it with python scripts/train_embedder.py.",
    )


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
