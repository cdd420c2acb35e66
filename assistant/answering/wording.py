"""The sentences Gouji says, kept as data and filled in exactly."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path

import yaml

from assistant.answer import Language
from index.errors import LexiconError
from index.script import to_traditional
from prompts import FOLDER

FILE = FOLDER / "wording.yaml"
Sentences = dict[str, dict[str, str]]


@cache
def load_wording(path: Path = FILE) -> Sentences:
    """Load the sentences; each must be there in ``zh`` and ``en`` with well-formed fields.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for name, forms in data.items():
            if set(forms) != {"zh", "en"}:
                raise LexiconError(f"{name}: 需要 zh 和 en (needs zh and en).", place=path.name)
            for text in forms.values():
                list(string.Formatter().parse(text))
    except (OSError, yaml.YAMLError, ValueError, AttributeError) as error:
        raise LexiconError(f"措辞文件有误 (malformed): {error}", place=path.name) from error
    result: Sentences = data
    return result


def say(name: str, language: Language, **fields: object) -> str:
    """One sentence in the asker's language and script.

    Text from reports in ``fields`` is converted with the sentence for traditional readers, so
    quotations must be joined afterwards.
    """
    key = "en" if language is Language.EN else "zh"
    text = load_wording()[name][key].format(**fields)
    return to_traditional(text) if language is Language.HANT else text
