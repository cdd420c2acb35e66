"""Writing HTML by hand, safely: every text passes one of the two escapes here.

All text from reports, questions and answers is untrusted. `esc` is for panels that show
HTML as it is; `chat_esc` is for the chat, whose texts also pass through a Markdown reader.
"""

from __future__ import annotations

import html
from collections.abc import Iterable


def esc(text: object) -> str:
    """Escape for HTML text and for a quoted attribute."""
    return html.escape(str(text), quote=True)


def chat_esc(text: object) -> str:
    """Escape for HTML that a Markdown reader sees first.

    Every ASCII character that is no letter, digit or space becomes a numeric reference: such
    a reference is never Markdown structure, and no address links itself. Line ends become
    ``<br>``, since an empty line would end the HTML block and start Markdown again; other
    control characters become spaces.
    """
    out: list[str] = []
    for char in str(text):
        if char == "\n":
            out.append("<br>")
        elif char.isascii() and not char.isprintable():
            out.append(" ")
        elif char.isalnum() or not char.isascii() or char == " ":
            out.append(char)
        else:
            out.append(f"&#{ord(char)};")
    return "".join(out)


def el(tag: str, inner: str = "", /, *, cls: str = "", **attrs: str | int | bool | None) -> str:
    """An element around markup that is already safe; attribute values are escaped here.

    An attribute of None or False is left out, True is written without a value. In names
    ``_`` stands for ``-`` (``aria_label``), and ``for_`` for ``for``.
    """
    parts = [tag]
    if cls:
        parts.append(f'class="{esc(cls)}"')
    for name, value in attrs.items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        parts.append(key if value is True else f'{key}="{esc(value)}"')
    return f"<{' '.join(parts)}>{inner}</{tag}>"


def join(parts: Iterable[str]) -> str:
    """Markup of several elements, one after the other."""
    return "".join(parts)
