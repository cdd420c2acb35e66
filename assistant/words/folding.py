"""A question as it is understood: folded, without what is not meant; and its language."""

from __future__ import annotations

import re

from assistant.answer import Language
from assistant.lexicon import hint
from assistant.lexicon.dialects import in_standard_words
from index.script import fold, to_simplified, to_traditional
from index.words import fold_phrases

HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
HAN_YEAR = re.compile(
    r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)"
    r"|(?<![一二三四五六七八九十百千第两几])(?:二[〇零○一二三四五六七八九]|一[五六七八九])(?=年度?)"
)
"""A year in Chinese digits: 二〇二二年, 二二年; 一二年 may be one or two years."""
WHETHER = re.compile(r"((?!有)[\u3400-\u9fff])没\1")
"""A verb that is asked for by its negation, but 有: 收没收."""
NOT_MEANT = re.compile(
    r"[(（](?:注意|记住|可)?(?:不是|不含|不包括|不要|别|not )[^)）]*[)）]"
    r"|(?:^|[,，。;；?？!！])\s*(?:注意|记住|可)?(?:不要|别给我?|不是|别用|别把|别拿|别跟|别和|别与|别混|别当)[^,，。;；:?？]*(?=[,，。;；:?？]|$)"
)
SECTION = re.compile(r"第[一二三四五六七]部分(?:[里中写说讲]+的?)?")
"""Where a report is to be read: 第六部分 is no 部分公开."""
NOT_YEAR = re.compile(r"(?:不是|不要|别|not)\s*(20\d\d|\d\d)\s*年?")
APOSTROPHE = re.compile(r"(?<=[a-z])['’](?=[aeo][a-z])")
"""What parts syllables of a name in pinyin: Huai'an."""
LEAST_LEFT = 2
"""Characters that must be left of a question without its courtesies."""


def fold_question(text: str) -> str:
    """A question as it is understood: folded, lower case, years in digits (二〇二二 → 2022).

    Remarks that say what is not meant are left out.
    """
    folded = WHETHER.sub(r"\1", fold_whole(text))
    shorter = NOT_MEANT.sub("", SECTION.sub("", folded))
    return shorter if shorter.strip(" ,，。?？!！") else folded


def fold_whole(text: str) -> str:
    """A question folded with all that it remarks; only courtesies before it are left out."""
    folded = APOSTROPHE.sub("", fold_phrases(fold(text).text.lower()))
    folded = in_standard_words(folded)
    folded = _without_courtesies(folded)
    folded = HAN_YEAR.sub(lambda m: m[0].translate(HAN_DIGITS), folded)
    return NOT_YEAR.sub("", folded)


def _without_courtesies(folded: str) -> str:
    """A question without the courtesies before it (劳驾问下)."""
    shorter = folded
    while (opening := hint("opening").match(shorter)) and opening.end():
        shorter = shorter[opening.end() :]
    return shorter if len(shorter) > LEAST_LEFT else folded


def says_nothing(text: str) -> bool:
    """Whether a text has no word and no number: only spaces, signs or characters not shown."""
    return not any(map(str.isalnum, text))


def detect_language(text: str) -> Language:
    """Language and script of the asker: English unless Chinese words outnumber Latin ones."""
    han = re.findall("[\u3400-\u9fff]", text)
    latin = re.findall("[A-Za-z]+", text)
    if len(latin) > len(han):
        return Language.EN
    traditional = sum(a != b for a, b in zip(text, to_simplified(text), strict=True))
    simplified = sum(a != b for a, b in zip(text, to_traditional(text), strict=False))
    return Language.HANT if traditional > simplified else Language.HANS
