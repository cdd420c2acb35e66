"""What a web page's elements are to a reader: blocks, pictures, left out, hidden, styled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

Attributes: TypeAlias = Mapping[str, str]

HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all")
UNSEEN = re.compile(r"visibility\s*:\s*(?:hidden|collapse)")
OWN_LINE = re.compile(r"display\s*:\s*(?!inline\s*(?:;|!|$)|contents|none)[a-z]")
OTHER_TEXT = re.compile(r"vertical-align\s*:\s*(?:super|sub)|line-through")

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
SKIPPED, BLOCKS = frozenset(_LEFT_OUT.split()), frozenset(_BLOCKS.split())


def is_navigation(_tag: str, attributes: Attributes) -> bool:
    """Whether an element says that it is a menu."""
    return attributes.get("role") == "navigation"


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Whether an element is not to be read: hidden by itself, or a menu."""
    if "hidden" in attributes or attributes.get("role") == "navigation":
        return True
    style = attributes.get("style")
    if style is None:
        return False
    style = style.lower()
    if ("display" in style or "mso-hide" in style) and HIDDEN.search(style):
        return True
    unseen = "visibility" in style and UNSEEN.search(style) is not None
    return unseen and tag not in ("td", "th")  # an unseen cell keeps its column


def style_of(style: str) -> Literal["block", "raised", ""]:
    """How an element that would run on in its line is styled: on its own, or as a note is."""
    if "display" in style and OWN_LINE.search(style):
        return "block"
    return "raised" if OTHER_TEXT.search(style) else ""
