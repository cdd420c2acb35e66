"""``checks.yaml``: code, strength and wording of the checks that are not those of a form."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, get_args

from index.report import Record, Strength
from index.words.load import read_words

FILE = Path(__file__).parent / "checks.yaml"
Group = Literal["prose", "stated", "document", "across"]
GROUPS: tuple[Group, ...] = get_args(Group)


class Claim(Record):
    """What a kind of check demands.

    ``strength`` is that of a breach, unless the check finds that it says less. ``basis`` is what
    the demand rests on (an article, a notice, the form), in Chinese; "" where it is arithmetic.
    """

    code: str
    strength: Strength
    zh: str
    en: str
    basis: str = ""


class Claims(Record):
    """The groups of ``checks.yaml``, by what they look at.

    ``prose``: running text by itself; ``stated``: running text beside the tables; ``document``:
    the report as a document; ``across``: several reports beside each other.
    """

    prose: tuple[Claim, ...]
    stated: tuple[Claim, ...] = ()
    document: tuple[Claim, ...] = ()
    across: tuple[Claim, ...] = ()


@cache
def load_claims(group: Group, path: Path = FILE) -> dict[str, Claim]:
    """Claims of a group by code.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    claims: tuple[Claim, ...] = getattr(read_words(path, Claims), group)
    return {claim.code: claim for claim in claims}


def all_claims() -> dict[str, Claim]:
    """Claims of every group by code.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return {code: claim for group in GROUPS for code, claim in load_claims(group).items()}
