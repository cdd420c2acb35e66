"""What a web page's elements are to a reader: blocks, pictures, left out, hidden, styled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, TypeAlias

Attributes: TypeAlias = Mapping[str, str]

HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all")
UNSEEN = re.compile(r"visibility\s*:\s*(?:hidden|collapse)")
OWN_LINE = re.compile(r"display\s*:\s*(?!inline\s*(?:;|!|$)|contents|none)[a-z]")
OTHER_TEXT = re.compile(r"vertical-align\s*:\s*sub|line-through")
LIFTED = re.compile(r"vertical-align\s*:\s*super")

PICTURES = frozenset({"canvas", "embed", "img", "input", "object", "svg"})
_LEFT_OUT = (
    "audio button canvas datalist iframe math nav noframes noscript object rp rt script select "
    "style svg template textarea video"
)
_BLOCKS = (
    "address blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure form hgroup hr li menu ol p search section summary ul"
)
CHROME = ("aside", "footer", "header")
COUNTED = {
    **dict.fromkeys(("article", "main"), "article"),
    **dict.fromkeys(CHROME, "chrome"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "legend"), "heading"),
    **dict.fromkeys(("listing", "pre", "xmp"), "pre"),
}
LONG_STYLE = 400
"""Characters of a style that is not kept; those of reports have some hundred."""
SKIPPED, BLOCKS = frozenset(_LEFT_OUT.split()), frozenset(_BLOCKS.split())


def is_navigation(_tag: str, attributes: Attributes) -> bool:
    """Whether an element says that it is a menu."""
    return attributes.get("role") == "navigation"


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Whether an element is not to be read: hidden by itself, or a menu."""
    style = attributes.get("style", "")
    seen = _kept(style) if len(style) <= LONG_STYLE else _sight(style)
    if seen == "gone" or (seen == "room" and tag not in ("td", "th")):  # a cell keeps its column
        return True
    return "hidden" in attributes or attributes.get("role") == "navigation"


def _sight(style: str) -> Literal["gone", "room", "seen"]:
    """Whether a style leaves an element out, leaves its room empty, or neither."""
    style = style.lower()
    if ("display" in style or "mso-hide" in style) and HIDDEN.search(style) is not None:
        return "gone"
    return "room" if "visibility" in style and UNSEEN.search(style) is not None else "seen"


_kept = lru_cache(maxsize=1024)(_sight)  # one page repeats a few styles in all its cells


Style: TypeAlias = Literal["block", "lifted", "apart", ""]


def style_of(style: str) -> Style:
    """How an element that would run on in its line is styled.

    On its own, as the mark of a note, or as text that does not go on with that before it.
    """
    return _style(style) if len(style) > LONG_STYLE else _kept_style(style)


def _style(style: str) -> Style:
    style = style.lower()
    if "display" in style and OWN_LINE.search(style):
        return "block"
    if OTHER_TEXT.search(style):
        return "apart"
    return "lifted" if LIFTED.search(style) else ""


_kept_style = lru_cache(maxsize=1024)(_style)
