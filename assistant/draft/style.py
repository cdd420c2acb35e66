"""``style.yaml``: page, fonts, colours and set words of a drafted report."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.record import Record
from index.words.load import read_words

FILE = Path(__file__).parent / "style.yaml"
HAN = "〇一二三四五六七八九"


class Page(Record):
    """A page and its margins, in millimetres; ``footer`` is the foot's distance from the edge."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    footer: int

    @property
    def text_width(self) -> int:
        """What the margins leave of the width, in millimetres."""
        return self.width - self.left - self.right


class Font(Record):
    """A font by its Chinese name, its size and its fixed line height in points.

    ``line`` is None where lines are as high as those of the page.
    """

    name: str
    size: float
    line: float | None = None


class Fonts(Record):
    """The fonts of a report's parts."""

    title: Font
    text: Font
    heading: Font
    subheading: Font
    folio: Font
    table: Font
    narrow: Font


class Shades(Record):
    """Colours behind cells, as RRGGBB."""

    open: str
    failing: str
    asked: str
    carried: str
    computed: str
    head: str


class Style(Record):
    """All that is known about how a draft looks.

    ``labels``: shares of a table's width, in per cent, of its columns of labels.
    """

    page: Page
    line: float
    latin: str
    fonts: Fonts
    substitutes: dict[str, tuple[str, ...]]
    shades: Shades
    note: str
    labels: dict[str, tuple[int, ...]]
    mark: str


@cache
def load_style(path: Path = FILE) -> Style:
    """The style of drafts.

    Raises:
        LexiconError: the file is missing or malformed.
    """
    return read_words(path, Style)


def numbered(section: int, title: str) -> str:
    """A heading as it is printed: 一、总体情况."""
    return f"{HAN[section]}、{title}"
